import type { Saturation } from './bm25.ts'

/** Counts that a posting's code can hold. */
const COUNTS = 3
const LENGTHS = 256
/** No row: a code that counts several fields, or more often than it can say. */
export const SEVERAL = 255

/** For each code of four fields its row in a table: the only field it counts × 3 + count − 1; 255 when it counts not just one. */
const ROWS_OF_FOUR = Uint8Array.from({ length: 256 }, (_, code) => {
  const counts = [code & 3, (code >>> 2) & 3, (code >>> 4) & 3, code >>> 6]
  const field = counts.findIndex(count => count > 0)
  const isOnly = counts.filter(count => count > 0).length === 1
  return isOnly ? field * COUNTS + counts[field]! - 1 : SEVERAL
})

/** The same for lists of one field, whose codes are counts. */
const ROWS_OF_ONE = Uint8Array.from({ length: 256 }, (_, code) => (code > 0 && code <= COUNTS ? code - 1 : SEVERAL))

/**
 * What a posting of one term is worth by its code and the byte of its length, where it counts one field: worked out a row
 * of 256 lengths at a time, when the first posting of that code is met.
 */
export class PointTable {
  /** `points[row << 8 | length]`, once `isKnown[row]` is 1. */
  readonly points: Float32Array
  readonly isKnown: Uint8Array
  /** The row of each code; 255 for those that have none. */
  readonly rows: Uint8Array
  readonly #weights: Float64Array
  readonly #saturations: readonly Saturation[]

  constructor(weights: Float64Array, saturations: readonly Saturation[]) {
    this.#weights = weights
    this.#saturations = saturations
    this.rows = saturations.length === 1 ? ROWS_OF_ONE : ROWS_OF_FOUR
    this.points = new Float32Array(saturations.length * COUNTS * LENGTHS)
    this.isKnown = new Uint8Array(saturations.length * COUNTS)
  }

  /** Works out a row. */
  know(row: number): void {
    this.isKnown[row] = 1
    const field = Math.floor(row / COUNTS)
    const table = this.#saturations[field]!.table((row % COUNTS) + 1)
    const weight = this.#weights[field]!
    const first = row * LENGTHS
    for (let length = 0; length < LENGTHS; length++) this.points[first + length] = weight * table[length]!
  }
}
