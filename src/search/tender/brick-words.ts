import { BRICKS, brickById } from '../../model/bricks.ts'
import { analyseAll } from '../../text/analyse.ts'
import { singular } from '../../text/vocabulary.ts'

/** The words that the vocabulary has for a brick, and which of them say this brick rather than any. */

const CONNECTING = new Set(
  'le la les l de du des d un une a au aux en et ou pour par sur avec dans the of for and in on to with'.split(' '),
)

/** The words of a text, folded and singular, without those that only connect. */
export const normalWordsOf = (text: string): string[] =>
  analyseAll(text)
    .map(token => token.term)
    .filter(term => !CONNECTING.has(term))
    .map(singular)

/** A word that more bricks than this have says none of them: "système", "numérique". */
const MOST_BRICKS = 12
const SHORTEST = 3

let bricksOfWords: ReadonlyMap<string, number> | undefined

const allWords = (id: string): ReadonlySet<string> => {
  const brick = brickById(id)
  if (brick === undefined) return new Set()
  return new Set([brick.fr, brick.en, ...brick.aliases, ...(brick.topics ?? [])].flatMap(normalWordsOf))
}

const countWords = (): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { id } of BRICKS) for (const word of allWords(id)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

const distinctive = new Map<string, ReadonlySet<string>>()

/** The words of a brick's labels, aliases and topics that few other bricks have. */
export const distinctiveWords = (id: string): ReadonlySet<string> => {
  const known = distinctive.get(id)
  if (known) return known
  bricksOfWords ??= countWords()
  const counts = bricksOfWords
  const words = new Set(
    [...allWords(id)].filter(word => word.length >= SHORTEST && (counts.get(word) ?? 0) <= MOST_BRICKS),
  )
  distinctive.set(id, words)
  return words
}

/** So many first letters make two words kin: "vaccin" and "vaccinal". */
const KIN = 6

/** Whether an expression shares a word, or the beginning of one, with the brick's French or English label. */
export const hasLabelWord = (id: string, expression: string): boolean => {
  const brick = brickById(id)
  if (brick === undefined) return false
  const label = new Set([brick.fr, brick.en].flatMap(normalWordsOf).map(word => word.slice(0, KIN)))
  return normalWordsOf(expression).some(word => word.length > SHORTEST && label.has(word.slice(0, KIN)))
}

export const isOneWord = (expression: string): boolean => normalWordsOf(expression).length === 1
