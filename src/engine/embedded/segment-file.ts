import type { ByteCache } from './byte-cache.ts'
import { type ByteSource, fileSource } from './byte-source.ts'
import { damaged } from './index-file.ts'
import { openSegment, type Segment } from './segment.ts'
import type { Written } from './segment-writer.ts'
import { isPassing } from './trouble.ts'

/** The file of a sealed segment; `resident` as another thread has it, if it has. */
export interface SegmentFile extends Written {
  readonly path: string
  readonly resident: Uint8Array | undefined
}

/** Opens it, as number `number` of the cache's users; throws `IndexDamagedError` when it is not there, or not as it was written. */
export const openSegmentFile = (
  { path, bytes, digest, resident }: SegmentFile,
  cache: ByteCache,
  number: number,
): Segment => {
  const source = openSource(path, bytes)
  try {
    return openSegment({
      source,
      cache,
      number,
      damaged: what => damaged(path, what),
      digest,
      ...(resident && { resident }),
    })
  } catch (error) {
    source.close()
    throw error
  }
}

const openSource = (path: string, bytes: number): ByteSource => {
  try {
    return fileSource(path, bytes)
  } catch (error) {
    throw isPassing(error) ? error : damaged(path, 'this part of the index cannot be opened', error)
  }
}
