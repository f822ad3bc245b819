import type { CorrectionCandidate, WordCorrection } from '../engine/engine.ts'
import { analyseEnglish, analyseExact, analyseFrench, queryWords } from '../text/analyse.ts'
import { isWord } from '../text/word-list.ts'

/** What to do about the spelling of a query. Both texts are whole queries. */
export interface Spelling {
  /** The query to search instead, and to say so. */
  readonly corrected?: { readonly text: string; readonly changes: readonly Change[] }
  /** A query to offer ("Vouliez-vous dire"), never searched unasked. */
  readonly didYouMean?: string
}

export interface Change {
  readonly from: string
  readonly to: string
}

/** Longer queries are pasted texts: each word asked about costs up to some milliseconds. */
const MAX_WORDS = 12

/** Of shorter words half the letters would be guessed. */
const MIN_LENGTH = 4

/**
 * How much likelier the best candidate is than the next, to be taken unasked. Of 1,500 words of real profiles with one
 * random mistake 89 % are put right, 1.1 % put wrong; with 12 it is 86 % and 0.5 %.
 */
const CLEARLY = 3

/** A mistake in the first letter is rare. */
const OTHER_FIRST_LETTER = 0.1

/** Each further letter wrong. */
const SECOND_EDIT = 0.02

/** A candidate that is no word of the language may be the mistake of a profile. */
const NOT_A_WORD = 0.3

/** How many times more frequent a word must be than a rare one for the latter to be questioned. */
const FAR_MORE = 20

interface QueryWord {
  /** As typed, without an elided article. */
  readonly text: string
  readonly start: number
  readonly end: number
}

/** A word, or two with a space, that could stand in place of what was typed from `start` to `end`. */
interface Replacement {
  readonly start: number
  readonly end: number
  readonly to: string
  readonly automatic: boolean
}

const wordsOf = (text: string): QueryWord[] =>
  queryWords(text)
    .slice(0, MAX_WORDS)
    .map(({ start, end }) => ({ text: text.slice(start, end), start, end }))

const isUpperCase = (word: string): boolean => word === word.toUpperCase() && word !== word.toLowerCase()

/** Numbers, references, acronyms (RGPD) and camel case (LoRaWAN) are meant as they are. */
const isProtected = (word: string, shouting: boolean): boolean =>
  word.length < MIN_LENGTH ||
  !/^[\p{L}\p{M}]+$/u.test(word) ||
  (isUpperCase(word) ? !shouting || word.length < 6 : /\p{Ll}\p{Lu}/u.test(word))

/** A query all in capitals is typed so; a word in capitals among others is an acronym. */
const isShouted = (words: readonly QueryWord[]): boolean =>
  words.length > 1 && words.every(({ text }) => isUpperCase(text) || /^\P{L}+$/u.test(text))

const pairOf = (a: QueryWord, b: QueryWord): string => `${a.text} ${b.text}`

/** Words with nothing but a blank or a hyphen between them. */
const areNeighbours = (query: string, a: QueryWord, b: QueryWord): boolean =>
  /^[ \u00a0-]$/.test(query.slice(a.end, b.start)) && !/\d/.test(pairOf(a, b))

const pairsOf = (query: string, words: readonly QueryWord[]): (readonly [QueryWord, QueryWord])[] =>
  words.slice(1).flatMap((word, at) => {
    const before = words[at] as QueryWord
    return areNeighbours(query, before, word) ? [[before, word] as const] : []
  })

/** What to ask the engine's `corrections` about a query: its words, and its neighbouring words as one. */
export const spellingQuestions = (query: string): string[] => {
  const words = wordsOf(query)
  const shouting = isShouted(words)
  const open = words.filter(({ text }) => !isProtected(text, shouting))
  const pairs = pairsOf(query, words).map(([a, b]) => pairOf(a, b))
  return [...new Set([...open.map(({ text }) => text), ...pairs])]
}

const folded = (word: string): string => analyseExact(word)[0]?.term ?? word.toLowerCase()

/** Inflections of one word: either is right, and a search for one finds both. */
const sameStem = (a: string, b: string): boolean => {
  const [french, english] = [analyseFrench(a)[0]?.term, analyseEnglish(a)[0]?.term]
  return french === analyseFrench(b)[0]?.term || english === analyseEnglish(b)[0]?.term
}

/** How likely a candidate is what was meant, beside the other candidates. */
const likelihood = (word: string, candidate: CorrectionCandidate, isKnown: typeof isWord): number =>
  candidate.frequency *
  (candidate.distance === 2 ? SECOND_EDIT : 1) *
  (candidate.term[0] === word[0] ? 1 : OTHER_FIRST_LETTER) *
  (candidate.term.split(' ').every(isKnown) ? 1 : NOT_A_WORD)

/** A candidate in the case that was typed; names with capitals inside keep theirs. */
const inCaseOf = (typed: string, surface: string): string => {
  if (isUpperCase(typed)) return surface.toUpperCase()
  const plain = surface.split(' ').every(word => isUpperCase(word) || /^\p{L}\P{Lu}*$/u.test(word))
  if (!plain) return surface
  const lower = surface.toLowerCase()
  return /^\p{Lu}/u.test(typed) ? lower.replace(/^./u, first => first.toUpperCase()) : lower
}

interface Judged {
  readonly candidate: CorrectionCandidate
  readonly clear: boolean
}

const judge = (word: string, answer: WordCorrection, isKnown: typeof isWord): Judged | undefined => {
  const term = folded(word)
  const ranked = answer.candidates
    .map(candidate => ({ candidate, value: likelihood(term, candidate, isKnown) }))
    .sort((a, b) => b.value - a.value)
  const best = ranked[0]
  if (!best) return undefined
  const rival = ranked.find(({ candidate }) => !sameStem(candidate.surface, best.candidate.surface))
  return { candidate: best.candidate, clear: rival === undefined || best.value >= CLEARLY * rival.value }
}

/** What to make of one word; `undefined`: leave it. */
const replacementOf = (
  word: QueryWord,
  answer: WordCorrection | undefined,
  isKnown: typeof isWord,
): Replacement | undefined => {
  const judged = answer && judge(word.text, answer, isKnown)
  if (!answer || !judged) return undefined
  const { candidate, clear } = judged
  const isOne = candidate.distance === 1
  const valid = isKnown(word.text)
  const replacement = { start: word.start, end: word.end, to: inCaseOf(word.text, candidate.surface) }
  if (sameStem(word.text, candidate.surface)) return undefined
  if (!answer.known && !valid) return { ...replacement, automatic: clear }
  // One valid word is never taken for another; a rare or a missing one may still be asked about.
  const common = candidate.frequency >= FAR_MORE * Math.max(1, answer.frequency)
  return isOne && (valid ? !answer.known : common) ? { ...replacement, automatic: false } : undefined
}

/** Two words that profiles write as one: taken at once when one of the two finds nothing. */
const joinOf = (
  [a, b]: readonly [QueryWord, QueryWord],
  answers: ReadonlyMap<string, WordCorrection>,
): Replacement | undefined => {
  const joined = answers.get(pairOf(a, b))?.candidates[0]
  if (!joined) return undefined
  const automatic = [a, b].some(({ text }) => answers.get(text)?.known === false)
  return { start: a.start, end: b.end, to: inCaseOf(a.text, joined.surface), automatic }
}

const applied = (query: string, replacements: readonly Replacement[]): string =>
  [...replacements]
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, to }) => text.slice(0, start) + to + text.slice(end), query)

const overlaps = (a: Replacement, b: Replacement): boolean => a.start < b.end && b.start < a.end

/**
 * The spelling of a query, from what the engine answered to `spellingQuestions(query)`. A word is corrected unasked
 * when neither the index nor the language knows it and one indexed word is clearly meant; in doubt it is only asked
 * about. `isKnown` says what is a word of the language.
 */
export const spellingOf = (
  query: string,
  answers: readonly WordCorrection[],
  isKnown: (word: string) => boolean = isWord,
): Spelling => {
  const byWord = new Map(answers.map(answer => [answer.word, answer]))
  const words = wordsOf(query)
  const joins = pairsOf(query, words).flatMap(pair => joinOf(pair, byWord) ?? [])
  const single = words.flatMap(word => replacementOf(word, byWord.get(word.text), isKnown) ?? [])
  const chosen: Replacement[] = []
  // What is certain first, and a join before its parts: they are spelt right in the joined word.
  for (const each of [...joins, ...single].sort((a, b) => Number(b.automatic) - Number(a.automatic))) {
    if (!chosen.some(other => overlaps(each, other))) chosen.push(each)
  }
  const certain = chosen.filter(({ automatic }) => automatic).sort((a, b) => a.start - b.start)
  const changes = certain.map(({ start, end, to }) => ({ from: query.slice(start, end), to }))
  return {
    ...(certain.length > 0 && { corrected: { text: applied(query, certain), changes } }),
    ...(certain.length < chosen.length && { didYouMean: applied(query, chosen) }),
  }
}
