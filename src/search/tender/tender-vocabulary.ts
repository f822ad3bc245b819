import { readFileSync } from 'node:fs'
import type { Brick } from '../../model/brick.ts'
import { type BrickMatch, createMatcher, type VocabularyMatcher } from '../../text/vocabulary.ts'
import { vocabulary } from '../expand.ts'

/**
 * The bricks that a sentence of a specification names: by the vocabulary, by the products that a brick replaces, and by
 * words that say too little anywhere else. A firm that writes "sauvegarde" may keep old buildings; a specification that
 * does buys backups.
 */

/** The words of `mappings/tender-expressions.txt`, each line a brick: "sauvegarde: backup; sauvegarde". */
const readExpressions = (): Brick[] =>
  readFileSync(new URL('../../../mappings/tender-expressions.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const [id = '', words = ''] = line.split(/: (.*)/)
      return { id, fr: '', en: '', aliases: words.split('; '), themes: [] }
    })

let matcher: VocabularyMatcher | undefined
const wordsOfTenders = (): VocabularyMatcher => {
  matcher ??= createMatcher(readExpressions())
  return matcher
}

/** Names of products stand in capitals, not only because a sentence begins. */
const isNamed = (sentence: string, { start, end }: BrickMatch): boolean =>
  /\p{Lu}/u.test(sentence.slice(start, end)) && (start > 0 || /\p{Lu}/u.test(sentence.slice(1, end)))

const isFree = ({ start, end }: BrickMatch, taken: readonly BrickMatch[]): boolean =>
  !taken.some(other => start < other.end && other.start < end)

const findMatches = (sentence: string): readonly BrickMatch[] => {
  const described = vocabulary().find(sentence, 'document')
  const here = wordsOfTenders()
    .find(sentence, 'document')
    .filter(match => isFree(match, described))
  const named = [...described, ...here]
  const products = vocabulary()
    .find(sentence, 'query')
    .filter(match => match.via === 'product' && isNamed(sentence, match) && isFree(match, named))
  return [...named, ...products]
}

let last: { readonly sentence: string; readonly matches: readonly BrickMatch[] } = { sentence: '', matches: [] }

/** The bricks named in a sentence, each where it stands; no two overlap. */
export const brickMatches = (sentence: string): readonly BrickMatch[] => {
  // Bricks, terms and brands are all looked for in the sentence at hand.
  if (sentence !== last.sentence) last = { sentence, matches: findMatches(sentence) }
  return last.matches
}
