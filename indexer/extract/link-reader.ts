import { availableParallelism } from 'node:os'
import type { RawPage } from './page-facts.ts'
import type { PageLinks } from './page-links.ts'
import { createPagePool, type PagePoolOptions, type PoolReading, type PoolTask } from './page-pool.ts'

/** Reads the links of pages in worker threads: none can stop, starve or crash the caller. */
export interface LinkReader {
  /** Waits for a free worker. Rejects only when `signal` aborts or the reader is closed. */
  read(page: RawPage, signal?: AbortSignal): Promise<PoolReading<PageLinks>>
  close(): Promise<void>
}

/** More would not make a crawl faster, whose writes are one after another, and each may take its heap. */
const MOST_THREADS = 2

/** A pool of link readers. A worker that its page kills or stalls is replaced; the other pages do not notice. */
export const createLinkReader = (options: PagePoolOptions = {}): LinkReader => {
  const pool = createPagePool<PoolTask, PageLinks>(new URL('./links-worker.ts', import.meta.url), {
    threads: Math.min(MOST_THREADS, availableParallelism()),
    ...options,
  })
  return { read: (page, signal) => pool.run({ page }, signal), close: pool.close }
}
