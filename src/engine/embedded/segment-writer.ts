import { crc32 } from 'node:zlib'
import { FACETS } from '../../model/facets.ts'
import { LENGTH_SLOTS, PASSAGE_ANALYSES } from './analysed.ts'
import type { ByteSink } from './byte-source.ts'
import { ByteWriter } from './bytes.ts'
import { compressBlock, ProfileWriter } from './profile-blocks.ts'
import { ColumnsBuilder, emptyTotals } from './segment-columns.ts'
import { TableWriter } from './table.ts'

/** The last four bytes of a segment. */
export const MAGIC = 0x33515242
export const TRAILER_BYTES = 16

export const TYPES = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float32Array, Float64Array } as const
export type ArrayType = keyof typeof TYPES

/** Where an array stands in the resident part: type, offset from its beginning, number of elements. */
export type Place = readonly [type: ArrayType, offset: number, length: number]

/** What a segment says of itself, as JSON at its end. */
export interface Footer {
  readonly count: number
  readonly passages: number
  /** Day of the newest profile. */
  readonly newest: number
  /** The spelling forms stand in 2^spellBits buckets. */
  readonly spellBits: number
  /** The values of each facet by their number. */
  readonly values: readonly (readonly string[])[]
  readonly totals: readonly (readonly number[])[]
  readonly passageTotals: readonly (readonly number[])[]
  readonly resident: { readonly offset: number; readonly length: number; readonly crc: number }
  readonly arrays: Readonly<Record<string, Place>>
}

/** A segment that is written: how long it is, and the CRC-32 of footer and trailer, on which all its others hang. */
export interface Written {
  readonly bytes: number
  readonly digest: number
}

/** Gives each value of a facet a number. */
export class ValueNumbers {
  readonly values: string[][] = FACETS.map(() => [])
  readonly #numbers: Map<string, number>[] = FACETS.map(() => new Map())

  number(facet: number, value: string): number {
    const numbers = this.#numbers[facet]!
    const known = numbers.get(value)
    if (known !== undefined) return known
    const values = this.values[facet]!
    values.push(value)
    numbers.set(value, values.length - 1)
    return values.length - 1
  }
}

const typeOf = (array: ArrayBufferView): ArrayType => {
  for (const [name, type] of Object.entries(TYPES)) if (array instanceof type) return name as ArrayType
  throw new TypeError('a column of no known type')
}

/**
 * Writes one segment: profiles first, then the rows of its table, then what a reader keeps in memory (columns and
 * indexes), in one run, and the footer. `segment.ts` reads it.
 */
export class SegmentWriter {
  readonly #sink: ByteSink
  readonly profiles: ProfileWriter
  readonly columns = new ColumnsBuilder()
  readonly values = new ValueNumbers()
  readonly totals = emptyTotals(LENGTH_SLOTS)
  readonly passageTotals = emptyTotals(PASSAGE_ANALYSES.length)
  readonly table: TableWriter
  spellBits = 0

  constructor(sink: ByteSink) {
    this.#sink = sink
    this.profiles = new ProfileWriter(sink)
    this.table = new TableWriter(sink)
  }

  /** Compresses on the spot. */
  profile(json: string): void {
    const lines = this.profiles.add(json)
    if (lines) this.profiles.write(compressBlock(lines))
  }

  /** To be called when all profiles are there, before the first row of the table. */
  endProfiles(): void {
    const lines = this.profiles.take()
    if (lines) this.profiles.write(compressBlock(lines))
  }

  finish(): Written {
    const table = this.table.finish()
    const profiles = this.profiles.finish()
    const arrays = new Map<string, ArrayBufferView>([
      ...this.columns.finish(
        this.values.values.map(values => values.length),
        true,
      ),
      ['table.offsets', table.offsets],
      ['table.lengths', table.lengths],
      ['table.crcs', table.crcs],
      ['table.keyStarts', table.keyStarts],
      ['table.keys', table.keys],
      ['profiles.offsets', profiles.offsets],
      ['profiles.lengths', profiles.lengths],
      ['profiles.crcs', profiles.crcs],
    ])
    const { resident, places } = this.#writeResident(arrays)
    const footer: Footer = {
      count: this.columns.count,
      passages: this.columns.passages,
      newest: this.columns.newest,
      spellBits: this.spellBits,
      values: this.values.values,
      totals: [[...this.totals.documents], [...this.totals.tokens]],
      passageTotals: [[...this.passageTotals.documents], [...this.passageTotals.tokens]],
      resident,
      arrays: places,
    }
    const end = new ByteWriter(1024)
    const json = Buffer.from(JSON.stringify(footer))
    end.append(json)
    end.uint32(this.#sink.position)
    end.uint32(json.length)
    end.uint32(crc32(json))
    end.uint32(MAGIC)
    this.#sink.write(end.view())
    return { bytes: this.#sink.position, digest: crc32(end.view()) }
  }

  #writeResident(arrays: ReadonlyMap<string, ArrayBufferView>) {
    const offset = this.#sink.position
    const places: Record<string, Place> = {}
    let crc = 0
    const write = (bytes: Uint8Array): void => {
      crc = crc32(bytes, crc)
      this.#sink.write(bytes)
    }
    for (const [name, array] of arrays) {
      const type = typeOf(array)
      // Every array begins at a multiple of eight, whatever its type.
      const start = this.#sink.position - offset
      write(new Uint8Array((8 - (start % 8)) % 8))
      places[name] = [type, this.#sink.position - offset, array.byteLength / TYPES[type].BYTES_PER_ELEMENT]
      write(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    }
    return { resident: { offset, length: this.#sink.position - offset, crc }, places }
  }
}
