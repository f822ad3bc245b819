import { nameKey } from '../../../src/text/name-key.ts'
import type { SitePageContent } from '../extractor.ts'
import type { Json, JsonObject } from '../json-ld.ts'
import type { MicrodataItem, MicrodataValue } from '../microdata.ts'

/** The types of schema.org by which firms describe themselves, lower case. */
const ORGANISATIONS = new Set(
  (
    'organization corporation localbusiness professionalservice onlinebusiness onlinestore ngo researchorganization ' +
    'educationalorganization medicalorganization medicalbusiness homeandconstructionbusiness store consortium cooperative ' +
    'financialservice governmentorganization newsmediaorganization project'
  ).split(' '),
)

/** Deeper than any page writes what it is about. */
const MAX_DEPTH = 4
const MAX_NODES = 500

/** Properties through which a page's own description leads to who is behind it. */
const LEADS = ['@graph', 'mainEntity', 'publisher', 'about', 'isPartOf', 'sourceOrganization', 'copyrightHolder']

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A property's values, one or many. */
export const valuesOf = (node: JsonObject, property: string): readonly Json[] => {
  const value = Object.hasOwn(node, property) ? node[property] : undefined
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** A property's values that are objects themselves. */
export const objectsOf = (node: JsonObject, property: string): readonly JsonObject[] =>
  valuesOf(node, property).filter(isObject)

/** A property's values that are text or numbers, as text. */
export const stringsOf = (node: JsonObject, property: string): readonly string[] =>
  valuesOf(node, property).flatMap(value =>
    typeof value === 'string' || typeof value === 'number' ? [String(value).trim()] : [],
  )

/** The types of a node, lower case, without the vocabulary's address. */
export const typesOf = (node: JsonObject): readonly string[] =>
  stringsOf(node, '@type').map(type => type.replace(/^.*[/#:]/, '').toLowerCase())

const fromValue = (value: MicrodataValue): Json => (typeof value === 'string' ? value : fromMicrodata(value))

const fromMicrodata = ({ type, id, properties }: MicrodataItem): JsonObject => ({
  ...Object.fromEntries(Object.entries(properties).map(([name, values]) => [name, values.map(fromValue)])),
  '@type': type,
  ...(id === undefined ? {} : { '@id': id }),
})

/** What a page's JSON-LD and microdata describe at their top, in one form, with what leads to who publishes it. */
export const nodesOf = ({ structured }: SitePageContent): readonly JsonObject[] => {
  const nodes: JsonObject[] = []
  const visit = (node: JsonObject, depth: number): void => {
    if (depth > MAX_DEPTH || nodes.length >= MAX_NODES) return
    nodes.push(node)
    for (const lead of LEADS) for (const next of objectsOf(node, lead)) visit(next, depth + 1)
  }
  for (const node of [...structured.jsonLd, ...structured.microdata.map(fromMicrodata)]) visit(node, 0)
  return nodes
}

/** The host of an address, lower case, without `www.`. */
export const bareHost = ({ hostname }: URL): string => hostname.toLowerCase().replace(/^www\d?\./, '')

/** Whether two hosts are one site: equal but for `www.`, or one below the other ("blog.firme.fr"). */
export const isSameSite = (one: string, other: string): boolean =>
  one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`)

/** The host of the page without `www.`. */
export const siteHost = ({ url }: Pick<SitePageContent, 'url'>): string => {
  const parsed = URL.parse(url)
  return parsed === null ? '' : bareHost(parsed)
}

/** The label of the host that names the firm, letters and digits only: "www.firme-du-nord.fr" gives "firmedunord". */
export const siteKey = (page: Pick<SitePageContent, 'url'>): string => {
  const labels = siteHost(page).split('.')
  return (labels.at(-2) ?? labels[0] ?? '').replace(/[^\p{L}\p{N}]/gu, '')
}

/** Whether an address that a page gives is of its own site; relative ones are. */
export const isOwnUrl = (url: string, page: Pick<SitePageContent, 'url'>): boolean => {
  const parsed = URL.parse(url, page.url)
  return parsed !== null && isSameSite(bareHost(parsed), siteHost(page))
}

/** What a page's machine-readable parts call the site and who is behind it, as keys (`nameKey`). */
const statedKeys = (page: SitePageContent): ReadonlySet<string> =>
  new Set([siteKey(page), ...(page.structured.openGraph['og:site_name'] ?? []).map(nameKey)].filter(key => key !== ''))

/**
 * The firm's descriptions of itself: organisations whose address is of this site, or whose name is the site's. One
 * without address counts when the page describes no other.
 */
export const ownOrganisations = (page: SitePageContent): readonly JsonObject[] => {
  const organisations = nodesOf(page).filter(node => typesOf(node).some(type => ORGANISATIONS.has(type)))
  const keys = statedKeys(page)
  return organisations.filter(node => {
    const urls = [...stringsOf(node, 'url'), ...stringsOf(node, '@id')].filter(url => /^(?:https?:|\/)/i.test(url))
    if (urls.length > 0) return urls.some(url => isOwnUrl(url, page))
    return stringsOf(node, 'name').some(name => keys.has(nameKey(name))) || organisations.length === 1
  })
}

/** The names of the firm as the page's machine-readable parts give them, and the name in its address. */
export const ownNames = (page: SitePageContent): readonly string[] => [
  siteKey(page),
  ...ownOrganisations(page).flatMap(node => [...stringsOf(node, 'name'), ...stringsOf(node, 'legalName')]),
  ...(page.structured.openGraph['og:site_name'] ?? []),
]
