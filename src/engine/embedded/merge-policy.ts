/** A sealed segment as the policy sees it, in the order of ids. */
export interface SegmentSize {
  readonly count: number
  readonly dead: number
}

/** Neighbours that are merged: from `first` to below `end`. */
export interface MergeRange {
  readonly first: number
  readonly end: number
}

/** Segments of like size that make one of the next tier: at most three stay in each of the five below a million. */
const TIER = 4
const SMALLEST_TIER = 1024
/** A look-up a term and segment costs some microseconds. */
export const MOST_SEGMENTS = 16
/**
 * Larger ones are made only when there are many segments: the working memory of a search of 256,000 profiles still fits
 * the processor's cache, threads share a search by segments, and a fresh index of a million is left as it was built.
 */
const LARGE = 300_000
const MANY_SEGMENTS = 12
/** A segment with a larger share of removed profiles is written anew: what bounds the disk (1 / (1 − 0.3) = 1.43). */
const MOST_DEAD = 0.3
/** For fewer it is not worth it. */
const MANY_DEAD = 256

const tierOf = ({ count, dead }: SegmentSize): number =>
  Math.max(0, Math.floor(Math.log(Math.max(1, count - dead) / SMALLEST_TIER) / Math.log(TIER)))

/**
 * Which sealed segments to merge next; `undefined` when none. Only neighbours are merged, so that ids stay in order:
 * four of a tier become one of the next, each profile is written some five times in a million, and never more than
 * sixteen segments remain.
 */
export const nextMerge = (segments: readonly SegmentSize[]): MergeRange | undefined =>
  withMostDead(segments) ?? fullTier(segments) ?? smallestWindow(segments)

const withMostDead = (segments: readonly SegmentSize[]): MergeRange | undefined => {
  const first = segments.findIndex(({ count, dead }) => dead >= MANY_DEAD && dead >= count * MOST_DEAD)
  return first < 0 ? undefined : { first, end: first + 1 }
}

const profilesOf = (segments: readonly SegmentSize[]): number =>
  segments.reduce((sum, { count, dead }) => sum + count - dead, 0)

/** Neighbours of a tier and below of which four are of that tier. */
const fullTier = (segments: readonly SegmentSize[]): MergeRange | undefined => {
  const tiers = segments.map(tierOf)
  for (let tier = 0; tier <= Math.max(0, ...tiers); tier++) {
    let first = 0
    let full = 0
    for (let at = 0; at < tiers.length; at++) {
      if (tiers[at]! > tier) {
        first = at + 1
        full = 0
      } else if (tiers[at] === tier && ++full === TIER) {
        if (segments.length > MANY_SEGMENTS || profilesOf(segments.slice(first, at + 1)) <= LARGE)
          return { first, end: at + 1 }
        full = 0
      }
    }
  }
  return undefined
}

const smallestWindow = (segments: readonly SegmentSize[]): MergeRange | undefined => {
  if (segments.length <= MOST_SEGMENTS) return undefined
  const size = Math.max(2, segments.length - MOST_SEGMENTS + 1)
  let best: MergeRange | undefined
  let fewest = Number.POSITIVE_INFINITY
  for (let first = 0; first + size <= segments.length; first++) {
    const profiles = profilesOf(segments.slice(first, first + size))
    if (profiles >= fewest) continue
    fewest = profiles
    best = { first, end: first + size }
  }
  return best
}
