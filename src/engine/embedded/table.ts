import { crc32 } from 'node:zlib'
import type { ByteCache } from './byte-cache.ts'
import type { ByteSink, ByteSource } from './byte-source.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { growingU8, growingU32 } from './growing.ts'

/**
 * A sorted table of keys and values, written once. Rows stand in blocks of up to 32; a key is what it does not share
 * with the one before. Longer values stand on their own, with place, length and CRC-32 in the row. The index (first
 * key, place and CRC-32 of each block) stays in memory: some 25 bytes for 32 rows.
 *
 * ```
 * row   = varint bytes shared, varint bytes of its own, those, varint (length of value × 2 + apart), value or place
 * place = varint offset in the file, CRC-32 (4 bytes, lowest first), length of head (1 byte), head: the first bytes of the value
 * ```
 */

const ROWS_A_BLOCK = 32
/** Fuller blocks are closed before they have all their rows. */
const BLOCK_BYTES = 4096
/** Longer values stand apart. */
const INLINE_BYTES = 48

/** What is kept in memory of a table. */
export interface TableIndex {
  readonly offsets: Uint32Array
  readonly lengths: Uint32Array
  readonly crcs: Uint32Array
  /** Where the first key of each block begins in `keys`, and their end. */
  readonly keyStarts: Uint32Array
  readonly keys: Uint8Array
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
export const keyBytes = (key: string): Uint8Array => encoder.encode(key)
export const keyText = (key: Uint8Array): string => decoder.decode(key)

/** Below, equal or above 0, by bytes; a key that begins another comes before it. */
export const compareKeys = (a: Uint8Array, b: Uint8Array): number => {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const difference = a[at]! - b[at]!
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** Characters that UTF-16 orders otherwise than their bytes. */
const OUT_OF_ORDER = /[\ud800-\uffff]/

/** Compares texts as their keys are compared: by their UTF-8 bytes. */
export const compareTexts = (a: string, b: string): number => {
  if (OUT_OF_ORDER.test(a) || OUT_OF_ORDER.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : a > b ? 1 : 0
}

/** The places of some texts in the order of their UTF-8 bytes. */
export const orderOfTexts = (texts: readonly string[]): Uint32Array => {
  const order = Array.from(texts.keys())
  if (texts.some(text => OUT_OF_ORDER.test(text))) order.sort((a, b) => compareTexts(texts[a]!, texts[b]!))
  else order.sort((a, b) => (texts[a]! < texts[b]! ? -1 : texts[a]! > texts[b]! ? 1 : 0))
  return Uint32Array.from(order)
}

/** Writes a table into a sink that others may write to between two rows. */
export class TableWriter {
  readonly #sink: ByteSink
  readonly #block = new ByteWriter(BLOCK_BYTES + 1024)
  readonly #offsets = growingU32()
  readonly #lengths = growingU32()
  readonly #crcs = growingU32()
  readonly #keyStarts = growingU32()
  readonly #keys = growingU8(1024)
  #last = new Uint8Array(256)
  #lastLength = -1
  #rows = 0

  constructor(sink: ByteSink) {
    this.#sink = sink
  }

  /**
   * Keys come in ascending order of their bytes, each once. `head`: so many bytes (≤ 255) of a long value can be read
   * without the rest.
   */
  put(key: Uint8Array, value: Uint8Array, head = 0): void {
    if (this.#rows === ROWS_A_BLOCK || this.#block.length >= BLOCK_BYTES) this.#closeBlock()
    const shared = this.#sharedBytes(key)
    if (this.#rows === 0) this.#openBlock(key)
    const block = this.#block
    const kept = this.#rows === 0 ? 0 : shared
    block.varint(kept)
    block.varint(key.length - kept)
    block.append(key.subarray(kept))
    if (value.length <= INLINE_BYTES) {
      block.varint(value.length * 2)
      block.append(value)
    } else {
      block.varint(value.length * 2 + 1)
      block.varint(this.#sink.position)
      block.uint32(crc32(value))
      block.byte(head)
      block.append(value.subarray(0, head))
      this.#sink.write(value)
    }
    this.#rows++
    this.#remember(key)
  }

  finish(): TableIndex {
    this.#closeBlock()
    this.#keyStarts.push(this.#keys.length)
    return {
      offsets: this.#offsets.view(),
      lengths: this.#lengths.view(),
      crcs: this.#crcs.view(),
      keyStarts: this.#keyStarts.view(),
      keys: this.#keys.view(),
    }
  }

  #sharedBytes(key: Uint8Array): number {
    const last = this.#last
    const length = Math.min(key.length, this.#lastLength)
    let shared = 0
    while (shared < length && key[shared] === last[shared]) shared++
    const ascends =
      this.#lastLength < 0 || (shared < key.length && (shared === this.#lastLength || key[shared]! > last[shared]!))
    if (!ascends) throw new RangeError(`the key "${keyText(key)}" does not come after the one before`)
    return shared
  }

  #remember(key: Uint8Array): void {
    if (key.length > this.#last.length) this.#last = new Uint8Array(key.length * 2)
    this.#last.set(key)
    this.#lastLength = key.length
  }

  #openBlock(key: Uint8Array): void {
    this.#keyStarts.push(this.#keys.length)
    this.#keys.reserve(key.length)
    this.#keys.array.set(key, this.#keys.length)
    this.#keys.length += key.length
  }

  #closeBlock(): void {
    if (this.#rows === 0) return
    const bytes = this.#block.view()
    this.#offsets.push(this.#sink.position)
    this.#lengths.push(bytes.length)
    this.#crcs.push(crc32(bytes))
    this.#sink.write(bytes)
    this.#block.length = 0
    this.#rows = 0
  }
}

/** Where a row's value is, as it was found in a block. */
interface Found {
  readonly block: Uint8Array
  readonly at: number
}

/** One row of a table. */
export interface Row {
  readonly key: Uint8Array
  value(): Uint8Array
}

export class TableReader {
  readonly #source: ByteSource
  readonly #index: TableIndex
  readonly #cache: ByteCache
  readonly #cacheKey: number
  readonly #damaged: (what: string) => Error

  /**
   * `cacheKey`: a number that no other user of the cache has, times 2^32. `damaged` makes the error for what is not as
   * it was written.
   */
  constructor(
    source: ByteSource,
    index: TableIndex,
    cache: ByteCache,
    cacheKey: number,
    damaged: (what: string) => Error,
  ) {
    this.#source = source
    this.#index = index
    this.#cache = cache
    this.#cacheKey = cacheKey
    this.#damaged = damaged
  }

  /** Valid until the cache's `release`. */
  get(key: Uint8Array): Uint8Array | undefined {
    const block = this.#blockOf(key)
    if (block < 0) return undefined
    const found = findInBlock(this.#block(block), key)
    return found && this.#value(found.block, found.at)
  }

  /** What was put as the head of a value; the whole of one that has none. */
  head(key: Uint8Array): Uint8Array | undefined {
    const block = this.#blockOf(key)
    if (block < 0) return undefined
    const found = findInBlock(this.#block(block), key)
    return found && (headAt(found.block, found.at) ?? this.#value(found.block, found.at))
  }

  /**
   * The rows from `from` on, in order. `keep`: what is read stays in the cache, and what is given is valid until its
   * `release`; otherwise it is memory of its own.
   */
  *rowsFrom(from: Uint8Array, keep = true): Generator<Row> {
    const blocks = this.#index.offsets.length
    for (let number = Math.max(0, this.#blockOf(from)); number < blocks; number++) {
      for (const row of this.#rowsOf(number, keep)) if (compareKeys(row.key, from) >= 0) yield row
    }
  }

  *#rowsOf(number: number, keep: boolean): Generator<Row> {
    const block = this.#block(number, keep)
    const reader = new ByteReader(block)
    let key = new Uint8Array(0)
    while (reader.position < block.length) {
      const shared = reader.varint()
      const own = reader.varint()
      const next = new Uint8Array(shared + own)
      next.set(key.subarray(0, shared))
      next.set(block.subarray(reader.position, reader.position + own), shared)
      reader.position += own
      const at = reader.position
      yield { key: next, value: () => this.#value(block, at, keep) }
      key = next
      skipValue(reader)
    }
  }

  /** The last block whose first key is not above `key`; −1 when all are. */
  #blockOf(key: Uint8Array): number {
    const { keys, keyStarts } = this.#index
    let low = -1
    let high = this.#index.offsets.length
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if (isAbove(keys, keyStarts[middle]!, keyStarts[middle + 1]!, key)) high = middle
      else low = middle
    }
    return low
  }

  #block(number: number, keep = true): Uint8Array {
    const { offsets, lengths, crcs } = this.#index
    return this.#checked(offsets[number]!, lengths[number]!, crcs[number]!, keep)
  }

  #value(block: Uint8Array, at: number, keep = true): Uint8Array {
    const reader = new ByteReader(block, at)
    const tag = reader.varint()
    const length = tag >>> 1
    if ((tag & 1) === 0) return block.subarray(reader.position, reader.position + length)
    const offset = reader.varint()
    return this.#checked(offset, length, reader.uint32(), keep)
  }

  /** Bytes of the file, compared with their digest when they are read. */
  #checked(offset: number, length: number, crc: number, keep: boolean): Uint8Array {
    const key = this.#cacheKey + offset
    const known = keep ? this.#cache.get(key) : undefined
    if (known) return known
    const bytes = keep ? this.#cache.room(length) : new Uint8Array(length)
    if (this.#source.readInto(bytes, offset) !== length || crc32(bytes) !== crc)
      throw this.#damaged(`${length} bytes at ${offset} are damaged`)
    if (keep) this.#cache.put(key, bytes)
    return bytes
  }
}

/** Whether the key at `start` is above `key`. */
const isAbove = (keys: Uint8Array, start: number, end: number, key: Uint8Array): boolean => {
  const length = Math.min(end - start, key.length)
  for (let at = 0; at < length; at++) {
    const difference = keys[start + at]! - key[at]!
    if (difference !== 0) return difference > 0
  }
  return end - start > key.length
}

const skipValue = (reader: ByteReader): void => {
  const tag = reader.varint()
  if ((tag & 1) === 0) reader.position += tag >>> 1
  else {
    reader.varint()
    reader.position += 4
    reader.position += 1 + reader.bytes[reader.position]!
  }
}

const headAt = (block: Uint8Array, at: number): Uint8Array | undefined => {
  const reader = new ByteReader(block, at)
  if ((reader.varint() & 1) === 0) return undefined
  reader.varint()
  reader.position += 4
  const length = reader.byte()
  return length > 0 ? block.subarray(reader.position, reader.position + length) : undefined
}

/** Finds a key among front-coded rows without putting any of them together. */
const findInBlock = (block: Uint8Array, key: Uint8Array): Found | undefined => {
  const reader = new ByteReader(block)
  // How many bytes of `key` the row before begins with; that row was below `key`.
  let matched = 0
  while (reader.position < block.length) {
    const shared = reader.varint()
    const own = reader.varint()
    const start = reader.position
    reader.position += own
    if (shared < matched) return undefined
    if (shared === matched) {
      let same = 0
      while (same < own && matched + same < key.length && block[start + same] === key[matched + same]) same++
      const atEndOfKey = matched + same === key.length
      if (same === own && atEndOfKey) return { block, at: reader.position }
      if (same < own && (atEndOfKey || block[start + same]! > key[matched + same]!)) return undefined
      matched += same
    }
    skipValue(reader)
  }
  return undefined
}
