import type { Language } from '../model/language.ts'
import type { Query } from '../model/query.ts'
import type { SearchResult, Suggestion } from '../model/search-result.ts'

/** What the service asks of the search layer: queries understood, ranked, explained, in the reader's language. */
export interface Search {
  search(query: Query, language: Language, options?: { readonly signal?: AbortSignal }): Promise<SearchResult>
  /** Completions of what is being typed, at most `limit` (≤ 20). */
  suggest(prefix: string, language: Language, limit: number): Promise<readonly Suggestion[]>
  /** How many suppliers each brick has, by its id; a brick that nobody supplies is absent. */
  brickCounts(): Promise<ReadonlyMap<string, number>>
}
