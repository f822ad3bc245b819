import type { Fact } from '../../model/fact.ts'
import type { Passage } from '../../model/search-result.ts'
import type { Supplier } from '../../model/supplier.ts'
import { markTerms, passagesOf, queryTerms } from '../highlight.ts'
import type { Understanding } from '../understand.ts'

/** The best sentence behind a place: that of the brick which answers, else the one with most of the query's words. */

const ofFoundBrick = (supplier: Supplier, ids: readonly string[]): Passage | undefined => {
  const found = ids.flatMap(id => supplier.foundBricks?.find(each => each.brick === id) ?? [])[0]
  if (found === undefined) return undefined
  const { sentence, expression, sourceUrl, retrievedAt, evidence, period } = found
  const text = markTerms(sentence, queryTerms([expression]))
  return { text, sourceUrl, retrievedAt, evidence, ...(period !== undefined && { period }) }
}

/** A brick that a source states without a sentence: the source alone. */
const ofStatedBrick = (facts: readonly Fact[], ids: readonly string[]): Passage | undefined => {
  const stated = facts
    .filter(({ property, value }) => property === 'brick' && typeof value === 'string' && ids.includes(value))
    .toSorted((a, b) => a.evidence.localeCompare(b.evidence))[0]
  if (stated === undefined) return undefined
  const { source, sourceUrl, retrievedAt, excerpt = '' } = stated.provenance
  return { text: markTerms(excerpt, queryTerms([])), source, sourceUrl, retrievedAt, evidence: stated.evidence }
}

/**
 * `passage`: the number of the best one, when the engine gave it. `first`: what is looked for before the other, the brick
 * of a need, or the words of a query. Nothing when the profile has no text at all.
 */
export const evidenceOf = (
  supplier: Supplier,
  facts: readonly Fact[],
  { concepts, bricks }: Understanding,
  passage: number | undefined,
  first: 'brick' | 'words',
): Passage | undefined => {
  const ids = bricks.flatMap(brick => [...brick.ids.keys()])
  const terms = queryTerms(concepts.map(concept => concept.text))
  const sentences = passagesOf(supplier, terms, passage)
  const worded = sentences.find(({ text }) => text.includes('<mark>'))
  const recognised = ofFoundBrick(supplier, ids)
  const best = first === 'brick' ? (recognised ?? worded) : (worded ?? recognised)
  return best ?? ofStatedBrick(facts, ids) ?? sentences[0]
}
