import { BRICKS } from '../model/bricks.ts'
import { analyseEnglish, analyseFrench } from '../text/analyse.ts'

/**
 * Finds the bricks whose labels, aliases and definitions share most of their words with a query that names none as
 * such: "logiciel pour suivre les arbres de la ville" leads to tree management. BM25 over the vocabulary itself.
 */

/** A brick that the words of a query point to. */
export interface BrickGuess {
  readonly brick: string
  /** Share of the weight of the query's words that the brick's words carry, 0 to 1. */
  readonly coverage: number
  /** The words (their indices) that it carries. */
  readonly words: readonly number[]
}

interface Index {
  /** Stem to the bricks that hold it. */
  readonly postings: ReadonlyMap<string, ReadonlySet<number>>
}

const stems = (text: string): Set<string> =>
  new Set([
    ...analyseFrench(text).map(token => `f:${token.term}`),
    ...analyseEnglish(text).map(token => `e:${token.term}`),
  ])

let index: Index | undefined
/** Built at the first query without a brick: 0.2 s. */
const vocabularyIndex = (): Index => {
  if (index) return index
  const postings = new Map<string, Set<number>>()
  BRICKS.forEach(({ fr, en, aliases, definition = '' }, number) => {
    for (const stem of stems([fr, en, ...aliases, definition].join('. '))) {
      const known = postings.get(stem)
      if (known) known.add(number)
      else postings.set(stem, new Set([number]))
    }
  })
  index = { postings }
  return index
}

/** How many of the words stand in the brick's labels: of equal guesses, the one that is called so. */
const labelWords = (brick: number, words: readonly string[]): number => {
  const { fr = '', en = '' } = BRICKS[brick] ?? {}
  const label = stems(`${fr}. ${en}`)
  return words.filter(word => [...stems(word)].some(stem => label.has(stem))).length
}

/** How rare a word is in the vocabulary; one that it lacks weighs as much as the rarest. */
const weightOf = (bricks: number): number => Math.log(1 + BRICKS.length / (bricks + 0.5))

/** The bricks that carry most of the words, best first. */
export const guessBricks = (words: readonly string[], limit: number): BrickGuess[] => {
  const { postings } = vocabularyIndex()
  const found = new Map<number, { weight: number; words: number[] }>()
  let total = 0
  words.forEach((word, position) => {
    const holders = new Set<number>()
    for (const stem of stems(word)) for (const brick of postings.get(stem) ?? []) holders.add(brick)
    const weight = weightOf(holders.size)
    total += weight
    for (const brick of holders) {
      const known = found.get(brick) ?? { weight: 0, words: [] }
      known.weight += weight
      known.words.push(position)
      found.set(brick, known)
    }
  })
  return [...found]
    .map(([brick, { weight, words: carried }]) => ({
      brick: BRICKS[brick]?.id ?? '',
      coverage: total === 0 ? 0 : weight / total,
      words: carried,
      inLabel: labelWords(brick, words),
    }))
    .sort((a, b) => b.coverage - a.coverage || b.inLabel - a.inLabel || (a.brick < b.brick ? -1 : 1))
    .slice(0, limit)
}
