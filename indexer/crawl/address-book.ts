import type { CrawlLimits } from './limits.ts'
import type { FrontierEntry } from './ports.ts'
import type { CrawlMemory } from './stores.ts'
import { createSeenPatterns, isTrap } from './traps.ts'
import { canonicalUrl, registeredDomain } from './urls.ts'

/** Addresses kept of one site for each page it may have, so that a hostile one fills nothing. */
const KNOWN_PER_PAGE = 10

/** What is no page by its name: asking for it would only cost the site. */
const NOT_A_PAGE =
  /\.(?:pdf|jpe?g|png|gif|webp|avif|svg|ico|css|m?js|json|xml|rss|zip|gz|tar|7z|rar|exe|dmg|mp[34]|webm|avi|mov|wav|docx?|xlsx?|pptx?|odt|ods|csv|ics|woff2?|ttf|eot)$/i

/** The addresses of one site: what is known, and what may still be added. */
export interface AddressBook {
  /** Addresses asked for so far. */
  readonly visited: Set<string>
  /** The canonical form of an address found, when it is new and worth a visit; it is then known. */
  admit(url: string, base?: string): Pick<FrontierEntry, 'url' | 'host' | 'domain'> | undefined
}

/** Opens the book of a site from the frontier: a resumed crawl knows what it had. */
export const openAddressBook = (memory: CrawlMemory, domain: string, limits: CrawlLimits): AddressBook => {
  const known = new Set<string>()
  const hosts = new Set<string>()
  const patterns = createSeenPatterns(limits.pagesPerSite, limits)
  const add = (url: string): void => {
    known.add(url)
    hosts.add(new URL(url).host)
    patterns.add(url)
  }
  const addresses = memory.addressesOf(domain)
  for (const { url } of addresses) add(url)
  return {
    visited: new Set(addresses.filter(each => each.visited).map(each => each.url)),
    admit(found, base) {
      const url = canonicalUrl(found, base)
      if (url === undefined || known.has(url) || known.size >= KNOWN_PER_PAGE * limits.pagesPerSite) return undefined
      const { host, hostname, pathname } = new URL(url)
      if (registeredDomain(hostname) !== domain || NOT_A_PAGE.test(pathname)) return undefined
      if ((!hosts.has(host) && hosts.size >= limits.hostsPerSite) || isTrap(url, patterns) !== undefined)
        return undefined
      add(url)
      return { url, host, domain }
    },
  }
}
