import type { Siren } from '../../src/model/siren.ts'

/** What the crawler needs of others: the store implements it, `main.ts` joins the two. */

/** Why a page was not taken. Each is a stated end, never an exception; `excluded` and `gone` are lasting, `failed` passes. */
export type FetchReason =
  | 'robots'
  | 'noindex'
  | 'opted-out'
  | 'private-address'
  | 'unsupported-scheme'
  | 'unsupported-port'
  | 'not-html'
  | 'too-many-redirects'
  | 'bad-redirect'
  | 'foreign-redirect'
  | 'host-not-found'
  | 'dns-timeout'
  | 'dns-failure'
  | 'connect-timeout'
  | 'connection-refused'
  | 'connection-reset'
  | 'tls-error'
  | 'headers-timeout'
  | 'headers-overflow'
  | 'body-timeout'
  | 'total-timeout'
  | 'truncated-body'
  | 'empty-page'
  | 'protocol-error'
  | 'decoding-error'
  | 'too-many-encodings'
  | 'rate-limited'
  | 'server-error'
  | 'client-error'
  | 'gone'
  | 'crawl-delay'
  | 'trap'

/** A page as it was received, body decoded from its transfer encodings but not from its charset. */
export interface FetchedPage {
  /** The address asked for, and the one that answered after redirects. */
  readonly url: string
  readonly finalUrl: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** The body was cut at the limit of decoded bytes. */
  readonly truncated: boolean
  /** ISO 8601. */
  readonly fetchedAt: string
  readonly durationMs: number
}

export type FetchOutcome =
  | { readonly kind: 'fetched'; readonly page: FetchedPage }
  | { readonly kind: 'not-modified'; readonly durationMs: number }
  | { readonly kind: 'excluded'; readonly reason: FetchReason; readonly detail?: string; readonly status?: number }
  | { readonly kind: 'gone'; readonly status: number }
  | {
      readonly kind: 'failed'
      readonly reason: FetchReason
      readonly detail?: string
      readonly status?: number
      readonly retryAfterMs?: number
    }

/** What a conditional request sends (RFC 9110 §13). */
export interface Validators {
  readonly etag?: string
  readonly lastModified?: string
}

/**
 * What the answer is for, which decides the media types taken and the size limit: `page` (default) takes HTML and XHTML,
 * `robots` anything as text and follows redirects to other domains (RFC 9309 §2.3.1.2), `sitemap` XML and text, a gzip file unpacked.
 */
export type FetchPurpose = 'page' | 'robots' | 'sitemap'

export interface FetchOptions {
  readonly purpose?: FetchPurpose
  readonly validators?: Validators
  readonly signal?: AbortSignal
  /** Awaited before each redirect is followed, outside every time limit: the place of robots.txt and of the host's delay. A reason ends the fetch. */
  readonly beforeRedirect?: (to: URL) => Promise<FetchReason | undefined>
}

/** Fetches one address: redirects followed and rechecked hop by hop, every limit in force. Never throws but for its signal. */
export interface Fetcher {
  fetch(url: string, options?: FetchOptions): Promise<FetchOutcome>
  close(): Promise<void>
}

/** Where addresses come from and go to: durable, resumed after any kill. */
export interface FrontierEntry {
  readonly url: string
  readonly host: string
  /** Registered domain (public suffix list). */
  readonly domain: string
  readonly siren: Siren
  /** Links from the home page. */
  readonly depth: number
  readonly attempts: number
  readonly validators?: Validators
}

/** The pages read, kept to extract from again without a second visit. */
export interface StoredPage {
  readonly url: string
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
