import type { FetchedPage, FrontierEntry, StoredPage, Validators } from './ports.ts'
import type { Meta } from './robots-directives.ts'

/** What the scheduler needs of others beside the fetcher: `src/store` implements the memories, the command joins them. */

/** Time as it is read and waited for, in ms since 1970; tests bring their own. */
export interface Clock {
  now(): number
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<unknown>
}

/** An address of the frontier with the time until its next visit, as its changes have shown. */
export interface ScheduledEntry extends FrontierEntry {
  readonly intervalMs: number
}

/** How the turn of an address ended; `nextAt` absent: never again, `visitedAt` absent: it was not asked for. */
export interface TurnEnd {
  readonly outcome: string
  readonly detail?: string
  readonly visitedAt?: number
  readonly nextAt?: number
  readonly attempts: number
  readonly intervalMs: number
  readonly validators?: Validators
}

/** What is remembered of an origin's robots.txt. */
export interface RobotsMemory {
  readonly policy: 'rules' | 'allow-all' | 'disallow-all'
  /** The file where there are rules; where it could not be read, the `FetchReason` why. */
  readonly robots: Uint8Array
  readonly robotsUntil: number
}

/** Before when a host may not be asked again: kept, so that a restart asks no sooner. */
export interface TurnMemory {
  nextTurn(host: string): number
  saveNextTurn(host: string, at: number): void
}

/** An address that a home page, a link or a sitemap names. */
export type FoundEntry = Pick<FrontierEntry, 'url' | 'host' | 'domain' | 'siren' | 'depth'>

/** The frontier and what goes with it. Every call is durable when it returns. */
export interface CrawlMemory extends TurnMemory {
  /** Runs `work` in one commit: all of it or nothing. */
  write<T>(work: () => T): T
  add(found: readonly FoundEntry[], now: number, intervalMs: number): number
  addressesOf(domain: string): readonly { readonly url: string; readonly visited: boolean }[]
  dueDomains(now: number): readonly string[]
  next(
    domain: string,
    now: number,
    horizon: number,
  ): { readonly entry: ScheduledEntry; readonly at: number } | undefined
  /** Notes how a turn ended and the addresses it found, both or neither. */
  conclude(
    url: string,
    end: TurnEnd,
    found?: { readonly addresses: readonly FoundEntry[]; readonly now: number; readonly intervalMs: number },
  ): void
  postpone(host: string, until: number, outcome: string): void
  dropUnvisited(domain: string, outcome: string): number
  host(origin: string): RobotsMemory | undefined
  saveHost(origin: string, memory: RobotsMemory): void
  sitemapsReadAt(domain: string): number
  saveSitemapsReadAt(domain: string, at: number): void
  isOptedOut(domain: string): boolean
}

/** Where pages are kept. */
export interface PageKeeper {
  /** Runs `work` in one commit: all of it or nothing. */
  write<T>(work: () => T): T
  put(page: StoredPage & { readonly domain: string }): void
  digestOf(url: string): string | undefined
  remove(url: string): void
  confirm(url: string, at: string): void
}

/** What the crawl reads of a page itself; a page that cannot be read has no links. */
export interface PageReading {
  readonly links: readonly { readonly url: string; readonly nofollow: boolean }[]
  readonly robots: readonly Meta[]
}
export type ReadLinks = (page: FetchedPage) => Promise<PageReading>
