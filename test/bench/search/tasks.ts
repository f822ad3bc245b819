import type { EngineQuery } from '../../../src/engine/engine.ts'
import { brickById } from '../../../src/model/bricks.ts'
import { FACET_NAMES } from '../../../src/model/facets.ts'
import type { Filters, Near } from '../../../src/model/query.ts'
import type { Supplier } from '../../../src/model/supplier.ts'
import { engineQuery } from '../../../src/search/rank.ts'
import { understand } from '../../../src/search/understand.ts'
import type { Corpus } from './corpus.ts'
import type { MisspeltQuery } from './engine.ts'
import { createRandom, type Random } from './random.ts'

/** One thing to ask an engine. */
export type Task =
  | { readonly kind: 'search'; readonly query: EngineQuery }
  | { readonly kind: 'complete'; readonly prefix: string }
  | { readonly kind: 'misspelt'; readonly query: MisspeltQuery }
  | { readonly kind: 'update'; readonly supplier: Supplier }

export const OPERATIONS = {
  and: 'top-10 AND',
  'and-facets': 'AND + 8 facets',
  or: 'top-10 OR',
  'or-facets': 'OR + 8 facets',
  browse: 'browse + 8 facets',
  prefix: 'prefix',
  typo: 'typo',
  near: 'near + 8 facets',
  update: 'update one',
} as const
export type OperationName = keyof typeof OPERATIONS
export const OPERATION_NAMES = Object.keys(OPERATIONS) as readonly OperationName[]

/** Operations whose totals and counts every engine must agree on, since all are given the same tokens. */
export const COMPARED: ReadonlySet<OperationName> = new Set(['and', 'and-facets', 'or', 'or-facets', 'browse', 'near'])

const SEED = 8
/** What an operation draws from: a new one comes last, so that the others ask what they always asked. */
const DRAWS: readonly OperationName[] = [
  'and',
  'or',
  'or-facets',
  'browse',
  'prefix',
  'typo',
  'near',
  'update',
  'and-facets',
]
const LIMIT = 10
/** Four with one value a profile, four with several. */
const FACETS = FACET_NAMES.slice(0, 8)

const wordsOf = (supplier: Supplier): string[] => {
  const text = [supplier.tagline?.text, supplier.description?.text, ...supplier.tags].join(' ')
  return [...new Set(text.toLowerCase().match(/\p{L}{4,}/gu))].filter(
    word => word !== 'pour' && word !== 'dans' && word !== 'avec',
  )
}

/** As a reader types it: two to five words of one profile, and in a quarter of the queries the name of a brick of its own. */
const needOf = (random: Random, supplier: Supplier, longest: number): string[] => {
  const words = wordsOf(supplier)
  const brick = brickById(supplier.bricks[0] ?? '')
  const length = 2 + Math.min(random.below(longest - 1), random.below(longest - 1))
  const drawn = Array.from({ length }, () => random.pick(words))
  return brick && random.chance(1 / 3) ? [brick.fr, ...drawn.slice(1)] : drawn
}

/** Half of these needs have a word that says little ("solution", "service"): it is what makes OR find a tenth of all. */
const wideNeed = (random: Random, supplier: Supplier, corpus: Corpus): string => {
  const words = needOf(random, supplier, 5)
  return [...(random.chance(1 / 2) ? [corpus.commonWord(random), ...words.slice(1)] : words)].join(' ')
}

interface Asked {
  readonly match?: 'all' | 'any'
  readonly filters?: Filters
  readonly near?: Near
  readonly facets?: boolean
}

/**
 * The product's understanding and weights of a text. Left out, for not every engine has them: names asked for in full,
 * and words that score without being required.
 */
const queryOf = (text: string, { match = 'all', filters = {}, near, facets = false }: Asked): EngineQuery => {
  const asked = {
    text,
    filters,
    ...(near && { near }),
    sort: near ? 'distance' : 'relevance',
    page: 1,
    size: LIMIT,
  } as const
  const understood = understand(text)
  const concepts = understood.concepts.map(concept => ({ text: concept.text }))
  const required = match === 'all' ? concepts.length : Math.min(1, concepts.length)
  const { nameKey: _, ...query } = engineQuery(asked, { ...understood, concepts }, required, LIMIT)
  return { ...query, facets: facets ? FACETS : [] }
}

const filtersOf = (random: Random, { themes, location }: Supplier): Filters => {
  const kind = random.below(4)
  return {
    ...(kind % 2 === 1 && themes[0] !== undefined && { theme: [themes[0]] }),
    ...(kind >= 2 && location.region !== undefined && { region: [location.region, '11'] }),
  }
}

const KEYS = 'abcdefghijklmnopqrstuvwxyz'

/** One letter left out, doubled, changed, or swapped with its neighbour: never the first. */
const mistyped = (random: Random, word: string): string => {
  const at = 1 + random.below(word.length - 2)
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)]
  switch (random.below(4)) {
    case 0:
      return before + after
    case 1:
      return before + letter + letter + after
    case 2:
      return before + KEYS.charAt(random.below(KEYS.length)) + after
    default:
      return before + after.charAt(0) + letter + after.slice(1)
  }
}

const misspelt = (random: Random, supplier: Supplier): Task => {
  const [long = 'mot', ...others] = wordsOf(supplier).sort((a, b) => Number(b.length > 6) - Number(a.length > 6))
  const text = `${mistyped(random, long)} ${random.pick(others)}`
  return { kind: 'misspelt', query: { text, query: queryOf(text, {}) } }
}

const nearOf = (random: Random, { location }: Supplier): Task => {
  const { latitude = 48.1, longitude = -1.7, communeName = 'Rennes' } = location
  const near = { latitude, longitude, radiusKm: random.pick([20, 50, 100]), label: communeName }
  return { kind: 'search', query: queryOf('', { near, facets: true }) }
}

/** The profile that an update writes: what is found by stays, so that totals stay comparable. */
const updated = (supplier: Supplier): Supplier => ({
  ...supplier,
  headcount: '12',
  updatedAt: '2026-11-22',
})

const taskOf = (operation: OperationName, random: Random, supplier: Supplier, corpus: Corpus): Task => {
  const search = (text: string, asked: Asked): Task => ({ kind: 'search', query: queryOf(text, asked) })
  switch (operation) {
    case 'and':
      return search(needOf(random, supplier, 3).join(' '), {})
    case 'and-facets':
      return search(needOf(random, supplier, 3).join(' '), { facets: true, filters: filtersOf(random, supplier) })
    case 'or':
      return search(wideNeed(random, supplier, corpus), { match: 'any' })
    case 'or-facets':
      return search(wideNeed(random, supplier, corpus), {
        match: 'any',
        facets: true,
        filters: filtersOf(random, supplier),
      })
    case 'browse':
      return search('', { facets: true, filters: filtersOf(random, supplier) })
    case 'prefix':
      return { kind: 'complete', prefix: random.pick(wordsOf(supplier)).slice(0, 1 + random.below(6)) }
    case 'typo':
      return misspelt(random, supplier)
    case 'near':
      return nearOf(random, supplier)
    case 'update':
      return { kind: 'update', supplier: updated(supplier) }
  }
}

/** `count` tasks of an operation over the first `profiles` profiles of the corpus: the same at every call. */
export const createTasks = (corpus: Corpus, operation: OperationName, profiles: number, count: number): Task[] =>
  Array.from({ length: count }, (_, index) => {
    const random = createRandom(SEED, DRAWS.indexOf(operation), index)
    return taskOf(operation, random, corpus.supplier(random.below(profiles)), corpus)
  })
