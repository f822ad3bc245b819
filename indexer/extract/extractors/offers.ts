import { nameKey } from '../../../src/text/name-key.ts'
import { redactPersonalData } from '../../../src/text/redact.ts'
import type { Extractor, Finding, SitePageContent } from '../extractor.ts'
import type { PageDocument } from '../page-document.ts'
import { brandedOffers, brandOf, namesOfFirm } from './offer-brand.ts'
import { offersInData } from './offer-data.ts'
import { offersInGroups } from './offer-groups.ts'
import type { OfferMention } from './offer-mention.ts'
import { isOfferName } from './offer-names.ts'
import { offerInAddress, offerPageOf, offersInTitles } from './offer-page.ts'
import { offersWithPrices } from './offer-prices.ts'
import { offersInSections } from './offer-sections.ts'
import { offersInSentences } from './offer-sentences.ts'
import { offersInCases } from './offer-tables.ts'
import { isOfferLine, offerSectionOf } from './offer-titles.ts'
import { type Hints, namesWithin } from './offer-weighing.ts'
import { outlineOf } from './outline.ts'
import { ownNameKeys } from './own-names.ts'
import { oneLine, plainText } from './plain-text.ts'

/** Pages that speak of other things than what the firm sells. */
const SILENT =
  /\/(?:mentions-legales|mentions|legal|cg[uv]|conditions|politique|confidentialite|privacy|cookies|accessibilite|recrutement|carrieres?|jobs?|emplois?|careers?|nous-rejoindre|blog|actualites?|news|presse|press|rejoindre|rejoignez-nous|travailler|equipe|team|agenda|journal|carnet|plan-du-site|sitemap)(?:[/.-]|$)/

/** Of those, pages that still name the firm's offers in full. */
const FORMAL = /\/(?:mentions-legales|mentions|legal|accessibilite|declaration-accessibilite|infos)(?:[/.-]|$)/

/** Pages about others: they name an offer of the firm only in passing, by its full name. */
const OF_OTHERS =
  /\/(?:partenaires?|partners|contact|references?|realisations?|clients?|cas-clients?|customers?|temoignages?|faq)(?:[/.-]|$)/

const findingOf = ({ kind, name, description, excerpt, anchor }: OfferMention): Finding => ({
  property: 'offer',
  value: {
    kind,
    name,
    ...(description === undefined ? {} : { description: redactPersonalData(description) }),
    bricks: [],
  },
  excerpt,
  ...(anchor === undefined ? {} : { anchor }),
})

/** "Cellule C4" beside "Cellule Ocelline C4" is the same: the longer name stays. */
const withoutShorter = (mentions: readonly OfferMention[]): readonly OfferMention[] => {
  const frame = (words: readonly string[], length: number): string => `${length} ${words[0]} ${words.at(-1)}`
  const names = mentions.map(({ name }) => name.split(' '))
  const frames = new Set(names.map(words => frame(words, words.length)))
  return mentions.filter((_, i) => names[i]!.length < 2 || !frames.has(frame(names[i]!, names[i]!.length + 1)))
}

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
  return withoutShorter([...byName.values()])
}

/** A menu with a heading over offers is a list of offers when it describes them; other menus say nothing. */
const withOfferMenus = (document: PageDocument): PageDocument => {
  const isOver = (heading: string | undefined): boolean => {
    const section = heading === undefined ? undefined : offerSectionOf(oneLine(heading))
    return section !== undefined && section !== 'others'
  }
  const blocks = document.blocks.map(block =>
    block.part === 'nav' &&
    (block.kind === 'heading' ? isOver(block.text) : /\s(?::|–|—)\s/u.test(block.text) && isOver(block.heading))
      ? { ...block, part: 'other' as const }
      : block,
  )
  return { ...document, blocks }
}

/** The titles of a page and the words of its links: what it speaks of elsewhere. */
const titlesOf = ({ document }: SitePageContent): ReadonlySet<string> =>
  new Set(
    [document.title ?? '', ...document.headings.map(({ text }) => text), ...document.links.map(({ text }) => text)]
      .flatMap(text => text.slice(0, 200).split(/\s+[–—|·:•-]\s+|\s*[:,]\s+/u))
      .map(text => nameKey(text)),
  )

/** The pages that a page links to on its own site, by the words of the link and of the address; not those of other things. */
const linkedPages = ({ url, document }: SitePageContent): ReadonlySet<string> => {
  const host = URL.parse(url)?.host
  return new Set(
    document.links.flatMap(link => {
      const to = URL.parse(link.url)
      const path = plainText(to?.pathname ?? '')
      if (to?.host !== host || path === '/' || SILENT.test(path) || OF_OTHERS.test(path)) return []
      const last =
        path
          .split('/')
          .filter(Boolean)
          .at(-1)
          ?.replace(/\.\w{2,5}$/, '') ?? ''
      return [nameKey(link.text), nameKey(last.replaceAll(/[-_]/g, ' '))].filter(key => key.length > 2)
    }),
  )
}

const hintsOf = (page: SitePageContent, told: readonly OfferMention[]): Hints => ({
  told: new Set(told.map(({ name }) => nameKey(name))),
  linked: linkedPages(page),
  used: namesWithin(
    page.document.blocks
      .filter(({ kind, part }) => kind !== 'heading' && part !== 'nav' && part !== 'footer')
      .map(({ text }) => text),
  ),
})

/** More names with its own has no firm. */
const MAX_COMPOUNDS = 200

const find = (page: SitePageContent): readonly Finding[] => {
  const path = URL.parse(page.url)?.pathname ?? ''
  const ownKeys = ownNameKeys(page)
  const isOwnName = ({ name }: OfferMention): boolean => ownKeys.has(nameKey(name))
  const told = offersInData(page.structured).filter(mention => nameKey(mention.name) !== '' && !isOwnName(mention))
  const isFormal = FORMAL.test(plainText(path))
  if (SILENT.test(plainText(path)) && !isFormal) return merged(told).map(findingOf)
  const placed = outlineOf(withOfferMenus(page.document), isOfferLine)
  const brand = brandOf(page.url, ownKeys)
  const compounds = brandedOffers(placed, brand)
  const firm = namesOfFirm(page, placed, new Set(compounds.slice(0, MAX_COMPOUNDS).map(({ name }) => name)))
  const branded = compounds.filter(({ name }) => !firm.has(nameKey(name)))
  const read = (
    isFormal
      ? branded
      : OF_OTHERS.test(plainText(path))
        ? [...branded, ...offersInCases(placed), ...offersInSentences(placed, titlesOf(page))]
        : [
            ...offerInAddress(placed, path),
            ...offersInTitles(placed, page.isHome ? '' : (page.document.title ?? '')),
            ...offersInSections(placed, offerPageOf(path, page.document.title ?? '')),
            ...offersInGroups(placed, brand, hintsOf(page, told)),
            ...offersWithPrices(placed, brand),
            ...branded,
            ...offersInSentences(placed, titlesOf(page)),
          ]
  ).filter(
    mention =>
      nameKey(mention.name) !== '' &&
      isOfferName(mention.name) &&
      !isOwnName(mention) &&
      !firm.has(nameKey(mention.name)),
  )
  return merged([...read, ...told]).map(findingOf)
}

/**
 * Products and services that the page says the firm sells, by name: structured data, headings and cards of pages and
 * sections of offers, the title of an offer's own page, and sentences ("notre plateforme Vigie"). Bricks are found later.
 */
export const offers: Extractor = { name: 'offers', version: 2, find }
