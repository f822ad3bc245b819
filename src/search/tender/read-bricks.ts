import { brickLabel } from '../../model/bricks.ts'
import type { Language } from '../../model/language.ts'
import type { BrickStatus, TenderBrick, TenderEvidence } from '../../model/tender.ts'
import type { BrickMatch } from '../../text/vocabulary.ts'
import { vocabulary } from '../expand.ts'
import type { Section } from './sections.ts'
import { isDemand, type MentionStatus, mentionStatus } from './sentence-status.ts'
import type { TenderSentence } from './sentences.ts'

/** The bricks that a tender speaks of, each with the sentences that do. */

/** One place where a brick is named. */
interface Mention {
  readonly status: BrickStatus
  readonly points: number
  readonly evidence: TenderEvidence
}

/** So many sentences are quoted for a brick. */
const MOST_EVIDENCE = 3
const LONGEST_SENTENCE = 400

/** A title names what its section is about; a demand counts more than a mention. */
const TITLE_POINTS = 3
const DEMAND_POINTS = 2
const MENTION_POINTS = 1

/** Names of products stand in capitals, not only because a sentence begins. */
const isNamed = (sentence: string, { start, end }: BrickMatch): boolean =>
  /\p{Lu}/u.test(sentence.slice(start, end)) && (start > 0 || /\p{Lu}/u.test(sentence.slice(1, end)))

const findMatches = (sentence: string): readonly BrickMatch[] => {
  const described = vocabulary().find(sentence, 'document')
  const products = vocabulary()
    .find(sentence, 'query')
    .filter(match => match.via === 'product' && isNamed(sentence, match))
  const free = products.filter(each => !described.some(other => each.start < other.end && other.start < each.end))
  return [...described, ...free]
}

let last: { readonly sentence: string; readonly matches: readonly BrickMatch[] } = { sentence: '', matches: [] }

/** The bricks named in a sentence, by words that describe them or by a product that they replace. */
export const brickMatches = (sentence: string): readonly BrickMatch[] => {
  // Bricks, terms and brands are all looked for in the sentence at hand.
  if (sentence !== last.sentence) last = { sentence, matches: findMatches(sentence) }
  return last.matches
}

/** A sentence counts as its own words say; where they say nothing more, as its list's and its section's do. */
const statusOf = (own: MentionStatus, { leadStatus }: TenderSentence, section: Section): MentionStatus => {
  if (own !== 'required') return own
  if (leadStatus !== undefined && leadStatus !== 'required') return leadStatus
  if (section.status !== undefined) return section.status
  return section.kind === 'context' ? 'context' : 'required'
}

/** In a section of context a sentence may still say what is wanted: "La ville souhaite se doter de …". */
const WANTED =
  /souhaite (?:acqu|se doter|mettre|disposer|deployer|s'equiper|rempla|renouv|modernis)|a pour objet|a decide de|projet (?:de|d')|objectif/u

const quoted = ({ text, lead }: TenderSentence, decisive: boolean): string => {
  const full = decisive && lead !== undefined ? `${lead} ${text}` : text
  return full.length > LONGEST_SENTENCE ? `${full.slice(0, full.lastIndexOf(' ', LONGEST_SENTENCE))}…` : full
}

const pointsOf = (sentence: TenderSentence): number => {
  if (sentence.isTitle) return TITLE_POINTS
  return isDemand(`${sentence.lead ?? ''} ${sentence.text}`) ? DEMAND_POINTS : MENTION_POINTS
}

const mentionOf = (match: BrickMatch, sentence: TenderSentence, section: Section): Mention | undefined => {
  const own = sentence.isTitle ? 'required' : mentionStatus(sentence.text, match.start, match.end)
  const wanted = section.kind === 'context' && own === 'required' && WANTED.test(sentence.text.toLowerCase())
  const status = wanted ? 'required' : statusOf(own, sentence, section)
  if (status === 'means') return undefined
  const decisive = own === 'required' && sentence.leadStatus !== undefined && sentence.leadStatus !== 'required'
  return {
    status,
    points: pointsOf(sentence),
    evidence: {
      span: sentence.text.slice(match.start, match.end),
      sentence: quoted(sentence, decisive),
      section: sentence.section,
      ...(sentence.page !== undefined && { page: sentence.page }),
    },
  }
}

const ORDER: readonly BrickStatus[] = ['required', 'optional', 'context', 'excluded']

/**
 * A brick asked for anywhere is asked for, unless the text leaves it out in so many words and only names it once
 * besides; wished for is more than there already.
 */
const decide = (mentions: readonly Mention[]): BrickStatus => {
  const points = (status: BrickStatus): number =>
    mentions.filter(each => each.status === status).reduce((sum, each) => sum + each.points, 0)
  const [required, optional, context, excluded] = ORDER.map(points) as [number, number, number, number]
  // The sentence that leaves it out speaks of this very thing; a title or a list may only touch it.
  if (excluded > 0 && excluded >= required + optional) return 'excluded'
  const insists = mentions.some(each => each.status === 'required' && each.points > MENTION_POINTS)
  // What is in place is spoken of in passing too: "l’authentification s’effectue avec l’annuaire".
  if (required > 0 && required >= optional)
    return required <= (insists ? context / 2 : context) ? 'context' : 'required'
  if (optional > 0) return 'optional'
  return context > 0 ? 'context' : 'excluded'
}

/** The demanding sentences first, then those nearest to the beginning. */
const bestEvidence = (mentions: readonly Mention[], status: BrickStatus): TenderEvidence[] => {
  const own = mentions.filter(each => each.status === status)
  const sentences = own.filter(each => each.points !== TITLE_POINTS)
  const ordered = [...(sentences.length > 0 ? sentences : own)].sort((a, b) => b.points - a.points)
  const distinct = new Map(ordered.map(each => [each.evidence.sentence, each.evidence]))
  return [...distinct.values()].slice(0, MOST_EVIDENCE)
}

/** Collects mentions sentence by sentence, so that a long text can be read in slices. */
export interface BrickReading {
  add(sentence: TenderSentence): void
  /** The bricks read so far: required first, then by weight. */
  bricks(language: Language): TenderBrick[]
}

export const createBrickReading = (sections: readonly Section[]): BrickReading => {
  const mentions = new Map<string, Mention[]>()
  return {
    add(sentence) {
      const section = sections[sentence.section]
      if (section === undefined || section.kind === 'administrative') return
      // Once a sentence: who repeats a word does not ask for more.
      const distinct = new Map(
        brickMatches(sentence.text)
          .toReversed()
          .map(match => [match.brick, match]),
      )
      for (const match of distinct.values()) {
        const mention = mentionOf(match, sentence, section)
        if (mention === undefined) continue
        const known = mentions.get(match.brick)
        if (known) known.push(mention)
        else mentions.set(match.brick, [mention])
      }
    },
    bricks(language) {
      const decided = [...mentions].map(([id, all]) => {
        const status = decide(all)
        const points = all.reduce((sum, each) => sum + (each.status === status ? each.points : 0), 0)
        return { id, status, points, evidence: bestEvidence(all, status) }
      })
      const most = Math.max(1, ...decided.map(each => each.points))
      return decided
        .map(({ id, status, points, evidence }): TenderBrick => {
          // The square root: what is named thirty times is not thirty times as important.
          const weight = Math.round(Math.sqrt(points / most) * 100) / 100
          return { id, label: brickLabel(id, language), status, weight, evidence }
        })
        .sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || b.weight - a.weight)
    },
  }
}
