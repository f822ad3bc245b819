import { FACETS } from '../../model/facets.ts'
import type { Supplier } from '../../model/supplier.ts'
import { analyseExact } from '../../text/analyse.ts'

/** One column value of each kind for a profile, besides its facets. */
export interface ColumnValues {
  readonly siren: number
  /** Degrees; NaN when unknown. */
  readonly latitude: number
  readonly longitude: number
  /** Days since 1970 of the newest thing known about the firm. */
  readonly recency: number
  /** Orders by name (`nameOrder`). */
  readonly name: number
}

const DAY_MS = 86_400_000
const dayOf = (date: string): number => {
  const time = Date.parse(date)
  return Number.isNaN(time) ? 0 : Math.floor(time / DAY_MS)
}

/**
 * The day of the newest thing that a source says of the firm: a page read, or an award (its year's last day, since
 * the day is not published). The date of the data set would be the same for thousands.
 */
const recency = (supplier: Supplier): number => {
  const days = [
    ...supplier.texts.filter(text => text.kind === 'page').map(text => dayOf(text.retrievedAt)),
    ...supplier.labels.flatMap(label => label.years.map(year => dayOf(`${year}-12-31`))),
  ]
  return days.length > 0 ? Math.max(...days) : dayOf(supplier.updatedAt)
}

const SYMBOLS = ' 0123456789abcdefghijklmnopqrstuvwxyz'
const BASE = SYMBOLS.length + 1
const NAME_LETTERS = 10

/**
 * The first ten letters of a name as one number that orders like it: 38^10 < 2^53. Unnamed profiles come after all
 * names, by their SIREN. Names that share ten letters are put in order where they are shown.
 */
export const nameOrder = (supplier: Supplier): number => {
  if (supplier.unnamed) return BASE ** NAME_LETTERS + Number(supplier.siren)
  const folded = analyseExact(supplier.name)
    .map(token => token.term)
    .join(' ')
  let order = 0
  for (let i = 0; i < NAME_LETTERS; i++) {
    const symbol = i < folded.length ? SYMBOLS.indexOf(folded[i] as string) + 1 : 0
    order = order * BASE + symbol
  }
  return order
}

export const columnValues = (supplier: Supplier): ColumnValues => ({
  siren: Number(supplier.siren),
  latitude: supplier.location.latitude ?? Number.NaN,
  longitude: supplier.location.longitude ?? Number.NaN,
  recency: recency(supplier),
  name: nameOrder(supplier),
})

/** The values of every facet with their numbers, shared by all segments; it only grows. */
export class FacetDictionary {
  readonly #values: string[][]
  readonly #numbers: Map<string, number>[]
  readonly #onNew: (facet: number, number: number, value: string) => void

  constructor(onNew: (facet: number, number: number, value: string) => void = () => {}) {
    this.#values = FACETS.map(() => [])
    this.#numbers = FACETS.map(() => new Map())
    this.#onNew = onNew
  }

  /** Takes over a stored value; values must come in the order of their numbers. */
  load(facet: number, value: string): void {
    const values = this.#values[facet]
    if (!values) return
    this.#numbers[facet]?.set(value, values.length)
    values.push(value)
  }

  size(facet: number): number {
    return this.#values[facet]?.length ?? 0
  }

  value(facet: number, number: number): string {
    return this.#values[facet]?.[number] ?? ''
  }

  find(facet: number, value: string): number | undefined {
    return this.#numbers[facet]?.get(value)
  }

  /** The numbers of a profile's values, facet by facet. */
  numbers(supplier: Supplier): number[][] {
    return FACETS.map((facet, index) => facet.values(supplier).map(value => this.#number(index, value)))
  }

  #number(facet: number, value: string): number {
    const known = this.find(facet, value)
    if (known !== undefined) return known
    const number = this.size(facet)
    this.load(facet, value)
    this.#onNew(facet, number, value)
    return number
  }
}
