import { fieldsOfKey, isPassageKey, LENGTH_SLOTS, PASSAGE_ANALYSES } from './analysed.ts'
import { BlockReader, documentsOf, END, PostingCursor } from './postings.ts'
import { ownerOf, type Segment } from './segment.ts'
import { addLength, emptyTotals, type FieldTotals } from './segment-columns.ts'

/** What a removal takes off: tokens and terms of the profile, and of each of its passages. */
export interface RemovedProfile {
  /** By `lengthSlot`. */
  readonly lengths: ArrayLike<number>
  readonly terms: ReadonlyMap<string, ArrayLike<number>>
  /** Lengths by analysis. */
  readonly passages: readonly { readonly lengths: ArrayLike<number>; readonly terms: ReadonlyMap<string, number> }[]
}

const ONCE = [1]

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

  /** Removes a profile. `profile` is left out where `removed` counts it already. */
  bury(document: number, profile?: RemovedProfile): void {
    if (this.dead[document] === 1) return
    this.dead[document] = 1
    this.#deadDocuments.push(document)
    this.#isSorted = false
    if (!profile) {
      this.#frequencies.clear()
      return
    }
    for (let slot = 0; slot < LENGTH_SLOTS; slot++) addLength(this.removed, slot, profile.lengths[slot]!)
    for (const [key, counts] of profile.terms) this.#takeOff(key, counts)
    for (const { lengths, terms } of profile.passages) {
      for (let analysis = 0; analysis < PASSAGE_ANALYSES.length; analysis++)
        addLength(this.removedPassages, analysis, lengths[analysis]!)
      for (const key of terms.keys()) this.#takeOff(key, ONCE)
    }
  }

  /** Keeps a counted frequency right: counting it again takes a walk through the list. */
  #takeOff(key: string, counts: ArrayLike<number>): void {
    const known = this.#frequencies.get(key)
    if (known) for (let field = 0; field < known.length; field++) if (counts[field]! > 0) known[field]!--
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

  /** The removed documents of a list: those of a short list are looked up, in a long one they are jumped to. */
  #eachRemoved(key: string, list: Uint8Array, receive: (counts: Uint32Array) => void): void {
    if (this.#deadDocuments.length === 0) return
    const { passageStart } = this.segment.columns
    const inPassages = isPassageKey(key)
    const cursor = new PostingCursor(list, fieldsOfKey(key))
    if (cursor.documents <= 4 * this.#deadDocuments.length) {
      let owner = 0
      for (let at = cursor.next(); at !== END; at = cursor.next()) {
        owner = inPassages ? ownerOf(passageStart, at, owner) : at
        if (this.dead[owner] === 1) receive(cursor.counts)
      }
      return
    }
    for (const document of this.#sortedDead()) {
      const first = inPassages ? passageStart[document]! : document
      const end = inPassages ? passageStart[document + 1]! : document + 1
      if (first === end) continue
      for (let at = cursor.seek(first); at < end; at = cursor.next()) receive(cursor.counts)
    }
  }

  #sortedDead(): readonly number[] {
    if (!this.#isSorted) this.#deadDocuments.sort((a, b) => a - b)
    this.#isSorted = true
    return this.#deadDocuments
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
