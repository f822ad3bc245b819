import { termKey } from '../embedded/analysed.ts'
import type { BrickConcept, EngineQuery } from '../engine.ts'
import { MAX_WORDS, type QueryWord, wordsOf } from '../query-words.ts'

/** A word that is scored, and how often the query has it. */
export interface PlannedWord extends QueryWord {
  /** The concept that it stands in first. */
  readonly concept: number
  readonly times: number
}

/** A two-word phrase; `concept` is the one of its first word. */
export interface PlannedPhrase {
  readonly concept: number
  /** "a b", as `termKey.bigram` takes it. */
  readonly pair: string
}

/** What a query asks of an index, before it is written in a server's language. */
export interface QueryPlan {
  readonly words: readonly PlannedWord[]
  readonly phrases: readonly PlannedPhrase[]
  readonly bricks: readonly BrickConcept[]
  /** For each concept that may be required, the keys of which any matches it. */
  readonly required: readonly (readonly string[])[]
  /** The keys of all that a supplier can be found by, when nothing is required. */
  readonly optional: readonly string[]
  readonly minimumMatch: number
  /** The key of the very name that was asked for. */
  readonly name?: string
  /** Nothing was asked for: every supplier matches. */
  readonly matchesAll: boolean
}

/** Number of profiles with each key; a key that is not there has none. */
export type KeyCounts = ReadonlyMap<string, number>

/**
 * Queries of more different words are pasted paragraphs. They are first asked which of their words the index has, and
 * the rarest are kept, so that no more than 1,024 clauses are sent: the limit of an OpenSearch as it is installed.
 */
const LONG_QUERY = 40
const MAX_CLAUSES = 1000
const MAX_PHRASES = 40
const FIELDS_A_PHRASE = 3

interface Words {
  readonly concept: number
  readonly words: readonly QueryWord[]
}

const wordsOfConcepts = (query: EngineQuery): Words[] =>
  query.concepts.map(({ text }, concept) => ({ concept, words: wordsOf(text) }))

const keysOfWord = ({ french, english, exact }: QueryWord): string[] => [
  ...(french === undefined ? [] : [termKey.french(french)]),
  ...(english === undefined ? [] : [termKey.english(english)]),
  ...(exact === undefined ? [] : [termKey.exact(exact)]),
]

const identity = (word: QueryWord): string => keysOfWord(word).join(' ')

/** The phrases of neighbouring words, across concepts, each once. */
const phrasesOf = (concepts: readonly Words[]): PlannedPhrase[] => {
  const words = concepts.flatMap(({ concept, words }) => words.map(word => ({ concept, word })))
  const phrases = new Map<string, PlannedPhrase>()
  for (let i = 1; i < words.length; i++) {
    const [first, second] = [words[i - 1], words[i]]
    for (const form of ['french', 'english'] as const) {
      const [a, b] = [first?.word[form], second?.word[form]]
      if (first === undefined || a === undefined || b === undefined) continue
      const pair = `${a} ${b}`
      if (!phrases.has(pair)) phrases.set(pair, { concept: first.concept, pair })
    }
  }
  return [...phrases.values()]
}

/** The keys whose counts `planQuery` wants first; none for a query of the usual length. */
export const keysToCount = (query: EngineQuery): string[] => {
  const concepts = wordsOfConcepts(query)
  const words = concepts.flatMap(each => each.words)
  if (new Set(words.map(identity)).size <= LONG_QUERY) return []
  const phrases = phrasesOf(concepts).map(({ pair }) => termKey.bigram(pair))
  return [...new Set([...words.flatMap(keysOfWord), ...phrases])]
}

const clausesOf = (word: QueryWord): number => {
  const stems = [word.french, word.english].filter(term => term !== undefined).length
  // Four fields and a key each; stems also stand in passages.
  return 5 * keysOfWord(word).length + stems
}

/** The words worth keeping, by identity: known to the index, the rarest first, at most `MAX_WORDS`. */
const rarest = (words: readonly QueryWord[], counts: KeyCounts, clauses: number): ReadonlySet<string> => {
  const frequency = (word: QueryWord): number => keysOfWord(word).reduce((sum, key) => sum + (counts.get(key) ?? 0), 0)
  const known = new Map(words.filter(word => frequency(word) > 0).map(word => [identity(word), word]))
  const kept = new Set<string>()
  let left = clauses
  for (const [id, word] of [...known].sort(([, a], [, b]) => frequency(a) - frequency(b))) {
    left -= clausesOf(word)
    if (kept.size >= MAX_WORDS || left < 0) break
    kept.add(id)
  }
  return kept
}

const pruned = (query: EngineQuery, counts: KeyCounts | undefined) => {
  const concepts = wordsOfConcepts(query)
  const phrases = phrasesOf(concepts)
  if (!counts) return { concepts, phrases }
  const found = phrases.filter(({ pair }) => (counts.get(termKey.bigram(pair)) ?? 0) > 0).slice(0, MAX_PHRASES)
  const all = concepts.flatMap(({ words }) => words)
  const kept = rarest(all, counts, MAX_CLAUSES - FIELDS_A_PHRASE * found.length)
  return {
    concepts: concepts.map(({ concept, words }) => ({
      concept,
      words: words.filter(word => kept.has(identity(word))),
    })),
    phrases: found,
  }
}

const distinct = (concepts: readonly Words[]): PlannedWord[] => {
  const words = new Map<string, PlannedWord>()
  for (const { concept, words: of } of concepts) {
    for (const word of of) {
      const known = words.get(identity(word))
      words.set(identity(word), known ? { ...known, times: known.times + 1 } : { ...word, concept, times: 1 })
    }
  }
  return [...words.values()]
}

/** Plans a query; `counts` as `keysToCount` asked for them. */
export const planQuery = (query: EngineQuery, counts?: KeyCounts): QueryPlan => {
  const { concepts, phrases } = pruned(query, counts)
  const bricksOf = (concept: number): string[] =>
    query.bricks
      .filter(brick => brick.covers.includes(concept))
      .flatMap(({ ids }) => [...ids.keys()].map(termKey.brick))
  const required = concepts
    .filter(({ concept, words }) => words.length > 0 && query.concepts[concept]?.optional !== true)
    .slice(0, MAX_WORDS)
    .map(({ concept, words }) => [...new Set([...words.flatMap(keysOfWord), ...bricksOf(concept)])])
  const words = distinct(concepts)
  const bricks = query.bricks.flatMap(({ ids }) => [...ids.keys()].map(termKey.brick))
  return {
    words,
    phrases,
    bricks: query.bricks,
    required,
    optional: [...new Set([...words.flatMap(keysOfWord), ...bricks])],
    minimumMatch: Math.min(query.minimumMatch, required.length),
    ...(query.nameKey && { name: termKey.name(query.nameKey) }),
    matchesAll: query.concepts.length === 0 && query.bricks.length === 0 && !query.nameKey,
  }
}
