import type { SearchParameters } from '../model/query.ts'

const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

/**
 * What the result page makes of an address that a form without script may send: an order by distance whose place was
 * emptied is no order, and a literal piece whose words the typed text no longer has is forgotten. The API takes neither.
 */
export const pageParameters = (parameters: SearchParameters): SearchParameters => {
  const { literal, sort, ...others } = parameters
  const placed = (parameters.near?.trim() ?? '') !== ''
  const typed = new Set(wordsOf(parameters.q ?? ''))
  const kept = (literal ?? []).filter(piece => wordsOf(piece).every(word => typed.has(word)))
  return {
    ...others,
    ...(kept.length > 0 && { literal: kept }),
    ...(sort !== undefined && (sort !== 'distance' || placed) && { sort }),
  }
}
