import type { EngineQuery, Searcher } from '../engine/engine.ts'
import { BRICKS, brickById, brickLabel } from '../model/bricks.ts'
import { facetByName } from '../model/facets.ts'
import type { Language } from '../model/language.ts'
import type { Query } from '../model/query.ts'
import { rangeTexts } from '../model/ranges.ts'
import type { Recovery } from '../model/search-result.ts'
import type { Understanding } from './understand.ts'

/** Ways on from no answer, or from few: each names one thing to let go and the number of suppliers it then gives. */

/** What the engine would count for a changed query. */
export type Count = (query: Query) => Promise<number>

/** How much further a search around a place looks. */
const WIDER = 3
const WIDEST_KM = 2000

const filterWays = async (query: Query, count: Count, language: Language): Promise<Recovery[]> => {
  const ways: Recovery[] = []
  for (const [name, values] of Object.entries(query.filters)) {
    const facet = facetByName(name)
    if (!facet || values === undefined) continue
    const { [facet.name]: _, ...filters } = query.filters
    const label = values.map(value => facet.valueLabel(value, language)).join(', ')
    ways.push({ kind: 'filter', name, value: values.join('|'), label, count: await count({ ...query, filters }) })
  }
  return ways
}

/** A range as ISO 8601-2 writes an interval: "2015/2020", "2015/..". */
const interval = ({ from = '..', to = '..' }: { readonly from?: number | string; readonly to?: number | string }) =>
  `${from}/${to}`

const rangeWays = async ({ ranges, ...query }: Query, count: Count, language: Language): Promise<Recovery[]> => {
  if (!ranges) return []
  const ways: Recovery[] = []
  for (const { name, text } of rangeTexts(ranges, language)) {
    const { [name]: left, ...others } = ranges
    const without = Object.keys(others).length > 0 ? { ...query, ranges: others } : query
    ways.push({ kind: 'range', name, value: interval(left ?? {}), label: text, count: await count(without) })
  }
  return ways
}

const placeWays = async (query: Query, count: Count): Promise<Recovery[]> => {
  const { near, ...anywhere } = query
  if (!near) return []
  const radiusKm = Math.min(near.radiusKm * WIDER, WIDEST_KM)
  const { label } = near
  return [
    { kind: 'radius', value: String(radiusKm), label, count: await count({ ...query, near: { ...near, radiusKm } }) },
    { kind: 'place', value: label, label, count: await count({ ...anywhere, sort: 'relevance' }) },
  ]
}

const family = (brick: string): string[] => [
  brick,
  ...BRICKS.filter(each => each.broader === brick).map(({ id }) => id),
]

const brickWays = async ({ bricks }: Understanding, count: Count, language: Language): Promise<Recovery[]> => {
  const broader = new Set(bricks.flatMap(({ brick }) => brickById(brick)?.broader ?? []))
  const ways: Recovery[] = []
  for (const brick of broader) {
    const query: Query = { text: '', filters: { brick: family(brick) }, sort: 'relevance', page: 1, size: 1 }
    ways.push({ kind: 'brick', value: brick, label: brickLabel(brick, language), count: await count(query) })
  }
  return ways
}

/** The ways that lead to more than `total` suppliers, the least far from what was asked first. */
export const waysOn = async (
  query: Query,
  understanding: Understanding,
  total: number,
  count: Count,
  language: Language,
): Promise<Recovery[]> => {
  const ways = [
    ...(await filterWays(query, count, language)),
    ...(await rangeWays(query, count, language)),
    ...(await placeWays(query, count)),
    ...(await brickWays(understanding, count, language)),
  ]
  return ways.filter(way => way.count > total)
}

/** Counts what an engine query would find. */
export const counter =
  (engine: Searcher, toEngineQuery: (query: Query) => EngineQuery): Count =>
  async query =>
    (await engine.search({ ...toEngineQuery(query), limit: 0, facets: [] })).total
