import { fromCards, fromEntries, fromHeadedBlocks } from './offer-cards.ts'
import { fromListedHeadings, fromSiblingHeadings, fromToldHeadings } from './offer-headings.ts'
import type { OfferMention } from './offer-mention.ts'
import { isProperName, kindOfName, offerNameIn } from './offer-names.ts'
import type { OfferPage } from './offer-page.ts'
import { descriptionBelow, isAccepted, mentionOf, sectionsIn } from './offer-places.ts'
import { fromTables } from './offer-tables.ts'
import { offerSectionOf } from './offer-titles.ts'
import type { PlacedBlock } from './outline.ts'

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
export const offersInSections = (placed: readonly PlacedBlock[], page: OfferPage): readonly OfferMention[] => {
  const sectionAt = sectionsIn(placed, page)
  return [
    ...fromDetail(placed, page),
    ...fromToldHeadings(placed, sectionAt),
    ...fromSiblingHeadings(placed),
    ...fromListedHeadings(placed, page, sectionAt),
    ...fromEntries(placed, sectionAt),
    ...fromHeadedBlocks(placed, sectionAt),
    ...fromCards(placed, sectionAt),
    ...fromTables(placed, page, sectionAt),
  ]
}
