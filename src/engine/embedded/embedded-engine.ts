import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Siren } from '../../model/siren.ts'
import type { Supplier } from '../../model/supplier.ts'
import {
  type Engine,
  type EngineQuery,
  type EngineResult,
  EngineUnavailableError,
  type IndexDamage,
  IndexDamagedError,
} from '../engine.ts'
import { currentIndex, indexFilePath } from './index-folder.ts'
import { LiveIndex, type SharedSegments } from './live-index.ts'
import { Maintenance } from './maintenance.ts'
import type { HelperShare, OwnerShare } from './shared-search.ts'
import { explained } from './trouble.ts'

/** How long a new `CURRENT` may go unseen: well under the second that a rebuild promises. */
const LOOK_EVERY_MS = 200

/** An index that cannot be opened is not tried again by every search: that takes 0.3 s at a million profiles. */
const REOPEN_AFTER_MS = 1000

export interface EmbeddedOptions {
  /** Another thread writes: this one only follows. */
  readonly readOnly?: boolean
  /** The columns of an index (`index-3`) that another thread has in memory. */
  readonly shared?: (index: string) => SharedSegments
  /** Hears of every damage that is met: at opening, by a call, or while segments are merged. */
  readonly onDamage?: (damage: IndexDamage) => void
  /** Of table blocks, posting lists and profiles that are kept in memory; 24 MB unless said. */
  readonly cacheBytes?: number
}

export interface EmbeddedEngine extends Engine {
  /** `share`: other threads, which are asked to `help`, do a part of it. */
  search(
    query: EngineQuery,
    options?: { readonly signal?: AbortSignal; readonly share?: OwnerShare },
  ): Promise<EngineResult>
  /** Does a part of a search of another thread, which hears of it by itself. */
  help(query: EngineQuery, share: HelperShare, options?: { readonly signal?: AbortSignal }): Promise<void>
  /** The columns of the open index, for threads that only read it; `undefined` while none is open. */
  shared(): { readonly index: string; readonly segments: SharedSegments } | undefined
}

/**
 * The search engine that needs nothing but Node: reads the live index of `stateFolder`, follows `CURRENT` to a newer
 * one between two calls, and applies single changes. It opens without an index; until one is built every method
 * throws `EngineUnavailableError`. Damage is an `IndexDamagedError`: of calls that meet it, or of all when the index cannot
 * be opened. A newer index that cannot be opened leaves the open one in its place.
 */
export const openEmbeddedEngine = (stateFolder: string, options: EmbeddedOptions = {}): EmbeddedEngine => {
  let index: LiveIndex | undefined
  let maintenance: Maintenance | undefined
  /** Of indexes that were open before. */
  let merging: Promise<unknown> = Promise.resolve()
  let name: string | undefined
  let lookedAt = Number.NEGATIVE_INFINITY
  let changedAt = Number.NaN
  let broken: { readonly name: string; readonly error: IndexDamagedError; readonly until: number } | undefined

  const pointerTime = (): number =>
    statSync(join(stateFolder, 'CURRENT'), { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN

  /** Resolves when no merge is under way any more; everything else is done at once. */
  const close = async (): Promise<void> => {
    merging = Promise.all([merging, maintenance?.stop()])
    maintenance = undefined
    index?.close()
    index = undefined
    name = undefined
    await merging
  }

  /** What is thrown in place of an error; damage is told. */
  const noted = (error: unknown, damagedIndex: string | undefined): unknown => {
    const cause = explained(stateFolder, error)
    if (cause instanceof IndexDamagedError && damagedIndex !== undefined)
      options.onDamage?.({ index: damagedIndex, error: cause })
    return cause
  }

  const openIndex = (current: string): LiveIndex => {
    if (broken?.name === current && performance.now() < broken.until) throw broken.error
    const { readOnly = false, shared, cacheBytes } = options
    try {
      const opened = LiveIndex.open(indexFilePath(stateFolder, current), {
        readOnly,
        ...(shared && { shared: shared(current) }),
        ...(cacheBytes !== undefined && { cacheBytes }),
      })
      broken = undefined
      return opened
    } catch (error) {
      const cause = noted(error, current)
      if (cause instanceof IndexDamagedError)
        broken = { name: current, error: cause, until: performance.now() + REOPEN_AFTER_MS }
      throw cause
    }
  }

  const isOpenAsItWas = (error: unknown): boolean => index !== undefined && error instanceof IndexDamagedError

  /** Opens the live index, unless it is open. */
  const follow = (): void => {
    const now = performance.now()
    if (index && now - lookedAt < LOOK_EVERY_MS) return
    lookedAt = now
    const time = pointerTime()
    if (index && time === changedAt) return
    const current = currentIndex(stateFolder)
    if (current === undefined) {
      void close()
      throw new EngineUnavailableError(`${stateFolder} has no index yet; build it with "npm run index"`)
    }
    if (current !== name) {
      const opened = openIndex(current)
      void close()
      index = opened
      maintenance = new Maintenance(opened, error => {
        const cause = noted(error, current)
        // Damage is told; anything else an operator should hear of, for merging is tried again and again.
        if (!(cause instanceof IndexDamagedError))
          process.emitWarning(`${stateFolder}: segments could not be merged, tried again later: ${cause}`)
      })
      name = current
    }
    changedAt = time
  }

  const open = (): LiveIndex => {
    try {
      follow()
    } catch (error) {
      if (!isOpenAsItWas(error)) throw error
    }
    // Not before: an index that cannot be read on is followed by the one that takes its place.
    index?.refresh()
    return index as LiveIndex
  }

  /** A read that SQLite refuses (a malformed page) is an engine that cannot answer, not a bug. */
  const read = <T>(work: (live: LiveIndex) => T): T => {
    try {
      return work(open())
    } catch (error) {
      throw noted(error, error === broken?.error ? undefined : name)
    }
  }

  return {
    async search(query, options) {
      options?.signal?.throwIfAborted()
      return read(live => live.search(query, options?.signal, options?.share))
    },
    async help(query, share, options) {
      read(live => live.help(query, share, options?.signal))
    },
    async suppliers(sirens) {
      return read(live => {
        const found = new Map<Siren, Supplier>()
        for (const siren of sirens) {
          const supplier = live.supplier(siren)
          if (supplier) found.set(siren, supplier)
        }
        return found
      })
    },
    async complete(prefix, limit) {
      return read(live => live.complete(prefix, limit))
    },
    async corrections(words) {
      return read(live => live.corrections(words))
    },
    async state() {
      return read(live => live.state())
    },
    async apply(changes, seq, after) {
      if (after !== undefined && read(live => live.appliedSeq) !== after)
        throw new EngineUnavailableError(
          `${stateFolder}: another index went live; the changes follow on another number`,
        )
      try {
        // Twice: another process may have written to this index first. Its changes were the catalogue's too.
        if (!open().apply(changes, seq) && !open().apply(changes, seq))
          throw new EngineUnavailableError(`${stateFolder}: another process keeps writing to this index`)
      } catch (error) {
        const cause = noted(error, error === broken?.error ? undefined : name)
        // What is in memory may be ahead of the file: read it again at the next call.
        await close()
        throw cause
      }
      maintenance?.poke()
      await maintenance?.pace()
    },
    async appliedSeq() {
      return read(live => live.appliedSeq)
    },
    shared: () => (index && name !== undefined ? { index: name, segments: index.shared() } : undefined),
    close,
  }
}
