import type { BrickConcept, EngineQuery } from '../engine.ts'
import { PROFILE_FIELDS } from '../fields.ts'
import { MAX_WORDS, type QueryWord, wordsOf } from '../query-words.ts'
import { isPassageKey, LENGTH_SLOTS, lengthSlotOf, passageKey, termKey } from './analysed.ts'
import { inverseDocumentFrequency, type Saturation, type Saturations } from './bm25.ts'
import { PointTable } from './point-table.ts'
import { documentFrequencies, fieldStatistics, type LiveSegment, passageStatistics, TermLists } from './statistics.ts'

/** A term ready to be scored: its list in each segment, and what an occurrence in each field is worth. */
export interface ScoredTerm {
  readonly key: string
  readonly lists: TermLists
  /** Field weight × inverse document frequency, by field. */
  readonly weights: Float64Array
  /** By field. */
  readonly saturations: readonly Saturation[]
  /** First row of the length column, by field. */
  readonly slots: readonly number[]
  readonly points: PointTable
}

/** One word of a concept, in each form it is indexed in. */
export interface ScoredWord {
  readonly french?: ScoredTerm
  readonly english?: ScoredTerm
  readonly exact?: ScoredTerm
  readonly passageFrench?: ScoredTerm
  readonly passageEnglish?: ScoredTerm
}

export interface ScoredConcept {
  readonly words: readonly ScoredWord[]
  /** Its bit among the matched concepts; −1 for one that is not required or lost its words. */
  readonly bit: number
}

/** A brick asked for: the profiles of its best id count. */
export interface ScoredBrick {
  readonly ids: readonly { readonly id: string; readonly term: ScoredTerm }[]
  /** The bits of the concepts that it answers. */
  readonly bits: readonly number[]
}

/** A two-word phrase; `concept` is the one of its first word. */
export interface ScoredPhrase {
  readonly concept: number
  readonly term: ScoredTerm
}

export interface Plan {
  readonly concepts: readonly ScoredConcept[]
  readonly bricks: readonly ScoredBrick[]
  readonly phrases: readonly ScoredPhrase[]
  readonly minimumMatch: number
  /** The profiles that bear the very name. */
  readonly names: TermLists | undefined
}

/** Reads lists and statistics once a query; each term is looked up once. */
class TermScorer {
  readonly #segments: readonly LiveSegment[]
  readonly #query: EngineQuery
  readonly #saturations: Saturations
  readonly #terms = new Map<string, ScoredTerm | undefined>()
  readonly #statistics = new Map<number, FieldStatistics>()

  constructor(segments: readonly LiveSegment[], query: EngineQuery, saturations: Saturations) {
    this.#segments = segments
    this.#query = query
    this.#saturations = saturations
  }

  lists(key: string): TermLists {
    return new TermLists(this.#segments, key)
  }

  /** `undefined` when no profile has the term: its words add nothing. */
  term(key: string, share = 1): ScoredTerm | undefined {
    const scored = `${share} ${key}`
    if (!this.#terms.has(scored)) this.#terms.set(scored, this.#score(key, share))
    return this.#terms.get(scored)
  }

  #score(key: string, share: number): ScoredTerm | undefined {
    const lists = this.lists(key)
    if (lists.heads.every(head => head === undefined)) return undefined
    const frequencies = documentFrequencies(this.#segments, key, lists)
    const inPassage = isPassageKey(key)
    const isBrick = key[0] === 'k'
    const fields = inPassage ? (['passages'] as const) : isBrick ? (['bricks'] as const) : PROFILE_FIELDS
    const slots = fields.map((_, field) => lengthSlotOf(key, field))
    const statistics = slots.map(slot => this.#statisticsOf(slot, inPassage))
    const weights = Float64Array.from(fields, (field, index) => {
      const documents = statistics[index]?.documents ?? 0
      return (
        share * this.#query.weights.fields[field] * inverseDocumentFrequency(documents, frequencies[index] as number)
      )
    })
    const saturations = statistics.map(({ saturation }) => saturation)
    return { key, lists, weights, saturations, slots, points: new PointTable(weights, saturations) }
  }

  /** Added up once a query, over all segments. */
  #statisticsOf(slot: number, inPassage: boolean): FieldStatistics {
    const number = inPassage ? LENGTH_SLOTS + slot : slot
    const known = this.#statistics.get(number)
    if (known) return known
    const { documents, average } = inPassage
      ? passageStatistics(this.#segments, slot)
      : fieldStatistics(this.#segments, slot)
    const statistics = { documents, saturation: this.#saturations.of(number, average) }
    this.#statistics.set(number, statistics)
    return statistics
  }
}

interface FieldStatistics {
  readonly documents: number
  readonly saturation: Saturation
}

/** Postings of a word: how common it is; 0 for a word that no profile has. */
const postingsOfWord = (word: ScoredWord): number =>
  [word.french, word.english, word.exact, word.passageFrench, word.passageEnglish].reduce(
    (postings, term) =>
      postings + (term?.lists.heads.reduce((sum, _, index) => sum + term.lists.documents(index), 0) ?? 0),
    0,
  )

/** What makes two words of a query the same one. */
const identity = (word: ScoredWord): string =>
  [word.french, word.english, word.exact, word.passageFrench, word.passageEnglish]
    .map(term => term?.key ?? '')
    .join(' ')

/** Turns a query into terms with their weights, for these segments. */
export const planQuery = (query: EngineQuery, segments: readonly LiveSegment[], saturations: Saturations): Plan => {
  const scorer = new TermScorer(segments, query, saturations)
  const forms = query.concepts.map(concept => wordsOf(concept.text))
  const words = rarest(forms.map(each => each.map(word => scoreWord(scorer, word, query.weights.exact))))
  const concepts = withBits(words, query)
  const required = concepts.filter(concept => concept.bit !== NOT_REQUIRED).length
  return {
    concepts,
    bricks: query.bricks.map(brick => scoreBrick(scorer, brick, concepts)),
    phrases: phrasesOf(scorer, forms, query.weights.phrase),
    minimumMatch: Math.min(query.minimumMatch, required),
    names: query.nameKey ? scorer.lists(termKey.name(query.nameKey)) : undefined,
  }
}

const scoreWord = (scorer: TermScorer, word: QueryWord, exactShare: number): ScoredWord => {
  const french = word.french === undefined ? undefined : scorer.term(termKey.french(word.french))
  const english = word.english === undefined ? undefined : scorer.term(termKey.english(word.english))
  const exact = word.exact === undefined ? undefined : scorer.term(termKey.exact(word.exact), exactShare)
  const passageFrench = word.french === undefined ? undefined : scorer.term(passageKey.french(word.french))
  const passageEnglish = word.english === undefined ? undefined : scorer.term(passageKey.english(word.english))
  return {
    ...(french && { french }),
    ...(english && { english }),
    ...(exact && { exact }),
    ...(passageFrench && { passageFrench }),
    ...(passageEnglish && { passageEnglish }),
  }
}

/** Keeps `MAX_WORDS` different words, those of the shortest lists; a concept that loses all its words keeps its place. */
const rarest = (concepts: readonly (readonly ScoredWord[])[]): readonly (readonly ScoredWord[])[] => {
  const sizes = new Map<string, number>()
  for (const word of concepts.flat()) {
    const size = postingsOfWord(word)
    if (size > 0) sizes.set(identity(word), size)
  }
  if (sizes.size <= MAX_WORDS) return concepts
  const kept = new Set([...sizes.keys()].sort((a, b) => (sizes.get(a) ?? 0) - (sizes.get(b) ?? 0)).slice(0, MAX_WORDS))
  return concepts.map(words => words.filter(word => kept.has(identity(word))))
}

const NOT_REQUIRED = -1

/** Numbers the concepts that may be required: those that are not optional and kept a word; 64 at most, as the words. */
const withBits = (concepts: readonly (readonly ScoredWord[])[], query: EngineQuery): ScoredConcept[] => {
  let bits = 0
  return concepts.map((words, index) => {
    const required = words.length > 0 && query.concepts[index]?.optional !== true && bits < MAX_WORDS
    return { words, bit: required ? bits++ : NOT_REQUIRED }
  })
}

const scoreBrick = (scorer: TermScorer, brick: BrickConcept, concepts: readonly ScoredConcept[]): ScoredBrick => ({
  ids: [...brick.ids].flatMap(([id, share]) => {
    const term = scorer.term(termKey.brick(id), share)
    return term ? [{ id, term }] : []
  }),
  bits: brick.covers.map(concept => concepts[concept]?.bit ?? NOT_REQUIRED).filter(bit => bit !== NOT_REQUIRED),
})

/** The phrases of neighbouring words, across concepts, as the bigram fields hold them. */
const phrasesOf = (scorer: TermScorer, concepts: readonly (readonly QueryWord[])[], share: number): ScoredPhrase[] => {
  const words = concepts.flatMap((concept, index) => concept.map(word => ({ ...word, concept: index })))
  const phrases = new Map<string, ScoredPhrase>()
  for (let i = 1; i < words.length; i++) {
    const [first, second] = [words[i - 1], words[i]]
    for (const form of ['french', 'english'] as const) {
      const [a, b] = [first?.[form], second?.[form]]
      if (first === undefined || a === undefined || b === undefined) continue
      const key = termKey.bigram(`${a} ${b}`)
      const term = phrases.has(key) ? undefined : scorer.term(key, share)
      if (term) phrases.set(key, { concept: first.concept, term })
    }
  }
  return [...phrases.values()]
}
