import { FACETS, type FacetName } from '../../model/facets.ts'
import { distanceKm } from '../../model/geography.ts'
import type { EngineQuery, FacetCount } from '../engine.ts'
import { tieOrder, tieSeed } from '../tie-break.ts'
import type { FacetDictionary } from './columns.ts'
import type { Plan } from './plan.ts'
import { END, PostingCursor } from './postings.ts'
import { type Accumulators, matchedConcepts, scoreSegment } from './score.ts'
import type { LiveSegment } from './statistics.ts'
import { type Ranked, TopList } from './top.ts'

/** What a pass over all segments gathers. */
export interface Collected {
  readonly total: number
  readonly top: readonly Ranked[]
  readonly facets: Partial<Record<FacetName, readonly FacetCount[]>>
}

/** One facet's filter: the dictionary numbers that pass. */
interface FacetFilter {
  readonly facet: number
  readonly passes: Uint8Array
}

const filtersOf = (query: EngineQuery, dictionary: FacetDictionary): FacetFilter[] =>
  FACETS.flatMap((facet, index) => {
    const values = query.filters[facet.name]
    if (!values || values.length === 0) return []
    const passes = new Uint8Array(dictionary.size(index))
    for (const value of values) {
      const number = dictionary.find(index, value)
      if (number !== undefined) passes[number] = 1
    }
    return [{ facet: index, passes }]
  })

/** Exact names come before everything else, whatever the score. */
const EXACT_NAME = Number.NEGATIVE_INFINITY

/**
 * Gathers total, best candidates and facet counts in one pass over the matching profiles. Counts are disjunctive: a
 * profile that fails no filter counts for every facet; one that fails exactly one, for that facet alone.
 */
export class Collector {
  readonly #query: EngineQuery
  readonly #dictionary: FacetDictionary
  readonly #filters: readonly FacetFilter[]
  readonly #counted: readonly number[]
  readonly #counts: readonly Uint32Array[]
  readonly #top: TopList
  readonly #seed: number
  #total = 0

  constructor(query: EngineQuery, dictionary: FacetDictionary) {
    this.#query = query
    this.#dictionary = dictionary
    this.#filters = filtersOf(query, dictionary)
    this.#counted = FACETS.flatMap((facet, index) => (query.facets.includes(facet.name) ? [index] : []))
    this.#counts = FACETS.map((_, index) => new Uint32Array(dictionary.size(index)))
    this.#top = new TopList(query.limit)
    this.#seed = tieSeed(query.tieBreak)
  }

  segment(plan: Plan, live: LiveSegment, index: number, accumulators: Accumulators): void {
    const named = namesIn(plan.names[index], live)
    if (plan.concepts.length === 0 && plan.bricks.length === 0 && plan.names.length === 0) {
      for (let document = 0; document < live.segment.count; document++) {
        if (!live.dead[document]) this.#profile(live, index, document, 0, false)
      }
      return
    }
    scoreSegment(plan, live, index, accumulators)
    for (const document of accumulators.touched) {
      const isNamed = named.has(document)
      if (!isNamed && matchedConcepts(document, accumulators) < plan.minimumMatch) continue
      this.#profile(live, index, document, accumulators.scores[document] as number, isNamed)
    }
    // A name made of stop words alone ("Et Voilà") has no concept to be touched by.
    for (const document of named) {
      if (!accumulators.seen[document]) this.#profile(live, index, document, 0, true)
    }
    accumulators.clear()
  }

  finish(): Collected {
    return { total: this.#total, top: this.#top.sorted(), facets: this.#facetCounts() }
  }

  #profile(live: LiveSegment, index: number, document: number, score: number, named: boolean): void {
    const distance = this.#distance(live, document)
    if (distance !== undefined && !(distance <= (this.#query.near?.radiusKm ?? 0))) return
    let failed = -1
    for (const filter of this.#filters) {
      if (passes(live, filter, document)) continue
      if (failed !== -1) return
      failed = filter.facet
    }
    if (failed !== -1) {
      if (this.#counted.includes(failed)) this.#count(live, failed, document)
      return
    }
    this.#total++
    for (const facet of this.#counted) this.#count(live, facet, document)
    const key = this.#sortKey(live, document, score, named, distance)
    if (this.#top.accepts(key)) {
      const siren = live.segment.columns.siren[document] as number
      this.#top.add({ segment: index, document, key, tie: tieOrder(siren, this.#seed) })
    }
  }

  /** `undefined` without "near"; NaN for a profile whose place is unknown, which no radius holds. */
  #distance(live: LiveSegment, document: number): number | undefined {
    const { near } = this.#query
    if (!near) return undefined
    const { latitude, longitude } = live.segment.columns
    return distanceKm(near.latitude, near.longitude, latitude[document] as number, longitude[document] as number)
  }

  #sortKey(live: LiveSegment, document: number, score: number, named: boolean, distance: number | undefined): number {
    switch (this.#query.sort) {
      case 'name':
        return live.segment.columns.name[document] as number
      case 'recent':
        return -(live.segment.columns.recency[document] as number)
      case 'distance':
        return distance ?? 0
      case 'relevance':
        return named ? EXACT_NAME : -score
    }
  }

  #count(live: LiveSegment, facet: number, document: number): void {
    const starts = live.segment.columns.facetStart[facet] as Uint32Array
    const values = live.segment.columns.facetValues[facet] as Uint32Array
    const counts = this.#counts[facet] as Uint32Array
    const end = starts[document + 1] as number
    for (let at = starts[document] as number; at < end; at++) {
      const value = values[at] as number
      counts[value] = (counts[value] as number) + 1
    }
  }

  #facetCounts(): Partial<Record<FacetName, readonly FacetCount[]>> {
    const result: Partial<Record<FacetName, readonly FacetCount[]>> = {}
    for (const index of this.#counted) {
      const facet = FACETS[index]
      if (!facet) continue
      const selected = new Set(this.#query.filters[facet.name])
      const counts: FacetCount[] = []
      ;(this.#counts[index] as Uint32Array).forEach((count, number) => {
        const value = this.#dictionary.value(index, number)
        if (count > 0 || selected.has(value)) counts.push({ value, count })
      })
      counts.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      const shown = counts.slice(0, this.#query.facetSize)
      result[facet.name] = [...shown, ...counts.slice(this.#query.facetSize).filter(({ value }) => selected.has(value))]
    }
    return result
  }
}

const passes = (live: LiveSegment, filter: FacetFilter, document: number): boolean => {
  const starts = live.segment.columns.facetStart[filter.facet] as Uint32Array
  const values = live.segment.columns.facetValues[filter.facet] as Uint32Array
  const end = starts[document + 1] as number
  for (let at = starts[document] as number; at < end; at++) if (filter.passes[values[at] as number]) return true
  return false
}

const namesIn = (list: Uint8Array | undefined, live: LiveSegment): ReadonlySet<number> => {
  const found = new Set<number>()
  if (!list) return found
  const cursor = new PostingCursor(list, 1)
  for (let document = cursor.next(); document !== END; document = cursor.next()) {
    if (!live.dead[document]) found.add(document)
  }
  return found
}
