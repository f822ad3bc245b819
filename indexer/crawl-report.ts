import type { CrawlStore } from '../src/store/crawl-store.ts'
import type { PageStore } from '../src/store/page-store.ts'

/** What the operator is told of a crawl. */

/** What to do about a home page that could not be read; reasons without an entry pass by themselves. */
const REMEDIES: Readonly<Record<string, string>> = {
  robots: 'the site does not want it, or its robots.txt could not be read: nothing to do',
  noindex: 'the site does not want to be found: nothing to do',
  'crawl-delay': 'the site asks for longer pauses than are kept: nothing to do',
  'opted-out': 'left out at the wish of its owner',
  'host-not-found': 'the address is out of date: correct it in your own list',
  'foreign-redirect': 'the firm has moved to another domain: correct the address in your own list',
  'tls-error': 'its certificate is not valid: tell the firm',
  'private-address': 'its name leads into a private network: it is not asked',
  gone: 'the home page is gone; after three weeks its text is forgotten',
}

const line = (count: number, text: string): string => `${String(count).padStart(8)}  ${text}`

/** How the turns of a run ended, the most frequent first. */
export const outcomeLines = (counts: ReadonlyMap<string, number>): readonly string[] =>
  [...counts].sort(([, a], [, b]) => b - a).map(([outcome, count]) => line(count, outcome))

/** The state of the whole crawl: pages kept, addresses by outcome, home pages that failed and what to do. */
export const reportLines = (store: CrawlStore, pages: PageStore): readonly string[] => {
  const kept = pages.counts()
  const megabytes = (kept.bytes / 1024 / 1024).toFixed(1)
  const troubled = Map.groupBy(store.troubledSites(), site => site.outcome)
  return [
    `${kept.pages} pages of ${pages.domains().length} sites kept, ${kept.bodies} of them distinct, ${megabytes} MiB`,
    'Addresses by their last outcome:',
    ...store.outcomes().map(({ outcome, addresses }) => line(addresses, outcome)),
    ...[...troubled].flatMap(([outcome, sites]) => [
      '',
      `${sites.length} home pages ended in "${outcome}"${outcome in REMEDIES ? `: ${REMEDIES[outcome]}` : ': tried again later'}`,
      ...sites.map(site => `  ${site.url}${site.detail === '' ? '' : ` (${site.detail})`}`),
    ]),
  ]
}
