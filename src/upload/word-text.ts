import type { Block, DocumentText } from '../model/document.ts'
import type { Archive } from './archive.ts'
import { RefusedFileError } from './refused.ts'
import { readXml } from './xml-events.ts'

/**
 * The text of a DOCX (ISO/IEC 29500-1, WordprocessingML). Read here rather than by a converter to HTML: that would lose
 * the page breaks that Word notes where it last laid the text out, and evidence is quoted with its page.
 */

const BODY = 'word/document.xml'
const FOOTNOTES = ['word/footnotes.xml', 'word/endnotes.xml']

/** "Titre2", "Heading1", "heading 3"; "Titre" alone is the document's own. */
const HEADING_STYLE = /^(?:heading|titre|title|berschrift)\s*([1-9])?$/iu

const headingOf = (style: string | undefined): number | undefined => {
  const match = HEADING_STYLE.exec(style ?? '')
  return match === null ? undefined : Math.min(6, Number(match[1] ?? 1))
}

/** What Word draws twice: the newer form and a picture of it for older versions. */
const SKIPPED = new Set(['Fallback', 'instrText', 'delText', 'del', 'moveFrom'])

const readPart = (xml: string): Block[] => {
  const blocks: Block[] = []
  let page = 1
  let skipped = 0
  let inText = false
  let text = ''
  let heading: number | undefined
  const end = (): void => {
    const trimmed = text.replace(/[^\S\t]+/gu, ' ').trim()
    if (trimmed !== '') blocks.push({ text: trimmed, page, ...(heading !== undefined && { heading }) })
    text = ''
  }
  readXml(xml, {
    open: (name, attribute) => {
      if (SKIPPED.has(name)) skipped++
      if (skipped > 0) return
      if (name === 'p') {
        // A text box stands inside the paragraph that it hangs on.
        end()
        heading = undefined
      } else if (name === 't') inText = true
      else if (name === 'tab') text += '\t'
      else if (name === 'pStyle') heading = headingOf(attribute('val')) ?? heading
      else if (name === 'outlineLvl') {
        const level = Number(attribute('val'))
        if (level >= 0 && level < 6) heading ??= level + 1
      } else if (name === 'lastRenderedPageBreak') {
        if (text.trim() !== '') end()
        page++
      } else if (name === 'br') text += '\n'
    },
    close: name => {
      if (SKIPPED.has(name)) skipped--
      if (name === 't') inText = false
      else if (name === 'p' && skipped === 0) end()
    },
    text: piece => {
      if (inText && skipped === 0) text += piece
    },
  })
  return blocks
}

/** The paragraphs of a DOCX in order, headings marked, then its notes. Pages only where Word has noted any break. */
export const readWordText = async (archive: Archive): Promise<DocumentText> => {
  if (!archive.has(BODY)) throw new RefusedFileError('unsupported')
  const body = readPart(await archive.text(BODY))
  const pages = body.at(-1)?.page ?? 1
  const notes: Block[] = []
  for (const part of FOOTNOTES) if (archive.has(part)) notes.push(...readPart(await archive.text(part)))
  const withoutPage = ({ page: _, ...block }: Block): Block => block
  return pages > 1
    ? { blocks: [...body, ...notes.map(withoutPage)], pages }
    : { blocks: [...body, ...notes].map(withoutPage) }
}
