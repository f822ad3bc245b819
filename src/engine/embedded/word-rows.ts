import { isSpellable } from '../../text/spell-deletes.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { topWords } from './completion.ts'
import { MAX_TERMS, writeSpelling } from './spelling-index.ts'
import { keyBytes, keyText } from './table.ts'

/**
 * The rows of a segment's table that are made from its exact terms: words as completion offers them (`y:`), the most
 * frequent words of each short prefix (`zt`), spelling (`zl`, `zs`). They follow the terms, so that both a build and a
 * merge have met all exact terms by then.
 */

/** A word of names, taglines and tags, with the number of profiles that hold it. */
export interface IndexedWord {
  readonly term: string
  readonly surface: string
  readonly frequency: number
}

export const wordKey = (term: string): string => `y:${term}`
export const topKey = (prefix: string): string => `zt${prefix}`

export const encodeWord = (writer: ByteWriter, { term, surface, frequency }: IndexedWord): Uint8Array => {
  writer.length = 0
  writer.varint(frequency)
  if (surface !== term) writer.append(keyBytes(surface))
  return writer.view()
}

/** The word of a row. */
export const readWord = (key: Uint8Array, value: Uint8Array): IndexedWord => {
  const term = keyText(key.subarray(2))
  const reader = new ByteReader(value)
  const frequency = reader.varint()
  const surface = keyText(value.subarray(reader.position))
  return { term, surface: surface === '' ? term : surface, frequency }
}

type Put = (key: Uint8Array, value: Uint8Array) => void

/**
 * Writes those rows, in order. `terms`: the exact terms in the order of their keys. The number of
 * bits of a spelling bucket's number. `memory`: as in `writeSpelling`.
 */
export const writeWordRows = (
  terms: readonly string[],
  words: readonly IndexedWord[],
  put: Put,
  memory?: readonly Float64Array[],
): number => {
  const writer = new ByteWriter(64)
  for (const word of words) put(keyBytes(wordKey(word.term)), encodeWord(writer, word))
  const bits = writeSpelling(terms.filter(isSpellable).slice(0, MAX_TERMS), put, memory)
  const tops = [...topWords(words)].map(([prefix, top]) => [keyBytes(topKey(prefix)), keyBytes(top.join(' '))] as const)
  tops.sort(([a], [b]) => Buffer.compare(a, b))
  for (const [key, value] of tops) put(key, value)
  return bits
}
