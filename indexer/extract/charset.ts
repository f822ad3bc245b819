import sniff from 'html-encoding-sniffer'

/** A page's text and the name of the encoding it was read in (WHATWG names; `utf-8+windows-1252` for a mixture). */
export interface DecodedHtml {
  readonly text: string
  readonly charset: string
}

const FALLBACK = 'windows-1252'

const headerLabel = (contentType: string | undefined): string | undefined =>
  /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType?.slice(0, 1000) ?? '')?.[1]

/** How many bytes from `start` are one valid UTF-8 character of several bytes; 0 when they are none (Unicode table 3-7). */
const multibyteLength = (bytes: Uint8Array, start: number): number => {
  const first = bytes[start]!
  const length =
    first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0
  const second = bytes[start + 1] ?? 0
  if (first === 0xe0 && second < 0xa0) return 0
  if (first === 0xed && second > 0x9f) return 0
  if (first === 0xf0 && second < 0x90) return 0
  if (first === 0xf4 && second > 0x8f) return 0
  for (let i = 1; i < length; i++) if (((bytes[start + i] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}

/** Whether the bytes end inside a character: a body cut at the limit is still UTF-8. */
const cutCharacterLength = (bytes: Uint8Array): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte >= 0xc0) return byte >= (back === 1 ? 0xc2 : back === 2 ? 0xe0 : 0xf0) ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}

const countCharacters = (bytes: Uint8Array): { readonly valid: number; readonly invalid: number } => {
  let valid = 0
  let invalid = 0
  for (let i = 0; i < bytes.length; ) {
    const length = bytes[i]! < 0x80 ? 1 : multibyteLength(bytes, i)
    if (length > 1) valid++
    if (length === 0) invalid++
    i += length || 1
  }
  return { valid, invalid }
}

const windows1252 = new TextDecoder(FALLBACK)
const utf8 = new TextDecoder('utf-8')

/** UTF-8 where it is valid, windows-1252 for the bytes between: a template in one, a database in the other. */
const decodeMixture = (bytes: Uint8Array): string => {
  const parts: string[] = []
  let start = 0
  let isUtf8 = true
  const flush = (end: number): void => {
    if (end > start) parts.push((isUtf8 ? utf8 : windows1252).decode(bytes.subarray(start, end)))
    start = end
  }
  for (let i = 0; i < bytes.length; ) {
    const length = bytes[i]! < 0x80 ? 1 : multibyteLength(bytes, i)
    if (length > 0 !== isUtf8) {
      flush(i)
      isUtf8 = length > 0
    }
    i += length || 1
  }
  flush(bytes.length)
  return parts.join('')
}

/**
 * Bytes that claim to be UTF-8 and are not: without a cut last character, as a mixture, or, when most of their accents
 * are no UTF-8, as windows-1252 (in which "É»" is valid UTF-8 by chance).
 */
const decodeFalseUtf8 = (bytes: Uint8Array): DecodedHtml => {
  const whole = bytes.subarray(0, bytes.length - cutCharacterLength(bytes))
  const { valid, invalid } = countCharacters(whole)
  if (invalid === 0) return { text: utf8.decode(whole), charset: 'utf-8' }
  if (invalid >= valid) return { text: windows1252.decode(bytes), charset: FALLBACK }
  return { text: decodeMixture(whole), charset: 'utf-8+windows-1252' }
}

const isUtf8Beyond = (bytes: Uint8Array): boolean => {
  const { valid, invalid } = countCharacters(bytes.subarray(0, bytes.length - cutCharacterLength(bytes)))
  return invalid === 0 && valid > 0
}

/** A decoder of that name; windows-1252 for `replacement` and the few names that are no decoder here. */
const decoderOf = (charset: string): typeof windows1252 => {
  try {
    return new TextDecoder(charset)
  } catch {
    return windows1252
  }
}

/**
 * The text of an HTML page: its encoding by byte-order mark, `Content-Type`, `meta`, in that order (HTML standard, the
 * whole page scanned). Two departures, both towards readable names: a page that declares nothing and is valid UTF-8 is
 * UTF-8, and a page that declares UTF-8 falsely is read as windows-1252 where it is not, so that no U+FFFD appears.
 */
export const decodeHtml = (bytes: Uint8Array, contentType?: string): DecodedHtml => {
  const label = headerLabel(contentType)
  const options = { defaultEncoding: 'undeclared', maxPrescanBytes: Number.POSITIVE_INFINITY }
  const sniffed = sniff(bytes, label === undefined ? options : { ...options, transportLayerEncodingLabel: label })
  const charset = (sniffed === 'undeclared' ? (isUtf8Beyond(bytes) ? 'utf-8' : FALLBACK) : sniffed).toLowerCase()
  if (charset === 'utf-8') {
    try {
      return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), charset }
    } catch {
      return decodeFalseUtf8(bytes)
    }
  }
  const decoder = decoderOf(charset)
  return { text: decoder.decode(bytes), charset: decoder.encoding }
}
