import { broaderBricks } from '../../model/brick-tree.ts'
import { brickById, brickLabel } from '../../model/bricks.ts'
import type { Language } from '../../model/language.ts'
import type { NearWord } from '../../model/visibility.ts'
import { analyseExact } from '../../text/analyse.ts'
import { editDistance, spellReach } from '../../text/spell-distance.ts'
import type { AskedBrick } from '../understand.ts'
import type { ProfileWords } from './profile-words.ts'

/** What of a profile comes nearest to a word that it lacks: its spelling, its family of words, a brick beside it. */

const MAX_NEAR = 3
/** A family of words of more members than this says nothing. */
const MOST_COMPARED = 50
/** Words that begin with so many letters alike are often of one family: "énergie", "énergétique". */
const FAMILY_LETTERS = 6
/** A word of fewer letters is within an edit of too many others. */
const MIN_LETTERS = 5

/** A word of two digits, or more, is a reference or a date: nothing comes near it. */
const isWord = (term: string): boolean => !/\d/.test(term)

const bySpelling = (term: string, { written }: ProfileWords): NearWord[] =>
  [...written].flatMap(([own, text]) => {
    const near = own !== term && isWord(own) && editDistance(own, term, spellReach(term.length)) !== undefined
    return near ? [{ kind: 'spelling' as const, text }] : []
  })

const byFamily = (term: string, { written }: ProfileWords): NearWord[] => {
  if (term.length < FAMILY_LETTERS) return []
  const beginning = term.slice(0, FAMILY_LETTERS)
  return [...written].flatMap(([own, text]) =>
    own !== term && own.startsWith(beginning) ? [{ kind: 'form' as const, text }] : [],
  )
}

/** Bricks of the profile that share a broader one with a brick that the query names. */
const byBrick = (asked: readonly AskedBrick[], { bricks }: ProfileWords, language: Language): NearWord[] => {
  const above = (id: string): readonly string[] => [id, ...broaderBricks(id).map(brick => brick.id)]
  const around = new Set(asked.flatMap(({ brick }) => above(brick)))
  return [...bricks]
    .filter(id => brickById(id) !== undefined && above(id).some(each => around.has(each)))
    .map(brick => ({ kind: 'brick' as const, text: brickLabel(brick, language), brick }))
}

/** At most three things of the profile near to the word; `asked`: the bricks that the word helps to name. */
export const nearWords = (
  text: string,
  asked: readonly AskedBrick[],
  words: ProfileWords,
  language: Language,
): NearWord[] => {
  const terms = analyseExact(text).map(({ term }) => term)
  const long = terms.filter(term => term.length >= MIN_LETTERS && isWord(term))
  const found = [
    ...long.flatMap(term => bySpelling(term, words)),
    ...byBrick(asked, words, language),
    ...long.flatMap(term => byFamily(term, words)),
  ]
  const isFirst = (each: NearWord, at: number): boolean =>
    found.findIndex(({ text: other }) => other.toLowerCase() === each.text.toLowerCase()) === at
  return found.slice(0, MOST_COMPARED).filter(isFirst).slice(0, MAX_NEAR)
}
