import type { OfferMention } from './offer-mention.ts'
import { isOfferName, offerNameIn } from './offer-names.ts'
import type { OfferPage } from './offer-page.ts'
import { isAccepted, isOffered, mentionOf, type SectionOf, sectionOf } from './offer-places.ts'
import { offerScore } from './offer-scores.ts'
import type { PlacedBlock } from './outline.ts'
import { tablesOf } from './table-columns.ts'

const OFFER_COLUMN =
  /^(?:nos |notre )?(?:produits?|modeles?|gammes?|prestations?|services?|offres?|designations?|solutions?|logiciels?|products?|equipements?|references?|intitules?|formations?|stages?|modules?|articles?|abonnements?|formules?)$/

/** The column of offers of tables in sections of offers. */
export const fromTables = (
  placed: readonly PlacedBlock[],
  page: OfferPage,
  sectionAt: SectionOf,
): readonly OfferMention[] =>
  tablesOf(placed, header => OFFER_COLUMN.test(header)).flatMap(({ cells, isColumn }) => {
    const path = cells[0]?.path ?? []
    const section = sectionOf(path, sectionAt) ?? (page.role === 'listing' ? page.section : undefined)
    if (!isColumn || !isOffered(section)) return []
    return cells.flatMap(cell => {
      const name = offerNameIn(cell.text)
      return isAccepted(name, true) ? [mentionOf(name, cell, section, undefined)] : []
    })
  })

const CASE_COLUMN =
  /^(?:nos |notre )?(?:produits?|solutions?|logiciels?|prestations?|offres?|gammes?|modeles?|products?)$/

/** What customers have: a column of their table, or what stands before a dot ("SOC mutualisé · 24 communes"). */
export const offersInCases = (placed: readonly PlacedBlock[]): readonly OfferMention[] => {
  const cells = tablesOf(placed, header => CASE_COLUMN.test(header)).flatMap(table =>
    table.isColumn ? table.cells : [],
  )
  const lines = placed.filter(
    ({ block, level, text }) =>
      level === undefined && block.kind !== 'cell' && text.length <= MAX_LINE && / · /.test(text),
  )
  return [...cells, ...lines].flatMap(each => {
    const name = offerNameIn(each.text.split(' · ')[0] ?? '')
    return isOfferName(name) && offerScore(name) === 1 ? [mentionOf(name, each, 'any', undefined)] : []
  })
}

const MAX_LINE = 120
