import { createHash } from 'node:crypto'
import type { IndexBuild, IndexState } from '../engine.ts'
import { analyseProfile } from './analysed.ts'
import { columnValues } from './columns.ts'
import { nameKeys } from './completion.ts'
import { IndexFile } from './index-file.ts'
import {
  createIndexFolder,
  currentIndex,
  indexFilePath,
  removeIndexFolder,
  removeOldIndexes,
  setCurrentIndex,
} from './index-folder.ts'
import { SegmentBuilder } from './segment.ts'

/** Profiles a segment of a rebuild: bounds the memory of the build (engine.md: 628 MB at a million). */
const SEGMENT_SIZE = 131_072
/** Profiles a transaction. */
const BATCH_SIZE = 1000

/** Starts a full rebuild beside the live index of `stateFolder`. One build at a time: the caller holds the lock. */
export const createEmbeddedBuild = (stateFolder: string): IndexBuild => {
  const name = createIndexFolder(stateFolder)
  const file = IndexFile.create(indexFilePath(stateFolder, name))
  const dictionary = file.dictionary()
  const digest = createHash('sha256')
  let builder = new SegmentBuilder()
  let base = 0
  let id = 0
  let inTransaction = 0
  let begun: (() => void) | undefined

  const begin = (): void => {
    if (begun) return
    begun = file.begin()
  }
  const commitBatch = (): void => {
    begun?.()
    begun = undefined
    inTransaction = 0
  }
  const seal = (): void => {
    if (builder.count === 0) return
    begin()
    file.writeSegment(base, builder.seal())
    commitBatch()
    base = id
    builder = new SegmentBuilder()
  }

  return {
    async add(supplier) {
      begin()
      file.putProfile(id, supplier, nameKeys(supplier))
      builder.add(analyseProfile(supplier), columnValues(supplier), dictionary.numbers(supplier))
      digest.update(JSON.stringify(supplier))
      id++
      inTransaction++
      if (builder.count >= SEGMENT_SIZE) seal()
      else if (inTransaction >= BATCH_SIZE) commitBatch()
    },
    async commit(seq, options): Promise<IndexState> {
      seal()
      const builtAt = new Date().toISOString()
      // The day for people, the digest of the content for certainty: the same catalogue gives the same digest anywhere.
      const version = `${builtAt.slice(0, 10)}.${digest.digest('hex').slice(0, 8)}`
      begin()
      file.setMeta('version', version)
      file.setMeta('builtAt', builtAt)
      file.setMeta('appliedSeq', String(seq))
      commitBatch()
      file.checkpoint()
      await options?.beforeLive?.([])
      file.close()
      const before = currentIndex(stateFolder)
      setCurrentIndex(stateFolder, name)
      removeOldIndexes(stateFolder, before)
      return { engine: 'embedded', version, builtAt, suppliers: id }
    },
    async abort() {
      file.close()
      removeIndexFolder(stateFolder, name)
    },
  }
}
