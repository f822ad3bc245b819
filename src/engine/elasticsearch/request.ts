import { FACET_NAMES, type FacetName } from '../../model/facets.ts'
import type { EngineQuery } from '../engine.ts'
import { type FieldName, PROFILE_FIELDS, type ProfileField } from '../fields.ts'
import { type Bounds, boundsOf } from '../ranges.ts'
import { tieSeed } from '../tie-break.ts'
import { bigramToken } from './document.ts'
import type { PlannedWord, QueryPlan } from './query-plan.ts'
import type { Server } from './server.ts'

/** The body of a search, and what its named clauses stand for. Pure: user text is only ever a term's value. */

/** What one named clause scores. */
export type Clause =
  | { readonly kind: 'word'; readonly word: number; readonly form: WordForm; readonly field: ProfileField }
  /** The best passage as a whole: `passages.ts` divides its points. */
  | { readonly kind: 'passages' }
  | { readonly kind: 'phrase'; readonly concept: number; readonly field: ProfileField }
  | { readonly kind: 'brick'; readonly brick: number; readonly id: string }
  | { readonly kind: 'name' }
export type WordForm = 'french' | 'english' | 'exact'

export interface SearchRequest {
  readonly body: object
  /** A clause is named by its place here. */
  readonly clauses: readonly Clause[]
}

export type Json = Readonly<Record<string, unknown>>

/** Bigrams are indexed where a phrase is worth it (`embedded/analysed.ts`). */
const PHRASE_FIELDS = ['name', 'tagline', 'tags'] as const satisfies readonly ProfileField[]

/** Scores are sums of single precision: next to this one all of them vanish, so that names are ordered by the tie alone. */
const NAME_BOOST = 1e12

/** Facets have fewer values than this on one shard: counts are exact on many. */
const SHARD_VALUES = 10_000

class Clauses {
  readonly list: Clause[] = []
  name(clause: Clause): string {
    this.list.push(clause)
    return String(this.list.length - 1)
  }
}

/** What a field's weight is on this server, so that all of them score as the embedded engine. */
export const boostOf = (query: EngineQuery, server: Server, field: FieldName, share = 1): number =>
  (share * query.weights.fields[field]) / server.scoreFactor

const term = (field: string, value: string, boost: number, name: string): Json => ({
  term: { [field]: { value, boost, _name: name } },
})

/** The sum of some clauses. */
export const any = (clauses: readonly Json[]): Json =>
  clauses.length === 1 && clauses[0] ? clauses[0] : { bool: { should: clauses } }

/** A word in a passage: the larger of the two languages; `term` writes the clause of one. */
export const passageWord = (word: PlannedWord, term: (form: 'french' | 'english', value: string) => Json): Json[] => {
  const languages = (['french', 'english'] as const).flatMap(form => {
    const value = word[form]
    return value === undefined ? [] : [term(form, value)]
  })
  return languages.length > 0 ? [best(languages)] : []
}

const best = (clauses: readonly Json[]): Json =>
  clauses.length === 1 && clauses[0] ? clauses[0] : { dis_max: { queries: clauses } }

/** Writes the scoring clauses of one query. */
class Scoring {
  readonly clauses = new Clauses()
  readonly #query: EngineQuery
  readonly #plan: QueryPlan
  readonly #server: Server

  constructor(query: EngineQuery, plan: QueryPlan, server: Server) {
    this.#query = query
    this.#plan = plan
    this.#server = server
  }

  /** Everything that adds points. */
  all(): Json[] {
    const { words, phrases, bricks } = this.#plan
    return [
      ...words.flatMap((word, index) => this.#word(word, index)),
      ...phrases.flatMap(({ concept, pair }) =>
        PHRASE_FIELDS.map(field => {
          const name = this.clauses.name({ kind: 'phrase', concept, field })
          return term(`${field}.bigram`, bigramToken(pair), this.#boost(field, this.#query.weights.phrase), name)
        }),
      ),
      ...bricks.flatMap(({ ids }, brick) => (ids.size === 0 ? [] : [this.#brick(ids, brick)])),
      ...this.#bestPassage(),
      ...(this.#plan.name !== undefined && this.#query.sort === 'relevance' ? [this.#name(this.#plan.name)] : []),
    ]
  }

  #boost(field: FieldName, share = 1): number {
    return boostOf(this.#query, this.#server, field, share)
  }

  /** The larger of the two languages, and the exact form. */
  #word(word: PlannedWord, index: number): Json[] {
    const fields = (form: WordForm, share: number): Json[] => {
      const value = word[form]
      if (value === undefined) return []
      return PROFILE_FIELDS.map(field => {
        const name = this.clauses.name({ kind: 'word', word: index, form, field })
        return term(`${field}.${form}`, value, this.#boost(field, share * word.times), name)
      })
    }
    const languages = [fields('french', 1), fields('english', 1)].filter(clauses => clauses.length > 0).map(any)
    return [...(languages.length > 0 ? [best(languages)] : []), ...fields('exact', this.#query.weights.exact)]
  }

  /** Each passage is scored on its own, the best one counts. */
  #bestPassage(): Json[] {
    const words = this.#plan.words.flatMap(word =>
      passageWord(word, (form, value) => ({
        term: { [`passages.${form}`]: { value, boost: this.#boost('passages', word.times) } },
      })),
    )
    if (words.length === 0) return []
    const _name = this.clauses.name({ kind: 'passages' })
    return [{ nested: { path: 'passages', score_mode: 'max', query: any(words), _name } }]
  }

  #brick(ids: ReadonlyMap<string, number>, brick: number): Json {
    return best(
      [...ids].map(([id, share]) =>
        term('bricks', id, this.#boost('bricks', share), this.clauses.name({ kind: 'brick', brick, id })),
      ),
    )
  }

  #name(key: string): Json {
    const _name = this.clauses.name({ kind: 'name' })
    return { constant_score: { filter: { term: { keys: key } }, boost: NAME_BOOST, _name } }
  }
}

/** Who matches, whatever the score: enough of the required concepts, or the very name. */
const matching = (plan: QueryPlan): Json => {
  if (plan.matchesAll) return { match_all: {} }
  const words =
    plan.minimumMatch === 0
      ? { terms: { keys: plan.optional } }
      : {
          bool: {
            should: plan.required.map(keys => ({ terms: { keys } })),
            minimum_should_match: plan.minimumMatch,
          },
        }
  return plan.name === undefined ? words : { bool: { should: [words, { term: { keys: plan.name } }] } }
}

const nearby = ({ near }: EngineQuery): Json[] =>
  near ? [{ geo_distance: { distance: `${near.radiusKm}km`, place: { lat: near.latitude, lon: near.longitude } } }] : []

/** The columns of the ranges, as `document.ts` writes them. */
const within = (query: EngineQuery): Json[] => {
  const range = (field: string, bounds: Bounds | undefined): Json[] =>
    bounds ? [{ range: { [field]: { gte: bounds.from, lte: bounds.to } } }] : []
  const { founded, updated } = boundsOf(query)
  return [...range('founded', founded), ...range('recency', updated)]
}

const filtersOf = (query: EngineQuery, except?: FacetName): Json[] =>
  FACET_NAMES.flatMap(name => {
    const values = query.filters[name]
    return name === except || !values || values.length === 0 ? [] : [{ terms: { [`facets.${name}`]: values } }]
  })

const isFiltered = (query: EngineQuery, facet: FacetName): boolean => (query.filters[facet]?.length ?? 0) > 0

const countValues = (query: EngineQuery, facet: FacetName): Json => {
  const field = `facets.${facet}`
  const selected = query.filters[facet]
  return {
    [facet]: { terms: { field, size: query.facetSize, shard_size: SHARD_VALUES } },
    // What is selected is shown even when it is rare, or gone.
    ...(selected &&
      selected.length > 0 && {
        [`${facet}.selected`]: { terms: { field, include: selected, min_doc_count: 0, size: selected.length } },
      }),
  }
}

/** Each facet is counted without its own filter; all that have none are counted together. */
const facetCounts = (query: EngineQuery): Json => {
  const filters = filtersOf(query)
  const counted = [...query.facets]
  const open = counted.filter(facet => !isFiltered(query, facet))
  const openCounts = Object.assign({}, ...open.map(facet => countValues(query, facet)))
  if (filters.length === 0) return openCounts
  const closed = counted.filter(facet => isFiltered(query, facet))
  return {
    ...(open.length > 0 && { open: { filter: { bool: { filter: filters } }, aggs: openCounts } }),
    ...Object.fromEntries(
      closed.map(facet => [
        `closed.${facet}`,
        { filter: { bool: { filter: filtersOf(query, facet) } }, aggs: countValues(query, facet) },
      ]),
    ),
  }
}

/** `tieOrder` of `../tie-break.ts` in the server's script language, where `int` is 32 bits. */
const TIE_SCRIPT = `int h = (int) doc['siren'].value ^ params.seed;
h = (h ^ (h >>> 16)) * (int) 0x85ebca6bL;
h = (h ^ (h >>> 13)) * (int) 0xc2b2ae35L;
return (double) ((h ^ (h >>> 16)) & 0xffffffffL)`

const sortOf = (query: EngineQuery, plan: QueryPlan): Json[] => {
  const params = { seed: tieSeed(query.tieBreak) | 0 }
  const tie = { _script: { type: 'number', order: 'asc', script: { source: TIE_SCRIPT, params } } }
  switch (query.sort) {
    case 'relevance':
      return plan.matchesAll ? [tie] : [{ _score: 'desc' }, tie]
    case 'name':
      // Unnamed ones come last, by their SIREN.
      return [{ name_key: { order: 'asc', missing: '_last' } }, { name_order: 'asc' }, tie]
    case 'recent':
      return [{ recency: 'desc' }, tie]
    case 'distance':
      return query.near
        ? [{ _geo_distance: { place: { lat: query.near.latitude, lon: query.near.longitude }, order: 'asc' } }, tie]
        : [tie]
  }
}

/** What a candidate is made of: columns alone, so that no stored profile is read. */
const COLUMNS = ['siren', 'priors', 'recency', 'latitude', 'longitude']

/**
 * The search for a query. Totals are always exact: pages and facets promise them. `timeoutMs`: the server gives up
 * then, and what it found so far is refused.
 */
export const searchRequest = (
  query: EngineQuery,
  plan: QueryPlan,
  server: Server,
  options: { readonly timeoutMs: number },
): SearchRequest => {
  const scoring = new Scoring(query, plan, server)
  const points = query.limit > 0 ? scoring.all() : []
  const filters = filtersOf(query)
  const aggs = facetCounts(query)
  const body = {
    query: {
      bool: {
        filter: [matching(plan), ...nearby(query), ...within(query)],
        ...(points.length > 0 && { should: points }),
      },
    },
    ...(filters.length > 0 && { post_filter: { bool: { filter: filters } } }),
    ...(Object.keys(aggs).length > 0 && { aggs }),
    size: query.limit,
    sort: sortOf(query, plan),
    track_total_hits: true,
    timeout: `${options.timeoutMs}ms`,
    _source: false,
    stored_fields: '_none_',
    docvalue_fields: COLUMNS,
  }
  return { body, clauses: scoring.clauses.list }
}
