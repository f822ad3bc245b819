import { createHash } from 'node:crypto'
import { type AddressBook, openAddressBook } from './address-book.ts'
import { createCommits } from './commits.ts'
import type { CrawlLimits } from './limits.ts'
import type { FetchedPage, FetchOutcome, StoredPage, Validators } from './ports.ts'
import {
  EXCLUDED_MS,
  FIRST_INTERVAL_MS,
  GONE_MS,
  GONE_VISITS,
  nextInterval,
  PATIENCE_MS,
  retryDelay,
} from './revisits.ts'
import { directives } from './robots-directives.ts'
import { isUnanswered, type RobotsGate } from './robots-gate.ts'
import { readSiteSitemaps } from './site-sitemaps.ts'
import type {
  Clock,
  CrawlMemory,
  FoundEntry,
  PageKeeper,
  PageReading,
  ReadLinks,
  ScheduledEntry,
  TurnEnd,
} from './stores.ts'
import { registeredDomain } from './urls.ts'
import type { Visit } from './visit.ts'

export interface SiteCrawlOptions {
  readonly memory: CrawlMemory
  readonly pages: PageKeeper
  readonly readLinks: ReadLinks
  readonly gate: RobotsGate
  readonly visit: Visit
  readonly clock: Clock
  readonly robot: string
  readonly limits: CrawlLimits
  readonly signal?: AbortSignal | undefined
  /** Told how each turn ended. */
  readonly onTurn?: ((domain: string, outcome: string) => void) | undefined
}

type KeptPage = Parameters<PageKeeper['put']>[0]

/** How a turn ended, the page to keep, and the addresses it links to. */
interface Ended extends TurnEnd {
  readonly page?: KeptPage
  readonly found?: readonly FoundEntry[]
}

const SITEMAPS_MS = 7 * 86_400_000

const validatorsOf = ({ headers }: FetchedPage): { readonly validators?: Validators } => {
  const [etag, lastModified] = [headers['etag'], headers['last-modified']]
  if (etag === undefined && lastModified === undefined) return {}
  return { validators: { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) } }
}

/** Crawls what is due of one registered domain, one page after another; ends when nothing more is due soon. */
export const createSiteCrawl = (options: SiteCrawlOptions) => {
  const { memory, pages, readLinks, gate, visit, clock, robot, limits, signal } = options
  const commit = createCommits(memory, pages)

  const mayFollow = async (to: URL) => {
    const permission = await gate.check(to)
    return permission.allowed ? undefined : permission.reason
  }

  const linked = (entry: ScheduledEntry, page: FetchedPage, reading: PageReading, book: AddressBook): FoundEntry[] =>
    entry.depth >= limits.depth
      ? []
      : reading.links
          .filter(link => !link.nofollow)
          .slice(0, limits.linksPerPage)
          .flatMap(link => book.admit(link.url, page.finalUrl) ?? [])
          .map(address => ({ ...address, siren: entry.siren, depth: entry.depth + 1 }))

  const changeOf = ({ url, digest }: StoredPage): 'first' | 'changed' | 'unchanged' => {
    const before = pages.digestOf(url)
    return before === undefined ? 'first' : before === digest ? 'unchanged' : 'changed'
  }

  /** By the address asked for; the same body at another address is kept once. */
  const toKeep = ({ url, domain, siren }: ScheduledEntry, page: FetchedPage): KeptPage => ({
    ...page,
    url,
    domain,
    siren,
    digest: createHash('sha256').update(page.body).digest('hex'),
  })

  const takePage = async (entry: ScheduledEntry, page: FetchedPage, book: AddressBook): Promise<Ended> => {
    const reading = await readLinks(page)
    // Known from now on: where a redirect has led need not be asked for again.
    book.admit(page.finalUrl)
    const { noindex, nofollow } = directives(page.headers, reading.robots, robot)
    if (noindex) pages.remove(entry.url)
    const kept = noindex ? undefined : toKeep(entry, page)
    const intervalMs = nextInterval(entry.intervalMs, kept ? changeOf(kept) : 'unchanged')
    return {
      outcome: noindex ? 'noindex' : 'fetched',
      nextAt: clock.now() + intervalMs,
      attempts: 0,
      intervalMs,
      ...(kept && { ...validatorsOf(page), page: kept }),
      found: nofollow ? [] : linked(entry, page, reading, book),
    }
  }

  const endOf = async (entry: ScheduledEntry, outcome: FetchOutcome, book: AddressBook): Promise<Ended> => {
    const now = clock.now()
    const { intervalMs, validators } = entry
    const kept = { intervalMs, ...(validators && { validators }) }
    if (outcome.kind === 'fetched') return takePage(entry, outcome.page, book)
    if (outcome.kind === 'not-modified') {
      const longer = nextInterval(intervalMs, 'unchanged')
      pages.confirm(entry.url, new Date(now).toISOString())
      return { ...kept, outcome: 'not-modified', nextAt: now + longer, attempts: 0, intervalMs: longer }
    }
    if (outcome.kind === 'gone') {
      const attempts = entry.attempts + 1
      const wasPage = entry.depth === 0 || pages.digestOf(entry.url) !== undefined
      if (attempts >= GONE_VISITS) pages.remove(entry.url)
      // A home page is asked for again each month: the site may come back.
      const nextAt = attempts < GONE_VISITS ? now + GONE_MS : entry.depth === 0 ? now + EXCLUDED_MS : undefined
      const again = wasPage && nextAt !== undefined ? { nextAt } : {}
      return { ...kept, ...again, outcome: 'gone', detail: `HTTP ${outcome.status}`, attempts }
    }
    const detail = outcome.detail === undefined ? {} : { detail: outcome.detail }
    if (outcome.kind === 'excluded') {
      return { ...kept, ...detail, outcome: outcome.reason, nextAt: now + EXCLUDED_MS, attempts: 0 }
    }
    // A failure never touches the page kept from before.
    const attempts = entry.attempts + 1
    const nextAt = now + retryDelay(attempts, outcome.retryAfterMs)
    if (outcome.retryAfterMs !== undefined) memory.postpone(entry.host, nextAt, outcome.reason)
    return { ...kept, ...detail, outcome: outcome.reason, nextAt, attempts }
  }

  const readSitemapsOf = async (entry: ScheduledEntry, book: AddressBook): Promise<void> => {
    if (clock.now() - memory.sitemapsReadAt(entry.domain) < SITEMAPS_MS) return
    const found: Parameters<CrawlMemory['add']>[0][number][] = []
    await readSiteSitemaps(new URL(entry.url), { gate, visit, limits }, url => {
      const address = book.admit(url)
      if (address !== undefined) found.push({ ...address, siren: entry.siren, depth: 1 })
    })
    memory.add(found, clock.now(), FIRST_INTERVAL_MS)
    memory.saveSitemapsReadAt(entry.domain, clock.now())
  }

  /** Asks for one address, where that is allowed, and notes how it ended. */
  const turn = async (entry: ScheduledEntry, book: AddressBook): Promise<string> => {
    const permission = await gate.check(new URL(entry.url))
    if (!permission.allowed) {
      const { reason, detail, until = clock.now() + EXCLUDED_MS } = permission
      if (permission.until === undefined) pages.remove(entry.url)
      else memory.postpone(entry.host, until, reason)
      // Nobody answers: the daily tries are counted as those of a page would be.
      const attempts = isUnanswered(reason) ? entry.attempts + 1 : entry.attempts
      const nextAt = isUnanswered(reason) ? Math.max(until, clock.now() + retryDelay(attempts)) : until
      memory.conclude(entry.url, { ...entry, attempts, outcome: reason, detail, nextAt })
      return reason
    }
    if (entry.depth === 0) await readSitemapsOf(entry, book)
    let ended = ''
    const take = async (outcome: FetchOutcome): Promise<void> => {
      const { found: addresses = [], page, ...end } = await endOf(entry, outcome, book)
      const now = clock.now()
      await commit(() => {
        if (page !== undefined) pages.put(page)
        memory.conclude(entry.url, { ...end, visitedAt: now }, { addresses, now, intervalMs: FIRST_INTERVAL_MS })
      })
      ended = end.outcome
    }
    await visit(entry.url, { ...(entry.validators && { validators: entry.validators }), take }, mayFollow)
    book.visited.add(entry.url)
    return ended
  }

  return async (domain: string): Promise<void> => {
    if (memory.isOptedOut(domain)) return
    const book = openAddressBook(memory, domain, limits)
    for (;;) {
      signal?.throwIfAborted()
      if (book.visited.size >= limits.pagesPerSite) memory.dropUnvisited(domain, 'page-limit')
      const now = clock.now()
      const due = memory.next(domain, now, now + PATIENCE_MS)
      if (due === undefined) return
      if (due.at > now) await clock.sleep(due.at - now, signal)
      else options.onTurn?.(domain, await turn(due.entry, book))
    }
  }
}

/** The registered domain of an address, and its host as turns are counted: what the frontier sorts by. */
export const siteOf = (url: string): { readonly host: string; readonly domain: string } => {
  const { host, hostname } = new URL(url)
  return { host, domain: registeredDomain(hostname) }
}
