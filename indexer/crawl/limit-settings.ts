import { CRAWL_LIMITS, type CrawlLimits, DEFAULT_LIMITS, type FetchLimits } from './limits.ts'

/** Bounds of what an operator may set: a limit can be moved, never removed, and politeness only grows. */
const SECOND_MS = 1_000
const MIB = 1024 * 1024
const FETCH_BOUNDS: Readonly<Record<keyof FetchLimits, readonly [least: number, most: number]>> = {
  dnsMs: [100, 60 * SECOND_MS],
  connectMs: [100, 60 * SECOND_MS],
  headersMs: [100, 120 * SECOND_MS],
  bodyIdleMs: [100, 120 * SECOND_MS],
  totalMs: [SECOND_MS, 600 * SECOND_MS],
  wireBytes: [16 * 1024, 50 * MIB],
  decodedBytes: [16 * 1024, 50 * MIB],
  robotsBytes: [500 * 1024, 5 * MIB],
  sitemapBytes: [64 * 1024, 50 * MIB],
  encodings: [1, 5],
  headerBytes: [8 * 1024, MIB],
  redirects: [0, 20],
  urlLength: [256, 8_192],
  retryAfterMs: [60 * SECOND_MS, 30 * 86_400 * SECOND_MS],
}
const CRAWL_BOUNDS: Readonly<Record<keyof CrawlLimits, readonly [least: number, most: number]>> = {
  concurrency: [1, 256],
  minDelayMs: [SECOND_MS, 600 * SECOND_MS],
  maxCrawlDelayMs: [SECOND_MS, 600 * SECOND_MS],
  pagesPerSite: [1, 10_000],
  depth: [0, 20],
  linksPerPage: [1, 6_000],
  hostsPerSite: [1, 100],
  pathDepth: [1, 20],
  pathRepeats: [1, 20],
  sitemapFiles: [0, 1_000],
  sitemapEntries: [0, 50_000],
  sitemapDepth: [1, 11],
}

/** Every limit: its name, default and bounds, in the order of README.md. */
export const LIMIT_SETTINGS = [
  ...Object.entries(CRAWL_BOUNDS).map(([name, bounds]) => ({
    name,
    value: Object.entries(CRAWL_LIMITS).find(([key]) => key === name)?.[1] ?? 0,
    bounds,
  })),
  ...Object.entries(FETCH_BOUNDS).map(([name, bounds]) => ({
    name,
    value: Object.entries(DEFAULT_LIMITS).find(([key]) => key === name)?.[1] ?? 0,
    bounds,
  })),
]

/** A limit that does not exist, or a value out of its bounds; the message names it and what may be given. */
export class LimitError extends Error {
  override readonly name = 'LimitError'
}

/** The limits that a setting moves. Throws a `LimitError`. */
export const limitsFrom = (
  given: Readonly<Record<string, number>>,
): { readonly fetch: Partial<FetchLimits>; readonly crawl: Partial<CrawlLimits> } => {
  for (const [name, value] of Object.entries(given)) {
    const known = LIMIT_SETTINGS.find(limit => limit.name === name)
    if (known === undefined) {
      const names = LIMIT_SETTINGS.map(limit => limit.name).join(', ')
      throw new LimitError(`CRAWL_LIMITS: there is no limit "${name}"; there are ${names}`)
    }
    const [least, most] = known.bounds
    if (value < least || value > most) {
      throw new LimitError(`CRAWL_LIMITS: ${name}=${value}: give a number from ${least} to ${most}`)
    }
  }
  const of = (bounds: object) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(bounds, name)))
  return { fetch: of(FETCH_BOUNDS), crawl: of(CRAWL_BOUNDS) }
}
