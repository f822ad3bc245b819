import type { Engine, IndexDamage } from '../engine.ts'
import { EngineThread } from './engine-thread.ts'
import type { Method } from './orders.ts'
import { ThreadPool } from './thread-pool.ts'

export interface WorkerEngineOptions {
  readonly stateFolder: string
  /** Threads that answer searches. */
  readonly readers: number
  /** A search that takes longer, its wait included, is an `EngineTroubleError`. */
  readonly searchTimeoutMs: number
  /** The columns of an index that is so large that idle threads help with a search (`ThreadPool`). */
  readonly shareFromBytes?: number
  /** Hears of every damage that a thread meets. */
  readonly onDamage?: (damage: IndexDamage) => void
}

export interface WorkerEngine extends Engine {
  /** Resolves when the reading threads have read their program; asked before, they answer that much later. */
  ready(): Promise<void>
}

/** A batch of changes may meet a flush to disk; nobody waits for it at a page. */
const WRITE_BUDGET_MS = 60_000

/**
 * The embedded engine in threads of its own: one writes, the others answer, so that the thread that serves requests
 * never waits for a search. The same answers as `openEmbeddedEngine`; what `apply` has acknowledged every later search
 * sees.
 */
export const openWorkerEngine = (options: WorkerEngineOptions): WorkerEngine => {
  const { stateFolder, readers, searchTimeoutMs, onDamage } = options
  const threads = Array.from({ length: readers }, () => new EngineThread({ stateFolder, role: 'reader' }, onDamage))
  const reading = new ThreadPool(threads, searchTimeoutMs, options.shareFromBytes)
  const writer = new EngineThread({ stateFolder, role: 'writer' }, onDamage, columns => {
    for (const thread of threads) thread.tell(columns)
  })
  const writing = new ThreadPool([writer], WRITE_BUDGET_MS)
  const started = Promise.all(threads.map(thread => thread.start()))
  // The writer opens the index first: the readers take its columns. A missing index is said to whoever asks.
  const opened = writing.run('appliedSeq', []).catch(() => {})

  /** The thread runs this very method of the port, whose result crosses as it is. */
  const call = <M extends Exclude<Method, 'help'>>(
    pool: ThreadPool,
    method: M,
    args: readonly unknown[],
    signal?: AbortSignal,
  ): ReturnType<Engine[M]> => opened.then(() => pool.run(method, args, signal)) as ReturnType<Engine[M]>

  return {
    search: (query, options) => call(reading, 'search', [query], options?.signal),
    suppliers: sirens => call(reading, 'suppliers', [sirens]),
    complete: (prefix, limit) => call(reading, 'complete', [prefix, limit]),
    corrections: words => call(reading, 'corrections', [words]),
    state: () => call(reading, 'state', []),
    apply: (batch, seq, after) => call(writing, 'apply', [batch, seq, after]),
    appliedSeq: () => call(writing, 'appliedSeq', []),
    ready: async () => {
      await started
    },
    close: async () => {
      await Promise.all([reading.close(), writing.close()])
    },
  }
}
