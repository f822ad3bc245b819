import { CRAWL_LIMITS, type CrawlLimits } from './limits.ts'

/** Why an address is taken for one of endlessly many that lead nowhere. */
export type Trap = 'too-deep' | 'repeated-segments' | 'session-id' | 'calendar' | 'facets' | 'action' | 'pattern-budget'

/** Segments of a path (Heritrix: 20), and times one of them may occur (Heritrix: 2). */
type PathLimits = Pick<CrawlLimits, 'pathDepth' | 'pathRepeats'>

/** How many addresses of each pattern one site has had so far; the crawl counts them (`urlPattern`), in memory or in its frontier. */
export interface SeenPatterns {
  /** Pages the crawl takes of this site at most. */
  readonly pageBudget: number
  readonly limits: PathLimits
  countOf(pattern: string): number
}

/** Share of a site's pages that addresses of one pattern may take. */
const PATTERN_SHARE = 0.2

/** Parameters that filter or order one list: each combination is a page, none has anything new. */
const FILTERS = new Set(
  (
    'filter filters filtre filtres facet facets color colour couleur size taille brand marque price prix min_price max_price ' +
    'price_min price_max material matiere per_page perpage limit limitstart rating stock tag tags'
  ).split(' '),
)
const ORDERS = new Set('sort sortby sort_by orderby order_by order tri trier dir product_list_order'.split(' '))

/** Parameters that do something on behalf of a visitor: a robot has no business there. */
const ACTIONS = new Set('add-to-cart add_to_cart add_to_wishlist remove_item replytocom share logout'.split(' '))

const DATES = new Set(
  'date day month year jour mois annee cal calendar eventdate tribe-bar-date ical outlook-ical'.split(' '),
)

const MAX_PARAMETERS = 8

/** Ends with a year and a month, perhaps a day: a page of a calendar or an archive. An article's address has a name after. */
const DATED_PATH = /\/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-](?:0?[1-9]|[12]\d|3[01]))?\/?$/

const segmentsOf = (url: URL): string[] => url.pathname.split('/').filter(segment => segment !== '')

const hasRepeats = (segments: readonly string[], most: number): boolean => {
  const counts = new Map<string, number>()
  for (const segment of segments) counts.set(segment, (counts.get(segment) ?? 0) + 1)
  return [...counts.values()].some(count => count > most)
}

/** Sessions under names that `canonicalUrl` does not know: told by name and by a value nobody would write. */
const hasSession = (url: URL): boolean =>
  /;[a-z_]*(?:sid|sess)[a-z_]*=/i.test(url.pathname) ||
  [...url.searchParams].some(
    ([name, value]) => /sess|sid$|^token$/i.test(name) && /^(?=.*\d)[a-z0-9_-]{16,}$/i.test(value),
  )

const isCalendar = (url: URL): boolean =>
  DATED_PATH.test(url.pathname) ||
  [...url.searchParams].some(([name, value]) => DATES.has(name.toLowerCase()) && /^[\d/.-]*$/.test(value))

const isFaceted = (names: readonly string[]): boolean =>
  names.length > MAX_PARAMETERS ||
  names.some(name => ORDERS.has(name)) ||
  names.filter(name => FILTERS.has(name) || /\[.*\]|^(?:filter|pa|f)_/.test(name)).length > 1

const LANGUAGE = /^[a-z]{2}(?:[-_][a-z]{2})?$/i

/** A segment without what changes from page to page: numbers, dates and identifiers. */
const shape = (segment: string): string =>
  /^[0-9a-f-]{16,}$/i.test(segment) ? '#' : segment.toLowerCase().replace(/\d+/g, '#')

/**
 * The pattern of an address: its host, its path without numbers and names of parameters, sorted, without values. The last
 * segment below a folder is any page of that folder (`/blog/*`); at the root, or below a language alone, each page has
 * its own name, or a small site would be all of one pattern.
 */
export const urlPattern = (url: string): string => {
  const parsed = new URL(url)
  const segments = segmentsOf(parsed).map(shape)
  const folders = segments.length - (LANGUAGE.test(segments[0] ?? '') ? 2 : 1)
  const path = folders > 0 ? [...segments.slice(0, -1), '*'] : segments
  const names = [...new Set(parsed.searchParams.keys())].sort()
  return `${parsed.host}/${path.join('/')}${names.length === 0 ? '' : `?${names.join('&')}`}`
}

/**
 * Why a canonical address is not to be followed, or undefined when it may be. Told from the address alone, but for the
 * pattern's budget: at most a fifth of a site's pages have one pattern (at least one page).
 */
export const isTrap = (url: string, seen: SeenPatterns): Trap | undefined => {
  const parsed = new URL(url)
  const segments = segmentsOf(parsed)
  const names = [...parsed.searchParams.keys()].map(name => name.toLowerCase())
  if (segments.length > seen.limits.pathDepth) return 'too-deep'
  if (hasRepeats(segments, seen.limits.pathRepeats)) return 'repeated-segments'
  if (hasSession(parsed)) return 'session-id'
  if (names.some(name => ACTIONS.has(name))) return 'action'
  if (isCalendar(parsed)) return 'calendar'
  if (isFaceted(names)) return 'facets'
  const share = Math.max(1, Math.floor(seen.pageBudget * PATTERN_SHARE))
  return seen.countOf(urlPattern(url)) >= share ? 'pattern-budget' : undefined
}

/** Counts of one site's patterns in memory; a resumed crawl adds again the addresses it had. */
export const createSeenPatterns = (
  pageBudget: number,
  limits: PathLimits = CRAWL_LIMITS,
): SeenPatterns & { add(url: string): void } => {
  const counts = new Map<string, number>()
  return {
    pageBudget,
    limits,
    countOf: pattern => counts.get(pattern) ?? 0,
    add: url => {
      const pattern = urlPattern(url)
      counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
    },
  }
}
