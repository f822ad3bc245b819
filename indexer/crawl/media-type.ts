import type { FetchPurpose } from './ports.ts'

/** Whether a declared media type can be what is sought: `maybe` leaves it to the first bytes. */
export type Verdict = 'yes' | 'no' | 'maybe'

const HTML = new Set(['text/html', 'application/xhtml+xml'])

/** The types that say nothing (WHATWG MIME Sniffing §7). */
const UNKNOWN = new Set(['', 'unknown/unknown', 'application/unknown', '*/*'])

const SITEMAP = /^(?:text\/(?:xml|plain|html)|application\/(?:xml|(?:rss|atom|rdf)\+xml|gzip|x-gzip|octet-stream))$/

const essence = (contentType: string | undefined): string =>
  (contentType ?? '').split(/[;,]/, 1)[0]!.trim().toLowerCase()

/** What a `Content-Type` header promises for a purpose. robots.txt is text whatever its server calls it; a sitemap reader judges by itself. */
export const declaredVerdict = (contentType: string | undefined, purpose: FetchPurpose): Verdict => {
  if (purpose === 'robots') return 'yes'
  const type = essence(contentType)
  if (purpose === 'sitemap') return UNKNOWN.has(type) || SITEMAP.test(type) ? 'yes' : 'no'
  if (HTML.has(type)) return 'yes'
  return UNKNOWN.has(type) ? 'maybe' : 'no'
}

/** As many bytes as WHATWG MIME Sniffing reads. */
const SNIFFED_BYTES = 1_445

/** First bytes of what is never a page: PDF, archives, images, fonts, programs, Office's old files. */
const SIGNATURES: readonly string[] = [
  '%PDF-',
  '%!PS-Adobe-',
  'PK\x03\x04',
  '\x1f\x8b\x08',
  'Rar!',
  '7z\xbc\xaf\x27\x1c',
  'GIF8',
  '\x89PNG',
  '\xff\xd8\xff',
  'RIFF',
  'wOF',
  'OggS',
  'ID3',
  '\x00asm',
  '\x7fELF',
  '\xd0\xcf\x11\xe0',
]

/** How a page begins when nothing declares it (WHATWG MIME Sniffing §7.1). */
const HTML_START =
  /^[\t\n\f\r ]*<(?:!DOCTYPE HTML|HTML|HEAD|SCRIPT|IFRAME|H1|DIV|FONT|TABLE|A|STYLE|TITLE|B|BODY|BR|P|!--|\?xml)[ >-]/i

const isBinaryByte = (byte: number): boolean =>
  byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f)

/** One byte in fifty that no text holds: real pages carry a stray one, random bytes one in nine. UTF-16 is full of them. */
const looksBinary = (start: Uint8Array, contentType: string | undefined): boolean => {
  const utf16 = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)
  if (utf16 || /charset\s*=\s*["']?utf-?(?:16|32)/i.test(contentType ?? '')) return false
  return start.filter(isBinaryByte).length * 50 > start.length
}

/** Whether a body is a page by its first bytes: binary files labelled as HTML are not; what nothing declares must begin like one. */
export const isPage = (body: Uint8Array, contentType: string | undefined): boolean => {
  const start = body.subarray(0, SNIFFED_BYTES)
  const text = Buffer.from(start)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
  if (SIGNATURES.some(signature => text.startsWith(signature)) || looksBinary(start, contentType)) return false
  return declaredVerdict(contentType, 'page') === 'yes' || HTML_START.test(text)
}
