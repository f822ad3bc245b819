import { createHash } from 'node:crypto'
import { fieldTexts } from '../../engine/fields.ts'
import type { Supplier } from '../../model/supplier.ts'
import { splitPassages } from '../../text/passages.ts'

/** Which part of a profile a chunk is. */
export interface ChunkRef {
  /** Its place in `chunksOf`. */
  readonly position: number
  readonly kind: 'profile' | 'description' | 'passage'
  /** Of a passage: its number among all passages of `Supplier.texts`, in their order. */
  readonly passage?: number
}

/** A piece of a profile that gets a vector of its own. */
export interface Chunk extends ChunkRef {
  readonly text: string
}

/** Short enough for models of 512 tokens, long enough to say something: e5 with whole texts gave .654, so .758. */
const CHUNK_LENGTH = 500

/** More of one firm's site is not read: its first pages say what it does, and each chunk costs a tenth of a second. */
const MAX_CHUNKS = 64

/** Name, tagline, tags: what the firm calls itself. Cut, not split: a list of tags has no second half. */
const profileText = (supplier: Supplier): string => {
  const texts = (['name', 'tagline', 'tags'] as const).map(field =>
    [...new Set(fieldTexts(supplier, field))].join(', '),
  )
  const all = texts.filter(text => text !== '').join('. ')
  return splitPassages(all, CHUNK_LENGTH)[0]?.slice(0, 2 * CHUNK_LENGTH) ?? ''
}

function* allChunks(supplier: Supplier): Generator<Omit<Chunk, 'position'>> {
  yield { kind: 'profile', text: profileText(supplier) }
  for (const text of fieldTexts(supplier, 'description')) {
    for (const part of splitPassages(text, CHUNK_LENGTH)) yield { kind: 'description', text: part }
  }
  let passage = 0
  for (const { passages } of supplier.texts) {
    for (const text of passages) {
      for (const part of splitPassages(text, CHUNK_LENGTH)) yield { kind: 'passage', passage, text: part }
      passage++
    }
  }
}

/** The chunks of a profile, each text once, at most 64; none for a firm that nothing is said of. */
export const chunksOf = (supplier: Supplier): Chunk[] => {
  const chunks = new Map<string, Chunk>()
  for (const chunk of allChunks(supplier)) {
    if (/[\p{L}\p{N}]/u.test(chunk.text) && !chunks.has(chunk.text)) {
      chunks.set(chunk.text, { ...chunk, position: chunks.size })
    }
    if (chunks.size === MAX_CHUNKS) break
  }
  return [...chunks.values()]
}

/** Names the vector of a text: the same text is embedded once for each model and prefix (`Encoder.identity`). */
export const chunkHash = (identity: string, text: string): string =>
  createHash('sha256').update(identity).update('\0').update(text).digest('base64url')
