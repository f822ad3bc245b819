import { type DocumentText, parseText } from '../model/document.ts'

const decode = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // What is no UTF-8 was saved by an older French Windows.
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** A text file, in UTF-8, UTF-16 with its mark, or else windows-1252. */
export const readPlainText = (bytes: Uint8Array): DocumentText => parseText(decode(bytes))
