import { FACETS } from '../../model/facets.ts'
import { LENGTH_SLOTS, PASSAGE_ANALYSES } from './analysed.ts'
import type { ColumnValues } from './columns.ts'
import { type FacetColumn, facetColumn } from './facet-columns.ts'
import { type Growing, growingF32, growingF64, growingI32, growingU8, growingU16, growingU32 } from './growing.ts'
import { encodeLength } from './norms.ts'

/** The typed columns of a segment: read-only, in memory that threads may share. */
export interface SegmentColumns {
  /** Number of each profile in the whole index, ascending. */
  readonly ids: Uint32Array
  readonly siren: Uint32Array
  /** Profiles in the order of SIREN; empty when they stand in it. */
  readonly sirenOrder: Uint32Array
  readonly latitude: Float32Array
  readonly longitude: Float32Array
  readonly recency: Int32Array
  /** Year; 0 when unknown. */
  readonly founded: Uint16Array
  readonly name: Float64Array
  /** `unpackPriors`. */
  readonly priors: Uint8Array
  /** Length byte by slot and profile: `lengths[slot * count + profile]`. */
  readonly lengths: Uint8Array
  /** Length byte by passage analysis and passage. */
  readonly passageLengths: Uint8Array
  /** First passage of each profile, and the number of passages at the end. */
  readonly passageStart: Uint32Array
  readonly facets: readonly FacetColumn[]
}

/** Documents and tokens of one field in one analysis: what BM25 averages over. */
export interface FieldTotals {
  readonly documents: Float64Array
  readonly tokens: Float64Array
}

export const emptyTotals = (slots: number): FieldTotals => ({
  documents: new Float64Array(slots),
  tokens: new Float64Array(slots),
})

/** Counts one length, or takes it off again with `sign` −1. */
export const addLength = (totals: FieldTotals, slot: number, length: number, sign: 1 | -1 = 1): void => {
  if (length === 0) return
  totals.documents[slot]! += sign
  totals.tokens[slot]! += sign * length
}

/** The arrays of the columns with the names that they are stored under. */
export type NamedArrays = ReadonlyMap<string, ArrayBufferView>

/** Collects the columns of one segment, profile by profile. */
export class ColumnsBuilder {
  readonly #ids = growingU32()
  readonly #siren = growingU32()
  readonly #latitude = growingF32()
  readonly #longitude = growingF32()
  readonly #recency = growingI32()
  readonly #founded = growingU16()
  readonly #name = growingF64()
  readonly #priors = growingU8()
  /** By profile, then slot. */
  readonly #lengths = growingU8(1024)
  /** By passage, then analysis. */
  readonly #passageLengths = growingU8()
  readonly #passageStart = growingU32()
  readonly #facetStarts: readonly Growing<Uint32Array>[] = FACETS.map(() => growingU32())
  readonly #facetValues: readonly Growing<Uint32Array>[] = FACETS.map(() => growingU32())
  newest = 0

  get count(): number {
    return this.#siren.length
  }

  get passages(): number {
    return this.#passageLengths.length / PASSAGE_ANALYSES.length
  }

  /** Makes room at once: columns that double leave as much garbage as they hold. `values`: of each facet. */
  reserve(profiles: number, passages: number, values: readonly number[]): void {
    for (const column of [this.#ids, this.#siren, this.#latitude, this.#longitude, this.#recency, this.#name])
      column.reserve(profiles)
    this.#priors.reserve(profiles)
    this.#founded.reserve(profiles)
    this.#lengths.reserve(profiles * LENGTH_SLOTS)
    this.#passageLengths.reserve(passages * PASSAGE_ANALYSES.length)
    // With the number at the end.
    for (const starts of [this.#passageStart, ...this.#facetStarts]) starts.reserve(profiles + 1)
    for (const [facet, column] of this.#facetValues.entries()) column.reserve(values[facet] ?? 0)
  }

  /** `facets`: the numbers of the profile's values in the segment's dictionary, facet by facet. */
  add(id: number, values: ColumnValues, facets: readonly ArrayLike<number>[]): void {
    this.#ids.push(id)
    this.#siren.push(values.siren)
    this.#latitude.push(values.latitude)
    this.#longitude.push(values.longitude)
    this.#recency.push(values.recency)
    this.#founded.push(values.founded)
    this.#name.push(values.name)
    this.#priors.push(values.priors)
    this.#passageStart.push(this.passages)
    this.newest = Math.max(this.newest, values.recency)
    for (let facet = 0; facet < facets.length; facet++) {
      const column = this.#facetValues[facet]!
      this.#facetStarts[facet]!.push(column.length)
      const numbers = facets[facet]!
      for (let i = 0; i < numbers.length; i++) column.push(numbers[i]!)
    }
  }

  /** The lengths of the profile that was added last, in tokens or in length bytes. */
  lengths(lengths: ArrayLike<number>, encode: (length: number) => number = encodeLength): void {
    for (let slot = 0; slot < LENGTH_SLOTS; slot++) this.#lengths.push(encode(lengths[slot]!))
  }

  /** The length byte of a profile that was added. */
  lengthAt(document: number, slot: number): number {
    return this.#lengths.array[document * LENGTH_SLOTS + slot]!
  }

  /** The same of a passage. */
  passageLengthAt(passage: number, analysis: number): number {
    return this.#passageLengths.array[passage * PASSAGE_ANALYSES.length + analysis]!
  }

  /** One passage of the profile that was added last. */
  passage(lengths: ArrayLike<number>, encode: (length: number) => number = encodeLength): void {
    for (let analysis = 0; analysis < PASSAGE_ANALYSES.length; analysis++)
      this.#passageLengths.push(encode(lengths[analysis]!))
  }

  /**
   * The columns of the profiles so far, which those added later leave as they are. `dictionarySizes`: number of values of
   * each facet. `isLasting`: worth the time that makes them smaller.
   */
  finish(dictionarySizes: readonly number[], isLasting: boolean): NamedArrays {
    const siren = this.#siren.view()
    const arrays = new Map<string, ArrayBufferView>([
      ['ids', this.#ids.view()],
      ['siren', siren],
      ['sirenOrder', sirenOrder(siren)],
      ['latitude', this.#latitude.view()],
      ['longitude', this.#longitude.view()],
      ['recency', this.#recency.view()],
      ['founded', this.#founded.view()],
      ['name', this.#name.view()],
      ['priors', this.#priors.view()],
      ['lengths', bySlot(this.#lengths.view(), LENGTH_SLOTS)],
      ['passageLengths', bySlot(this.#passageLengths.view(), PASSAGE_ANALYSES.length)],
    ])
    this.#passageStart.push(this.passages)
    arrays.set('passageStart', this.#passageStart.view())
    // The next profile begins where this one ends: its row writes the same number there.
    this.#passageStart.length--
    for (let facet = 0; facet < FACETS.length; facet++) {
      const starts = this.#facetStarts[facet]!
      const values = this.#facetValues[facet]!
      starts.push(values.length)
      const column = facetColumn(starts.view(), values.view(), dictionarySizes[facet]!, isLasting)
      starts.length--
      if (column.codes) arrays.set(`facet.${facet}.codes`, column.codes)
      arrays.set(`facet.${facet}.starts`, column.starts)
      arrays.set(`facet.${facet}.values`, column.values)
    }
    return arrays
  }
}

/** No segment has more. */
const PROFILES = 2 ** 22

const sirenOrder = (siren: Uint32Array): Uint32Array => {
  if (siren.every((value, at) => at === 0 || siren[at - 1]! <= value)) return new Uint32Array(0)
  // SIREN × 2^22 + profile: sorted as numbers, without a comparison in JavaScript (6 ms instead of 50 for 65,000).
  const both = Float64Array.from(siren, (value, document) => value * PROFILES + document).sort()
  return Uint32Array.from(both, value => value % PROFILES)
}

/** From rows of one profile each to rows of one slot each. */
const bySlot = (lengths: Uint8Array, slots: number): Uint8Array => {
  const count = lengths.length / slots
  const turned = new Uint8Array(lengths.length)
  for (let document = 0, at = 0; document < count; document++)
    for (let slot = 0; slot < slots; slot++) turned[slot * count + document] = lengths[at++]!
  return turned
}

/** The columns of a segment by the names that they are stored under. */
export const columnsOf = (arrays: NamedArrays): SegmentColumns => {
  const array = <A extends ArrayBufferView>(name: string, type: new (length: number) => A): A => {
    const found = arrays.get(name)
    if (!(found instanceof type)) throw new TypeError(`there is no column "${name}"`)
    return found
  }
  return {
    ids: array('ids', Uint32Array),
    siren: array('siren', Uint32Array),
    sirenOrder: array('sirenOrder', Uint32Array),
    latitude: array('latitude', Float32Array),
    longitude: array('longitude', Float32Array),
    recency: array('recency', Int32Array),
    founded: array('founded', Uint16Array),
    name: array('name', Float64Array),
    priors: array('priors', Uint8Array),
    lengths: array('lengths', Uint8Array),
    passageLengths: array('passageLengths', Uint8Array),
    passageStart: array('passageStart', Uint32Array),
    facets: FACETS.map((_, facet) => {
      const values = arrays.get(`facet.${facet}.values`)
      const codes = arrays.get(`facet.${facet}.codes`)
      return {
        codes: codes instanceof Uint8Array || codes instanceof Uint16Array ? codes : undefined,
        starts: array(`facet.${facet}.starts`, Uint32Array),
        values: values instanceof Uint16Array ? values : array(`facet.${facet}.values`, Uint32Array),
      }
    }),
  }
}
