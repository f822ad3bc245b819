import type { Siren } from '../model/siren.ts'
import { sirenOf } from './changes.ts'
import type { CrawlDatabase } from './crawl-database.ts'
import { numberOf, optionalTextOf, textOf } from './database.ts'

/** The addresses of the crawl: which are known, when each is due, and how its last visit ended. Times in ms since 1970. */

/** An address as the crawl asks for it. */
export interface KnownAddress {
  readonly url: string
  readonly host: string
  readonly domain: string
  readonly siren: Siren
  readonly depth: number
  /** Failed tries in a row. */
  readonly attempts: number
  /** Until the next visit, as the page's changes have shown. */
  readonly intervalMs: number
  readonly validators?: { readonly etag?: string; readonly lastModified?: string }
}

/** An address found: of a home page or by a link. */
export type FoundAddress = Pick<KnownAddress, 'url' | 'host' | 'domain' | 'siren' | 'depth'>

/** How the turn of an address ended. */
export interface Conclusion {
  readonly outcome: string
  readonly detail?: string
  /** A request was made: the address counts in the site's pages. */
  readonly visitedAt?: number
  /** When it is due again; never when absent. */
  readonly nextAt?: number
  readonly attempts: number
  readonly intervalMs: number
  readonly validators?: { readonly etag?: string; readonly lastModified?: string }
}

/** An address and when it is due. */
export interface DueAddress {
  readonly entry: KnownAddress
  readonly at: number
}

export const FRONTIER_TABLES = `
  CREATE TABLE frontier (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    host TEXT NOT NULL,
    domain TEXT NOT NULL,
    siren TEXT NOT NULL,
    depth INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    interval_ms INTEGER NOT NULL,
    etag TEXT,
    last_modified TEXT,
    outcome TEXT,
    detail TEXT,
    visited_at INTEGER,
    next_at INTEGER
  ) STRICT;
  CREATE INDEX frontier_due ON frontier (domain, next_at);
  CREATE INDEX frontier_host ON frontier (host);
`

type Row = Readonly<Record<string, unknown>>

const entryOf = (row: Row): KnownAddress => {
  const etag = optionalTextOf(row, 'etag')
  const lastModified = optionalTextOf(row, 'last_modified')
  const validators = { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) }
  return {
    url: textOf(row, 'url'),
    host: textOf(row, 'host'),
    domain: textOf(row, 'domain'),
    siren: sirenOf(row),
    depth: numberOf(row, 'depth'),
    attempts: numberOf(row, 'attempts'),
    intervalMs: numberOf(row, 'interval_ms'),
    ...(Object.keys(validators).length > 0 && { validators }),
  }
}

/** Adds addresses that are not known yet, due at once; how many were new. */
export const addAddresses = (
  database: CrawlDatabase,
  found: readonly FoundAddress[],
  now: number,
  intervalMs: number,
): number =>
  database.write(() => {
    const insert = database.prepare(
      `INSERT INTO frontier (url, host, domain, siren, depth, attempts, interval_ms, next_at)
       VALUES (?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT DO NOTHING`,
    )
    return found.reduce(
      (sum, { url, host, domain, siren, depth }) =>
        sum + Number(insert.run(url, host, domain, siren, depth, intervalMs, now).changes),
      0,
    )
  })

/** Every address known of a domain, and whether it was ever asked for. */
export const addressesOf = (
  database: CrawlDatabase,
  domain: string,
): readonly { readonly url: string; readonly visited: boolean }[] =>
  database
    .prepare('SELECT url, visited_at IS NOT NULL AS visited FROM frontier WHERE domain = ? ORDER BY id')
    .all(domain)
    .map(row => ({ url: textOf(row, 'url'), visited: numberOf(row, 'visited') === 1 }))

/** Domains with an address due at `now`, those that wait longest first. */
export const dueDomains = (database: CrawlDatabase, now: number): readonly string[] =>
  database
    .prepare('SELECT domain FROM frontier WHERE next_at <= ? GROUP BY domain ORDER BY MIN(next_at), MIN(id)')
    .all(now)
    .map(row => textOf(row, 'domain'))

/** The address of a domain whose turn it is: one due now, nearest the home page; else the first due until `horizon`. */
export const nextAddress = (
  database: CrawlDatabase,
  domain: string,
  now: number,
  horizon: number,
): DueAddress | undefined => {
  const row =
    database
      .prepare('SELECT * FROM frontier WHERE domain = ? AND next_at <= ? ORDER BY depth, id LIMIT 1')
      .get(domain, now) ??
    database
      .prepare('SELECT * FROM frontier WHERE domain = ? AND next_at <= ? ORDER BY next_at, id LIMIT 1')
      .get(domain, horizon)
  return row && { entry: entryOf(row), at: numberOf(row, 'next_at') }
}

/** Notes how the turn of an address ended. */
export const concludeAddress = (database: CrawlDatabase, url: string, conclusion: Conclusion): void => {
  const { outcome, detail, visitedAt, nextAt, attempts, intervalMs, validators } = conclusion
  database
    .prepare(
      `UPDATE frontier SET outcome = ?, detail = ?, visited_at = COALESCE(?, visited_at), next_at = ?, attempts = ?,
         interval_ms = ?, etag = ?, last_modified = ? WHERE url = ?`,
    )
    .run(
      outcome,
      detail ?? null,
      visitedAt ?? null,
      nextAt ?? null,
      attempts,
      intervalMs,
      validators?.etag ?? null,
      validators?.lastModified ?? null,
      url,
    )
}

/** Makes pages due that were last asked for before `since`, whatever their interval; how many. */
export const refreshAddresses = (database: CrawlDatabase, since: number, now: number): number =>
  Number(
    database
      .prepare(
        `UPDATE frontier SET next_at = ?
         WHERE visited_at < ? AND next_at > ? AND outcome IN ('fetched', 'not-modified', 'gone')`,
      )
      .run(now, since, now).changes,
  )

/** Puts off every address of a host that would be due before `until`, and notes why. */
export const postponeHost = (database: CrawlDatabase, host: string, until: number, outcome: string): void => {
  database
    .prepare('UPDATE frontier SET next_at = ?, outcome = ? WHERE host = ? AND next_at < ?')
    .run(until, outcome, host, until)
}

/** Gives up addresses of a domain that were never asked for: the site has had its pages. */
export const dropUnvisited = (database: CrawlDatabase, domain: string, outcome: string): number =>
  Number(
    database
      .prepare(
        `UPDATE frontier SET next_at = NULL, outcome = ?
         WHERE domain = ? AND visited_at IS NULL AND next_at IS NOT NULL`,
      )
      .run(outcome, domain).changes,
  )

/** How many addresses ended how; those still waiting for their first turn are "waiting". */
export const outcomes = (
  database: CrawlDatabase,
): readonly { readonly outcome: string; readonly addresses: number }[] =>
  database
    .prepare(
      `SELECT COALESCE(outcome, 'waiting') AS outcome, COUNT(*) AS addresses FROM frontier
       GROUP BY 1 ORDER BY 2 DESC, 1`,
    )
    .all()
    .map(row => ({ outcome: textOf(row, 'outcome'), addresses: numberOf(row, 'addresses') }))

/** How each home page last ended, where that was no page. */
export const troubledSites = (
  database: CrawlDatabase,
): readonly {
  readonly domain: string
  readonly url: string
  readonly outcome: string
  readonly detail: string
  /** Tries in a row that ended so. */
  readonly attempts: number
  /** Of the last visit; 0 when it was not asked for. */
  readonly visitedAt: number
}[] =>
  database
    .prepare(
      `SELECT domain, url, outcome, COALESCE(detail, '') AS detail, attempts, COALESCE(visited_at, 0) AS visited_at
       FROM frontier
       WHERE depth = 0 AND outcome IS NOT NULL AND outcome NOT IN ('fetched', 'not-modified') ORDER BY outcome, domain`,
    )
    .all()
    .map(row => ({
      domain: textOf(row, 'domain'),
      url: textOf(row, 'url'),
      outcome: textOf(row, 'outcome'),
      detail: textOf(row, 'detail'),
      attempts: numberOf(row, 'attempts'),
      visitedAt: numberOf(row, 'visited_at'),
    }))
