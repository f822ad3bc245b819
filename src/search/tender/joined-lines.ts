import type { Block, DocumentText } from '../../model/document.ts'

/**
 * Text pasted from a page comes with the page's line breaks: "… sont exclus du" and "présent marché." are one sentence.
 * A line goes on in the next one when it is nearly as long as the text is wide and the next begins with a small letter,
 * or when it ends with a word that cannot end anything.
 */

/** Words after which a phrase goes on. */
const OPEN_END =
  /(?:^|[\s'’(])(?:de|du|des|la|le|les|un|une|et|ou|à|au|aux|en|par|pour|sur|dans|avec|dont|que|qui|son|sa|ses|leur|leurs|the|of|and|or|to|a|an|in|for|with|by|on)$/iu
const ENDS = /[.!?;:…]["»”)]?$/u
const BEGINS_ITEM = /^(?:[•▪●◦‣∙–—\-*✓➢➤➔✗#]\s|\(?[a-z0-9]{1,2}[).]\s|o\s)/u
const SMALL_LETTER = /^[\p{Ll}(«]/u

/** The width of a text: nine lines of ten are no longer. Whole paragraphs on a line are wider than any page. */
const WIDE = 0.9
/** A line of this share of the width is full. */
const FULL = 0.7
const WIDEST_PAGE = 160

const widthOf = (blocks: readonly Block[]): number => {
  const lengths = blocks.map(block => block.text.length).sort((a, b) => a - b)
  return lengths[Math.floor(lengths.length * WIDE)] ?? 0
}

const goesOn = (before: Block, { text, heading }: Block, width: number): boolean => {
  if (before.heading !== undefined || heading !== undefined) return false
  if (before.text.length > WIDEST_PAGE || ENDS.test(before.text) || BEGINS_ITEM.test(text)) return false
  if (OPEN_END.test(before.text)) return true
  return width <= WIDEST_PAGE && before.text.length >= width * FULL && SMALL_LETTER.test(text)
}

/** Markdown that is pasted as it is: the marks of bold words are no text. */
const withoutMarks = (block: Block): Block =>
  block.text.includes('**') ? { ...block, text: block.text.replaceAll('**', '') } : block

/** The document with the lines of a sentence put together; a block is on the page that it begins on. */
export const joinLines = (document: DocumentText): DocumentText => {
  const lines = document.blocks.map(withoutMarks)
  const width = widthOf(lines)
  const joined: { block: Block; last: Block; parts: string[] }[] = []
  for (const block of lines) {
    const current = joined.at(-1)
    if (current && goesOn(current.last, block, width)) {
      current.parts.push(block.text)
      current.last = block
    } else joined.push({ block, last: block, parts: [block.text] })
  }
  const blocks = joined.map(({ block, parts }) => (parts.length === 1 ? block : { ...block, text: parts.join(' ') }))
  return { ...document, blocks }
}
