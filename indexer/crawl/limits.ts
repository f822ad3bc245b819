const MIB = 1024 * 1024

/** What one fetch may cost at most. Every limit is always in force; a caller may move it, never remove it. */
export interface FetchLimits {
  /** Milliseconds for a name to be resolved. */
  readonly dnsMs: number
  /** Milliseconds to connect, TLS handshake included. */
  readonly connectMs: number
  /** Milliseconds from the request to the end of the headers, informational answers (1xx) included. */
  readonly headersMs: number
  /** Milliseconds without a byte of body. */
  readonly bodyIdleMs: number
  /** Milliseconds for the whole fetch, all hops together, time spent in `beforeRedirect` left out. */
  readonly totalMs: number
  /** Bytes of a page's body as sent, and once decoded; the rest is dropped. */
  readonly wireBytes: number
  readonly decodedBytes: number
  /** Bytes of robots.txt and of a sitemap, as sent and decoded. */
  readonly robotsBytes: number
  readonly sitemapBytes: number
  /** Content encodings on one another. */
  readonly encodings: number
  /** Bytes of all headers. */
  readonly headerBytes: number
  /** Redirects followed. */
  readonly redirects: number
  /** Characters of an address, asked for or redirected to. */
  readonly urlLength: number
  /** Longest pause a server may ask for by Retry-After, milliseconds. */
  readonly retryAfterMs: number
}

/** Sizes: Googlebot reads 2 MB of HTML, RFC 9309 asks for 500 KiB of robots.txt, sitemaps.org allows 50 MiB. Redirects: RFC 9309. */
export const DEFAULT_LIMITS: FetchLimits = {
  dnsMs: 5_000,
  connectMs: 10_000,
  headersMs: 15_000,
  bodyIdleMs: 15_000,
  totalMs: 60_000,
  wireBytes: 2 * MIB,
  decodedBytes: 2 * MIB,
  robotsBytes: 500 * 1024,
  sitemapBytes: 50 * MIB,
  // CVE-2026-22036: a thousand encodings, each cheap to name and dear to undo.
  encodings: 3,
  // Twice Node's default: long Content-Security-Policy headers are common and harmless.
  headerBytes: 32 * 1024,
  redirects: 5,
  urlLength: 2_083,
  retryAfterMs: 24 * 3_600_000,
}

/** What a crawl may cost the sites, and us. */
export interface CrawlLimits {
  /** Requests in flight at once. */
  readonly concurrency: number
  /** Milliseconds between an answer and the next request to that host, at least. */
  readonly minDelayMs: number
  /** The longest Crawl-delay that is kept; a site that asks for more is not crawled. */
  readonly maxCrawlDelayMs: number
  readonly pagesPerSite: number
  /** Links from the home page. */
  readonly depth: number
  /** Links kept of one page. */
  readonly linksPerPage: number
  /** Hosts of one registered domain; wildcard DNS has endlessly many. */
  readonly hostsPerSite: number
  /** Segments of a path, and times one of them may occur. */
  readonly pathDepth: number
  readonly pathRepeats: number
  /** Sitemaps read of a site, addresses taken of each, and how deep their indexes go. */
  readonly sitemapFiles: number
  readonly sitemapEntries: number
  readonly sitemapDepth: number
}

/** Concurrency: Scrapy's; Crawl-delay: StormCrawler's; path repeats: Heritrix'; the rest is ours, see README.md. */
export const CRAWL_LIMITS: CrawlLimits = {
  concurrency: 16,
  minDelayMs: 2_000,
  maxCrawlDelayMs: 30_000,
  pagesPerSite: 100,
  depth: 5,
  linksPerPage: 1_000,
  hostsPerSite: 5,
  pathDepth: 12,
  pathRepeats: 2,
  sitemapFiles: 20,
  sitemapEntries: 5_000,
  sitemapDepth: 3,
}
