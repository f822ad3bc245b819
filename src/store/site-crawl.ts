import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { zstdDecompressSync } from 'node:zlib'
import type { Siren } from '../model/siren.ts'
import type { SiteCrawl } from '../model/visibility.ts'
import { visibleLetters } from '../text/visible-letters.ts'
import { sirenOf } from './changes.ts'
import { numberOf, textOf } from './database.ts'

/** What the crawl knows of one firm's site, read from its files as another process leaves them; never written. */
export interface SiteCrawlReader {
  /** `read`: addresses whose text is in the profile. Without files of a crawl: never queued. */
  read(siren: Siren, website: string | undefined, read: ReadonlySet<string>): SiteCrawl
  /** Other firms that the crawl was given the same site for. */
  sharing(siren: Siren): readonly Siren[]
}

type Row = Readonly<Record<string, unknown>>

/** Runs `work` on a database of the crawl; `undefined` when there is none, or when it is just being made. */
const withDatabase = <T>(path: string, work: (rows: (sql: string, ...keys: string[]) => Row[]) => T): T | undefined => {
  if (!existsSync(path)) return undefined
  let connection: DatabaseSync | undefined
  try {
    const open = new DatabaseSync(path, { readOnly: true, timeout: 500 })
    connection = open
    return work((sql, ...keys) => open.prepare(sql).all(...keys))
  } catch {
    // A crawl that is just creating its files is no fault of the service.
    return undefined
  } finally {
    connection?.close()
  }
}

const isoOf = (ms: unknown): string | undefined => (typeof ms === 'number' ? new Date(ms).toISOString() : undefined)

/** "blog.exemple.fr", "exemple.fr": the domain that someone registered is one of them. */
const domainsOf = (host: string): readonly string[] => {
  const labels = host.split('.')
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, at) => labels.slice(at).join('.'))
}

interface Known {
  readonly domain: string
  readonly url: string
}

const SHOWN = 3
const READ_OUTCOMES = new Set(['fetched', 'not-modified', 'waiting'])

const seedOf = (rows: (sql: string, ...keys: string[]) => Row[], siren: Siren): Known | undefined => {
  const [row] = rows('SELECT domain, url FROM seed WHERE siren = ?', siren)
  return row && { domain: textOf(row, 'domain'), url: textOf(row, 'url') }
}

const policyOf = (row: Row | undefined): SiteCrawl['robots'] => {
  const policy = row && textOf(row, 'policy')
  return policy === 'rules' || policy === 'allow-all' || policy === 'disallow-all' ? policy : undefined
}

/** What the frontier holds of a domain: visits, and what ended otherwise than in a page. */
const frontierOf = (rows: (sql: string, ...keys: string[]) => Row[], { domain, url }: Known) => {
  const outcomes = rows(
    `SELECT COALESCE(outcome, 'waiting') AS outcome, COUNT(*) AS pages, MAX(visited_at) AS visited, MIN(next_at) AS next
     FROM frontier WHERE domain = ? GROUP BY 1 ORDER BY 2 DESC, 1`,
    domain,
  )
  const urlsOf = (outcome: string): string[] =>
    rows(
      `SELECT url FROM frontier WHERE domain = ? AND outcome = ? ORDER BY depth, id LIMIT ${SHOWN}`,
      domain,
      outcome,
    ).map(row => textOf(row, 'url'))
  const times = (name: string): number[] => outcomes.flatMap(row => (typeof row[name] === 'number' ? [row[name]] : []))
  const [robots] = URL.canParse(url) ? rows('SELECT policy FROM robots WHERE host = ?', new URL(url).origin) : []
  const policy = policyOf(robots)
  const visited = times('visited')
  const next = times('next')
  return {
    addresses: outcomes.reduce((sum, row) => sum + numberOf(row, 'pages'), 0),
    lastVisit: visited.length > 0 ? isoOf(Math.max(...visited)) : undefined,
    nextVisit: next.length > 0 ? isoOf(Math.min(...next)) : undefined,
    robots: policy,
    unreadable: outcomes
      .filter(row => !READ_OUTCOMES.has(textOf(row, 'outcome')))
      .map(row => {
        const triedAt = isoOf(row['visited'])
        const reason = textOf(row, 'outcome')
        return { reason, pages: numberOf(row, 'pages'), urls: urlsOf(reason), ...(triedAt && { triedAt }) }
      }),
  }
}

/** A page that is looked into costs up to some milliseconds; a larger one has text. */
const LOOKED_INTO = 10
const MAX_PAGE_BYTES = 512 * 1024
/** A menu and a footer have more letters than this. */
const FEW_LETTERS = 200

const isScriptOnly = (bytes: unknown): boolean => {
  if (!(bytes instanceof Uint8Array)) return false
  try {
    const page = zstdDecompressSync(bytes, { maxOutputLength: MAX_PAGE_BYTES }).toString()
    return /<script/i.test(page) && visibleLetters(page, FEW_LETTERS) < FEW_LETTERS
  } catch {
    return false
  }
}

/** The pages kept of a domain, and those among them that gave no text because scripts alone fill them. */
const pagesOf = (rows: (sql: string, ...keys: string[]) => Row[], domain: string, read: ReadonlySet<string>) => {
  const [count] = rows('SELECT COUNT(*) AS pages FROM page WHERE domain = ?', domain)
  const silent = rows('SELECT url FROM page WHERE domain = ? ORDER BY LENGTH(url), url LIMIT 200', domain)
    .map(row => textOf(row, 'url'))
    .filter(url => !read.has(url))
    .slice(0, LOOKED_INTO)
  const scripted = silent.flatMap(url => {
    const [row] = rows('SELECT bytes, fetched_at FROM page JOIN body USING (digest) WHERE url = ?', url)
    return row && isScriptOnly(row['bytes']) ? [{ url, at: textOf(row, 'fetched_at') }] : []
  })
  const [first] = scripted
  const urls = scripted.slice(0, SHOWN).map(({ url }) => url)
  return {
    kept: count ? numberOf(count, 'pages') : 0,
    scripted: first ? [{ reason: 'script-only', pages: scripted.length, urls, triedAt: first.at }] : [],
  }
}

const hostOf = (website: string | undefined): string | undefined =>
  website !== undefined && URL.canParse(website) ? new URL(website).hostname : undefined

/** Reads from the state folder of the service; see `SiteCrawlReader`. */
export const createSiteCrawlReader = (folder: string): SiteCrawlReader => {
  const crawl = join(folder, 'crawl.db')
  const isOptedOut = (domains: readonly string[]): boolean =>
    withDatabase(crawl, rows =>
      domains.some(each => rows('SELECT 1 FROM opt_out WHERE domain = ?', each).length > 0),
    ) ?? false
  return {
    read: (siren, website, read) => {
      const known = withDatabase(crawl, rows => seedOf(rows, siren))
      const host = hostOf(website)
      const site: Omit<SiteCrawl, 'state'> = {
        ...(website !== undefined && { website }),
        ...{ pagesKept: 0, unreadable: [] },
      }
      if (host === undefined) return { state: 'no-site', ...site }
      if (isOptedOut([...domainsOf(host), ...(known ? [known.domain] : [])])) return { state: 'opted-out', ...site }
      if (known === undefined) return { state: 'never-queued', ...site }
      const frontier = withDatabase(crawl, rows => frontierOf(rows, known))
      if (frontier === undefined || frontier.addresses === 0)
        return { state: 'never-queued', ...site, domain: known.domain }
      const pages = withDatabase(join(folder, 'pages.db'), rows => pagesOf(rows, known.domain, read))
      const { lastVisit, nextVisit, robots, unreadable } = frontier
      const pagesKept = pages?.kept ?? 0
      return {
        state: pagesKept > 0 ? 'read' : lastVisit !== undefined || unreadable.length > 0 ? 'unread' : 'queued',
        ...{ ...site, domain: known.domain, pagesKept },
        ...(lastVisit !== undefined && { lastVisit }),
        ...(nextVisit !== undefined && { nextVisit }),
        ...(robots !== undefined && { robots }),
        unreadable: [...(pages?.scripted ?? []), ...unreadable],
      }
    },
    sharing: siren =>
      withDatabase(crawl, rows =>
        rows(
          'SELECT siren FROM seed WHERE domain = (SELECT domain FROM seed WHERE siren = ?) AND siren <> ? LIMIT 20',
          siren,
          siren,
        ).map(sirenOf),
      ) ?? [],
  }
}
