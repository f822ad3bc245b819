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

/** `k1 · (1 − b + b · length / average)` for each length byte: what term frequency is saturated against. */
export const saturation = (averageLength: number): Float64Array =>
  DECODED_LENGTHS.map(length => K1 * (1 - B + (B * length) / averageLength))
