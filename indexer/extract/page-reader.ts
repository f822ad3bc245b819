import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import type { PageFacts, RawPage } from './page-facts.ts'
import type { PageTask } from './page-worker.ts'

/** What came of a page: what it says, or why nobody can tell. Such a page is kept, without DOM fields, and named. */
export type PageReading =
  | { readonly kind: 'read'; readonly facts: PageFacts }
  | { readonly kind: 'unreadable'; readonly reason: UnreadableReason; readonly detail: string }

/** It took too long, too much memory, or its reading threw (a stack overflow, or a fault of ours: see `detail`). */
export type UnreadableReason = 'timeout' | 'out-of-memory' | 'failed'

export interface PageReaderOptions {
  /** From the moment a worker begins a page; 2,000 ms. Pages of 100 kB take 30, of 1 MB some 200. */
  readonly timeoutMs?: number
  /** Heap of one worker in MiB; 160. Pages of 2 MiB that are not made of empty elements stay below 128. */
  readonly maxMemoryMb?: number
  /** Pages read at once; as many as there are processors. */
  readonly threads?: number
}

/** Reads pages in worker threads: none can stop, starve or crash the caller. */
export interface PageReader {
  /** Waits for a free worker. Rejects only when `signal` aborts or the reader is closed. */
  read(page: RawPage, options?: { readonly signal?: AbortSignal }): Promise<PageReading>
  /** Ends the workers once the pages under way are read. */
  close(): Promise<void>
}

const YOUNG_GENERATION_MB = 16

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined

const detailOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)

const startedTask = (message: unknown): number | undefined =>
  typeof message === 'object' && message !== null && 'started' in message && typeof message.started === 'number'
    ? message.started
    : undefined

/** A pool of page readers. A worker that its page kills or stalls is replaced; the other pages do not notice. */
export const createPageReader = (options: PageReaderOptions = {}): PageReader => {
  const { timeoutMs = 2_000, maxMemoryMb = 160, threads = availableParallelism() } = options
  const pool = new Piscina<PageTask, PageFacts>({
    filename: new URL('./page-worker.ts', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: { maxOldGenerationSizeMb: maxMemoryMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  })
  const started = new Map<number, () => void>()
  let lastId = 0
  let closed = false
  pool.on('message', message => started.get(startedTask(message) ?? 0)?.())
  // A worker that dies between two pages is replaced by the pool; its next page says so if it recurs.
  pool.on('error', () => {})

  const read: PageReader['read'] = async (page, { signal } = {}) => {
    const id = ++lastId
    const overdue = new AbortController()
    let timer: NodeJS.Timeout | undefined
    started.set(id, () => {
      timer = setTimeout(() => overdue.abort(), timeoutMs)
    })
    try {
      const signals = signal ? AbortSignal.any([overdue.signal, signal]) : overdue.signal
      return { kind: 'read', facts: await pool.run({ id, page }, { signal: signals }) }
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
  return { read, close }
}
