import { mapCharacters } from './character-mapping.ts'
import { stemEnglish } from './english-stemmer.ts'
import { foldAccents } from './folding.ts'
import { stemFrench } from './french-stemmer.ts'
import { memoised } from './memo.ts'
import { phraseDropper } from './phrases.ts'
import { forEachWord, type Token } from './tokens.ts'
import { ENGLISH_STOP_WORDS, FRENCH_STOP_WORDS, QUERY_STOP_PHRASES, STEMMER_OVERRIDES } from './word-lists.ts'

/** What a chain makes of one word of the tokenizer: its term, and how many characters elision took from its front. */
interface Analysed {
  /** '' for a word that is dropped. */
  readonly term: string
  readonly elided: number
}

/** The elided articles of Lucene's FrenchAnalyzer. */
const ARTICLES = new Set(['l', 'm', 't', 'qu', 'n', 's', 'j', 'd', 'c', 'jusqu', 'quoiqu', 'lorsqu', 'puisqu'])

/** How many characters an elided article and its apostrophe take at the front of a word; 0 without one. */
const elidedLength = (word: string): number => {
  const apostrophe = word.indexOf("'")
  return apostrophe > 0 && ARTICLES.has(word.slice(0, apostrophe).toLowerCase()) ? apostrophe + 1 : 0
}

/** Lower case letter by letter, as Java: no final sigma, no second character for İ. */
const lowerCase = (word: string): string =>
  /[İΣ]/.test(word) ? word.replace(/İ/g, 'i').replace(/Σ/g, 'σ').toLowerCase() : word.toLowerCase()

const frenchChain =
  (stem: (word: string) => string) =>
  (word: string): Analysed => {
    const elided = elidedLength(word)
    const lower = lowerCase(word.slice(elided))
    return { term: FRENCH_STOP_WORDS.has(lower) ? '' : foldAccents(stem(lower)), elided }
  }

const englishWord = (word: string): Analysed => {
  const lower = lowerCase(word).replace(/'s$/, '')
  return { term: ENGLISH_STOP_WORDS.has(lower) ? '' : foldAccents(stemEnglish(lower)), elided: 0 }
}

const frenchWord = frenchChain(word => STEMMER_OVERRIDES.get(word) ?? stemFrench(word))
const exactWord = frenchChain(word => word)

/** What `analyseFrench`, `analyseEnglish` and `analyseExact` make of one word; '' where they drop it. */
export interface WordForms {
  readonly french: string
  readonly english: string
  readonly exact: string
  /** Characters that elision takes from its front, in French and exact. */
  readonly elided: number
}

/** All three at once: most words that one analysis meets the others meet too. */
export const wordForms: (word: string) => WordForms = memoised(word => {
  const { term: exact, elided } = exactWord(word)
  return { french: frenchWord(word).term, english: englishWord(word).term, exact, elided }
})

const analyser =
  (analysed: (word: string) => Analysed) =>
  (text: string): Token[] => {
    const mapped = mapCharacters(text)
    const tokens: Token[] = []
    forEachWord(mapped.text, (start, end) => {
      const { term, elided } = analysed(mapped.text.slice(start, end))
      if (term === '') return
      tokens.push({ term, start: mapped.originalOffset(start + elided), end: mapped.originalOffset(end) })
    })
    return tokens
  }

/**
 * The French terms of a text: character mapping, UAX #29 words, elision, lower case, stop words, overrides, light
 * stems, no accents. Equal to Lucene's chain of the same steps (`npm run test:lucene`).
 */
export const analyseFrench = analyser(word => {
  const { french, elided } = wordForms(word)
  return { term: french, elided }
})

/** The English terms of a text: as `analyseFrench`, with the possessive 's for elision and Porter's stems. */
export const analyseEnglish = analyser(word => ({ term: wordForms(word).english, elided: 0 }))

/** The words of a text as they were written but for case, accents and elision; French stop words dropped. */
export const analyseExact = analyser(word => {
  const { exact, elided } = wordForms(word)
  return { term: exact, elided }
})

/** As `analyseExact`, stop words included: phrases are matched on it. */
export const analyseAll = analyser(
  memoised(word => {
    const elided = elidedLength(word)
    return { term: foldAccents(lowerCase(word.slice(elided))), elided }
  }),
)

/**
 * The words that `wordForms` is asked about: calls `receive` with the text after character mapping and the place of each
 * in it. `original` leads from there to the text itself.
 */
export const forEachTextWord = (
  text: string,
  receive: (mapped: string, start: number, end: number, original: (offset: number) => number) => void,
): void => {
  const mapped = mapCharacters(text)
  forEachWord(mapped.text, (start, end) => receive(mapped.text, start, end, mapped.originalOffset))
}

const dropFraming = phraseDropper(
  QUERY_STOP_PHRASES.map(line => ({
    terms: analyseAll(line).map(token => token.term),
    atFront: line.startsWith('^'),
  })),
)

/**
 * The words of a query that say what is sought: those of `analyseExact` but for question and framing words ("qui
 * fournit", "je cherche", "who supplies"; `mappings/query-stop-words.txt`). A query made of nothing else keeps them:
 * words remain as long as the query has any.
 */
export const queryWords = (text: string): Token[] => {
  const words = analyseAll(text)
  const contentStarts = new Set(analyseExact(text).map(token => token.start))
  const isContent = (token: Token): boolean => contentStarts.has(token.start)
  const asked = dropFraming(words, isContent)
  if (asked.length > 0) return asked
  const content = words.filter(isContent)
  return content.length > 0 ? content : words
}
