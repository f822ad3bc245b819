/** Points of the terms of a passage, read from Lucene's explanation where named clauses have no score (OpenSearch). */

interface Node {
  readonly value: number
  readonly description: string
  readonly details: readonly unknown[]
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' &&
  value !== null &&
  'value' in value &&
  typeof value.value === 'number' &&
  'description' in value &&
  typeof value.description === 'string' &&
  'details' in value &&
  Array.isArray(value.details)

const WEIGHT = 'weight(passages.'

/** "weight(passages.french:capteur in 12) [PerFieldSimilarity], result of:" → "french:capteur" */
const termOf = (description: string): string | undefined => {
  if (!description.startsWith(WEIGHT)) return undefined
  const end = description.indexOf(' in ')
  return end === -1 ? undefined : description.slice(WEIGHT.length, end)
}

const collect = (node: unknown, terms: Map<string, number[]>): void => {
  if (!isNode(node)) return
  const term = termOf(node.description)
  if (term === undefined) for (const detail of node.details) collect(detail, terms)
  else terms.set(term, [...(terms.get(term) ?? []), node.value])
}

/** The points of each term, by "language:term", as often as the query has it. */
export const explainedTerms = (explanation: unknown): ReadonlyMap<string, readonly number[]> => {
  const terms = new Map<string, number[]>()
  collect(explanation, terms)
  return terms
}
