/** What a file is, by its first bytes: neither its name nor the type that the browser says is believed. */

export type FileKind = 'pdf' | 'zip' | 'text' | 'other'

/** PDF readers accept a header within the first 1,024 bytes (ISO 32000-1, annex H.3.4.1). */
const PDF_HEADER_REACH = 1024
const TEXT_SAMPLE = 4096

/** What looks like text and is another format's source: RTF, PostScript. */
const OTHER_SOURCES = ['{\\rtf', '%!PS']

const isUtf16 = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)

export const fileKind = (bytes: Uint8Array): FileKind => {
  const head = Buffer.from(bytes.subarray(0, TEXT_SAMPLE)).toString('latin1')
  if (head.slice(0, PDF_HEADER_REACH).includes('%PDF-')) return 'pdf'
  // A local file header, or the end of an archive without any file.
  if (head.startsWith('PK\u0003\u0004') || head.startsWith('PK\u0005\u0006')) return 'zip'
  if (OTHER_SOURCES.some(source => head.startsWith(source))) return 'other'
  return isUtf16(bytes) || !head.includes('\u0000') ? 'text' : 'other'
}
