import { createHash, type Hash } from 'node:crypto'
import { join } from 'node:path'
import type { Supplier } from '../../model/supplier.ts'
import type { IndexBuild, IndexState } from '../engine.ts'
import { FileSink } from './byte-source.ts'
import { IndexFile } from './index-file.ts'
import {
  createIndexFolder,
  currentIndex,
  indexFilePath,
  indexFolderPath,
  removeIndexFolder,
  removeOldIndexes,
  segmentFileName,
  setCurrentIndex,
  syncFolder,
} from './index-folder.ts'
import { Inverter } from './inverter.ts'
import { compressBlock } from './profile-blocks.ts'
import { SegmentBuilder } from './segment-builder.ts'
import type { Written } from './segment-writer.ts'
import { explained } from './trouble.ts'

/**
 * Postings a segment of a rebuild: what bounds its memory, 20 bytes each (320 MB, of which 130 only while the segment is
 * written). Some 95,000 profiles of 60 words.
 */
const SEGMENT_POSTINGS = 16_000_000

/** The segment that a build is filling. */
class OpenSegment {
  readonly number: number
  readonly file: string
  readonly firstId: number
  readonly #sink: FileSink
  readonly #digest: Hash
  readonly #builder: SegmentBuilder

  /** `digest` takes in every profile. */
  constructor(folder: string, number: number, firstId: number, inverter: Inverter, digest: Hash) {
    this.#digest = digest
    this.number = number
    this.file = segmentFileName(number)
    this.firstId = firstId
    this.#sink = new FileSink(join(folder, this.file))
    this.#builder = new SegmentBuilder(this.#sink, inverter)
  }

  get isFull(): boolean {
    return this.#builder.postings >= SEGMENT_POSTINGS
  }

  add(id: number, supplier: Supplier): void {
    this.#writeLines(this.#builder.writer.profiles.add(JSON.stringify(supplier)))
    this.#builder.add(id, supplier)
  }

  /** Writes the rest and makes the file durable. */
  finish(): Written {
    this.#writeLines(this.#builder.writer.profiles.take())
    const written = this.#builder.finish()
    this.#sink.finish()
    return written
  }

  abandon(): void {
    this.#sink.abandon()
  }

  /** Compresses on the spot: Node's asynchronous call takes three times as long for blocks of this size. */
  #writeLines(lines: Uint8Array | undefined): void {
    if (!lines) return
    this.#digest.update(lines)
    this.#builder.writer.profiles.write(compressBlock(lines))
  }
}

/** A new index folder with an empty database; nothing is left of it when it cannot be written. */
const createIndex = (stateFolder: string) => {
  const name = createIndexFolder(stateFolder)
  try {
    return { name, file: IndexFile.create(indexFilePath(stateFolder, name)) }
  } catch (error) {
    removeIndexFolder(stateFolder, name)
    throw explained(stateFolder, error)
  }
}

/** Starts a full rebuild beside the live index of `stateFolder`. One build at a time: the caller holds the lock. */
export const createEmbeddedBuild = (stateFolder: string): IndexBuild => {
  const { name, file } = createIndex(stateFolder)
  const folder = indexFolderPath(stateFolder, name)
  const digest = createHash('sha256')
  const inverter = new Inverter()
  let segment: OpenSegment | undefined
  let id = 0

  const begin = (): OpenSegment => {
    const number = file.takeSegmentNumber()
    if (number === undefined) throw new Error(`${folder}: another process writes to this unfinished index`)
    inverter.reset()
    return new OpenSegment(folder, number, id, inverter, digest)
  }

  const seal = (): void => {
    if (!segment) return
    const { number, file: segmentFile, firstId } = segment
    const written = segment.finish()
    segment = undefined
    file.transaction(() => {
      file.putSegment({ id: number, file: segmentFile, ...written, firstId, lastId: id - 1, removed: [] })
      file.update({ nextId: id })
    })
  }

  const guarded = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw explained(stateFolder, error)
    }
  }

  return {
    async add(supplier) {
      guarded(() => {
        segment ??= begin()
        segment.add(id, supplier)
        id++
        if (segment.isFull) seal()
      })
    },
    async commit(seq, options): Promise<IndexState> {
      guarded(seal)
      const builtAt = new Date().toISOString()
      // The day for people, the digest of the content for certainty: the same catalogue gives the same digest anywhere.
      const version = `${builtAt.slice(0, 10)}.${digest.digest('hex').slice(0, 8)}`
      guarded(() => {
        file.transaction(() => file.update({ version, builtAt, appliedSeq: seq, nextId: id }))
        file.checkpoint()
        syncFolder(folder)
      })
      await options?.beforeLive?.([])
      file.close()
      const before = currentIndex(stateFolder)
      setCurrentIndex(stateFolder, name)
      removeOldIndexes(stateFolder, before)
      return { engine: 'embedded', version, builtAt, suppliers: id }
    },
    async abort() {
      segment?.abandon()
      file.close()
      removeIndexFolder(stateFolder, name)
    },
  }
}
