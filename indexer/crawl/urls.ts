import { getDomain } from 'tldts'

/** Longest address that is followed, in characters (Scrapy's default; browsers' old limit). */
export const MAX_URL_LENGTH = 2083

/** Parameters that only tell a site where its visitor came from: by beginning, then by name, in lower case. */
const TRACKING_PREFIXES = [
  'utm_',
  'pk_',
  'mtm_',
  'piwik_',
  'matomo_',
  'hsa_',
  '__hs',
  '_hs',
  'oly_',
  'vero_',
  'elqtrack',
]
const TRACKING_NAMES = new Set(
  (
    'gclid gclsrc dclid gbraid wbraid fbclid msclkid yclid twclid ttclid li_fat_id mc_cid mc_eid igsh igshid srsltid _ga _gl ' +
    '_gac epik scid sccid mkt_tok s_cid wt_mc xtor xtref xts at_medium at_campaign at_creation at_variant at_custom1 ' +
    'hsctatracking rb_clickid wickedid dm_i ref_src _openstat cmpid'
  ).split(' '),
)

/** Parameters that hold a visitor's session: a new address at each visit to the same page. */
const SESSION_NAMES = new Set(
  'jsessionid phpsessid sessionid session_id sessid oscsid zenid cfid cftoken asp.net_sessionid'.split(' '),
)
const SESSION_TOKEN = /^[0-9a-z,-]{16,}$/i

const isNoise = (name: string, value: string): boolean =>
  TRACKING_NAMES.has(name) ||
  TRACKING_PREFIXES.some(prefix => name.startsWith(prefix)) ||
  SESSION_NAMES.has(name) ||
  /^aspsessionid[a-z]{8}$/.test(name) ||
  // `sid` and `s` also name sections and searches: only a long token is a session.
  ((name === 'sid' || name === 's') && SESSION_TOKEN.test(value) && /\d/.test(value))

/** Escapes in upper case, unreserved characters plain (RFC 3986 §6.2.2), a stray `%` and what no URI may hold escaped. */
const normaliseEscapes = (text: string): string =>
  text
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
    .replace(/%[0-9a-f]{2}/gi, found => {
      const character = String.fromCharCode(Number.parseInt(found.slice(1), 16))
      return /[A-Za-z0-9._~-]/.test(character) ? character : found.toUpperCase()
    })
    .replace(/[\\^`{|}[\]"<>]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/** `;jsessionid=…` after a segment, and the segments ASP.NET puts a session into: `/(S(…))/`, `/(token)/`. */
const withoutSession = (path: string): string =>
  path
    .replace(/;jsessionid=[^/;]*/gi, '')
    .replace(/\/\((?:[a-z]\([a-z0-9]{24}\))+\)(?=\/)|\/\([a-z0-9]{24}\)(?=\/)/gi, '')

// Only at the root, which is known to answer: a folder's own address need not (static hosting without an index).
const ROOT_INDEX = /^\/(?:index\.(?:html?|php|aspx?)|default\.(?:html?|aspx?))$/i

/** A path's normal form; without its session a segment may be `.` or `..`, hence the second parsing. */
const canonicalPath = (path: string): string =>
  new URL(`http://host${withoutSession(normaliseEscapes(path))}`).pathname
    // Doubled slashes come from careless joins; those of an address inside the path (`/go/http://…`) mean something.
    .replace(/(?<!:)\/{2,}/g, '/')

const canonicalQuery = (query: string): string =>
  normaliseEscapes(query)
    .split('&')
    .filter(part => {
      const [name = '', ...value] = part.split('=')
      return part !== '' && !isNoise(name.toLowerCase(), value.join('='))
    })
    .join('&')

/** The host without the root's dot, if its labels have lengths that DNS can hold. */
const canonicalHost = (hostname: string): string | undefined => {
  const host = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname
  const sound = host.startsWith('[') || (host.length <= 253 && host.split('.').every(label => /^.{1,63}$/.test(label)))
  return sound ? host : undefined
}

/**
 * The one address of a page, to ask for it and to know it again; undefined when it is no web address (http, https) or is
 * longer than 2,083 characters. Beyond WHATWG parsing it drops fragment, credentials, tracking parameters and sessions,
 * and settles percent-encoding. Canonical addresses are their own canonical address.
 *
 * What may differ on some server stays: scheme, `www.`, a last slash, letter case, and the order of parameters, which rules
 * of robots.txt (`/*?filter=`) and scripts with unnamed parameters read; the endless orders of facets are `isTrap`'s.
 */
export const canonicalUrl = (url: string, base?: string): string | undefined => {
  const parsed = URL.parse(url, base)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return undefined
  const host = canonicalHost(parsed.hostname)
  if (host === undefined) return undefined
  const query = canonicalQuery(parsed.search.slice(1))
  const port = parsed.port === '' ? '' : `:${parsed.port}`
  const written = canonicalPath(parsed.pathname)
  const path = query === '' && ROOT_INDEX.test(written) ? '/' : written
  const canonical = `${parsed.protocol}//${host}${port}${path}${query === '' ? '' : `?${query}`}`
  return canonical.length <= MAX_URL_LENGTH ? canonical : undefined
}

/**
 * The domain someone registered, by the public suffix list: `blog.exemple.fr` gives `exemple.fr`. Sites on a shared host
 * (`atelier.github.io`) are each their own. Addresses, single labels and bare suffixes are returned as they are.
 */
export const registeredDomain = (host: string): string =>
  getDomain(host, { extractHostname: false, allowPrivateDomains: true }) ?? host
