import { join } from 'node:path'
import { parseSiren } from '../src/model/siren.ts'
import { lockCrawl } from '../src/store/crawl-database.ts'
import { type CrawlStore, openCrawlStore } from '../src/store/crawl-store.ts'
import { openCatalogue } from '../src/store/open-catalogue.ts'
import { openPageStore, type PageStore } from '../src/store/page-store.ts'
import { type Command, type CommandContext, CommandError, option } from './command.ts'
import { type CrawlLimits, crawl } from './crawl/crawl.ts'
import { createFetcher, type FetcherOptions } from './crawl/fetcher.ts'
import type { FetchedPage } from './crawl/ports.ts'
import { FIRST_INTERVAL_MS } from './crawl/revisits.ts'
import { siteOf } from './crawl/site-crawl.ts'
import type { Clock, PageReading } from './crawl/stores.ts'
import { canonicalUrl } from './crawl/urls.ts'
import { outcomeLines, reportLines } from './crawl-report.ts'
import { createPageReader, type PageReader } from './extract/page-reader.ts'
import { ROBOT } from './sources/site.ts'

/** What tests change of the network and of time; no setting leads here. */
export interface CrawlCommandOptions {
  readonly fetcher?: Partial<Omit<FetcherOptions, 'userAgent'>>
  readonly limits?: Partial<CrawlLimits>
  readonly clock?: Clock
  readonly signal?: AbortSignal
}

/** A domain that more suppliers than this name is a platform that hosts them, not the site of one. */
const MAX_SUPPLIERS_A_DOMAIN = 3

export const crawlPathOf = ({ config }: CommandContext): string => join(config.dataDir, 'crawl.db')
export const pagesPathOf = ({ config }: CommandContext): string => join(config.dataDir, 'pages.db')

/** The home pages that the catalogue names, and how many are those of platforms. */
const seedsOf = ({ cataloguePath }: CommandContext) => {
  const catalogue = openCatalogue(cataloguePath, { readOnly: true })
  try {
    const named = [...catalogue.suppliersInOrder()].flatMap(({ siren, website }) => {
      const url = website === undefined ? undefined : canonicalUrl(website)
      return url === undefined ? [] : [{ siren, url, ...siteOf(url) }]
    })
    const byDomain = Map.groupBy(named, seed => seed.domain)
    const seeds = named.filter(seed => (byDomain.get(seed.domain)?.length ?? 0) <= MAX_SUPPLIERS_A_DOMAIN)
    return {
      seeds,
      platforms: named.length - seeds.length,
      fictitious: catalogue.sources().some(source => source.fictitious),
    }
  } finally {
    catalogue.close()
  }
}

/** The domain that `--site` or `opt-out` names: by an address, a host, or the SIREN of its supplier. */
const domainOf = (text: string, store: CrawlStore): string => {
  const siren = parseSiren(text)
  const seed = siren && store.seeds().find(each => each.siren === siren)
  const url = canonicalUrl(/^https?:\/\//i.test(text) ? text : `https://${text}`)
  if (seed === undefined && (siren !== undefined || url === undefined || !/\./.test(text))) {
    throw new CommandError(`"${text}" names no site of the catalogue: give its domain, its address or its SIREN`)
  }
  return seed?.domain ?? siteOf(url ?? '').domain
}

const userAgentOf = ({ config }: CommandContext): string => {
  if (config.publicUrl !== '') return `${ROBOT}/0.1 (+${config.publicUrl}/robot)`
  throw new CommandError(
    'Set PUBLIC_URL to the address of this service first: the robot tells the sites it visits where to read who it is',
  )
}

const linksBy =
  (reader: PageReader) =>
  async ({ finalUrl, body, headers }: FetchedPage): Promise<PageReading> => {
    const contentType = headers['content-type']
    const reading = await reader.read({ url: finalUrl, body, ...(contentType !== undefined && { contentType }) })
    // A page that kills its reader is kept; what it links to stays unknown.
    return reading.kind === 'read' ? reading.facts.document : { links: [], robots: [] }
  }

const wholeOption = (context: CommandContext, name: string): number | undefined => {
  const text = option(context.args, name)
  if (text !== undefined && !/^[1-9][0-9]{0,6}$/.test(text)) {
    throw new CommandError(`--${name} ${text}: give a whole number above 0`)
  }
  return text === undefined ? undefined : Number(text)
}

const run = async (context: CommandContext, store: CrawlStore, pages: PageStore, options: CrawlCommandOptions) => {
  const userAgent = userAgentOf(context)
  const maxSites = wholeOption(context, 'limit')
  const now = options.clock?.now() ?? Date.now()
  const { seeds, platforms, fictitious } = seedsOf(context)
  if (fictitious && options.fetcher === undefined) {
    throw new CommandError('The catalogue holds the demonstration only: its sites are invented. Import real data first')
  }
  store.seed(seeds, now, FIRST_INTERVAL_MS)
  if (platforms > 0) context.write(`${platforms} web addresses are on platforms that many suppliers share: left out`)
  const site = option(context.args, 'site')
  const domains = site === undefined ? undefined : [domainOf(site, store)]
  const counts = new Map<string, number>()
  const step = context.progress.step('Crawling')
  const fetcher = createFetcher({ ...options.fetcher, userAgent })
  const reader = createPageReader()
  const stop = new AbortController()
  const interrupt = () => stop.abort()
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  const started = performance.now()
  try {
    const { sites } = await crawl({
      memory: store,
      pages,
      fetcher,
      readLinks: linksBy(reader),
      robot: ROBOT,
      signal: options.signal ? AbortSignal.any([stop.signal, options.signal]) : stop.signal,
      ...(options.limits && { limits: options.limits }),
      ...(options.clock && { clock: options.clock }),
      ...(domains && { domains }),
      ...(maxSites !== undefined && { maxSites }),
      onTurn: (_domain, outcome) => counts.set(outcome, (counts.get(outcome) ?? 0) + 1),
      onSite: (done, total) => step.update(done, total),
    })
    step.end()
    const seconds = (performance.now() - started) / 1000
    for (const line of outcomeLines(counts)) context.write(line)
    const turns = [...counts.values()].reduce((sum, each) => sum + each, 0)
    context.write(`${sites} sites, ${turns} addresses in ${seconds.toFixed(1)} s`)
    context.write('Next: npm run extract, then npm run index. What failed: npm run crawl -- report')
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
    step.end()
    await Promise.all([fetcher.close(), reader.close()])
  }
}

const optOut = (context: CommandContext, store: CrawlStore, pages: PageStore): void => {
  const domain = domainOf(context.args.positionals[1] ?? '', store)
  store.optOut(domain, Date.now())
  const removed = pages.removeSite(domain)
  context.write(`${domain} is left out from now on; ${removed} pages removed. Run npm run extract, then npm run index`)
}

/** The crawl command; `options` change the network and time, for tests. */
export const createCrawl =
  (options: CrawlCommandOptions = {}): Command =>
  async context => {
    const [action] = context.args.positionals
    if (action !== undefined && !['report', 'opt-out'].includes(action)) {
      throw new CommandError(`Unknown action "${action}": give nothing, report, or opt-out <domain>`)
    }
    const lock = action === 'report' ? undefined : lockCrawl(context.config.dataDir)
    const store = openCrawlStore(crawlPathOf(context))
    const pages = openPageStore(pagesPathOf(context))
    try {
      if (action === 'report') for (const line of reportLines(store, pages)) context.write(line)
      else if (action === 'opt-out') optOut(context, store, pages)
      else await run(context, store, pages, options)
      return 0
    } finally {
      pages.close()
      store.close()
      lock?.release()
    }
  }

/** `crawl [report | opt-out <domain>]`: the sites of the catalogue's suppliers, into the page store. */
export const runCrawl: Command = createCrawl()
