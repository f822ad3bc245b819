import { isNotSold } from './offer-groups.ts'
import type { OfferMention } from './offer-mention.ts'
import { isProperName, isSubject, isTellingName, offerNameIn } from './offer-names.ts'
import type { OfferPage } from './offer-page.ts'
import {
  descriptionBelow,
  isAccepted,
  isDirectlyUnder,
  isHeading,
  isOffered,
  mentionOf,
  type SectionOf,
  sectionOf,
} from './offer-places.ts'
import { definesProduct, offerScore } from './offer-scores.ts'
import { isServiceWord, type OfferSection, offerSectionOf } from './offer-titles.ts'
import type { PlacedBlock } from './outline.ts'
import { plainText } from './plain-text.ts'
import { startsWithService } from './service-words.ts'

const MAX_LISTED_WORDS = 5

const TAUGHT = /formation|stage|cours|atelier|training/

const PRICE = /\d\s?(?:€|euros?\b)/iu

/** What is taught has a length: "Deux jours, à Tours". */
const LENGTH =
  /(?<!\p{L})(?:\d+|½|une?|deux|trois|quatre|cinq|demi-)\s?(?:jours?|journées?|heures?|days?|hours?)(?!\p{L})/iu

/** A heading under a page's own title, which may stand over anything: it has to say more by itself, or its neighbours do. */
interface Candidate {
  readonly mention: OfferMention
  /** 1: surely an offer; 0.5: perhaps; 0: only among others. */
  readonly score: number
}

const candidateOf = (mention: OfferMention, section: OfferSection, isTaught: boolean): Candidate => {
  const { name, description = '' } = mention
  const isSold = PRICE.test(description) || (isTaught && LENGTH.test(description))
  const isSure =
    offerScore(name) === 1 || (isProperName(name) && name.includes(' ')) || definesProduct(name, description)
  if (isSure || isSold || (section === 'service' && startsWithService(name))) return { mention, score: 1 }
  return { mention, score: isTellingName(name) ? 0.5 : 0 }
}

/** Perhaps an offer: when half of all are; telling nothing: when two thirds are. */
const likelyOnes = (candidates: readonly Candidate[]): readonly OfferMention[] => {
  const sum = candidates.reduce((all, { score }) => all + score, 0)
  const isLikely = ({ mention, score }: Candidate): boolean => {
    if (score === 1) return true
    if (score > 0) return sum >= 1 && sum * 2 >= candidates.length
    return mention.name.includes(' ') && sum * 3 >= candidates.length * 2
  }
  return candidates.filter(isLikely).map(({ mention }) => mention)
}

/** Headings directly under one over offers: offers. */
export const fromToldHeadings = (placed: readonly PlacedBlock[], sectionAt: SectionOf): readonly OfferMention[] => {
  const underTitle: Candidate[] = []
  const mentions = placed.flatMap((each, i) => {
    const isUnder = isHeading(each) && isDirectlyUnder(each.path, sectionAt)
    if (!isUnder || (sectionAt(each.text) !== undefined && !isServiceWord(each.text))) return []
    const name = offerNameIn(each.text)
    const description = descriptionBelow(placed, i)
    if (!isAccepted(name, true) || isSubject(name) || isNotSold(description ?? '')) return []
    const mention = mentionOf(name, each, sectionOf(each.path, sectionAt)!, description)
    if (each.path.at(-1)?.level !== 1) return [mention]
    underTitle.push(candidateOf(mention, mention.kind, TAUGHT.test(plainText(each.path.at(-1)?.text ?? ''))))
    return []
  })
  return [...likelyOnes(underTitle), ...mentions]
}

/** Page builders set a section's title and its cards in one rank: the headings that follow a bare one over offers. */
export const fromSiblingHeadings = (placed: readonly PlacedBlock[]): readonly OfferMention[] => {
  let section: OfferSection | undefined
  let level = 0
  return placed.flatMap((each, i) => {
    if (each.level === undefined) return []
    const own = offerSectionOf(each.text)
    const isBare = each.level > 1 && placed[i + 1]?.level === each.level
    if (own !== undefined || each.level !== level) {
      section = isOffered(own) && isBare ? own : undefined
      level = each.level
      return []
    }
    const name = offerNameIn(each.text)
    const description = descriptionBelow(placed, i)
    if (section !== undefined && description !== undefined && isAccepted(name, true)) {
      return [mentionOf(name, each, section, description)]
    }
    section = undefined
    return []
  })
}

/** On "/produits" the headings of the second rank with text below are offers even when the title tells nothing. */
export const fromListedHeadings = (
  placed: readonly PlacedBlock[],
  page: OfferPage,
  sectionAt: SectionOf,
): readonly OfferMention[] => {
  if (page.role !== 'listing') return []
  const top = Math.min(
    ...placed.flatMap(({ level, block }) =>
      level !== undefined && level > 1 && block.part !== 'header' && block.part !== 'footer' ? [level] : [],
    ),
  )
  const listed = placed.flatMap((each, i) => {
    const isSecond = isHeading(each) && each.path.length <= 1 && each.level === top
    if (!isSecond || sectionAt(each.text) !== undefined || sectionOf(each.path, sectionAt) !== undefined) return []
    const name = offerNameIn(each.text)
    const description = descriptionBelow(placed, i)
    const isShort = name.split(' ').length <= MAX_LISTED_WORDS
    if (description === undefined || !isAccepted(name, true) || !isShort || isNotSold(description)) return []
    if (isSubject(name)) return []
    const mention = mentionOf(name, each, page.section, description)
    return [candidateOf(mention, page.section, page.isTaught)]
  })
  return likelyOnes(listed)
}
