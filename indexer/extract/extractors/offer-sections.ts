import { anchorOf, excerptOf } from '../sentences.ts'
import type { OfferMention } from './offer-mention.ts'
import { isCapitalised } from './organisation-names.ts'
import { isCoined, isOfferName, isProperName, isTellingName, kindOfName, offerNameIn } from './offer-names.ts'
import { type OfferSection, offerSectionOf } from './offer-titles.ts'
import type { PlacedBlock, Title } from './outline.ts'
import { plainText } from './plain-text.ts'
import { startsWithService } from './service-words.ts'
import { tablesOf } from './table-columns.ts'

/** What the page itself is about, for headings under no telling one. */
export interface OfferPage {
  /** `listing`: its address or title says products or services; `detail`: a page under such an address. */
  readonly role: 'listing' | 'detail' | 'none'
  readonly section: OfferSection
}

const sectionOf = (path: readonly Title[]): OfferSection | undefined => {
  for (const title of path.toReversed()) {
    const section = offerSectionOf(title.text)
    if (section !== undefined) return section
  }
  return undefined
}

const MIN_DESCRIPTION = 25

const isProse = (text: string): boolean => text.length >= MIN_DESCRIPTION && text.includes(' ') && !/\?$/.test(text)

/** The paragraph that goes with a heading: the first below it, before another heading. */
const descriptionBelow = (placed: readonly PlacedBlock[], i: number): string | undefined => {
  for (const { level, block, text } of placed.slice(i + 1, i + 5)) {
    if (level !== undefined) return undefined
    if (block.kind !== 'quote' && isProse(text)) return excerptOf(text)
  }
  return undefined
}

const mentionOf = (name: string, each: PlacedBlock, section: OfferSection, description: string | undefined): OfferMention => ({
  kind: section === 'product' || section === 'service' ? section : (kindOfName(name) ?? 'product'),
  name,
  ...(description === undefined ? {} : { description }),
  excerpt: excerptOf(each.text),
  ...anchorOf(each.block),
})

const isOffered = (section: OfferSection | undefined): section is 'product' | 'service' | 'any' =>
  section !== undefined && section !== 'others'

const isHeading = ({ level }: PlacedBlock): boolean => level !== undefined

/** Whether everything between a heading and the telling one over it announces offers too: deeper headings are features. */
const isDirectlyUnder = (path: readonly Title[]): boolean => {
  const last = path.at(-1)
  return last !== undefined && isOffered(offerSectionOf(last.text))
}

/** In a telling section most names will do; elsewhere only those that say by themselves what they are. */
const isAccepted = (name: string, isTold: boolean): boolean =>
  isOfferName(name) && (isTellingName(name) || (isTold && (isProperName(name) || isCapitalised(name) || name.split(' ').length <= 5)))

const MAX_LISTED_WORDS = 5

/** Headings directly under one over offers: offers. */
const fromToldHeadings = (placed: readonly PlacedBlock[]): readonly OfferMention[] =>
  placed.flatMap((each, i) => {
    if (!isHeading(each) || offerSectionOf(each.text) !== undefined || !isDirectlyUnder(each.path)) return []
    const name = offerNameIn(each.text)
    return isAccepted(name, true) ? [mentionOf(name, each, sectionOf(each.path)!, descriptionBelow(placed, i))] : []
  })

/** On "/produits" the headings of the second rank with text below are offers even when the title tells nothing. */
const fromListedHeadings = (placed: readonly PlacedBlock[], page: OfferPage): readonly OfferMention[] => {
  if (page.role !== 'listing') return []
  const listed = placed.flatMap((each, i) => {
    const isSecond = isHeading(each) && each.path.length <= 1 && each.level! > 1
    if (!isSecond || offerSectionOf(each.text) !== undefined || sectionOf(each.path) !== undefined) return []
    const name = offerNameIn(each.text)
    const description = descriptionBelow(placed, i)
    const isShort = name.split(' ').length <= MAX_LISTED_WORDS
    if (description === undefined || !isAccepted(name, true) || !isShort) return []
    return [mentionOf(name, each, page.section, description)]
  })
  // One alone says nothing of what its neighbours are, unless its name does.
  return listed.length > 1 ? listed : listed.filter(({ name }) => isCoined(name) || startsWithService(name))
}

const ENTRY = /^(?<name>[^:–—|]{2,80}?)\s*(?::|\s[–—|-]|[–—|])\s(?<text>\S.*)$/u

/** Entries directly under a telling heading that has no headings below: "Audit de sécurité : …", "AquaSense 200". */
const fromEntries = (placed: readonly PlacedBlock[]): readonly OfferMention[] => {
  const withHeadings = new Set(placed.filter(isHeading).flatMap(({ path }) => path.slice(-1)))
  return placed.flatMap((each, i) => {
    const { block, path, text } = each
    const last = path.at(-1)
    const isEntry = block.kind === 'list-entry' || block.kind === 'paragraph'
    if (isHeading(each) || !isEntry || !isDirectlyUnder(path) || withHeadings.has(last!)) return []
    const split = ENTRY.exec(text.slice(0, 400))?.groups
    const name = offerNameIn(split?.['name'] ?? text.slice(0, 200))
    // A paragraph needs its colon and a name that tells: "AquaSense : le capteur …".
    const isTold = block.kind === 'list-entry' || (split !== undefined && isProperName(name))
    if (!isAccepted(name, isTold) || (block.kind === 'paragraph' && split === undefined)) return []
    const next = placed[i + 1]
    const below = next?.block.kind === 'list-entry' && !isHeading(next) && next.text.length > 60 ? next.text : undefined
    const description = split?.['text'] ?? (isProse(text) && text !== name ? text : below)
    return [mentionOf(name, each, sectionOf(path)!, description === undefined ? undefined : excerptOf(description))]
  })
}

const MAX_TITLE = 60

const isCardTitle = ({ block, text, level }: PlacedBlock): boolean =>
  level === undefined && block.kind === 'paragraph' && text.length <= MAX_TITLE && !/[.!?:,]$/u.test(text)

/** Cards of plain blocks under a telling heading: a short line and a longer one, twice at least. */
const fromCards = (placed: readonly PlacedBlock[]): readonly OfferMention[] => {
  const withHeadings = new Set(placed.filter(isHeading).flatMap(({ path }) => path.slice(-1)))
  const cards = placed.flatMap((each, i) => {
    const { path } = each
    const next = placed[i + 1]
    if (!isCardTitle(each) || !isDirectlyUnder(path) || withHeadings.has(path.at(-1)!)) return []
    if (next === undefined || isHeading(next) || next.text.length <= MAX_TITLE || next.block.kind === 'quote') return []
    const name = offerNameIn(each.text)
    return isAccepted(name, true) ? [{ title: path.at(-1)!, mention: mentionOf(name, each, sectionOf(path)!, excerptOf(next.text)) }] : []
  })
  return cards.filter(({ title }) => cards.filter(card => card.title === title).length > 1).map(({ mention }) => mention)
}

const OFFER_COLUMN =
  /^(?:nos |notre )?(?:produits?|modeles?|gammes?|prestations?|services?|offres?|designations?|solutions?|logiciels?|products?|equipements?|references?)$/

const fromTables = (placed: readonly PlacedBlock[], page: OfferPage): readonly OfferMention[] =>
  tablesOf(placed, header => OFFER_COLUMN.test(header)).flatMap(({ cells, isColumn }) => {
    const path = cells[0]?.path ?? []
    const section = sectionOf(path) ?? (page.role === 'listing' ? page.section : undefined)
    if (!isColumn || !isOffered(section)) return []
    return cells.flatMap(cell => {
      const name = offerNameIn(cell.text)
      return isAccepted(name, true) ? [mentionOf(name, cell, section, undefined)] : []
    })
  })

/** A page under "/produits/" is about one offer: its first heading, when that is a name. */
const fromDetail = (placed: readonly PlacedBlock[], page: OfferPage): readonly OfferMention[] => {
  const i = placed.findIndex(({ level }) => level === 1)
  const each = placed[i]
  if (page.role !== 'detail' || each === undefined || offerSectionOf(each.text) !== undefined) return []
  const name = offerNameIn(each.text)
  if (!isAccepted(name, isProperName(name) || name.split(' ').length <= 4)) return []
  return [mentionOf(name, each, kindOfName(name) === undefined ? page.section : 'any', descriptionBelow(placed, i))]
}

/** The offers that headings, cards, lists and tables name: on pages of offers, and under headings over offers elsewhere. */
export const offersInSections = (placed: readonly PlacedBlock[], page: OfferPage): readonly OfferMention[] => [
  ...fromDetail(placed, page),
  ...fromToldHeadings(placed),
  ...fromListedHeadings(placed, page),
  ...fromEntries(placed),
  ...fromCards(placed),
  ...fromTables(placed, page),
]

/** Whether an address or title speaks of offers, by its words in plain text. */
export const offerPageOf = (path: string, title: string): OfferPage => {
  const segments = plainText(path).split('/').filter(Boolean).map(segment => segment.replace(/\.(?:html?|php|aspx?)$/, ''))
  const isOfferSegment = (segment: string): boolean =>
    /^(?:(?:nos|our|notre|les)-)?(?:produits?|products?|solutions?|services?|offres?|logiciels?|prestations?|plateforme|catalogue|gamme|capteurs|applications|expertises?|metiers?|produits-(?:et-)?services|solutions-logicielles|boutique|shop|materiels?|savoir-faire)$/.test(segment)
  const at = segments.findIndex(isOfferSegment)
  const named = segments[at] ?? ''
  const section: OfferSection = /produit|product|logiciel|capteur|gamme|catalogue|application|materiel|boutique|shop/.test(named)
    ? 'product'
    : /service|prestation|expertise|metier|savoir/.test(named) ? 'service' : 'any'
  // "/solution", "/plateforme": one offer, whose headings are its features.
  const isOne = /^(?:notre-)?(?:produit|product|solution|logiciel|plateforme)$/.test(named)
  if (at >= 0 && isOne) return { role: 'detail', section }
  if (at >= 0) return { role: at === segments.length - 1 ? 'listing' : 'detail', section: at === segments.length - 1 && /services/.test(named) && /produits/.test(named) ? 'any' : section }
  const first = offerSectionOf(title.split(/\s+[–—|·-]\s+/u)[0] ?? '')
  return isOffered(first) ? { role: 'listing', section: first } : { role: 'none', section: 'any' }
}
