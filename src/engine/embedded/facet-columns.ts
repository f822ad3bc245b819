import type { Documents } from './documents.ts'

/**
 * The values of one facet, numbered by the segment's own dictionary. Nearly always profiles share few combinations of
 * values: each profile then has the code of its combination, one or two bytes that a search reads in place of two
 * offsets and a list, a tenth of what has to come from memory.
 */
export interface FacetColumn {
  /** By profile: its code. Absent where combinations are too many: `starts` and `values` are by profile then. */
  readonly codes: Uint8Array | Uint16Array | undefined
  /** First value of each code (or profile) in `values`, and their number at the end. */
  readonly starts: Uint32Array
  readonly values: Uint16Array | Uint32Array
}

/** More combinations than one for so many profiles are kept by profile. */
const PROFILES_A_CODE = 8
const MOST_CODES = 0xffff

/** `starts` and `values` by profile; `size`: of the dictionary. */
export const facetColumn = (starts: Uint32Array, values: Uint32Array, size: number, isCoded: boolean): FacetColumn => {
  const narrow = (wide: Uint32Array): Uint16Array | Uint32Array => (size <= 0xffff ? Uint16Array.from(wide) : wide)
  const coded = isCoded ? combinations(starts, values) : undefined
  if (!coded) return { codes: undefined, starts, values: narrow(values) }
  const { codes, codeStarts, codeValues } = coded
  return {
    codes: codeStarts.length - 1 <= 0x100 ? Uint8Array.from(codes) : codes,
    starts: Uint32Array.from(codeStarts),
    values: narrow(Uint32Array.from(codeValues)),
  }
}

/** `undefined` when they are too many. */
const combinations = (starts: Uint32Array, values: Uint32Array) => {
  const count = starts.length - 1
  const isSingle = starts.every((start, at) => at === 0 || start - starts[at - 1]! <= 1)
  const most = isSingle ? MOST_CODES : Math.min(MOST_CODES, count / PROFILES_A_CODE)
  const codes = new Uint16Array(count)
  const codeStarts = [0]
  const codeValues: number[] = []
  const known = new Map<number | string, number>()
  for (let document = 0; document < count; document++) {
    const [start, end] = [starts[document]!, starts[document + 1]!]
    const key = end - start === 1 ? values[start]! : values.subarray(start, end).join()
    let code = known.get(key)
    if (code === undefined) {
      code = known.size
      if (code > most) return undefined
      known.set(key, code)
      for (let at = start; at < end; at++) codeValues.push(values[at]!)
      codeStarts.push(codeValues.length)
    }
    codes[document] = code
  }
  return { codes, codeStarts, codeValues }
}

/** The numbers of a profile's values. */
export const facetNumbers = ({ codes, starts, values }: FacetColumn, document: number): number[] => {
  const row = codes ? codes[document]! : document
  const numbers: number[] = []
  for (let at = starts[row]!; at < starts[row + 1]!; at++) numbers.push(values[at]!)
  return numbers
}

/** How many values all profiles have together. */
export const valuesIn = ({ codes, starts, values }: FacetColumn): number => {
  if (!codes) return values.length
  let sum = 0
  for (let document = 0; document < codes.length; document++)
    sum += starts[codes[document]! + 1]! - starts[codes[document]!]!
  return sum
}

/** Adds `step` to the count of each value of some profiles. */
export const countFacet = (
  column: FacetColumn,
  { numbers, size }: Documents,
  counts: Uint32Array,
  step: 1 | -1,
): void => {
  const { codes, starts } = column
  if (!codes || size < starts.length) {
    for (let i = 0; i < size; i++) addRow(column, codes ? codes[numbers[i]!]! : numbers[i]!, counts, step)
    return
  }
  const count = starts.length - 1
  const byCode = new Uint32Array(2 * count)
  if (codes instanceof Uint8Array) countBytes(codes, numbers, size, byCode)
  else countPairs(codes, numbers, size, byCode)
  for (let code = 0; code < count; code++) {
    const found = byCode[code]! + byCode[count + code]!
    if (found > 0) addRow(column, code, counts, step * found)
  }
}

const addRow = ({ starts, values }: FacetColumn, row: number, counts: Uint32Array, step: number): void => {
  const end = starts[row + 1]!
  for (let at = starts[row]!; at < end; at++) counts[values[at]!]! += step
}

/**
 * Twice the same loop, each over one type of array. Profiles are counted in either half of `byCode` by turns: most have the
 * same few codes, and an addition to a place that was just written waits for it (2.1 ns a profile, 1.0 by turns).
 */
const countBytes = (codes: Uint8Array, numbers: Uint32Array, size: number, byCode: Uint32Array): void => {
  const half = byCode.length >> 1
  if (size % 2 === 1) byCode[codes[numbers[size - 1]!]!]!++
  for (let i = 0; i + 1 < size; i += 2) {
    byCode[codes[numbers[i]!]!]!++
    byCode[half + codes[numbers[i + 1]!]!]!++
  }
}
const countPairs = (codes: Uint16Array, numbers: Uint32Array, size: number, byCode: Uint32Array): void => {
  const half = byCode.length >> 1
  if (size % 2 === 1) byCode[codes[numbers[size - 1]!]!]!++
  for (let i = 0; i + 1 < size; i += 2) {
    byCode[codes[numbers[i]!]!]!++
    byCode[half + codes[numbers[i + 1]!]!]!++
  }
}

/** Counts of all profiles. */
export const facetTotals = (column: FacetColumn, size: number): Uint32Array => {
  const counts = new Uint32Array(size)
  const { codes, starts, values } = column
  if (!codes) for (let at = 0; at < values.length; at++) counts[values[at]!]!++
  else {
    const byCode = new Uint32Array(starts.length - 1)
    for (let document = 0; document < codes.length; document++) byCode[codes[document]!]!++
    for (let code = 0; code < byCode.length; code++) addRow(column, code, counts, byCode[code]!)
  }
  return counts
}

/** In `misses`: nothing failed (0), the number of the only filter that failed, or this. */
const OUT = 255

/** `misses` after a filter by what they were before × 2, + 1 where it fails: looked up, for nobody could guess a branch. */
const missesAfter = (number: number): Uint8Array => {
  const after = new Uint8Array(512)
  for (let before = 0; before < 256; before++) {
    after[before << 1] = before
    after[(before << 1) | 1] = before === 0 ? number : OUT
  }
  return after
}

/** Notes in `misses` which of some profiles have no value that passes: `number` for the first filter that they fail. */
export const noteMisses = (
  { codes, starts, values }: FacetColumn,
  passes: Uint8Array,
  { numbers, size }: Documents,
  number: number,
  misses: Uint8Array,
): void => {
  const failsRow = (row: number): 0 | 1 => {
    const end = starts[row + 1]!
    for (let at = starts[row]!; at < end; at++) if (passes[values[at]!] === 1) return 0
    return 1
  }
  const after = missesAfter(number)
  if (codes && size >= starts.length) {
    const fails = new Uint8Array(starts.length - 1)
    for (let code = 0; code < fails.length; code++) fails[code] = failsRow(code)
    if (codes instanceof Uint8Array) noteBytes(codes, fails, numbers, size, after, misses)
    else notePairs(codes, fails, numbers, size, after, misses)
    return
  }
  for (let i = 0; i < size; i++)
    misses[i] = after[(misses[i]! << 1) | failsRow(codes ? codes[numbers[i]!]! : numbers[i]!)]!
}

const noteBytes = (
  codes: Uint8Array,
  fails: Uint8Array,
  numbers: Uint32Array,
  size: number,
  after: Uint8Array,
  misses: Uint8Array,
): void => {
  for (let i = 0; i < size; i++) misses[i] = after[(misses[i]! << 1) | fails[codes[numbers[i]!]!]!]!
}
const notePairs = (
  codes: Uint16Array,
  fails: Uint8Array,
  numbers: Uint32Array,
  size: number,
  after: Uint8Array,
  misses: Uint8Array,
): void => {
  for (let i = 0; i < size; i++) misses[i] = after[(misses[i]! << 1) | fails[codes[numbers[i]!]!]!]!
}
