import { createHash, randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { StoredPage } from './ports.ts'

/** Pages as a WARC 1.1 file (ISO 28500:2017), which web archives and their readers take. */

const CRLF = '\r\n'

/** Headers that spoke of the body as it was sent; what is kept is decoded. */
const OF_TRANSFER = new Set(['content-encoding', 'transfer-encoding', 'content-length', 'connection', 'keep-alive'])

/** Each record is a gzip member of its own (ISO 28500, annex D), so that readers can jump to it. */
const record = (headers: readonly (readonly [string, string])[], block: Uint8Array): Uint8Array => {
  const all = [...headers, ['Content-Length', String(block.length)] as const]
  const head = `WARC/1.1${CRLF}${all.map(([name, value]) => `${name}: ${value}${CRLF}`).join('')}${CRLF}`
  return gzipSync(Buffer.concat([Buffer.from(head), block, Buffer.from(CRLF + CRLF)]))
}

const recordId = (): string => `<urn:uuid:${randomUUID()}>`

/** WARC dates are to the second or finer, in UTC. */
const dateOf = (iso: string): string => new Date(iso).toISOString()

const base32 = (bytes: Uint8Array): string => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map(five => letters[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** "sha1:…", the notation that web archives share. */
const digestOf = (bytes: Uint8Array): string => `sha1:${base32(createHash('sha1').update(bytes).digest())}`

/** A header that came from a server is written back on one line. */
const line = (name: string, value: string): string => `${name}: ${value.replace(/[\r\n]+/g, ' ')}${CRLF}`

/** The first record: who wrote the file and what the others hold. */
export const warcInfo = (software: string, at: string): Uint8Array => {
  const fields = [
    line('software', software),
    line('format', 'WARC File Format 1.1'),
    line('description', 'Bodies without transfer and content encodings, cut at the limit of size of the crawl'),
  ]
  return record(
    [
      ['WARC-Type', 'warcinfo'],
      ['WARC-Record-ID', recordId()],
      ['WARC-Date', dateOf(at)],
      ['Content-Type', 'application/warc-fields'],
    ],
    Buffer.from(fields.join('')),
  )
}

/** One page as a response record. */
export const warcResponse = (page: StoredPage): Uint8Array => {
  const headers = Object.entries(page.headers).filter(([name]) => !OF_TRANSFER.has(name.toLowerCase()))
  const head = [
    `HTTP/1.1 ${page.status}${CRLF}`,
    ...headers.map(([name, value]) => line(name, value)),
    line('content-length', String(page.body.length)),
    CRLF,
  ]
  return record(
    [
      ['WARC-Type', 'response'],
      ['WARC-Record-ID', recordId()],
      ['WARC-Date', dateOf(page.fetchedAt)],
      ['WARC-Target-URI', page.finalUrl],
      ['WARC-Payload-Digest', digestOf(page.body)],
      ...(page.truncated ? [['WARC-Truncated', 'length'] as const] : []),
      ['Content-Type', 'application/http;msgtype=response'],
    ],
    Buffer.concat([Buffer.from(head.join('')), page.body]),
  )
}
