import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { MOST_PROFILES } from './growing-segment.ts'
import { segmentFileName } from './index-folder.ts'
import type { LiveIndex, SealedSegment } from './live-index.ts'
import { MOST_SEGMENTS, nextMerge } from './merge-policy.ts'
import { documentOfId } from './segment.ts'
import type { FilePart, SegmentJob } from './segment-job.ts'
import { SegmentThread } from './segment-thread.ts'
import { LiveSegment } from './statistics.ts'

/** Past so much that no file holds yet, or more files than there should be, changes wait. */
const MOST_DELTA_PROFILES = 3 * MOST_PROFILES
/**
 * No change waits longer: a merge of a million profiles takes minutes, and a writing thread that does not answer for one is
 * replaced, merge and all.
 */
const MOST_WAIT_MS = 1000
/** After a failure (a full disk) nothing is tried for so long. */
const RETRY_MS = 10_000

/** Someone else has changed the index: what was written is not used. */
class Abandoned extends Error {
  override readonly name = 'Abandoned'
}

/** What is removed from some segments at this moment. */
interface Removals {
  readonly dead: Uint8Array
  readonly totals: number[][]
}
const removalsOf = (parts: readonly LiveSegment[]): Removals[] =>
  parts.map(live => ({ dead: live.dead.slice(), totals: live.removedRow() }))

/**
 * Keeps segments few in the background: has a thread of its own write those in memory into a file, then merge files by
 * tiers. What it has written goes live in one transaction, which also forgets what it replaces; killed before, it has left
 * a file that nobody names.
 */
export class Maintenance {
  readonly #index: LiveIndex
  readonly #onError: (error: unknown) => void
  readonly #thread = new SegmentThread()
  #running: Promise<void> | undefined
  #step: Promise<boolean> = Promise.resolve(false)
  #stopped = false
  #notBefore = Number.NEGATIVE_INFINITY
  readonly #replacedFiles: string[] = []

  constructor(index: LiveIndex, onError: (error: unknown) => void = () => {}) {
    this.#index = index
    this.#onError = onError
  }

  /** To be called after a change. */
  poke(): void {
    if (this.#stopped || this.#running || performance.now() < this.#notBefore || !this.#hasWork()) return
    this.#running = this.#run().finally(() => {
      this.#running = undefined
    })
  }

  /** Resolves when changes need not wait, or have waited for a second. */
  async pace(): Promise<void> {
    const until = performance.now() + MOST_WAIT_MS
    while (this.#running && !this.#stopped && this.#isBehind()) {
      const left = until - performance.now()
      if (left <= 0) return
      const timer = new AbortController()
      const isUp = sleep(left, undefined, timer).catch(() => {})
      await Promise.race([this.#step.catch(() => {}), isUp])
      timer.abort()
    }
  }

  #isBehind(): boolean {
    return this.#index.deltaSize > MOST_DELTA_PROFILES || this.#isCrowded()
  }

  /** More files than searches should read: under a stream of changes they would only grow. */
  #isCrowded(): boolean {
    return this.#index.sealed.length > MOST_SEGMENTS
  }

  /** Gives up what is under way; resolves when nothing of it is left. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#thread.end()
    await this.#running
  }

  #hasWork(): boolean {
    return this.#index.deltaSize >= MOST_PROFILES || this.#fileRange() !== undefined
  }

  #fileRange() {
    return nextMerge(this.#index.sealed.map(({ live }) => ({ count: live.segment.count, dead: live.deadCount })))
  }

  async #run(): Promise<void> {
    try {
      // The change that asked is answered first.
      this.#step = nextTurn(true)
      while ((await this.#step) && !this.#stopped) this.#step = this.#next()
    } catch (error) {
      if (this.#stopped || error instanceof Abandoned) return
      this.#notBefore = performance.now() + RETRY_MS
      this.#onError(error)
    }
  }

  /** False when there was nothing to do. */
  async #next(): Promise<boolean> {
    const index = this.#index
    const files = this.#fileRange()
    if (index.deltaSize >= MOST_PROFILES && !(files && this.#isCrowded())) {
      const inMemory = index.freeze()
      const profiles = inMemory.flatMap(growing => growing.profiles())
      await this.#toFile(
        inMemory.map(({ live }) => live),
        [],
        { profiles },
      )
      return true
    }
    if (!files) return false
    const replaced = index.sealed.slice(files.first, files.end)
    await this.#toFile(
      replaced.map(({ live }) => live),
      replaced,
      { files: replaced.map(each => this.#filePart(each)) },
    )
    return true
  }

  #filePart({ row, live }: SealedSegment): FilePart {
    const file = this.#index.fileOf(row, live.segment.resident)
    return { ...file, dead: live.dead, removed: live.removedRow() }
  }

  /** Has segments in memory (`replaced` is empty) or files written into a new file, and lets it go live. */
  async #toFile(
    parts: readonly LiveSegment[],
    replaced: readonly SealedSegment[],
    content: Omit<SegmentJob, 'path'>,
  ): Promise<void> {
    const index = this.#index
    const number = index.file.takeSegmentNumber()
    if (number === undefined) return this.#lost()
    const path = join(index.folder, segmentFileName(number))
    let written: SealedSegment | undefined
    try {
      const before = removalsOf(parts)
      written = await this.#write(number, parts, { path, ...content } as SegmentJob).catch((error: unknown) => {
        if (this.#stopped) throw error
        // Another process may have merged the same files, and removed them.
        index.refresh()
        throw this.#isCurrent(parts, replaced) ? error : new Abandoned()
      })
      if (!this.#isCurrent(parts, replaced)) throw new Abandoned()
      buryLater(parts, before, written.live)
      const sealed = this.#goLive(written, parts, before, replaced)
      if (!sealed) return this.#lost()
      written = undefined
      index.replace(sealed, replaced.length > 0 ? index.delta : index.delta.slice(parts.length))
    } finally {
      if (written) written.live.segment.close()
      if (!index.sealed.some(({ row }) => row.id === number)) rmSync(path, { force: true })
    }
    for (const { row, live } of replaced) {
      live.segment.close()
      this.#replacedFiles.push(join(index.folder, row.file))
    }
    // Until the log is empty, a crash of the machine may lead back to a version that still names them.
    if (index.file.compact()) for (const file of this.#replacedFiles.splice(0)) rmSync(file, { force: true })
  }

  async #write(number: number, parts: readonly LiveSegment[], job: SegmentJob): Promise<SealedSegment> {
    const [first, last] = [parts[0]!.segment.columns.ids, parts.at(-1)!.segment.columns.ids]
    const ids = { firstId: first[0]!, lastId: last[last.length - 1]! }
    const written = await this.#thread.write(job)
    if (this.#stopped) throw new Abandoned()
    const row = { id: number, file: segmentFileName(number), ...written, ...ids, removed: [] }
    return { row, live: new LiveSegment(this.#index.openSealed(row)) }
  }

  #isCurrent(parts: readonly LiveSegment[], replaced: readonly SealedSegment[]): boolean {
    const { sealed, delta } = this.#index
    return replaced.length > 0
      ? replaced.every(({ live }) => sealed.some(each => each.live === live))
      : parts.every((part, at) => delta[at]?.live === part)
  }

  /** The sealed segments from then on; `undefined` when another process has changed the index. */
  #goLive(
    { row, live }: SealedSegment,
    parts: readonly LiveSegment[],
    before: readonly Removals[],
    replaced: readonly SealedSegment[],
  ): readonly SealedSegment[] | undefined {
    const { file, sealed } = this.#index
    const merged: SealedSegment = { row: { ...row, removed: live.removedRow() }, live }
    const gone = new Set<number>()
    parts.forEach(({ segment }, part) => {
      before[part]!.dead.forEach((dead, document) => {
        if (dead === 1) gone.add(segment.columns.ids[document]!)
      })
    })
    const done = file.transaction(() => {
      file.putSegment(merged.row)
      for (const each of replaced) file.deleteSegment(each.row.id)
      if (replaced.length === 0) file.deletePending(row.lastId)
      if (gone.size > 0) file.deleteTombs(gone)
    })
    if (!done) return undefined
    // The rows are others when another process has removed profiles meanwhile.
    const at = replaced.length > 0 ? sealed.findIndex(each => each.live === parts[0]) : sealed.length
    return [...sealed.slice(0, at), merged, ...sealed.slice(at + replaced.length)]
  }

  /** Another process was faster: what it wrote is read. */
  #lost(): void {
    this.#index.refresh()
    throw new Abandoned()
  }
}

/** Removes from a merged segment what was removed from its parts since the merge began. */
const buryLater = (parts: readonly LiveSegment[], before: readonly Removals[], merged: LiveSegment): void => {
  parts.forEach((live, part) => {
    const { dead, totals } = before[part]!
    live.dead.forEach((isDead, document) => {
      if (isDead === 1 && dead[document] === 0)
        merged.bury(documentOfId(merged.segment, live.segment.columns.ids[document]!))
    })
    // What they count for was worked out when they were removed.
    const arrays = [
      merged.removed.documents,
      merged.removed.tokens,
      merged.removedPassages.documents,
      merged.removedPassages.tokens,
    ]
    live.removedRow().forEach((now, row) => {
      now.forEach((value, slot) => {
        arrays[row]![slot]! += value - totals[row]![slot]!
      })
    })
  })
}
