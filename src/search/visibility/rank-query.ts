import type { Searcher } from '../../engine/engine.ts'
import type { Siren } from '../../model/siren.ts'
import { MAX_RANK } from '../../model/visibility.ts'
import { type Ranking, rank } from '../rank.ts'
import type { Semantic } from '../semantic/rerank.ts'
import { type SpelledQuery, spellQuery } from '../spell-query.ts'
import { RERANKED } from '../weights.ts'

/** A query ranked as `/api/search` ranks it with its default parameters, as far down as a mirror must look. */

export interface RankedQuery {
  readonly spelled: SpelledQuery
  /** Its candidates are in the order of the search's answers, from the first on. */
  readonly ranking: Ranking
}

export interface RankedQueryOptions {
  readonly semantic?: Semantic | undefined
  readonly signal?: AbortSignal | undefined
  /** Explain the firm and those above it in full, best passages included. */
  readonly explain?: boolean
}

/** The same engine, which neither counts facets nor explains more than it must: half the time of a search. */
const lean = (engine: Searcher, explained: number): Searcher => ({
  search: (query, options) => engine.search({ ...query, facets: [], explained }, options),
  suppliers: sirens => engine.suppliers(sirens),
  complete: (prefix, limit) => engine.complete(prefix, limit),
  corrections: words => engine.corrections(words),
  state: () => engine.state(),
})

/**
 * Ranks by the very steps of `search` (spelling, understanding, ranking): a mirror's rank is the place in its answer.
 * The first 300 places are asked for as any page of results does, the first 1,000 when the firm is not among them.
 */
export const rankQuery = async (
  engine: Searcher,
  text: string,
  siren: Siren,
  { semantic, signal, explain = false }: RankedQueryOptions = {},
): Promise<RankedQuery> => {
  const query = { text: text.trim(), filters: {}, sort: 'relevance', page: 1, size: 20 } as const
  const spelled = await spellQuery(engine, query)
  const rankTo = (depth: number): Promise<Ranking> =>
    rank(lean(engine, explain ? depth : 0), spelled.query, depth, { signal, ...(semantic && { semantic }) })
  const first = await rankTo(RERANKED)
  const isSeen = first.candidates.some(candidate => candidate.siren === siren)
  const ranking = isSeen || first.candidates.length >= first.total ? first : await rankTo(MAX_RANK)
  return { spelled, ranking }
}
