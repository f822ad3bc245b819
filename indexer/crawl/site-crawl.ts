import { createHash } from 'node:crypto'
import { type AddressBook, openAddressBook } from './address-book.ts'
import type { FetchedPage, FetchOutcome, Validators } from './ports.ts'
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
import type { RobotsGate } from './robots-gate.ts'
import { readSiteSitemaps } from './site-sitemaps.ts'
import type { Clock, CrawlMemory, PageKeeper, PageReading, ReadLinks, ScheduledEntry, TurnEnd } from './stores.ts'
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
  readonly maxPages: number
  readonly maxDepth: number
  readonly signal?: AbortSignal | undefined
  /** Told how each turn ended. */
  readonly onTurn?: ((domain: string, outcome: string) => void) | undefined
}

const SITEMAPS_MS = 7 * 86_400_000

const validatorsOf = ({ headers }: FetchedPage): { readonly validators?: Validators } => {
  const [etag, lastModified] = [headers['etag'], headers['last-modified']]
  if (etag === undefined && lastModified === undefined) return {}
  return { validators: { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) } }
}

/** Crawls what is due of one registered domain, one page after another; ends when nothing more is due soon. */
export const createSiteCrawl = (options: SiteCrawlOptions) => {
  const { memory, pages, readLinks, gate, visit, clock, robot, maxPages, maxDepth, signal } = options

  const mayFollow = async (to: URL) => {
    const permission = await gate.check(to)
    return permission.allowed ? undefined : permission.reason
  }

  const addLinks = (entry: ScheduledEntry, page: FetchedPage, reading: PageReading, book: AddressBook): void => {
    if (entry.depth >= maxDepth) return
    const found = reading.links
      .filter(link => !link.nofollow)
      .flatMap(link => book.admit(link.url, page.finalUrl) ?? [])
      .map(address => ({ ...address, siren: entry.siren, depth: entry.depth + 1 }))
    memory.add(found, clock.now(), FIRST_INTERVAL_MS)
  }

  const keep = (entry: ScheduledEntry, page: FetchedPage): 'first' | 'changed' | 'unchanged' => {
    const digest = createHash('sha256').update(page.body).digest('hex')
    const before = pages.digestOf(entry.url)
    // By the address asked for; the same body at another address is kept once.
    pages.put({ ...page, url: entry.url, domain: entry.domain, siren: entry.siren, digest })
    return before === undefined ? 'first' : before === digest ? 'unchanged' : 'changed'
  }

  const takePage = async (entry: ScheduledEntry, page: FetchedPage, book: AddressBook): Promise<TurnEnd> => {
    const reading = await readLinks(page)
    // Known from now on: where a redirect has led need not be asked for again.
    book.admit(page.finalUrl)
    const { noindex, nofollow } = directives(page.headers, reading.robots, robot)
    if (noindex) pages.remove(entry.url)
    const change = noindex ? 'unchanged' : keep(entry, page)
    if (!nofollow) addLinks(entry, page, reading, book)
    const intervalMs = nextInterval(entry.intervalMs, change)
    return {
      outcome: noindex ? 'noindex' : 'fetched',
      nextAt: clock.now() + intervalMs,
      attempts: 0,
      intervalMs,
      ...(noindex ? {} : validatorsOf(page)),
    }
  }

  const endOf = async (entry: ScheduledEntry, outcome: FetchOutcome, book: AddressBook): Promise<TurnEnd> => {
    const now = clock.now()
    const { intervalMs, validators } = entry
    const kept = { intervalMs, ...(validators && { validators }) }
    if (outcome.kind === 'fetched') return takePage(entry, outcome.page, book)
    if (outcome.kind === 'not-modified') {
      const longer = nextInterval(intervalMs, 'unchanged')
      return { ...kept, outcome: 'not-modified', nextAt: now + longer, attempts: 0, intervalMs: longer }
    }
    if (outcome.kind === 'gone') {
      const attempts = entry.attempts + 1
      const wasPage = entry.depth === 0 || pages.digestOf(entry.url) !== undefined
      if (attempts >= GONE_VISITS) pages.remove(entry.url)
      const again = wasPage && attempts < GONE_VISITS ? { nextAt: now + GONE_MS } : {}
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
    await readSiteSitemaps(new URL(entry.url), gate, visit, url => {
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
      memory.conclude(entry.url, { ...entry, outcome: reason, detail, nextAt: until })
      return reason
    }
    if (entry.depth === 0) await readSitemapsOf(entry, book)
    const outcome = await visit(entry.url, entry.validators ? { validators: entry.validators } : {}, mayFollow)
    const end = await endOf(entry, outcome, book)
    memory.conclude(entry.url, { ...end, visitedAt: clock.now() })
    book.visited.add(entry.url)
    return end.outcome
  }

  return async (domain: string): Promise<void> => {
    if (memory.isOptedOut(domain)) return
    const book = openAddressBook(memory, domain, maxPages)
    for (;;) {
      signal?.throwIfAborted()
      if (book.visited.size >= maxPages) memory.dropUnvisited(domain, 'page-limit')
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
