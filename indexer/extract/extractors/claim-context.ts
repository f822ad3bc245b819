import { memoisedPhrases } from '../../../src/text/memo.ts'
import { MARKERS, MARKERS_AFTER, type MarkerKind } from './claim-words.ts'

/**
 * Who and what a mention in a sentence is about: "nous sommes certifiés X" and "notre hébergeur, certifié X" hold the
 * same words. Rules on the words around the mention, the nearest before it winning, not grammar: precise rather than
 * complete. They serve every claim: a certificate, "nos formations", "support 24/7".
 */

/**
 * - `own`: the firm speaks of itself ("nous sommes", "notre équipe", "we hold");
 * - `unsaid`: nothing says of whom; on a firm's own site most often of itself;
 * - `other`: its host, partner, supplier, a client;
 * - `pending`: under way, wished for, planned;
 * - `denied`: not so, or no longer so;
 * - `offered`: advice, audits or training sold to others, or how things are in general ("les entreprises doivent …");
 * - `asked`: a question.
 */
export type Stance = 'own' | 'unsaid' | 'other' | 'pending' | 'denied' | 'offered' | 'asked'

/** A mention in a sentence, and what helps to understand it. */
export interface Mention {
  readonly sentence: string
  /** UTF-16 offsets. */
  readonly start: number
  readonly end: number
  /** Where the next mention of the same kind begins: keeps "ISO 9001 et ISO 27001 en cours" apart. */
  readonly next?: number
  /** What the firm calls itself; read like "nous" and "notre". */
  readonly names?: readonly string[]
  /** What not to look for: a host is no stranger where one says who hosts. */
  readonly ignoring?: Stance
}

/** A group a kind: the patterns have none of their own. */
const MARKER = new RegExp(MARKERS.map(([, pattern]) => `(${pattern})`).join('|'), 'g')

/** Where a new statement begins: what was denied or planned before holds no longer. */
const CLAUSE = /[;!?|•·]| mais | but | tandis que | alors que | while | whereas | puis | [—–] /g

/** What begins the next mention. */
const LEADS_ON = /^[\s,(–-]{0,3}(?:et|puis|and|then)\b/

/** How far behind a mention its own sentence still speaks of it. */
const REACH_AFTER = 120

const FOLDED = new Map<string, string>()
const MAX_FOLDED = 5_000

const foldedOf = (character: string): string => {
  if (/\s/.test(character)) return ' '
  if (/[’‘ʼ′`´]/.test(character)) return "'"
  if (/[‑‐]/.test(character)) return '-'
  const base = character.normalize('NFD')[0] ?? character
  return /[a-z]/i.test(base) ? base.toLowerCase() : character
}

const foldCharacter = (character: string): string => {
  const known = FOLDED.get(character)
  if (known !== undefined) return known
  const folded = foldedOf(character)
  if (FOLDED.size < MAX_FOLDED) FOLDED.set(character, folded)
  return folded
}

/**
 * A text for patterns without accents or capitals, every character at its place: accents dropped, apostrophes straight,
 * any white space a space, lower case.
 */
export const foldInPlace: (text: string) => string = memoisedPhrases(
  text => text.replace(/[^\x20-\x40\x5b-\x7e]/g, foldCharacter),
  200,
)

interface Marker {
  readonly kind: MarkerKind
  readonly start: number
  readonly end: number
}

/** Several mentions of a sentence, and several extractors, ask for the same words. */
const KNOWN = new Map<string, readonly Marker[]>()
const MAX_KNOWN = 200

const markersIn = (plain: string): readonly Marker[] => {
  const known = KNOWN.get(plain)
  if (known !== undefined) return known
  const markers = readMarkers(plain)
  if (KNOWN.size >= MAX_KNOWN) KNOWN.clear()
  KNOWN.set(plain, markers)
  return markers
}

const readMarkers = (plain: string): readonly Marker[] => {
  const markers: Marker[] = []
  for (const match of plain.matchAll(MARKER)) {
    const kind = MARKERS.find((_, i) => match[i + 1] !== undefined)?.[0]
    if (kind !== undefined) markers.push({ kind, start: match.index, end: match.index + match[0].length })
  }
  return markers
}

/** "Sans agent, notre sonde …", "Aucun écart : …": such a denial ends there. */
const hasEnded = (plain: string, { kind, start, end }: Marker): boolean =>
  kind === 'denied' &&
  (plain.slice(end).includes(':') || (/^(?:sans|with)/.test(plain.slice(start)) && plain.slice(end).includes(',')))

/** The last word decides, but for "notre": the firm that plans says so too, unless a comma starts a new clause. */
const settledBy = (before: string, markers: readonly Marker[], ignoring?: Stance): Stance | undefined => {
  let stance: Stance | undefined
  let since = 0
  for (const marker of markers) {
    if (marker.kind === 'neutral' || marker.kind === ignoring || hasEnded(before, marker)) continue
    if (marker.kind === 'firm') stance = 'own'
    else if (marker.kind !== 'own') stance = marker.kind
    else if (stance === undefined || /[,:]/.test(before.slice(since, marker.start))) stance = 'own'
    since = marker.end
  }
  return stance
}

/** What the words before a mention say of it; `undefined` when they say nothing. Both are folded. */
const stanceBefore = (before: string, ignoring?: Stance): Stance | undefined => {
  const clause = [...before.matchAll(CLAUSE)].reduce((_, match) => match.index + match[0].length, 0)
  const markers = markersIn(before)
  const settled = settledBy(
    before,
    markers.filter(marker => marker.start >= clause),
    ignoring,
  )
  if (settled !== undefined) return settled
  // "Notre hébergeur est certifié A ; B depuis 2020": the subject goes on, what was planned or denied does not.
  const earlier = settledBy(before, markers, ignoring)
  return earlier === 'own' || earlier === 'other' ? earlier : undefined
}

/** The firm's names as the word "nous", as long as they were: offsets stay. */
const withOwnNames = (plain: string, names: readonly string[]): string =>
  names
    .map(foldInPlace)
    .filter(name => name.length >= 4)
    .reduce((text, name) => text.replaceAll(name, 'nous'.padEnd(name.length)), plain)

/** How a sentence speaks of what it mentions. The nearest words before the mention decide. */
export const stanceOf = ({ sentence, start, end, next = sentence.length, names = [], ignoring }: Mention): Stance => {
  const plain = withOwnNames(foldInPlace(sentence), names)
  if (/\?[\s»"]*$/.test(plain)) return 'asked'
  const between = plain.slice(end, Math.max(end, Math.min(next, end + REACH_AFTER)))
  // "Certifiée A, et bientôt B": what follows the "et" is said of the next.
  const rest = next < plain.length && LEADS_ON.test(between) ? '' : between
  const clauseEnd = rest.search(/[;!?|]| mais | but /)
  const after = clauseEnd < 0 ? rest : rest.slice(0, clauseEnd)
  const late = MARKERS_AFTER.find(([kind, pattern]) => kind !== ignoring && pattern.test(after))
  if (late !== undefined) return late[0]
  return (
    stanceBefore(plain.slice(0, start), ignoring) ?? (/\b(?:nous|notre|nos|we|our)\b/.test(after) ? 'own' : 'unsaid')
  )
}

/** How a title, lead-in or earlier sentence speaks of what comes after it: "Notre hébergeur", "Nos projets". */
export const stanceOfLead = (lead: string, names: readonly string[] = []): Stance =>
  stanceBefore(withOwnNames(foldInPlace(lead), names)) ?? 'unsaid'

/** Whether the firm claims it, or nobody else is meant. */
export const isClaimed = (stance: Stance): boolean => stance === 'own' || stance === 'unsaid'
