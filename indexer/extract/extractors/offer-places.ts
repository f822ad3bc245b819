import { anchorOf, excerptOf } from '../sentences.ts'
import type { OfferMention } from './offer-mention.ts'
import { isOfferName, isProperName, isTellingName, kindOfName, offerNameIn } from './offer-names.ts'
import type { OfferPage } from './offer-page.ts'
import { type OfferSection, offerSectionOf } from './offer-titles.ts'
import { isCapitalised } from './organisation-names.ts'
import type { PlacedBlock, Title } from './outline.ts'
import { plainText } from './plain-text.ts'

/** Whether a heading announces offers itself, or only repeats as a promise what the line just before announced. */
export type SectionOf = (heading: string) => OfferSection | undefined

/** Designers set "Nos services" small over a promise ("Un métier, trois façons de l'exercer"), which says nothing. */
export const sectionsIn = (placed: readonly PlacedBlock[], page: OfferPage): SectionOf => {
  const promises = new Map<string, OfferSection>()
  placed.forEach(({ text, level, block }, i) => {
    const before = placed[i - 1]
    // "Et aussi" goes on with what the page lists.
    if (level !== undefined && page.role === 'listing' && /^(?:et aussi|egalement|et encore)$/.test(plainText(text))) {
      promises.set(text, page.section)
    }
    if (level === undefined || before?.level === undefined || block.kind !== 'heading') return
    const own = offerSectionOf(text)
    const above = offerSectionOf(before.text)
    if (own === undefined && isOffered(above) && before.level !== 1 && !isName(text)) promises.set(text, above)
  })
  return heading => offerSectionOf(heading) ?? promises.get(heading)
}

const MAX_NAME_WORDS = 5
const isName = (text: string): boolean => isOfferName(offerNameIn(text)) && text.split(' ').length <= MAX_NAME_WORDS

/** What the innermost telling heading over a block announces. */
export const sectionOf = (path: readonly Title[], sectionAt: SectionOf): OfferSection | undefined => {
  for (const title of path.toReversed()) {
    const section = sectionAt(title.text)
    if (section !== undefined) return section
  }
  return undefined
}

const MIN_DESCRIPTION = 25

/** Whether a text is long enough to describe an offer, and no question. */
export const isProse = (text: string): boolean =>
  text.length >= MIN_DESCRIPTION && text.includes(' ') && !/\?$/.test(text)

/** The paragraph that goes with a heading: the first below it, before another heading. */
export const descriptionBelow = (placed: readonly PlacedBlock[], i: number): string | undefined => {
  for (const { level, block, text } of placed.slice(i + 1, i + 5)) {
    if (level !== undefined) return undefined
    if (block.kind !== 'quote' && isProse(text)) return excerptOf(text)
  }
  return undefined
}

/** The mention of an offer at a block of a section; its name tells the kind where the section does not. */
export const mentionOf = (
  name: string,
  each: PlacedBlock,
  section: OfferSection,
  description: string | undefined,
): OfferMention => ({
  kind: section === 'product' || section === 'service' ? section : (kindOfName(name) ?? 'product'),
  name,
  ...(description === undefined ? {} : { description }),
  excerpt: excerptOf(each.text),
  ...anchorOf(each.block),
})

/** Whether a section is one of offers. */
export const isOffered = (section: OfferSection | undefined): section is 'product' | 'service' | 'any' =>
  section !== undefined && section !== 'others'

/** Whether a block is a heading or serves as one. */
export const isHeading = ({ level }: PlacedBlock): boolean => level !== undefined

/** Whether everything between a heading and the telling one over it announces offers too: deeper headings are features. */
export const isDirectlyUnder = (path: readonly Title[], sectionAt: SectionOf): boolean => {
  const last = path.at(-1)
  return last !== undefined && isOffered(sectionAt(last.text))
}

/** In a telling section most names will do; elsewhere only those that say by themselves what they are. */
export const isAccepted = (name: string, isTold: boolean): boolean =>
  isOfferName(name) &&
  (isTellingName(name) || (isTold && (isProperName(name) || isCapitalised(name) || name.split(' ').length <= 5)))
