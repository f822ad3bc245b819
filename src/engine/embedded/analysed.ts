import type { Supplier } from '../../model/supplier.ts'
import { analyseEnglish, analyseExact, analyseFrench } from '../../text/analyse.ts'
import { bigrams } from '../../text/bigrams.ts'
import { detectLanguage } from '../../text/language.ts'
import { nameKey } from '../../text/name-key.ts'
import { withoutRepetition } from '../../text/repetition.ts'
import type { Token } from '../../text/tokens.ts'
import { brickFrequencies, fieldTexts, PROFILE_FIELDS, type ProfileField } from '../fields.ts'

/** The ways a text is indexed. Each has its own lengths, document counts and frequencies, as sub-fields have in Lucene. */
export const ANALYSES = ['french', 'english', 'exact', 'bigram'] as const
export type Analysis = (typeof ANALYSES)[number]

/** Passages are indexed in their stemmed forms only: exact forms and bigrams of whole sites would triple the postings. */
export const PASSAGE_ANALYSES = ['french', 'english'] as const
export type PassageAnalysis = (typeof PASSAGE_ANALYSES)[number]

/** Two-word phrases of a description would be some 60 more postings a profile, nearly all unique. */
export const BIGRAM_FIELDS: ReadonlySet<ProfileField> = new Set(['name', 'tagline', 'tags'])

/** Keys of the posting table: what kind of term, then the term. */
export const termKey = {
  french: (term: string): string => `f:${term}`,
  english: (term: string): string => `e:${term}`,
  exact: (term: string): string => `x:${term}`,
  bigram: (term: string): string => `b:${term}`,
  /** The whole name, however it is spaced. */
  name: (key: string): string => `n:${key}`,
  brick: (id: string): string => `k:${id}`,
}
export const passageKey = {
  french: (term: string): string => `F:${term}`,
  english: (term: string): string => `E:${term}`,
}

/** Number of fields that the counts of a key's postings cover. */
export const fieldsOfKey = (key: string): number => {
  const kind = key[0]
  return kind === 'F' || kind === 'E' || kind === 'n' || kind === 'k' || kind === 'p' ? 1 : PROFILE_FIELDS.length
}
export const isPassageKey = (key: string): boolean => key[0] === 'F' || key[0] === 'E'

/** The slot of a field's length in `AnalysedProfile.lengths` and in the length columns. */
export const lengthSlot = (analysis: number, field: number): number => analysis * PROFILE_FIELDS.length + field
/** The slot of the brick field: its length is the sum of the brick frequencies, so that who claims all weighs little. */
export const BRICK_SLOT = ANALYSES.length * PROFILE_FIELDS.length
export const LENGTH_SLOTS = BRICK_SLOT + 1

const ANALYSIS_OF_KIND: Readonly<Record<string, number>> = { f: 0, e: 1, x: 2, b: 3, F: 0, E: 1 }

/** The slot of the length that a field's occurrences of a key are scored by: of a profile's, or of a passage's lengths. */
export const lengthSlotOf = (key: string, field: number): number => {
  const kind = key[0]!
  if (kind === 'k') return BRICK_SLOT
  const analysis = ANALYSIS_OF_KIND[kind] ?? 0
  return isPassageKey(key) ? analysis : lengthSlot(analysis, field)
}

export interface AnalysedPassage {
  /** Key to occurrences. */
  readonly terms: ReadonlyMap<string, number>
  /** Tokens by analysis. */
  readonly lengths: readonly number[]
}

/** A profile as the index sees it. */
export interface AnalysedProfile {
  /** Key to occurrences in each profile field. */
  readonly terms: ReadonlyMap<string, Uint32Array>
  /** Tokens by analysis and field (`lengthSlot`). */
  readonly lengths: Uint32Array
  readonly passages: readonly AnalysedPassage[]
  /** Words of name, tagline and tags as they were written, by their exact form: what completion offers. */
  readonly surfaces: ReadonlyMap<string, string>
}

const terms = (tokens: readonly Token[]): string[] => withoutRepetition(tokens).map(token => token.term)

const analysePassage = (text: string): AnalysedPassage => {
  const found = new Map<string, number>()
  const count = (key: string): void => void found.set(key, (found.get(key) ?? 0) + 1)
  const language = detectLanguage(text)
  const french = language === 'en' ? [] : terms(analyseFrench(text))
  const english = language === 'fr' ? [] : terms(analyseEnglish(text))
  for (const term of french) count(passageKey.french(term))
  for (const term of english) count(passageKey.english(term))
  return { terms: found, lengths: [french.length, english.length] }
}

/**
 * Analyses a profile. A text whose language is certain is indexed in it alone; names, tags and other short texts are
 * indexed in both, since a language guessed from three words is wrong too often.
 */
export const analyseProfile = (supplier: Supplier): AnalysedProfile => {
  const found = new Map<string, Uint32Array>()
  const lengths = new Uint32Array(LENGTH_SLOTS)
  const surfaces = new Map<string, string>()
  const add = (analysis: number, field: number, keys: readonly string[]): void => {
    const slot = lengthSlot(analysis, field)
    lengths[slot] = (lengths[slot] as number) + keys.length
    for (const key of keys) {
      const counts = found.get(key) ?? new Uint32Array(PROFILE_FIELDS.length)
      counts[field] = (counts[field] as number) + 1
      found.set(key, counts)
    }
  }
  PROFILE_FIELDS.forEach((name, field) => {
    for (const text of fieldTexts(supplier, name)) {
      const language = detectLanguage(text)
      const french = language === 'en' ? [] : terms(analyseFrench(text))
      const english = language === 'fr' ? [] : terms(analyseEnglish(text))
      const exact = analyseExact(text)
      add(0, field, french.map(termKey.french))
      add(1, field, english.map(termKey.english))
      add(2, field, terms(exact).map(termKey.exact))
      if (BIGRAM_FIELDS.has(name)) {
        add(3, field, bigrams(language === 'en' ? english : french).map(termKey.bigram))
        for (const { term, start, end } of exact) if (!surfaces.has(term)) surfaces.set(term, text.slice(start, end))
      }
    }
  })
  for (const name of supplier.unnamed ? [] : [supplier.name, ...supplier.otherNames]) {
    const key = nameKey(name)
    if (key !== '') found.set(termKey.name(key), Uint32Array.of(1))
  }
  for (const [brick, frequency] of brickFrequencies(supplier)) {
    found.set(termKey.brick(brick), Uint32Array.of(frequency))
    lengths[BRICK_SLOT] = (lengths[BRICK_SLOT] as number) + frequency
  }
  return {
    terms: found,
    lengths,
    passages: supplier.texts.flatMap(text => text.passages.map(analysePassage)),
    surfaces,
  }
}
