import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { parseSiren } from '../src/model/siren.ts'
import { lockCrawl } from '../src/store/crawl-database.ts'
import { type CrawlStore, openCrawlStore } from '../src/store/crawl-store.ts'
import { openCatalogue } from '../src/store/open-catalogue.ts'
import { openPageStore, type PageStore } from '../src/store/page-store.ts'
import { type Command, type CommandContext, CommandError, option } from './command.ts'
import { createFetcher, type FetcherOptions } from './crawl/fetcher.ts'
import type { CrawlLimits } from './crawl/limits.ts'
import { FIRST_INTERVAL_MS } from './crawl/revisits.ts'
import { siteOf } from './crawl/site-crawl.ts'
import type { Clock } from './crawl/stores.ts'
import { canonicalUrl } from './crawl/urls.ts'
import { warcInfo, warcResponse } from './crawl/warc.ts'
import { crawlLimits, DAY_MS, everyOption, sinceOption, wholeOption } from './crawl-options.ts'
import { crawlPathOf, pagesPathOf } from './crawl-paths.ts'
import { reportLines } from './crawl-report.ts'
import { crawlSites } from './crawl-run.ts'
import { runExtract } from './extract-command.ts'
import { schedule } from './schedule.ts'
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

/** The home pages that the catalogue names, and how many are those of platforms. */
const seedsOf = ({ cataloguePath }: CommandContext) => {
  const catalogue = openCatalogue(cataloguePath, { readOnly: true })
  try {
    const named = [...catalogue.suppliersInOrder()].flatMap(({ siren, website }) => {
      const url = website === undefined ? undefined : canonicalUrl(website)
      return url === undefined ? [] : [{ siren, url, ...siteOf(url) }]
    })
    const byDomain = Map.groupBy(named, seed => seed.domain)
    const own = named.filter(seed => (byDomain.get(seed.domain)?.length ?? 0) <= MAX_SUPPLIERS_A_DOMAIN)
    const known = new Set(named.map(({ siren }) => siren))
    const proposed = catalogue
      .proposedSites()
      .filter(({ siren, domain }) => !known.has(siren) && !byDomain.has(domain))
      .map(({ siren, url }) => ({ siren, url, ...siteOf(url) }))
    return {
      seeds: [...own, ...proposed],
      proposed: new Set(proposed.map(({ domain }) => domain)),
      platforms: named.length - own.length,
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

/** One crawl of what is due, and the pages that are past their time deleted. */
const run = async (context: CommandContext, options: CrawlCommandOptions): Promise<void> => {
  const userAgent = userAgentOf(context)
  const limits = crawlLimits(context.config)
  const maxSites = wholeOption(context, 'limit')
  const since = sinceOption(context)
  const now = options.clock?.now() ?? Date.now()
  const { seeds, proposed, platforms, fictitious } = seedsOf(context)
  if (fictitious && options.fetcher === undefined) {
    throw new CommandError('The catalogue holds the demonstration only: its sites are invented. Import real data first')
  }
  await withStores(context, async (store, pages) => {
    store.seed(seeds, now, FIRST_INTERVAL_MS)
    if (platforms > 0) context.write(`${platforms} web addresses are on platforms that many suppliers share: left out`)
    if (since !== undefined)
      context.write(`${store.refresh(since, now)} pages read before that day are asked for again`)
    const site = option(context.args, 'site')
    await crawlSites(context, {
      store,
      pages,
      fetcher: createFetcher({
        ...options.fetcher,
        limits: { ...limits.fetch, ...options.fetcher?.limits },
        userAgent,
      }),
      limits: { ...limits.crawl, ...options.limits },
      proposed,
      ...(options.clock && { clock: options.clock }),
      ...(options.signal && { signal: options.signal }),
      // What nobody names any more (a proposal taken back, a firm removed) keeps its history, and is not asked again.
      domains: site === undefined ? seeds.map(({ domain }) => domain) : [domainOf(site, store)],
      ...(maxSites !== undefined && { maxSites }),
    })
    const dropped = pages.removeBefore(new Date(now - context.config.pageRetentionDays * DAY_MS).toISOString())
    if (dropped > 0) context.write(`${dropped} pages that no visit has confirmed for long were deleted`)
  })
}

/** One round; with `--every`, crawl and extraction again and again until the process is asked to stop. */
const crawlRounds = async (context: CommandContext, options: CrawlCommandOptions): Promise<void> => {
  const everyMs = everyOption(context)
  const round = () => locked(context, () => run(context, options))
  if (everyMs === undefined) return round()
  await schedule(
    everyMs,
    async () => {
      await round()
      await runExtract(context)
    },
    context,
    options,
  )
}

const optOut = (context: CommandContext, store: CrawlStore, pages: PageStore): void => {
  const domain = domainOf(context.args.positionals[1] ?? '', store)
  store.optOut(domain, Date.now())
  const removed = pages.removeSite(domain)
  context.write(`${domain} is left out from now on; ${removed} pages removed. Run npm run extract, then npm run index`)
}

const exportSite = (context: CommandContext, store: CrawlStore, pages: PageStore): void => {
  const [, site = '', file] = context.args.positionals
  const domain = domainOf(site, store)
  const path = file ?? `${domain}.warc.gz`
  if (!pages.domains().includes(domain)) throw new CommandError(`No page of ${domain} is kept`)
  if (existsSync(path)) throw new CommandError(`${path} exists: name another file`)
  writeFileSync(path, warcInfo(`${ROBOT}/0.1`, new Date().toISOString()))
  let count = 0
  for (const page of pages.pagesOf(domain)) {
    appendFileSync(path, warcResponse(page))
    count += 1
  }
  context.write(`${count} pages of ${domain} in ${path} (WARC 1.1)`)
}

/** The stores of the crawl, open while `work` runs. */
const withStores = async (
  context: CommandContext,
  work: (store: CrawlStore, pages: PageStore) => Promise<void> | void,
): Promise<void> => {
  const store = openCrawlStore(crawlPathOf(context))
  const pages = openPageStore(pagesPathOf(context))
  try {
    await work(store, pages)
  } finally {
    pages.close()
    store.close()
  }
}

const locked = async (context: CommandContext, work: () => Promise<void>): Promise<void> => {
  const lock = lockCrawl(context.config.dataDir)
  try {
    await work()
  } finally {
    lock.release()
  }
}

type Action = (context: CommandContext, options: CrawlCommandOptions) => Promise<void>

const ACTIONS: Readonly<Record<string, Action>> = {
  report: context =>
    withStores(context, (store, pages) => {
      for (const line of reportLines(store, pages)) context.write(line)
    }),
  'opt-out': context => locked(context, () => withStores(context, (store, pages) => optOut(context, store, pages))),
  export: context => withStores(context, (store, pages) => exportSite(context, store, pages)),
}

/** The crawl command; `options` change the network and time, for tests. */
export const createCrawl =
  (options: CrawlCommandOptions = {}): Command =>
  async context => {
    const [action] = context.args.positionals
    const known = action === undefined ? undefined : ACTIONS[action]
    if (action !== undefined && known === undefined) {
      throw new CommandError(`Unknown action "${action}": give nothing, report, export <domain>, or opt-out <domain>`)
    }
    if (known !== undefined) await known(context, options)
    else await crawlRounds(context, options)
    return 0
  }

/** `crawl [report | export <domain> | opt-out <domain>]`: the sites of the catalogue's suppliers, into the page store. */
export const runCrawl: Command = createCrawl()
