import { dirname } from 'node:path'
import type { Supplier } from '../../model/supplier.ts'
import { ByteCache } from './byte-cache.ts'
import { FileSink } from './byte-source.ts'
import type { PendingProfile } from './index-file.ts'
import { syncFolder } from './index-folder.ts'
import { Inverter } from './inverter.ts'
import { mergeSegments } from './merge.ts'
import { SegmentBuilder } from './segment-builder.ts'
import { openSegmentFile, type SegmentFile } from './segment-file.ts'
import type { Written } from './segment-writer.ts'
import { LiveSegment } from './statistics.ts'

/** A file of a merge, with the profiles that are removed from it when the merge begins. */
export interface FilePart extends SegmentFile {
  /** 1 for each removed profile. */
  readonly dead: Uint8Array
  /** `LiveSegment.removedRow`. */
  readonly removed: readonly (readonly number[])[]
}

/** A segment to be written to `path`: of files, in their order, or of profiles that none holds yet, by ascending id. */
export type SegmentJob = { readonly path: string } & (
  | { readonly files: readonly FilePart[] }
  | { readonly profiles: readonly PendingProfile[] }
)

/** What is kept of the files of a merge: blocks of profiles that follow each other. */
const CACHE_BYTES = 1 << 20
/** Words that are remembered from one job to the next, some 200 bytes each. */
const MAX_WORDS = 50_000

/** Does one job after the other, and remembers words from one to the next. */
export class SegmentWorker {
  readonly #inverter = new Inverter(MAX_WORDS)

  /** Writes the file and makes it durable; throws `IndexDamagedError` for a file that is not as it was written. */
  write(job: SegmentJob): Written {
    const sink = new FileSink(job.path)
    try {
      const written = 'files' in job ? merged(job.files, sink) : this.#built(job.profiles, sink)
      sink.finish()
      syncFolder(dirname(job.path))
      return written
    } finally {
      sink.abandon()
    }
  }

  #built(profiles: readonly PendingProfile[], sink: FileSink): Written {
    this.#inverter.reset()
    const builder = new SegmentBuilder(sink, this.#inverter)
    for (const { id, json } of profiles) {
      builder.writer.profile(json)
      // Written by this program, sealed by its row's digest; what is analysed is what is stored.
      builder.add(id, JSON.parse(json) as Supplier)
    }
    return builder.finish()
  }
}

const merged = (files: readonly FilePart[], sink: FileSink): Written => {
  const cache = new ByteCache(CACHE_BYTES)
  const parts: LiveSegment[] = []
  try {
    for (const file of files) {
      const live = new LiveSegment(openSegmentFile(file, cache, parts.length + 1))
      parts.push(live)
      file.dead.forEach((isDead, document) => {
        if (isDead === 1) live.bury(document)
      })
      live.restoreRemoved(file.removed)
    }
    return mergeSegments(parts, sink)
  } finally {
    for (const { segment } of parts) segment.close()
  }
}
