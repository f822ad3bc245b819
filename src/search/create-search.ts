import type { Completion, EngineResult, Searcher } from '../engine/engine.ts'
import { FACETS } from '../model/facets.ts'
import { regionName } from '../model/geography.ts'
import type { Language } from '../model/language.ts'
import type { Query } from '../model/query.ts'
import type { FacetValue, Hit, SearchResult, Suggestion, SupplierSummary } from '../model/search-result.ts'
import type { Supplier } from '../model/supplier.ts'
import { explain } from './explain.ts'
import { passagesOf, queryTerms } from './highlight.ts'
import { type RankedCandidate, type Ranking, rank } from './rank.ts'
import type { Search } from './search.ts'
import { labelCompletions } from './suggest.ts'

/** The search layer over an engine: the same understanding, ranking and explanation for every engine. */
export const createSearch = (engine: Searcher): Search => ({
  search: async (query, language, options) => {
    const ranking = await rank(engine, query, query.page * query.size, options)
    const shown = ranking.candidates.slice((query.page - 1) * query.size, query.page * query.size)
    const suppliers = await engine.suppliers(shown.map(candidate => candidate.siren))
    // A supplier removed since the engine answered is left out rather than shown empty.
    const hits = shown.flatMap(candidate => {
      const supplier = suppliers.get(candidate.siren)
      return supplier ? [hitOf(candidate, supplier, ranking, language)] : []
    })
    return {
      query: {
        text: ranking.understanding.text,
        understood: understoodOf(ranking),
        corrected: null,
        relaxed: relaxedOf(ranking, language),
      },
      total: ranking.total,
      page: query.page,
      size: query.size,
      hits,
      facets: facetsOf(ranking.facets, query, language),
      suggestions: [],
    }
  },
  suggest: async (prefix, language, limit) => {
    const completions = await engine.complete(prefix, limit)
    return orderSuggestions(completions, labelCompletions(prefix, language, limit), limit)
  },
})

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

const understoodOf = ({ understanding, candidates }: Ranking): SearchResult['query']['understood'] => {
  const { text, siren } = understanding
  if (siren) return [{ span: text, via: 'siren' }]
  return candidates.some(candidate => candidate.exactName) ? [{ span: text, via: 'name' }] : []
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
    passages: passagesOf(supplier, terms, candidate.passage),
  }
}

const summaryOf = (supplier: Supplier): SupplierSummary => {
  const { location, tagline, state, website } = supplier
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
    labels: supplier.labels,
    bricks: supplier.bricks,
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
