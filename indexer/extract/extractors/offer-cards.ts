import { excerptOf } from '../sentences.ts'
import type { OfferMention } from './offer-mention.ts'
import { isProperName, offerNameIn } from './offer-names.ts'
import {
  isAccepted,
  isDirectlyUnder,
  isHeading,
  isProse,
  mentionOf,
  type SectionOf,
  sectionOf,
} from './offer-places.ts'
import { offerSectionOf } from './offer-titles.ts'
import type { PlacedBlock, Title } from './outline.ts'

const ENTRY = /^(?<name>[^:–—|]{2,80}?)\s*(?::|\s[–—|-]|[–—|])\s(?<text>\S.*)$/u

/** The titles that have offers as headings below: then the lists under them are promises or features. */
const titlesOverHeadings = (placed: readonly PlacedBlock[]): ReadonlySet<Title> =>
  new Set(
    placed
      .filter(each => isHeading(each) && offerSectionOf(each.text) === undefined)
      .filter(({ text }) => isAccepted(offerNameIn(text), true))
      .flatMap(({ path }) => path.slice(-1)),
  )

const MAX_HEAD = 60

/** "AquaSense 200 ⏎ Un capteur de niveau": a card in one block, its name on a line of its own. */
const headOf = ({ block }: PlacedBlock): { readonly head: string; readonly rest: string } | undefined => {
  const at = block.text.indexOf('\n')
  const [head, rest] = [block.text.slice(0, at).trim(), block.text.slice(at + 1).trim()]
  return at > 0 && head.length <= MAX_HEAD && !/[.!?:,;]$/u.test(head) && isProse(rest) ? { head, rest } : undefined
}

/** Cards in one block each directly under a telling heading. */
export const fromHeadedBlocks = (placed: readonly PlacedBlock[], sectionAt: SectionOf): readonly OfferMention[] =>
  placed.flatMap(each => {
    const card =
      isHeading(each) || each.block.kind === 'quote' || !isDirectlyUnder(each.path, sectionAt)
        ? undefined
        : headOf(each)
    const name = offerNameIn(card?.head ?? '')
    return card !== undefined && isAccepted(name, true)
      ? [mentionOf(name, each, sectionOf(each.path, sectionAt)!, excerptOf(card.rest))]
      : []
  })

/** Entries directly under a telling heading that has no headings below: "Audit de sécurité : …", "AquaSense 200". */
export const fromEntries = (placed: readonly PlacedBlock[], sectionAt: SectionOf): readonly OfferMention[] => {
  const withHeadings = titlesOverHeadings(placed)
  return placed.flatMap((each, i) => {
    const { block, path, text } = each
    const last = path.at(-1)
    const isEntry = block.kind === 'list-entry' || block.kind === 'paragraph'
    if (isHeading(each) || !isEntry || !isDirectlyUnder(path, sectionAt) || withHeadings.has(last!)) return []
    const split = ENTRY.exec(text.slice(0, 400))?.groups
    const name = offerNameIn(split?.['name'] ?? text.slice(0, 200))
    // A paragraph needs its colon and a name that tells: "AquaSense : le capteur …".
    const isTold = block.kind === 'list-entry' || (split !== undefined && isProperName(name))
    if (name.includes(',') || !isAccepted(name, isTold) || (block.kind === 'paragraph' && split === undefined))
      return []
    const next = placed[i + 1]
    const below = next?.block.kind === 'list-entry' && !isHeading(next) && next.text.length > 60 ? next.text : undefined
    const description = split?.['text'] ?? (isProse(text) && text !== name ? text : below)
    return [
      mentionOf(
        name,
        each,
        sectionOf(path, sectionAt)!,
        description === undefined ? undefined : excerptOf(description),
      ),
    ]
  })
}

const MAX_TITLE = 60

const isCardTitle = ({ block, text, level }: PlacedBlock): boolean =>
  level === undefined && block.kind === 'paragraph' && text.length <= MAX_TITLE && !/[.!?:,]$/u.test(text)

/** Cards of plain blocks under a telling heading: a short line and a longer one, twice at least. */
export const fromCards = (placed: readonly PlacedBlock[], sectionAt: SectionOf): readonly OfferMention[] => {
  const withHeadings = titlesOverHeadings(placed)
  const cards = placed.flatMap((each, i) => {
    const { path } = each
    const next = placed[i + 1]
    if (!isCardTitle(each) || !isDirectlyUnder(path, sectionAt) || withHeadings.has(path.at(-1)!)) return []
    if (next === undefined || isHeading(next) || next.text.length <= MAX_TITLE || next.block.kind === 'quote') return []
    const name = offerNameIn(each.text)
    return isAccepted(name, true)
      ? [{ title: path.at(-1)!, mention: mentionOf(name, each, sectionOf(path, sectionAt)!, excerptOf(next.text)) }]
      : []
  })
  const counts = new Map<Title, number>()
  for (const { title } of cards) counts.set(title, (counts.get(title) ?? 0) + 1)
  return cards.filter(({ title }) => (counts.get(title) ?? 0) > 1).map(({ mention }) => mention)
}
