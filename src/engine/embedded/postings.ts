import { ByteReader, ByteWriter } from './bytes.ts'

/**
 * One posting list a term: the documents that hold it in ascending order, and how often in each field.
 *
 * ```
 * list      = varint documents, [varint frequency of each field, when documents > 16],
 *             [(blocks − 1) × (varint last document − last of the block before, varint bytes)], blocks
 * block     = up to 128 × varint (document − the one before), as many codes, [as many lengths, when documents > 16], exceptions
 * code      = a byte: the counts of four fields, two bits each; of one field, its count. 0: see the exceptions
 * length    = a byte: the length (`norms.ts`) of the field that a code counts, when it is only one
 * exception = varint count of each field, one for each code 0 in order
 * ```
 *
 * With its length a posting is scored from what stands beside it: a look into the columns, which are larger than the
 * processor's caches, took four times as long as everything else. Documents stand apart from counts so that either is decoded in a loop without a branch to guess; the block table
 * lets a reader jump to a document without decoding what lies before it.
 */

export const BLOCK_SIZE = 128
/** Shorter lists have neither field frequencies, which are counted, nor lengths: nearly all lists are short. */
const FEW = 16

/** Counts up to 3 in each of up to four fields as one byte; 0 when they do not fit. */
export const codeOf = (counts: ArrayLike<number>, fields: number): number => {
  if (fields === 1) return counts[0]! < 256 ? counts[0]! : 0
  let code = 0
  for (let field = 0; field < fields; field++) {
    const count = counts[field]!
    if (count > 3) return 0
    code |= count << (2 * field)
  }
  return code
}

/** For each code of four fields the only field it counts; −1 for several, 4 for none. */
export const ONLY_FIELD = Int8Array.from({ length: 256 }, (_, code) => {
  const fields = [0, 1, 2, 3].filter(field => ((code >>> (2 * field)) & 3) > 0)
  return fields.length === 0 ? 4 : fields.length === 1 ? fields[0]! : -1
})

/** The only field that a code counts; below 0 or above 3 when there is none. */
export const onlyField = (code: number, fields: number): number =>
  fields === 1 ? (code === 0 ? 4 : 0) : ONLY_FIELD[code]!

/** What a code says of one field. */
export const countIn = (code: number, field: number, fields: number): number =>
  fields === 1 ? code : (code >>> (2 * field)) & 3

/** Collects one list after the other; documents must come in ascending order. */
export class PostingWriter {
  #fields: number
  readonly #frequencies = new Uint32Array(4)
  readonly #list = new ByteWriter(1024)
  readonly #body = new ByteWriter(1024)
  readonly #table = new ByteWriter(64)
  readonly #exceptions = new ByteWriter(16)
  readonly #codes = new Uint8Array(BLOCK_SIZE)
  readonly #lengths = new Uint8Array(BLOCK_SIZE)
  #headBytes = 0
  #documents = 0
  #last = 0
  #blockStart = 0
  #blockLast = 0

  constructor(fields: number) {
    this.#fields = fields
  }

  get documents(): number {
    return this.#documents
  }

  /** Begins a new list. */
  reset(fields: number): void {
    this.#fields = fields
    this.#frequencies.fill(0)
    this.#body.length = 0
    this.#table.length = 0
    this.#exceptions.length = 0
    this.#documents = 0
    this.#last = 0
    this.#blockStart = 0
    this.#blockLast = 0
  }

  /** `counts[i]`: occurrences in field i; at least one is above 0. `length`: see `addCode`. */
  add(document: number, counts: ArrayLike<number>, length = 0): void {
    this.#closeFullBlock()
    const code = codeOf(counts, this.#fields)
    if (code === 0) {
      for (let field = 0; field < this.#fields; field++) {
        this.#exceptions.varint(counts[field]!)
        if (counts[field]! > 0) this.#frequencies[field]!++
      }
    } else this.#countCode(code)
    this.#append(document, code, length)
  }

  /** A posting whose counts are in its code, which is not 0. `length`: the byte of `onlyField`'s length, if there is one. */
  addCode(document: number, code: number, length = 0): void {
    this.#closeFullBlock()
    this.#countCode(code)
    this.#append(document, code, length)
  }

  /** Of the list that was finished last: how many of its bytes say how often the term occurs; 0 for short lists. */
  get headBytes(): number {
    return this.#headBytes
  }

  /** The whole list; valid until the next one is begun. */
  finish(): Uint8Array {
    // The last block needs no row: it ends where the list ends.
    this.#writeCodes()
    const list = this.#list
    list.length = 0
    list.varint(this.#documents)
    if (this.#documents > FEW) for (let field = 0; field < this.#fields; field++) list.varint(this.#frequencies[field]!)
    this.#headBytes = this.#documents > FEW ? list.length : 0
    list.append(this.#table.view())
    list.append(this.#body.view())
    return list.view()
  }

  #countCode(code: number): void {
    const frequencies = this.#frequencies
    if (this.#fields === 1) {
      frequencies[0]!++
      return
    }
    if (code & 3) frequencies[0]!++
    if (code & 12) frequencies[1]!++
    if (code & 48) frequencies[2]!++
    if (code & 192) frequencies[3]!++
  }

  #append(document: number, code: number, length: number): void {
    this.#body.varint(document - this.#last)
    this.#codes[this.#documents & (BLOCK_SIZE - 1)] = code
    this.#lengths[this.#documents & (BLOCK_SIZE - 1)] = length
    this.#last = document
    this.#documents++
  }

  #closeFullBlock(): void {
    if (this.#documents === 0 || (this.#documents & (BLOCK_SIZE - 1)) !== 0) return
    this.#writeCodes()
    this.#table.varint(this.#last - this.#blockLast)
    this.#table.varint(this.#body.length - this.#blockStart)
    this.#blockLast = this.#last
    this.#blockStart = this.#body.length
  }

  #writeCodes(): void {
    const open = this.#documents === 0 ? 0 : ((this.#documents - 1) & (BLOCK_SIZE - 1)) + 1
    this.#body.append(this.#codes.subarray(0, open))
    if (this.#documents > FEW) this.#body.append(this.#lengths.subarray(0, open))
    this.#body.append(this.#exceptions.view())
    this.#exceptions.length = 0
  }
}

const NO_ROWS = new Uint32Array(0)

/** Past the last document of a list. */
export const END = 0xffffffff

/** Whether what `TableReader.head` gives is the head of a list, or a whole one. */
export const isWholeList = (head: Uint8Array): boolean => documentsOf(head) <= FEW

/** Reads a list block by block: documents into `docs`, codes in place. One block is valid until the next is read. */
export class BlockReader {
  readonly documents: number
  readonly bytes: Uint8Array
  readonly fields: number
  readonly blocks: number
  /** The documents of the block read last. */
  readonly docs: Uint32Array
  /** Where the codes of that block begin in `bytes`, and its lengths, if `hasLengths`, and its exceptions. */
  codesAt = 0
  lengthsAt = 0
  exceptionsAt = 0
  readonly hasLengths: boolean
  /** Last document and end of each block but the last; read when a block is. */
  #lasts = NO_ROWS
  #ends = NO_ROWS
  readonly #tableAt: number
  #bodyAt = 0
  readonly #storedFrequencies: Float64Array | undefined
  /** The next block to be read. */
  block = 0

  constructor(list: Uint8Array, fields: number) {
    const reader = new ByteReader(list)
    this.bytes = list
    this.fields = fields
    this.documents = reader.varint()
    this.hasLengths = this.documents > FEW
    this.blocks = Math.ceil(this.documents / BLOCK_SIZE)
    this.docs = new Uint32Array(Math.min(BLOCK_SIZE, this.documents))
    if (this.documents > FEW) this.#storedFrequencies = Float64Array.from({ length: fields }, () => reader.varint())
    this.#tableAt = reader.position
  }

  /** What stands before the blocks: not needed by who only counts. */
  #readTable(): void {
    const reader = new ByteReader(this.bytes, this.#tableAt)
    const rows = this.blocks - 1
    this.#lasts = new Uint32Array(rows)
    this.#ends = new Uint32Array(rows)
    let last = 0
    let end = 0
    for (let row = 0; row < rows; row++) {
      last += reader.varint()
      end += reader.varint()
      this.#lasts[row] = last
      this.#ends[row] = end
    }
    this.#bodyAt = reader.position
  }

  /** Number of documents that hold the term in each field. */
  frequencies(): Float64Array {
    if (this.#storedFrequencies) return this.#storedFrequencies
    const frequencies = new Float64Array(this.fields)
    const reader = new BlockReader(this.bytes, this.fields)
    const n = reader.read(0)
    const counts = new Uint32Array(4)
    let exceptionAt = reader.exceptionsAt
    for (let i = 0; i < n; i++) {
      const code = this.bytes[reader.codesAt + i]!
      if (code === 0) exceptionAt = reader.exception(exceptionAt, counts)
      for (let field = 0; field < this.fields; field++) {
        if ((code === 0 ? counts[field]! : countIn(code, field, this.fields)) > 0) frequencies[field]!++
      }
    }
    return frequencies
  }

  /** Reads the next block; the number of its postings, 0 after the last. */
  next(): number {
    return this.block < this.blocks ? this.read(this.block) : 0
  }

  /** The last document of a block; `END` for the last block, whose end is not written down. */
  lastOf(block: number): number {
    if (this.#bodyAt === 0) this.#readTable()
    return block < this.blocks - 1 ? this.#lasts[block]! : END
  }

  /** The last document before a block. */
  baseOf(block: number): number {
    if (this.#bodyAt === 0) this.#readTable()
    return block === 0 ? 0 : this.#lasts[block - 1]!
  }

  /** Reads one block; the number of its postings. */
  read(block: number): number {
    const { bytes, docs } = this
    const n = Math.min(BLOCK_SIZE, this.documents - block * BLOCK_SIZE)
    let document = this.baseOf(block)
    let at = this.#bodyAt + (block === 0 ? 0 : this.#ends[block - 1]!)
    for (let i = 0; i < n; i++) {
      let byte = bytes[at++]!
      if (byte > 0x7f) {
        let value = byte & 0x7f
        let shift = 7
        do {
          byte = bytes[at++]!
          value |= (byte & 0x7f) << shift
          shift += 7
        } while (byte > 0x7f)
        document += value
      } else document += byte
      docs[i] = document
    }
    this.codesAt = at
    this.lengthsAt = at + n
    this.exceptionsAt = this.hasLengths ? at + 2 * n : at + n
    this.block = block + 1
    return n
  }

  /** Reads the exception at a place; where the next one stands. */
  exception(at: number, counts: Uint32Array): number {
    const reader = new ByteReader(this.bytes, at)
    for (let field = 0; field < this.fields; field++) counts[field] = reader.varint()
    return reader.position
  }
}

/** Walks one list document by document. Start with `next()` or `seek()`; `document` is −1 before, `END` after the last. */
export class PostingCursor {
  readonly documents: number
  document = -1
  /** Occurrences in each field at `document`. */
  readonly counts = new Uint32Array(4)
  readonly #reader: BlockReader
  /** Postings of the block that is read, and the next one in it. */
  #size = 0
  #at = 0
  #exceptionAt = 0

  constructor(list: Uint8Array, fields: number) {
    this.#reader = new BlockReader(list, fields)
    this.documents = this.#reader.documents
  }

  get fieldFrequencies(): readonly number[] {
    return [...this.#reader.frequencies()]
  }

  /** Moves to the next document and returns it. */
  next(): number {
    if (this.#at === this.#size && !this.#open(this.#reader.block)) return END
    this.#take()
    return this.document
  }

  /** Moves to the first document ≥ `target` (stays where it is when already there), skipping whole blocks. */
  seek(target: number): number {
    if (this.document >= target) return this.document
    const reader = this.#reader
    let block = Math.max(0, reader.block - 1)
    if (reader.lastOf(block) < target) {
      while (reader.lastOf(block) < target) block++
      if (!this.#open(block)) return END
    } else if (reader.block === 0 && !this.#open(0)) return END
    const { docs } = reader
    // Codes are taken on the way only where an exception must be passed.
    while (this.#at < this.#size && docs[this.#at]! < target) this.#skip()
    if (this.#at === this.#size) {
      // The last block ends before the target.
      this.document = END
      return END
    }
    this.#take()
    return this.document
  }

  #open(block: number): boolean {
    if (block >= this.#reader.blocks) {
      this.document = END
      return false
    }
    this.#size = this.#reader.read(block)
    this.#at = 0
    this.#exceptionAt = this.#reader.exceptionsAt
    return true
  }

  #skip(): void {
    if (this.#reader.bytes[this.#reader.codesAt + this.#at] === 0)
      this.#exceptionAt = this.#reader.exception(this.#exceptionAt, this.counts)
    this.#at++
  }

  #take(): void {
    const reader = this.#reader
    const code = reader.bytes[reader.codesAt + this.#at]!
    const { counts } = this
    if (code === 0) this.#exceptionAt = reader.exception(this.#exceptionAt, counts)
    else if (reader.fields === 1) counts[0] = code
    else {
      counts[0] = code & 3
      counts[1] = (code >>> 2) & 3
      counts[2] = (code >>> 4) & 3
      counts[3] = code >>> 6
    }
    this.document = reader.docs[this.#at]!
    this.#at++
  }
}

/** The number of documents of a list, without reading more. */
export const documentsOf = (list: Uint8Array): number => new ByteReader(list).varint()
