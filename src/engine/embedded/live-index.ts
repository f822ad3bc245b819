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
import { Saturations } from './bm25.ts'
import { ByteCache } from './byte-cache.ts'
import { Collector, CollectorMemory } from './collect.ts'
import { unpackPriors } from './columns.ts'
import { completionKey } from './completion.ts'
import { completions } from './completion-lists.ts'
import { SegmentExplainer } from './explain.ts'
import { FacetValues } from './facet-values.ts'
import { GrowingSegment, MOST_PROFILES } from './growing-segment.ts'
import { IndexFile, type PendingProfile, type SegmentRow } from './index-file.ts'
import { removeStraySegments } from './index-folder.ts'
import type { Inverter } from './inverter.ts'
import { type Plan, planQuery } from './plan.ts'
import { Accumulators } from './score.ts'
import { documentOfId, documentsOfSiren, type Segment } from './segment.ts'
import { openSegmentFile, type SegmentFile } from './segment-file.ts'
import { gatherAsHelper, gatherAsOwner, type HelperShare, type OwnerShare } from './shared-search.ts'
import { Corrector } from './spelling.ts'
import { exactLengths, LiveSegment } from './statistics.ts'
import type { Ranked } from './top.ts'

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

/**
 * One built index, open: sealed segments on disk, and the latest changes in a segment that grows in memory. Each change
 * is durable in the file before it is seen. Everything is read from segments alike; `maintenance.ts` merges them.
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
  /** The profiles that no file holds yet; only the last one may grow. */
  delta: readonly GrowingSegment[] = []
  /** The last of `delta` while it grows. */
  #growing: GrowingSegment | undefined
  /** Of a segment that is gone. */
  #inverter: Inverter | undefined
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
    return this.delta.reduce((sum, { count }) => sum + count, 0)
  }

  close(): void {
    for (const { live } of this.sealed) live.segment.close()
    this.file.close()
  }

  /** What other threads open the index with. */
  shared(): SharedSegments {
    return new Map(
      this.sealed.flatMap(({ row, live: { segment } }) => (segment.resident ? [[row.file, segment.resident]] : [])),
    )
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
    const explained = new Map<number, Candidate>()
    if (share) {
      const { generation } = this.file.meta
      for (const part of gatherAsOwner(share, sealed, gather, () => signal?.throwIfAborted())) {
        if (part.generation === generation) {
          collector.absorb(part)
          part.top.forEach((ranked, at) => {
            explained.set(placeOf(ranked), part.candidates[at]!)
          })
        } else for (const index of part.segments) gather(index)
      }
    } else for (let index = 0; index < sealed; index++) gather(index)
    for (let index = sealed; index < segments.length; index++) gather(index)
    const { total, top, facets } = collector.finish()
    const candidates = this.#candidates(query, plan, segments, top, explained)
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
      () => {
        const part = collector.part()
        return { ...part, candidates: this.#candidates(query, plan, segments, part.top) }
      },
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
    return found?.part.live.segment.profile(found.document)
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
    const replaced = [...latest.keys()].flatMap(siren => this.#find(Number(siren)) ?? [])
    const growing = this.#toGrow()
    const lengths = replaced.map(({ part, document }) => {
      if (part instanceof GrowingSegment) return undefined
      const { segment } = part.live
      // Analysed anew only where the columns do not say it: half a millisecond, with reading the profile.
      return exactLengths(segment, document) ?? growing.inverter.measure(segment.profile(document))
    })
    // Before anything is written: what cannot be analysed must not be acknowledged.
    for (const profile of pending) growing.add(profile)
    const done = this.file.transaction(() => {
      for (const { part, document } of replaced)
        this.file.addTomb(
          part instanceof GrowingSegment ? part.idOf(document) : part.live.segment.columns.ids[document]!,
        )
      for (const profile of pending) this.file.addPending(profile)
      this.file.update({ appliedSeq: seq, nextId })
      replaced.forEach(({ part, document }, number) => {
        if (part instanceof GrowingSegment) part.bury(document)
        else part.live.bury(document, lengths[number])
      })
      // What removed profiles count for is stored with their segment, so that opening analyses none of them.
      for (const sealed of this.sealed)
        if (replaced.some(({ part }) => part === sealed))
          this.file.putSegment({ ...sealed.row, removed: sealed.live.removedRow() })
    })
    if (!done) {
      // What was added is not in the file: all of it is read again.
      this.#forget()
      return false
    }
    this.#nextTomb = this.file.meta.nextTomb
    this.#nextPending = nextId
    return true
  }

  /** The segment that the next profile goes to. */
  #toGrow(): GrowingSegment {
    if (this.#growing && this.#growing.count < MOST_PROFILES) return this.#growing
    this.#inverter?.reset()
    const growing = new GrowingSegment(this.#inverter)
    this.#inverter = undefined
    this.#growing = growing
    this.delta = [...this.delta, growing]
    return growing
  }

  /** From here on the segments in memory are as they are, but for removals: the next profile goes to another one. */
  freeze(): readonly GrowingSegment[] {
    // One without a profile goes on growing: it is there for removals.
    if (this.#growing?.count === 0) return this.delta.slice(0, -1)
    this.#growing = undefined
    return this.delta
  }

  #forget(): void {
    this.delta = []
    this.#growing = undefined
    this.#layout = -1
    this.#dataVersion = -1
    this.#nextPending = 0
  }

  /** All segments that a search reads. */
  segments(): LiveSegment[] {
    return [...this.sealed, ...this.delta].map(({ live }) => live)
  }

  /** Opens the file of a segment, with its columns as another thread has them when it has. */
  openSealed(row: SegmentRow): Segment {
    return openSegmentFile(this.fileOf(row, this.#shared.get(row.file)), this.#cache, ++this.#segmentsOpened)
  }

  fileOf({ file, bytes, digest }: SegmentRow, resident: Uint8Array | undefined): SegmentFile {
    return { path: join(this.folder, file), bytes, digest, resident }
  }

  /** Puts what `maintenance.ts` has written in the place of what it was written from. */
  replace(sealed: readonly SealedSegment[], delta: readonly GrowingSegment[]): void {
    this.sealed = sealed
    this.#keep(delta)
    this.#layout = this.file.meta.layout
    this.#nextTomb = this.file.meta.nextTomb
  }

  /** Of the segments in memory, those that are still needed. */
  #keep(delta: readonly GrowingSegment[]): void {
    for (const growing of this.delta) {
      if (delta.includes(growing)) continue
      this.#inverter = growing.inverter
      if (this.#growing === growing) this.#growing = undefined
    }
    this.delta = delta
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
      // Those that were read before are in memory, whatever else has changed.
      const added = this.file.pending(this.#nextPending)
      const tombs = this.file.tombs(layoutChanged ? 0 : this.#nextTomb)
      for (const profile of added) this.#toGrow().add(profile)
      for (const { id } of tombs) this.#bury(id)
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
    const sealedTo = Math.max(-1, ...opened.map(({ row }) => row.lastId))
    this.#keep(this.delta.filter(growing => growing.isLeftAfter(sealedTo)))
    this.#restoreRemoved()
  }

  #restoreRemoved(): void {
    const rows = new Map(this.file.segments().map(row => [row.id, row]))
    this.sealed = this.sealed.map(({ row, live }) => {
      const now = rows.get(row.id) ?? row
      live.restoreRemoved(now.removed)
      return { row: now, live }
    })
  }

  #bury(id: number): void {
    for (const { live } of this.sealed) {
      const document = documentOfId(live.segment, id)
      if (document >= 0) live.bury(document)
    }
    for (const growing of this.delta) growing.buryId(id)
  }

  /** The live profile of a SIREN. */
  #find(siren: number): { readonly part: SealedSegment | GrowingSegment; readonly document: number } | undefined {
    for (const part of this.delta) {
      const document = part.find(siren)
      if (document !== undefined) return { part, document }
    }
    for (const part of this.sealed)
      for (const document of documentsOfSiren(part.live.segment, siren))
        if (part.live.dead[document] === 0) return { part, document }
    return undefined
  }

  /** Candidates with their contributions, in the order of `top`. `explained`: those that a helper has, by their place. */
  #candidates(
    query: EngineQuery,
    plan: Plan,
    segments: readonly LiveSegment[],
    top: readonly Ranked[],
    explained: ReadonlyMap<number, Candidate> = new Map(),
  ): Candidate[] {
    const explainers = segments.map((live, index) => new SegmentExplainer(plan, live, index))
    const newest = segments.reduce((day, { segment }) => Math.max(day, segment.newest), 0)
    const candidates = new Map<Ranked, Candidate>()
    // Posting cursors only go forward: explain in the order of the documents, answer in the order of the ranks.
    for (const ranked of [...top].sort((a, b) => a.segment - b.segment || a.document - b.document)) {
      const known = explained.get(placeOf(ranked))
      if (known) {
        candidates.set(ranked, known)
        continue
      }
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

const placeOf = ({ segment, document }: Ranked): number => segment * 2 ** 32 + document

/** Parsed before it was indexed. */
const sirenAt = (segment: Segment, document: number): Siren =>
  String(segment.columns.siren[document]).padStart(9, '0') as Siren

const priorsAt = ({ columns }: Segment, document: number, newest: number): Priors =>
  unpackPriors(columns.priors[document]!, newest - columns.recency[document]!)

const distanceAt = (near: NonNullable<EngineQuery['near']>, { columns }: Segment, document: number): number =>
  distanceKm(near.latitude, near.longitude, columns.latitude[document]!, columns.longitude[document]!)
