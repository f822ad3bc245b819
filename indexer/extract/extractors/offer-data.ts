import type { Json, JsonObject } from '../json-ld.ts'
import type { MicrodataItem, MicrodataValue } from '../microdata.ts'
import { excerptOf } from '../sentences.ts'
import type { StructuredData } from '../structured-data.ts'
import type { OfferMention } from './offer-mention.ts'
import { oneLine } from './plain-text.ts'

const PRODUCT =
  /(?:^|[/:])(?:Product|ProductGroup|ProductModel|IndividualProduct|SomeProducts|SoftwareApplication|WebApplication|MobileApplication|VideoGame|SoftwareSourceCode)$/
const SERVICE = /(?:^|[/:])(?:Service|ProfessionalService|FinancialService|WebAPI|Course)$/

/** What others sell or what is compared with. */
const FOREIGN_KEYS = new Set([
  'isRelatedTo',
  'isSimilarTo',
  'competitor',
  'mentions',
  'citation',
  'about',
  'itemReviewed',
  'member',
  'memberOf',
  'sponsor',
  'funder',
  'isBasedOn',
  'potentialAction',
  'alumniOf',
  'provider',
  'publisher',
  'author',
  'brand',
  'manufacturer',
  'seller',
])

const MAX_DEPTH = 8
const MAX_NAME = 90

const kindOfTypes = (types: readonly string[]): OfferMention['kind'] | undefined => {
  if (types.some(type => PRODUCT.test(type))) return 'product'
  // "ProfessionalService" is the firm itself as a place of business.
  return types.some(
    type => SERVICE.test(type) && !type.endsWith('ProfessionalService') && !type.endsWith('FinancialService'),
  )
    ? 'service'
    : undefined
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? oneLine(value) : '')

const offerOf = (kind: OfferMention['kind'], rawName: string, rawDescription: string): readonly OfferMention[] => {
  const name = oneLine(rawName)
  if (name.length < 2 || name.length > MAX_NAME || /[!?]|\.$/.test(name)) return []
  const description = rawDescription.length > 10 ? { description: excerptOf(rawDescription) } : {}
  return [{ kind, name, ...description, excerpt: excerptOf(rawDescription.length > 10 ? rawDescription : rawName) }]
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const inJson = (value: Json, depth: number): readonly OfferMention[] => {
  if (depth > MAX_DEPTH) return []
  if (Array.isArray(value)) return value.flatMap(each => inJson(each, depth + 1))
  if (!isObject(value)) return []
  const types = [value['@type'] ?? []].flat().filter(type => typeof type === 'string')
  const kind = kindOfTypes(types)
  const found = kind === undefined ? [] : offerOf(kind, textOf(value['name']), textOf(value['description']))
  const nested = Object.entries(value).filter(([key]) => !FOREIGN_KEYS.has(key))
  return [...found, ...nested.flatMap(([, each]) => inJson(each, depth + 1))]
}

const firstText = (values: readonly MicrodataValue[] | undefined): string =>
  values?.find(value => typeof value === 'string') ?? ''

const inMicrodata = (item: MicrodataItem, depth: number): readonly OfferMention[] => {
  if (depth > MAX_DEPTH) return []
  const kind = kindOfTypes(item.type)
  const { name, description } = { name: item.properties['name'], description: item.properties['description'] }
  const found = kind === undefined ? [] : offerOf(kind, firstText(name), firstText(description))
  const nested = Object.entries(item.properties).filter(([key]) => !FOREIGN_KEYS.has(key))
  return [
    ...found,
    ...nested.flatMap(([, values]) =>
      values.flatMap(value => (typeof value === 'string' ? [] : inMicrodata(value, depth + 1))),
    ),
  ]
}

/** The products and services that JSON-LD and microdata name: top-level, in `@graph`, `makesOffer` or a catalogue. */
export const offersInData = (structured: StructuredData): readonly OfferMention[] => [
  ...structured.jsonLd.flatMap(object => inJson(object, 0)),
  ...structured.microdata.flatMap(item => inMicrodata(item, 0)),
]
