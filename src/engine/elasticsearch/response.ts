import { Type } from 'typebox'
import type { FacetName } from '../../model/facets.ts'
import { distanceKm } from '../../model/geography.ts'
import { parseSiren, type Siren } from '../../model/siren.ts'
import { unpackPriors } from '../embedded/columns.ts'
import {
  type Candidate,
  type Contribution,
  type EngineQuery,
  type EngineResult,
  EngineUnavailableError,
  type FacetCount,
} from '../engine.ts'
import { checker } from './check.ts'
import type { QueryPlan } from './query-plan.ts'
import type { Clause } from './request.ts'

const Matched = Type.Optional(Type.Record(Type.String(), Type.Unknown()))

const Numbers = Type.Optional(Type.Array(Type.Number()))

const HitSchema = Type.Object({
  fields: Type.Object({
    siren: Type.Array(Type.Number(), { minItems: 1 }),
    priors: Type.Array(Type.Number(), { minItems: 1 }),
    recency: Type.Array(Type.Number(), { minItems: 1 }),
    latitude: Numbers,
    longitude: Numbers,
  }),
  matched_queries: Matched,
})

const Buckets = Type.Object({
  buckets: Type.Array(Type.Object({ key: Type.String(), doc_count: Type.Integer() })),
})
const readBuckets = checker(Buckets, 'search facets')

const Answer = checker(
  Type.Object({
    timed_out: Type.Boolean(),
    _shards: Type.Object({ total: Type.Integer(), failed: Type.Integer() }),
    hits: Type.Object({
      total: Type.Object({ value: Type.Integer(), relation: Type.Literal('eq') }),
      hits: Type.Array(HitSchema),
    }),
    aggregations: Type.Optional(Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()))),
  }),
  'search',
)
type Answer = ReturnType<typeof Answer>
type Hit = Answer['hits']['hits'][number]

/** Throws `EngineUnavailableError` when an answer leaves out what some shard would have found. */
export const refusePartial = (answer: {
  readonly timed_out: boolean
  readonly _shards: { readonly total: number; readonly failed: number }
}): void => {
  if (answer.timed_out) throw new EngineUnavailableError('search: the cluster ran out of time')
  const { failed, total } = answer._shards
  if (failed > 0) throw new EngineUnavailableError(`search: ${failed} of ${total} shards failed`)
}

/** Points by clause of one hit. */
type Points = ReadonlyMap<Clause, number>

const pointsOf = (matched: Readonly<Record<string, unknown>> | undefined, clauses: readonly Clause[]): Points => {
  const points = new Map<Clause, number>()
  for (const [name, value] of Object.entries(matched ?? {})) {
    const clause = clauses[Number(name)]
    if (clause && typeof value === 'number') points.set(clause, value)
  }
  return points
}

/** The language of each word that gives more points: only that one counts. */
const betterLanguage = (points: Points) => {
  const sums = new Map<string, number>()
  for (const [clause, value] of points) {
    if (clause.kind !== 'word' || clause.form === 'exact') continue
    const key = `${clause.word} ${clause.form}`
    sums.set(key, (sums.get(key) ?? 0) + value)
  }
  return (word: number): 'french' | 'english' =>
    (sums.get(`${word} english`) ?? 0) > (sums.get(`${word} french`) ?? 0) ? 'english' : 'french'
}

const contributionsOf = (points: Points, plan: QueryPlan): Contribution[] => {
  const language = betterLanguage(points)
  const contributions: Contribution[] = []
  const bestBricks = new Map<number, Contribution>()
  for (const [clause, value] of points) {
    if (value <= 0 || clause.kind === 'name') continue
    if (clause.kind === 'passages') {
      // One line for all its words, until `passages.ts` divides it.
      contributions.push({ kind: 'field', field: 'passages', concept: plan.words[0]?.concept ?? 0, value })
    } else if (clause.kind === 'phrase') {
      contributions.push({ kind: 'phrase', field: clause.field, concept: clause.concept, value })
    } else if (clause.kind === 'brick') {
      const { brick, id } = clause
      if (value > (bestBricks.get(brick)?.value ?? 0))
        bestBricks.set(brick, { kind: 'brick', field: 'bricks', concept: brick, brick: id, value })
    } else {
      const { word, form, field } = clause
      const concept = plan.words[word]?.concept ?? 0
      if (form === 'exact') contributions.push({ kind: 'exact', field, concept, value })
      else if (form === language(word)) contributions.push({ kind: 'field', field, concept, value })
    }
  }
  return [...contributions, ...bestBricks.values()]
}

const SIREN_LENGTH = 9

/** The SIREN of a hit's column, which is a number. */
export const sirenOf = (hit: { readonly fields: { readonly siren: readonly number[] } }): Siren => {
  const siren = parseSiren(String(hit.fields.siren[0]).padStart(SIREN_LENGTH, '0'))
  if (!siren) throw new EngineUnavailableError(`search: ${hit.fields.siren[0]} is no SIREN`)
  return siren
}

const distanceOf = (hit: Hit, { near }: EngineQuery): number | undefined => {
  const [latitude, longitude] = [hit.fields.latitude?.[0], hit.fields.longitude?.[0]]
  if (!near || latitude === undefined || longitude === undefined) return undefined
  return distanceKm(near.latitude, near.longitude, latitude, longitude)
}

/** What reading an answer needs to know of its request. */
export interface Asked {
  readonly query: EngineQuery
  readonly plan: QueryPlan
  readonly clauses: readonly Clause[]
  /** The newest `recency` of the index: freshness is counted from it. */
  readonly newest: number
}

const candidateOf = (hit: Hit, { query, plan, clauses, newest }: Asked): Candidate => {
  const points = pointsOf(hit.matched_queries, clauses)
  const contributions = contributionsOf(points, plan)
  const distance = distanceOf(hit, query)
  return {
    siren: sirenOf(hit),
    score: contributions.reduce((sum, { value }) => sum + value, 0),
    contributions,
    priors: unpackPriors(hit.fields.priors[0] ?? 0, newest - (hit.fields.recency[0] ?? 0)),
    exactName: [...points.keys()].some(clause => clause.kind === 'name'),
    ...(distance !== undefined && { distanceKm: distance }),
  }
}

const countsOf = (holder: Readonly<Record<string, unknown>>, facet: FacetName): FacetCount[] => {
  const read = (name: string): FacetCount[] =>
    holder[name] === undefined
      ? []
      : readBuckets(holder[name]).buckets.map(({ key, doc_count }) => ({ value: key, count: doc_count }))
  const shown = read(facet)
  const known = new Set(shown.map(({ value }) => value))
  return [...shown, ...read(`${facet}.selected`).filter(({ value }) => !known.has(value))]
}

const facetsOf = (answer: Answer, facets: readonly FacetName[]): EngineResult['facets'] => {
  const { aggregations = {} } = answer
  return Object.fromEntries(
    facets.map(facet => {
      const holder = aggregations[`closed.${facet}`] ?? aggregations['open'] ?? aggregations
      return [facet, countsOf(holder, facet)]
    }),
  )
}

/** The result of a search, from the cluster's answer. Throws `EngineUnavailableError` for a partial or odd one. */
export const readSearch = (response: unknown, asked: Asked): EngineResult => {
  const answer = Answer(response)
  refusePartial(answer)
  return {
    total: answer.hits.total.value,
    candidates: answer.hits.hits.map(hit => candidateOf(hit, asked)),
    facets: facetsOf(answer, asked.query.facets),
  }
}
