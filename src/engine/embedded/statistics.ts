import { fieldsOfKey, isPassageKey, LENGTH_SLOTS, PASSAGE_ANALYSES } from './analysed.ts'
import { BlockReader, documentsOf, PostingCursor } from './postings.ts'
import type { Segment } from './segment.ts'
import { addLength, emptyTotals, type FieldTotals } from './segment-columns.ts'

/** Tokens of one profile: by `lengthSlot`, and of each passage by analysis. */
export interface ProfileLengths {
  readonly lengths: ArrayLike<number>
  readonly passages: readonly ArrayLike<number>[]
}

/** Counted frequencies that are kept for the next query. */
const KEPT_FREQUENCIES = 2000

/** A segment as a search reads it: sealed content, and which of its profiles have been removed since. */
export class LiveSegment {
  readonly segment: Segment
  /** 1 for each removed profile. */
  readonly dead: Uint8Array
  /** What the removed profiles still count for in the sealed totals, to be taken off. */
  readonly removed: FieldTotals
  readonly removedPassages: FieldTotals
  #deadDocuments: number[] = []
  #isSorted = true
  /** Live documents by key, until the next removal. */
  readonly #frequencies = new Map<string, Float64Array>()

  constructor(segment: Segment) {
    this.segment = segment
    this.dead = new Uint8Array(segment.count)
    this.removed = emptyTotals(LENGTH_SLOTS)
    this.removedPassages = emptyTotals(PASSAGE_ANALYSES.length)
  }

  get deadCount(): number {
    return this.#deadDocuments.length
  }

  /** Removes a profile. `lengths` is left out where `removed` counts it already. */
  bury(document: number, lengths?: ProfileLengths): void {
    if (this.dead[document] === 1) return
    this.dead[document] = 1
    this.#deadDocuments.push(document)
    this.#isSorted = false
    this.#frequencies.clear()
    if (!lengths) return
    for (let slot = 0; slot < LENGTH_SLOTS; slot++) addLength(this.removed, slot, lengths.lengths[slot]!)
    for (const passage of lengths.passages)
      for (let analysis = 0; analysis < PASSAGE_ANALYSES.length; analysis++)
        addLength(this.removedPassages, analysis, passage[analysis]!)
  }

  /** How many documents that were not removed hold a term, in each field. */
  frequencies(key: string, list: Uint8Array): Float64Array {
    if (this.#deadDocuments.length === 0) return new BlockReader(list, fieldsOfKey(key)).frequencies()
    const known = this.#frequencies.get(key)
    if (known) return known
    const frequencies = new BlockReader(list, fieldsOfKey(key)).frequencies().slice()
    this.#eachRemoved(key, list, counts => {
      for (let field = 0; field < frequencies.length; field++) if (counts[field]! > 0) frequencies[field]!--
    })
    if (this.#frequencies.size >= KEPT_FREQUENCIES) this.#frequencies.clear()
    this.#frequencies.set(key, frequencies)
    return frequencies
  }

  /** How many documents (passages) that were not removed hold a term. */
  documents(key: string): number {
    const list = this.segment.get(key)
    if (!list) return 0
    let documents = documentsOf(list)
    this.#eachRemoved(key, list, () => documents--)
    return documents
  }

  /** The removed documents of a list: jumps from one removed profile to the next, so that few cost little. */
  #eachRemoved(key: string, list: Uint8Array, receive: (counts: Uint32Array) => void): void {
    if (this.#deadDocuments.length === 0) return
    if (!this.#isSorted) {
      this.#deadDocuments.sort((a, b) => a - b)
      this.#isSorted = true
    }
    const { passageStart } = this.segment.columns
    const inPassages = isPassageKey(key)
    const cursor = new PostingCursor(list, fieldsOfKey(key))
    for (const document of this.#deadDocuments) {
      const first = inPassages ? passageStart[document]! : document
      const end = inPassages ? passageStart[document + 1]! : document + 1
      if (first === end) continue
      for (let at = cursor.seek(first); at < end; at = cursor.next()) receive(cursor.counts)
    }
  }
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
    documents += held.documents[slot]! - removed.documents[slot]!
    tokens += held.tokens[slot]! - removed.tokens[slot]!
  }
  return { documents, average: documents > 0 ? tokens / documents : 1 }
}

/** Documents that hold a field (`lengthSlot`) and their average length, removals honoured. */
export const fieldStatistics = (segments: readonly LiveSegment[], slot: number) =>
  sum(segments, slot, live => [live.segment.totals, live.removed])

/** The same for the passages of one analysis. */
export const passageStatistics = (segments: readonly LiveSegment[], analysis: number) =>
  sum(segments, analysis, live => [live.segment.passageTotals, live.removedPassages])

/** How many documents hold a term in each field, removals honoured. */
export const documentFrequencies = (
  segments: readonly LiveSegment[],
  key: string,
  lists: readonly (Uint8Array | undefined)[],
): Float64Array => {
  const frequencies = new Float64Array(fieldsOfKey(key))
  segments.forEach((live, index) => {
    const list = lists[index]
    if (!list) return
    const held = live.frequencies(key, list)
    for (let field = 0; field < frequencies.length; field++) frequencies[field]! += held[field]!
  })
  return frequencies
}
