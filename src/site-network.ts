import { createAddressGuard } from '../indexer/crawl/address-guard.ts'
import { createFetcher, type FetcherOptions } from '../indexer/crawl/fetcher.ts'
import { bareHost } from './store/site-lookup.ts'

/** The service's only way to sites of firms: the crawler's, with its guard and limits narrowed to one small file. */

/** Enough for a line among comments. */
const FILE_BYTES = 4_096
const FILE_MS = 10_000
const PORTS = [80, 443]

export interface SiteNetwork {
  /** The text at an address: of that very site, public addresses only, 4 KiB and 10 s at most; `undefined` otherwise. */
  fetchFile(address: string, signal: AbortSignal): Promise<string | undefined>
  /** Why the crawler would not go to an address, without asking anybody; `undefined` when it would. */
  refusesSite(url: URL): string | undefined
  close(): Promise<void>
}

/** `publicUrl` is told to the sites that are asked; `fetcher` changes the network, for tests. */
export const createSiteNetwork = (
  publicUrl: string,
  fetcher: Partial<Omit<FetcherOptions, 'userAgent'>> = {},
): SiteNetwork => {
  const userAgent = publicUrl === '' ? 'Brique/0.1' : `Brique/0.1 (+${publicUrl}/robot)`
  const { ports = PORTS } = fetcher
  const limits = { totalMs: FILE_MS, robotsBytes: FILE_BYTES, redirects: 2, ...fetcher.limits }
  const network = createFetcher({ ...fetcher, userAgent, ports, limits })
  const guard = createAddressGuard({ ports, resolve: async () => [], dnsMs: 1 })
  return {
    async fetchFile(address, signal) {
      const { hostname } = new URL(address)
      // A redirect that leaves the host is somebody else's word; from http to https, or to "www.", it is the same site.
      const outcome = await network.fetch(address, {
        purpose: 'robots',
        signal,
        beforeRedirect: async to => (bareHost(to.hostname) === bareHost(hostname) ? undefined : 'foreign-redirect'),
      })
      return outcome.kind === 'fetched' ? new TextDecoder().decode(outcome.page.body) : undefined
    },
    refusesSite: url => guard.checkUrl(url)?.reason,
    close: () => network.close(),
  }
}
