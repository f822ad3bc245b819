import type { EngineQuery, EngineResult } from '../../../src/engine/engine.ts'
import type { Siren } from '../../../src/model/siren.ts'
import type { Supplier } from '../../../src/model/supplier.ts'

/** What every engine is asked for: the exact total, the best ten, and the facets that the query names. */
export interface Found {
  readonly total: number
  readonly sirens: readonly Siren[]
  readonly facets: EngineResult['facets']
}

/** An engine as the bench uses it. What it cannot do is absent; `notes` says why. */
export interface BenchEngine {
  readonly version: string
  readonly notes: readonly string[]
  /** Of its opening: what reading the program in other threads took. */
  readonly programMs?: number
  add(suppliers: readonly Supplier[]): Promise<void>
  /** Ends the build: what was added is found, and kept where the engine keeps anything. */
  finish(): Promise<void>
  /** A query whose `minimumMatch` is 1 or the number of its concepts. */
  search(query: EngineQuery): Promise<Found>
  /** Completions of what is typed; resolves to how many there are. */
  complete(prefix: string, limit: number): Promise<number>
  /** Finds what a query with a typing mistake means. */
  searchMisspelt?(query: MisspeltQuery): Promise<Found>
  /** Puts a changed profile in the place of the one of the same SIREN; the next search finds it. */
  update(supplier: Supplier): Promise<void>
  /** Bytes of all that it keeps. */
  diskBytes(): Promise<number | undefined>
  close(): Promise<void>
}

export interface MisspeltQuery {
  readonly text: string
  /** The words as they stand, each required. */
  readonly query: EngineQuery
}

/** Where an engine of this run keeps its files, and where its servers are. */
export interface EnginePlace {
  readonly folder: string
  readonly urls: readonly string[]
}
