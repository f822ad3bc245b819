import { anchorOf, excerptOf } from '../sentences.ts'
import type { Brand } from './offer-brand.ts'
import type { OfferMention } from './offer-mention.ts'
import { isOfferName, isSubject, kindOfName, offerNameIn } from './offer-names.ts'
import { offerSectionOf } from './offer-titles.ts'
import { type Hints, type Named, type Weighed, weigh, withRiders } from './offer-weighing.ts'
import type { PlacedBlock } from './outline.ts'

/** A heading that may name an offer, and what stands below it. */
interface Card {
  readonly each: PlacedBlock
  readonly name: string
  /** What describes it: the first text of a length. */
  readonly text: string
  readonly below: readonly PlacedBlock[]
}

const MAX_WORDS = 6
const MIN_BELOW = 12
/** A card holds little; after more the next heading belongs to something else. */
const MAX_BELOW = 8
const MAX_ARTICLE_BELOW = 4

/** "1. Audit", "Étape 2 : …": steps of a method. */
const NUMBERED = /^\s*(?:\d{1,2}\s?[.)–—-]|0\d\s|[ÉEé]tape|[Ss]tep|[Jj]our \d)/u

/** What is spoken of as not for sale. */
export const isNotSold = (description: string): boolean =>
  /rien à acheter|pas (?:encore )?(?:à vendre|en vente|commercialis)|bientôt disponible|prochainement|coming soon|not (?:yet )?(?:for sale|available)/iu.test(
    description,
  )

const cardAt = (placed: readonly PlacedBlock[], i: number): Card | undefined => {
  const each = placed[i]!
  const isTitle = each.block.kind === 'heading' && each.block.part !== 'footer' && each.block.part !== 'header'
  if (!isTitle || offerSectionOf(each.text) !== undefined || NUMBERED.test(each.text)) return undefined
  const name = offerNameIn(each.text)
  if (!isOfferName(name) || isSubject(name) || name.split(' ').length > MAX_WORDS || /[?!]/.test(each.text))
    return undefined
  // Only what is directly over it: further up stand the titles of whole pages.
  const above = each.path.at(-1)
  if (above !== undefined && offerSectionOf(above.text) === 'others') return undefined
  const below: PlacedBlock[] = []
  for (let at = i + 1; at < placed.length && placed[at]!.level === undefined; at++) below.push(placed[at]!)
  if (!below.some(({ text }) => text.length >= MIN_BELOW) || below.some(({ text }) => isNotSold(text))) return undefined
  const text = below.find(one => one.text.length >= MIN_BELOW && one.block.kind !== 'quote')?.text ?? ''
  return { each, name, text, below }
}

const mentionOf = ({ each, name, text }: Card): OfferMention => {
  return {
    kind: kindOfName(name) ?? 'product',
    name,
    ...(text === '' ? {} : { description: excerptOf(text) }),
    excerpt: excerptOf(each.text),
    ...anchorOf(each.block),
  }
}

/** "Name : what it is", "Name, un capteur de …", or a name on a line of its own in a block. */
interface Entry {
  readonly each: PlacedBlock
  readonly name: string
  readonly text: string
}

const DESCRIBED =
  /^(?<name>[^:–—|,\n]{2,60}?)\s?(?: :|:|\s[–—|-]|\n|, (?=(?:une?|an?|le|la|the) ))\s?(?<text>\S.{14,})/su

const entryAt = (each: PlacedBlock): Entry | undefined => {
  const { block, path, level } = each
  const isText = block.kind === 'list-entry' || block.kind === 'paragraph' || block.kind === 'cell'
  if (level !== undefined || !isText || block.part === 'footer' || block.part === 'header') return undefined
  const above = path.at(-1)
  if (above !== undefined && offerSectionOf(above.text) !== undefined) return undefined
  const { name: raw = '', text = '' } = DESCRIBED.exec(block.text.slice(0, 400))?.groups ?? {}
  const name = offerNameIn(raw)
  if (!isOfferName(name) || name.split(' ').length > MAX_WORDS || NUMBERED.test(block.text)) return undefined
  return isNotSold(text) || !/^\p{Lu}/u.test(name) ? undefined : { each, name, text }
}

/** Entries of one kind that follow each other under one heading, two at least. */
const entriesOf = (placed: readonly PlacedBlock[]): readonly (readonly Entry[])[] => {
  const runs: Entry[][] = []
  let run: Entry[] = []
  for (const each of placed) {
    const entry = entryAt(each)
    const last = run.at(-1)
    const follows = last?.each.block.kind === each.block.kind && last.each.path.at(-1) === each.path.at(-1)
    if (entry === undefined) run = []
    else if (follows) run.push(entry)
    else {
      run = [entry]
      runs.push(run)
    }
  }
  return runs.filter(({ length }) => length > 1)
}

const ofEntry = ({ each, name, text }: Entry): OfferMention => ({
  kind: kindOfName(name) ?? 'product',
  name,
  ...(text === '' ? {} : { description: excerptOf(text) }),
  excerpt: excerptOf(each.text),
  ...anchorOf(each.block),
})

/** Cards of one rank that follow each other with nothing else between. */
const runsOf = (placed: readonly PlacedBlock[]): readonly (readonly Card[])[] => {
  const runs: Card[][] = []
  let run: Card[] = []
  placed.forEach(({ level }, i) => {
    if (level === undefined) return
    const card = cardAt(placed, i)
    const last = run.at(-1)
    const follows = last !== undefined && last.each.level === level && last.below.length <= MAX_BELOW
    if (card !== undefined && follows) run.push(card)
    else {
      run = card === undefined ? [] : [card]
      if (card !== undefined) runs.push(run)
    }
    const isLong = (card?.below.filter(({ block }) => block.kind !== 'list-entry').length ?? 0) > MAX_ARTICLE_BELOW
    if (isLong) run = []
  })
  return runs
}

const MIN_SUM = 1.5

/**
 * Headings of one rank in a row, whatever stands over them, when half of them say by themselves that they are offers:
 * by the firm's name, by what they are called or described as, by `hints`.
 */
export const offersInGroups = (placed: readonly PlacedBlock[], brand: Brand, hints: Hints): readonly OfferMention[] => {
  const runs = runsOf(placed).map(cards => weigh(cards, brand, hints))
  const ofRank = new Map<number | undefined, number>()
  for (const { cards, sum } of runs) {
    const level = cards[0]?.each.level
    ofRank.set(level, (ofRank.get(level) ?? 0) + sum)
  }
  const isOfRank = ({ cards }: Weighed<Card>): boolean => (ofRank.get(cards[0]?.each.level) ?? 0) >= MIN_SUM
  const isOfOffers = ({ cards, sum, sure }: Weighed<Named>): boolean => sure > 0 && sum * 2 >= cards.length
  return [
    ...runs.filter(run => isOfOffers(run) && isOfRank(run)).flatMap(run => withRiders(run).map(mentionOf)),
    ...entriesOf(placed)
      .map(entries => weigh(entries, brand, hints))
      .filter(run => isOfOffers(run) && run.sum >= MIN_SUM)
      .flatMap(run => withRiders(run).map(ofEntry)),
  ]
}
