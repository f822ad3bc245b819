import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from './database.ts'

/** How far the crawl of a state folder is, as another process may ask. */
export interface CrawlCounts {
  readonly pages: number
  readonly outcomes: readonly { readonly outcome: string; readonly addresses: number }[]
}

const MAX_AGE_MS = 30_000

const rows = (path: string, sql: string): readonly Readonly<Record<string, unknown>>[] => {
  if (!existsSync(path)) return []
  const connection = new DatabaseSync(path, { readOnly: true, timeout: 1_000 })
  try {
    return connection.prepare(sql).all()
  } finally {
    connection.close()
  }
}

/** Reads the counts, at most every 30 s: they walk the frontier. Nothing was crawled, or cannot be read: no counts. */
export const createCrawlCounts = (folder: string, now: () => number = Date.now): (() => CrawlCounts | undefined) => {
  let last: { readonly at: number; readonly counts: CrawlCounts | undefined } | undefined
  const read = (): CrawlCounts | undefined => {
    try {
      const [pages] = rows(join(folder, 'pages.db'), 'SELECT COUNT(*) AS count FROM page')
      if (pages === undefined) return undefined
      const outcomes = rows(
        join(folder, 'crawl.db'),
        "SELECT COALESCE(outcome, 'waiting') AS outcome, COUNT(*) AS count FROM frontier GROUP BY 1 ORDER BY 1",
      )
      return {
        pages: numberOf(pages, 'count'),
        outcomes: outcomes.map(row => ({ outcome: textOf(row, 'outcome'), addresses: numberOf(row, 'count') })),
      }
    } catch {
      // A crawl that is just creating its files is no fault of the service.
      return undefined
    }
  }
  return () => {
    if (last === undefined || now() - last.at > MAX_AGE_MS) last = { at: now(), counts: read() }
    return last.counts
  }
}
