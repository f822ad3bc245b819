import type { PageBlock, PageDocument } from '../page-document.ts'

/** The headings a block stands under, the page's title first. */
export type HeadingPath = readonly string[]

/** Text of a page as one string, a line a block (line ends inside a block stay), that knows where it came from. */
export interface PageFlow {
  readonly text: string
  /** The block at an offset of `text`. */
  readonly blockAt: (offset: number) => PageBlock | undefined
  /** Where the section of an offset begins: its heading, or where another part of the page does. */
  readonly sectionStart: (offset: number) => number
}

/** The index of the last of `starts` (ascending) that is not after `offset`; -1 when there is none. */
const lastUpTo = (starts: readonly number[], offset: number): number => {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The blocks that `isWanted` lets through as one text. */
export const flowOf = (document: PageDocument, isWanted: (block: PageBlock) => boolean): PageFlow => {
  const blocks = document.blocks.filter(isWanted)
  const starts: number[] = []
  const sections: number[] = []
  let length = 0
  for (const [index, block] of blocks.entries()) {
    const previous = blocks[index - 1]
    const isFooter = (one: PageBlock | undefined): boolean => one?.part === 'footer'
    if (block.kind === 'heading' || isFooter(block) !== isFooter(previous)) sections.push(length)
    starts.push(length)
    length += block.text.length + 1
  }
  return {
    text: blocks.map(block => block.text).join('\n'),
    blockAt: offset => blocks[lastUpTo(starts, offset)],
    sectionStart: offset => sections[lastUpTo(sections, offset)] ?? 0,
  }
}

/**
 * The headings above each block by their levels: `h3` stays under its `h2`. A footer is under none of the text's. Blocks
 * of one section share one path.
 */
export const headingPaths = (document: PageDocument): ReadonlyMap<PageBlock, HeadingPath> => {
  const paths = new Map<PageBlock, HeadingPath>()
  let open: readonly { readonly level: number; readonly text: string }[] = []
  let path: HeadingPath = []
  let heading = 0
  let wasFooter = false
  for (const block of document.blocks) {
    const isFooter = block.part === 'footer'
    if (isFooter !== wasFooter) {
      open = []
      path = []
    }
    wasFooter = isFooter
    if (block.kind === 'heading') {
      // `headings` lists the same blocks in the same order, as far as it goes.
      const { level, text } = document.headings[heading++] ?? { level: 6, text: block.text }
      open = [...open.filter(each => each.level < level), { level, text }]
      path = open.map(each => each.text)
    }
    paths.set(block, path)
  }
  return paths
}
