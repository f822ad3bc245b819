import { splitSentences } from '../../src/text/passages.ts'
import type { PageBlock, PageDocument } from './page-document.ts'

/** A sentence and where it stands. */
export interface PageSentence {
  readonly text: string
  readonly block: PageBlock
}

/** The parts of a page in which a firm says nothing about itself. */
const MUTE: ReadonlySet<PageBlock['part']> = new Set(['nav', 'search', 'cookie', 'comments', 'social', 'advertisement'])

const MAX_EXCERPT = 300

/** What a text on one line has not. */
const UNEVEN = /[^\S ]| {2}|^ | $/

/** White space collapsed, cut at a word to 300 characters. */
export const excerptOf = (text: string): string => {
  const line = UNEVEN.test(text) ? text.replace(/\s+/g, ' ').trim() : text
  if (line.length <= MAX_EXCERPT) return line
  const space = line.lastIndexOf(' ', MAX_EXCERPT - 1)
  return `${line.slice(0, space > 0 ? space : MAX_EXCERPT - 1).trimEnd()}…`
}

/** Several extractors read the same block one after the other. */
const known = new WeakMap<PageBlock, readonly string[]>()

/** The sentences of a block (`splitSentences`), split once for all who ask. */
export const sentencesIn = (block: PageBlock): readonly string[] => {
  const before = known.get(block)
  if (before !== undefined) return before
  const sentences = splitSentences(block.text)
  known.set(block, sentences)
  return sentences
}

/** The sentences of a page in its order, footers and headings included; menus, consent banners and comments are left out. */
export const sentencesOf = (document: PageDocument): readonly PageSentence[] =>
  document.blocks
    .filter(block => !MUTE.has(block.part))
    .flatMap(block => sentencesIn(block).map(text => ({ text, block })))

/** Where a finding stands, for `anchor`. */
export const anchorOf = (block: Pick<PageBlock, 'anchor'>): { readonly anchor?: string } =>
  block.anchor === undefined ? {} : { anchor: block.anchor }
