import { PROFILE_FIELDS } from '../fields.ts'
import type { Plan, ScoredBrick, ScoredTerm, ScoredWord } from './plan.ts'
import { END, PostingCursor } from './postings.ts'
import type { LiveSegment } from './statistics.ts'

/**
 * Term-at-a-time scoring of one segment into typed arrays: for each word the larger of its French and its English
 * score, plus its exact form; each passage summed on its own, and the best one added to its profile.
 */

/** Working memory of one search, reused: cleared by what was touched, not by its size. */
export class Accumulators {
  scores = new Float32Array(0)
  /** Required concepts matched so far, a bit each: 1 to 32, 33 to 64. */
  matchedLow = new Uint32Array(0)
  matchedHigh = new Uint32Array(0)
  /** 1 for a profile in `touched`. */
  seen = new Uint8Array(0)
  passageScores = new Float32Array(0)
  bestScore = new Float32Array(0)
  /** Number of the best passage in its segment, + 1. */
  bestPassage = new Uint32Array(0)
  readonly touched: number[] = []
  readonly touchedPassages: number[] = []

  reserve(profiles: number, passages: number): void {
    if (this.scores.length < profiles) {
      this.scores = new Float32Array(profiles)
      this.matchedLow = new Uint32Array(profiles)
      this.matchedHigh = new Uint32Array(profiles)
      this.seen = new Uint8Array(profiles)
      this.bestScore = new Float32Array(profiles)
      this.bestPassage = new Uint32Array(profiles)
    }
    if (this.passageScores.length < passages) this.passageScores = new Float32Array(passages)
  }

  clear(): void {
    for (const document of this.touched) {
      this.scores[document] = 0
      this.matchedLow[document] = 0
      this.matchedHigh[document] = 0
      this.seen[document] = 0
      this.bestScore[document] = 0
      this.bestPassage[document] = 0
    }
    for (const passage of this.touchedPassages) this.passageScores[passage] = 0
    this.touched.length = 0
    this.touchedPassages.length = 0
  }
}

/** A term's cursor in one segment, with what scores a posting. */
export class ScoringCursor {
  readonly cursor: PostingCursor
  readonly term: ScoredTerm
  readonly #lengths: Uint8Array
  readonly #rows: readonly number[]
  readonly #fields: number

  /** `lengths` holds one byte a document, in rows of `count` (one row a slot). */
  constructor(list: Uint8Array, term: ScoredTerm, lengths: Uint8Array, count: number) {
    this.term = term
    this.#fields = term.slots.length
    this.#lengths = lengths
    this.#rows = term.slots.map(slot => slot * count)
    this.cursor = new PostingCursor(list, this.#fields)
  }

  /** Points of one field at the cursor's document. */
  fieldScore(field: number): number {
    const count = this.cursor.counts[field] as number
    if (count === 0) return 0
    const length = this.#lengths[(this.#rows[field] as number) + this.cursor.document] as number
    return (
      ((this.term.weights[field] as number) * count) /
      (count + ((this.term.saturations[field] as Float64Array)[length] as number))
    )
  }

  score(): number {
    let score = 0
    for (let field = 0; field < this.#fields; field++) score += this.fieldScore(field)
    return score
  }
}

export const profileCursor = (
  live: LiveSegment,
  index: number,
  term: ScoredTerm | undefined,
): ScoringCursor | undefined => {
  const list = term?.lists[index]
  return term && list ? new ScoringCursor(list, term, live.segment.columns.lengths, live.segment.count) : undefined
}

export const passageCursor = (
  live: LiveSegment,
  index: number,
  term: ScoredTerm | undefined,
): ScoringCursor | undefined => {
  const list = term?.lists[index]
  return term && list
    ? new ScoringCursor(list, term, live.segment.columns.passageLengths, live.segment.passages)
    : undefined
}

const NO_CURSOR = END
const NOT_REQUIRED = -1

/** Fills `accumulators` with the scores of every profile of the segment that holds a word of the plan. */
export const scoreSegment = (plan: Plan, live: LiveSegment, index: number, accumulators: Accumulators): void => {
  accumulators.reserve(live.segment.count, live.segment.passages)
  for (const { words, bit } of plan.concepts) {
    for (const word of words) {
      scoreWord(word, bit, live, index, accumulators)
      scorePassages(word, bit, live, index, accumulators)
    }
  }
  for (const brick of plan.bricks) scoreBrick(brick, live, index, accumulators)
  for (const { term } of plan.phrases) addPhrase(term, live, index, accumulators)
  addBestPassages(live, accumulators)
}

/** `bit`: the concept that is matched; −1 for one that is not required. */
const touch = (document: number, bit: number, accumulators: Accumulators): void => {
  if (accumulators.seen[document] === 0) {
    accumulators.seen[document] = 1
    accumulators.touched.push(document)
  }
  if (bit < 0) return
  const bits = bit < 32 ? accumulators.matchedLow : accumulators.matchedHigh
  bits[document] = (bits[document] as number) | (1 << (bit & 31))
}

const countBits = (value: number): number => {
  let bits = value - ((value >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** How many required concepts a profile has matched. */
export const matchedConcepts = (document: number, accumulators: Accumulators): number => {
  const high = accumulators.matchedHigh[document] as number
  return countBits(accumulators.matchedLow[document] as number) + (high === 0 ? 0 : countBits(high))
}

/** Of the ids that answer a brick, the one that gives a profile most points counts. */
const scoreBrick = (brick: ScoredBrick, live: LiveSegment, index: number, accumulators: Accumulators): void => {
  const cursors = brick.ids.flatMap(({ term }) => profileCursor(live, index, term) ?? [])
  for (const { cursor } of cursors) cursor.next()
  for (;;) {
    let document = END
    for (const { cursor } of cursors) if (cursor.document < document) document = cursor.document
    if (document === END) return
    let best = 0
    for (const scoring of cursors) {
      if (scoring.cursor.document !== document) continue
      best = Math.max(best, scoring.score())
      scoring.cursor.next()
    }
    if (live.dead[document]) continue
    touch(document, NOT_REQUIRED, accumulators)
    for (const bit of brick.bits) touch(document, bit, accumulators)
    accumulators.scores[document] = (accumulators.scores[document] as number) + best
  }
}

const scoreWord = (
  word: ScoredWord,
  bit: number,
  live: LiveSegment,
  index: number,
  accumulators: Accumulators,
): void => {
  const french = profileCursor(live, index, word.french)
  const english = profileCursor(live, index, word.english)
  const exact = profileCursor(live, index, word.exact)
  const { dead } = live
  const { scores } = accumulators
  let atFrench = french ? french.cursor.next() : NO_CURSOR
  let atEnglish = english ? english.cursor.next() : NO_CURSOR
  let atExact = exact ? exact.cursor.next() : NO_CURSOR
  for (;;) {
    const document = Math.min(atFrench, atEnglish, atExact)
    if (document === END) return
    let score = 0
    if (french && atFrench === document) {
      score = french.score()
      atFrench = french.cursor.next()
    }
    if (english && atEnglish === document) {
      score = Math.max(score, english.score())
      atEnglish = english.cursor.next()
    }
    if (exact && atExact === document) {
      score += exact.score()
      atExact = exact.cursor.next()
    }
    if (dead[document]) continue
    touch(document, bit, accumulators)
    scores[document] = (scores[document] as number) + score
  }
}

/** The profile that each passage belongs to is found by walking the start column alongside: both only go up. */
const scorePassages = (
  word: ScoredWord,
  bit: number,
  live: LiveSegment,
  index: number,
  accumulators: Accumulators,
): void => {
  const french = passageCursor(live, index, word.passageFrench)
  const english = passageCursor(live, index, word.passageEnglish)
  if (!french && !english) return
  const { passageStart } = live.segment.columns
  const { passageScores, touchedPassages } = accumulators
  let atFrench = french ? french.cursor.next() : NO_CURSOR
  let atEnglish = english ? english.cursor.next() : NO_CURSOR
  let document = 0
  for (;;) {
    const passage = Math.min(atFrench, atEnglish)
    if (passage === END) return
    let score = 0
    if (french && atFrench === passage) {
      score = french.score()
      atFrench = french.cursor.next()
    }
    if (english && atEnglish === passage) {
      score = Math.max(score, english.score())
      atEnglish = english.cursor.next()
    }
    document = ownerOf(passageStart, passage, document)
    if (live.dead[document]) continue
    touch(document, bit, accumulators)
    if (passageScores[passage] === 0) touchedPassages.push(passage)
    passageScores[passage] = (passageScores[passage] as number) + score
  }
}

/** The profile whose passages include `passage`, by binary search from profile `from` on. */
export const ownerOf = (passageStart: Uint32Array, passage: number, from = 0): number => {
  let low = from
  let high = passageStart.length - 1
  while (low < high - 1) {
    const middle = (low + high) >>> 1
    if ((passageStart[middle] as number) <= passage) low = middle
    else high = middle
  }
  return low
}

/** A phrase adds to what its words already matched. */
const addPhrase = (term: ScoredTerm, live: LiveSegment, index: number, accumulators: Accumulators): void => {
  const phrase = profileCursor(live, index, term)
  if (!phrase) return
  const { scores, seen } = accumulators
  for (let document = phrase.cursor.next(); document !== END; document = phrase.cursor.next()) {
    if (seen[document]) scores[document] = (scores[document] as number) + phrase.score()
  }
}

const addBestPassages = (live: LiveSegment, accumulators: Accumulators): void => {
  const { passageStart } = live.segment.columns
  const { passageScores, bestScore, bestPassage, scores } = accumulators
  for (const passage of accumulators.touchedPassages) {
    const document = ownerOf(passageStart, passage)
    const score = passageScores[passage] as number
    // Of equal passages the first: the order in which they were touched depends on the words of the query.
    const better =
      score > (bestScore[document] as number) ||
      (score === bestScore[document] && passage + 1 < (bestPassage[document] as number))
    if (better) {
      bestScore[document] = score
      bestPassage[document] = passage + 1
    }
  }
  for (const document of accumulators.touched) {
    scores[document] = (scores[document] as number) + (bestScore[document] as number)
  }
}

/** The names of the fields by their number in posting lists. */
export const fieldNameOf = (field: number) => PROFILE_FIELDS[field] as (typeof PROFILE_FIELDS)[number]
