import type { CrawlStore } from '../src/store/crawl-store.ts'
import type { PageStore } from '../src/store/page-store.ts'
import type { CommandContext } from './command.ts'
import { crawl } from './crawl/crawl.ts'
import type { CrawlLimits } from './crawl/limits.ts'
import type { FetchedPage, Fetcher } from './crawl/ports.ts'
import type { Clock, PageReading } from './crawl/stores.ts'
import { createCrawlProgress } from './crawl-progress.ts'
import { outcomeLines } from './crawl-report.ts'
import { createLinkReader, type LinkReader } from './extract/link-reader.ts'
import { ROBOT } from './sources/site.ts'

export interface CrawlRun {
  readonly store: CrawlStore
  readonly pages: PageStore
  /** Closed at the end. */
  readonly fetcher: Fetcher
  readonly limits: Partial<CrawlLimits>
  readonly clock?: Clock
  readonly signal?: AbortSignal
  readonly domains?: readonly string[]
  readonly proposed?: ReadonlySet<string>
  readonly maxSites?: number
}

const linksBy =
  (reader: LinkReader) =>
  async ({ finalUrl, body, headers }: FetchedPage): Promise<PageReading> => {
    const contentType = headers['content-type']
    const reading = await reader.read({ url: finalUrl, body, ...(contentType !== undefined && { contentType }) })
    // A page that kills its reader is kept; what it links to stays unknown.
    return reading.kind === 'read' ? reading.result : { links: [], robots: [] }
  }

/** Crawls what is due, tells how it goes, and ends well when the process is asked to stop. */
export const crawlSites = async (context: CommandContext, crawlRun: CrawlRun): Promise<void> => {
  const { store, fetcher, signal, ...rest } = crawlRun
  const step = context.progress.step('Crawling')
  const progress = createCrawlProgress(step)
  const reader = createLinkReader()
  const stop = new AbortController()
  const interrupt = () => stop.abort()
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    const { sites } = await crawl({
      ...rest,
      memory: store,
      fetcher,
      readLinks: linksBy(reader),
      robot: ROBOT,
      signal: signal ? AbortSignal.any([stop.signal, signal]) : stop.signal,
      onTurn: progress.turn,
      onSite: progress.site,
    })
    step.end()
    for (const line of outcomeLines(progress.counts)) context.write(line)
    const turns = [...progress.counts.values()].reduce((sum, each) => sum + each, 0)
    const seconds = progress.seconds()
    context.write(
      `${sites} sites, ${turns} addresses in ${seconds.toFixed(1)} s, ${(turns / seconds).toFixed(1)} a second`,
    )
    context.write('Next: npm run extract, then npm run index. What failed: npm run crawl -- report')
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
    step.end()
    await Promise.all([fetcher.close(), reader.close()])
  }
}
