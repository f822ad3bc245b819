import { foldAccents } from '../../src/text/folding.ts'

/** Words in one shingle: enough that a shuffled menu is not the same text, few enough that one changed word stays local. */
const SHINGLE_WORDS = 3

/** Shorter texts have too few shingles for their fingerprints to mean anything; only equal bytes make them duplicates. */
const MIN_WORDS = 30

/** Bits by which near-duplicates may differ (Manku, Jain, Das Sarma, "Detecting near-duplicates", 2007: 3 of 64). */
const MAX_DISTANCE = 3

/** FNV-1a, 32 bits, then the finaliser of MurmurHash3: FNV's own bits are too alike for a sum of bits. */
const hash = (text: string, seed: number): number => {
  let state = seed
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193)
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return state ^ (state >>> 16)
}

const shinglesOf = (words: readonly string[]): Set<string> =>
  new Set(words.slice(SHINGLE_WORDS - 1).map((_, i) => words.slice(i, i + SHINGLE_WORDS).join(' ')))

/** Whether more shingles have each of 32 bits set than not, from the highest bit to the lowest. */
const majority = (shingles: ReadonlySet<string>, seed: number): number => {
  const votes = new Int32Array(32)
  for (const shingle of shingles) {
    const bits = hash(shingle, seed)
    for (let bit = 0; bit < 32; bit++) votes[bit]! += (bits >>> bit) & 1 ? 1 : -1
  }
  return votes.reduce((word, vote, bit) => (vote > 0 ? word | (1 << bit) : word), 0) >>> 0
}

/**
 * A page's 64-bit simhash (Charikar 2002) over the distinct three-word shingles of its text, as 16 hexadecimal digits; texts
 * that differ little have fingerprints that differ in few bits. Undefined below 30 words. Give it a page's main text:
 * with menu and footer every page of a site is like every other.
 */
export const simhash = (text: string): string | undefined => {
  const words = foldAccents(text.toLowerCase()).match(/[\p{L}\p{N}]+/gu) ?? []
  if (words.length < MIN_WORDS) return undefined
  const shingles = shinglesOf(words)
  return [0x811c9dc5, 0x9747b28c].map(seed => majority(shingles, seed).toString(16).padStart(8, '0')).join('')
}

const ones = (word: number): number => {
  let count = 0
  for (let rest = word; rest !== 0; rest &= rest - 1) count++
  return count
}

/** In how many of 64 bits two fingerprints differ. */
export const hammingDistance = (a: string, b: string): number =>
  [0, 8].reduce(
    (sum, at) => sum + ones(Number.parseInt(a.slice(at, at + 8), 16) ^ Number.parseInt(b.slice(at, at + 8), 16)),
    0,
  )

/** The pages of one site by fingerprint, to ask which one a new page repeats. */
export interface NearDuplicates {
  /** The first page added whose fingerprint is within three bits, if there is one. */
  find(fingerprint: string): string | undefined
  add(fingerprint: string, url: string): void
}

/** Of four quarters of 16 bits, three differing bits leave one untouched: only pages that share a quarter are compared. */
const quarters = (fingerprint: string): string[] => [0, 4, 8, 12].map(at => `${at}:${fingerprint.slice(at, at + 4)}`)

/** An empty memory of pages. */
export const createNearDuplicates = (): NearDuplicates => {
  const pages: { fingerprint: string; url: string }[] = []
  const byQuarter = new Map<string, number[]>()
  return {
    find: fingerprint =>
      [...new Set(quarters(fingerprint).flatMap(quarter => byQuarter.get(quarter) ?? []))]
        .sort((a, b) => a - b)
        .map(index => pages[index]!)
        .find(page => hammingDistance(page.fingerprint, fingerprint) <= MAX_DISTANCE)?.url,
    add: (fingerprint, url) => {
      const index = pages.push({ fingerprint, url }) - 1
      for (const quarter of quarters(fingerprint)) {
        const indexes = byQuarter.get(quarter)
        if (indexes === undefined) byQuarter.set(quarter, [index])
        else indexes.push(index)
      }
    },
  }
}
