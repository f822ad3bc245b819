import type { FacetName } from '../model/facets.ts'
import type { Filters, Near, Sort } from '../model/query.ts'
import type { Ranges } from '../model/ranges.ts'
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
  /** Adds to the score without being required: whom it is for, which product it replaces. */
  readonly optional?: boolean
}

/** A brick asked for: the ids that answer it, each with the share of the points that it earns. */
export interface BrickConcept {
  readonly ids: ReadonlyMap<string, number>
  /** The concepts (their indices) whose words name the brick: who supplies it matches them all. */
  readonly covers: readonly number[]
}

export interface EngineQuery {
  /** In the order of the query. Empty: every supplier matches, with score 0. */
  readonly concepts: readonly Concept[]
  readonly bricks: readonly BrickConcept[]
  /** How many of the concepts that are not optional a supplier must match. */
  readonly minimumMatch: number
  /** The `nameKey` of the whole query: suppliers of that very name match whatever else they lack. */
  readonly nameKey?: string
  readonly weights: Weights
  readonly filters: Filters
  readonly near?: Near
  /** Narrow as `near` does: facets are counted within them. What no source states lies in no range. */
  readonly ranges?: Ranges
  readonly sort: Sort
  /** How many candidates to return, best first (≤ 1,000). */
  readonly limit: number
  /**
   * How many of the best candidates are to be explained in full; all when absent. Of the others an engine may give the
   * points of a passage in one contribution, without its number.
   */
  readonly explained?: number
  /** Seed of the neutral order of ties. */
  readonly tieBreak: string
  /** The facets to count. */
  readonly facets: readonly FacetName[]
  /** At most so many values of a facet are returned, the most frequent first; selected ones always. */
  readonly facetSize: number
}

/** How much each kind of match counts (`src/search/weights.ts`, where each number has its reason). */
export interface Weights {
  readonly fields: Readonly<Record<FieldName, number>>
  /** Share of a field's weight that its exact forms add. */
  readonly exact: number
  /** Share of a field's weight that a two-word phrase of the query adds. */
  readonly phrase: number
}

/** Points that one field gives to one concept. The contributions of a candidate add up to its score. */
export interface Contribution {
  /**
   * `field`: the stemmed words; `exact`: the very form typed; `phrase`: two words of the query side by side; `brick`:
   * a brick of the vocabulary.
   */
  readonly kind: 'field' | 'exact' | 'phrase' | 'brick'
  readonly field: FieldName
  /** Index in `EngineQuery.concepts`; of the first of the two for a phrase; in `EngineQuery.bricks` for a brick. */
  readonly concept: number
  /** The id that answered, for a brick. */
  readonly brick?: string
  readonly value: number
}

/** Properties of a profile that may order like matches: never size, never popularity. */
export interface Priors {
  /** Share of the main properties that a source states. */
  readonly completeness: number
  /** 1 for the newest profile of the index, halved every five years. */
  readonly freshness: number
  /** 1 when a register attests a label. */
  readonly labelled: number
  /** 1 when a register says that the firm has ceased. */
  readonly ceased: number
  /** From 0 for prose to 1 for a list of keywords: bricks a hundred words, or one word over and over. */
  readonly stuffing: number
}

export interface Candidate {
  readonly siren: Siren
  /** Sum of the contributions. */
  readonly score: number
  readonly contributions: readonly Contribution[]
  /** What the profile is worth beside its words, each from 0 to 1. */
  readonly priors: Priors
  /** The supplier bears the very name that was asked for. */
  readonly exactName: boolean
  /** With `near`. */
  readonly distanceKm?: number
  /** The best matching passage: its number among all passages of `Supplier.texts`, in their order. */
  readonly passage?: number
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

/** A word, or two, that a misspelt word may stand for. */
export interface CorrectionCandidate {
  /** Folded exact form; two words with a space between them when a space was forgotten. */
  readonly term: string
  /** As profiles write it, accents included. */
  readonly surface: string
  /** Number of profiles that hold it. */
  readonly frequency: number
  /** Letters left out, added, changed, or swapped with their neighbour; a space counts as a letter. */
  readonly distance: 1 | 2
}

/** What the index knows about one word of a query. */
export interface WordCorrection {
  /** As it was asked. */
  readonly word: string
  /** A search for the word finds profiles, in this form or another of the same stem. */
  readonly known: boolean
  /** Number of profiles that hold this very form. */
  readonly frequency: number
  /** Indexed words that are spelt much like it, the nearest and most frequent first; none for a word in common use. */
  readonly candidates: readonly CorrectionCandidate[]
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
  /**
   * For each word whether it is indexed, and indexed words it may be a misspelling of. Two words with a space between
   * them ask about the one word they would be without it.
   */
  corrections(words: readonly string[]): Promise<readonly WordCorrection[]>
  state(): Promise<IndexState>
}

/** One profile put into the live index, or taken out of it when there is no `supplier`. */
export interface IndexChange {
  readonly siren: Siren
  readonly supplier?: Supplier
}

/** Single changes to the live index. */
export interface IndexWriter {
  /**
   * Applies changes of the catalogue up to its sequence number `seq`, all or none: durable when the promise resolves,
   * seen by every search that starts after it. Removing an absent supplier changes nothing. `after`: the number that
   * the changes follow on; when another index went live meanwhile, which stands elsewhere, the promise rejects.
   * Rejects with a `RefusedProfilesError` when some profiles can never be taken: apply the others without them.
   */
  apply(changes: readonly IndexChange[], seq: number, after?: number): Promise<void>
  /** The sequence number of the catalogue that the live index has reached. */
  appliedSeq(): Promise<number>
}

/** A profile that the engine will never take as it is. */
export interface RefusedProfile {
  readonly siren: Siren
  readonly reason: string
}

export interface CommitOptions {
  /** Called when all is written and before it goes live, with the profiles that are left out. May reject to stop it. */
  readonly beforeLive?: (refused: readonly RefusedProfile[]) => void | Promise<void>
}

/** A full rebuild beside the live index: nothing is visible before `commit`, which replaces the index at once. */
export interface IndexBuild {
  add(supplier: Supplier): Promise<void>
  /** Makes the new index, which holds the catalogue as of `seq`, durable and live. */
  commit(seq: number, options?: CommitOptions): Promise<IndexState>
  /** Throws away what was built. */
  abort(): Promise<void>
}

export interface Engine extends Searcher, IndexWriter {
  close(): Promise<void>
}

/** The engine cannot answer: no index yet, damaged files, an unreachable cluster. The service answers 503. */
export class EngineUnavailableError extends Error {
  override readonly name: string = 'EngineUnavailableError'
}

/** The index is damaged, or of another format than this version reads: it must be built anew from the catalogue. */
export class IndexDamagedError extends EngineUnavailableError {
  override readonly name = 'IndexDamagedError'
}

/** Which index is damaged, by the name of its folder. */
export interface IndexDamage {
  readonly index: string
  readonly error: IndexDamagedError
}

/**
 * What keeps an engine that is set up from answering. The first three pass by themselves; the others wait for the
 * operator: no space on its disks, a wrong key, a certificate that is not trusted.
 */
export type TroubleKind = 'unreachable' | 'slow' | 'busy' | 'read-only' | 'credentials' | 'certificate'

/** The engine is set up and cannot be used now. The message names no address and no key: anybody may read it. */
export class EngineTroubleError extends EngineUnavailableError {
  override readonly name: string = 'EngineTroubleError'
  readonly kind: TroubleKind
  /** How long the engine asked to be left alone, in ms. */
  readonly retryAfterMs: number | undefined

  constructor(
    kind: TroubleKind,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number | undefined } = {},
  ) {
    super(message, { cause: options.cause })
    this.kind = kind
    this.retryAfterMs = options.retryAfterMs
  }

  /** Waiting and asking again may help. */
  get passes(): boolean {
    return this.kind === 'unreachable' || this.kind === 'slow' || this.kind === 'busy'
  }
}

/** Profiles that the engine will never take as they are. Nothing of the call counts as applied. */
export class RefusedProfilesError extends Error {
  override readonly name = 'RefusedProfilesError'
  readonly profiles: readonly RefusedProfile[]

  constructor(profiles: readonly RefusedProfile[]) {
    const [first] = profiles
    super(`the engine refuses ${profiles.length} profiles${first ? `, ${first.siren}: ${first.reason}` : ''}`)
    this.profiles = profiles
  }
}

/** Another process, perhaps on another machine, is building the index. */
export class IndexLockedError extends Error {
  override readonly name = 'IndexLockedError'
}
