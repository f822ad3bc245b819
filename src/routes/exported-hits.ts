import { setImmediate as breathe } from 'node:timers/promises'
import type { Language } from '../model/language.ts'
import { MAX_WINDOW, type Query } from '../model/query.ts'
import type { SearchResult } from '../model/search-result.ts'
import type { ExportedHit } from '../views/exports/context.ts'
import type { Services } from './services.ts'

/** So many profiles are read at a stretch: a few milliseconds, then other requests have their turn. */
const BATCH = 20

export interface ExportedSearch {
  readonly result: SearchResult
  readonly hits: readonly ExportedHit[]
}

const changedAt = ({ hit, changedAt: at }: Omit<ExportedHit, 'rank'>): string => at ?? hit.supplier.updatedAt

/**
 * A page of the results of a search by when their profiles changed, the latest first. The engines order by what is newest
 * in a profile, an award's year say: the window is read and put in order here, so that no change is missed in it.
 */
export const latestFirst = async (
  { search, changes }: Services,
  query: Query,
  language: Language,
  signal: AbortSignal,
): Promise<ExportedSearch> => {
  const all: Query = { ...query, sort: 'recent', page: 1, size: MAX_WINDOW }
  const result = await search.search(all, language, { signal })
  const before = (query.page - 1) * query.size
  const dated = result.hits.map(hit => ({ hit, record: undefined, changedAt: changes?.changedAt(hit.supplier.siren) }))
  const hits = dated.toSorted((a, b) => changedAt(b).localeCompare(changedAt(a)))
  return {
    result,
    hits: hits.slice(before, before + query.size).map((each, i) => ({ ...each, rank: before + i + 1 })),
  }
}

/** The results of a search with the facts behind them; `signal` stops it between two batches. */
export const searchWithFacts = async (
  { search, catalogue }: Services,
  query: Query,
  language: Language,
  signal: AbortSignal,
): Promise<ExportedSearch> => {
  const result = await search.search(query, language, { signal })
  const before = (query.page - 1) * query.size
  const hits: ExportedHit[] = []
  for (const hit of result.hits) {
    if (hits.length % BATCH === 0) await breathe(undefined, { signal })
    hits.push({ rank: before + hits.length + 1, hit, record: catalogue.record(hit.supplier.siren) })
  }
  return { result, hits }
}
