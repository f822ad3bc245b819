import { FACETS } from '../../model/facets.ts'
import type { Supplier } from '../../model/supplier.ts'
import { fieldsOfKey, isPassageKey, lengthSlotOf } from './analysed.ts'
import type { ByteSink } from './byte-source.ts'
import { Inverter, KINDS, type Kind } from './inverter.ts'
import { onlyField, PostingWriter } from './postings.ts'
import { addLength, type ColumnsBuilder } from './segment-columns.ts'
import { SegmentWriter, type Written } from './segment-writer.ts'
import { orderOfTexts } from './table.ts'
import { type IndexedWord, writeWordRows } from './word-rows.ts'

/** Builds one segment of profiles. Profiles are analysed as they come; the rest is written at the end. */
export class SegmentBuilder {
  readonly writer: SegmentWriter
  readonly #inverter: Inverter

  /** `inverter`: one that has been reset, of a segment before; it knows most words already. */
  constructor(sink: ByteSink, inverter = new Inverter()) {
    this.#inverter = inverter
    this.writer = new SegmentWriter(sink)
  }

  get count(): number {
    return this.writer.columns.count
  }

  /** Postings held in memory, 8 bytes each, and 12 while they are written. */
  get postings(): number {
    return this.#inverter.size
  }

  /** Ids come in ascending order. The profile itself goes to `writer.profile`, or to `writer.profiles`. */
  add(id: number, supplier: Supplier): void {
    const { columns, lengths, passages } = this.#inverter.add(supplier)
    const { writer } = this
    writer.columns.add(
      id,
      columns,
      FACETS.map((facet, index) => facet.values(supplier).map(value => writer.values.number(index, value))),
    )
    writer.columns.lengths(lengths)
    for (let slot = 0; slot < lengths.length; slot++) addLength(writer.totals, slot, lengths[slot]!)
    for (const passage of passages) {
      writer.columns.passage(passage)
      for (let analysis = 0; analysis < passage.length; analysis++)
        addLength(writer.passageTotals, analysis, passage[analysis]!)
    }
  }

  /** Writes all that is not written yet. Nothing may be added afterwards. */
  finish(): Written {
    this.writer.endProfiles()
    const rows = new PostingRows(this.#inverter, this.writer.columns)
    const put: Put = (key, value, head) => this.writer.table.put(key, value, head)
    const { terms, words } = rows.write(put)
    this.writer.spellBits = writeWordRows(terms, words, put, this.#inverter.takeMemory())
    return this.writer.finish()
  }
}

type Put = (key: Uint8Array, value: Uint8Array, head?: number) => void

/** The length byte that stands with a posting whose code is not 0. */
export const lengthOf = (columns: ColumnsBuilder, kind: string, document: number, code: number): number => {
  const field = onlyField(code, fieldsOfKey(kind))
  const slot = lengthSlotOf(kind, field)
  return isPassageKey(kind) ? columns.passageLengthAt(document, slot) : columns.lengthAt(document, field < 0 ? 0 : slot)
}

/** The postings of an inverter, grouped by term and written in the order of their keys. */
class PostingRows {
  readonly #inverter: Inverter
  readonly #columns: ColumnsBuilder
  /** The strings in order, and the place of each in that order. */
  readonly #order: Uint32Array
  readonly #ranks: Uint32Array
  /** Where the postings of each term begin among `#postings`. */
  readonly #starts: Uint32Array
  readonly #postings: Uint32Array
  readonly #list = new PostingWriter(1)
  #key: Buffer = Buffer.alloc(4096)

  constructor(inverter: Inverter, columns: ColumnsBuilder) {
    this.#inverter = inverter
    this.#columns = columns
    this.#order = orderOfTexts(inverter.strings)
    this.#ranks = new Uint32Array(this.#order.length)
    for (let rank = 0; rank < this.#order.length; rank++) this.#ranks[this.#order[rank]!] = rank
    const starts = new Uint32Array(inverter.termCount + 1)
    const terms = inverter.postingTerms.view()
    for (let i = 0; i < terms.length; i++) starts[terms[i]! + 1]!++
    for (let term = 0; term < inverter.termCount; term++) starts[term + 1]! += starts[term]!
    const next = starts.slice()
    const postings = inverter.postings.view()
    this.#postings = inverter.sortedMemory()
    for (let i = 0; i < terms.length; i++) this.#postings[next[terms[i]!]!++] = postings[i]!
    this.#starts = starts
  }

  /** Writes all posting lists. The exact terms in order, and the words that completion offers. */
  write(put: Put): { terms: string[]; words: IndexedWord[] } {
    this.#kind('E', put)
    this.#kind('F', put)
    this.#pairs(put)
    for (const kind of ['e', 'f', 'k'] as const) this.#kind(kind, put)
    const { names, nameDocuments, nameKeys, nameKeyDocuments } = this.#inverter
    this.#texts('n', names, nameDocuments.view(), put)
    this.#texts('p', nameKeys, nameKeyDocuments.view(), put)
    this.#kind('x', put)
    return this.#words()
  }

  #kind(kind: Kind, put: Put): void {
    const terms = this.#inverter.terms[KINDS.indexOf(kind)]!.view()
    for (const string of this.#order) {
      const term = (terms[string] ?? 0) - 1
      if (term < 0) continue
      put(this.#keyOf(`${kind}:${this.#inverter.strings[string]}`), this.#listOf(term, kind), this.#list.headBytes)
    }
  }

  #pairs(put: Put): void {
    const { pairFirst, pairSecond, pairTerm, strings } = this.#inverter
    const bySecond = sortedByRank(undefined, pairSecond.view(), this.#ranks)
    const byBoth = sortedByRank(bySecond, pairFirst.view(), this.#ranks)
    for (const pair of byBoth) {
      // The space between them comes before any character of a term: the order of pairs is the order of keys.
      const text = `b:${strings[pairFirst.array[pair]!]} ${strings[pairSecond.array[pair]!]}`
      put(this.#keyOf(text), this.#listOf(pairTerm.array[pair]!, 'b'), this.#list.headBytes)
    }
  }

  /** Texts that are no terms, with whose they are. */
  #texts(kind: 'n' | 'p', texts: readonly string[], documents: Uint32Array, put: Put): void {
    const order = orderOfTexts(texts)
    for (let at = 0; at < order.length; ) {
      const text = texts[order[at]!]!
      this.#list.reset(1)
      for (; at < order.length && texts[order[at]!] === text; at++) this.#list.addCode(documents[order[at]!]!, 1)
      put(this.#keyOf(`${kind}:${text}`), this.#list.finish())
    }
  }

  #words(): { terms: string[]; words: IndexedWord[] } {
    const { strings, surfaces } = this.#inverter
    const exact = this.#inverter.terms[KINDS.indexOf('x')]!.view()
    const terms: string[] = []
    const words: IndexedWord[] = []
    for (const string of this.#order) {
      const term = (exact[string] ?? 0) - 1
      if (term < 0) continue
      const text = strings[string]!
      terms.push(text)
      const surface = surfaces[string]
      const frequency = this.#starts[term + 1]! - this.#starts[term]!
      if (surface !== undefined) words.push({ term: text, surface, frequency })
    }
    return { terms, words }
  }

  #listOf(term: number, kind: Kind | 'b'): Uint8Array {
    const list = this.#list
    const fields = fieldsOfKey(kind)
    list.reset(fields)
    for (let at = this.#starts[term]!; at < this.#starts[term + 1]!; at++) {
      const posting = this.#postings[at]!
      const document = posting >>> 8
      const code = posting & 0xff
      if (code === 0) {
        list.add(document, this.#inverter.exceptions.get(term * 2 ** 24 + document)!)
        continue
      }
      list.addCode(document, code, lengthOf(this.#columns, kind, document, code))
    }
    return list.finish()
  }

  /** Valid until the next one. */
  #keyOf(text: string): Uint8Array {
    if (text.length * 3 > this.#key.length) this.#key = Buffer.alloc(text.length * 6)
    return this.#key.subarray(0, this.#key.write(text))
  }
}

/** Places `0 … n − 1`, or those given, ordered by the rank of their string and otherwise as they were: a counting sort. */
const sortedByRank = (places: Uint32Array | undefined, strings: Uint32Array, ranks: Uint32Array): Uint32Array => {
  const next = new Uint32Array(ranks.length + 1)
  for (let i = 0; i < strings.length; i++) next[ranks[strings[i]!]! + 1]!++
  for (let rank = 0; rank < ranks.length; rank++) next[rank + 1]! += next[rank]!
  const sorted = new Uint32Array(strings.length)
  for (let i = 0; i < strings.length; i++) {
    const place = places ? places[i]! : i
    sorted[next[ranks[strings[place]!]!]!++] = place
  }
  return sorted
}
