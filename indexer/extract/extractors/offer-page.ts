import { anchorOf, excerptOf } from '../sentences.ts'
import type { OfferMention } from './offer-mention.ts'
import { isOfferName, isProductNoun, isProperName, kindOfName, offerNameIn } from './offer-names.ts'
import { definesProduct, isStrongName, offerScore } from './offer-scores.ts'
import { type OfferSection, offerSectionOf } from './offer-titles.ts'
import type { PlacedBlock } from './outline.ts'
import { plainText } from './plain-text.ts'

/** What the page itself is about, for headings under no telling one. */
export interface OfferPage {
  /** `listing`: its address or title says products or services; `detail`: a page under such an address. */
  readonly role: 'listing' | 'detail' | 'none'
  readonly section: OfferSection
  /** It lists courses. */
  readonly isTaught: boolean
}

const isOffered = (section: OfferSection | undefined): boolean => section !== undefined && section !== 'others'

/** Whether an address or title speaks of offers, by its words in plain text. */
export const offerPageOf = (path: string, title: string): OfferPage => {
  const segments = plainText(path)
    .split('/')
    .filter(Boolean)
    .map(segment => segment.replace(/\.(?:html?|php|aspx?)$/, ''))
  const isOfferSegment = (segment: string): boolean =>
    /^(?:(?:nos|our|notre|les)-)?(?:produits?|products?|solutions?|services?|offres?|logiciels?|prestations?|plateforme|catalogue|gamme|capteurs|applications|expertises?|metiers?|produits-(?:et-)?services|solutions-logicielles|boutique|shop|materiels?|savoir-faire|formations?|stages|accompagnement|modules)$/.test(
      segment,
    )
  const isTaught = segments.some(segment => /^(?:nos-)?(?:formations?|stages?|ateliers?|training)$/.test(segment))
  const at = segments.findIndex(isOfferSegment)
  const named = segments[at] ?? ''
  const section: OfferSection =
    /produit|product|logiciel|capteur|gamme|catalogue|application|materiel|boutique|shop/.test(named)
      ? 'product'
      : /service|prestation|expertise|metier|savoir|formation|stage|accompagnement/.test(named)
        ? 'service'
        : 'any'
  // "/solution", "/plateforme": one offer, whose headings are its features.
  const isOne = /^(?:notre-)?(?:produit|product|solution|logiciel|plateforme)$/.test(named)
  if (at >= 0 && isOne) return { role: 'detail', section, isTaught }
  if (at >= 0)
    return {
      role: at === segments.length - 1 ? 'listing' : 'detail',
      section: at === segments.length - 1 && /services/.test(named) && /produits/.test(named) ? 'any' : section,
      isTaught,
    }
  const first = offerSectionOf(title.split(/\s+[–—|·-]\s+/u)[0] ?? '')
  return first !== undefined && isOffered(first)
    ? { role: 'listing', section: first, isTaught }
    : { role: 'none', section: 'any', isTaught }
}

const MAX_ADDRESS_WORDS = 5

const APPOSED = /^(?<name>\p{Lu}[\p{L}\d+’'.-]*(?: [\p{Lu}\d][\p{L}\d+’'.-]*){0,2})(?:,| ?:| [–—|-]) (?<what>\S.{5,})$/u

/** Not another name ("Suite Ardoise"): words in small letters. */
const isPhrase = (text: string): boolean => /^\S+(?: \S+)*? \p{Ll}/u.test(text)

/** "Vigie, le logiciel de supervision", "Ondine – capteur de niveau": a title that says what product it names. */
export const offersInTitles = (placed: readonly PlacedBlock[], title: string): readonly OfferMention[] => {
  const first = placed.findIndex(({ block }) => block.kind === 'heading')
  return [
    ...placed.flatMap(({ text, block, level }, i) => {
      const { name = '', what = '' } = level === undefined ? {} : (APPOSED.exec(text.slice(0, 150))?.groups ?? {})
      // The heading of a page may be a bare name that the text explains.
      const bare = level === undefined ? '' : offerNameIn(text)
      const isBare = level === 1 && isProperName(bare) && definesProduct(bare, placed[i + 1]?.text ?? '')
      // The first heading of all is about what the page is.
      const isFirst = level !== undefined && block.kind === 'heading' && i === first
      const isNamed =
        isFirst && isProductNoun(bare) && offerScore(bare) === 1 && isOfferName(bare) && bare.split(' ').length < 5
      const found = name !== '' && isPhrase(what) && definesProduct(name, what) ? name : isBare || isNamed ? bare : ''
      return found === ''
        ? []
        : [{ kind: 'product' as const, name: found, excerpt: excerptOf(text), ...anchorOf(block) }]
    }),
    ...[APPOSED.exec(title.slice(0, 150))?.groups]
      .filter(groups => isPhrase(groups?.['what'] ?? '') && definesProduct('', groups?.['what'] ?? ''))
      .map(groups => ({ kind: 'product' as const, name: groups?.['name'] ?? '', excerpt: excerptOf(title) })),
  ]
}

/** The first heading of a page whose address is its words: "/support-glpi" under "Support GLPI". */
export const offerInAddress = (placed: readonly PlacedBlock[], path: string): readonly OfferMention[] => {
  const last = plainText(path)
    .split('/')
    .filter(Boolean)
    .at(-1)
    ?.replace(/\.(?:html?|php|aspx?)$/, '')
  const i = placed.findIndex(({ level }) => level === 1)
  const each = placed[i]
  if (last === undefined || each === undefined || offerSectionOf(each.text) !== undefined) return []
  const name = offerNameIn(each.text)
  const words = new Set(plainText(name).split(/[^\p{L}\d]+/u))
  const isAddress = last
    .split(/[-_]/)
    .filter(Boolean)
    .every(word => words.has(word))
  if (!isAddress || name.split(' ').length > MAX_ADDRESS_WORDS || !isStrongName(name)) return []
  const below = placed[i + 1]
  const description = below?.level === undefined && (below?.text.length ?? 0) > 25 ? below?.text : undefined
  return [
    {
      kind: kindOfName(name) ?? 'product',
      name,
      ...(description === undefined ? {} : { description: excerptOf(description) }),
      excerpt: excerptOf(each.text),
      ...anchorOf(each.block),
    },
  ]
}
