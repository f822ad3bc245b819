import type { Plan, ScoredBrick, ScoredConcept, ScoredTerm, ScoredWord } from './plan.ts'
import { BlockReader, PostingCursor } from './postings.ts'
import { ownerOf } from './segment.ts'
import type { LiveSegment } from './statistics.ts'

/**
 * Term-at-a-time scoring of one segment into typed arrays: for each word the larger of its French and its English
 * score, plus its exact form; each passage summed on its own, and the best one added to its profile.
 */

/** A list decoded: documents in ascending order, with their points. */
class Scored {
  documents = new Uint32Array(0)
  scores = new Float32Array(0)
  size = 0

  reserve(size: number): void {
    if (this.documents.length >= size) return
    this.documents = new Uint32Array(size)
    this.scores = new Float32Array(size)
  }
}

/** Documents of one cell of `Accumulators.cells`: as many as a block has postings. */
const CELL_BITS = 7

/** Working memory of one search, reused: cleared by what was touched, not by its size. */
export class Accumulators {
  scores = new Float32Array(0)
  /** Required concepts matched so far, a bit each: 1 to 32, 33 to 64. */
  matchedLow = new Uint32Array(0)
  matchedHigh = new Uint32Array(0)
  /** 1 for a profile in `touched`. */
  seen = new Uint8Array(0)
  /** 1 for 128 profiles of which one is in `touched`. */
  cells = new Uint8Array(0)
  touched = new Uint32Array(0)
  touchedCount = 0
  /** The French points of the word at hand. */
  word = new Float32Array(0)
  passageScores = new Float32Array(0)
  passageWord = new Float32Array(0)
  passageOwner = new Uint32Array(0)
  touchedPassages = new Uint32Array(0)
  touchedPassageCount = 0
  bestScore = new Float32Array(0)
  /** Number of the best passage in its segment, + 1. */
  bestPassage = new Uint32Array(0)
  readonly first = new Scored()
  readonly second = new Scored()

  reserve(profiles: number, passages: number): void {
    if (this.scores.length < profiles) {
      this.scores = new Float32Array(profiles)
      this.matchedLow = new Uint32Array(profiles)
      this.matchedHigh = new Uint32Array(profiles)
      this.seen = new Uint8Array(profiles)
      this.cells = new Uint8Array((profiles >> CELL_BITS) + 1)
      this.touched = new Uint32Array(profiles)
      this.word = new Float32Array(profiles)
      this.bestScore = new Float32Array(profiles)
      this.bestPassage = new Uint32Array(profiles)
    }
    if (this.passageScores.length < passages) {
      this.passageScores = new Float32Array(passages)
      this.passageWord = new Float32Array(passages)
      this.passageOwner = new Uint32Array(passages)
      this.touchedPassages = new Uint32Array(passages)
    }
    this.first.reserve(Math.max(profiles, passages))
    this.second.reserve(Math.max(profiles, passages))
  }

  clear(): void {
    for (let i = 0; i < this.touchedCount; i++) {
      const document = this.touched[i]!
      this.scores[document] = 0
      this.matchedLow[document] = 0
      this.matchedHigh[document] = 0
      this.seen[document] = 0
      this.bestScore[document] = 0
      this.bestPassage[document] = 0
      this.cells[document >> CELL_BITS] = 0
    }
    for (let i = 0; i < this.touchedPassageCount; i++) this.passageScores[this.touchedPassages[i]!] = 0
    this.touchedCount = 0
    this.touchedPassageCount = 0
  }
}

/** For each code of four fields the only field it counts; −1 for several, 4 for none. */
const ONLY_FIELD = Int8Array.from({ length: 256 }, (_, code) => {
  const fields = [0, 1, 2, 3].filter(field => ((code >>> (2 * field)) & 3) > 0)
  return fields.length === 0 ? 4 : fields.length === 1 ? fields[0]! : -1
})

/** A term's lists with what scores a posting, in one segment. */
interface Scoring {
  readonly term: ScoredTerm
  readonly list: Uint8Array
  /** One byte a document, in rows of `count` (one row a slot). */
  readonly lengths: Uint8Array
  readonly count: number
}

const pointsOf = ({ term, lengths, count }: Scoring, document: number, counts: Uint32Array): number => {
  let points = 0
  for (let field = 0; field < term.slots.length; field++) {
    const frequency = counts[field]!
    if (frequency === 0) continue
    const length = lengths[term.slots[field]! * count + document]!
    points += (term.weights[field]! * frequency) / (frequency + term.saturations[field]!.byLength[length]!)
  }
  return points
}

const exceptionCounts = new Uint32Array(4)

/**
 * Decodes a list with the points of each document. With `cells`, blocks without any document of a marked cell are
 * passed over.
 */
const scoreList = (scoring: Scoring, target: Scored, cells: Uint8Array | undefined): void => {
  const { term, list, lengths, count } = scoring
  const fields = term.slots.length
  const { weights, saturations } = term
  const rows = [0, 1, 2, 3].map(field => (term.slots[field] ?? 0) * count)
  const [row0, row1, row2, row3] = rows as [number, number, number, number]
  const tables: (Float32Array | undefined)[] = []
  const reader = new BlockReader(list, fields)
  const { docs } = reader
  const { documents, scores } = target
  let size = 0
  for (let block = 0; block < reader.blocks; block++) {
    if (cells && !hasMarked(cells, reader.baseOf(block), Math.min(reader.lastOf(block), count))) continue
    const n = reader.read(block)
    const codesAt = reader.codesAt
    let exceptionAt = codesAt + n
    for (let i = 0; i < n; i++) {
      const document = docs[i]!
      const code = list[codesAt + i]!
      let points = 0
      const only = fields === 1 ? (code < 4 ? (code === 0 ? 4 : 0) : 5) : ONLY_FIELD[code]!
      if (only >= 0 && only < 4) {
        let table = tables[code]
        if (table === undefined) {
          table = saturations[only]!.table(fields === 1 ? code : (code >>> (2 * only)) & 3)
          tables[code] = table
        }
        const row = only === 3 ? row3 : only === 2 ? row2 : only === 1 ? row1 : row0
        points = weights[only]! * table[lengths[row + document]!]!
      } else if (only === 4) {
        exceptionAt = reader.exception(exceptionAt, exceptionCounts)
        points = pointsOf(scoring, document, exceptionCounts)
      } else if (only === 5) {
        exceptionCounts[0] = code
        points = pointsOf(scoring, document, exceptionCounts)
      } else {
        for (let field = 0; field < 4; field++) {
          const frequency = (code >>> (2 * field)) & 3
          if (frequency > 0)
            points += weights[field]! * saturations[field]!.table(frequency)[lengths[rows[field]! + document]!]!
        }
      }
      documents[size] = document
      scores[size++] = points
    }
  }
  target.size = size
}

/** Whether a document from `base` to `last` is in a marked cell. */
const hasMarked = (cells: Uint8Array, base: number, last: number): boolean => {
  for (let cell = base >>> CELL_BITS; cell <= last >>> CELL_BITS; cell++) if (cells[cell] === 1) return true
  return false
}

/** A term's cursor in one segment, with what scores a posting. */
export class ScoringCursor {
  readonly cursor: PostingCursor
  readonly term: ScoredTerm
  readonly #lengths: Uint8Array
  readonly #count: number

  constructor({ list, term, lengths, count }: Scoring) {
    this.term = term
    this.#lengths = lengths
    this.#count = count
    this.cursor = new PostingCursor(list, term.slots.length)
  }

  /** Points of one field at the cursor's document. */
  fieldScore(field: number): number {
    const { term, cursor } = this
    const count = cursor.counts[field]!
    if (count === 0) return 0
    const length = this.#lengths[term.slots[field]! * this.#count + cursor.document]!
    return (term.weights[field]! * count) / (count + term.saturations[field]!.byLength[length]!)
  }
}

const profileScoring = (live: LiveSegment, index: number, term: ScoredTerm | undefined): Scoring | undefined => {
  const list = term?.lists[index]
  const { columns, count } = live.segment
  return term && list ? { term, list, lengths: columns.lengths, count } : undefined
}

const passageScoring = (live: LiveSegment, index: number, term: ScoredTerm | undefined): Scoring | undefined => {
  const list = term?.lists[index]
  const { columns, passages } = live.segment
  return term && list ? { term, list, lengths: columns.passageLengths, count: passages } : undefined
}

const cursorOf = (scoring: Scoring | undefined): ScoringCursor | undefined => scoring && new ScoringCursor(scoring)

export const profileCursor = (live: LiveSegment, index: number, term: ScoredTerm | undefined) =>
  cursorOf(profileScoring(live, index, term))

export const passageCursor = (live: LiveSegment, index: number, term: ScoredTerm | undefined) =>
  cursorOf(passageScoring(live, index, term))

const NOT_REQUIRED = -1

/**
 * Fills `accumulators` with the scores of every profile of the segment that matches enough concepts. Where at least m of
 * r concepts must match, a match has one of the r − m + 1 rarest: of the others only the profiles are looked at that
 * are met already, and whole blocks are passed over. Profiles that match too few may lack points.
 */
export const scoreSegment = (plan: Plan, live: LiveSegment, index: number, accumulators: Accumulators): void => {
  accumulators.reserve(live.segment.count, live.segment.passages)
  const segment = new SegmentScorer(live, index, accumulators)
  const required = plan.concepts.filter(concept => concept.bit !== NOT_REQUIRED)
  const others = plan.concepts.filter(concept => concept.bit === NOT_REQUIRED)
  const all = plan.minimumMatch === 0
  for (const brick of plan.bricks) if (all || brick.bits.length > 0) segment.brick(brick, false)
  required.sort((a, b) => bytesOf(a, index) - bytesOf(b, index))
  const leading = all ? required.length : required.length - plan.minimumMatch + 1
  required.forEach((concept, rank) => {
    segment.concept(concept, rank >= leading)
  })
  for (const concept of others) segment.concept(concept, !all)
  for (const brick of plan.bricks) if (!all && brick.bits.length === 0) segment.brick(brick, true)
  for (const { term } of plan.phrases) segment.phrase(term)
  segment.addBestPassages()
}

const bytesOf = ({ words }: ScoredConcept, index: number): number => {
  let bytes = 0
  for (const word of words)
    for (const term of [word.french, word.english, word.exact, word.passageFrench, word.passageEnglish])
      bytes += term?.lists[index]?.length ?? 0
  return bytes
}

class SegmentScorer {
  readonly #live: LiveSegment
  readonly #index: number
  readonly #accumulators: Accumulators

  constructor(live: LiveSegment, index: number, accumulators: Accumulators) {
    this.#live = live
    this.#index = index
    this.#accumulators = accumulators
  }

  /** `onlySeen`: adds to profiles that were touched before, and touches no others. */
  concept({ words, bit }: ScoredConcept, onlySeen: boolean): void {
    for (const word of words) {
      this.#word(word, bit, onlySeen)
      this.#passages(word, bit, onlySeen)
    }
  }

  /** Of the ids that answer a brick, the one that gives a profile most points counts. */
  brick({ ids, bits }: ScoredBrick, onlySeen: boolean): void {
    const { first, word, scores } = this.#accumulators
    const cells = onlySeen ? this.#accumulators.cells : undefined
    const scorings = ids.flatMap(({ term }) => profileScoring(this.#live, this.#index, term) ?? [])
    for (const scoring of scorings) {
      scoreList(scoring, first, cells)
      for (let i = 0; i < first.size; i++) {
        const document = first.documents[i]!
        const points = first.scores[i]!
        if (points <= word[document]! || (onlySeen && this.#accumulators.seen[document] === 0)) continue
        scores[document]! += points - word[document]!
        word[document] = points
      }
      this.#touchAll(NOT_REQUIRED, onlySeen)
      for (const bit of bits) this.#touchAll(bit, onlySeen)
    }
    for (const scoring of scorings) {
      const reader = new BlockReader(scoring.list, 1)
      for (let n = reader.next(); n > 0; n = reader.next()) for (let i = 0; i < n; i++) word[reader.docs[i]!] = 0
    }
  }

  /** A phrase adds to what its words already matched. */
  phrase(term: ScoredTerm): void {
    const scoring = profileScoring(this.#live, this.#index, term)
    if (!scoring) return
    const { first, scores, seen, cells } = this.#accumulators
    scoreList(scoring, first, cells)
    for (let i = 0; i < first.size; i++) {
      const document = first.documents[i]!
      if (seen[document] === 1) scores[document]! += first.scores[i]!
    }
  }

  addBestPassages(): void {
    const { passageScores, passageOwner, bestScore, bestPassage, scores, touched } = this.#accumulators
    const { touchedPassages, touchedPassageCount } = this.#accumulators
    if (touchedPassageCount === 0) return
    for (let i = 0; i < touchedPassageCount; i++) {
      const passage = touchedPassages[i]!
      const document = passageOwner[passage]!
      const score = passageScores[passage]!
      // Of equal passages the first: the order in which they were touched depends on the words of the query.
      const better =
        score > bestScore[document]! || (score === bestScore[document] && passage + 1 < bestPassage[document]!)
      if (!better) continue
      bestScore[document] = score
      bestPassage[document] = passage + 1
    }
    for (let i = 0; i < this.#accumulators.touchedCount; i++) scores[touched[i]!]! += bestScore[touched[i]!]!
  }

  #word(word: ScoredWord, bit: number, onlySeen: boolean): void {
    const [live, index, accumulators] = [this.#live, this.#index, this.#accumulators]
    const french = profileScoring(live, index, word.french)
    const english = profileScoring(live, index, word.english)
    const exact = profileScoring(live, index, word.exact)
    const cells = onlySeen ? accumulators.cells : undefined
    const { first, second, scores, word: points } = accumulators
    if (french) {
      scoreList(french, first, cells)
      this.#touchAll(bit, onlySeen)
      for (let i = 0; i < first.size; i++) scores[first.documents[i]!]! += first.scores[i]!
    }
    if (english) {
      if (french) for (let i = 0; i < first.size; i++) points[first.documents[i]!] = first.scores[i]!
      scoreList(english, second, cells)
      this.#touchAll(bit, onlySeen, second)
      for (let i = 0; i < second.size; i++) {
        const document = second.documents[i]!
        const more = second.scores[i]! - points[document]!
        if (more > 0) scores[document]! += more
      }
      if (french) for (let i = 0; i < first.size; i++) points[first.documents[i]!] = 0
    }
    if (exact) {
      scoreList(exact, first, cells)
      this.#touchAll(bit, onlySeen)
      for (let i = 0; i < first.size; i++) scores[first.documents[i]!]! += first.scores[i]!
    }
  }

  /** The profile that each passage belongs to is found by walking the start column alongside: both only go up. */
  #passages(word: ScoredWord, bit: number, onlySeen: boolean): void {
    const french = passageScoring(this.#live, this.#index, word.passageFrench)
    const english = passageScoring(this.#live, this.#index, word.passageEnglish)
    if (!french && !english) return
    const { first, second, passageWord } = this.#accumulators
    if (french) {
      scoreList(french, first, undefined)
      if (english) for (let i = 0; i < first.size; i++) passageWord[first.documents[i]!] = first.scores[i]!
      this.#addPassages(first, bit, onlySeen)
    }
    if (!english) return
    scoreList(english, second, undefined)
    if (french) {
      for (let i = 0; i < second.size; i++)
        second.scores[i] = Math.max(0, second.scores[i]! - passageWord[second.documents[i]!]!)
      for (let i = 0; i < first.size; i++) passageWord[first.documents[i]!] = 0
    }
    this.#addPassages(second, bit, onlySeen)
  }

  #addPassages({ documents, scores, size }: Scored, bit: number, onlySeen: boolean): void {
    const { passageStart } = this.#live.segment.columns
    const accumulators = this.#accumulators
    const { passageScores, passageOwner, touchedPassages, seen } = accumulators
    let owner = 0
    for (let i = 0; i < size; i++) {
      const passage = documents[i]!
      if (passageStart[owner + 1]! <= passage) owner = ownerOf(passageStart, passage, owner)
      if (onlySeen && seen[owner] === 0) continue
      touch(owner, bit, accumulators)
      if (scores[i] === 0) continue
      if (passageScores[passage] === 0) {
        passageOwner[passage] = owner
        touchedPassages[accumulators.touchedPassageCount++] = passage
      }
      passageScores[passage]! += scores[i]!
    }
  }

  /** Touches the documents of a decoded list; with `onlySeen`, leaves those in the list that are touched already. */
  #touchAll(bit: number, onlySeen: boolean, list = this.#accumulators.first): void {
    const accumulators = this.#accumulators
    const { documents, size } = list
    if (onlySeen) keepSeen(list, accumulators.seen)
    const { seen, cells, touched } = accumulators
    let count = accumulators.touchedCount
    if (!onlySeen) {
      for (let i = 0; i < size; i++) {
        const document = documents[i]!
        if (seen[document] === 1) continue
        seen[document] = 1
        cells[document >> CELL_BITS] = 1
        touched[count++] = document
      }
      accumulators.touchedCount = count
    }
    if (bit < 0) return
    const bits = bit < 32 ? accumulators.matchedLow : accumulators.matchedHigh
    const mask = 1 << (bit & 31)
    for (let i = 0; i < list.size; i++) bits[documents[i]!]! |= mask
  }
}

/** Leaves in a decoded list the documents that are touched. */
const keepSeen = (list: Scored, seen: Uint8Array): void => {
  const { documents, scores } = list
  let kept = 0
  for (let i = 0; i < list.size; i++) {
    if (seen[documents[i]!] === 0) continue
    documents[kept] = documents[i]!
    scores[kept++] = scores[i]!
  }
  list.size = kept
}

/** `bit`: the concept that is matched; −1 for one that is not required. */
const touch = (document: number, bit: number, accumulators: Accumulators): void => {
  if (accumulators.seen[document] === 0) {
    accumulators.seen[document] = 1
    accumulators.cells[document >> CELL_BITS] = 1
    accumulators.touched[accumulators.touchedCount++] = document
  }
  if (bit < 0) return
  const bits = bit < 32 ? accumulators.matchedLow : accumulators.matchedHigh
  bits[document]! |= 1 << (bit & 31)
}

const countBits = (value: number): number => {
  let bits = value - ((value >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** How many required concepts a profile has matched. */
export const matchedConcepts = (document: number, accumulators: Accumulators): number => {
  const high = accumulators.matchedHigh[document]!
  return countBits(accumulators.matchedLow[document]!) + (high === 0 ? 0 : countBits(high))
}
