import type { EngineQuery } from './engine.ts'

/** Years and days as every engine keeps and bounds them: whole numbers, 0 for what no source states. */

const DAY_MS = 86_400_000
const LAST_YEAR = 0xffff
const LAST_DAY = 0x7fffffff

/** Days from 1970 to an ISO 8601 date, in UTC; 0 for a text that is none. */
export const dayOf = (date: string): number => {
  const time = Date.parse(date)
  return Number.isNaN(time) ? 0 : Math.floor(time / DAY_MS)
}

/** A year as it is kept: 0 when it is unknown, or no year that two bytes hold. */
export const yearOf = (year: number | undefined): number =>
  year !== undefined && Number.isInteger(year) && year > 0 && year <= LAST_YEAR ? year : 0

/** First and last number that pass. What is unknown is 0 and lies below every first. */
export interface Bounds {
  readonly from: number
  readonly to: number
}

/** The bounds of a query's ranges in the numbers that are kept; throws a `RangeError` at a day that is no ISO date. */
export const boundsOf = ({
  ranges = {},
}: Pick<EngineQuery, 'ranges'>): { readonly founded?: Bounds; readonly updated?: Bounds } => {
  const { founded, updated } = ranges
  const day = (date: string): number => {
    if (Number.isNaN(Date.parse(date))) throw new RangeError(`"${date}" is no date: give YYYY-MM-DD`)
    return dayOf(date)
  }
  return {
    ...(founded && { founded: { from: Math.max(1, founded.from ?? 1), to: founded.to ?? LAST_YEAR } }),
    ...(updated && {
      updated: {
        from: updated.from === undefined ? 1 : Math.max(1, day(updated.from)),
        to: updated.to === undefined ? LAST_DAY : day(updated.to),
      },
    }),
  }
}
