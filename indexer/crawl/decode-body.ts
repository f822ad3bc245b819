import type { Transform } from 'node:stream'
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib'
import { createByteSink } from './byte-sink.ts'
import { FetchFault } from './fetch-errors.ts'

type Coding = 'gzip' | 'deflate' | 'br' | 'zstd'

export interface DecodedBody {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The limit was reached, or the bytes given were themselves cut. */
  readonly truncated: boolean
}

const CODINGS: Readonly<Record<string, Coding>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  br: 'br',
  zstd: 'zstd',
}

/** What a crawler that can undo these says in `Accept-Encoding`. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br, zstd'

/** The encodings of a `Content-Encoding` header in the order they were applied. Throws a `FetchFault`: too many, or unknown. */
export const contentCodings = (header: string | undefined, maxEncodings: number): readonly Coding[] => {
  const names = (header ?? '')
    .toLowerCase()
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '' && name !== 'identity')
  if (names.length > maxEncodings) throw new FetchFault('too-many-encodings', `${names.length} content encodings`)
  return names.map(name => {
    const coding = CODINGS[name]
    if (coding === undefined) throw new FetchFault('decoding-error', `content encoding ${name.slice(0, 60)}`)
    return coding
  })
}

/** Whether `deflate` data has the zlib header that RFC 9110 asks for; some servers send it without. */
const hasZlibHeader = (data: Uint8Array): boolean => {
  const [first = 0, second = 0] = data
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0
}

const decoderOf = (coding: Coding, data: Uint8Array): Transform => {
  if (coding === 'gzip') return createGunzip()
  if (coding === 'br') return createBrotliDecompress()
  // RFC 9659: a window of 8 MiB at most over HTTP, where zstd itself would reserve 128.
  if (coding === 'zstd') return createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 23 } })
  return hasZlibHeader(data) ? createInflate() : createInflateRaw()
}

/** zlib's codes for data that stops early; a wrong checksum is the same loss, found at the end. */
const endsEarly = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === 'Z_BUF_ERROR') || /^incorrect (?:data|length) check$/.test(error.message))

const undo = async (data: Uint8Array, coding: Coding, maxBytes: number, cut: boolean): Promise<DecodedBody> => {
  const sink = createByteSink(maxBytes)
  const decoder = decoderOf(coding, data)
  decoder.end(data)
  try {
    for await (const chunk of decoder) {
      // Leaving the loop destroys the decoder: a bomb is undone up to the limit and no further.
      if (chunk instanceof Uint8Array && !sink.push(chunk)) return { bytes: sink.take(), truncated: true }
    }
  } catch (error) {
    if (!endsEarly(error)) throw new FetchFault('decoding-error', `not ${coding}: ${String(error)}`, { cause: error })
    if (!cut) throw new FetchFault('truncated-body', `${coding} data end early`, { cause: error })
  }
  return { bytes: sink.take(), truncated: cut }
}

/**
 * A body with its content encodings undone, last applied first, every layer stopped at `maxBytes`. `cut`: the bytes given are only the
 * beginning, so that their early end is no fault. Rejects with a `FetchFault`.
 */
export const decodeBody = async (
  wire: Uint8Array<ArrayBuffer>,
  codings: readonly Coding[],
  maxBytes: number,
  cut: boolean,
): Promise<DecodedBody> => {
  if (wire.length === 0 || codings.length === 0) {
    const whole = wire.length <= maxBytes
    return { bytes: whole ? wire : wire.slice(0, maxBytes), truncated: cut || !whole }
  }
  let body: DecodedBody = { bytes: wire, truncated: cut }
  for (const coding of codings.toReversed()) body = await undo(body.bytes, coding, maxBytes, body.truncated)
  return body
}

/** Whether bytes are a gzip file whatever their header says, as `sitemap.xml.gz` is. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b
