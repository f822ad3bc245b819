import { nameKey } from '../../../src/text/name-key.ts'
import type { Extractor, Finding, SitePageContent } from '../extractor.ts'
import { customersInTitles } from './case-titles.ts'
import type { CustomerMention } from './customer-mention.ts'
import { customersInSections, sectionOf } from './customer-sections.ts'
import { customersInSentences } from './customer-sentences.ts'
import { type CustomerSection, isCustomerLine } from './customer-titles.ts'
import { outlineOf, type PlacedBlock } from './outline.ts'
import { ownNameKeys } from './own-names.ts'
import { plainText } from './plain-text.ts'
import { isPublicBody } from './public-bodies.ts'
import { customersInTestimonials } from './testimonials.ts'

/** Pages that speak of other things: what they name is no customer. */
const SILENT =
  /\/(?:mentions-legales|mentions|legal|cg[uv]|conditions|politique|confidentialite|privacy|cookies|accessibilite|recrutement|carrieres?|jobs?|emplois?|careers?|nous-rejoindre|partenaires?|partners|presse|press)(?:[/.-]|$)/
const REFERENCES =
  /\/(?:nos-|our-)?(?:clients?|references?|cas-clients?|etudes?-de-cas|customers?|case-stud(?:y|ies)|success-stor(?:y|ies)|ils-nous-font-confiance|realisations?)(?:[/.-]|$)/

const ARTICLE = /\/(?:blog|actualites?|actus?|news|articles?|journal|magazine|veille|ressources|\d{4}\/\d{2})\//

const isArticle = (page: SitePageContent, path: string): boolean =>
  ARTICLE.test(path) || (page.structured.openGraph['og:type'] ?? []).includes('article')

const pathOf = (page: SitePageContent): string => plainText(URL.parse(page.url)?.pathname ?? '')

const findingOf = ({ name, excerpt, anchor }: CustomerMention): Finding => ({
  property: 'claim',
  value: { kind: 'customer', value: name, ...(isPublicBody(name) ? { public: true } : {}) },
  excerpt,
  ...(anchor === undefined ? {} : { anchor }),
})

const find = (page: SitePageContent): readonly Finding[] => {
  const path = pathOf(page)
  if (SILENT.test(path)) return []
  const placed = outlineOf(page.document, isCustomerLine)
  // A page of references tells by its address what its headings may not.
  const fallback: CustomerSection | undefined = REFERENCES.test(path) ? 'cases' : undefined
  const sectionAt = (each: PlacedBlock) => sectionOf(each.path, fallback)
  const ownKeys = ownNameKeys(page)
  const mentions = [
    ...customersInTitles(page.document.title, placed),
    ...customersInSections(page.document.images, placed, fallback),
    ...customersInTestimonials(placed, sectionAt),
    ...customersInSentences(placed, ownKeys, isArticle(page, path), sectionAt),
  ]
  const byName = new Map<string, CustomerMention>()
  for (const mention of mentions) {
    const key = nameKey(mention.name)
    if (key !== '' && !ownKeys.has(key) && !byName.has(key)) byName.set(key, mention)
  }
  return [...byName.values()].map(findingOf)
}

/**
 * Customers that the page names: lists, logos, tables and cards under headings over customers, case studies, the
 * organisations of testimonials, and sentences that say who uses what the firm sells. `public` for public bodies.
 */
export const customers: Extractor = { name: 'customers', version: 1, find }
