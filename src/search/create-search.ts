import { setImmediate as breathe } from 'node:timers/promises'
import type { Completion, EngineResult, Searcher } from '../engine/engine.ts'
import { brickLabel } from '../model/bricks.ts'
import { FACETS } from '../model/facets.ts'
import { regionName } from '../model/geography.ts'
import type { Language } from '../model/language.ts'
import type { Query } from '../model/query.ts'
import type { FacetValue, Hit, SearchResult, Suggestion, SupplierSummary } from '../model/search-result.ts'
import { shownBricks } from '../model/shown-bricks.ts'
import type { Supplier } from '../model/supplier.ts'
import { explain, missingWords } from './explain.ts'
import { passagesOf, queryTerms } from './highlight.ts'
import { engineQuery, nearestOf, type RankedCandidate, type Ranking, rank } from './rank.ts'
import { counter, waysOn } from './recover.ts'
import type { Search } from './search.ts'
import type { Semantic } from './semantic/rerank.ts'
import { spellQuery } from './spell-query.ts'
import { labelCompletions } from './suggest.ts'
import { understand } from './understand.ts'

/** The search layer over an engine: the same understanding, ranking and explanation for every engine. */
export const createSearch = (engine: Searcher, semantic?: Semantic): Search => ({
  search: async (query, language, options) => {
    const spelled = await spellQuery(engine, query)
    const ranking = await rank(engine, spelled.query, query.page * query.size, {
      signal: options?.signal,
      ...(semantic && { semantic }),
    })
    const shown = ranking.candidates.slice((query.page - 1) * query.size, query.page * query.size)
    const hits = await hitsOf(engine, shown, ranking, language)
    const few = ranking.total < FEW && query.page === 1 && ranking.understanding.siren === undefined
    return {
      query: {
        text: query.text,
        understood: [
          ...spelled.changes.map(({ from, to }) => ({ span: from, label: to, via: 'corrected' })),
          ...understoodOf(ranking, language),
        ],
        corrected: spelled.changes.length > 0 ? spelled.query.text : null,
        didYouMean: spelled.didYouMean,
        relaxed: relaxedOf(ranking, language),
        semantic: ranking.semantic.kind === 'ok' ? 'used' : ranking.semantic.kind,
      },
      total: ranking.total,
      page: query.page,
      size: query.size,
      hits,
      facets: facetsOf(ranking.facets, ranking.query, language),
      suggestions: [],
      recovery: few ? await recoveryOf(engine, ranking, language) : [],
      nearest: few ? await nearestHits(engine, ranking, language, semantic) : [],
    }
  },
  suggest: async (prefix, language, limit) => {
    const completions = await engine.complete(prefix, limit)
    return orderSuggestions(completions, labelCompletions(prefix, language, limit), limit)
  },
  brickCounts: () => countBricks(engine),
})

/** More than the vocabulary has bricks. */
const EVERY_BRICK = 5000

const countBricks = async (engine: Searcher): Promise<ReadonlyMap<string, number>> => {
  const everything: Query = { text: '', filters: {}, sort: 'relevance', page: 1, size: 1 }
  const counted = { facets: ['brick'], facetSize: EVERY_BRICK } as const
  const { facets } = await engine.search({ ...engineQuery(everything, understand(''), 0, 0), ...counted })
  return new Map((facets.brick ?? []).map(({ value, count }) => [value, count]))
}

/** So few answers call for ways on. */
const FEW = 3
const NEAREST = 3

/** A page of results at a stretch: an export has a thousand, and others must have their turn in between. */
const BATCH = 50

const hitsOf = async (
  engine: Searcher,
  candidates: readonly RankedCandidate[],
  ranking: Ranking,
  language: Language,
): Promise<Hit[]> => {
  const hits: Hit[] = []
  for (let from = 0; from < candidates.length; from += BATCH) {
    if (from > 0) await breathe()
    const batch = candidates.slice(from, from + BATCH)
    const suppliers = await engine.suppliers(batch.map(candidate => candidate.siren))
    // A supplier removed since the engine answered is left out rather than shown empty.
    for (const candidate of batch) {
      const supplier = suppliers.get(candidate.siren)
      if (supplier) hits.push(hitOf(candidate, supplier, ranking, language))
    }
  }
  return hits
}

const recoveryOf = (engine: Searcher, ranking: Ranking, language: Language) => {
  const { query, understanding, total, minimumMatch } = ranking
  const toEngineQuery = (changed: Query) =>
    engineQuery(changed, changed.text === query.text ? understanding : understand(changed.text), minimumMatch, 0)
  return waysOn(query, understanding, total, counter(engine, toEngineQuery), language)
}

/** The nearest suppliers that are not answers already. */
const nearestHits = async (
  engine: Searcher,
  ranking: Ranking,
  language: Language,
  semantic?: Semantic,
): Promise<Hit[]> => {
  if (ranking.understanding.concepts.length === 0) return []
  const answered = new Set(ranking.candidates.map(candidate => candidate.siren))
  const nearest = await nearestOf(engine, ranking, NEAREST + FEW, semantic)
  const others = nearest.filter(candidate => !answered.has(candidate.siren)).slice(0, NEAREST)
  return hitsOf(engine, others, ranking, language)
}

/** Firms and vocabulary share the list evenly; single words fill what is left. */
const orderSuggestions = (
  completions: readonly Completion[],
  labels: readonly Suggestion[],
  limit: number,
): Suggestion[] => {
  const suppliers = completions.flatMap((completion): Suggestion[] =>
    completion.siren ? [{ text: completion.text, kind: 'supplier', siren: completion.siren }] : [],
  )
  const words = completions.flatMap((completion): Suggestion[] =>
    completion.kind === 'word' ? [{ text: completion.text, kind: 'word' }] : [],
  )
  const half = Math.ceil(limit / 2)
  const first = labels.slice(0, Math.max(half, limit - suppliers.length))
  const chosen = [...first, ...suppliers.slice(0, limit - first.length)]
  const taken = new Set(chosen.map(suggestion => suggestion.text.toLowerCase()))
  return [...chosen, ...words.filter(word => !taken.has(word.text.toLowerCase()))].slice(0, limit)
}

const understoodOf = (
  { understanding, candidates }: Ranking,
  language: Language,
): SearchResult['query']['understood'] => {
  const { text, siren, bricks, place } = understanding
  if (siren) return [{ span: text, via: 'siren' }]
  const named = candidates.some(candidate => candidate.exactName)
  return [
    ...(named ? [{ span: text, via: 'name' }] : []),
    ...bricks.map(({ brick, span, via }) => ({
      span,
      brick,
      label: brickLabel(brick, language),
      via: via === 'product' ? 'replaces' : via,
    })),
    ...(place ? [{ span: place.span, label: place.label, via: 'place' }] : []),
  ]
}

const relaxedOf = ({ relaxed }: Ranking, language: Language): string[] => {
  if (!relaxed) return []
  const { required, of } = relaxed
  return [
    language === 'fr'
      ? `Trop peu de fiches ont tous les mots : celles qui en ont au moins ${required} sur ${of} sont montrées.`
      : `Too few profiles have all the words: those that have at least ${required} of ${of} are shown.`,
  ]
}

const hitOf = (candidate: RankedCandidate, supplier: Supplier, ranking: Ranking, language: Language): Hit => {
  const { score, lines } = explain(candidate, ranking.understanding, language)
  const terms = queryTerms(ranking.understanding.concepts.map(concept => concept.text))
  return {
    supplier: summaryOf(supplier),
    score,
    ...(candidate.distanceKm !== undefined && { distanceKm: Math.round(candidate.distanceKm * 10) / 10 }),
    explanation: lines,
    missing: candidate.exactName ? [] : missingWords(candidate, ranking.understanding),
    passages: passagesOf(supplier, terms, candidate.passage),
  }
}

const summaryOf = (supplier: Supplier): SupplierSummary => {
  const { location, tagline, state, website, websiteState } = supplier
  const region = location.region === undefined ? undefined : regionName(location.region)
  return {
    siren: supplier.siren,
    name: supplier.name,
    unnamed: supplier.unnamed,
    ...(tagline && { tagline: tagline.text }),
    ...(location.communeName !== undefined && { commune: location.communeName }),
    ...(location.department !== undefined && { department: location.department }),
    ...(region !== undefined && { region }),
    ...(state && { state }),
    ...(website !== undefined && { website }),
    ...(websiteState !== undefined && { websiteState }),
    labels: supplier.labels,
    bricks: [...shownBricks(supplier)],
    themes: supplier.themes,
    sources: supplier.sources,
    updatedAt: supplier.updatedAt,
  }
}

/** Facets with their labels; one that no supplier has a value of is left out. */
const facetsOf = (counts: EngineResult['facets'], query: Query, language: Language): Record<string, FacetValue[]> => {
  const facets: Record<string, FacetValue[]> = {}
  for (const { name, valueLabel } of FACETS) {
    const values = counts[name] ?? []
    if (values.length === 0) continue
    facets[name] = values.map(({ value, count }) => ({
      value,
      label: valueLabel(value, language),
      count,
      selected: query.filters[name]?.includes(value) ?? false,
    }))
  }
  return facets
}
