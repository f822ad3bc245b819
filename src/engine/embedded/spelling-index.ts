import { forEachDelete, isSpellable } from '../../text/spell-deletes.ts'
import { termKey } from './analysed.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import type { MemorySegment } from './segment.ts'

/** The words of one segment that share a form with a misspelt one (`src/text/spell-deletes.ts`). */
export interface SpellingIndex {
  /** Terms with one of these hashes among those of their forms. */
  termsOf(hashes: ReadonlySet<number>): Set<string>
}

/** All forms of a segment's exact terms: the terms in order, and for each form its hash and the number of its term. */
export interface SpellingForms {
  readonly terms: readonly string[]
  /** Hash × 2^21 + term, in order, each once: 53 bits hold both. */
  readonly entries: Float64Array
}

/** More terms than this in one segment are not corrected to; 131,072 profiles have about 300,000. */
const MAX_TERMS = 2 ** 21

const EXACT = termKey.exact('')

const exactTerms = (segment: MemorySegment): string[] => {
  const terms: string[] = []
  for (const key of segment.postings.keys()) {
    if (!key.startsWith(EXACT)) continue
    const term = key.slice(EXACT.length)
    if (isSpellable(term)) terms.push(term)
  }
  return terms.sort().slice(0, MAX_TERMS)
}

/** The forms of a segment: 0.2 s for the 50,000 terms of 3,000 profiles. */
export const spellingForms = (segment: MemorySegment): SpellingForms => {
  const terms = exactTerms(segment)
  let count = 0
  // Counted first: a growing array would hold the entries twice.
  for (const term of terms) forEachDelete(term, () => count++)
  const entries = new Float64Array(count)
  let at = 0
  terms.forEach((term, number) => {
    forEachDelete(term, hash => {
      entries[at++] = hash * MAX_TERMS + number
    })
  })
  entries.sort()
  return { terms, entries }
}

const lowerBound = (sorted: Float64Array, sought: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < sought) low = middle + 1
    else high = middle
  }
  return low
}

const built = new WeakMap<MemorySegment, SpellingIndex>()

/** The spelling of a segment in memory, made when a misspelt word first asks for it. */
export const memorySpelling = (segment: MemorySegment): SpellingIndex => {
  const known = built.get(segment)
  if (known) return known
  const { terms, entries } = spellingForms(segment)
  const index: SpellingIndex = {
    termsOf: hashes => {
      const found = new Set<string>()
      for (const hash of hashes) {
        const end = (hash + 1) * MAX_TERMS
        for (let at = lowerBound(entries, hash * MAX_TERMS); at < entries.length; at++) {
          const entry = entries[at] as number
          if (entry >= end) break
          found.add(terms[entry % MAX_TERMS] as string)
        }
      }
      return found
    },
  }
  built.set(segment, index)
  return index
}

/** On disk, entries stand in so many buckets, by hash: some 50 each at 3,000 profiles, 450 at 100,000. */
export const BUCKETS = 2 ** 13
const BUCKET_SIZE = 2 ** 32 / BUCKETS

export const bucketOf = (hash: number): number => Math.floor(hash / BUCKET_SIZE)

/** The buckets that hold entries, in order: differences of hashes and term numbers as variable-length integers. */
export function* encodeBuckets({ entries }: SpellingForms): Generator<readonly [bucket: number, bytes: Uint8Array]> {
  let at = 0
  while (at < entries.length) {
    const bucket = bucketOf(Math.floor((entries[at] as number) / MAX_TERMS))
    const writer = new ByteWriter(1024)
    let previous = bucket * BUCKET_SIZE
    let last = -1
    for (; at < entries.length; at++) {
      const entry = entries[at] as number
      const hash = Math.floor(entry / MAX_TERMS)
      if (bucketOf(hash) !== bucket) break
      // Two forms of one word may be the same ("ee" without either e).
      if (entry === last) continue
      writer.varint(hash - previous)
      writer.varint(entry % MAX_TERMS)
      previous = hash
      last = entry
    }
    yield [bucket, writer.view()]
  }
}

/** The numbers of the terms that have a form with one of `hashes` in this bucket. */
export function* termsInBucket(bucket: number, bytes: Uint8Array, hashes: ReadonlySet<number>): Generator<number> {
  const reader = new ByteReader(bytes)
  let hash = bucket * BUCKET_SIZE
  while (reader.position < bytes.length) {
    hash += reader.varint()
    const term = reader.varint()
    if (hashes.has(hash)) yield term
  }
}

/** Terms stand in blocks of so many, one row each. */
export const TERMS_A_BLOCK = 64
