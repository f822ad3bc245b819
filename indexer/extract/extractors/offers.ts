import { nameKey } from '../../../src/text/name-key.ts'
import type { Extractor, Finding, SitePageContent } from '../extractor.ts'
import { offersInData } from './offer-data.ts'
import type { OfferMention } from './offer-mention.ts'
import { isOfferName } from './offer-names.ts'
import { offerPageOf, offersInSections } from './offer-sections.ts'
import { offersInSentences } from './offer-sentences.ts'
import { isOfferLine } from './offer-titles.ts'
import { outlineOf } from './outline.ts'
import { ownNameKeys } from './own-names.ts'
import { plainText } from './plain-text.ts'

/** Pages that speak of other things than what the firm sells. */
const SILENT =
  /\/(?:mentions-legales|mentions|legal|cg[uv]|conditions|politique|confidentialite|privacy|cookies|accessibilite|recrutement|carrieres?|jobs?|emplois?|careers?|nous-rejoindre|blog|actualites?|news|presse|press|partenaires?|partners|contact|references?|clients?|cas-clients?|customers?|faq)(?:[/.-]|$)/

const findingOf = ({ kind, name, description, excerpt, anchor }: OfferMention): Finding => ({
  property: 'offer',
  value: { kind, name, ...(description === undefined ? {} : { description }), bricks: [] },
  excerpt,
  ...(anchor === undefined ? {} : { anchor }),
})

/** One mention an offer: the first, which has the best place, with the first description there is. */
const merged = (mentions: readonly OfferMention[]): readonly OfferMention[] => {
  const byName = new Map<string, OfferMention>()
  for (const mention of mentions) {
    const key = nameKey(mention.name)
    const known = byName.get(key)
    if (known === undefined) byName.set(key, mention)
    else if (known.description === undefined && mention.description !== undefined) {
      byName.set(key, { ...known, description: mention.description })
    }
  }
  return [...byName.values()]
}

const find = (page: SitePageContent): readonly Finding[] => {
  const path = URL.parse(page.url)?.pathname ?? ''
  const ownKeys = ownNameKeys(page)
  const isOwnName = ({ name }: OfferMention): boolean => ownKeys.has(nameKey(name))
  const told = offersInData(page.structured).filter(mention => nameKey(mention.name) !== '' && !isOwnName(mention))
  if (SILENT.test(plainText(path))) return merged(told).map(findingOf)
  const placed = outlineOf(page.document, isOfferLine)
  const read = [
    ...offersInSections(placed, offerPageOf(path, page.document.title ?? '')),
    ...offersInSentences(placed),
  ].filter(mention => nameKey(mention.name) !== '' && isOfferName(mention.name) && !isOwnName(mention))
  return merged([...read, ...told]).map(findingOf)
}

/**
 * Products and services that the page says the firm sells, by name: structured data, headings and cards of pages and
 * sections of offers, the title of an offer's own page, and sentences ("notre plateforme Vigie"). Bricks are found later.
 */
export const offers: Extractor = { name: 'offers', version: 1, find }
