import type { FacetName } from '../model/facets.ts'
import type { Filters, Near, Sort } from '../model/query.ts'
import type { Siren } from '../model/siren.ts'
import type { Supplier } from '../model/supplier.ts'
import type { FieldName } from './fields.ts'

/**
 * The port that every search engine implements: retrieval, lexical scores, facet counts, single changes and full
 * rebuilds. What a query means is decided before it (`search/`); how results are ranked, explained and shown, after it.
 */

/** One thing asked for. A supplier matches it when any of its words is found in any field. */
export interface Concept {
  /** Plain words; the engine analyses them (French, English, exact form). */
  readonly text: string
}

export interface EngineQuery {
  /** In the order of the query. Empty: every supplier matches, with score 0. */
  readonly concepts: readonly Concept[]
  /** How many of the concepts a supplier must match, 1 … `concepts.length`. */
  readonly minimumMatch: number
  readonly filters: Filters
  readonly near?: Near
  readonly sort: Sort
  /** How many candidates to return, best first (≤ 1,000). */
  readonly limit: number
  /** Seed of the neutral order of ties. */
  readonly tieBreak: string
  /** The facets to count. */
  readonly facets: readonly FacetName[]
  /** At most so many values of a facet are returned, the most frequent first; selected ones always. */
  readonly facetSize: number
}

/** Points that one field gives to one concept. The contributions of a candidate add up to its score. */
export interface Contribution {
  /** `field`: the stemmed words; `exact`: the very form typed; `phrase`: two words of the query side by side; `name`: the whole name. */
  readonly kind: 'field' | 'exact' | 'phrase' | 'name'
  readonly field: FieldName
  /** Index in `EngineQuery.concepts`; of the first of the two for a phrase; 0 for a name. */
  readonly concept: number
  readonly value: number
}

export interface Candidate {
  readonly siren: Siren
  /** Sum of the contributions. */
  readonly score: number
  readonly contributions: readonly Contribution[]
  /** With `near`, for suppliers whose place is known. */
  readonly distanceKm?: number
  /** The best matching passage of the supplier's texts: indices into `Supplier.texts` and its `passages`. */
  readonly passage?: { readonly text: number; readonly passage: number }
}

export interface FacetCount {
  readonly value: string
  readonly count: number
}

export interface EngineResult {
  /** Exact number of suppliers that match. */
  readonly total: number
  readonly candidates: readonly Candidate[]
  /** Each facet is counted without its own filter; values without suppliers are left out. */
  readonly facets: Readonly<Partial<Record<FacetName, readonly FacetCount[]>>>
}

/** A completion of a typed prefix. */
export interface Completion {
  readonly kind: 'supplier' | 'word'
  readonly text: string
  readonly siren?: Siren
  readonly frequency: number
}

export interface IndexState {
  readonly engine: string
  /** Changes at each rebuild; part of every citation. */
  readonly version: string
  readonly builtAt: string
  readonly suppliers: number
}

/** The read side. Every method throws `EngineUnavailableError` when the engine cannot answer. */
export interface Searcher {
  search(query: EngineQuery, options?: { readonly signal?: AbortSignal }): Promise<EngineResult>
  /** The indexed profiles of those suppliers; one that is not indexed is absent from the map. */
  suppliers(sirens: readonly Siren[]): Promise<ReadonlyMap<Siren, Supplier>>
  complete(prefix: string, limit: number): Promise<readonly Completion[]>
  state(): Promise<IndexState>
}

/** Single changes to the live index: durable when the promise resolves, visible to searches within a second. */
export interface IndexWriter {
  upsert(supplier: Supplier): Promise<void>
  /** Removing an absent supplier changes nothing. */
  remove(siren: Siren): Promise<void>
}

/** A full rebuild beside the live index: nothing is visible before `commit`, which replaces the index at once. */
export interface IndexBuild {
  add(supplier: Supplier): Promise<void>
  /** Makes the new index durable and live; the one before stays until no search reads it. */
  commit(): Promise<IndexState>
  /** Throws away what was built. */
  abort(): Promise<void>
}

export interface Engine extends Searcher, IndexWriter {
  close(): Promise<void>
}

/** The engine cannot answer: no index yet, damaged files, an unreachable cluster. The service answers 503. */
export class EngineUnavailableError extends Error {
  override readonly name = 'EngineUnavailableError'
}
