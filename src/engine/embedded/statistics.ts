import { fieldsOfKey, isPassageKey, LENGTH_SLOTS, PASSAGE_ANALYSES } from './analysed.ts'
import { FIRST_ROUNDED } from './norms.ts'
import { BlockReader, documentsOf, END, isWholeList, PostingCursor } from './postings.ts'
import { ownerOf, type Segment } from './segment.ts'
import { addLength, emptyTotals, type FieldTotals } from './segment-columns.ts'
import { keyBytes } from './table.ts'

/** The lengths of a profile in tokens: what its removal takes off the totals. */
export interface Lengths {
  /** By `lengthSlot`. */
  readonly lengths: ArrayLike<number>
  /** Of each passage, by analysis. */
  readonly passages: readonly ArrayLike<number>[]
}

/**
 * The lengths of a profile from the columns of its segment, which round those of forty tokens on: `undefined` where one is
 * rounded.
 */
export const exactLengths = ({ columns, count, passages }: Segment, document: number): Lengths | undefined => {
  const lengths = new Uint8Array(LENGTH_SLOTS)
  for (let slot = 0; slot < LENGTH_SLOTS; slot++) {
    lengths[slot] = columns.lengths[slot * count + document]!
    if (lengths[slot]! >= FIRST_ROUNDED) return undefined
  }
  const ofPassages: Uint8Array[] = []
  for (let at = columns.passageStart[document]!; at < columns.passageStart[document + 1]!; at++) {
    const own = PASSAGE_ANALYSES.map((_, analysis) => columns.passageLengths[analysis * passages + at]!)
    if (own.some(length => length >= FIRST_ROUNDED)) return undefined
    ofPassages.push(Uint8Array.from(own))
  }
  return { lengths, passages: ofPassages }
}

/** A frequency that was counted, and how many of the removed profiles it leaves out. */
interface Counted {
  readonly frequencies: Float64Array
  removed: number
}

/** Counted frequencies that are kept for the next query. */
const KEPT_FREQUENCIES = 2000

const restore = (target: FieldTotals, documents: readonly number[] = [], tokens: readonly number[] = []): void => {
  target.documents.set(documents)
  target.tokens.set(tokens)
}

/** A segment as a search reads it: its content, and which of its profiles have been removed since. */
export class LiveSegment {
  #segment: Segment
  #dead: Uint8Array
  /** What the removed profiles still count for in the segment's totals, to be taken off. */
  readonly removed: FieldTotals
  readonly removedPassages: FieldTotals
  /** In the order of their removal. */
  readonly #deadDocuments: number[] = []
  /** In the order of the segment, as many as there were when they were put in it. */
  #sortedDead: readonly number[] = []
  /** Live documents by key. */
  readonly #frequencies = new Map<string, Counted>()

  constructor(segment: Segment) {
    this.#segment = segment
    this.#dead = new Uint8Array(segment.count)
    this.removed = emptyTotals(LENGTH_SLOTS)
    this.removedPassages = emptyTotals(PASSAGE_ANALYSES.length)
  }

  get segment(): Segment {
    return this.#segment
  }

  /** 1 for each removed profile. */
  get dead(): Uint8Array {
    return this.#dead
  }

  /** A segment in memory has more profiles now. */
  grow(segment: Segment): void {
    this.#segment = segment
    if (segment.count > this.#dead.length) {
      const larger = new Uint8Array(2 * segment.count)
      larger.set(this.#dead)
      this.#dead = larger
    }
    this.#frequencies.clear()
  }

  get deadCount(): number {
    return this.#deadDocuments.length
  }

  /** Removes a profile. Its lengths are left out where `removed` counts them already. */
  bury(document: number, profile?: Lengths): void {
    if (this.#dead[document] === 1) return
    this.#dead[document] = 1
    this.#deadDocuments.push(document)
    if (!profile) return
    for (let slot = 0; slot < LENGTH_SLOTS; slot++) addLength(this.removed, slot, profile.lengths[slot]!)
    for (const lengths of profile.passages)
      for (let analysis = 0; analysis < PASSAGE_ANALYSES.length; analysis++)
        addLength(this.removedPassages, analysis, lengths[analysis]!)
  }

  /** What the removed profiles still count for, as it is stored: documents and tokens, of profiles, then of passages. */
  removedRow(): number[][] {
    const { removed, removedPassages } = this
    return [removed.documents, removed.tokens, removedPassages.documents, removedPassages.tokens].map(array => [
      ...array,
    ])
  }

  restoreRemoved([documents, tokens, passages, passageTokens]: readonly (readonly number[])[]): void {
    restore(this.removed, documents, tokens)
    restore(this.removedPassages, passages, passageTokens)
  }

  /**
   * How many documents that were not removed hold a term, in each field. What was counted before is kept: of those
   * removed since, each is looked for in the list. `head`: `Segment.head`.
   */
  frequencies(key: string, head: Uint8Array, wholeList: () => Uint8Array): Float64Array {
    const removed = this.#deadDocuments.length
    const fields = fieldsOfKey(key)
    if (removed === 0) return new BlockReader(head, fields).frequencies()
    const known = this.#frequencies.get(key)
    if (known?.removed === removed) return known.frequencies
    const list = wholeList()
    const frequencies = known?.frequencies ?? new BlockReader(list, fields).frequencies().slice()
    const since = known ? this.#deadDocuments.slice(known.removed).sort(ascending) : this.#allDead()
    this.#eachRemoved(key, list, since, counts => {
      for (let field = 0; field < frequencies.length; field++) if (counts[field]! > 0) frequencies[field]!--
    })
    if (known) known.removed = removed
    else {
      if (this.#frequencies.size >= KEPT_FREQUENCIES) this.#frequencies.clear()
      this.#frequencies.set(key, { frequencies, removed })
    }
    return frequencies
  }

  /** How many documents (passages) that were not removed hold a term. */
  documents(key: string): number {
    const list = this.segment.get(key)
    if (!list) return 0
    let documents = documentsOf(list)
    this.#eachRemoved(key, list, this.#allDead(), () => documents--)
    return documents
  }

  /** Those of some removed documents that a list holds. One by one in a short list; a long one is jumped through. */
  #eachRemoved(
    key: string,
    list: Uint8Array,
    removed: readonly number[],
    receive: (counts: Uint32Array) => void,
  ): void {
    if (removed.length === 0) return
    const { passageStart } = this.segment.columns
    const inPassages = isPassageKey(key)
    const cursor = new PostingCursor(list, fieldsOfKey(key))
    if (cursor.documents <= 4 * removed.length) {
      let owner = 0
      let next = 0
      for (let at = cursor.next(); at !== END; at = cursor.next()) {
        owner = inPassages ? ownerOf(passageStart, at, owner) : at
        while (next < removed.length && removed[next]! < owner) next++
        if (next === removed.length) return
        if (removed[next] === owner) receive(cursor.counts)
      }
      return
    }
    for (const document of removed) {
      const first = inPassages ? passageStart[document]! : document
      const end = inPassages ? passageStart[document + 1]! : document + 1
      if (first === end) continue
      for (let at = cursor.seek(first); at < end; at = cursor.next()) receive(cursor.counts)
    }
  }

  #allDead(): readonly number[] {
    if (this.#sortedDead.length < this.#deadDocuments.length) this.#sortedDead = this.#deadDocuments.toSorted(ascending)
    return this.#sortedDead
  }
}

const ascending = (a: number, b: number): number => a - b

/** The list of a key in each segment: of those that are not read yet, how often the term occurs. */
export class TermLists {
  /** `Segment.head`. */
  readonly heads: readonly (Uint8Array | undefined)[]
  readonly #segments: readonly LiveSegment[]
  readonly #key: Uint8Array
  readonly #lists: (Uint8Array | undefined)[] = []

  constructor(segments: readonly LiveSegment[], key: string) {
    this.#segments = segments
    this.#key = keyBytes(key)
    this.heads = segments.map(live => live.segment.head(this.#key))
  }

  at(index: number): Uint8Array | undefined {
    const head = this.heads[index]
    if (!head || isWholeList(head)) return head
    this.#lists[index] ??= this.#segments[index]!.segment.get(this.#key)
    return this.#lists[index]
  }

  /** How many documents of a segment hold the term, removed ones too. */
  documents(index: number): number {
    const head = this.heads[index]
    return head ? documentsOf(head) : 0
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
export const documentFrequencies = (segments: readonly LiveSegment[], key: string, lists: TermLists): Float64Array => {
  const frequencies = new Float64Array(fieldsOfKey(key))
  segments.forEach((live, index) => {
    const head = lists.heads[index]
    if (!head) return
    const held = live.frequencies(key, head, () => lists.at(index)!)
    for (let field = 0; field < frequencies.length; field++) frequencies[field]! += held[field]!
  })
  return frequencies
}
