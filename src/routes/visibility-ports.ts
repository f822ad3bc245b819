import type { Mirror } from '../search/visibility/visibility.ts'
import type { SiteCrawlReader } from '../store/site-crawl.ts'
import type { SiteLookup } from '../store/site-lookup.ts'

/** What the mirror's routes read: the index, the crawl's files, the sites of the catalogue. */
export interface VisibilityPorts {
  readonly mirror: Mirror
  readonly crawl: SiteCrawlReader
  readonly sites: SiteLookup
}
