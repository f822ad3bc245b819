import { type AnalysedProfile, fieldsOfKey, LENGTH_SLOTS, PASSAGE_ANALYSES } from './analysed.ts'
import { PostingCursor } from './postings.ts'
import type { FieldTotals, Segment } from './segment.ts'

/** What removed profiles of one segment still count for in its sealed numbers, to be taken off again. */
export class RemovedStatistics {
  readonly documents = new Map<string, Float64Array>()
  readonly totals: FieldTotals = {
    documents: new Float64Array(LENGTH_SLOTS),
    tokens: new Float64Array(LENGTH_SLOTS),
  }
  readonly passageTotals: FieldTotals = {
    documents: new Float64Array(PASSAGE_ANALYSES.length),
    tokens: new Float64Array(PASSAGE_ANALYSES.length),
  }

  add(profile: AnalysedProfile): void {
    for (const [key, counts] of profile.terms) this.#count(key, counts)
    profile.lengths.forEach((length, slot) => {
      subtractable(this.totals, slot, length)
    })
    for (const passage of profile.passages) {
      for (const key of passage.terms.keys()) this.#count(key, [1])
      passage.lengths.forEach((length, analysis) => {
        subtractable(this.passageTotals, analysis, length)
      })
    }
  }

  #count(key: string, counts: ArrayLike<number>): void {
    const fields = fieldsOfKey(key)
    const known = this.documents.get(key) ?? new Float64Array(fields)
    for (let field = 0; field < fields; field++)
      if ((counts[field] as number) > 0) known[field] = (known[field] as number) + 1
    this.documents.set(key, known)
  }
}

const subtractable = (totals: FieldTotals, slot: number, length: number): void => {
  if (length === 0) return
  totals.documents[slot] = (totals.documents[slot] as number) + 1
  totals.tokens[slot] = (totals.tokens[slot] as number) + length
}

/** A segment as a search reads it: sealed content, and what has been removed since. */
export interface LiveSegment {
  readonly segment: Segment
  /** Number of the first profile in the whole index. */
  readonly base: number
  /** 1 for each removed profile. */
  readonly dead: Uint8Array
  readonly removed: RemovedStatistics
}

const sum = (
  segments: readonly LiveSegment[],
  slot: number,
  of: (live: LiveSegment) => readonly [FieldTotals, FieldTotals],
): { readonly documents: number; readonly average: number } => {
  let documents = 0
  let tokens = 0
  for (const live of segments) {
    const [held, removed] = of(live)
    documents += (held.documents[slot] as number) - (removed.documents[slot] as number)
    tokens += (held.tokens[slot] as number) - (removed.tokens[slot] as number)
  }
  return { documents, average: documents > 0 ? tokens / documents : 1 }
}

/** Documents that hold a field (`lengthSlot`) and their average length, removals honoured. */
export const fieldStatistics = (segments: readonly LiveSegment[], slot: number) =>
  sum(segments, slot, live => [live.segment.columns.totals, live.removed.totals])

/** The same for the passages of one analysis. */
export const passageStatistics = (segments: readonly LiveSegment[], analysis: number) =>
  sum(segments, analysis, live => [live.segment.columns.passageTotals, live.removed.passageTotals])

/** How many documents hold a term in each field, removals honoured. */
export const documentFrequencies = (
  segments: readonly LiveSegment[],
  key: string,
  lists: readonly (Uint8Array | undefined)[],
): Float64Array => {
  const fields = fieldsOfKey(key)
  const frequencies = new Float64Array(fields)
  segments.forEach((live, index) => {
    const list = lists[index]
    if (!list) return
    const held = new PostingCursor(list, fields).fieldFrequencies
    const removed = live.removed.documents.get(key)
    for (let field = 0; field < fields; field++) {
      frequencies[field] = (frequencies[field] as number) + (held[field] as number) - (removed?.[field] ?? 0)
    }
  })
  return frequencies
}
