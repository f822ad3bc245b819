import type { SitePageContent } from '../extractor.ts'
import type { JsonObject } from '../json-ld.ts'
import { type ClaimFinding, claim } from './claim-finding.ts'
import { plain } from './folded-text.ts'
import { nodesOf, objectsOf, stringsOf, typesOf } from './own-organisation.ts'
import { bareAmount } from './price-text.ts'
import { unitIn } from './price-units.ts'

/** What leads from a description to its offers. */
const LEADS = ['offers', 'makesOffer', 'hasOfferCatalog', 'itemListElement', 'hasVariant', 'itemOffered', 'item']
const MAX_DEPTH = 6
const MAX_NODES = 500

/** A ticket's price and a salary are not what a supplier asks for its product. */
const NOT_SOLD = /event$|^jobposting$|^festival$/

/** UN/CEFACT codes and ISO 8601 durations of a billing period. */
const PERIODS: ReadonlyMap<string, string> = new Map([
  ['hur', '/hour'],
  ['day', '/day'],
  ['mon', '/month'],
  ['ann', '/year'],
  ['p1d', '/day'],
  ['p1m', '/month'],
  ['p1y', '/year'],
  ['p12m', '/year'],
])

/** An offer's description that is no longer may say what its price is for: "par utilisateur et par mois". */
const MAX_UNIT = 60

const unitOf = (specification: JsonObject): string => {
  const quantities = objectsOf(specification, 'referenceQuantity')
  const words = [specification, ...quantities].flatMap(node =>
    ['unitCode', 'unitText', 'billingDuration', 'billingIncrement'].flatMap(property => stringsOf(node, property)),
  )
  const [description = ''] = stringsOf(specification, 'description')
  const stated = words.map(word => PERIODS.get(plain(word)) ?? unitIn(`par ${plain(word)}`)).find(Boolean)
  return stated ?? (description.length <= MAX_UNIT ? unitIn(plain(description)) : '')
}

interface Priced {
  readonly node: JsonObject
  /** What is sold. */
  readonly name: string
}

const pricedIn = (page: SitePageContent): readonly Priced[] => {
  const found: Priced[] = []
  let nodes = 0
  const visit = (node: JsonObject, above: string, depth: number): void => {
    if (depth > MAX_DEPTH || ++nodes > MAX_NODES || typesOf(node).some(type => NOT_SOLD.test(type))) return
    const name = stringsOf(node, 'name')[0] || above
    if (typesOf(node).some(type => type === 'offer' || type === 'aggregateoffer')) {
      const specifications = objectsOf(node, 'priceSpecification')
      found.push(...(specifications.length > 0 ? specifications : [node]).map(each => ({ node: each, name })))
    }
    for (const lead of LEADS) for (const next of objectsOf(node, lead)) visit(next, name, depth + 1)
  }
  for (const node of nodesOf(page)) visit(node, '', 0)
  return found
}

/** The prices in euros of JSON-LD and microdata offers, and Open Graph's product price. */
export const offerPrices = (page: SitePageContent): readonly ClaimFinding[] => {
  const offers = pricedIn(page).flatMap(({ node, name }) => {
    const stated = stringsOf(node, 'price')[0] ?? stringsOf(node, 'lowPrice')[0] ?? ''
    const amount = bareAmount(stated.replace(/ ?(?:€|EUR)$/i, ''))
    const currency = stringsOf(node, 'priceCurrency')[0] ?? (/€|EUR/i.test(stated) ? 'EUR' : '')
    return amount === undefined || !/^(?:eur|€)$/i.test(currency)
      ? []
      : [
          claim(
            'price',
            `${amount} EUR${unitOf(node)}`,
            `${name} ${stated}${/€|EUR/i.test(stated) ? '' : ` ${currency}`}`,
          ),
        ]
  })
  const { 'product:price:amount': [stated = ''] = [], 'product:price:currency': [currency = ''] = [] } =
    page.structured.openGraph
  const amount = bareAmount(stated)
  const title = page.document.title ?? stated
  return amount !== undefined && /^eur$/i.test(currency) ? [...offers, claim('price', `${amount} EUR`, title)] : offers
}
