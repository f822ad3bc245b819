import type { Plan, ScoredBrick, ScoredConcept, ScoredTerm, ScoredWord } from './plan.ts'
import { SEVERAL } from './point-table.ts'
import { BLOCK_SIZE, BlockReader, countIn, onlyField, PostingCursor } from './postings.ts'
import type { LiveSegment } from './statistics.ts'

/**
 * Term-at-a-time scoring of one segment into typed arrays: for each word the larger of its French and its English
 * score, plus its exact form; each passage summed on its own, and the best one added to its profile.
 */

/** Documents of one cell of `Accumulators.cells`: as many as a block has postings. */
const CELL_BITS = 7
/** From one posting on for 32 profiles of a segment, all of it is looked through and cleared: 5 bytes a profile. */
const DENSE_SHARE = 1 / 32

/** Working memory of one search, reused: cleared by what was touched, or as a whole when that is much of it. */
export class Accumulators {
  scores = new Float32Array(0)
  /** Required concepts matched so far, a bit each: 1 to 32, 33 to 64. Kept where two or more must match. */
  matchedLow = new Uint32Array(0)
  matchedHigh = new Uint32Array(0)
  /** 1 for a profile that is touched. */
  seen = new Uint8Array(0)
  /** 1 for 128 profiles of which one is touched. */
  cells = new Uint8Array(0)
  /** The touched profiles, in the order in which they were; not kept when `isDense`. */
  touched = new Uint32Array(0)
  touchedCount = 0
  isDense = false
  keepsBits = false
  /** The French points of the word at hand. */
  word = new Float32Array(0)
  passageScores = new Float32Array(0)
  passageWord = new Float32Array(0)
  passageOwner = new Uint32Array(0)
  touchedPassages = new Uint32Array(0)
  touchedPassageCount = 0
  /** Of the best passage of each profile. */
  bestScore = new Float32Array(0)
  #count = 0

  /** `postings`: of the lists that may touch profiles. `keepsBits`: which concepts a profile matches must be known. */
  begin(profiles: number, passages: number, postings: number, keepsBits: boolean): void {
    this.#count = profiles
    this.isDense = postings > profiles * DENSE_SHARE
    this.keepsBits = keepsBits
    if (this.scores.length < profiles) {
      this.scores = new Float32Array(profiles)
      this.seen = new Uint8Array(profiles)
      this.cells = new Uint8Array((profiles >> CELL_BITS) + 1)
      this.word = new Float32Array(profiles)
      this.bestScore = new Float32Array(profiles)
    }
    if (!this.isDense && this.touched.length < profiles) this.touched = new Uint32Array(profiles)
    if (keepsBits && this.matchedLow.length < profiles) {
      this.matchedLow = new Uint32Array(profiles)
      this.matchedHigh = new Uint32Array(profiles)
    }
    if (this.passageScores.length < passages) {
      this.passageScores = new Float32Array(passages)
      this.passageWord = new Float32Array(passages)
      this.passageOwner = new Uint32Array(passages)
      this.touchedPassages = new Uint32Array(passages)
    }
  }

  /** Writes the touched profiles into `target`, in ascending order when `isDense`; their number. */
  takeTouched(target: Uint32Array): number {
    if (!this.isDense) {
      target.set(this.touched.subarray(0, this.touchedCount))
      return this.touchedCount
    }
    const { seen, cells } = this
    let size = 0
    for (let cell = 0; cell << CELL_BITS < this.#count; cell++) {
      if (cells[cell] === 0) continue
      const end = Math.min(this.#count, (cell + 1) << CELL_BITS)
      // Without a branch that nobody could guess.
      for (let document = cell << CELL_BITS; document < end; document++) {
        target[size] = document
        size += seen[document]!
      }
    }
    return size
  }

  clear(): void {
    for (let i = 0; i < this.touchedPassageCount; i++) {
      const passage = this.touchedPassages[i]!
      this.passageScores[passage] = 0
      this.bestScore[this.passageOwner[passage]!] = 0
    }
    this.touchedPassageCount = 0
    if (this.isDense) {
      this.scores.fill(0, 0, this.#count)
      this.seen.fill(0, 0, this.#count)
      this.cells.fill(0)
      if (this.keepsBits) {
        this.matchedLow.fill(0, 0, this.#count)
        this.matchedHigh.fill(0, 0, this.#count)
      }
      return
    }
    for (let i = 0; i < this.touchedCount; i++) {
      const document = this.touched[i]!
      this.scores[document] = 0
      this.seen[document] = 0
      this.cells[document >> CELL_BITS] = 0
      if (!this.keepsBits) continue
      this.matchedLow[document] = 0
      this.matchedHigh[document] = 0
    }
    this.touchedCount = 0
  }
}

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
 * Decodes a list block by block with the points of each document: 128 of both fit the processor's nearest cache. With
 * `cells`, blocks without any document of a marked cell are passed over.
 */
class ScoredBlocks {
  readonly docs: Uint32Array
  readonly points = new Float32Array(BLOCK_SIZE)
  readonly #scoring: Scoring
  readonly #reader: BlockReader
  readonly #cells: Uint8Array | undefined
  constructor(scoring: Scoring, cells: Uint8Array | undefined) {
    const { term, list } = scoring
    this.#scoring = scoring
    this.#cells = cells
    this.#reader = new BlockReader(list, term.slots.length)
    this.docs = this.#reader.docs
  }

  /** Reads the next block; the number of its postings, 0 after the last. */
  next(): number {
    const reader = this.#reader
    const n = nextMarked(reader, this.#cells, this.#scoring.count)
    if (reader.hasLengths) this.#scoreByTable(n)
    else this.#scoreShort(n)
    return n
  }

  /** From what stands in the list alone, but for the few that count several fields or often. */
  #scoreByTable(n: number): void {
    const { docs, points } = this
    const { term, list } = this.#scoring
    const { points: known, isKnown, rows } = term.points
    const { codesAt, lengthsAt } = this.#reader
    let exceptionAt = this.#reader.exceptionsAt
    for (let i = 0; i < n; i++) {
      const code = list[codesAt + i]!
      const row = rows[code]!
      if (row === SEVERAL) {
        if (code === 0) exceptionAt = this.#reader.exception(exceptionAt, exceptionCounts)
        points[i] = this.#several(docs[i]!, code)
        continue
      }
      if (isKnown[row] === 0) term.points.know(row)
      points[i] = known[(row << 8) | list[lengthsAt + i]!]!
    }
  }

  #scoreShort(n: number): void {
    const { docs, points } = this
    const { term, list, lengths, count } = this.#scoring
    const { codesAt, fields } = this.#reader
    let exceptionAt = this.#reader.exceptionsAt
    for (let i = 0; i < n; i++) {
      const document = docs[i]!
      const code = list[codesAt + i]!
      if (code === 0) exceptionAt = this.#reader.exception(exceptionAt, exceptionCounts)
      const row = term.points.rows[code]!
      if (row === SEVERAL) points[i] = this.#several(document, code)
      else {
        const field = onlyField(code, fields)
        const length = lengths[term.slots[field]! * count + document]!
        points[i] = term.weights[field]! * term.saturations[field]!.table(countIn(code, field, fields))[length]!
      }
    }
  }

  /** `code` 0: the counts of an exception that was just read. */
  #several(document: number, code: number): number {
    const { term, lengths, count } = this.#scoring
    const { fields } = this.#reader
    if (code === 0 || fields === 1) {
      if (code > 0) exceptionCounts[0] = code
      return pointsOf(this.#scoring, document, exceptionCounts)
    }
    let sum = 0
    for (let field = 0; field < fields; field++) {
      const frequency = countIn(code, field, fields)
      if (frequency > 0)
        sum +=
          term.weights[field]! *
          term.saturations[field]!.table(frequency)[lengths[term.slots[field]! * count + document]!]!
    }
    return sum
  }
}

/** Reads the next block; with `cells`, the next that has a document of a marked cell. The number of its postings, or 0. */
const nextMarked = (reader: BlockReader, cells: Uint8Array | undefined, count: number): number => {
  if (cells)
    while (
      reader.block < reader.blocks &&
      !hasMarked(cells, reader.baseOf(reader.block), Math.min(reader.lastOf(reader.block), count))
    )
      reader.block++
  return reader.next()
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
  const list = term?.lists.at(index)
  const { columns, count } = live.segment
  return term && list ? { term, list, lengths: columns.lengths, count } : undefined
}

const passageScoring = (live: LiveSegment, index: number, term: ScoredTerm | undefined): Scoring | undefined => {
  const list = term?.lists.at(index)
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
  const required = plan.concepts.filter(concept => concept.bit !== NOT_REQUIRED)
  const others = plan.concepts.filter(concept => concept.bit === NOT_REQUIRED)
  const all = plan.minimumMatch === 0
  required.sort((a, b) => postingsOf([a], index) - postingsOf([b], index))
  const leading = all ? required.length : required.length - plan.minimumMatch + 1
  const postings =
    postingsOf(required.slice(0, leading), index) +
    postingsOf(all ? others : [], index) +
    plan.bricks.flatMap(({ ids }) => ids).reduce((sum, { term }) => sum + documentsIn(term, index), 0)
  // Where one concept is enough, or none, to be touched is to match.
  accumulators.begin(live.segment.count, live.segment.passages, postings, plan.minimumMatch > 1)
  const segment = new SegmentScorer(live, index, accumulators)
  for (const brick of plan.bricks) if (all || brick.bits.length > 0) segment.brick(brick, false)
  required.forEach((concept, rank) => {
    segment.concept(concept, rank >= leading)
  })
  for (const concept of others) segment.concept(concept, !all)
  for (const brick of plan.bricks) if (!all && brick.bits.length === 0) segment.brick(brick, true)
  for (const { term } of plan.phrases) segment.phrase(term)
  segment.addBestPassages()
}

const documentsIn = (term: ScoredTerm | undefined, index: number): number => {
  return term?.lists.documents(index) ?? 0
}

const termsOf = (word: ScoredWord) => [word.french, word.english, word.exact, word.passageFrench, word.passageEnglish]

const postingsOf = (concepts: readonly ScoredConcept[], index: number): number =>
  concepts.flatMap(({ words }) => words.flatMap(termsOf)).reduce((sum, term) => sum + documentsIn(term, index), 0)

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
    const { word, scores, seen } = this.#accumulators
    const cells = onlySeen ? this.#accumulators.cells : undefined
    const scorings = ids.flatMap(({ term }) => profileScoring(this.#live, this.#index, term) ?? [])
    for (const scoring of scorings) {
      const blocks = new ScoredBlocks(scoring, cells)
      const { docs, points } = blocks
      for (let n = blocks.next(); n > 0; n = blocks.next()) {
        for (let i = 0; i < n; i++) {
          const document = docs[i]!
          if (points[i]! <= word[document]! || (onlySeen && seen[document] === 0)) continue
          scores[document]! += points[i]! - word[document]!
          word[document] = points[i]!
        }
        this.#touch(docs, n, NOT_REQUIRED, onlySeen)
        for (const bit of bits) this.#touch(docs, n, bit, true)
      }
    }
    for (const scoring of scorings) forget(scoring, word, cells)
  }

  /** A phrase adds to what its words already matched. */
  phrase(term: ScoredTerm): void {
    const scoring = profileScoring(this.#live, this.#index, term)
    if (!scoring) return
    const { scores, seen, cells } = this.#accumulators
    const blocks = new ScoredBlocks(scoring, cells)
    const { docs, points } = blocks
    for (let n = blocks.next(); n > 0; n = blocks.next())
      for (let i = 0; i < n; i++) if (seen[docs[i]!] === 1) scores[docs[i]!]! += points[i]!
  }

  addBestPassages(): void {
    const { passageScores, passageOwner, bestScore, scores } = this.#accumulators
    const { touchedPassages, touchedPassageCount } = this.#accumulators
    for (let i = 0; i < touchedPassageCount; i++) {
      const passage = touchedPassages[i]!
      const document = passageOwner[passage]!
      const more = passageScores[passage]! - bestScore[document]!
      if (more <= 0) continue
      scores[document]! += more
      bestScore[document] = passageScores[passage]!
    }
  }

  /** For each profile the larger of the French and the English points, plus those of the exact form. */
  #word(word: ScoredWord, bit: number, onlySeen: boolean): void {
    const [live, index] = [this.#live, this.#index]
    const french = profileScoring(live, index, word.french)
    const english = profileScoring(live, index, word.english)
    const exact = profileScoring(live, index, word.exact)
    const both = french !== undefined && english !== undefined
    if (french) this.#addPoints(french, bit, onlySeen, both)
    if (english && both) this.#addMore(english, bit, onlySeen)
    else if (english) this.#addPoints(english, bit, onlySeen, false)
    const { word: remembered, cells } = this.#accumulators
    if (both) forget(french, remembered, onlySeen ? cells : undefined)
    if (exact) this.#addPoints(exact, bit, onlySeen, false)
  }

  /** `remember`: for `#addMore`. */
  #addPoints(scoring: Scoring, bit: number, onlySeen: boolean, remember: boolean): void {
    const { scores, seen, cells, word } = this.#accumulators
    const blocks = new ScoredBlocks(scoring, onlySeen ? cells : undefined)
    const { docs, points } = blocks
    for (let n = blocks.next(); n > 0; n = blocks.next()) {
      this.#touch(docs, n, bit, onlySeen)
      if (onlySeen) {
        // What no search will look at is not worth a store.
        for (let i = 0; i < n; i++) if (seen[docs[i]!] === 1) scores[docs[i]!]! += points[i]!
      } else for (let i = 0; i < n; i++) scores[docs[i]!]! += points[i]!
      if (remember) for (let i = 0; i < n; i++) word[docs[i]!] = points[i]!
    }
  }

  /** Adds by how much the points exceed those of the other language. */
  #addMore(scoring: Scoring, bit: number, onlySeen: boolean): void {
    const { scores, seen, cells, word } = this.#accumulators
    const blocks = new ScoredBlocks(scoring, onlySeen ? cells : undefined)
    const { docs, points } = blocks
    for (let n = blocks.next(); n > 0; n = blocks.next()) {
      this.#touch(docs, n, bit, onlySeen)
      for (let i = 0; i < n; i++) {
        const document = docs[i]!
        const more = points[i]! - word[document]!
        if (more > 0 && seen[document] === 1) scores[document]! += more
      }
    }
  }

  #passages(word: ScoredWord, bit: number, onlySeen: boolean): void {
    const french = passageScoring(this.#live, this.#index, word.passageFrench)
    const english = passageScoring(this.#live, this.#index, word.passageEnglish)
    const { passageWord } = this.#accumulators
    const both = french !== undefined && english !== undefined
    if (french) this.#addPassages(french, bit, onlySeen, both)
    if (english) this.#addPassages(english, bit, onlySeen, false)
    if (both) forget(french, passageWord, undefined)
  }

  /** `remember`: what the next list must exceed to add anything. */
  #addPassages(scoring: Scoring, bit: number, onlySeen: boolean, remember: boolean): void {
    const owners = this.#live.segment.passageOwners()
    const accumulators = this.#accumulators
    const { passageScores, passageOwner, passageWord, touchedPassages, seen } = accumulators
    const blocks = new ScoredBlocks(scoring, undefined)
    const { docs, points } = blocks
    for (let n = blocks.next(); n > 0; n = blocks.next()) {
      for (let i = 0; i < n; i++) {
        const passage = docs[i]!
        const more = points[i]! - passageWord[passage]!
        if (remember) passageWord[passage] = points[i]!
        const owner = owners[passage]!
        if (onlySeen && seen[owner] === 0) continue
        touch(owner, bit, accumulators)
        if (more <= 0) continue
        if (passageScores[passage] === 0) {
          passageOwner[passage] = owner
          touchedPassages[accumulators.touchedPassageCount++] = passage
        }
        passageScores[passage]! += more
      }
    }
  }

  /** Touches some documents; with `onlySeen`, notes the concept of those that are touched already. */
  #touch(docs: Uint32Array, n: number, bit: number, onlySeen: boolean): void {
    const accumulators = this.#accumulators
    const { seen, cells } = accumulators
    if (!onlySeen) {
      if (accumulators.isDense) {
        for (let i = 0; i < n; i++) {
          seen[docs[i]!] = 1
          cells[docs[i]! >> CELL_BITS] = 1
        }
      } else {
        const { touched } = accumulators
        let count = accumulators.touchedCount
        for (let i = 0; i < n; i++) {
          const document = docs[i]!
          if (seen[document] === 1) continue
          seen[document] = 1
          cells[document >> CELL_BITS] = 1
          touched[count++] = document
        }
        accumulators.touchedCount = count
      }
    }
    if (bit < 0 || !accumulators.keepsBits) return
    const bits = bit < 32 ? accumulators.matchedLow : accumulators.matchedHigh
    const mask = 1 << (bit & 31)
    for (let i = 0; i < n; i++) if (seen[docs[i]!] === 1) bits[docs[i]!]! |= mask
  }
}

/** Clears what was remembered for the documents of a list, of which `cells` may have been read only. */
const forget = ({ list, term, count }: Scoring, remembered: Float32Array, cells: Uint8Array | undefined): void => {
  const reader = new BlockReader(list, term.slots.length)
  if (reader.documents > count * DENSE_SHARE) {
    remembered.fill(0, 0, count)
    return
  }
  for (let n = nextMarked(reader, cells, count); n > 0; n = nextMarked(reader, cells, count))
    for (let i = 0; i < n; i++) remembered[reader.docs[i]!] = 0
}

/** `bit`: the concept that is matched; −1 for one that is not required. */
const touch = (document: number, bit: number, accumulators: Accumulators): void => {
  if (accumulators.seen[document] === 0) {
    accumulators.seen[document] = 1
    accumulators.cells[document >> CELL_BITS] = 1
    if (!accumulators.isDense) accumulators.touched[accumulators.touchedCount++] = document
  }
  if (bit < 0 || !accumulators.keepsBits) return
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
