import { crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { ByteCache } from './byte-cache.ts'
import type { ByteSink, ByteSource } from './byte-source.ts'
import { growingU32 } from './growing.ts'

/**
 * The profiles of a segment as JSON lines, 16 a block, each block compressed on its own (Zstandard, level 3: 440 bytes a
 * profile of 1,470, against 825 one by one; a block is read in 60 µs).
 */
export const PROFILES_A_BLOCK = 16
const NEW_LINE = 10

/** What is kept in memory: place and CRC-32 of each block. */
export interface ProfileIndex {
  readonly offsets: Uint32Array
  readonly lengths: Uint32Array
  readonly crcs: Uint32Array
}

export const compressBlock = (lines: Uint8Array): Uint8Array => zstdCompressSync(lines)

/** Nearly every block fits: what comes in several pieces is put together in another array. */
const DECOMPRESSION = { chunkSize: 1 << 15 }

/** Collects profiles and writes their blocks. */
export class ProfileWriter {
  readonly #sink: ByteSink
  readonly #offsets = growingU32()
  readonly #lengths = growingU32()
  readonly #crcs = growingU32()
  #lines: string[] = []

  constructor(sink: ByteSink) {
    this.#sink = sink
  }

  /** Takes a profile's JSON. The lines of a block when it is full: to be compressed and given to `write`, in order. */
  add(json: string): Uint8Array | undefined {
    this.#lines.push(json)
    return this.#lines.length === PROFILES_A_BLOCK ? this.take() : undefined
  }

  /** The lines of the block that is not full; `undefined` when it is empty. */
  take(): Uint8Array | undefined {
    if (this.#lines.length === 0) return undefined
    const lines = Buffer.from(this.#lines.join('\n'))
    this.#lines = []
    return lines
  }

  write(block: Uint8Array): void {
    this.#offsets.push(this.#sink.position)
    this.#lengths.push(block.length)
    this.#crcs.push(crc32(block))
    this.#sink.write(block)
  }

  finish(): ProfileIndex {
    return { offsets: this.#offsets.view(), lengths: this.#lengths.view(), crcs: this.#crcs.view() }
  }
}

export class ProfileReader {
  readonly #source: ByteSource
  readonly #index: ProfileIndex
  readonly #cache: ByteCache
  readonly #cacheKey: number
  readonly #damaged: (what: string) => Error
  #last: { readonly block: number; readonly lines: Uint8Array } | undefined

  constructor(
    source: ByteSource,
    index: ProfileIndex,
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

  /** The JSON of a profile. `keep`: its block stays in the cache; otherwise only until another is read. */
  json(document: number, keep = true): string {
    const lines = this.#lines(Math.floor(document / PROFILES_A_BLOCK), keep)
    let start = 0
    for (let skip = document % PROFILES_A_BLOCK; skip > 0; skip--) {
      start = lines.indexOf(NEW_LINE, start) + 1
      if (start === 0) throw this.#damaged(`profile ${document} is missing`)
    }
    const end = lines.indexOf(NEW_LINE, start)
    return Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength).toString(
      'utf8',
      start,
      end < 0 ? undefined : end,
    )
  }

  #lines(block: number, keep: boolean): Uint8Array {
    const offset = this.#index.offsets[block]
    if (offset === undefined) throw this.#damaged(`the profiles of block ${block} are missing`)
    if (!keep) {
      if (this.#last?.block !== block) this.#last = { block, lines: this.#read(block, offset) }
      return this.#last.lines
    }
    const key = this.#cacheKey + offset
    const known = this.#cache.get(key)
    if (known) return known
    const lines = this.#read(block, offset)
    const kept = this.#cache.room(lines.length)
    kept.set(lines)
    this.#cache.put(key, kept)
    return kept
  }

  #read(block: number, offset: number): Uint8Array {
    const { lengths, crcs } = this.#index
    const bytes = this.#source.read(offset, lengths[block]!)
    if (crc32(bytes) !== crcs[block]) throw this.#damaged(`the profiles of block ${block} are damaged`)
    return zstdDecompressSync(bytes, DECOMPRESSION)
  }
}
