import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { WrongFormatError } from './errors.ts'

/** A published file on disk, fingerprinted before it is read. */
export interface SourceFile {
  readonly path: string
  /** Its base name, as messages show it. */
  readonly name: string
  readonly bytes: number
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string
  readonly encoding: 'utf-8' | 'windows-1252'
}

/** Fatal to the decoder, once: what is not UTF-8 in a file of our time is what spreadsheets write. */
const utf8Check = (): ((chunk?: Uint8Array) => boolean) => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let valid = true
  return chunk => {
    if (!valid) return false
    try {
      decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      valid = false
    }
    return valid
  }
}

/**
 * Reads a file once for its digest and encoding. Throws when it cannot be read, and `WrongFormatError` when it is
 * compressed or UTF-16.
 */
export const inspectFile = async (path: string): Promise<SourceFile> => {
  const name = basename(path)
  const hash = createHash('sha256')
  const isUtf8 = utf8Check()
  let bytes = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (bytes === 0) refuseBinary(name, chunk)
    hash.update(chunk)
    isUtf8(chunk)
    bytes += chunk.length
  }
  return { path, name, bytes, digest: hash.digest('hex'), encoding: isUtf8() ? 'utf-8' : 'windows-1252' }
}

const SIGNATURES: readonly (readonly [bytes: string, what: string, remedy: string])[] = [
  ['504b0304', 'a ZIP or XLSX file', 'unpack it, or save the sheet as CSV UTF-8'],
  ['1f8b', 'a gzip file', 'unpack it first (gunzip)'],
  ['fffe', 'UTF-16 text', 'save it as UTF-8'],
  ['feff', 'UTF-16 text', 'save it as UTF-8'],
]

const refuseBinary = (name: string, start: Buffer): void => {
  const head = start.subarray(0, 4).toString('hex')
  const found = SIGNATURES.find(([bytes]) => head.startsWith(bytes))
  if (found) throw new WrongFormatError(`${name} is ${found[1]}: ${found[2]}`)
}

/**
 * The file's text, in pieces, without byte-order mark. `onBytes` is told how many bytes have been read.
 * Throws when the file has changed since it was inspected.
 */
export async function* readText(file: SourceFile, onBytes?: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(file.encoding)
  let bytes = 0
  for await (const chunk of createReadStream(file.path) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    yield decoder.decode(chunk, { stream: true })
    onBytes?.(bytes)
  }
  yield decoder.decode()
  if (bytes !== file.bytes || (await stat(file.path)).size !== file.bytes) {
    throw new Error(`${file.name} changed while it was read: run the import again when it is complete`)
  }
}
