import type { Candidate, EngineQuery, EngineResult, Priors, Searcher, Weights } from '../engine/engine.ts'
import { FACET_NAMES } from '../model/facets.ts'
import { MAX_WINDOW, type Query } from '../model/query.ts'
import type { Siren } from '../model/siren.ts'
import { fuse } from './semantic/fuse.ts'
import type { Semantic, SemanticScores } from './semantic/rerank.ts'
import { type Understanding, understand } from './understand.ts'
import { CEASED_LOSS, enoughResults, PRIORS, RERANKED, requiredConcepts, STUFFING_LOSS, WEIGHTS } from './weights.ts'

/** How many values of a facet an answer carries: all regions and départements of France fit. */
const FACET_SIZE = 110

/** What is shown comes from so many places further down at most, but for a firm or two: priors are 5 % of a score. */
const RISING = 30

/** Points that the final step adds to the lexical ones. */
export interface FinalPoints {
  /** For bearing the very name: as many as the best other score, so that it comes first and the sum shows why. */
  readonly name: number
  /** Closeness of meaning, when an encoder is at work. */
  readonly semantic: number
  readonly completeness: number
  readonly freshness: number
  readonly labelled: number
  /** Negative: what a ceased firm loses. */
  readonly ceased: number
  /** Negative: what a list of keywords loses. */
  readonly stuffing: number
}

/** A candidate in its final place. */
export interface RankedCandidate extends Candidate {
  readonly points: FinalPoints
  /** Lexical points and final points together. */
  readonly finalScore: number
}

export interface Ranking {
  readonly understanding: Understanding
  /** The query with the place that it names, as it was searched. */
  readonly query: Query
  readonly total: number
  readonly candidates: readonly RankedCandidate[]
  readonly facets: EngineResult['facets']
  /** How many concepts had to match. */
  readonly minimumMatch: number
  /** What the encoder did: why it is missing, or which text of each candidate was the closest. */
  readonly semantic: SemanticScores
  /** Set when fewer concepts had to match than usual: how many of how many. */
  readonly relaxed?: { readonly required: number; readonly of: number }
}

export interface RankOptions {
  readonly signal?: AbortSignal | undefined
  readonly semantic?: Semantic
  /** Another configuration than the one in force: for `npm run evaluate`, which measures what each stage gains. */
  readonly stages?: Stages
}

/** The stages of the ranking; all are on in the service. */
export interface Stages {
  readonly weights: Weights
  readonly bricks: boolean
  /** How many concepts must match; without it one suffices. */
  readonly minimum: boolean
  readonly priors: boolean
}

export const ALL_STAGES: Stages = { weights: WEIGHTS, bricks: true, minimum: true, priors: true }

/** What was understood of place, made filters of the query; a filter of the reader's own comes first. */
const withPlace = (query: Query, { place }: Understanding): Query => {
  if (!place) return query
  const { near, filter } = place
  if (near) return query.near ? query : { ...query, near }
  if (!filter || query.filters[filter.facet] !== undefined) return query
  return { ...query, filters: { ...query.filters, [filter.facet]: [filter.value] } }
}

/** The engine's form of a query that is understood so, when `minimumMatch` concepts must match. */
export const engineQuery = (
  query: Query,
  understanding: Understanding,
  minimumMatch: number,
  limit: number,
  weights = WEIGHTS,
): EngineQuery => ({
  concepts: understanding.concepts,
  bricks: understanding.bricks,
  minimumMatch,
  ...(understanding.nameKey !== '' && { nameKey: understanding.nameKey }),
  weights,
  filters: query.filters,
  ...(query.near && { near: query.near }),
  ...(query.ranges && { ranges: query.ranges }),
  sort: query.sort,
  limit,
  tieBreak: understanding.concepts.map(concept => concept.text.toLowerCase()).join(' '),
  facets: FACET_NAMES,
  facetSize: FACET_SIZE,
})

const finalPoints = ({ exactName, score, priors }: Candidate, best: number, semantic: number): FinalPoints => {
  const prior = (name: keyof typeof PRIORS & keyof Priors): number => PRIORS[name] * priors[name] * best
  return {
    name: exactName ? Math.max(best, 1) : 0,
    semantic,
    completeness: prior('completeness'),
    freshness: prior('freshness'),
    labelled: prior('labelled'),
    ceased: -CEASED_LOSS * priors.ceased * score,
    stuffing: -STUFFING_LOSS * priors.stuffing * score,
  }
}

const sum = (points: FinalPoints): number =>
  points.name +
  points.semantic +
  points.completeness +
  points.freshness +
  points.labelled +
  points.ceased +
  points.stuffing

/** Candidates in their final order: the step that is the same for every engine. */
const finalOrder = (
  candidates: readonly Candidate[],
  reorder: boolean,
  semantic: ReadonlyMap<Siren, number> = new Map(),
): RankedCandidate[] => {
  const close = Math.max(0, ...semantic.values())
  const best = Math.max(0, ...candidates.map(candidate => candidate.score)) + close
  const ranked = candidates.map((candidate): RankedCandidate => {
    const points = finalPoints(candidate, best, semantic.get(candidate.siren) ?? 0)
    return { ...candidate, points, finalScore: candidate.score + sum(points) }
  })
  // What lies deeper keeps its lexical place, or pages would overlap. Equal scores keep the engine's neutral order.
  const head = ranked.slice(0, RERANKED)
  return reorder ? [...head.sort((a, b) => b.finalScore - a.finalScore), ...ranked.slice(RERANKED)] : ranked
}

/**
 * The ranking of a query: at least `depth` candidates when there are so many. When too few (`enoughResults`)
 * suppliers hold the concepts that are required, one concept less is asked for, until there are enough.
 */
export const rank = async (
  engine: Searcher,
  asked: Query,
  depth: number,
  options: RankOptions = {},
): Promise<Ranking> => {
  const stages = options.stages ?? ALL_STAGES
  const understood = understand(asked.text, asked.literal)
  const understanding = stages.bricks ? understood : { ...understood, bricks: [] }
  if (understanding.siren) return rankSiren(engine, asked, understanding, understanding.siren)
  const query = withPlace(asked, understanding)
  const concepts = understanding.concepts.filter(concept => concept.optional !== true).length
  const required = stages.minimum ? requiredConcepts(concepts) : Math.min(1, concepts)
  const namesBrick = understanding.bricks.some(brick => brick.via !== 'guess')
  const enough = enoughResults(concepts, namesBrick)
  // Names are ordered by their first letters in the engine and in full afterwards: the whole window must be there.
  const limit = query.sort === 'relevance' ? Math.max(RERANKED, depth) : MAX_WINDOW
  const search = (minimumMatch: number, searched = query, size = limit): Promise<EngineResult> =>
    engine.search(
      { ...engineQuery(searched, understanding, minimumMatch, size, stages.weights), explained: depth + RISING },
      options.signal ? { signal: options.signal } : {},
    )

  let result = await search(required)
  let minimum = required
  // A filter that leaves few is the reader's own choice: only the words themselves are relaxed.
  const { near: _near, ranges: _ranges, ...anywhere } = query
  const unfiltered = { ...anywhere, filters: {}, sort: 'relevance' } as const
  const count = async (minimumMatch: number): Promise<number> => (await search(minimumMatch, unfiltered, 0)).total
  const few = async (): Promise<boolean> =>
    minimum > 1 && result.total < enough && !namesSomebody(result) && (await count(minimum)) < enough
  while (await few()) {
    minimum--
    result = await search(minimum)
  }
  const byRelevance = query.sort === 'relevance'
  const close = await closeness(options, query, byRelevance ? result.candidates.slice(0, RERANKED) : [])
  return {
    understanding,
    query,
    total: result.total,
    candidates: finalOrder(result.candidates, byRelevance && stages.priors, close.points),
    semantic: close.scores,
    facets: result.facets,
    minimumMatch: minimum,
    ...(minimum < required && result.total > 0 && { relaxed: { required: minimum, of: concepts } }),
  }
}

const NOT_ASKED: SemanticScores = { kind: 'off', reason: 'off' }

/** Points for closeness of meaning among the candidates; none, and why, when the encoder is off or fails. */
const closeness = async (
  { semantic, signal }: RankOptions,
  query: Query,
  candidates: readonly Candidate[],
): Promise<{ readonly scores: SemanticScores; readonly points?: ReadonlyMap<Siren, number> }> => {
  if (!semantic || query.text === '' || candidates.length === 0) return { scores: NOT_ASKED }
  const sirens = candidates.map(candidate => candidate.siren)
  const scores = await semantic.scores(query.text, sirens, { signal })
  if (scores.kind !== 'ok') return { scores }
  const lexical = new Map(candidates.map(candidate => [candidate.siren, candidate.score]))
  return { scores, points: fuse(lexical, scores.cosines, semantic.weight) }
}

/** The closest suppliers when nothing but the words counts and any of them suffices: at most `limit`. */
export const nearestOf = async (
  engine: Searcher,
  { query, understanding }: Ranking,
  limit: number,
  semantic?: Semantic,
): Promise<RankedCandidate[]> => {
  const close = await semantic?.nearest(query.text, limit)
  if (close?.kind === 'ok') {
    // Found by meaning alone: no word of theirs need be in the query.
    return close.hits.map(({ siren, cosine }) => alone(siren, cosine))
  }
  const { near: _near, ranges: _ranges, ...anywhere } = query
  const asked = { ...anywhere, filters: {}, sort: 'relevance' } as const
  const { candidates } = await engine.search({ ...engineQuery(asked, understanding, 1, RERANKED), facets: [] })
  return finalOrder(candidates, true).slice(0, limit)
}

const alone = (siren: Siren, cosine: number): RankedCandidate => ({
  siren,
  score: 0,
  contributions: [],
  priors: NO_PRIORS,
  exactName: false,
  points: { name: 0, semantic: cosine, completeness: 0, freshness: 0, labelled: 0, ceased: 0, stuffing: 0 },
  finalScore: cosine,
})

const NO_PRIORS: Priors = { completeness: 0, freshness: 0, labelled: 0, ceased: 0, stuffing: 0 }

/** A SIREN is an address, not a description: that firm or nobody. */
const rankSiren = async (
  engine: Searcher,
  query: Query,
  understanding: Understanding,
  siren: Siren,
): Promise<Ranking> => {
  const known = (await engine.suppliers([siren])).has(siren)
  const candidate = { siren, score: 0, contributions: [], exactName: true, priors: NO_PRIORS }
  return {
    understanding,
    query,
    total: known ? 1 : 0,
    candidates: known ? finalOrder([candidate], true) : [],
    facets: {},
    minimumMatch: 0,
    semantic: NOT_ASKED,
  }
}

/** Who asks for a firm by its name has what was sought. */
const namesSomebody = (result: EngineResult): boolean => result.candidates.some(candidate => candidate.exactName)
