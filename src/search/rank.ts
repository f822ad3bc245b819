import type { Candidate, EngineQuery, EngineResult, Searcher } from '../engine/engine.ts'
import { FACET_NAMES } from '../model/facets.ts'
import { MAX_WINDOW, type Query } from '../model/query.ts'
import type { Siren } from '../model/siren.ts'
import { type Understanding, understand } from './understand.ts'
import { enoughResults, RERANKED, requiredConcepts, WEIGHTS } from './weights.ts'

/** How many values of a facet an answer carries: all regions and départements of France fit. */
const FACET_SIZE = 110

/** A candidate in its final place. */
export interface RankedCandidate extends Candidate {
  /** Points for bearing the very name: as many as the best other score, so that it comes first and the sum shows why. */
  readonly nameBonus: number
}

export interface Ranking {
  readonly understanding: Understanding
  readonly total: number
  readonly candidates: readonly RankedCandidate[]
  readonly facets: EngineResult['facets']
  /** Set when fewer concepts had to match than usual: how many of how many. */
  readonly relaxed?: { readonly required: number; readonly of: number }
}

type Options = { readonly signal?: AbortSignal | undefined }

const engineQuery = (query: Query, understanding: Understanding, minimumMatch: number, limit: number): EngineQuery => ({
  concepts: understanding.concepts,
  minimumMatch,
  ...(understanding.nameKey !== '' && { nameKey: understanding.nameKey }),
  weights: WEIGHTS,
  filters: query.filters,
  ...(query.near && { near: query.near }),
  sort: query.sort,
  limit,
  tieBreak: understanding.concepts.map(concept => concept.text.toLowerCase()).join(' '),
  facets: FACET_NAMES,
  facetSize: FACET_SIZE,
})

/** Candidates in their final order: the step that is the same for every engine. */
const finalOrder = (candidates: readonly Candidate[]): RankedCandidate[] => {
  const best = Math.max(0, ...candidates.map(candidate => candidate.score))
  return candidates.map(candidate => ({ ...candidate, nameBonus: candidate.exactName ? Math.max(best, 1) : 0 }))
}

/**
 * The ranking of a query: at least `depth` candidates when there are so many. When too few (`enoughResults`)
 * suppliers hold the concepts that are required, one concept less is asked for, until there are enough.
 */
export const rank = async (engine: Searcher, query: Query, depth: number, options: Options = {}): Promise<Ranking> => {
  const understanding = understand(query.text)
  if (understanding.siren) return rankSiren(engine, understanding, understanding.siren)
  const concepts = understanding.concepts.length
  const required = requiredConcepts(concepts)
  const enough = enoughResults(concepts)
  // Names are ordered by their first letters in the engine and in full afterwards: the whole window must be there.
  const limit = query.sort === 'relevance' ? Math.max(RERANKED, depth) : MAX_WINDOW
  const search = (minimumMatch: number, asked = query, size = limit): Promise<EngineResult> =>
    engine.search(
      engineQuery(asked, understanding, minimumMatch, size),
      options.signal ? { signal: options.signal } : {},
    )

  let result = await search(required)
  let minimum = required
  // A filter that leaves few is the reader's own choice: only the words themselves are relaxed.
  const unfiltered = { ...query, filters: {} }
  const count = async (minimumMatch: number): Promise<number> => (await search(minimumMatch, unfiltered, 0)).total
  const few = async (): Promise<boolean> =>
    minimum > 1 && result.total < enough && !namesSomebody(result) && (await count(minimum)) < enough
  while (await few()) {
    minimum--
    result = await search(minimum)
  }
  return {
    understanding,
    total: result.total,
    candidates: finalOrder(result.candidates),
    facets: result.facets,
    ...(minimum < required && result.total > 0 && { relaxed: { required: minimum, of: concepts } }),
  }
}

/** A SIREN is an address, not a description: that firm or nobody. */
const rankSiren = async (engine: Searcher, understanding: Understanding, siren: Siren): Promise<Ranking> => {
  const known = (await engine.suppliers([siren])).has(siren)
  const candidate = { siren, score: 0, contributions: [], exactName: true }
  return {
    understanding,
    total: known ? 1 : 0,
    candidates: known ? finalOrder([candidate]) : [],
    facets: {},
  }
}

/** Who asks for a firm by its name has what was sought. */
const namesSomebody = (result: EngineResult): boolean => result.candidates.some(candidate => candidate.exactName)
