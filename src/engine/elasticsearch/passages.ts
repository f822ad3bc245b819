import { Type } from 'typebox'
import type { Siren } from '../../model/siren.ts'
import type { Candidate, Contribution, EngineQuery, EngineResult } from '../engine.ts'
import { checker } from './check.ts'
import { explainedTerms } from './explanation.ts'
import type { QueryPlan } from './query-plan.ts'
import { any, boostOf, type Json, passageWord } from './request.ts'
import { refusePartial, sirenOf } from './response.ts'
import type { Server } from './server.ts'

/**
 * Which passage of a candidate is the best one, and how its points divide among the words. A search gives only the
 * points of the whole passage: the rest costs five times as much as the search itself when it is asked for all of 300
 * candidates, so that it is asked apart, for those that are explained.
 */

const InnerHit = Type.Object({
  _nested: Type.Object({ offset: Type.Integer() }),
  matched_queries: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  _explanation: Type.Optional(Type.Unknown()),
})

const Answer = checker(
  Type.Object({
    timed_out: Type.Boolean(),
    _shards: Type.Object({ total: Type.Integer(), failed: Type.Integer() }),
    hits: Type.Object({
      hits: Type.Array(
        Type.Object({
          fields: Type.Object({ siren: Type.Array(Type.Number(), { minItems: 1 }) }),
          inner_hits: Type.Object({
            passages: Type.Object({ hits: Type.Object({ hits: Type.Array(InnerHit) }) }),
          }),
        }),
      ),
    }),
  }),
  'passages',
)
type InnerHit = ReturnType<typeof Answer>['hits']['hits'][number]['inner_hits']['passages']['hits']['hits'][number]

/** A word in one language; a clause is named by its place among them. */
interface PassageClause {
  readonly word: number
  readonly form: 'french' | 'english'
  readonly boost: number
}

/** The request for the best passage of each of these suppliers. */
export const passagesRequest = (
  query: EngineQuery,
  plan: QueryPlan,
  server: Server,
  sirens: readonly Siren[],
): { readonly body: object; readonly clauses: readonly PassageClause[] } => {
  const clauses: PassageClause[] = []
  const words = plan.words.flatMap((word, index) =>
    passageWord(word, (form, value): Json => {
      const boost = boostOf(query, server, 'passages', word.times)
      clauses.push({ word: index, form, boost })
      return { term: { [`passages.${form}`]: { value, boost, _name: String(clauses.length - 1) } } }
    }),
  )
  // The first of equal passages, as they come in the order of the profile.
  const inner_hits = { size: 1, _source: false, ...(!server.scoresInnerHits && { explain: true }) }
  const passages = { nested: { path: 'passages', score_mode: 'max', query: any(words), inner_hits } }
  const body = {
    query: { bool: { filter: [{ ids: { values: sirens } }], must: [passages] } },
    size: sirens.length,
    sort: ['_doc'],
    track_total_hits: false,
    _source: false,
    stored_fields: '_none_',
    docvalue_fields: ['siren'],
  }
  return { body, clauses }
}

/** The points of each clause in one passage. */
const pointsOf = (hit: InnerHit, clauses: readonly PassageClause[], plan: QueryPlan): number[] => {
  if (hit._explanation === undefined) {
    return clauses.map((_, name) => {
      const value = hit.matched_queries?.[name]
      return typeof value === 'number' ? value : 0
    })
  }
  const terms = explainedTerms(hit._explanation)
  const termOf = ({ word, form }: PassageClause): string => `${form}:${plan.words[word]?.[form]}`
  const boosts = new Map<string, number>()
  for (const clause of clauses) boosts.set(termOf(clause), (boosts.get(termOf(clause)) ?? 0) + clause.boost)
  // One stem may stand in several words: Lucene makes one clause of them, with the sum of their boosts.
  return clauses.map(clause => {
    const values = terms.get(termOf(clause)) ?? []
    const sum = values.reduce((all, value) => all + value, 0)
    return sum * (clause.boost / (boosts.get(termOf(clause)) || 1))
  })
}

interface BestPassage {
  readonly passage: number
  /** By word, the better language alone. */
  readonly points: ReadonlyMap<number, number>
}

/** The best passages, from the cluster's answer. */
export const readPassages = (
  response: unknown,
  clauses: readonly PassageClause[],
  plan: QueryPlan,
): ReadonlyMap<Siren, BestPassage> => {
  const answer = Answer(response)
  refusePartial(answer)
  return new Map(
    answer.hits.hits.flatMap(hit => {
      const [best] = hit.inner_hits.passages.hits.hits
      if (!best) return []
      const points = new Map<number, number>()
      pointsOf(best, clauses, plan).forEach((value, name) => {
        const word = clauses[name]?.word ?? 0
        if (value > (points.get(word) ?? 0)) points.set(word, value)
      })
      return [[sirenOf(hit), { passage: best._nested.offset, points }] as const]
    }),
  )
}

const isPassage = ({ field }: Contribution): boolean => field === 'passages'

/**
 * A candidate with the points of its best passage divided. They stay as many as they were: on several shards, or when
 * the index has changed in between, only their proportion is taken.
 */
const divided = (candidate: Candidate, best: BestPassage | undefined, plan: QueryPlan): Candidate => {
  if (!best) return candidate
  const whole = candidate.contributions.find(isPassage)?.value ?? 0
  const sum = [...best.points.values()].reduce((a, b) => a + b, 0)
  if (sum === 0) return { ...candidate, passage: best.passage }
  const parts = [...best.points].map(
    ([word, value]): Contribution => ({
      kind: 'field',
      field: 'passages',
      concept: plan.words[word]?.concept ?? 0,
      value: (whole * value) / sum,
    }),
  )
  const contributions = [...candidate.contributions.filter(each => !isPassage(each)), ...parts]
  const score = contributions.reduce((total, { value }) => total + value, 0)
  return { ...candidate, score, contributions, passage: best.passage }
}

/** A result whose first candidates, as many as the query wants explained, say which passage is the best and why. */
export const explainPassages = async (
  result: EngineResult,
  query: EngineQuery,
  plan: QueryPlan,
  server: Server,
  ask: (body: object) => Promise<unknown>,
): Promise<EngineResult> => {
  const explained = result.candidates.slice(0, query.explained ?? query.limit)
  const sirens = explained.filter(({ contributions }) => contributions.some(isPassage)).map(({ siren }) => siren)
  if (sirens.length === 0) return result
  const { body, clauses } = passagesRequest(query, plan, server, sirens)
  const best = readPassages(await ask(body), clauses, plan)
  return { ...result, candidates: result.candidates.map(each => divided(each, best.get(each.siren), plan)) }
}
