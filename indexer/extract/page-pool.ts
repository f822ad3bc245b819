import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import type { RawPage } from './page-facts.ts'

/** One page for a worker, with the number its pool knows it by. */
export interface PoolTask {
  readonly id: number
  readonly page: RawPage
}

/** What came of a page: what a worker read, or why nobody can tell. */
export type PoolReading<Result> =
  | { readonly kind: 'read'; readonly result: Result }
  | { readonly kind: 'unreadable'; readonly reason: UnreadableReason; readonly detail: string }

/** It took too long, too much memory, or its reading threw (a stack overflow, or a fault of ours: see `detail`). */
export type UnreadableReason = 'timeout' | 'out-of-memory' | 'failed'

export interface PagePoolOptions {
  /** From the moment a worker begins a page; 2,000 ms. Pages of 100 kB take 30, of 1 MB some 200. */
  readonly timeoutMs?: number
  /**
   * Heap of one worker in MiB; 224: some 60 are programs and word lists, pages of 2 MiB that are not made of empty
   * elements take 128 more at most.
   */
  readonly maxMemoryMb?: number
  /** Pages read at once; as many as there are processors. */
  readonly threads?: number
}

/** Worker threads that read pages: none can stop, starve or crash the caller. */
export interface PagePool<Task extends PoolTask, Result> {
  /** Waits for a free worker. Rejects only when `signal` aborts or the pool is closed. */
  run(task: Omit<Task, 'id'>, signal?: AbortSignal): Promise<PoolReading<Result>>
  /** Ends the workers once the pages under way are read. */
  close(): Promise<void>
}

const YOUNG_GENERATION_MB = 16
/** A worker takes half a second of a processor to start: the others come when pages wait, and stay while any do. */
const IDLE_MS = 30_000

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined

const detailOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)

const startedTask = (message: unknown): number | undefined =>
  typeof message === 'object' && message !== null && 'started' in message && typeof message.started === 'number'
    ? message.started
    : undefined

/**
 * A pool of workers, each of which says `{ started: id }` and then reads. A worker that its page kills or stalls is
 * replaced; the other pages do not notice.
 */
export const createPagePool = <Task extends PoolTask, Result>(
  worker: URL,
  options: PagePoolOptions = {},
): PagePool<Task, Result> => {
  const { timeoutMs = 2_000, maxMemoryMb = 224, threads = availableParallelism() } = options
  const pool = new Piscina<Omit<Task, 'id'> & { readonly id: number }, Result>({
    filename: worker.href,
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: maxMemoryMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  })
  const started = new Map<number, () => void>()
  let lastId = 0
  let closed = false
  pool.on('message', message => started.get(startedTask(message) ?? 0)?.())
  // A worker that dies between two pages is replaced by the pool; its next page says so if it recurs.
  pool.on('error', () => {})

  const run: PagePool<Task, Result>['run'] = async (task, signal) => {
    const id = ++lastId
    const overdue = new AbortController()
    let timer: NodeJS.Timeout | undefined
    started.set(id, () => {
      timer = setTimeout(() => overdue.abort(), timeoutMs)
    })
    try {
      const signals = signal ? AbortSignal.any([overdue.signal, signal]) : overdue.signal
      return { kind: 'read', result: await pool.run({ ...task, id }, { signal: signals }) }
    } catch (error) {
      signal?.throwIfAborted()
      if (overdue.signal.aborted) return { kind: 'unreadable', reason: 'timeout', detail: `more than ${timeoutMs} ms` }
      if (codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY') {
        return { kind: 'unreadable', reason: 'out-of-memory', detail: `more than ${maxMemoryMb} MiB` }
      }
      if (closed) throw error
      return { kind: 'unreadable', reason: 'failed', detail: detailOf(error) }
    } finally {
      clearTimeout(timer)
      started.delete(id)
    }
  }
  const close = async (): Promise<void> => {
    closed = true
    await pool.close()
  }
  return { run, close }
}
