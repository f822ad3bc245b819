import { ByteReader, ByteWriter } from './bytes.ts'

/**
 * One posting list a term: the documents that hold it in ascending order, and how often in each field.
 *
 * ```
 * list    = varint documents, varint frequency of each field × fields, varint blocks,
 *           blocks × (varint last document − last of the block before, varint bytes), blocks
 * block   = up to 128 postings
 * posting = varint document − previous, byte mask (bit i: field i; bit 7: every count is 1), varint count × fields of the mask
 * ```
 *
 * The block table lets a reader jump to a document without decoding what lies before it.
 */

export const BLOCK_SIZE = 128
const ALL_ONCE = 0x80

/** Collects one list; documents must come in ascending order. */
export class PostingWriter {
  readonly #fields: number
  readonly #fieldFrequencies: number[]
  readonly #body = new ByteWriter(8)
  readonly #table = new ByteWriter(4)
  #documents = 0
  #last = 0
  #blockStart = 0
  #blockLast = 0
  #blocks = 0

  constructor(fields: number) {
    this.#fields = fields
    this.#fieldFrequencies = new Array<number>(fields).fill(0)
  }

  get documents(): number {
    return this.#documents
  }

  /** `counts[i]`: occurrences in field i; at least one is above 0. */
  add(document: number, counts: ArrayLike<number>): void {
    let mask = 0
    let once = true
    for (let field = 0; field < this.#fields; field++) {
      const count = counts[field] as number
      if (count === 0) continue
      mask |= 1 << field
      this.#fieldFrequencies[field] = (this.#fieldFrequencies[field] as number) + 1
      if (count > 1) once = false
    }
    // The first posting of a list, and of each block, is relative to the last of the block before.
    this.#body.varint(document - this.#last)
    this.#body.byte(once ? mask | ALL_ONCE : mask)
    if (!once) {
      for (let field = 0; field < this.#fields; field++) {
        const count = counts[field] as number
        if (count > 0) this.#body.varint(count)
      }
    }
    this.#last = document
    this.#documents++
    if (this.#documents % BLOCK_SIZE === 0) this.#closeBlock()
  }

  finish(): Uint8Array {
    if (this.#body.length > this.#blockStart) this.#closeBlock()
    const list = new ByteWriter(this.#body.length + this.#table.length + 8)
    list.varint(this.#documents)
    for (const frequency of this.#fieldFrequencies) list.varint(frequency)
    list.varint(this.#blocks)
    list.append(this.#table.view())
    list.append(this.#body.view())
    return list.view()
  }

  #closeBlock(): void {
    this.#table.varint(this.#last - this.#blockLast)
    this.#table.varint(this.#body.length - this.#blockStart)
    this.#blockLast = this.#last
    this.#blockStart = this.#body.length
    this.#blocks++
  }
}

/** Past the last document of a list. */
export const END = 0xffffffff

/** Documents that hold the term, and in each field, without reading the postings. */
export interface PostingStatistics {
  readonly documents: number
  readonly fieldFrequencies: readonly number[]
}

/** Walks one list. Start with `next()` or `seek()`; `document` is −1 before, `END` after the last. */
export class PostingCursor implements PostingStatistics {
  readonly documents: number
  readonly fieldFrequencies: readonly number[]
  document = -1
  /** Occurrences in each field at `document`. */
  readonly counts: Uint32Array
  readonly #fields: number
  readonly #reader: ByteReader
  readonly #blockLast: Uint32Array
  readonly #blockEnd: Uint32Array
  #block = 0
  /** What the next posting's difference is relative to. */
  #last = 0

  constructor(list: Uint8Array, fields: number) {
    const reader = new ByteReader(list)
    this.#fields = fields
    this.counts = new Uint32Array(fields)
    this.documents = reader.varint()
    const frequencies: number[] = []
    for (let field = 0; field < fields; field++) frequencies.push(reader.varint())
    this.fieldFrequencies = frequencies
    const blocks = reader.varint()
    this.#blockLast = new Uint32Array(blocks)
    this.#blockEnd = new Uint32Array(blocks)
    let last = 0
    let end = 0
    for (let block = 0; block < blocks; block++) {
      last += reader.varint()
      end += reader.varint()
      this.#blockLast[block] = last
      this.#blockEnd[block] = end
    }
    // The table counts bytes from the first posting; the reader, from the start of the list.
    for (let block = 0; block < blocks; block++) {
      this.#blockEnd[block] = (this.#blockEnd[block] as number) + reader.position
    }
    this.#reader = reader
  }

  /** Moves to the next document and returns it. */
  next(): number {
    const reader = this.#reader
    if (reader.position >= reader.bytes.length) {
      this.document = END
      return END
    }
    this.#last += reader.varint()
    const mask = reader.byte()
    const counts = this.counts
    for (let field = 0; field < this.#fields; field++) {
      if ((mask & (1 << field)) === 0) counts[field] = 0
      else counts[field] = mask & ALL_ONCE ? 1 : reader.varint()
    }
    this.document = this.#last
    return this.document
  }

  /** Moves to the first document ≥ `target` (stays where it is when already there), skipping whole blocks. */
  seek(target: number): number {
    if (this.document >= target) return this.document
    while (this.#block < this.#blockLast.length && (this.#blockLast[this.#block] as number) < target) this.#block++
    if (this.#block === this.#blockLast.length) {
      this.#reader.position = this.#reader.bytes.length
      this.document = END
      return END
    }
    const before = this.#block - 1
    if (before >= 0 && this.#reader.position < (this.#blockEnd[before] as number)) {
      this.#reader.position = this.#blockEnd[before] as number
      this.#last = this.#blockLast[before] as number
    }
    while (this.next() < target);
    return this.document
  }
}

/** The number of documents of a list, without reading more. */
export const documentsOf = (list: Uint8Array): number => new ByteReader(list).varint()
