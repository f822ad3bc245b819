import { DECODED_LENGTHS } from './norms.ts'

/**
 * BM25 as Lucene 8 and later compute it (Robertson & Zaragoza 2009, without the constant factor k1 + 1).
 * k1 and b are Lucene's defaults; relevance.md measured k1 ≥ 1.2 as right for these texts.
 */
export const K1 = 1.2
export const B = 0.75

/** How rare a term is: `documents` hold the field, `frequency` of them the term in it. Never negative. */
export const inverseDocumentFrequency = (documents: number, frequency: number): number =>
  Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))

/** What a field of a given average length makes of term frequencies. */
export class Saturation {
  readonly average: number
  /** `k1 · (1 − b + b · length / average)` for each length byte: what term frequency is saturated against. */
  readonly byLength: Float64Array
  /** By count, for counts up to 3: `count / (count + byLength)`. Worked out when first asked for. */
  readonly #tables: (Float32Array | undefined)[] = []

  constructor(average: number) {
    this.average = average
    this.byLength = DECODED_LENGTHS.map(length => K1 * (1 - B + (B * length) / average))
  }

  table(count: number): Float32Array {
    const known = this.#tables[count]
    if (known) return known
    const table = Float32Array.from(this.byLength, saturation => count / (count + saturation))
    this.#tables[count] = table
    return table
  }
}

/** The saturations of an index's fields: worked out again only when an average has changed. */
export class Saturations {
  readonly #bySlot = new Map<number, Saturation>()

  of(slot: number, average: number): Saturation {
    const known = this.#bySlot.get(slot)
    if (known?.average === average) return known
    const made = new Saturation(average)
    this.#bySlot.set(slot, made)
    return made
  }
}
