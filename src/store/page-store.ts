import { createHash } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Siren } from '../model/siren.ts'
import { sirenOf } from './changes.ts'
import { openCrawlDatabase } from './crawl-database.ts'
import { jsonOf, numberOf, textOf } from './database.ts'

/** A page as it was received; the crawl's `StoredPage`, with the registered domain it belongs to. */
export interface KeptPage {
  readonly url: string
  readonly domain: string
  readonly siren: Siren
  readonly finalUrl: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly truncated: boolean
  readonly fetchedAt: string
  /** SHA-256 of the body, hex. */
  readonly digest: string
}

/** The pages read, in `pages.db`: bodies compressed, each kept once however many addresses give it. */
export interface PageStore {
  /** Runs `work` in one commit: all of it or nothing. */
  write<T>(work: () => T): T
  /** Keeps a page in the place of the one before it at that address, in one transaction. */
  put(page: KeptPage): void
  /** The digest of the page kept for an address. */
  digestOf(url: string): string | undefined
  remove(url: string): void
  /** The page of an address is as it was, as its server said at that time (ISO 8601). */
  confirm(url: string, at: string): void
  /** Removes pages that no visit has read or confirmed since that time (ISO 8601); how many. */
  removeBefore(at: string): number
  /** Removes every page of a registered domain; how many. */
  removeSite(domain: string): number
  /** Registered domains with pages, in their order. */
  domains(): readonly string[]
  /** The pages of a domain in the order of their addresses, each read when it is asked for. */
  pagesOf(domain: string): Generator<KeptPage>
  /** SHA-256 of all addresses with the digests of their pages, hex: the same for the same pages. */
  fingerprint(): string
  counts(): { readonly pages: number; readonly bodies: number; readonly bytes: number }
  close(): void
}

const FORMAT = 1
const TABLES = `
  CREATE TABLE body (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE page (
    url TEXT PRIMARY KEY,
    domain TEXT NOT NULL,
    siren TEXT NOT NULL,
    final_url TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    truncated INTEGER NOT NULL,
    fetched_at TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES body (digest)
  ) STRICT;
  CREATE INDEX page_domain ON page (domain, url);
  CREATE INDEX page_digest ON page (digest);
`

type Row = Readonly<Record<string, unknown>>

const headersOf = (row: Row): Record<string, string> => {
  const headers = jsonOf(row, 'headers')
  return Object.fromEntries(
    Object.entries(headers ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}

const pageOf = (row: Row): KeptPage => ({
  url: textOf(row, 'url'),
  domain: textOf(row, 'domain'),
  siren: sirenOf(row),
  finalUrl: textOf(row, 'final_url'),
  status: numberOf(row, 'status'),
  headers: headersOf(row),
  body: row['bytes'] instanceof Uint8Array ? zstdDecompressSync(row['bytes']) : new Uint8Array(),
  truncated: numberOf(row, 'truncated') === 1,
  fetchedAt: textOf(row, 'fetched_at'),
  digest: textOf(row, 'digest'),
})

const ORPHANS = 'DELETE FROM body WHERE digest = ? AND NOT EXISTS (SELECT 1 FROM page WHERE page.digest = body.digest)'

/** Opens the page store, created when absent. Throws `CatalogueError` when the file cannot be used. */
export const openPageStore = (path: string): PageStore => {
  const database = openCrawlDatabase(path, TABLES, FORMAT)
  const digestOf = (url: string): string | undefined => {
    const row = database.prepare('SELECT digest FROM page WHERE url = ?').get(url)
    return row && textOf(row, 'digest')
  }
  const remove = (url: string): void =>
    database.write(() => {
      const digest = digestOf(url)
      if (digest === undefined) return
      database.prepare('DELETE FROM page WHERE url = ?').run(url)
      database.prepare(ORPHANS).run(digest)
    })
  const urlsOf = (domain: string): readonly string[] =>
    database
      .prepare('SELECT url FROM page WHERE domain = ? ORDER BY url')
      .all(domain)
      .map(row => textOf(row, 'url'))
  return {
    write: work => database.write(work),
    put: page =>
      database.write(() => {
        const before = digestOf(page.url)
        // Text shrinks to a fifth; compressed before the row is written, within the same short transaction.
        database
          .prepare('INSERT INTO body VALUES (?, ?) ON CONFLICT DO NOTHING')
          .run(page.digest, zstdCompressSync(page.body))
        database
          .prepare('INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
          .run(
            page.url,
            page.domain,
            page.siren,
            page.finalUrl,
            page.status,
            JSON.stringify(page.headers),
            page.truncated ? 1 : 0,
            page.fetchedAt,
            page.digest,
          )
        if (before !== undefined && before !== page.digest) database.prepare(ORPHANS).run(before)
      }),
    digestOf,
    remove,
    confirm: (url, at) => {
      database.prepare('UPDATE page SET fetched_at = ? WHERE url = ?').run(at, url)
    },
    removeBefore: at =>
      database.write(() => {
        const old = database.prepare('SELECT url FROM page WHERE fetched_at < ?').all(at)
        for (const row of old) remove(textOf(row, 'url'))
        return old.length
      }),
    removeSite: domain =>
      database.write(() => {
        const urls = urlsOf(domain)
        for (const url of urls) remove(url)
        return urls.length
      }),
    domains: () =>
      database
        .prepare('SELECT DISTINCT domain FROM page ORDER BY domain')
        .all()
        .map(row => textOf(row, 'domain')),
    *pagesOf(domain) {
      const read = database.prepare('SELECT page.*, body.bytes FROM page JOIN body USING (digest) WHERE url = ?')
      for (const url of urlsOf(domain)) {
        const row = read.get(url)
        if (row) yield pageOf(row)
      }
    },
    fingerprint: () => {
      const hash = createHash('sha256')
      for (const row of database.prepare('SELECT url, digest FROM page ORDER BY url').iterate()) {
        hash.update(`${textOf(row, 'url')} ${textOf(row, 'digest')}\n`)
      }
      return hash.digest('hex')
    },
    counts: () => {
      const row = database
        .prepare(
          `SELECT (SELECT COUNT(*) FROM page) AS pages, COUNT(*) AS bodies, COALESCE(SUM(LENGTH(bytes)), 0) AS bytes
           FROM body`,
        )
        .get()
      return {
        pages: numberOf(row ?? {}, 'pages'),
        bodies: numberOf(row ?? {}, 'bodies'),
        bytes: numberOf(row ?? {}, 'bytes'),
      }
    },
    close: () => database.close(),
  }
}
