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
import { Collector } from './collect.ts'
import { columnValues, type FacetDictionary, unpackPriors } from './columns.ts'
import { completionKey, nameKeys, prefixKey } from './completion.ts'
import { SegmentExplainer } from './explain.ts'
import { IndexFile, type StoredSegment, wordsOf } from './index-file.ts'
import { type Plan, planQuery } from './plan.ts'
import { Accumulators } from './score.ts'
import { joinSegments, type MemorySegment, type Segment, SegmentBuilder } from './segment.ts'
import { Corrector } from './spelling.ts'
import { memorySpelling, type SpellingIndex } from './spelling-index.ts'
import { type LiveSegment, RemovedStatistics } from './statistics.ts'
import type { Ranked } from './top.ts'

/** Past so many profiles in memory the delta becomes a sealed segment: 36 ms for 4,096 (engine.md). */
const FLUSH_AT = 4096

interface SealedSegment extends LiveSegment {
  readonly segment: StoredSegment
}

const newest = new WeakMap<Segment, number>()
/** The newest day of a segment, counted once. */
const newestOf = (segment: Segment): number => {
  const known = newest.get(segment)
  if (known !== undefined) return known
  const day = segment.columns.recency.reduce((latest, each) => Math.max(latest, each), 0)
  newest.set(segment, day)
  return day
}

interface DeltaSegment extends LiveSegment {
  readonly segment: MemorySegment
}

/**
 * One built index, open: sealed segments on disk, and the delta of single changes in memory. Each change is durable
 * in the file before it is seen. The delta is kept as small segments that are joined two by two as they grow alike,
 * so that a change costs the logarithm of the delta's size.
 */
export class LiveIndex {
  readonly #file: IndexFile
  readonly #dictionary: FacetDictionary
  readonly #accumulators = new Accumulators()
  #sealed: SealedSegment[]
  #delta: DeltaSegment[] = []
  #nextId: number
  #appliedSeq: number

  private constructor(file: IndexFile) {
    this.#file = file
    this.#dictionary = file.dictionary()
    this.#sealed = file.segments().map(segment => ({
      segment,
      base: segment.base,
      dead: new Uint8Array(segment.count),
      removed: new RemovedStatistics(),
    }))
    const last = this.#sealed.at(-1)
    this.#nextId = last ? last.base + last.segment.count : 0
    this.#appliedSeq = Number(file.meta('appliedSeq') ?? 0)
  }

  /** Opens the index at `path`; throws `IndexDamagedError`. */
  static open(path: string): LiveIndex {
    const file = IndexFile.open(path)
    try {
      const index = new LiveIndex(file)
      index.#readDelta()
      for (const id of file.tombs()) index.#bury(id)
      return index
    } catch (error) {
      file.close()
      throw error
    }
  }

  get appliedSeq(): number {
    return this.#appliedSeq
  }

  close(): void {
    this.#file.close()
  }

  state(): IndexState {
    return {
      engine: 'embedded',
      version: this.#file.meta('version') ?? '',
      builtAt: this.#file.meta('builtAt') ?? '',
      suppliers: this.#file.liveCount(),
    }
  }

  search(query: EngineQuery, signal?: AbortSignal): EngineResult {
    const segments = this.#segments()
    const plan = planQuery(query, segments)
    const collector = new Collector(query, this.#dictionary)
    segments.forEach((live, index) => {
      signal?.throwIfAborted()
      collector.segment(plan, live, index, this.#accumulators)
    })
    const { total, top, facets } = collector.finish()
    const candidates = this.#candidates(query, plan, segments, top)
    return { total, candidates: query.sort === 'name' ? this.#byFullName(candidates) : candidates, facets }
  }

  supplier(siren: Siren): Supplier | undefined {
    const id = this.#file.idOf(siren)
    return id === undefined ? undefined : this.#file.profile(id)
  }

  complete(prefix: string, limit: number): Completion[] {
    const key = prefixKey(prefix)
    if (key === '') return []
    const suppliers = this.#file.namesStartingWith(key, limit).map((id): Completion => {
      const { name, siren } = this.#file.profile(id)
      return { kind: 'supplier', text: name, siren, frequency: 1 }
    })
    return [...suppliers, ...this.#words(key, limit)]
  }

  corrections(words: readonly string[]): WordCorrection[] {
    const corrector = new Corrector(this.#segments(), this.#spellings(), id => this.#file.profile(id))
    return words.map(word => corrector.correct(word))
  }

  /**
   * Applies changes in one transaction. Returns false, and changes nothing, when another process has written to the
   * file since it was opened: the caller opens it again.
   */
  apply(changes: readonly IndexChange[], seq: number): boolean {
    const buried: number[] = []
    const added: DeltaSegment[] = []
    let nextId = this.#nextId
    const current = this.#file.transaction(() => {
      if (Number(this.#file.meta('appliedSeq') ?? 0) !== this.#appliedSeq || this.#file.nextId() > nextId) return false
      for (const { siren, supplier } of changes) {
        const old = this.#file.idOf(siren)
        if (old !== undefined) {
          this.#file.bury(old, siren, nameKeys(this.#file.profile(old)))
          buried.push(old)
        }
        if (supplier) {
          this.#file.putProfile(nextId, supplier, nameKeys(supplier))
          added.push(this.#deltaSegment([supplier], nextId))
          nextId++
        }
      }
      this.#file.setMeta('appliedSeq', String(seq))
      return true
    })
    if (!current) return false
    for (const segment of added) this.#append(segment)
    for (const id of buried) this.#bury(id)
    this.#nextId = nextId
    this.#appliedSeq = seq
    if (this.#deltaSize() >= FLUSH_AT) this.#flush()
    return true
  }

  #segments(): LiveSegment[] {
    return [...this.#sealed, ...this.#delta]
  }

  /** One for each of `#segments()`. */
  #spellings(): SpellingIndex[] {
    return [
      ...this.#sealed.map(({ segment }) => segment.spelling),
      ...this.#delta.map(({ segment }) => memorySpelling(segment)),
    ]
  }

  /** Candidates with their contributions, in the order of `top`. */
  #candidates(query: EngineQuery, plan: Plan, segments: readonly LiveSegment[], top: readonly Ranked[]): Candidate[] {
    const explainers = segments.map((live, index) => new SegmentExplainer(plan, live, index))
    const candidates = new Map<Ranked, Candidate>()
    // Posting cursors only go forward: explain in the order of the documents, answer in the order of the ranks.
    for (const ranked of [...top].sort((a, b) => a.segment - b.segment || a.document - b.document)) {
      const live = segments[ranked.segment] as LiveSegment
      const { contributions, passage } = (explainers[ranked.segment] as SegmentExplainer).explain(ranked.document)
      const siren = String(live.segment.columns.siren[ranked.document]).padStart(9, '0') as Siren
      candidates.set(ranked, {
        siren,
        score: contributions.reduce((sum, { value }) => sum + value, 0),
        contributions,
        priors: this.#priors(segments, live, ranked.document),
        exactName: query.sort === 'relevance' && ranked.key === Number.NEGATIVE_INFINITY,
        ...(passage !== undefined && { passage }),
        ...(query.near && { distanceKm: this.#distance(query, live, ranked.document) }),
      })
    }
    return top.map(ranked => candidates.get(ranked) as Candidate)
  }

  #priors(segments: readonly LiveSegment[], live: LiveSegment, document: number): Priors {
    const { priors, recency } = live.segment.columns
    const newest = Math.max(...segments.map(each => newestOf(each.segment)))
    return unpackPriors(priors[document] as number, newest - (recency[document] as number))
  }

  #distance(query: EngineQuery, live: LiveSegment, document: number): number {
    const { latitude, longitude } = live.segment.columns
    return query.near
      ? distanceKm(
          query.near.latitude,
          query.near.longitude,
          latitude[document] as number,
          longitude[document] as number,
        )
      : 0
  }

  /** The column orders by ten letters; the whole names decide among those that share them. */
  #byFullName(candidates: readonly Candidate[]): Candidate[] {
    const named = candidates.map((candidate, rank) => {
      const supplier = this.supplier(candidate.siren)
      return { candidate, rank, unnamed: supplier?.unnamed ?? true, key: completionKey(supplier?.name ?? '') }
    })
    named.sort((a, b) => {
      if (a.unnamed !== b.unnamed) return a.unnamed ? 1 : -1
      if (a.unnamed || a.key === b.key) return a.rank - b.rank
      return a.key < b.key ? -1 : 1
    })
    return named.map(({ candidate }) => candidate)
  }

  #words(key: string, limit: number): Completion[] {
    const found = new Map<string, Completion>()
    const add = (term: string, text: string, frequency: number): void => {
      const known = found.get(term)
      found.set(term, { kind: 'word', text: known?.text ?? text, frequency: frequency + (known?.frequency ?? 0) })
    }
    for (const { term, surface, frequency } of this.#file.wordsStartingWith(key, limit)) add(term, surface, frequency)
    for (const { segment } of this.#delta) {
      for (const { term, surface, frequency } of wordsOf(segment, key)) add(term, surface, frequency)
    }
    return [...found.values()].sort((a, b) => b.frequency - a.frequency || (a.text < b.text ? -1 : 1)).slice(0, limit)
  }

  #deltaSize(): number {
    return this.#delta.reduce((sum, { segment }) => sum + segment.count, 0)
  }

  #deltaSegment(suppliers: readonly Supplier[], base: number): DeltaSegment {
    const builder = new SegmentBuilder()
    for (const supplier of suppliers) {
      builder.add(analyseProfile(supplier), columnValues(supplier), this.#dictionary.numbers(supplier))
    }
    const segment = builder.seal()
    return { segment, base, dead: new Uint8Array(segment.count), removed: new RemovedStatistics() }
  }

  /** Adds a segment and joins the last ones while they are of like size, as a binary counter carries. */
  #append(added: DeltaSegment): void {
    this.#delta.push(added)
    for (;;) {
      const [before, last] = [this.#delta.at(-2), this.#delta.at(-1)]
      if (!before || !last || before.segment.count > last.segment.count) return
      this.#delta.splice(-2, 2, this.#joined(before, last))
    }
  }

  #joined(a: DeltaSegment, b: DeltaSegment): DeltaSegment {
    const segment = joinSegments(a.segment, b.segment)
    const joined = { segment, base: a.base, dead: new Uint8Array(segment.count), removed: new RemovedStatistics() }
    for (const part of [a, b]) {
      part.dead.forEach((dead, document) => {
        if (dead) this.#buryIn(joined, part.base + document)
      })
    }
    return joined
  }

  #bury(id: number): void {
    const live = this.#segments().find(({ base, segment }) => id >= base && id < base + segment.count)
    if (live) this.#buryIn(live, id)
  }

  #buryIn(live: LiveSegment, id: number): void {
    live.dead[id - live.base] = 1
    live.removed.add(analyseProfile(this.#file.profile(id)))
  }

  /** Profiles that no sealed segment holds yet are analysed again (1,000 in about 55 ms). */
  #readDelta(): void {
    for (;;) {
      const stored = this.#file.profilesFrom(this.#nextId, 1000)
      const first = stored[0]
      if (!first) return
      this.#delta.push(
        this.#deltaSegment(
          stored.map(({ supplier }) => supplier),
          first.id,
        ),
      )
      this.#nextId = first.id + stored.length
    }
  }

  /** Seals the delta into one segment on disk. */
  #flush(): void {
    const whole = this.#delta.reduce((a, b) => this.#joined(a, b))
    this.#file.transaction(() => this.#file.writeSegment(whole.base, whole.segment))
    const stored = this.#file.segments().at(-1)
    if (!stored) return
    this.#sealed = [...this.#sealed, { ...whole, segment: stored }]
    this.#delta = []
  }
}
