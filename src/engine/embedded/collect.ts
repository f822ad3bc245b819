import { FACETS, type FacetName } from '../../model/facets.ts'
import { distanceKm } from '../../model/geography.ts'
import type { Near } from '../../model/query.ts'
import type { EngineQuery, FacetCount } from '../engine.ts'
import { type Bounds, boundsOf } from '../ranges.ts'
import { tieOrder, tieSeed } from '../tie-break.ts'
import { Documents } from './documents.ts'
import { countFacet, type FacetColumn, facetTotals, noteMisses } from './facet-columns.ts'
import type { FacetValues } from './facet-values.ts'
import { boxOf } from './near-box.ts'
import type { Plan } from './plan.ts'
import { BlockReader } from './postings.ts'
import { type Accumulators, matchedConcepts, scoreSegment } from './score.ts'
import type { Segment } from './segment.ts'
import type { LiveSegment } from './statistics.ts'
import { type Ranked, TopList } from './top.ts'

/** What a pass over all segments gathers. */
export interface Collected {
  readonly total: number
  readonly top: readonly Ranked[]
  readonly facets: Partial<Record<FacetName, readonly FacetCount[]>>
}

/** Facet counts of one segment, by its values. */
interface SegmentCounts {
  readonly segment: number
  readonly facet: number
  readonly counts: Uint32Array
}

/** What was gathered of some segments, for another collector of the same query and segments. */
export interface GatheredPart {
  readonly total: number
  readonly top: readonly Ranked[]
  readonly counts: readonly SegmentCounts[]
}

/** Exact names come before everything else, whatever the score. */
const EXACT_NAME = Number.NEGATIVE_INFINITY

/** One facet's filter: the values that pass, in the numbers of the whole index. */
interface Filter {
  readonly facet: number
  readonly passes: Uint8Array
}

/** The same in a segment's numbers. */
interface SegmentFilter {
  readonly facet: number
  readonly column: FacetColumn
  readonly passes: Uint8Array
}

/** Facet counts of all profiles of a segment, removed ones too: what browsing asks for again and again. */
const totalsOfSegment = new WeakMap<Segment, Map<number, Uint32Array>>()

/** Working memory of one search after the other. */
export class CollectorMemory {
  readonly matches = new Documents()
  readonly accepted = new Documents()
  readonly failed: readonly Documents[] = FACETS.map(() => new Documents())
  #misses = new Uint8Array(0)

  /** A zero for each of some matches. */
  misses(size: number): Uint8Array {
    if (this.#misses.length < size) this.#misses = new Uint8Array(size)
    else this.#misses.fill(0, 0, size)
    return this.#misses
  }
}

/**
 * Gathers total, best candidates and facet counts, segment by segment: which profiles match, which of those pass the
 * filters, and then one facet after the other, each over a column of its own. Counts are disjunctive: a profile that fails
 * no filter counts for every facet; one that fails exactly one, for that facet alone.
 */
export class Collector {
  readonly #query: EngineQuery
  readonly #values: FacetValues
  readonly #memory: CollectorMemory
  readonly #filters: readonly Filter[]
  readonly #bounds: ReturnType<typeof boundsOf>
  /** Not every match passes. */
  readonly #narrows: boolean
  readonly #counted: readonly number[]
  readonly #counts: readonly Float64Array[]
  readonly #segments: readonly LiveSegment[]
  readonly #kept: SegmentCounts[] | undefined
  readonly #top: TopList
  readonly #seed: number
  #total = 0

  /** `segments`: all that will be gathered from. `isPart`: for `part`, not for `finish`. */
  constructor(
    query: EngineQuery,
    segments: readonly LiveSegment[],
    values: FacetValues,
    memory: CollectorMemory,
    isPart = false,
  ) {
    this.#segments = segments
    this.#kept = isPart ? [] : undefined
    this.#query = query
    this.#values = values
    this.#memory = memory
    for (const live of segments) values.ofSegment(live.segment)
    this.#filters = FACETS.flatMap((facet, index) => {
      const wanted = query.filters[facet.name]
      if (!wanted || wanted.length === 0) return []
      const passes = new Uint8Array(values.size(index))
      for (const value of wanted) {
        const number = values.find(index, value)
        if (number !== undefined) passes[number] = 1
      }
      return [{ facet: index, passes }]
    })
    this.#bounds = boundsOf(query)
    const { founded, updated } = this.#bounds
    this.#narrows = Boolean(this.#filters.length > 0 || query.near || founded || updated)
    this.#counted = FACETS.flatMap((facet, index) => (query.facets.includes(facet.name) ? [index] : []))
    this.#counts = FACETS.map((_, index) => new Float64Array(values.size(index)))
    this.#top = new TopList(query.limit)
    this.#seed = tieSeed(query.tieBreak)
  }

  segment(plan: Plan, live: LiveSegment, index: number, accumulators: Accumulators): void {
    const { matches } = this.#memory
    matches.begin(live.segment.count)
    if (plan.concepts.length === 0 && plan.bricks.length === 0 && plan.names === undefined) {
      if (!this.#narrows) {
        this.#everything(live, index)
        return
      }
      for (let document = 0; document < live.segment.count; document++)
        if (live.dead[document] === 0) matches.add(document)
      this.#gather(live, index, undefined, NOBODY)
      return
    }
    const named = namesIn(plan.names?.at(index), live)
    scoreSegment(plan, live, index, accumulators)
    const { dead } = live
    const least = plan.minimumMatch
    const touched = accumulators.takeTouched(matches.numbers)
    if (least <= 1 && live.deadCount === 0) matches.size = touched
    else
      for (let i = 0; i < touched; i++) {
        const document = matches.numbers[i]!
        if (dead[document] === 1) continue
        const enough = least <= 1 || matchedConcepts(document, accumulators) >= least
        // Never beyond the place that is read.
        if (enough || (named.size > 0 && named.has(document))) matches.add(document)
      }
    const { seen } = accumulators
    // A name made of stop words alone ("Et Voilà") has no concept to be touched by.
    for (const document of named) if (seen[document] === 0) matches.add(document)
    this.#gather(live, index, accumulators.scores, named)
    accumulators.clear()
  }

  part(): GatheredPart {
    return { total: this.#total, top: this.#top.sorted(), counts: this.#kept ?? [] }
  }

  /** Takes in what another collector has gathered of other segments. */
  absorb({ total, top, counts }: GatheredPart): void {
    this.#total += total
    for (const { segment, document, key, tie } of top)
      if (this.#top.accepts(key)) this.#top.offer(segment, document, key, tie)
    for (const { segment, facet, counts: ofFacet } of counts) this.#addCounts(segment, facet, ofFacet)
  }

  finish(): Collected {
    return { total: this.#total, top: this.#top.sorted(), facets: this.#facetCounts() }
  }

  /** Every live profile, unfiltered: the counts are known but for those removed. */
  #everything(live: LiveSegment, index: number): void {
    const { segment, dead } = live
    const { matches } = this.#memory
    for (let document = 0; document < segment.count; document++) if (dead[document] === 1) matches.add(document)
    this.#total += segment.count - matches.size
    for (const facet of this.#counted) {
      const counts = totalsOf(segment, facet).slice()
      countFacet(segment.columns.facets[facet]!, matches, counts, -1)
      this.#addCounts(index, facet, counts)
    }
    for (let document = 0; document < segment.count; document++)
      if (dead[document] === 0) this.#rank(live, index, document, 0, false)
  }

  /** Filters the matches, counts and ranks them. `scores`: none for those of an empty query. */
  #gather(live: LiveSegment, index: number, scores: Float32Array | undefined, named: ReadonlySet<number>): void {
    const { matches, accepted, failed } = this.#memory
    let passing = matches
    const { founded, updated } = this.#bounds
    if (founded) keepWithin(live.segment.columns.founded, founded, matches)
    if (updated) keepWithin(live.segment.columns.recency, updated, matches)
    if (this.#query.near) this.#narrow(live, this.#query.near)
    if (this.#filters.length > 0) {
      this.#filter(live)
      passing = accepted
    }
    this.#total += passing.size
    for (const facet of this.#counted) {
      const filtered = this.#filters.some(filter => filter.facet === facet)
      if (passing.size === 0 && !(filtered && failed[facet]!.size > 0)) continue
      const column = live.segment.columns.facets[facet]!
      const counts = new Uint32Array(live.segment.values[facet]!.length)
      countFacet(column, passing, counts, 1)
      if (filtered) countFacet(column, failed[facet]!, counts, 1)
      this.#addCounts(index, facet, counts)
    }
    if (this.#query.limit === 0) return
    const byScore = this.#query.sort === 'relevance' && scores !== undefined && named.size === 0
    if (byScore) {
      this.#rankByScore(live, index, passing, scores)
      return
    }
    for (let i = 0; i < passing.size; i++) {
      const document = passing.numbers[i]!
      this.#rank(live, index, document, scores?.[document] ?? 0, named.has(document))
    }
  }

  #rankByScore(live: LiveSegment, index: number, { numbers, size }: Documents, scores: Float32Array): void {
    const top = this.#top
    const { siren } = live.segment.columns
    for (let i = 0; i < size; i++) {
      const document = numbers[i]!
      const key = -scores[document]!
      if (top.accepts(key)) top.offer(index, document, key, tieOrder(siren[document]!, this.#seed))
    }
  }

  #rank(live: LiveSegment, index: number, document: number, score: number, named: boolean): void {
    const key = this.#sortKey(live, document, score, named)
    if (!this.#top.accepts(key)) return
    this.#top.offer(index, document, key, tieOrder(live.segment.columns.siren[document]!, this.#seed))
  }

  /** From the matches to those that pass all filters, and those that fail exactly one, by its facet. */
  #filter(live: LiveSegment): void {
    const { matches, accepted, failed } = this.#memory
    const misses = this.#memory.misses(matches.size)
    this.#filters.forEach((filter, number) => {
      const { column, passes } = this.#inSegment(filter, live.segment)
      noteMisses(column, passes, matches, number + 1, misses)
    })
    takeWith(0, misses, matches, accepted)
    this.#filters.forEach(({ facet }, number) => {
      takeWith(number + 1, misses, matches, failed[facet]!)
    })
  }

  /** Leaves the matches within the radius. */
  #narrow(live: LiveSegment, near: Near): void {
    const { matches } = this.#memory
    const { numbers } = matches
    const { south, north, west, east } = boxOf(near)
    const { latitude, longitude } = live.segment.columns
    let kept = 0
    for (let i = 0; i < matches.size; i++) {
      const document = numbers[i]!
      // Not a number for a profile whose place is unknown, which is in no box.
      const [y, x] = [latitude[document]!, longitude[document]!]
      if (!(y >= south && y <= north && x >= west && x <= east)) continue
      if (distanceKm(near.latitude, near.longitude, y, x) <= near.radiusKm) numbers[kept++] = document
    }
    matches.size = kept
  }

  #inSegment({ facet, passes }: Filter, segment: Segment): SegmentFilter {
    const numbers = this.#values.ofSegment(segment)[facet]!
    const own = Uint8Array.from(numbers, number => passes[number]!)
    return { facet, column: segment.columns.facets[facet]!, passes: own }
  }

  #distance(live: LiveSegment, document: number): number {
    const { near } = this.#query
    if (!near) return 0
    const { latitude, longitude } = live.segment.columns
    return distanceKm(near.latitude, near.longitude, latitude[document]!, longitude[document]!)
  }

  #sortKey(live: LiveSegment, document: number, score: number, named: boolean): number {
    switch (this.#query.sort) {
      case 'name':
        return live.segment.columns.name[document]!
      case 'recent':
        return -live.segment.columns.recency[document]!
      case 'distance':
        return this.#distance(live, document)
      case 'relevance':
        return named ? EXACT_NAME : -score
    }
  }

  /** `counts`: by a segment's values. */
  #addCounts(index: number, facet: number, counts: Uint32Array): void {
    if (this.#kept) {
      this.#kept.push({ segment: index, facet, counts })
      return
    }
    const numbers = this.#values.ofSegment(this.#segments[index]!.segment)[facet]!
    const all = this.#counts[facet]!
    for (let number = 0; number < numbers.length; number++) all[numbers[number]!]! += counts[number]!
  }

  #facetCounts(): Partial<Record<FacetName, readonly FacetCount[]>> {
    const result: Partial<Record<FacetName, readonly FacetCount[]>> = {}
    for (const index of this.#counted) {
      const facet = FACETS[index]!
      const selected = new Set(this.#query.filters[facet.name])
      const counts: FacetCount[] = []
      this.#counts[index]!.forEach((count, number) => {
        const value = this.#values.value(index, number)
        if (count > 0 || selected.has(value)) counts.push({ value, count })
      })
      counts.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      const shown = counts.slice(0, this.#query.facetSize)
      result[facet.name] = [...shown, ...counts.slice(this.#query.facetSize).filter(({ value }) => selected.has(value))]
    }
    return result
  }
}

const NOBODY: ReadonlySet<number> = new Set()

/** Takes those of the matches that have missed what is said, without a branch that nobody could guess. */
const takeWith = (missed: number, misses: Uint8Array, matches: Documents, taken: Documents): void => {
  taken.begin(matches.size)
  const { numbers } = taken
  let size = 0
  for (let i = 0; i < matches.size; i++) {
    numbers[size] = matches.numbers[i]!
    size += misses[i] === missed ? 1 : 0
  }
  taken.size = size
}

/** Leaves the matches whose value lies within bounds. */
const keepWithin = (column: Uint16Array | Int32Array, { from, to }: Bounds, matches: Documents): void => {
  const { numbers, size } = matches
  let kept = 0
  for (let i = 0; i < size; i++) {
    const document = numbers[i]!
    const value = column[document]!
    if (value >= from && value <= to) numbers[kept++] = document
  }
  matches.size = kept
}

const totalsOf = (segment: Segment, facet: number): Uint32Array => {
  let known = totalsOfSegment.get(segment)
  if (!known) {
    known = new Map()
    totalsOfSegment.set(segment, known)
  }
  const counted = known.get(facet)
  if (counted) return counted
  const counts = facetTotals(segment.columns.facets[facet]!, segment.values[facet]!.length)
  known.set(facet, counts)
  return counts
}

const namesIn = (list: Uint8Array | undefined, live: LiveSegment): ReadonlySet<number> => {
  if (!list) return NOBODY
  const found = new Set<number>()
  const reader = new BlockReader(list, 1)
  for (let n = reader.next(); n > 0; n = reader.next())
    for (let i = 0; i < n; i++) if (live.dead[reader.docs[i]!] === 0) found.add(reader.docs[i]!)
  return found
}
