import { FACET_NAMES, type FacetName } from '../model/facets.ts'
import type { Language } from '../model/language.ts'
import { DEFAULT_RADIUS_KM, DEFAULT_SIZE, type SearchParameters } from '../model/query.ts'
import { RANGE_PARAMETERS, type RangeName } from '../model/ranges.ts'

/** Addresses of our own pages, and what of others' addresses may become a link. */

/**
 * A page's address in a language: French at `/`, English under `/en` with the same slugs. Slashes that a request
 * began with are one: `//host` would lead to another site.
 */
export const pagePath = (language: Language, path: string): string =>
  (language === 'en' ? '/en' : '') + path.replace(/^[/\\]+/, '/')

export const supplierPath = (language: Language, siren: string): string => pagePath(language, `/fournisseurs/${siren}`)

export const brickPath = (language: Language, id: string): string => pagePath(language, `/briques/${id}`)

/** The vocabulary, or the part of it that has a word or belongs to a theme. */
export const bricksPath = (language: Language, { q = '', theme = '' }: { q?: string; theme?: string } = {}): string => {
  const given = Object.entries({ q, theme }).filter(([, value]) => value !== '')
  return pagePath(language, given.length === 0 ? '/briques' : `/briques?${new URLSearchParams(given)}`)
}

const entries = (parameters: SearchParameters): [string, string][] => {
  const { q, literal, near, radiusKm, sort, size, page } = parameters
  const list: [string, string][] = []
  const add = (name: string, value: string | number | undefined, unless?: string | number): void => {
    if (value !== undefined && value !== '' && value !== unless) list.push([name, String(value)])
  }
  add('q', q)
  for (const piece of literal ?? []) add('literal', piece)
  add('near', near)
  // A radius without a place means nothing.
  if (near !== undefined && near !== '') add('radiusKm', radiusKm, DEFAULT_RADIUS_KM)
  for (const name of Object.values(RANGE_PARAMETERS).flat()) add(name, parameters[name])
  for (const name of FACET_NAMES) for (const value of parameters[name] ?? []) add(name, value)
  add('sort', sort, 'relevance')
  add('size', size, DEFAULT_SIZE)
  add('page', page, 1)
  return list
}

/** `q=…&theme=…` in a fixed order, defaults left out: one address a search. */
export const searchQuery = (parameters: SearchParameters): string => new URLSearchParams(entries(parameters)).toString()

export const searchPath = (language: Language, parameters: SearchParameters): string => {
  const query = searchQuery(parameters)
  return pagePath(language, query === '' ? '/recherche' : `/recherche?${query}`)
}

export const searchApiPath = (parameters: SearchParameters): string => {
  const query = searchQuery(parameters)
  return query === '' ? '/api/search' : `/api/search?${query}`
}

/** A change of search begins again at its first page. */
export const changed = (parameters: SearchParameters, change: Partial<SearchParameters>): SearchParameters => ({
  ...parameters,
  page: 1,
  ...change,
})

/** The same search without its place, and without what only a place gives sense to. */
export const withoutPlace = (parameters: SearchParameters): SearchParameters => {
  const { near: _near, radiusKm: _radius, sort, ...others } = parameters
  return changed(others, sort === undefined || sort === 'distance' ? {} : { sort })
}

export const withFilter = (parameters: SearchParameters, name: FacetName, value: string): SearchParameters =>
  changed(parameters, { [name]: [...new Set([...(parameters[name] ?? []), value])] })

export const withoutFilter = (parameters: SearchParameters, name: FacetName, value: string): SearchParameters =>
  changed(parameters, { [name]: (parameters[name] ?? []).filter(each => each !== value) })

/** The same search without both ends of a range. */
export const withoutRange = (parameters: SearchParameters, range: RangeName): SearchParameters => {
  const dropped: ReadonlySet<string> = new Set(RANGE_PARAMETERS[range])
  // Parameters less two or one of their optional properties.
  const kept = Object.fromEntries(Object.entries(parameters).filter(([name]) => !dropped.has(name)))
  return changed(kept as SearchParameters, {})
}

/** An address of somebody else that may be a link: `http` and `https` only, so `javascript:` never runs. */
export const webAddress = (text: string): string | undefined => {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}

const FRAGMENT_WORDS = 6

/** `-`, `&` and `,` have a meaning in a text directive. */
const fragmentPart = (text: string): string => encodeURIComponent(text).replaceAll('-', '%2D')

/**
 * The address of a page at a quotation (https://wicg.github.io/scroll-to-text-fragment/): browsers that know text
 * fragments scroll to it and mark it, others open the page. `quotation` may end in "…".
 */
export const textFragment = (address: string, quotation: string): string => {
  const words = quotation.replace(/…$/u, '').split(/\s+/u).filter(Boolean)
  const [start, end] = [words.slice(0, FRAGMENT_WORDS), words.slice(FRAGMENT_WORDS).slice(-FRAGMENT_WORDS)]
  const parts = [start, end].filter(part => part.length > 0).map(part => fragmentPart(part.join(' ')))
  return parts.length === 0 ? address : `${address}${address.includes('#') ? '' : '#'}:~:text=${parts.join(',')}`
}

/** An address as it is read: host and path, cut in the middle past `limit` characters. */
export const shortAddress = (address: string, limit = 56): string => {
  const { hostname, pathname } = new URL(address)
  const text = (hostname + pathname).replace(/^www\./, '').replace(/\/$/, '')
  return text.length <= limit ? text : `${text.slice(0, limit - 16)}…${text.slice(-15)}`
}

/** The way back to a result page, given by the reader's browser: only such a page is believed. */
export const backToResults = (back: string | undefined): string | undefined =>
  back !== undefined && /^(?:\/en)?\/recherche(?:\?[^\s\\]*)?$/.test(back) ? back : undefined
