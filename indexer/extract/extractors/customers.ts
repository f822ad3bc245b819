import { nameKey } from '../../../src/text/name-key.ts'
import type { Extractor, Finding, SitePageContent } from '../extractor.ts'
import { customersInTitles } from './case-titles.ts'
import { customersInLogos } from './customer-logos.ts'
import type { CustomerMention } from './customer-mention.ts'
import { customersInSections, sectionOf } from './customer-sections.ts'
import { customersInSentences } from './customer-sentences.ts'
import { customersInStories } from './customer-stories.ts'
import { customersInTables } from './customer-tables.ts'
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
  /\/(?:nos-|our-)?(?:clients?|references?|cas-clients?|cas|etudes?-de-cas|customers?|case-stud(?:y|ies)|(?:success-)?stor(?:y|ies)|ils-[a-z-]{3,30}|realisations?|projets?|chantiers?|temoignages?|retours-d-?experiences?|histoires?|deploiements?|utilisateurs?|use-cases|who-uses-it|terrain)(?:[/.-]|$)/

const ARTICLE =
  /\/(?:blog|actualites?|actus?|news|articles?|journal|magazine|veille|presse|evenements?|agenda|\d{4}\/\d{2})(?:[/.-]|$)|\/ressources\//

/** Pages over the firm itself: its schools, places and shareholders. */
const ABOUT =
  /\/(?:a-propos|about(?:-us)?|qui-sommes-nous|l?-?equipe|team|histoire|notre-histoire|l?-?entreprise|la-societe|societe|la-cooperative|cooperative|engagements?|nous|la-maison|certifications?|labels?|recherche|research|r-?d)(?:[/.-]|$)/

const isArticle = (page: SitePageContent, path: string): boolean =>
  ARTICLE.test(path) || (page.structured.openGraph['og:type'] ?? []).includes('article')

const pathOf = (page: SitePageContent): string => plainText(URL.parse(page.url)?.pathname ?? '')

const findingOf = ({ name, excerpt, anchor }: CustomerMention): Finding => ({
  property: 'claim',
  value: { kind: 'customer', value: name, ...(isPublicBody(name) ? { public: true } : {}) },
  excerpt,
  ...(anchor === undefined ? {} : { anchor }),
})

/** "La laiterie Perrin à Pontarlier" → "laiterie Perrin". */
const bare = (name: string): string =>
  name.replace(/^(?:(?:[Ll]a|[Ll]es?)\s|[Ll]['’])(?=\p{Ll})/u, '').replace(/\s(?:à|in|at)\s\p{Lu}[\p{L}'’-]*$/u, '')

const MIN_OWN = 5

/** The firm's own name, or that of a product that begins with it. */
const isOwn = (key: string, ownKeys: ReadonlySet<string>): boolean =>
  ownKeys.has(key) || [...ownKeys].some(own => own.length >= MIN_OWN && key.startsWith(own))

/** What stands behind "Ville de", "commune d'" in the names of public bodies: alone it is the same customer. */
const tailsOf = (names: readonly string[]): ReadonlySet<string> =>
  new Set(
    names
      .filter(isPublicBody)
      .map(name => /^.{3,40}? (?:de |d['’])(?<tail>\p{Lu}.*)/u.exec(name)?.groups?.['tail'] ?? ''),
  )

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
    ...customersInSections(placed, fallback),
    ...customersInTables(placed, fallback),
    ...customersInStories(placed, sectionAt),
    ...customersInLogos(page.document.images, placed, fallback),
    ...customersInTestimonials(placed, sectionAt),
    ...customersInSentences(
      placed,
      { ownKeys, isArticle: isArticle(page, path), isAbout: ABOUT.test(path), isReferences: fallback !== undefined },
      sectionAt,
    ),
  ]
  const byName = new Map<string, CustomerMention>()
  for (const each of mentions) {
    const mention = { ...each, name: bare(each.name) }
    const key = nameKey(mention.name)
    if (key !== '' && !isOwn(key, ownKeys) && !byName.has(key)) byName.set(key, mention)
  }
  const tails = tailsOf([...byName.values()].map(({ name }) => name))
  return [...byName.values()].filter(({ name }) => !tails.has(name)).map(findingOf)
}

/**
 * Customers that the page names: lists, logos, tables and cards under headings over customers, case studies, the
 * organisations of testimonials, and sentences that say who uses what the firm sells. `public` for public bodies.
 */
export const customers: Extractor = { name: 'customers', version: 1, find }
