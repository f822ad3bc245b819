import { forEachDelete } from '../../text/spell-deletes.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { growingF64 } from './growing.ts'
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
/** Of a word of seven letters or more; shorter ones have fewer. */
const FORMS_A_TERM = 29
/** Entries that are held at once, 16 bytes each: a large segment is gone over more than once. */
const ENTRIES_AT_ONCE = 4_000_000

/** Rows that follow all terms: `z`, then what kind of row, then its number, highest byte first. */
const rowKey = (kind: 'l' | 's', number: number): Uint8Array =>
  Uint8Array.of(0x7a, kind.charCodeAt(0), number >>> 24, (number >>> 16) & 0xff, (number >>> 8) & 0xff, number & 0xff)

/** Words that share letters and would fall together need no more than the highest bits of their hashes. */
const bucketOf = (hash: number, bits: number): number => (bits === 0 ? 0 : hash >>> (32 - bits))

/**
 * Writes the spelling rows of a segment with these exact terms, in order. The number of bits of a bucket's number. `memory`: two arrays to work in, where a build has some to spare; too small ones are not used.
 */
export const writeSpelling = (
  terms: readonly string[],
  put: (key: Uint8Array, value: Uint8Array) => void,
  memory: readonly Float64Array[] = [],
): number => {
  for (let row = 0; row * TERMS_A_ROW < terms.length; row++)
    put(rowKey('l', row), keyBytes(terms.slice(row * TERMS_A_ROW, (row + 1) * TERMS_A_ROW).join(' ')))
  const count = terms.length * FORMS_A_TERM
  const bits = Math.min(MAX_BITS, Math.max(0, Math.ceil(Math.log2(count / BUCKET_ENTRIES))))
  // Powers of two, so that a pass ends where a bucket does.
  let passes = 1
  while (count / passes > ENTRIES_AT_ONCE && passes < 2 ** bits) passes *= 2
  for (let pass = 0; pass < passes; pass++) {
    writeBuckets(terms, bits, (pass * 2 ** 32) / passes, ((pass + 1) * 2 ** 32) / passes, put, memory)
  }
  return bits
}

/** The buckets of the hashes from `from` to below `to`. */
const writeBuckets = (
  terms: readonly string[],
  bits: number,
  from: number,
  to: number,
  put: (key: Uint8Array, value: Uint8Array) => void,
  [formsMemory, entriesMemory]: readonly Float64Array[],
): void => {
  const first = bits === 0 ? 0 : from / 2 ** (32 - bits)
  const buckets = bits === 0 ? 1 : (to - from) / 2 ** (32 - bits)
  // Hash × 2^21 + term: 53 bits hold both. First as they come, then by bucket, so that only buckets are sorted.
  const forms = growingF64(formsMemory ? 0 : 4096)
  if (formsMemory) forms.array = formsMemory
  const ends = new Uint32Array(buckets + 1)
  for (let number = 0; number < terms.length; number++) {
    forEachDelete(terms[number]!, hash => {
      if (hash < from || hash >= to) return
      forms.push(hash * MAX_TERMS + number)
      ends[bucketOf(hash, bits) - first + 1]!++
    })
  }
  for (let bucket = 0; bucket < buckets; bucket++) ends[bucket + 1]! += ends[bucket]!
  const entries =
    entriesMemory && entriesMemory.length >= forms.length
      ? entriesMemory.subarray(0, forms.length)
      : new Float64Array(forms.length)
  for (let i = 0; i < forms.length; i++) {
    const entry = forms.array[i]!
    entries[ends[bucketOf(Math.floor(entry / MAX_TERMS), bits) - first]!++] = entry
  }
  const writer = new ByteWriter(4096)
  for (let bucket = 0; bucket < buckets; bucket++) {
    // Each end has become the next one's begin.
    const own = entries.subarray(bucket === 0 ? 0 : ends[bucket - 1]!, ends[bucket]!).sort()
    if (own.length > 0) put(rowKey('s', first + bucket), encodeBucket(own, first + bucket, bits, writer))
  }
}

/** Differences of hashes and term numbers as variable-length integers. */
const encodeBucket = (entries: Float64Array, bucket: number, bits: number, writer: ByteWriter): Uint8Array => {
  writer.length = 0
  let previous = bits === 0 ? 0 : bucket * 2 ** (32 - bits)
  let last = -1
  for (const entry of entries) {
    // Two forms of one word may be the same ("ee" without either e).
    if (entry === last) continue
    const hash = Math.floor(entry / MAX_TERMS)
    writer.varint(hash - previous)
    writer.varint(entry % MAX_TERMS)
    previous = hash
    last = entry
  }
  return writer.view()
}

/** Terms of the segment with one of these hashes among those of their forms. */
export const spellingTerms = (segment: Segment, hashes: ReadonlySet<number>): Set<string> => {
  const forms = segment.forms?.()
  if (forms) return new Set([...hashes].flatMap(hash => forms.get(hash) ?? []))
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
