import type { EngineQuery, Searcher } from '../../engine/engine.ts'
import { narrowerBricks } from '../../model/brick-tree.ts'
import { brickById, brickLabel } from '../../model/bricks.ts'
import type { Narrowing } from '../../model/query.ts'
import type { Siren } from '../../model/siren.ts'
import { queryWords } from '../../text/analyse.ts'
import { NARROWER_SHARE, WEIGHTS } from '../weights.ts'
import { isKind } from './kinds.ts'

/** One query a brick: who may supply it. Nothing of the tender's text goes into it but the brick's own label. */

/** A brick of the vocabulary, or a term that the writer has ticked. */
export interface AskedFor {
  /** The brick's id, or `terme:` and the term. */
  readonly id: string
  /** Ids that answer it: its own and those of its kinds, two levels down; empty for a term. */
  readonly ids: ReadonlyMap<string, number>
  /** What is searched for in words. */
  readonly text: string
}

const TERM = 'terme:'
export const isTerm = (id: string): boolean => id.startsWith(TERM)
export const termId = (term: string): string => TERM + term
export const termOf = (id: string): string => id.slice(TERM.length)

export const askedFor = (id: string): AskedFor => {
  if (isTerm(id)) return { id, ids: new Map(), text: termOf(id) }
  const ids = new Map([[id, 1]])
  for (const child of narrowerBricks(id).filter(each => isKind(each.id))) {
    ids.set(child.id, NARROWER_SHARE)
    for (const grandchild of narrowerBricks(child.id).filter(each => isKind(each.id))) {
      ids.set(grandchild.id, NARROWER_SHARE ** 2)
    }
  }
  return { id, ids, text: brickById(id)?.fr ?? brickLabel(id, 'fr') }
}

/** As many candidates a brick as the matrix looks at. */
export const CANDIDATES = 50

const engineQuery = ({ ids, text }: AskedFor, within: Narrowing, limit: number): EngineQuery => {
  const concepts = queryWords(text).map(token => ({ text: text.slice(token.start, token.end) }))
  const isBrick = ids.size > 0
  return {
    concepts,
    bricks: isBrick ? [{ ids, covers: concepts.map((_, index) => index) }] : [],
    minimumMatch: concepts.length,
    weights: WEIGHTS,
    // A firm counts for a brick when its profile shows it: the label's words alone would find its customers too.
    ...within,
    ...(isBrick && { filters: { ...within.filters, brick: [...ids.keys()] } }),
    sort: 'relevance',
    limit,
    tieBreak: text.toLowerCase(),
    facets: [],
    facetSize: 0,
  }
}

/** The first candidates of a brick within filters and ranges, and how many there are in all. */
export const candidatesOf = async (
  engine: Searcher,
  asked: AskedFor,
  within: Narrowing,
  options: { readonly limit?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<{ readonly total: number; readonly sirens: readonly Siren[] }> => {
  const { limit = CANDIDATES, signal } = options
  const { total, candidates } = await engine.search(engineQuery(asked, within, limit), signal ? { signal } : {})
  return { total, sirens: candidates.map(candidate => candidate.siren) }
}
