/** Passages and other texts as plain text, for what is not HTML. */

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const codePoint = (code: number): string => (code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\ufffd')

const decoded = (entity: string, name: string): string => {
  if (name.startsWith('#x')) return codePoint(Number.parseInt(name.slice(2), 16))
  if (name.startsWith('#')) return codePoint(Number.parseInt(name.slice(1), 10))
  return NAMED[name] ?? entity
}

/** The text of a `Passage`: marks gone, entities decoded once. */
export const plainPassage = (html: string): string =>
  html.replace(/<\/?mark>/g, '').replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos);/gi, decoded)

/** What XML 1.0 (2.2, Char) has no way to write, even as a reference. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** The text without the characters that no XML document may hold; a lone surrogate becomes U+FFFD. */
export const xmlText = (text: string): string => text.toWellFormed().replace(NO_XML, '')
