import type { Language, Localised } from './language.ts'

/** Filters on numbers and days: bounds are inclusive, and what no source states lies in no range. */

export interface Range<T> {
  readonly from?: T
  readonly to?: T
}

export interface Ranges {
  /** Year founded. */
  readonly founded?: Range<number>
  /** Day (YYYY-MM-DD) of the newest thing that a source says of the firm: what the order `recent` goes by. */
  readonly updated?: Range<string>
}
export type RangeName = keyof Ranges

/** No firm of the registers is older than this: a year before it is a slip of the hand. */
export const FIRST_YEAR = 1800

/** Firms are announced for the year to come, and no later. */
export const lastYear = (): number => new Date().getUTCFullYear() + 1

/** The parameters that ranges are asked by. */
export interface RangeParameters {
  readonly foundedFrom?: number
  readonly foundedTo?: number
  readonly updatedSince?: string
}

/** The parameters of each range. */
export const RANGE_PARAMETERS = {
  founded: ['foundedFrom', 'foundedTo'],
  updated: ['updatedSince'],
} as const satisfies Record<RangeName, readonly (keyof RangeParameters)[]>

/** The ranges that parameters ask for; `undefined` without any. */
export const rangesOf = ({ foundedFrom, foundedTo, updatedSince = '' }: RangeParameters): Ranges | undefined => {
  const years = foundedFrom !== undefined || foundedTo !== undefined
  if (!years && updatedSince === '') return undefined
  return {
    ...(years && {
      founded: {
        ...(foundedFrom !== undefined && { from: foundedFrom }),
        ...(foundedTo !== undefined && { to: foundedTo }),
      },
    }),
    ...(updatedSince !== '' && { updated: { from: updatedSince } }),
  }
}

/** The parameters of ranges alone, of those of a whole search. */
export const rangeParameters = ({ foundedFrom, foundedTo, updatedSince }: RangeParameters): RangeParameters => ({
  ...(foundedFrom !== undefined && { foundedFrom }),
  ...(foundedTo !== undefined && { foundedTo }),
  ...(updatedSince !== undefined && updatedSince !== '' && { updatedSince }),
})

export const RANGE_LABELS: Readonly<Record<RangeName, Localised>> = {
  founded: { fr: 'Année de création', en: 'Year founded' },
  updated: { fr: 'Dernière mise à jour', en: 'Last update' },
}

const days = {
  fr: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
}

const dayText = (day: string, language: Language): string => {
  const text = days[language].format(new Date(day)).replaceAll(' ', '\u00a0')
  return language === 'fr' ? text.replace(/^1\u00a0/, '1er\u00a0') : text
}

/** How a range with one end begins. */
const OPEN = {
  founded: { since: { fr: 'depuis', en: 'since' }, until: { fr: 'jusqu’en', en: 'until' } },
  updated: { since: { fr: 'depuis le', en: 'since' }, until: { fr: 'jusqu’au', en: 'until' } },
} as const satisfies Record<RangeName, Readonly<Record<'since' | 'until', Localised>>>

/** One range as it is read: "2015 – 2020", "depuis 2015", "depuis le 1er mars 2026". */
export interface RangeText {
  readonly name: RangeName
  readonly label: string
  readonly text: string
}

const rangeText = (
  name: RangeName,
  language: Language,
  from: string | undefined,
  to: string | undefined,
): RangeText => {
  const { since, until } = OPEN[name]
  const ends = [from, to].filter(end => end !== undefined)
  const both = from === to ? ends.slice(0, 1) : ends
  const text =
    ends.length === 2
      ? both.join('\u00a0–\u00a0')
      : `${(from === undefined ? until : since)[language]}\u00a0${ends.join('')}`
  return { name, label: RANGE_LABELS[name][language], text }
}

/** The ranges in words, in the order in which pages show them. */
export const rangeTexts = ({ founded, updated }: Ranges, language: Language): readonly RangeText[] => {
  const year = (value: number | undefined) => (value === undefined ? undefined : String(value))
  const day = (value: string | undefined) => (value === undefined ? undefined : dayText(value, language))
  return [
    ...(founded ? [rangeText('founded', language, year(founded.from), year(founded.to))] : []),
    ...(updated ? [rangeText('updated', language, day(updated.from), day(updated.to))] : []),
  ]
}
