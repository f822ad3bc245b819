import { Agent } from 'undici'
import { createAddressGuard } from './address-guard.ts'
import { conclude } from './conclude.ts'
import { createConnector } from './connector.ts'
import { ACCEPTED_ENCODINGS } from './decode-body.ts'
import { FetchFault, outcomeOf } from './fetch-errors.ts'
import { follow, type Journey } from './journey.ts'
import { DEFAULT_LIMITS, type FetchLimits } from './limits.ts'
import type { Fetcher, FetchPurpose, Validators } from './ports.ts'
import { withoutSecrets } from './redirect.ts'
import { createResolver, type Resolve } from './resolver.ts'

export interface FetcherOptions {
  /** Who asks: a product token and an address that explains the robot. */
  readonly userAgent: string
  /** Limits other than `DEFAULT_LIMITS`. */
  readonly limits?: Partial<FetchLimits>
  /** Ports that may be asked; default 80 and 443. */
  readonly ports?: readonly number[]
  /** Follows a page's redirect to another registered domain instead of reporting `foreign-redirect`; default false. */
  readonly followForeignRedirects?: boolean
  /** Certificate authorities trusted instead of the usual ones, PEM. */
  readonly ca?: string
  /** Every address of a name; default the DNS servers of the machine. */
  readonly resolve?: Resolve
  /** Lets in an address that is not public. No setting leads here: for tests on the loopback. */
  readonly allowAddress?: (address: string) => boolean
  /** The port to connect to in the place of an address's own. No setting leads here: for tests without the right to 80 and 443. */
  readonly connectPort?: (port: number) => number
}

const ACCEPT: Readonly<Record<FetchPurpose, string>> = {
  page: 'text/html,application/xhtml+xml;q=0.9',
  robots: 'text/plain,*/*;q=0.5',
  sitemap: 'application/xml,text/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5',
}

/** A validator that came from a server is sent back only when it can be a header at all. */
const isHeaderText = (value: string | undefined): value is string =>
  value !== undefined && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value)

const requestHeaders = (userAgent: string, purpose: FetchPurpose, validators: Validators | undefined) => ({
  'user-agent': userAgent,
  accept: ACCEPT[purpose],
  'accept-encoding': ACCEPTED_ENCODINGS,
  'accept-language': 'fr,en;q=0.5',
  ...(isHeaderText(validators?.etag) && { 'if-none-match': validators.etag }),
  ...(isHeaderText(validators?.lastModified) && { 'if-modified-since': validators.lastModified }),
})

const parseUrl = (url: string, { urlLength }: FetchLimits): URL => {
  if (url.length > urlLength) throw new FetchFault('unsupported-scheme', `an address of ${url.length} characters`)
  const parsed = URL.parse(url)
  if (parsed === null) throw new FetchFault('unsupported-scheme', `not an absolute URL: ${url.slice(0, 200)}`)
  return withoutSecrets(parsed)
}

/** A fetcher over HTTP/1.1 whose every connection goes through the address guard. Not polite by itself: delays are the caller's. */
export const createFetcher = (options: FetcherOptions): Fetcher => {
  const limits: FetchLimits = { ...DEFAULT_LIMITS, ...options.limits }
  const {
    userAgent,
    ports = [80, 443],
    resolve = createResolver(limits.dnsMs),
    allowAddress,
    ca,
    connectPort,
  } = options
  if (!isHeaderText(userAgent)) throw new Error(`User-Agent ${JSON.stringify(userAgent)}: give one line of ASCII text`)
  const guard = createAddressGuard({ ports, resolve, dnsMs: limits.dnsMs, allowAddress })
  const dispatcher = new Agent({
    connect: createConnector({ guard, connectMs: limits.connectMs, ca, connectPort }),
    allowH2: false,
    maxHeaderSize: limits.headerBytes,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveMaxTimeout: 10_000,
  })
  return {
    async fetch(url, fetchOptions = {}) {
      const { signal, purpose = 'page', validators } = fetchOptions
      signal?.throwIfAborted()
      const journey: Journey = {
        limits,
        guard,
        dispatcher,
        purpose,
        headers: requestHeaders(userAgent, purpose, validators),
        followForeign: purpose === 'robots' || options.followForeignRedirects === true,
        options: fetchOptions,
        spentMs: 0,
      }
      try {
        return await conclude(journey, url, await follow(journey, parseUrl(url, limits)))
      } catch (error) {
        if (error instanceof FetchFault) return outcomeOf(error.reason, error.detail)
        throw error
      }
    },
    close: () => dispatcher.destroy(),
  }
}
