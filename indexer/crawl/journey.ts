import type { Dispatcher } from 'undici'
import type { AddressGuard } from './address-guard.ts'
import { contentCodings } from './decode-body.ts'
import { type Answer, type AnswerHeaders, exchange } from './exchange.ts'
import { FetchFault } from './fetch-errors.ts'
import type { FetchLimits } from './limits.ts'
import { declaredVerdict } from './media-type.ts'
import type { FetchOptions, FetchPurpose } from './ports.ts'
import { isRedirect, redirectTarget, sameRegisteredDomain } from './redirect.ts'

/** An answer and the address that gave it. */
export interface Reached {
  readonly answer: Answer
  readonly finalUrl: URL
}

/** One fetch from its first request to its last. */
export interface Journey {
  readonly limits: FetchLimits
  readonly guard: AddressGuard
  readonly dispatcher: Dispatcher
  readonly headers: Readonly<Record<string, string>>
  readonly purpose: FetchPurpose
  /** Follows redirects to other registered domains. */
  readonly followForeign: boolean
  readonly options: FetchOptions
  /** Milliseconds spent so far, waits of the caller left out. */
  spentMs: number
}

/** The statuses whose body is what was asked for. */
export const isContent = (status: number): boolean => status === 200 || status === 203

/** A header sent more than once is one list (RFC 9110 §5.3). */
export const headerText = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'object' ? value.join(', ') : value

/** The most bytes a body may have for a purpose, as sent and decoded. */
export const byteLimits = (
  purpose: FetchPurpose,
  limits: FetchLimits,
): { readonly wire: number; readonly decoded: number } => {
  if (purpose === 'robots') return { wire: limits.robotsBytes, decoded: limits.robotsBytes }
  if (purpose === 'sitemap') return { wire: limits.sitemapBytes, decoded: limits.sitemapBytes }
  return { wire: limits.wireBytes, decoded: limits.decodedBytes }
}

/** Whether the body is worth reading, told by the headers; throws when its encodings are refused. */
const wantsBody =
  ({ purpose, limits }: Journey) =>
  (status: number, headers: AnswerHeaders): boolean => {
    if (!isContent(status) || declaredVerdict(headerText(headers['content-type']), purpose) === 'no') return false
    contentCodings(headerText(headers['content-encoding']), limits.encodings)
    return true
  }

const ask = async (journey: Journey, url: URL): Promise<Answer> => {
  const refused = journey.guard.checkUrl(url)
  if (refused !== undefined) throw refused
  const { limits, purpose, headers, options } = journey
  const started = performance.now()
  try {
    return await exchange(journey.dispatcher, {
      url,
      headers,
      limits,
      maxWireBytes: byteLimits(purpose, limits).wire,
      budgetMs: limits.totalMs - journey.spentMs,
      wants: wantsBody(journey),
      signal: options.signal,
    })
  } finally {
    journey.spentMs += performance.now() - started
  }
}

/** The address a redirect leads to, checked for everything that needs no connection. */
const nextHop = (journey: Journey, from: URL, answer: Answer, visited: ReadonlySet<string>): URL => {
  const { limits, guard, followForeign } = journey
  const target = redirectTarget(from, answer.status, answer.headers, limits.urlLength)
  const refused = guard.checkUrl(target)
  if (refused !== undefined) throw refused
  if (!followForeign && !sameRegisteredDomain(from, target)) throw new FetchFault('foreign-redirect', target.href)
  // No cookies are kept, so an address that redirected once redirects for ever.
  if (visited.has(target.href) || visited.size > limits.redirects) {
    throw new FetchFault('too-many-redirects', target.href)
  }
  return target
}

/** Asks, and follows redirects, until something else answers. Rejects with a `FetchFault`, or with the signal's reason. */
export const follow = async (journey: Journey, from: URL): Promise<Reached> => {
  const visited = new Set<string>()
  let url = from
  for (;;) {
    visited.add(url.href)
    const answer = await ask(journey, url)
    if (!isRedirect(answer.status)) return { answer, finalUrl: url }
    url = nextHop(journey, url, answer, visited)
    const reason = await journey.options.beforeRedirect?.(url)
    journey.options.signal?.throwIfAborted()
    if (reason !== undefined) throw new FetchFault(reason, url.href)
  }
}
