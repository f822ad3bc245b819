import { setTimeout as wait } from 'node:timers/promises'
import { CRAWL_LIMITS, type CrawlLimits } from './limits.ts'
import { createPoliteness } from './politeness.ts'
import type { Fetcher } from './ports.ts'
import { createRobotsGate } from './robots-gate.ts'
import { createSiteCrawl } from './site-crawl.ts'
import type { Clock, CrawlMemory, PageKeeper, ReadLinks } from './stores.ts'
import { createVisit } from './visit.ts'

export interface CrawlOptions {
  readonly memory: CrawlMemory
  readonly pages: PageKeeper
  readonly fetcher: Fetcher
  readonly readLinks: ReadLinks
  /** Product token, as robots.txt files name it. */
  readonly robot: string
  readonly limits?: Partial<CrawlLimits>
  readonly clock?: Clock
  /** Only these registered domains; default every one that is due. */
  readonly domains?: readonly string[]
  /** Registered domains of sites that anybody may have proposed: `PROPOSED_PAGES` each at most. */
  readonly proposed?: ReadonlySet<string>
  /** Sites at most. */
  readonly maxSites?: number
  readonly signal?: AbortSignal
  readonly onTurn?: (domain: string, outcome: string) => void
  readonly onSite?: (done: number, total: number) => void
}

/** Sites under way for each request in flight: most of them wait for their host's next turn. */
const SITES_PER_REQUEST = 4

/** Pages of a site that somebody proposed: enough to find its legal notice and what it sells. */
const PROPOSED_PAGES = 30

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => wait(ms, undefined, signal ? { signal } : {}),
}

/**
 * Crawls every site that is due. Killed at any moment, it goes on where it was: only pages that were in flight are asked
 * for again. Aborted by its signal it ends quietly; it rejects when a memory fails.
 */
export const crawl = async (options: CrawlOptions): Promise<{ readonly sites: number }> => {
  const { memory, pages, fetcher, readLinks, robot, clock = SYSTEM_CLOCK, onTurn } = options
  // One fault of a memory ends every site: none may go on with a store that is being closed.
  const fault = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, fault.signal]) : fault.signal
  const limits: CrawlLimits = { ...CRAWL_LIMITS, ...options.limits }
  const { concurrency, minDelayMs, maxCrawlDelayMs } = limits
  const politeness = createPoliteness({ turns: memory, clock, concurrency, minDelayMs, signal })
  const visit = createVisit({ fetcher, politeness, clock, signal })
  const gate = createRobotsGate({ memory, politeness, visit, clock, robot, maxCrawlDelayMs })
  const shared = { memory, pages, readLinks, gate, visit, clock, robot, signal, onTurn }
  const crawlSite = createSiteCrawl({ ...shared, limits })
  const pagesPerSite = Math.min(PROPOSED_PAGES, limits.pagesPerSite)
  const crawlProposed = createSiteCrawl({ ...shared, limits: { ...limits, pagesPerSite } })
  const due = memory.dueDomains(clock.now())
  const wanted = options.domains && new Set(options.domains)
  const sites = due.filter(domain => wanted?.has(domain) ?? true).slice(0, options.maxSites)
  let done = 0
  const queue = sites.values()
  const work = async (): Promise<void> => {
    for (const domain of queue) {
      await (options.proposed?.has(domain) ? crawlProposed : crawlSite)(domain)
      options.onSite?.(++done, sites.length)
    }
  }
  const workers = Array.from({ length: concurrency * SITES_PER_REQUEST }, work)
  const guarded = workers.map(worker =>
    worker.catch((error: unknown) => {
      if (!signal.aborted) fault.abort(error)
    }),
  )
  await Promise.all(guarded)
  if (fault.signal.aborted) throw fault.signal.reason
  return { sites: done }
}
