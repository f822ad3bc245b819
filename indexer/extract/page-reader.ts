import type { Finding } from './extractor.ts'
import type { PageFacts, RawPage } from './page-facts.ts'
import { createPagePool, type PagePoolOptions, type UnreadableReason } from './page-pool.ts'
import type { PageResult, PageTask } from './page-worker.ts'

/** What came of a page: what it says, or why nobody can tell. Such a page is kept, without DOM fields, and named. */
export type PageReading =
  | { readonly kind: 'read'; readonly facts: PageFacts; readonly findings: readonly Finding[] }
  | { readonly kind: 'unreadable'; readonly reason: UnreadableReason; readonly detail: string }

/** Reads pages in worker threads: none can stop, starve or crash the caller. */
export interface PageReader {
  /**
   * Waits for a free worker. `isHome` given: the extractors run too. Rejects only when `signal` aborts or the reader is
   * closed.
   */
  read(page: RawPage, options?: { readonly signal?: AbortSignal; readonly isHome?: boolean }): Promise<PageReading>
  /** Ends the workers once the pages under way are read. */
  close(): Promise<void>
}

/** A pool of page readers. A worker that its page kills or stalls is replaced; the other pages do not notice. */
export const createPageReader = (options: PagePoolOptions = {}): PageReader => {
  const pool = createPagePool<PageTask, PageResult>(new URL('./page-worker.ts', import.meta.url), options)
  return {
    async read(page, { signal, isHome } = {}) {
      const reading = await pool.run({ page, ...(isHome !== undefined && { isHome }) }, signal)
      return reading.kind === 'read' ? { kind: 'read', ...reading.result } : reading
    },
    close: pool.close,
  }
}
