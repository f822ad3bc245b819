import type { EngineQuery } from '../../src/engine/engine.ts'
import { FACET_NAMES } from '../../src/model/facets.ts'
import { WEIGHTS } from '../../src/search/weights.ts'

/** Each word of `text` a concept, all required, all facets counted; changed by `overrides`. */
export const engineQuery = (text: string, overrides: Partial<EngineQuery> = {}): EngineQuery => {
  const concepts = text === '' ? [] : text.split(' ').map(word => ({ text: word }))
  return {
    concepts,
    bricks: [],
    minimumMatch: concepts.length,
    weights: WEIGHTS,
    filters: {},
    sort: 'relevance',
    limit: 100,
    tieBreak: text,
    facets: FACET_NAMES,
    facetSize: 100,
    ...overrides,
  }
}
