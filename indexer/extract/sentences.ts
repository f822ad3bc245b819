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

/** White space collapsed, cut at a word to 300 characters. */
export const excerptOf = (text: string): string => {
  const line = text.replace(/\s+/gu, ' ').trim()
  if (line.length <= MAX_EXCERPT) return line
  const space = line.lastIndexOf(' ', MAX_EXCERPT - 1)
  return `${line.slice(0, space > 0 ? space : MAX_EXCERPT - 1).trimEnd()}…`
}

/** The sentences of a page in its order, footers and headings included; menus, consent banners and comments are left out. */
export const sentencesOf = (document: PageDocument): readonly PageSentence[] =>
  document.blocks
    .filter(block => !MUTE.has(block.part))
    .flatMap(block => splitSentences(block.text).map(text => ({ text, block })))

/** Where a finding stands, for `anchor`. */
export const anchorOf = (block: Pick<PageBlock, 'anchor'>): { readonly anchor?: string } =>
  block.anchor === undefined ? {} : { anchor: block.anchor }
