import type { AnswerHeaders } from './exchange.ts'
import { FetchFault } from './fetch-errors.ts'
import { registeredDomain } from './urls.ts'

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

export const isRedirect = (status: number): boolean => REDIRECTS.has(status)

/** Header bytes reach us as Latin-1; servers that send a raw accent in an address mean UTF-8, and browsers read it so. */
const asUtf8 = (latin1: string): string => {
  const text = Buffer.from(latin1, 'latin1').toString('utf8')
  return text.includes('\ufffd') ? latin1 : text
}

/** Where an answer redirects to, without fragment, user and password. Throws `bad-redirect` when it does not say. */
export const redirectTarget = (from: URL, status: number, headers: AnswerHeaders, maxLength: number): URL => {
  const { location } = headers
  const [first, ...others] = typeof location === 'string' ? [location] : (location ?? [])
  if (first === undefined || first.trim() === '')
    throw new FetchFault('bad-redirect', `HTTP ${status} without Location`)
  if (others.some(other => other !== first))
    throw new FetchFault('bad-redirect', `HTTP ${status} with several Locations`)
  const target = URL.parse(asUtf8(first), from.href)
  if (target === null || target.href.length > maxLength) {
    throw new FetchFault('bad-redirect', `HTTP ${status} with Location ${first.slice(0, 200)}`)
  }
  return withoutSecrets(target)
}

/** An address as it is asked for: the fragment is never sent, and a crawler gives nobody's password. */
export const withoutSecrets = (url: URL): URL => {
  const bare = new URL(url)
  bare.hash = ''
  bare.username = ''
  bare.password = ''
  return bare
}

/** Whether two addresses belong to one registered domain (public suffix list). */
export const sameRegisteredDomain = (a: URL, b: URL): boolean =>
  registeredDomain(a.hostname) === registeredDomain(b.hostname)
