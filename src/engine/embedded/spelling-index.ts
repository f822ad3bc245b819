import { forEachDelete } from '../../text/spell-deletes.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import type { Segment } from './segment.ts'
import { keyBytes, keyText } from './table.ts'

/**
 * The words of one segment that share a form with a misspelt one (`src/text/spell-deletes.ts`): its exact terms in
 * order, 64 a row, and for each form its hash and the number of its term, in buckets by hash.
 */

/** More terms than this in one segment are not corrected to. */
export const MAX_TERMS = 2 ** 21
const TERMS_A_ROW = 64

/** Entries a bucket, about: what one form costs to look up. */
const BUCKET_ENTRIES = 400
const MAX_BITS = 16
/** Entries that are sorted at once, 8 bytes each: a large segment is gone over more than once. */
const ENTRIES_AT_ONCE = 4_000_000

/** Rows that follow all terms: `z`, then what kind of row, then its number, highest byte first. */
const rowKey = (kind: 'l' | 's', number: number): Uint8Array =>
  Uint8Array.of(0x7a, kind.charCodeAt(0), number >>> 24, (number >>> 16) & 0xff, (number >>> 8) & 0xff, number & 0xff)

/** Words that share letters and would fall together need no more than the highest bits of their hashes. */
const bucketOf = (hash: number, bits: number): number => (bits === 0 ? 0 : hash >>> (32 - bits))

/**
 * Writes the spelling rows of a segment with these exact terms, in order; pauses now and then. The number of bits of a
 * bucket's number.
 */
export function* writeSpelling(
  terms: readonly string[],
  put: (key: Uint8Array, value: Uint8Array) => void,
): Generator<void, number> {
  for (let row = 0; row * TERMS_A_ROW < terms.length; row++) {
    put(rowKey('l', row), keyBytes(terms.slice(row * TERMS_A_ROW, (row + 1) * TERMS_A_ROW).join(' ')))
    if (row % 64 === 63) yield
  }
  let count = 0
  for (const [number, term] of terms.entries()) {
    forEachDelete(term, () => count++)
    if (number % 8192 === 8191) yield
  }
  const bits = Math.min(MAX_BITS, Math.max(0, Math.ceil(Math.log2(count / BUCKET_ENTRIES))))
  // Powers of two, so that a pass ends where a bucket does.
  let passes = 1
  while (count / passes > ENTRIES_AT_ONCE && passes < 2 ** bits) passes *= 2
  for (let pass = 0; pass < passes; pass++) {
    yield* writeBuckets(terms, bits, (pass * 2 ** 32) / passes, ((pass + 1) * 2 ** 32) / passes, put)
  }
  return bits
}

/** The buckets of the hashes from `from` to below `to`. */
function* writeBuckets(
  terms: readonly string[],
  bits: number,
  from: number,
  to: number,
  put: (key: Uint8Array, value: Uint8Array) => void,
): Generator<void> {
  let count = 0
  const isHere = (hash: number): boolean => hash >= from && hash < to
  // Counted first: a growing array would hold the entries twice.
  for (const [number, term] of terms.entries()) {
    forEachDelete(term, hash => {
      if (isHere(hash)) count++
    })
    if (number % 8192 === 8191) yield
  }
  // Hash × 2^21 + term: 53 bits hold both.
  const entries = new Float64Array(count)
  let at = 0
  for (const [number, term] of terms.entries()) {
    forEachDelete(term, hash => {
      if (isHere(hash)) entries[at++] = hash * MAX_TERMS + number
    })
    if (number % 8192 === 8191) yield
  }
  entries.sort()
  yield
  const writer = new ByteWriter(4096)
  for (at = 0; at < count; ) {
    const bucket = bucketOf(Math.floor(entries[at]! / MAX_TERMS), bits)
    writer.length = 0
    let previous = bits === 0 ? 0 : bucket * 2 ** (32 - bits)
    let last = -1
    for (; at < count; at++) {
      const entry = entries[at]!
      const hash = Math.floor(entry / MAX_TERMS)
      if (bucketOf(hash, bits) !== bucket) break
      // Two forms of one word may be the same ("ee" without either e).
      if (entry === last) continue
      writer.varint(hash - previous)
      writer.varint(entry % MAX_TERMS)
      previous = hash
      last = entry
    }
    put(rowKey('s', bucket), writer.view())
    if (bucket % 64 === 63) yield
  }
}

/** Terms of the segment with one of these hashes among those of their forms. */
export const spellingTerms = (segment: Segment, hashes: ReadonlySet<number>): Set<string> => {
  const numbers = new Set<number>()
  for (const bucket of new Set([...hashes].map(hash => bucketOf(hash, segment.spellBits)))) {
    const entries = segment.get(rowKey('s', bucket))
    if (!entries) continue
    const reader = new ByteReader(entries)
    let hash = segment.spellBits === 0 ? 0 : bucket * 2 ** (32 - segment.spellBits)
    while (reader.position < entries.length) {
      hash += reader.varint()
      const term = reader.varint()
      if (hashes.has(hash)) numbers.add(term)
    }
  }
  const rows = new Map<number, readonly string[]>()
  const found = new Set<string>()
  for (const number of numbers) {
    const row = Math.floor(number / TERMS_A_ROW)
    const terms = rows.get(row) ?? keyText(segment.get(rowKey('l', row)) ?? new Uint8Array()).split(' ')
    rows.set(row, terms)
    const term = terms[number % TERMS_A_ROW]
    if (term) found.add(term)
  }
  return found
}
