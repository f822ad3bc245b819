import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { FileSink } from './byte-source.ts'
import { MOST_PROFILES } from './growing-segment.ts'
import { segmentFileName, syncFolder } from './index-folder.ts'
import { type LiveIndex, removedRow, type SealedSegment } from './live-index.ts'
import { mergeSegments } from './merge.ts'
import { MOST_SEGMENTS, nextMerge } from './merge-policy.ts'
import { documentOfId } from './segment.ts'
import type { Written } from './segment-writer.ts'
import { LiveSegment } from './statistics.ts'

/** How long a search or a change may wait for a step. */
const SLICE_MS = 1
/** Past so much that no file holds yet, or more files than there should be, changes wait. */
const MOST_DELTA_PROFILES = 3 * MOST_PROFILES
/**
 * No change waits longer: a merge of a million profiles takes minutes, and a writing thread that does not answer for one is
 * replaced, merge and all.
 */
const MOST_WAIT_MS = 1000
/** After a failure (a full disk) nothing is tried for so long. */
const RETRY_MS = 10_000

/** Someone else has changed the index, or it is being closed: what was written is not used. */
class Abandoned extends Error {
  override readonly name = 'Abandoned'
}

const nextTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** What is removed from some segments at this moment. */
interface Removals {
  readonly dead: Uint8Array
  readonly totals: number[][]
}
const removalsOf = (parts: readonly LiveSegment[]): Removals[] =>
  parts.map(live => ({ dead: live.dead.slice(), totals: removedRow(live) }))

/**
 * Merges segments in the background, in slices of a millisecond on the thread of the caller: those in memory into a
 * file, then files by tiers. A merge goes live in one transaction, which also forgets what
 * it replaces; killed before, it has left a file that nobody names.
 */
export class Maintenance {
  readonly #index: LiveIndex
  readonly #onError: (error: unknown) => void
  #running: Promise<void> | undefined
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
    while (this.#running && !this.#stopped && this.#isBehind() && performance.now() < until) await nextTurn()
  }

  #isBehind(): boolean {
    return this.#index.deltaSize > MOST_DELTA_PROFILES || this.#isCrowded()
  }

  /** More files than searches should read: under a stream of changes they would only grow. */
  #isCrowded(): boolean {
    return this.#index.sealed.length > MOST_SEGMENTS
  }

  /** Resolves when nothing is left to merge. */
  async settle(): Promise<void> {
    this.poke()
    await this.#running
  }

  /** What is under way is given up before its next step. */
  stop(): void {
    this.#stopped = true
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
      await nextTurn()
      while (!this.#stopped && (await this.#step()));
    } catch (error) {
      if (error instanceof Abandoned) return
      this.#notBefore = performance.now() + RETRY_MS
      this.#onError(error)
    }
  }

  async #step(): Promise<boolean> {
    const files = this.#fileRange()
    if (this.#index.deltaSize >= MOST_PROFILES && !(files && this.#isCrowded())) {
      const inMemory = this.#index.freeze().map(({ live }) => live)
      await this.#toFile(inMemory, [])
      return true
    }
    if (!files) return false
    const parts = this.#index.sealed.slice(files.first, files.end)
    await this.#toFile(
      parts.map(({ live }) => live),
      parts,
    )
    return true
  }

  async #slices(steps: Generator<void, Written>): Promise<Written> {
    for (;;) {
      const until = performance.now() + SLICE_MS
      do {
        const { value, done } = steps.next()
        if (done) return value
      } while (performance.now() < until)
      await nextTurn()
      if (this.#stopped) throw new Abandoned()
    }
  }

  /** Merges segments in memory (`replaced` is empty) or files into a new file, and lets it go live. */
  async #toFile(parts: readonly LiveSegment[], replaced: readonly SealedSegment[]): Promise<void> {
    const index = this.#index
    const number = index.file.takeSegmentNumber()
    if (number === undefined) return this.#lost()
    const path = join(index.folder, segmentFileName(number))
    let written: { readonly live: LiveSegment; readonly row: SealedSegment['row'] } | undefined
    try {
      const before = removalsOf(parts)
      written = await this.#write(path, number, parts)
      if (this.#stopped || !this.#isCurrent(parts, replaced)) throw new Abandoned()
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

  async #write(path: string, number: number, parts: readonly LiveSegment[]) {
    const sink = new FileSink(path)
    let written: Written
    try {
      written = await this.#slices(mergeSegments(parts, sink))
    } catch (error) {
      sink.abandon()
      throw error
    }
    await sink.finishInBackground()
    syncFolder(this.#index.folder)
    const [first, last] = [parts[0]!.segment.columns.ids, parts.at(-1)!.segment.columns.ids]
    const row = {
      id: number,
      file: segmentFileName(number),
      ...written,
      firstId: first[0]!,
      lastId: last[last.length - 1]!,
      removed: [],
    }
    if (this.#stopped) throw new Abandoned()
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
    const merged: SealedSegment = { row: { ...row, removed: removedRow(live) }, live }
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
    const at = replaced[0] ? sealed.indexOf(replaced[0]) : sealed.length
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
    removedRow(live).forEach((now, row) => {
      now.forEach((value, slot) => {
        arrays[row]![slot]! += value - totals[row]![slot]!
      })
    })
  })
}
