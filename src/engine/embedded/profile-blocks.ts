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

  /** The JSON of a profile. */
  json(document: number): string {
    const lines = this.#lines(Math.floor(document / PROFILES_A_BLOCK))
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

  #lines(block: number): Uint8Array {
    const { offsets, lengths, crcs } = this.#index
    const offset = offsets[block]
    if (offset === undefined) throw this.#damaged(`the profiles of block ${block} are missing`)
    const known = this.#cache.get(this.#cacheKey + offset)
    if (known) return known
    const bytes = this.#source.read(offset, lengths[block]!)
    if (crc32(bytes) !== crcs[block]) throw this.#damaged(`the profiles of block ${block} are damaged`)
    const lines = zstdDecompressSync(bytes)
    this.#cache.put(this.#cacheKey + offset, lines)
    return lines
  }
}
