import type { Supplier } from '../../model/supplier.ts'
import { forEachTextWord, wordForms } from '../../text/analyse.ts'
import { detectLanguage } from '../../text/language.ts'
import { nameKey } from '../../text/name-key.ts'
import { brickFrequencies, fieldTexts, PROFILE_FIELDS } from '../fields.ts'
import { BIGRAM_FIELDS, BRICK_SLOT, LENGTH_SLOTS, lengthSlot } from './analysed.ts'
import { type ColumnValues, columnValues } from './columns.ts'
import { Growing, growingI32, growingU8, growingU32 } from './growing.ts'
import { Repetition } from './repetition.ts'
import type { Lengths } from './statistics.ts'

/**
 * Turns profiles into postings as `analyseProfile` does, at a fifth of its cost: each text is cut into words once for
 * all analyses, each word is analysed once a segment, and terms are numbers from there on.
 */

/** The kinds of term that are made of one string, by the first letter of their key. */
export const KINDS = ['f', 'e', 'x', 'F', 'E', 'k'] as const
export type Kind = (typeof KINDS)[number]
/** The same letters, of any key. */
const LETTERS: readonly string[] = KINDS
const KIND = { french: 0, english: 1, exact: 2, passageFrench: 3, passageEnglish: 4, brick: 5 } as const

const FIELDS = PROFILE_FIELDS.length
const NONE = -1

/** A copy that does not keep the text alive that it was cut from. */
const detached = (text: string): string => ` ${text}`.slice(1)

/** More words than this are not remembered at once: hostile texts are made of them. */
const MAX_WORDS = 400_000

/**
 * Words as they are written, with the strings of their terms (−1 where an analysis drops them). Found by their characters
 * in place: cutting each out of its text and looking it up in a `Map` took a third of the whole analysis.
 */
class Words {
  #hashes = new Uint32Array(1 << 13)
  /** Word + 1; 0 where the place is free. */
  #places = new Uint32Array(1 << 13)
  readonly #starts = growingU32(4096)
  readonly #characters = new Growing<Uint16Array>(n => new Uint16Array(n), 1 << 15)
  readonly french = growingI32(4096)
  readonly english = growingI32(4096)
  readonly exact = growingI32(4096)
  /** Characters that elision takes. */
  readonly elided = growingU8(4096)

  constructor() {
    this.#starts.push(0)
  }

  get size(): number {
    return this.french.length
  }

  /** The word from `start` to `end`; `NONE` when it is new. */
  find(text: string, start: number, end: number): number {
    const hash = hashOf(text, start, end)
    const mask = this.#places.length - 1
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const place = this.#places[at]!
      if (place === 0) return NONE
      if (this.#hashes[at] === hash && this.#isWord(place - 1, text, start, end)) return place - 1
    }
  }

  /** Adds a word that is not there; the caller pushes its strings. */
  add(word: string): number {
    if (this.size * 2 >= this.#places.length) this.#grow()
    this.#characters.reserve(word.length)
    for (let i = 0; i < word.length; i++) this.#characters.push(word.charCodeAt(i))
    this.#starts.push(this.#characters.length)
    this.#put(hashOf(word, 0, word.length), this.size)
    return this.size
  }

  #isWord(word: number, text: string, start: number, end: number): boolean {
    const from = this.#starts.array[word]!
    if (this.#starts.array[word + 1]! - from !== end - start) return false
    const characters = this.#characters.array
    for (let i = 0; i < end - start; i++) if (characters[from + i] !== text.charCodeAt(start + i)) return false
    return true
  }

  #put(hash: number, word: number): void {
    const mask = this.#places.length - 1
    let at = hash & mask
    while (this.#places[at] !== 0) at = (at + 1) & mask
    this.#hashes[at] = hash
    this.#places[at] = word + 1
  }

  #grow(): void {
    const [hashes, places] = [this.#hashes, this.#places]
    this.#hashes = new Uint32Array(places.length * 2)
    this.#places = new Uint32Array(places.length * 2)
    for (let i = 0; i < places.length; i++) if (places[i]! > 0) this.#put(hashes[i]!, places[i]! - 1)
  }
}

/** FNV-1a, its bits mixed at the end. */
const hashOf = (text: string, start: number, end: number): number => {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}

/** Pairs of string numbers to their terms: open addressing in typed arrays, for bigrams are most of all terms. */
class PairTerms {
  #firsts = new Uint32Array(1 << 12)
  #seconds = new Uint32Array(1 << 12)
  /** Term + 1; 0 where the place is free. */
  #terms = new Uint32Array(1 << 12)
  #size = 0

  /** The term of a pair; −1 when it is new. */
  find(first: number, second: number): number {
    return this.#terms[this.#place(first, second)]! - 1
  }

  /** The term of a pair; `make` gives the number of a new one. */
  term(first: number, second: number, make: () => number): number {
    if (this.#size * 2 > this.#terms.length) this.#grow()
    const at = this.#place(first, second)
    const known = this.#terms[at]!
    if (known > 0) return known - 1
    const term = make()
    this.#firsts[at] = first
    this.#seconds[at] = second
    this.#terms[at] = term + 1
    this.#size++
    return term
  }

  /** Forgets all pairs, and keeps the memory. */
  clear(): void {
    this.#terms.fill(0)
    this.#size = 0
  }

  #place(first: number, second: number): number {
    const mask = this.#terms.length - 1
    let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)
    hash ^= hash >>> 15
    let at = hash & mask
    while (this.#terms[at]! > 0 && (this.#firsts[at] !== first || this.#seconds[at] !== second)) at = (at + 1) & mask
    return at
  }

  #grow(): void {
    const [firsts, seconds, terms] = [this.#firsts, this.#seconds, this.#terms]
    this.#firsts = new Uint32Array(terms.length * 2)
    this.#seconds = new Uint32Array(terms.length * 2)
    this.#terms = new Uint32Array(terms.length * 2)
    for (let i = 0; i < terms.length; i++) {
      if (terms[i] === 0) continue
      const at = this.#place(firsts[i]!, seconds[i]!)
      this.#firsts[at] = firsts[i]!
      this.#seconds[at] = seconds[i]!
      this.#terms[at] = terms[i]!
    }
  }
}

/** What a profile gives besides its postings. */
export interface Inverted {
  readonly columns: ColumnValues
  /** Tokens by `lengthSlot`; overwritten by the next profile. */
  readonly lengths: Uint32Array
  /** Tokens of each passage in each passage analysis. */
  readonly passages: readonly (readonly [french: number, english: number])[]
}

/** Everything of one segment's postings while it is collected. */
export class Inverter {
  /** Strings by number. */
  readonly strings: string[] = []
  readonly #numbers = new Map<string, number>()
  #words = new Words()
  /** For each kind, term + 1 by string number. */
  readonly terms: readonly Growing<Uint32Array>[] = KINDS.map(() => growingU32(1024))
  readonly #pairs = new PairTerms()
  /** First string, second string and term of each bigram. */
  readonly pairFirst = growingU32()
  readonly pairSecond = growingU32()
  readonly pairTerm = growingU32()
  #termCount = 0
  /** Occurrences in each field of the document at hand, by term. */
  #counts = new Growing<Uint16Array>(n => new Uint16Array(n), 4096)
  readonly #touched = growingU32()
  /** The postings in the order of their documents: term, and document × 256 + code. */
  readonly postingTerms = growingU32(1 << 12)
  readonly postings = growingU32(1 << 12)
  #sorted = new Uint32Array(0)
  /** The counts that no code holds, by term × 2^24 + document. */
  readonly exceptions = new Map<number, Uint16Array>()
  /** How each exact form of names, taglines and tags was written first, by string number. */
  surfaces: (string | undefined)[] = []
  /** Whole names (`nameKey`), and whose they are: nearly all are one firm's, so that they are no terms here. */
  readonly names: string[] = []
  readonly nameDocuments = growingU32()
  /** What a name can be completed from, and whose it is. */
  readonly nameKeys: string[] = []
  readonly nameKeyDocuments = growingU32()
  readonly #repetition = new Repetition()
  #passages = 0
  #documents = 0
  readonly #maxWords: number

  readonly #french = growingU32()
  readonly #english = growingU32()
  readonly #exact = growingU32()
  readonly #lengths = new Uint32Array(LENGTH_SLOTS)
  /** Occurrences of the exact forms in tagline, description and passages, by string number. */
  readonly #inTexts = new Growing<Uint16Array>(n => new Uint16Array(n), 1024)
  readonly #textWords = growingU32()

  /** `maxWords`: how many words are kept for the next segment. */
  constructor(maxWords = MAX_WORDS) {
    this.#maxWords = maxWords
  }

  /**
   * Begins another segment. The words met so far and their strings are kept, for most profiles use the same ones; where
   * they are too many, all begins afresh.
   */
  reset(): void {
    if (this.strings.length > this.#maxWords) {
      this.strings.length = 0
      this.#numbers.clear()
      this.#words = new Words()
    }
    for (const terms of this.terms) terms.array.fill(0, 0, terms.length)
    this.#pairs.clear()
    this.pairFirst.length = 0
    this.pairSecond.length = 0
    this.pairTerm.length = 0
    this.#termCount = 0
    this.#counts.length = 0
    this.postingTerms.length = 0
    this.postings.length = 0
    this.exceptions.clear()
    this.surfaces = new Array<string | undefined>(this.strings.length)
    this.names.length = 0
    this.nameDocuments.length = 0
    this.nameKeys.length = 0
    this.nameKeyDocuments.length = 0
    this.#passages = 0
    this.#documents = 0
  }

  get termCount(): number {
    return this.#termCount
  }

  /** Postings collected so far: what bounds the memory of a segment. */
  get size(): number {
    return this.postings.length
  }

  /** The term of a key, by the letter of its kind and what follows; −1 when there is none. */
  termOf(kind: string, text: string): number {
    if (kind === 'b') {
      const space = text.indexOf(' ')
      const [first, second] = [this.#numbers.get(text.slice(0, space)), this.#numbers.get(text.slice(space + 1))]
      return first === undefined || second === undefined ? NONE : this.#pairs.find(first, second)
    }
    const terms = this.terms[LETTERS.indexOf(kind)]
    const string = this.#numbers.get(text)
    return terms && string !== undefined && string < terms.length ? terms.array[string]! - 1 : NONE
  }

  /** How an exact form was written first, in a name, tagline or tag. */
  surfaceOf(form: string): string | undefined {
    const string = this.#numbers.get(form)
    return string === undefined ? undefined : this.surfaces[string]
  }

  /** The lengths that `add` gives, without adding anything. */
  measure(supplier: Supplier): Lengths {
    const lengths = new Uint32Array(LENGTH_SLOTS)
    for (let field = 0; field < FIELDS; field++) {
      const name = PROFILE_FIELDS[field]!
      for (const text of fieldTexts(supplier, name)) {
        this.#cut(text, false)
        const language = detectLanguage(text)
        const french = language === 'en' ? 0 : this.#dropRepetition(this.#french)
        const english = language === 'fr' ? 0 : this.#dropRepetition(this.#english)
        lengths[lengthSlot(0, field)]! += french
        lengths[lengthSlot(1, field)]! += english
        lengths[lengthSlot(2, field)]! += this.#dropRepetition(this.#exact)
        if (BIGRAM_FIELDS.has(name))
          lengths[lengthSlot(3, field)]! += Math.max(0, (language === 'en' ? english : french) - 1)
      }
    }
    for (const frequency of brickFrequencies(supplier).values()) lengths[BRICK_SLOT]! += frequency
    const passages = supplier.texts.flatMap(({ passages }) =>
      passages.map(passage => {
        this.#cut(passage, false)
        const language = detectLanguage(passage)
        return [
          language === 'en' ? 0 : this.#dropRepetition(this.#french),
          language === 'fr' ? 0 : this.#dropRepetition(this.#english),
        ]
      }),
    )
    return { lengths, passages }
  }

  #dropRepetition(numbers: Growing<Uint32Array>): number {
    return this.#repetition.drop(numbers.array, numbers.length, numbers)
  }

  /** Memory for as many postings, with anything in it: the same for each segment, so that it is never there twice. */
  sortedMemory(): Uint32Array {
    if (this.#sorted.length < this.size) this.#sorted = new Uint32Array(this.postings.array.length)
    return this.#sorted.subarray(0, this.size)
  }

  /** The memory of the postings, when all are written: none is left here. */
  takeMemory(): readonly Float64Array[] {
    return [this.postings, this.postingTerms].map(growing => {
      growing.length = 0
      const { buffer } = growing.array
      return new Float64Array(buffer, 0, Math.floor(buffer.byteLength / Float64Array.BYTES_PER_ELEMENT))
    })
  }

  add(supplier: Supplier): Inverted {
    this.#lengths.fill(0)
    let foldedName = ''
    const keys = new Set<string>()
    for (let field = 0; field < FIELDS; field++) {
      const name = PROFILE_FIELDS[field]!
      const texts = fieldTexts(supplier, name)
      for (let number = 0; number < texts.length; number++) {
        const inText = name === 'tagline' || (name === 'description' && number === 0 && supplier.description)
        this.#text(texts[number]!, field, BIGRAM_FIELDS.has(name), inText !== false && inText !== undefined)
        if (name !== 'name') continue
        const folded = this.#exactStrings()
        if (number === 0) foldedName = folded.join(' ')
        for (let i = 0; i < folded.length; i++) keys.add(folded.slice(i).join(' '))
        this.#exactLength = 0
      }
    }
    for (const key of keys) {
      this.nameKeys.push(key)
      this.nameKeyDocuments.push(this.#documents)
    }
    const names = new Set<string>()
    for (const name of supplier.unnamed ? [] : [supplier.name, ...supplier.otherNames]) {
      const key = nameKey(name)
      if (key !== '') names.add(key)
    }
    for (const key of names) {
      this.names.push(key)
      this.nameDocuments.push(this.#documents)
    }
    for (const [brick, frequency] of brickFrequencies(supplier)) {
      this.#set(this.#term(KIND.brick, this.#string(brick)), frequency)
      this.#lengths[BRICK_SLOT]! += frequency
    }
    this.#post(this.#documents++)
    const passages = supplier.texts.flatMap(text => text.passages.map(passage => this.#passage(passage)))
    return {
      columns: columnValues(supplier, { foldedName, ...this.#takeTextWords() }),
      lengths: this.#lengths,
      passages,
    }
  }

  /** Of the exact terms of the text analysed last. */
  #exactLength = 0

  #exactStrings(): string[] {
    return Array.from(this.#exact.array.subarray(0, this.#exactLength), number => this.strings[number]!)
  }

  #text(text: string, field: number, withBigrams: boolean, inText: boolean): void {
    this.#cut(text, withBigrams)
    this.#exactLength = this.#exact.length
    if (inText) this.#noteTextWords()
    const language = detectLanguage(text)
    let bigrams = this.#french
    if (language !== 'en') this.#count(KIND.french, 0, field, this.#french)
    if (language !== 'fr') this.#count(KIND.english, 1, field, this.#english)
    if (language === 'en') bigrams = this.#english
    // Names are completed from all their words: the repetition goes from a copy.
    if (withBigrams) {
      this.#lengths[lengthSlot(3, field)]! += Math.max(0, bigrams.length - 1)
      for (let i = 1; i < bigrams.length; i++)
        this.#countTerm(this.#pair(bigrams.array[i - 1]!, bigrams.array[i]!), field)
    }
    const kept = this.#repetition.drop(this.#exact.array, this.#exact.length, this.#kept)
    this.#lengths[lengthSlot(2, field)]! += kept
    for (let i = 0; i < kept; i++) this.#countTerm(this.#term(KIND.exact, this.#kept.array[i]!), field)
  }

  readonly #kept = growingU32(1024)

  /** Counts the terms of one analysis, repetition left out; `numbers` is left without it. */
  #count(kind: number, analysis: number, field: number, numbers: Growing<Uint32Array>): void {
    numbers.length = this.#repetition.drop(numbers.array, numbers.length, numbers)
    this.#lengths[lengthSlot(analysis, field)]! += numbers.length
    for (let i = 0; i < numbers.length; i++) this.#countTerm(this.#term(kind, numbers.array[i]!), field)
  }

  #passage(text: string): readonly [number, number] {
    this.#cut(text, false)
    this.#noteTextWords()
    const language = detectLanguage(text)
    const lengths: [number, number] = [0, 0]
    const kinds = [KIND.passageFrench, KIND.passageEnglish] as const
    for (const [analysis, numbers] of [this.#french, this.#english].entries()) {
      if (language === (analysis === 0 ? 'en' : 'fr')) continue
      const kept = this.#repetition.drop(numbers.array, numbers.length, numbers)
      lengths[analysis as 0 | 1] = kept
      for (let i = 0; i < kept; i++) this.#countTerm(this.#term(kinds[analysis as 0 | 1], numbers.array[i]!), 0)
    }
    this.#post(this.#passages++)
    return lengths
  }

  /** Cuts a text into words, and keeps the strings of their terms. */
  #cut(text: string, withSurfaces: boolean): void {
    this.#french.length = 0
    this.#english.length = 0
    this.#exact.length = 0
    // No text has more words than every other character.
    const most = (text.length >> 1) + 1
    this.#french.reserve(most)
    this.#english.reserve(most)
    this.#exact.reserve(most)
    const [french, english, exact] = [this.#french.array, this.#english.array, this.#exact.array]
    let frenchSize = 0
    let englishSize = 0
    let exactSize = 0
    forEachTextWord(text, (mapped, start, end, original) => {
      let word = this.#words.find(mapped, start, end)
      if (word === NONE) word = this.#analyse(mapped.slice(start, end))
      const words = this.#words
      const frenchString = words.french.array[word]!
      if (frenchString !== NONE) french[frenchSize++] = frenchString
      const englishString = words.english.array[word]!
      if (englishString !== NONE) english[englishSize++] = englishString
      const string = words.exact.array[word]!
      if (string === NONE) return
      exact[exactSize++] = string
      if (!withSurfaces || this.surfaces[string] !== undefined) return
      const front = original(start + words.elided.array[word]!)
      this.surfaces[string] = detached(text.slice(front, original(end)))
    })
    this.#french.length = frenchSize
    this.#english.length = englishSize
    this.#exact.length = exactSize
  }

  #analyse(characters: string): number {
    if (this.#words.size >= 2 * this.#maxWords) this.#words = new Words()
    const { french, english, exact, elided } = wordForms(detached(characters))
    const words = this.#words
    const word = words.add(characters)
    words.french.push(french === '' ? NONE : this.#string(french))
    words.english.push(english === '' ? NONE : this.#string(english))
    words.exact.push(exact === '' ? NONE : this.#string(exact))
    words.elided.push(elided)
    return word
  }

  #string(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.strings.length
    this.strings.push(text)
    this.#numbers.set(text, number)
    return number
  }

  #term(kind: number, string: number): number {
    const terms = this.terms[kind]!
    if (string >= terms.length) {
      terms.reserve(string + 1 - terms.length)
      terms.length = string + 1
    }
    const known = terms.array[string]!
    if (known > 0) return known - 1
    const term = this.#newTerm()
    terms.array[string] = term + 1
    return term
  }

  #pair(first: number, second: number): number {
    return this.#pairs.term(first, second, () => {
      const term = this.#newTerm()
      this.pairFirst.push(first)
      this.pairSecond.push(second)
      this.pairTerm.push(term)
      return term
    })
  }

  #newTerm(): number {
    this.#counts.reserve(FIELDS)
    this.#counts.length += FIELDS
    return this.#termCount++
  }

  #countTerm(term: number, field: number): void {
    const counts = this.#counts.array
    const at = term * FIELDS
    if ((counts[at]! | counts[at + 1]! | counts[at + 2]! | counts[at + 3]!) === 0) this.#touched.push(term)
    if (counts[at + field]! < 0xffff) counts[at + field]!++
  }

  #set(term: number, count: number): void {
    if (this.#counts.array[term * FIELDS] === 0) this.#touched.push(term)
    this.#counts.array[term * FIELDS] = count
  }

  /** Writes the postings of what was counted, and begins afresh. */
  #post(document: number): void {
    const counts = this.#counts.array
    const touched = this.#touched.array
    const size = this.#touched.length
    this.postingTerms.reserve(size)
    this.postings.reserve(size)
    const terms = this.postingTerms.array
    const postings = this.postings.array
    let at = this.postings.length
    for (let i = 0; i < size; i++) {
      const term = touched[i]!
      const first = term * FIELDS
      const [a, b, c, d] = [counts[first]!, counts[first + 1]!, counts[first + 2]!, counts[first + 3]!]
      // As `codeOf` has it; a list of one field has its counts up to 3 in the same bits.
      let code = a | (b << 2) | (c << 4) | (d << 6)
      if (a > 3 || b > 3 || c > 3 || d > 3) {
        code = 0
        this.exceptions.set(term * 2 ** 24 + document, counts.slice(first, first + FIELDS))
      }
      terms[at] = term
      postings[at++] = document * 256 + code
      counts[first] = 0
      counts[first + 1] = 0
      counts[first + 2] = 0
      counts[first + 3] = 0
    }
    this.postingTerms.length = at
    this.postings.length = at
    this.#touched.length = 0
  }

  #noteTextWords(): void {
    for (let i = 0; i < this.#exact.length; i++) {
      const string = this.#exact.array[i]!
      this.#inTexts.reserve(Math.max(0, string + 1 - this.#inTexts.length))
      this.#inTexts.length = Math.max(this.#inTexts.length, string + 1)
      const count = this.#inTexts.array[string]!
      if (count === 0) this.#textWords.push(string)
      if (count < 0xffff) this.#inTexts.array[string] = count + 1
      this.#textWordCount++
    }
  }

  #textWordCount = 0

  #takeTextWords(): { words: number; commonest: number } {
    let commonest = 0
    for (let i = 0; i < this.#textWords.length; i++) {
      const string = this.#textWords.array[i]!
      commonest = Math.max(commonest, this.#inTexts.array[string]!)
      this.#inTexts.array[string] = 0
    }
    const words = this.#textWordCount
    this.#textWords.length = 0
    this.#textWordCount = 0
    return { words, commonest }
  }
}
