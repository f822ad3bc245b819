import { nameKey } from '../../../src/text/name-key.ts'
import { isFrenchRegion, isFrenchTown } from './french-places.ts'
import { type Brand, isBranded } from './offer-brand.ts'
import { definesProduct, offerScore } from './offer-scores.ts'
import type { PlacedBlock } from './outline.ts'

/** A name with what describes it, at its block. */
export interface Named {
  readonly each: PlacedBlock
  readonly name: string
  readonly text: string
}

/** How surely a run of names is one of offers: the sum over its names, and how many are beyond doubt. */
export interface Weighed<T> {
  readonly cards: readonly T[]
  readonly scores: readonly number[]
  readonly sum: number
  readonly sure: number
}

/** What a page tells of names besides what stands at them. */
export interface Hints {
  /** Keys of names that structured data give as offers, and of pages that the page links to. */
  readonly told: ReadonlySet<string>
  readonly linked: ReadonlySet<string>
  /** Keys of the names that the page's sentences use (`namesWithin`). */
  readonly used: ReadonlySet<string>
}

/** Words with a capital within sentences ("avec Vigie"), alone and in pairs: names, no words of the language. */
const WITHIN = /(?<=\p{Ll},? )(?<first>\p{Lu}\p{L}{2}[\p{L}\d’'-]{0,30})(?: (?<second>\p{Lu}[\p{L}\d’'-]{0,30}))?/gu

/** The keys of the names that sentences use; those of towns and regions are left out. */
export const namesWithin = (texts: readonly string[]): ReadonlySet<string> =>
  new Set(
    texts.flatMap(text =>
      [...text.matchAll(WITHIN)].flatMap(({ groups }) => {
        const first = groups?.['first'] ?? ''
        const names = groups?.['second'] === undefined ? [first] : [first, `${first} ${groups['second']}`]
        return names.filter(name => !isFrenchTown(name) && !isFrenchRegion(name)).map(name => nameKey(name))
      }),
    ),
  )

/** Weighs names by the firm's brand, by what they are called or described as, and by `hints`. */
export const weigh = <T extends Named>(
  cards: readonly T[],
  brand: Brand,
  { told, linked, used }: Hints,
): Weighed<T> => {
  const scores = cards.map(({ each, name, text }) => {
    const isSure = isBranded(name, brand) || told.has(nameKey(name))
    const isDefined = name.split(' ').length <= MAX_DEFINED_WORDS && definesProduct(name, text)
    const isLinked =
      (linked.has(nameKey(name)) &&
        name.split(' ').length < MAX_DEFINED_WORDS &&
        each.text.length <= name.length + 2) ||
      (/^\p{Lu}/u.test(name) && used.has(nameKey(name)))
    return isSure || isDefined || isLinked ? 1 : offerScore(name)
  })
  return {
    cards,
    scores,
    sum: scores.reduce<number>((sum, score) => sum + score, 0),
    sure: scores.filter(score => score === 1).length,
  }
}

const MAX_DEFINED_WORDS = 4

const MAX_RIDER_TEXT = 160

/** Names that tell nothing are offers among cards of which two thirds are, when they are described as shortly. */
export const withRiders = <T extends Named>({ cards, scores, sum }: Weighed<T>): readonly T[] =>
  cards.filter(
    ({ name, text }, i) =>
      scores[i] !== 0 || (name.includes(' ') && sum * 3 >= cards.length * 2 && text.length <= MAX_RIDER_TEXT),
  )
