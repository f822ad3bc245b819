import { brickLabel } from '../../model/bricks.ts'
import type { Language } from '../../model/language.ts'
import type { BrickStatus, TenderBrick, TenderEvidence } from '../../model/tender.ts'
import type { BrickMatch } from '../../text/vocabulary.ts'
import type { OwnAcronyms } from './own-acronyms.ts'
import {
  isInPassing,
  isLogicalAccess,
  isManagedThing,
  isOwnMaking,
  isStandard,
  isUpkeepOfSupply,
} from './passing-words.ts'
import type { Section } from './sections.ts'
import { isDemand, isWanted, type MentionStatus, mentionStatus } from './sentence-status.ts'
import type { TenderSentence } from './sentences.ts'
import { brickMatches } from './tender-vocabulary.ts'
import { plainText } from './tender-words.ts'

/** The bricks that a tender speaks of, each with the sentences that do. */

/** One place where a brick is named. */
interface Mention {
  readonly status: BrickStatus
  readonly points: number
  /** The words only touch upon the brick: they do not ask for it by themselves. */
  readonly inPassing: boolean
  readonly evidence: TenderEvidence
}

/** So many sentences are quoted for a brick. */
const MOST_EVIDENCE = 3
const LONGEST_SENTENCE = 400

/** A title names what its section is about; a demand counts more than a mention. */
const TITLE_POINTS = 3
const DEMAND_POINTS = 2
const MENTION_POINTS = 1

/** A sentence counts as its own words say; where they say nothing more, as its list's and its section's do. */
const statusOf = (own: MentionStatus, { leadStatus }: TenderSentence, section: Section): MentionStatus => {
  // Under "Hors périmètre", what may come one day is out as well; under "Existant", an optional link is to what exists.
  if (own === 'optional' && section.status === 'excluded') return 'excluded'
  if (own === 'optional' && section.kind === 'context') return 'context'
  if (own !== 'required') return own
  if (leadStatus !== undefined && leadStatus !== 'required') return leadStatus
  if (section.status !== undefined) return section.status
  return section.kind === 'context' ? 'context' : 'required'
}

const quoted = ({ text, lead }: TenderSentence, decisive: boolean): string => {
  const full = decisive && lead !== undefined ? `${lead} ${text}` : text
  return full.length > LONGEST_SENTENCE ? `${full.slice(0, full.lastIndexOf(' ', LONGEST_SENTENCE))}…` : full
}

/** A line that begins with the brick's own words is its line: "Tests de charge – 100 fichiers simultanés". */
const HEADS_LINE = 3

const pointsOf = (sentence: TenderSentence, { isObject, demands }: Section, start: number): number => {
  if (sentence.isTitle || isObject) return TITLE_POINTS
  return demands || start <= HEADS_LINE || isDemand(`${sentence.lead ?? ''} ${sentence.text}`)
    ? DEMAND_POINTS
    : MENTION_POINTS
}

const isPassing = (match: BrickMatch, { text, isTitle }: TenderSentence, section: Section, points: number): boolean => {
  if (isOwnMaking(match.brick)) return !section.isObject
  if (isLogicalAccess(text, match) || isStandard(text, match)) return true
  return (points < TITLE_POINTS && isInPassing(text, match)) || (!isTitle && isManagedThing(text, match))
}

const mentionOf = (match: BrickMatch, sentence: TenderSentence, section: Section): Mention | undefined => {
  const { text } = sentence
  const own = sentence.isTitle ? 'required' : mentionStatus(text, match.start, match.end)
  // In a section of context a sentence may still say what is wanted: "La ville souhaite se doter de …".
  const wanted = section.kind === 'context' && own === 'required' && isWanted(plainText(text).slice(0, match.end))
  const status = wanted ? 'required' : statusOf(own, sentence, section)
  if (status === 'means' || isUpkeepOfSupply(text, match)) return undefined
  const decisive = own === 'required' && sentence.leadStatus !== undefined && sentence.leadStatus !== 'required'
  // Who writes "en option" has thought of it.
  const points = Math.max(pointsOf(sentence, section, match.start), own === 'optional' ? DEMAND_POINTS : 0)
  return {
    status,
    points,
    inPassing: isPassing(match, sentence, section, points),
    evidence: {
      span: text.slice(match.start, match.end),
      sentence: quoted(sentence, decisive),
      section: sentence.section,
      ...(sentence.page !== undefined && { page: sentence.page }),
    },
  }
}

const ORDER: readonly BrickStatus[] = ['required', 'optional', 'context', 'excluded']

const isAsked = ({ status }: Mention): boolean => status === 'required' || status === 'optional'

const sumOf = (mentions: readonly Mention[]): number => mentions.reduce((sum, each) => sum + each.points, 0)

/** From so many points on, a text insists on something; what it names once and in passing is not its need then. */
const INSISTENT_POINTS = 6

/**
 * A brick asked for anywhere is asked for, unless the text leaves it out in so many words and only names it once
 * besides; wished for is more than there already. What is only touched upon, or named once without any demand in a text
 * that insists on other things, is context: shown, and not asked for.
 */
const decide = (mentions: readonly Mention[], most: number): BrickStatus => {
  const points = (status: BrickStatus): number =>
    mentions.filter(each => each.status === status).reduce((sum, each) => sum + each.points, 0)
  const [required, optional, context, excluded] = ORDER.map(points) as [number, number, number, number]
  const asked = mentions.filter(isAsked)
  // The sentence that leaves it out speaks of this very thing; a title or a list may only touch it.
  if (excluded > 0 && excluded >= required + optional) return 'excluded'
  if (asked.length > 0 && asked.every(each => each.inPassing)) return 'context'
  if (asked.length > 0 && required + optional <= MENTION_POINTS && most >= INSISTENT_POINTS) return 'context'
  const insists = mentions.some(each => each.status === 'required' && each.points > MENTION_POINTS)
  // What is in place is spoken of in passing too: "l’authentification s’effectue avec l’annuaire".
  if (required > 0 && required >= optional)
    return required <= (insists ? context / 2 : context) ? 'context' : 'required'
  if (optional > 0) return 'optional'
  return context > 0 ? 'context' : 'excluded'
}

/** The demanding sentences first, then those nearest to the beginning. */
const bestEvidence = (mentions: readonly Mention[], status: BrickStatus): TenderEvidence[] => {
  const same = mentions.filter(each => each.status === status)
  // What is only touched upon has no mention of its status.
  const own = same.length > 0 ? same : mentions
  const sentences = own.filter(each => each.points !== TITLE_POINTS)
  const ordered = [...(sentences.length > 0 ? sentences : own)].sort((a, b) => b.points - a.points)
  const distinct = new Map(ordered.map(each => [each.evidence.sentence, each.evidence]))
  return [...distinct.values()].slice(0, MOST_EVIDENCE)
}

/** Even a clause about the form of the contract may list what it buys: "La prestation globale inclut : …". */
const INCLUDES =
  /(?:prestations?|marche|consultation|solution|fournitures?|contract)\b[^:]{0,60}(?:inclu|compren|comport|compos)\w*/u

/** Collects mentions sentence by sentence, so that a long text can be read in slices. */
export interface BrickReading {
  add(sentence: TenderSentence): void
  /** The bricks read so far: required first, then by weight. */
  bricks(language: Language): TenderBrick[]
}

export const createBrickReading = (sections: readonly Section[], acronyms: OwnAcronyms): BrickReading => {
  const mentions = new Map<string, Mention[]>()
  return {
    add(sentence) {
      const section = sections[sentence.section]
      if (section === undefined) return
      if (section.kind === 'administrative' && !INCLUDES.test(plainText(sentence.lead ?? ''))) return
      // Once a sentence: who repeats a word does not ask for more.
      const distinct = new Map(
        brickMatches(sentence.text)
          .filter(
            ({ via, brick, start, end }) => via !== 'acronym' || !acronyms.has(sentence.text.slice(start, end), brick),
          )
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
      const insistence = Math.max(...[...mentions.values()].map(all => sumOf(all.filter(isAsked))), 0)
      const decided = [...mentions].map(([id, all]) => {
        const status = decide(all, insistence)
        const points = sumOf(all.filter(each => each.status === status))
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
