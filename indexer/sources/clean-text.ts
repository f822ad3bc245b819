import { redactPersonalData } from '../../src/text/redact.ts'

/** C1 control characters are windows-1252 letters that a publisher's export failed to convert ("l\x92air"). */
const C1 = /[\u0080-\u009f]/g
const windows1252 = new TextDecoder('windows-1252')
const fromWindows1252 = (character: string): string =>
  windows1252.decode(Uint8Array.of(character.charCodeAt(0) & 0xff)).replace(C1, ' ')

/** A combining accent whose two UTF-8 bytes were read as windows-1252: "veÌ\x81hicule". */
const repairAccents = (text: string): string =>
  text.replace(/Ì([\u0080-\u009f])/g, (_all, byte: string) => String.fromCharCode(0x300 + byte.charCodeAt(0) - 0x80))

/** Invisible: soft hyphen, zero-width space, joiners and direction marks, byte-order mark. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

const readable = (text: string): string =>
  repairAccents(text.toWellFormed())
    .replace(C1, fromWindows1252)
    .replace(/'’/g, '’')
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(/\r\n?|[\v\f\u2028\u2029]/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f]/g, ' ')

/**
 * A source's text as it is kept: NFC, broken characters repaired, control characters and runs of blanks collapsed,
 * personal data redacted. Line breaks stay, one at a time. Empty when nothing is left.
 */
export const cleanText = (text: string): string =>
  redactPersonalData(
    readable(text)
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n[ \n]*/g, '\n')
      .trim(),
  )

/** `cleanText` on one line: names, tags, taglines, titles. */
export const cleanLine = (text: string): string => cleanText(text.replace(/\s+/g, ' ')).replace(/\s+/g, ' ')

/** A company's name: redacting would mistake "Dr Pierre Ricaud" for a person, so only a civility at its head drops it. */
export const cleanName = (text: string): string => {
  const name = readable(text).replace(/\s+/g, ' ').trim()
  return /^(?:M\.|MME|MLLE|MONSIEUR|MADAME|MADEMOISELLE)[ .]/iu.test(name) ||
    (name.includes('@') && /\S@\S+\.\S/u.test(name))
    ? ''
    : name
}
