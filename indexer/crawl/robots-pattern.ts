/** A path pattern of robots.txt, ready to be matched: what stands between its wildcards. */
export interface Pattern {
  readonly head: string
  readonly middle: readonly string[]
  /** What the path must end with (`$`); undefined when anything may follow. */
  readonly tail: string | undefined
  readonly wildcard: boolean
  /** Octets of the pattern as written: the longest match wins (RFC 9309 §2.2.2). */
  readonly length: number
}

/** Splits a pattern at `*`; only a `$` in last place is special (RFC 9309 §2.2.3). */
export const compilePattern = (text: string): Pattern => {
  const anchored = text.endsWith('$')
  const [head = '', ...rest] = (anchored ? text.slice(0, -1) : text).split('*')
  const tail = anchored ? (rest.pop() ?? '') : undefined
  const wildcard = rest.length > 0 || (anchored && text.includes('*'))
  return { head, middle: rest.filter(piece => piece !== ''), tail, wildcard, length: text.length }
}

/**
 * Whether a pattern matches a path from its start. Each piece is taken at its first place after the one before, which is
 * enough for wildcards without alternatives: no backtracking, so 5,000 stars cost no more than one (robots-parser #12).
 */
export const matchesPattern = ({ head, middle, tail, wildcard }: Pattern, path: string): boolean => {
  if (!path.startsWith(head)) return false
  if (tail !== undefined && !wildcard) return path.length === head.length
  let position = head.length
  for (const piece of middle) {
    const found = path.indexOf(piece, position)
    if (found < 0) return false
    position = found + piece.length
  }
  return tail === undefined || (path.length - tail.length >= position && path.endsWith(tail))
}

const hexadecimal = (octet: string): string => `%${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`

/** A pattern as Google's parser compares it: octets outside ASCII escaped, escapes in upper case, nothing else touched. */
export const escapeOctets = (octets: string): string =>
  octets.replace(/%[0-9a-f]{2}|[\x80-\xff]/gi, found => (found.length === 3 ? found.toUpperCase() : hexadecimal(found)))

const UNRESERVED = /[A-Za-z0-9._~-]/

const decodeUnreserved = (octets: string, also: string): string =>
  octets.replace(/%([0-9A-F]{2})/g, (found, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16))
    return UNRESERVED.test(character) || also.includes(character) ? character : found
  })

/**
 * The normal form of RFC 9309 §2.2.2: also unreserved characters unescaped, and `:` and `/` in a query, whose escaped and
 * plain forms the RFC's table holds equal.
 */
export const normaliseOctets = (octets: string): string => {
  const escaped = escapeOctets(octets)
  const query = escaped.indexOf('?')
  if (query < 0) return decodeUnreserved(escaped, '')
  return decodeUnreserved(escaped.slice(0, query), '') + decodeUnreserved(escaped.slice(query), ':/')
}

/** The normal form of a rule: a `$` that ends nothing is an ordinary character, which the RFC writes `%24`. */
export const normalisePattern = (octets: string): string => normaliseOctets(octets).replace(/\$(?!$)/g, '%24')

/** The normal form of a path to match: `*` and `$` in it are ordinary characters (RFC 9309 §2.2.3). */
export const normalisePath = (octets: string): string =>
  normaliseOctets(octets).replaceAll('*', '%2A').replaceAll('$', '%24')

/**
 * Path and query of an address, from text that need not be a URL, as Google's parser does (`GetPathParamsQuery`): `/` when
 * there is none, parameters and query without a path get one, the fragment is dropped.
 */
export const pathToMatch = (url: string): string => {
  const start = url.startsWith('//') ? 2 : 0
  const early = url.slice(start).search(/[/?;]/)
  const scheme = url.indexOf('://', start)
  const afterScheme = scheme < 0 || (early >= 0 && start + early < scheme) ? start : scheme + 3
  const found = url.slice(afterScheme).search(/[/?;]/)
  if (found < 0) return '/'
  const [path = ''] = url.slice(afterScheme + found).split('#', 1)
  if (url.slice(start, afterScheme + found).includes('#')) return '/'
  return path.startsWith('/') ? path : `/${path}`
}
