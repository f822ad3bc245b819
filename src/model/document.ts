/** A text that was handed in, as its readers leave it: what it says, in order, with the little that is known of its form. */

/** A paragraph, a line of a list, a cell's text or a heading. */
export interface Block {
  readonly text: string
  /** From 1; absent where the format knows no pages. */
  readonly page?: number
  /** Depth of a heading, from 1; absent for text. */
  readonly heading?: number
}

export interface DocumentText {
  readonly blocks: readonly Block[]
  /** Absent where the format knows no pages. */
  readonly pages?: number
}

/** Why a text or a file is not read. Each is answered with a status, a name and a remedy of its own. */
export const REFUSALS = [
  'empty',
  'too-large',
  'too-long',
  'too-many-pages',
  'unpacked-too-large',
  'too-many-entries',
  'unsupported',
  'encrypted',
  'damaged',
  'too-slow',
  'too-much-memory',
] as const
export type Refusal = (typeof REFUSALS)[number]

/** Limits of what is analysed (those of the requirements on uploads). */
export const DOCUMENT_LIMITS = {
  /** The file, as it is sent. */
  bytes: 10 * 1024 * 1024,
  pages: 200,
  /** The text: 200 pages of 5,000 characters. */
  characters: 1_000_000,
  /** Paragraphs; a document of empty words would be all paragraphs. */
  blocks: 50_000,
  /** What a packed file (DOCX, ODT) may unpack to, in all. */
  unpackedBytes: 50 * 1024 * 1024,
  entries: 1_000,
  timeMs: 10_000,
  memoryMb: 256,
} as const

const MARKED_HEADING = /^(#{1,6}) (.*)$/

/**
 * A document as plain text that `parseText` reads back to the same blocks: a form feed before each new page, `#` before
 * headings. A form without script carries it from one answer to the next question.
 */
export const formatText = ({ blocks }: DocumentText): string => {
  let page = 1
  const lines = blocks.map(block => {
    const breaks = '\f'.repeat(Math.max(0, (block.page ?? page) - page))
    page = Math.max(page, block.page ?? page)
    return `${breaks}${block.heading === undefined ? '' : `${'#'.repeat(block.heading)} `}${block.text}`
  })
  return lines.join('\n')
}

/** Plain text as blocks: one a line, pages by form feeds, headings by `#`. Text without form feeds has no pages. */
export const parseText = (text: string): DocumentText => {
  const pages = text.replace(/\r\n?/g, '\n').split('\f')
  const paged = pages.length > 1
  const blocks = pages.flatMap((content, index) =>
    content.split('\n').flatMap((line): Block[] => {
      const [, marks, title] = MARKED_HEADING.exec(line.trim()) ?? []
      const page = paged ? { page: index + 1 } : {}
      if (marks !== undefined && title !== undefined) return [{ text: title, heading: marks.length, ...page }]
      return line.trim() === '' ? [] : [{ text: line.trim(), ...page }]
    }),
  )
  return paged ? { blocks, pages: pages.length } : { blocks }
}
