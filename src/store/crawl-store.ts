import type { Siren } from '../model/siren.ts'
import { sirenOf } from './changes.ts'
import { openCrawlDatabase } from './crawl-database.ts'
import {
  addAddresses,
  addressesOf,
  type Conclusion,
  concludeAddress,
  type DueAddress,
  dropUnvisited,
  dueDomains,
  type FoundAddress,
  FRONTIER_TABLES,
  nextAddress,
  outcomes,
  postponeHost,
  refreshAddresses,
  troubledSites,
} from './crawl-frontier.ts'
import { numberOf, textOf } from './database.ts'

/** A site as the catalogue names it: whose it is said to be, and its home page. */
export interface Seed {
  readonly siren: Siren
  readonly domain: string
  readonly url: string
}

/** What is remembered of a host between two runs. Times in ms since 1970. */
export interface HostMemory {
  /** What its robots.txt allows, and the file itself where it has rules. */
  readonly policy: 'rules' | 'allow-all' | 'disallow-all'
  readonly robots: Uint8Array
  /** Until when that may be believed. */
  readonly robotsUntil: number
}

/** Addresses that a page links to. */
export interface Found {
  readonly addresses: readonly FoundAddress[]
  readonly now: number
  readonly intervalMs: number
}

/**
 * What the crawl remembers, in `crawl.db`. Every call is durable when it returns; `saveNextTurn`, which comes twice a
 * request, survives a kill but not a power cut, after which no machine is back within a host's pause.
 */
export interface CrawlStore {
  /** Runs `work` in one commit: all of it or nothing. `saveNextTurn` has no place in it. */
  write<T>(work: () => T): T
  /** Replaces the seeds by those of today. Their addresses become due when they are new. */
  seed(seeds: readonly (Seed & { readonly host: string })[], now: number, intervalMs: number): void
  seeds(): readonly Seed[]
  add(found: readonly FoundAddress[], now: number, intervalMs: number): number
  addressesOf(domain: string): readonly { readonly url: string; readonly visited: boolean }[]
  dueDomains(now: number): readonly string[]
  next(domain: string, now: number, horizon: number): DueAddress | undefined
  /** Notes how a turn ended and the addresses it found, both or neither. */
  conclude(url: string, conclusion: Conclusion, found?: Found): void
  postpone(host: string, until: number, outcome: string): void
  dropUnvisited(domain: string, outcome: string): number
  host(host: string): HostMemory | undefined
  saveHost(host: string, memory: HostMemory): void
  /** Before when a host may not be asked again; 0 when it was never asked. */
  nextTurn(host: string): number
  saveNextTurn(host: string, at: number): void
  sitemapsReadAt(domain: string): number
  saveSitemapsReadAt(domain: string, at: number): void
  isOptedOut(domain: string): boolean
  /** Leaves a registered domain out for good, and forgets its addresses. */
  optOut(domain: string, now: number): void
  /** Registered domains that are left out. */
  optedOut(): readonly string[]
  /** Takes a domain back from those that are left out. */
  optIn(domain: string): void
  /** Makes pages due that were last asked for before `since`; how many. */
  refresh(since: number, now: number): number
  outcomes: () => ReturnType<typeof outcomes>
  troubledSites: () => ReturnType<typeof troubledSites>
  close(): void
}

const FORMAT = 1
const TABLES = `${FRONTIER_TABLES}
  CREATE TABLE seed (siren TEXT PRIMARY KEY, domain TEXT NOT NULL, url TEXT NOT NULL) STRICT;
  CREATE TABLE robots (
    host TEXT PRIMARY KEY, policy TEXT NOT NULL, body BLOB NOT NULL, until INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE turn (host TEXT PRIMARY KEY, next_at INTEGER NOT NULL) STRICT;
  CREATE TABLE sitemaps (domain TEXT PRIMARY KEY, read_at INTEGER NOT NULL) STRICT;
  CREATE TABLE opt_out (domain TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT;
`

const policyOf = (text: string): HostMemory['policy'] =>
  text === 'rules' || text === 'allow-all' ? text : 'disallow-all'

/** Opens the crawl's memory, created when absent. Throws `CatalogueError` when the file cannot be used. */
export const openCrawlStore = (path: string): CrawlStore => {
  const database = openCrawlDatabase(path, TABLES, FORMAT)
  const turns = openCrawlDatabase(path, TABLES, FORMAT, 'kill')
  const isOptedOut = (domain: string): boolean =>
    database.prepare('SELECT 1 FROM opt_out WHERE domain = ?').get(domain) !== undefined
  const timeIn = (sql: string, key: string): number => {
    const row = database.prepare(sql).get(key)
    return row ? numberOf(row, 'at') : 0
  }
  return {
    write: work => database.write(work),
    seed: (seeds, now, intervalMs) =>
      database.write(() => {
        database.prepare('DELETE FROM seed').run()
        for (const { siren, domain, url } of seeds) {
          database.prepare('INSERT OR REPLACE INTO seed VALUES (?, ?, ?)').run(siren, domain, url)
        }
        addAddresses(
          database,
          seeds.filter(({ domain }) => !isOptedOut(domain)).map(seed => ({ ...seed, depth: 0 })),
          now,
          intervalMs,
        )
      }),
    seeds: () =>
      database
        .prepare('SELECT * FROM seed ORDER BY domain, siren')
        .all()
        .map(row => ({ siren: sirenOf(row), domain: textOf(row, 'domain'), url: textOf(row, 'url') })),
    add: (found, now, intervalMs) => addAddresses(database, found, now, intervalMs),
    addressesOf: domain => addressesOf(database, domain),
    dueDomains: now => dueDomains(database, now),
    next: (domain, now, horizon) => nextAddress(database, domain, now, horizon),
    conclude: (url, conclusion, found) =>
      database.write(() => {
        if (found !== undefined) addAddresses(database, found.addresses, found.now, found.intervalMs)
        concludeAddress(database, url, conclusion)
      }),
    postpone: (host, until, outcome) => postponeHost(database, host, until, outcome),
    dropUnvisited: (domain, outcome) => dropUnvisited(database, domain, outcome),
    host: host => {
      const row = database.prepare('SELECT * FROM robots WHERE host = ?').get(host)
      if (row === undefined) return undefined
      const body = row['body'] instanceof Uint8Array ? row['body'] : new Uint8Array()
      return { policy: policyOf(textOf(row, 'policy')), robots: body, robotsUntil: numberOf(row, 'until') }
    },
    saveHost: (host, { policy, robots, robotsUntil }) => {
      database.prepare('INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?)').run(host, policy, robots, robotsUntil)
    },
    nextTurn: host => timeIn('SELECT next_at AS at FROM turn WHERE host = ?', host),
    saveNextTurn: (host, at) => {
      turns.prepare('INSERT OR REPLACE INTO turn VALUES (?, ?)').run(host, Math.ceil(at))
    },
    sitemapsReadAt: domain => timeIn('SELECT read_at AS at FROM sitemaps WHERE domain = ?', domain),
    saveSitemapsReadAt: (domain, at) => {
      database.prepare('INSERT OR REPLACE INTO sitemaps VALUES (?, ?)').run(domain, Math.ceil(at))
    },
    isOptedOut,
    optOut: (domain, now) =>
      database.write(() => {
        database.prepare('INSERT OR REPLACE INTO opt_out VALUES (?, ?)').run(domain, now)
        database.prepare('DELETE FROM frontier WHERE domain = ?').run(domain)
      }),
    optedOut: () =>
      database
        .prepare('SELECT domain FROM opt_out ORDER BY domain')
        .all()
        .map(row => textOf(row, 'domain')),
    optIn: domain => {
      database.prepare('DELETE FROM opt_out WHERE domain = ?').run(domain)
    },
    refresh: (since, now) => refreshAddresses(database, since, now),
    outcomes: () => outcomes(database),
    troubledSites: () => troubledSites(database),
    close: () => {
      turns.close()
      database.close()
    },
  }
}
