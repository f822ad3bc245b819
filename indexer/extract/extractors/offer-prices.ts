import { anchorOf, excerptOf } from '../sentences.ts'
import { type Brand, isBranded } from './offer-brand.ts'
import type { OfferMention } from './offer-mention.ts'
import { isOfferName, isProperName, kindOfName, offerNameIn } from './offer-names.ts'
import { isStrongName } from './offer-scores.ts'
import type { PlacedBlock } from './outline.ts'
import { plainText } from './plain-text.ts'

const AMOUNT = /\d[\d\s.,]{0,12}\s?(?:€|euros?\b|eur\b|k€)/i
const FREE = /(?:^|\D)0\s?(?:€|euros?)|\bgratuit|\bfree\b/i
const MAX_PRICE = 60

const isPrice = (text: string): boolean => text.length <= MAX_PRICE && AMOUNT.test(text)

/** Lines of a price list that are no offers by themselves: parts, fees, sizes, units. Plain text. */
const NO_LINE =
  /^(?:options?|supplements?|pieces?|transport|livraison|frais|cent|chaque|journees?|jours?|heures?|mois|de \d|moins|plus|jusqu|au-dela|entre|par|total|tva|remise|caution|port|un |une |deux |trois |\d)|\b(?:de rechange|supplementaires?|en plus|en sus|l'unite)\b|\d\s?(?:go|to|mo|vcpu|h|kg|m|cm|mm|habitants|postes?|utilisateurs?|agents?|eleves?|capteurs?|sites?)\b/

const mentionOf = (name: string, { block, text }: PlacedBlock): OfferMention => ({
  kind: kindOfName(name) ?? 'product',
  name,
  excerpt: excerptOf(text),
  ...anchorOf(block),
})

/** Cells of a table, terms and descriptions of a list. */
const isCell = (each: PlacedBlock | undefined): boolean =>
  (each?.block.kind === 'cell' || each?.block.kind === 'list-entry') && each.level === undefined

/** "Audit de départ : 3 200 € HT": a row in one line. */
const LINE = /^(?<name>[^:–—]{3,60}?)\s?(?: :|:|\s[–—])\s(?<price>.{1,80})/u

const MAX_ROW_WORDS = 4

/** What the first cells of priced rows name: those that tell what they are, the others when most of the table tells. */
const fromRows = (placed: readonly PlacedBlock[], brand: Brand): readonly OfferMention[] => {
  const rows = placed.flatMap((each, i) => {
    const line = isCell(each) ? LINE.exec(each.text)?.groups : undefined
    const next = placed[i + 1]
    const isLine = line !== undefined && AMOUNT.test(line['price'] ?? '')
    const price = isLine ? line['price']! : isCell(each) && isCell(next) && !isPrice(each.text) ? next!.text : ''
    if (!(isLine || isPrice(price)) || FREE.test(price)) return []
    const text = isLine ? line['name']! : each.text
    if (NO_LINE.test(plainText(text))) return []
    const name = offerNameIn(text)
    return isOfferName(name) && !name.includes(',') ? [{ each, name }] : []
  })
  const isStrong = (name: string): boolean => isStrongName(name) || isBranded(name, brand)
  const strong = rows.filter(({ name }) => isStrong(name)).length
  const isTelling = strong > 1 && strong * 2 >= rows.length
  return rows
    .filter(
      ({ name }) => isStrong(name) || (isTelling && name.includes(' ') && name.split(' ').length <= MAX_ROW_WORDS),
    )
    .map(({ each, name }) => mentionOf(name, each))
}

/** Plans that every publisher has: they name nothing. Plain text. */
const COMMON_PLAN =
  /^(?:starter|start|basic|basique|base|pro|professionnel|premium|business|enterprise|entreprise|standard|plus|max|team|equipe|free|gratuit|gratuite|illimite|sur mesure|custom|freemium|solo|petite?|moyenne?|grande?|annuel|mensuel|demo|essai|decouverte|[a-z0-9])(?: .*)?$/

const MAX_PLAN_WORDS = 3

const priceBelow = (placed: readonly PlacedBlock[], i: number): string | undefined => {
  for (const { level, text } of placed.slice(i + 1, i + 5)) {
    if (level !== undefined) return undefined
    if (isPrice(text)) return text
  }
  return undefined
}

/** Headings in one rank, each with a price of its own below: plans with names. */
const fromPlans = (placed: readonly PlacedBlock[], brand: Brand): readonly OfferMention[] => {
  const plans = placed.flatMap((each, i) => {
    const price = each.block.kind === 'heading' && (each.level ?? 0) > 1 ? priceBelow(placed, i) : undefined
    if (price === undefined || AMOUNT.test(each.text)) return []
    const name = offerNameIn(each.text)
    const plain = plainText(name)
    if (!isOfferName(name)) return []
    if (name.split(' ').length > MAX_PLAN_WORDS || !/^\p{Lu}/u.test(name) || NO_LINE.test(plain)) return []
    return [{ each, name, isNamed: !FREE.test(price) && !COMMON_PLAN.test(plain) }]
  })
  const isGroup = plans.length > 1 && plans.every(({ each }) => each.level === plans[0]!.each.level)
  return plans
    .filter(({ isNamed, name }) => isNamed && (isGroup || isStrongName(name) || isBranded(name, brand)))
    .map(({ each, name }) => mentionOf(name, each))
}

/** What another sells, denies or says. */
const NOT_OURS =
  /n['’](?:est|a|ont|était) pas|auprès d|chez (?!vous|nous)\p{L}|\b(?:éditeur|concurrent|examen|subvention|amende|appel à projets|fonds|loi|dispositif|aide)\b/iu

const OFFERED =
  /s['’]ajoute|\b(?:contrat|formule|offre|abonnement|forfait|pack|formation|service|gamme|licence|baptisée?|appelée?|nommée?|plan|package|subscription)\b/iu

const QUOTED = /[«“"]\s?(?<name>\p{Lu}[^«»“”"]{1,30}?)\s?[»”"]/gu

/** "Le contrat « Veilleuse » (48 € par an)": a name in quotation marks in a sentence that has a price. */
const fromQuotes = (placed: readonly PlacedBlock[]): readonly OfferMention[] =>
  placed.flatMap(each => {
    const { block, text, level } = each
    if (level !== undefined || block.kind === 'quote' || !AMOUNT.test(text) || /^\s*[«“"]/u.test(text)) return []
    return text.split(/(?<=[.!?])\s+(?=\p{Lu})/u).flatMap(sentence =>
      !AMOUNT.test(sentence) || NOT_OURS.test(sentence) || !OFFERED.test(sentence)
        ? []
        : [...sentence.slice(0, 600).matchAll(QUOTED)]
            .map(match => match.groups?.['name'] ?? '')
            .filter(name => isProperName(name) && isOfferName(name))
            .map(name => ({
              ...mentionOf(name, each),
              description: excerptOf(sentence),
              excerpt: excerptOf(sentence),
            })),
    )
  })

/** The offers that price lists name: rows of tables, plans, names in quotation marks beside a price. */
export const offersWithPrices = (placed: readonly PlacedBlock[], brand: Brand): readonly OfferMention[] => [
  ...fromRows(placed, brand),
  ...fromPlans(placed, brand),
  ...fromQuotes(placed),
]
