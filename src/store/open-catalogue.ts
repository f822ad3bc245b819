import type { Siren } from '../model/siren.ts'
import type { Supplier } from '../model/supplier.ts'
import type { CatalogueReader, ChangeLog } from './catalogue.ts'
import { lastChange, readChanges } from './changes.ts'
import { type CorrectionStore, createCorrectionStore } from './corrections.ts'
import { openDatabase } from './database.ts'
import { createDeadLetters, type DeadLetters } from './dead-letters.ts'
import type { StatedFact } from './fact-values.ts'
import { factsOf, insertFacts } from './facts.ts'
import { createProfileChanges, type ProfileChanges } from './profile-changes.ts'
import {
  createStagingVersion,
  deleteLeftovers,
  type LiveVersion,
  liveSources,
  liveVersion,
  makeLive,
  retireSource,
  type SourceVersion,
} from './sources.ts'
import {
  countStale,
  countSuppliers,
  listSuppliers,
  type Merged,
  mergeBatch,
  readSupplier,
  suppliersInOrder,
} from './suppliers.ts'

/** A version of a source that is being filled. Nobody sees its facts before `Catalogue.switch`. */
export interface Staging {
  readonly version: SourceVersion
  readonly id: number
}

/** Called after each batch: how far it is, of how many. */
export type OnProgress = (done: number, total: number) => void

/** The catalogue's write side: for one process at a time (`lockCatalogue`). */
export interface CatalogueWriter {
  /** The live version of a source, to see whether a file has been read already. */
  liveVersion(source: string): LiveVersion | undefined
  /**
   * Begins a new version of a source. Throws `CatalogueRuleError` for invented suppliers while real ones are live.
   * A version that never gets switched is cleaned by `cleanUp`.
   */
  stage(version: SourceVersion): Staging
  /** Adds facts to a staged version, in one transaction: a few thousand a call keeps other writers waiting little. */
  add(staging: Staging, facts: readonly StatedFact[]): void
  /** Makes a staged version live and retires the one before it, at once. Its suppliers then wait for `mergeStale`. */
  switch(staging: Staging): void
  /** Takes a source out of the catalogue; false when it has no live version. */
  retire(source: string): boolean
  /** How many suppliers wait to be merged: 0 unless an import was interrupted or runs. */
  stale(): number
  /** Merges every supplier that waits, in batches. What is left by an interruption is merged by the next call. */
  mergeStale(onProgress?: OnProgress): Merged
  /** Deletes, in batches, retired facts and what interrupted imports left. Never while a version is being staged. */
  cleanUp(): number
}

export interface Catalogue
  extends CatalogueReader,
    ChangeLog,
    CatalogueWriter,
    DeadLetters,
    CorrectionStore,
    ProfileChanges {
  /** Every profile in the order of SIREN, read a page at a time. */
  suppliersInOrder(): IterableIterator<Supplier>
  close(): void
}

/** Suppliers a transaction merges, facts a transaction deletes: tenths of a second each. */
const MERGE_BATCH = 500
const DELETE_BATCH = 20_000

/**
 * Opens the catalogue in the file `path`, which is created when absent. Readers and the one writer may be different
 * processes; `readOnly` never changes the file and wants it to exist.
 * Throws `CatalogueError`, with the remedy, when the file is damaged, newer than this program, or out of reach.
 */
export const openCatalogue = (path: string, options: { readonly readOnly?: boolean } = {}): Catalogue => {
  const database = openDatabase(path, options.readOnly)
  const supplier = (siren: Siren) => readSupplier(database, siren)
  return {
    ...createDeadLetters(database),
    ...createCorrectionStore(database),
    ...createProfileChanges(database),
    supplier,
    record: siren =>
      database.snapshot(() => {
        const profile = supplier(siren)
        return profile && { supplier: profile, facts: [...factsOf(database, siren)] }
      }),
    sources: () => database.snapshot(() => liveSources(database)),
    listed: (offset, limit) => database.snapshot(() => listSuppliers(database, offset, limit)),
    counts: () => countSuppliers(database),
    suppliersInOrder: () => suppliersInOrder(database),
    lastSeq: () => database.snapshot(() => lastChange(database)),
    changesAfter: (seq, limit) => database.snapshot(() => readChanges(database, seq, limit)),
    liveVersion: source => database.snapshot(() => liveVersion(database, source)),
    stage: version => ({ version, id: createStagingVersion(database, version) }),
    add: (staging, facts) => insertFacts(database, staging.id, facts),
    switch: staging => makeLive(database, staging.id, staging.version.source),
    retire: source => retireSource(database, source),
    stale: () => countStale(database),
    mergeStale: onProgress => {
      const total = countStale(database)
      const sum = { created: 0, changed: 0, unchanged: 0, removed: 0 }
      let done = 0
      for (let batch = mergeBatch(database, MERGE_BATCH); batch; batch = mergeBatch(database, MERGE_BATCH)) {
        for (const key of ['created', 'changed', 'unchanged', 'removed'] as const) {
          sum[key] += batch[key]
          done += batch[key]
        }
        onProgress?.(done, total)
      }
      return sum
    },
    cleanUp: () => {
      let deleted = 0
      for (;;) {
        const batch = deleteLeftovers(database, DELETE_BATCH)
        if (batch === 0) return deleted
        deleted += batch
      }
    },
    close: () => database.close(),
  }
}
