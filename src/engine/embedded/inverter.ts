import type { Supplier } from '../../model/supplier.ts'
import { forEachTextWord, wordForms } from '../../text/analyse.ts'
import { detectLanguage } from '../../text/language.ts'
import { nameKey } from '../../text/name-key.ts'
import { brickFrequencies, fieldTexts, PROFILE_FIELDS } from '../fields.ts'
import { BIGRAM_FIELDS, BRICK_SLOT, LENGTH_SLOTS, lengthSlot } from './analysed.ts'
import { type ColumnValues, columnValues } from './columns.ts'
import { Growing, growingU32 } from './growing.ts'
import { codeOf } from './postings.ts'
import { Repetition } from './repetition.ts'

/**
 * Turns profiles into postings as `analyseProfile` does, at a fifth of its cost: each text is cut into words once for
 * all analyses, each word is analysed once a segment, and terms are numbers from there on.
 */

/** The kinds of term that are made of one string, by the first letter of their key. */
export const KINDS = ['f', 'e', 'x', 'F', 'E', 'n', 'k'] as const
export type Kind = (typeof KINDS)[number]
const KIND = { french: 0, english: 1, exact: 2, passageFrench: 3, passageEnglish: 4, name: 5, brick: 6 } as const

const FIELDS = PROFILE_FIELDS.length
const NONE = -1

/** A word's terms by the numbers of their strings; −1 where an analysis drops it. */
interface Word {
  readonly french: number
  readonly english: number
  readonly exact: number
  readonly elided: number
}

/** A copy that does not keep the text alive that it was cut from. */
const detached = (text: string): string => ` ${text}`.slice(1)

/** More words than this are not remembered at once: hostile texts are made of them. */
const MAX_WORDS = 400_000

/** Pairs of string numbers to their terms: open addressing in typed arrays, for bigrams are most of all terms. */
class PairTerms {
  #firsts = new Uint32Array(1 << 12)
  #seconds = new Uint32Array(1 << 12)
  /** Term + 1; 0 where the place is free. */
  #terms = new Uint32Array(1 << 12)
  #size = 0

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
  readonly #words = new Map<string, Word>()
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
  /** The counts that no code holds, by term × 2^24 + document. */
  readonly exceptions = new Map<number, Uint16Array>()
  /** How each exact form of names, taglines and tags was written first, by string number. */
  readonly surfaces = new Map<number, string>()
  /** What a name can be completed from, and whose it is. */
  readonly nameKeys: string[] = []
  readonly nameKeyDocuments = growingU32()
  readonly #repetition = new Repetition()
  #passages = 0
  #documents = 0

  readonly #french = growingU32()
  readonly #english = growingU32()
  readonly #exact = growingU32()
  readonly #lengths = new Uint32Array(LENGTH_SLOTS)
  /** Occurrences of the exact forms in tagline, description and passages, by string number. */
  readonly #inTexts = new Growing<Uint16Array>(n => new Uint16Array(n), 1024)
  readonly #textWords = growingU32()

  get termCount(): number {
    return this.#termCount
  }

  /** Postings collected so far: what bounds the memory of a segment. */
  get size(): number {
    return this.postings.length
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
    for (const name of supplier.unnamed ? [] : [supplier.name, ...supplier.otherNames]) {
      const key = nameKey(name)
      if (key !== '') this.#set(this.#term(KIND.name, this.#string(key)), 1)
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
    forEachTextWord(text, (characters, place) => {
      const word = this.#words.get(characters) ?? this.#analyse(characters)
      if (word.french !== NONE) this.#french.push(word.french)
      if (word.english !== NONE) this.#english.push(word.english)
      if (word.exact === NONE) return
      this.#exact.push(word.exact)
      if (withSurfaces && !this.surfaces.has(word.exact))
        this.surfaces.set(word.exact, detached(text.slice(place(word.elided), place(characters.length))))
    })
  }

  #analyse(characters: string): Word {
    const own = detached(characters)
    const forms = wordForms(own)
    const word: Word = {
      french: forms.french === '' ? NONE : this.#string(forms.french),
      english: forms.english === '' ? NONE : this.#string(forms.english),
      exact: forms.exact === '' ? NONE : this.#string(forms.exact),
      elided: forms.elided,
    }
    if (this.#words.size >= MAX_WORDS) this.#words.clear()
    this.#words.set(own, word)
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
    for (let i = 0; i < this.#touched.length; i++) {
      const term = this.#touched.array[i]!
      const at = term * FIELDS
      const own = counts.subarray(at, at + FIELDS)
      const code = codeOfCounts(own)
      if (code === 0) this.exceptions.set(term * 2 ** 24 + document, own.slice())
      this.postingTerms.push(term)
      this.postings.push(document * 256 + code)
      own.fill(0)
    }
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

/** A single count is in the first field: its code as one of four fields is the same up to 3, above that it is none. */
const codeOfCounts = (counts: Uint16Array): number => codeOf(counts, FIELDS)
