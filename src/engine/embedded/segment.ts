import { FACETS } from '../../model/facets.ts'
import { type AnalysedProfile, fieldsOfKey, isPassageKey, LENGTH_SLOTS, PASSAGE_ANALYSES } from './analysed.ts'
import type { ColumnValues } from './columns.ts'
import { encodeLength } from './norms.ts'
import { END, PostingCursor, PostingWriter } from './postings.ts'

/** Documents and tokens of one field in one analysis: what BM25 averages over. */
export interface FieldTotals {
  readonly documents: Float64Array
  readonly tokens: Float64Array
}

/** The typed columns of a segment. Every array is read-only once the segment is sealed. */
export interface SegmentColumns {
  readonly siren: Uint32Array
  readonly latitude: Float32Array
  readonly longitude: Float32Array
  readonly recency: Int32Array
  readonly name: Float64Array
  /** `unpackPriors`. */
  readonly priors: Uint8Array
  /** Length byte by slot and profile: `lengths[slot * count + profile]`. */
  readonly lengths: Uint8Array
  /** Length byte by passage analysis and passage. */
  readonly passageLengths: Uint8Array
  /** First passage of each profile, and the number of passages at the end. */
  readonly passageStart: Uint32Array
  /** For each facet: the first value of each profile in `facetValues`, and their number at the end. */
  readonly facetStart: readonly Uint32Array[]
  readonly facetValues: readonly Uint32Array[]
  /** By `lengthSlot`. */
  readonly totals: FieldTotals
  /** By passage analysis. */
  readonly passageTotals: FieldTotals
}

/** An immutable set of profiles, numbered from 0, searchable on its own. */
export interface Segment {
  readonly count: number
  readonly passages: number
  readonly columns: SegmentColumns
  /** The posting list of a key; `undefined` when no profile has it. */
  list(key: string): Uint8Array | undefined
}

/** A segment in memory: what a build, a flush or the delta makes. */
export interface MemorySegment extends Segment {
  readonly postings: ReadonlyMap<string, Uint8Array>
  /** Written form of the words of names, taglines and tags, by exact form. */
  readonly surfaces: ReadonlyMap<string, string>
}

const emptyTotals = (slots: number): FieldTotals => ({
  documents: new Float64Array(slots),
  tokens: new Float64Array(slots),
})

const addLength = (totals: FieldTotals, slot: number, length: number): void => {
  if (length === 0) return
  totals.documents[slot] = (totals.documents[slot] as number) + 1
  totals.tokens[slot] = (totals.tokens[slot] as number) + length
}

/** Collects profiles in order and encodes their postings on the way, so that memory holds no profile twice. */
export class SegmentBuilder {
  readonly #writers = new Map<string, PostingWriter>()
  readonly #surfaces = new Map<string, string>()
  readonly #columns: ColumnValues[] = []
  readonly #lengths: Uint32Array[] = []
  readonly #passageLengths: (readonly number[])[] = []
  readonly #passageStart: number[] = [0]
  readonly #facetStart: number[][] = FACETS.map(() => [0])
  readonly #facetValues: number[][] = FACETS.map(() => [])
  readonly #totals = emptyTotals(LENGTH_SLOTS)
  readonly #passageTotals = emptyTotals(PASSAGE_ANALYSES.length)

  get count(): number {
    return this.#columns.length
  }

  /** `facets`: the dictionary numbers of the profile's values, facet by facet. */
  add(profile: AnalysedProfile, columns: ColumnValues, facets: readonly (readonly number[])[]): void {
    const document = this.#columns.length
    for (const [key, counts] of profile.terms) this.#writer(key).add(document, counts)
    for (const passage of profile.passages) {
      const number = this.#passageLengths.length
      for (const [key, count] of passage.terms) this.#writer(key).add(number, [count])
      passage.lengths.forEach((length, analysis) => {
        addLength(this.#passageTotals, analysis, length)
      })
      this.#passageLengths.push(passage.lengths)
    }
    for (const [term, surface] of profile.surfaces) if (!this.#surfaces.has(term)) this.#surfaces.set(term, surface)
    profile.lengths.forEach((length, slot) => {
      addLength(this.#totals, slot, length)
    })
    this.#columns.push(columns)
    this.#lengths.push(profile.lengths)
    this.#passageStart.push(this.#passageLengths.length)
    facets.forEach((numbers, facet) => {
      const values = this.#facetValues[facet]
      values?.push(...numbers)
      this.#facetStart[facet]?.push(values?.length ?? 0)
    })
  }

  seal(): MemorySegment {
    const postings = new Map<string, Uint8Array>()
    for (const [key, writer] of this.#writers) postings.set(key, writer.finish())
    const count = this.#columns.length
    const passages = this.#passageLengths.length
    const lengths = new Uint8Array(LENGTH_SLOTS * count)
    this.#lengths.forEach((row, document) => {
      row.forEach((length, slot) => {
        lengths[slot * count + document] = encodeLength(length)
      })
    })
    const passageLengths = new Uint8Array(PASSAGE_ANALYSES.length * passages)
    this.#passageLengths.forEach((row, passage) => {
      row.forEach((length, analysis) => {
        passageLengths[analysis * passages + passage] = encodeLength(length)
      })
    })
    const columns: SegmentColumns = {
      siren: Uint32Array.from(this.#columns, row => row.siren),
      latitude: Float32Array.from(this.#columns, row => row.latitude),
      longitude: Float32Array.from(this.#columns, row => row.longitude),
      recency: Int32Array.from(this.#columns, row => row.recency),
      name: Float64Array.from(this.#columns, row => row.name),
      priors: Uint8Array.from(this.#columns, row => row.priors),
      lengths,
      passageLengths,
      passageStart: Uint32Array.from(this.#passageStart),
      facetStart: this.#facetStart.map(row => Uint32Array.from(row)),
      facetValues: this.#facetValues.map(row => Uint32Array.from(row)),
      totals: this.#totals,
      passageTotals: this.#passageTotals,
    }
    return {
      count,
      passages,
      columns,
      postings,
      surfaces: this.#surfaces,
      list: key => postings.get(key),
    }
  }

  #writer(key: string): PostingWriter {
    const known = this.#writers.get(key)
    if (known) return known
    const writer = new PostingWriter(fieldsOfKey(key))
    this.#writers.set(key, writer)
    return writer
  }
}

const concat = <A extends Uint8Array | Uint32Array | Int32Array | Float32Array | Float64Array>(a: A, b: A): A => {
  const joined = new (a.constructor as new (length: number) => A)(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}

/** Joins start columns: the second one's numbers follow the first one's last. */
const concatStarts = (a: Uint32Array, b: Uint32Array): Uint32Array => {
  const base = a[a.length - 1] as number
  return concat(
    a,
    b.subarray(1).map(start => start + base),
  )
}

/** Columns that hold one run of bytes a slot: the runs are joined slot by slot. */
const concatSlots = (a: Uint8Array, b: Uint8Array, slots: number): Uint8Array => {
  const joined = new Uint8Array(a.length + b.length)
  const sizeA = a.length / slots
  const sizeB = b.length / slots
  for (let slot = 0; slot < slots; slot++) {
    joined.set(a.subarray(slot * sizeA, (slot + 1) * sizeA), slot * (sizeA + sizeB))
    joined.set(b.subarray(slot * sizeB, (slot + 1) * sizeB), slot * (sizeA + sizeB) + sizeA)
  }
  return joined
}

const sumTotals = (a: FieldTotals, b: FieldTotals): FieldTotals => ({
  documents: a.documents.map((value, slot) => value + (b.documents[slot] as number)),
  tokens: a.tokens.map((value, slot) => value + (b.tokens[slot] as number)),
})

const copyPostings = (writer: PostingWriter, list: Uint8Array | undefined, fields: number, shift: number): void => {
  if (!list) return
  const cursor = new PostingCursor(list, fields)
  for (let document = cursor.next(); document !== END; document = cursor.next()) {
    writer.add(document + shift, cursor.counts)
  }
}

/** One segment of two: the profiles of `b` are numbered after those of `a`. */
export const joinSegments = (a: MemorySegment, b: MemorySegment): MemorySegment => {
  const postings = new Map<string, Uint8Array>()
  for (const key of new Set([...a.postings.keys(), ...b.postings.keys()])) {
    const fields = fieldsOfKey(key)
    const writer = new PostingWriter(fields)
    copyPostings(writer, a.postings.get(key), fields, 0)
    copyPostings(writer, b.postings.get(key), fields, isPassageKey(key) ? a.passages : a.count)
    postings.set(key, writer.finish())
  }
  const [left, right] = [a.columns, b.columns]
  return {
    count: a.count + b.count,
    passages: a.passages + b.passages,
    columns: {
      siren: concat(left.siren, right.siren),
      latitude: concat(left.latitude, right.latitude),
      longitude: concat(left.longitude, right.longitude),
      recency: concat(left.recency, right.recency),
      name: concat(left.name, right.name),
      priors: concat(left.priors, right.priors),
      lengths: concatSlots(left.lengths, right.lengths, LENGTH_SLOTS),
      passageLengths: concatSlots(left.passageLengths, right.passageLengths, PASSAGE_ANALYSES.length),
      passageStart: concatStarts(left.passageStart, right.passageStart),
      facetStart: left.facetStart.map((starts, facet) => concatStarts(starts, right.facetStart[facet] as Uint32Array)),
      facetValues: left.facetValues.map((values, facet) => concat(values, right.facetValues[facet] as Uint32Array)),
      totals: sumTotals(left.totals, right.totals),
      passageTotals: sumTotals(left.passageTotals, right.passageTotals),
    },
    postings,
    surfaces: new Map([...b.surfaces, ...a.surfaces]),
    list: key => postings.get(key),
  }
}
