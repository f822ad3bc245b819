import { nameKey } from '../../../src/text/name-key.ts'
import type { SitePageContent } from '../extractor.ts'
import type { Json, JsonObject } from '../json-ld.ts'

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const ORGANISATION = /^(?:Organization|Corporation|LocalBusiness|ProfessionalService|WebSite|NGO|\w{0,30}Organization)$/

const structuredNames = (page: SitePageContent): readonly Json[] =>
  page.structured.jsonLd
    .flatMap(object => (Array.isArray(object['@graph']) ? object['@graph'] : [object]))
    .filter(isObject)
    .filter(object => [object['@type']].flat().some(type => typeof type === 'string' && ORGANISATION.test(type)))
    .flatMap(object => [object['name'] ?? '', object['legalName'] ?? '', object['alternateName'] ?? ''].flat())

const hostNames = (url: string): readonly string[] => {
  const labels = (URL.parse(url)?.hostname ?? '')
    .replace(/^www\./, '')
    .split('.')
    .slice(0, -1)
  return labels.map(label => label.replaceAll('-', ' '))
}

/** Below this a key is an accident ("SA", "fr"). */
const MIN_KEY = 3

/** The keys (`nameKey`) of what the firm calls itself: its host, `og:site_name` and the organisations of its JSON-LD. */
export const ownNameKeys = (page: SitePageContent): ReadonlySet<string> => {
  const stated = structuredNames(page).filter(name => typeof name === 'string')
  const names = [...hostNames(page.url), ...(page.structured.openGraph['og:site_name'] ?? []), ...stated]
  return new Set(names.map(name => nameKey(name.slice(0, 200))).filter(key => key.length >= MIN_KEY))
}
