import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createRandom, type Random } from './random.ts'

const LEMMA = /^\p{Ll}{4,14}(?=\/|$)/u

/** The order of what is shuffled is drawn; the same at every call. */
const shuffled = (words: readonly string[], random: Random): string[] => {
  const order = [...words]
  for (let at = order.length - 1; at > 0; at--) {
    const other = random.below(at + 1)
    ;[order[at], order[other]] = [order[other] as string, order[at] as string]
  }
  return order
}

/** The 64,000 lower-case headwords of `dictionary-fr` that have 4 to 14 letters, from the most to the least frequent by lot. */
export const corpusWords = (seed: number): readonly string[] => {
  const path = createRequire(import.meta.url)
    .resolve('dictionary-fr')
    .replace(/[^/\\]+$/, 'index.dic')
  const lemmas = readFileSync(path, 'utf8')
    .split('\n')
    .flatMap(line => LEMMA.exec(line.normalize('NFC'))?.[0] ?? [])
  return shuffled([...new Set(lemmas)].sort(), createRandom(seed))
}

/** What stands between the words of a sentence. */
const FUNCTION_WORDS = [
  'de',
  'la',
  'les',
  'des',
  'pour',
  'et',
  'en',
  'une',
  'dans',
  'avec',
  'aux',
  'sur',
  'le',
  'du',
  'par',
]

const PLURAL_SHARE = 0.3
const FUNCTION_WORD_SHARE = 0.45

const inflected = (word: string, random: Random): string =>
  random.chance(PLURAL_SHARE) && !/[sxz]$/.test(word) ? `${word}s` : word

/** So many words drawn by `word`, some in the plural, with articles and prepositions between them. */
export const phrase = (random: Random, length: number, word: () => string): string => {
  const words: string[] = []
  for (let n = 0; n < length; n++) {
    if (n > 0 && random.chance(FUNCTION_WORD_SHARE)) words.push(random.pick(FUNCTION_WORDS))
    words.push(inflected(word(), random))
  }
  return words.join(' ')
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
