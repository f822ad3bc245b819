import { dirname, join } from 'node:path'
import { distanceKm } from '../../model/geography.ts'
import type { Siren } from '../../model/siren.ts'
import type { Supplier } from '../../model/supplier.ts'
import type {
  Candidate,
  Completion,
  EngineQuery,
  EngineResult,
  IndexChange,
  IndexState,
  Priors,
  WordCorrection,
} from '../engine.ts'
import { analyseProfile } from './analysed.ts'
import { Saturations } from './bm25.ts'
import { ByteCache } from './byte-cache.ts'
import { type ByteSource, fileSource, MemorySink, memorySource } from './byte-source.ts'
import { Collector, CollectorMemory } from './collect.ts'
import { unpackPriors } from './columns.ts'
import { completionKey } from './completion.ts'
import { completions } from './completion-lists.ts'
import { SegmentExplainer } from './explain.ts'
import { FacetValues } from './facet-values.ts'
import { damaged, IndexFile, type PendingProfile, type SegmentRow } from './index-file.ts'
import { removeStraySegments } from './index-folder.ts'
import { type Plan, planQuery } from './plan.ts'
import { Accumulators } from './score.ts'
import { documentOfId, documentsOfSiren, openSegment, type Segment } from './segment.ts'
import { SegmentBuilder } from './segment-builder.ts'
import type { FieldTotals } from './segment-columns.ts'
import { gatherAsHelper, gatherAsOwner, type HelperShare, type OwnerShare } from './shared-search.ts'
import { Corrector } from './spelling.ts'
import { LiveSegment } from './statistics.ts'
import type { Ranked } from './top.ts'
import { isPassing } from './trouble.ts'

/** Table blocks, posting lists and profiles that are kept in memory, a reader. */
const CACHE_BYTES = 24 << 20

/** A sealed segment and its row. */
export interface SealedSegment {
  readonly row: SegmentRow
  readonly live: LiveSegment
}

/** The memory that readers of one index share: the columns of each sealed segment, by its file. */
export type SharedSegments = ReadonlyMap<string, Uint8Array>

export interface OpenOptions {
  /** Another thread writes: this one only follows. */
  readonly readOnly?: boolean
  /** What the writer's `shared()` gave, so that columns are in memory once. */
  readonly shared?: SharedSegments
  readonly cacheBytes?: number
}

/** What removed profiles still count for, as it is stored. */
export const removedRow = ({ removed, removedPassages }: LiveSegment): number[][] =>
  [removed.documents, removed.tokens, removedPassages.documents, removedPassages.tokens].map(array => [...array])

const restore = (target: FieldTotals, documents: readonly number[] = [], tokens: readonly number[] = []): void => {
  target.documents.set(documents)
  target.tokens.set(tokens)
}

/**
 * One built index, open: sealed segments on disk, and the latest changes in small segments in memory. Each change is
 * durable in the file before it is seen. Everything is read from segments alike; `maintenance.ts` merges them.
 */
export class LiveIndex {
  readonly folder: string
  readonly file: IndexFile
  readonly #cache: ByteCache
  readonly #values = new FacetValues()
  readonly #saturations = new Saturations()
  readonly #accumulators = new Accumulators()
  readonly #memory = new CollectorMemory()
  readonly #shared: SharedSegments
  /** In the order of their ids; all before those in memory. */
  sealed: readonly SealedSegment[] = []
  /** The profiles that no file holds yet. */
  delta: readonly LiveSegment[] = []
  /** The tombs from this number on are not read yet. */
  #nextTomb = 0
  #nextPending = 0
  #layout = -1
  #dataVersion = 0
  #segmentsOpened = 0

  private constructor(file: IndexFile, shared: SharedSegments, cacheBytes: number) {
    this.#cache = new ByteCache(cacheBytes)
    this.file = file
    this.folder = dirname(file.path)
    this.#shared = shared
  }

  /** Opens the index whose database is at `path`; throws `IndexDamagedError`. */
  static open(
    path: string,
    { readOnly = false, shared = new Map(), cacheBytes = CACHE_BYTES }: OpenOptions = {},
  ): LiveIndex {
    const index = new LiveIndex(IndexFile.open(path, readOnly), shared, cacheBytes)
    try {
      index.#dataVersion = index.file.dataVersion()
      index.#read()
      if (!readOnly) removeStraySegments(index.folder, new Set(index.sealed.map(({ row }) => row.file)))
      return index
    } catch (error) {
      index.close()
      throw error
    }
  }

  get appliedSeq(): number {
    return this.file.meta.appliedSeq
  }

  /** Number of profiles in memory that no file holds yet, removed ones among them. */
  get deltaSize(): number {
    return this.delta.reduce((sum, { segment }) => sum + segment.count, 0)
  }

  close(): void {
    for (const { live } of this.sealed) live.segment.close()
    this.file.close()
  }

  /** What other threads open the index with. */
  shared(): SharedSegments {
    return new Map(this.sealed.map(({ row, live }) => [row.file, live.segment.resident]))
  }

  /** Follows what others have written; costs a microsecond when there is nothing. */
  refresh(): void {
    const version = this.file.dataVersion()
    if (version === this.#dataVersion) return
    this.#read()
    this.#dataVersion = version
  }

  state(): IndexState {
    const { version, builtAt } = this.file.meta
    const suppliers = this.segments().reduce((sum, live) => sum + live.segment.count - live.deadCount, 0)
    return { engine: 'embedded', version, builtAt, suppliers }
  }

  /** `share`: other threads help with the sealed segments. */
  search(query: EngineQuery, signal?: AbortSignal, share?: OwnerShare): EngineResult {
    this.#cache.release()
    const segments = this.segments()
    const plan = planQuery(query, segments, this.#saturations)
    const collector = new Collector(query, segments, this.#values, this.#memory)
    const gather = (index: number): void => this.#gather(collector, plan, segments, index, signal)
    const sealed = this.sealed.length
    if (share) {
      const { generation } = this.file.meta
      for (const part of gatherAsOwner(share, sealed, gather, () => signal?.throwIfAborted())) {
        if (part.generation === generation) collector.absorb(part)
        else for (const index of part.segments) gather(index)
      }
    } else for (let index = 0; index < sealed; index++) gather(index)
    for (let index = sealed; index < segments.length; index++) gather(index)
    const { total, top, facets } = collector.finish()
    const candidates = this.#candidates(query, plan, segments, top)
    return { total, candidates: query.sort === 'name' ? this.#byFullName(candidates) : candidates, facets }
  }

  /** Does a part of a search that another thread was asked for. */
  help(query: EngineQuery, share: HelperShare, signal?: AbortSignal): void {
    this.#cache.release()
    const segments = this.segments()
    const plan = planQuery(query, segments, this.#saturations)
    const collector = new Collector(query, segments, this.#values, this.#memory, true)
    gatherAsHelper(
      share,
      this.sealed.length,
      this.file.meta.generation,
      index => this.#gather(collector, plan, segments, index, signal),
      () => collector.part(),
    )
  }

  #gather(
    collector: Collector,
    plan: Plan,
    segments: readonly LiveSegment[],
    index: number,
    signal: AbortSignal | undefined,
  ): void {
    signal?.throwIfAborted()
    try {
      collector.segment(plan, segments[index]!, index, this.#accumulators)
    } catch (error) {
      // What a broken list left behind must not reach the next query.
      this.#accumulators.clear()
      throw error
    }
  }

  supplier(siren: Siren): Supplier | undefined {
    this.#cache.release()
    return this.#supplier(siren)
  }

  #supplier(siren: Siren): Supplier | undefined {
    const found = this.#find(Number(siren))
    return found?.live.segment.profile(found.document)
  }

  complete(prefix: string, limit: number): Completion[] {
    this.#cache.release()
    return completions(this.segments(), prefix, limit)
  }

  corrections(words: readonly string[]): WordCorrection[] {
    this.#cache.release()
    const corrector = new Corrector(this.segments())
    return words.map(word => corrector.correct(word))
  }

  /**
   * Applies changes in one transaction. Returns false, and changes nothing, when another process has written to the
   * index since it was read: the caller opens it again.
   */
  apply(changes: readonly IndexChange[], seq: number): boolean {
    this.#cache.release()
    const pending: PendingProfile[] = []
    const latest = new Map<Siren, PendingProfile | undefined>()
    let nextId = this.file.meta.nextId
    for (const { siren, supplier } of changes) {
      const profile = supplier && { id: nextId++, json: JSON.stringify(supplier) }
      latest.set(siren, profile)
    }
    // Of two changes of one profile the last holds.
    for (const profile of latest.values()) if (profile) pending.push(profile)
    pending.sort((a, b) => a.id - b.id)
    // Before anything is written: what cannot be analysed must not be acknowledged.
    const added = pending.length > 0 ? this.memorySegment(pending) : undefined
    const buried = [...latest.keys()].flatMap(siren => this.#find(Number(siren)) ?? [])
    const removed = buried.map(({ live, document }) => analyseProfile(live.segment.profile(document)))
    const done = this.file.transaction(() => {
      buried.forEach(({ live, document }) => {
        this.file.addTomb(live.segment.columns.ids[document]!)
      })
      for (const profile of pending) this.file.addPending(profile)
      this.file.update({ appliedSeq: seq, nextId })
      // What removed profiles count for is stored with their segment, so that opening analyses none of them.
      buried.forEach(({ live, document }, number) => {
        live.bury(document, removed[number]!)
      })
      for (const { row, live } of this.sealed)
        if (buried.some(each => each.live === live)) this.file.putSegment({ ...row, removed: removedRow(live) })
    })
    if (!done) return false
    if (added) this.delta = [...this.delta, added]
    this.#nextTomb = this.file.meta.nextTomb
    this.#nextPending = nextId
    return true
  }

  /** All segments that a search reads. */
  segments(): LiveSegment[] {
    return [...this.sealed.map(({ live }) => live), ...this.delta]
  }

  /** A small segment of profiles that are stored in the database. */
  memorySegment(profiles: readonly PendingProfile[]): LiveSegment {
    const sink = new MemorySink()
    const builder = new SegmentBuilder(sink, 'none')
    for (const { id, json } of profiles) {
      builder.writer.profile(json)
      // Written by this program, sealed by its row's digest.
      builder.add(id, JSON.parse(json) as Supplier)
    }
    const steps = builder.finish()
    while (!steps.next().done);
    return this.openInMemory(sink.take())
  }

  openInMemory(bytes: Uint8Array): LiveSegment {
    return new LiveSegment(
      openSegment({
        source: memorySource(bytes),
        cache: NO_CACHE,
        number: 0,
        damaged: what => damaged(this.file.path, what),
        allocate: length => new Uint8Array(length),
      }),
    )
  }

  /** Opens the file of a segment, with its columns as another thread has them when it has. */
  openSealed(row: SegmentRow): Segment {
    const path = join(this.folder, row.file)
    const source = openFile(path, row.bytes)
    const resident = this.#shared.get(row.file)
    try {
      return openSegment({
        source,
        cache: this.#cache,
        number: ++this.#segmentsOpened,
        damaged: what => damaged(path, what),
        digest: row.digest,
        ...(resident && { resident }),
      })
    } catch (error) {
      source.close()
      throw error
    }
  }

  /** Puts what `maintenance.ts` has written in the place of what it was written from. */
  replace(sealed: readonly SealedSegment[], delta: readonly LiveSegment[]): void {
    this.sealed = sealed
    this.delta = delta
    this.#layout = this.file.meta.layout
    this.#nextTomb = this.file.meta.nextTomb
  }

  /** Reads what is new. A segment that another process has merged away meanwhile is not looked for twice. */
  #read(): void {
    for (;;) {
      try {
        this.#readVersion()
        return
      } catch (error) {
        const { layout } = this.file.meta
        if (this.file.refresh().layout === layout) throw error
      }
    }
  }

  /** Reads what is new in the file, on one version of it. */
  #readVersion(): void {
    this.file.snapshot(() => {
      const meta = this.file.refresh()
      const layoutChanged = meta.layout !== this.#layout
      if (layoutChanged) this.#readSegments()
      else this.#restoreRemoved()
      const tombs = this.file.tombs(layoutChanged ? 0 : this.#nextTomb)
      const buried = new Set(tombs.map(({ id }) => id))
      const pending = this.file.pending(layoutChanged ? 0 : this.#nextPending)
      for (const { id } of tombs) this.#bury(id)
      const added = pending.filter(({ id }) => !buried.has(id))
      if (added.length > 0) this.delta = [...this.delta, this.memorySegment(added)]
      this.#layout = meta.layout
      this.#nextTomb = meta.nextTomb
      this.#nextPending = meta.nextId
    })
  }

  /** Segments that are open already stay open; what they say of removals is read anew. */
  #readSegments(): void {
    const known = new Map(this.sealed.map(({ row, live }) => [row.file, live.segment]))
    const opened: SealedSegment[] = []
    try {
      for (const row of this.file.segments()) {
        const segment = known.get(row.file) ?? this.openSealed(row)
        opened.push({ row, live: new LiveSegment(segment) })
        known.delete(row.file)
      }
    } catch (error) {
      for (const { live } of opened)
        if (!this.sealed.some(each => each.live.segment === live.segment)) live.segment.close()
      throw error
    }
    for (const segment of known.values()) segment.close()
    this.sealed = opened
    this.delta = []
    this.#restoreRemoved()
  }

  #restoreRemoved(): void {
    const rows = new Map(this.file.segments().map(row => [row.id, row]))
    this.sealed = this.sealed.map(({ row, live }) => {
      const now = rows.get(row.id) ?? row
      restore(live.removed, now.removed[0], now.removed[1])
      restore(live.removedPassages, now.removed[2], now.removed[3])
      return { row: now, live }
    })
  }

  #bury(id: number): void {
    for (const { live } of this.sealed) {
      const document = documentOfId(live.segment, id)
      if (document >= 0) live.bury(document)
    }
    for (const live of this.delta) {
      const document = documentOfId(live.segment, id)
      if (document >= 0) live.bury(document, analyseProfile(live.segment.profile(document)))
    }
  }

  /** The live profile of a SIREN. */
  #find(siren: number): { readonly live: LiveSegment; readonly document: number } | undefined {
    for (const live of this.segments())
      for (const document of documentsOfSiren(live.segment, siren))
        if (live.dead[document] === 0) return { live, document }
    return undefined
  }

  /** Candidates with their contributions, in the order of `top`. */
  #candidates(query: EngineQuery, plan: Plan, segments: readonly LiveSegment[], top: readonly Ranked[]): Candidate[] {
    const explainers = segments.map((live, index) => new SegmentExplainer(plan, live, index))
    const newest = segments.reduce((day, { segment }) => Math.max(day, segment.newest), 0)
    const candidates = new Map<Ranked, Candidate>()
    // Posting cursors only go forward: explain in the order of the documents, answer in the order of the ranks.
    for (const ranked of [...top].sort((a, b) => a.segment - b.segment || a.document - b.document)) {
      const live = segments[ranked.segment]!
      const { contributions, passage } = explainers[ranked.segment]!.explain(ranked.document)
      candidates.set(ranked, {
        siren: sirenAt(live.segment, ranked.document),
        score: contributions.reduce((sum, { value }) => sum + value, 0),
        contributions,
        priors: priorsAt(live.segment, ranked.document, newest),
        exactName: query.sort === 'relevance' && ranked.key === Number.NEGATIVE_INFINITY,
        ...(passage !== undefined && { passage }),
        ...(query.near && { distanceKm: distanceAt(query.near, live.segment, ranked.document) }),
      })
    }
    return top.map(ranked => candidates.get(ranked)!)
  }

  /** The column orders by ten letters; the whole names decide among those that share them. */
  #byFullName(candidates: readonly Candidate[]): Candidate[] {
    const named = candidates.map((candidate, rank) => {
      const supplier = this.#supplier(candidate.siren)
      return { candidate, rank, unnamed: supplier?.unnamed ?? true, key: completionKey(supplier?.name ?? '') }
    })
    named.sort((a, b) => {
      if (a.unnamed !== b.unnamed) return a.unnamed ? 1 : -1
      if (a.unnamed || a.key === b.key) return a.rank - b.rank
      return a.key < b.key ? -1 : 1
    })
    return named.map(({ candidate }) => candidate)
  }
}

const openFile = (path: string, bytes: number): ByteSource => {
  try {
    return fileSource(path, bytes)
  } catch (error) {
    throw isPassing(error) ? error : damaged(path, 'this part of the index cannot be opened', error)
  }
}

/** What is in memory already is not kept twice. */
const NO_CACHE = new ByteCache(0)

/** Parsed before it was indexed. */
const sirenAt = (segment: Segment, document: number): Siren =>
  String(segment.columns.siren[document]).padStart(9, '0') as Siren

const priorsAt = ({ columns }: Segment, document: number, newest: number): Priors =>
  unpackPriors(columns.priors[document]!, newest - columns.recency[document]!)

const distanceAt = (near: NonNullable<EngineQuery['near']>, { columns }: Segment, document: number): number =>
  distanceKm(near.latitude, near.longitude, columns.latitude[document]!, columns.longitude[document]!)
