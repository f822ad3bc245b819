import type { Block, DocumentText } from '../model/document.ts'
import type { Archive } from './archive.ts'
import { RefusedFileError } from './refused.ts'
import { readXml } from './xml-events.ts'

/** The text of an ODT (OASIS OpenDocument 1.3, part 3). */

const CONTENT = 'content.xml'
const TEXT_TYPE = 'application/vnd.oasis.opendocument.text'

/** Changes that were struck out, and what was remarked on the text, are not of the text. */
const SKIPPED = new Set(['tracked-changes', 'annotation'])

const readContent = (xml: string): DocumentText => {
  const blocks: Block[] = []
  let page = 1
  let skipped = 0
  let depth = 0
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
      if (name === 'p' || name === 'h') {
        end()
        depth++
        heading = name === 'h' ? Math.min(6, Math.max(1, Number(attribute('outline-level') ?? 1) || 1)) : undefined
      } else if (name === 'soft-page-break') {
        end()
        page++
      } else if (depth === 0) return
      else if (name === 's') text += ' '
      else if (name === 'tab') text += '\t'
      else if (name === 'line-break') text += '\n'
    },
    close: name => {
      if (SKIPPED.has(name)) skipped--
      else if (skipped === 0 && (name === 'p' || name === 'h')) {
        end()
        depth--
        heading = undefined
      }
    },
    text: piece => {
      if (skipped === 0 && depth > 0) text += piece
    },
  })
  return page > 1 ? { blocks, pages: page } : { blocks: blocks.map(({ page: _, ...block }) => block) }
}

/** The paragraphs of an ODT in order, headings marked; pages only where the writer noted page breaks. */
export const readOpenDocumentText = async (archive: Archive): Promise<DocumentText> => {
  if (archive.has('META-INF/manifest.xml') && (await archive.text('META-INF/manifest.xml')).includes('encryption-data'))
    throw new RefusedFileError('encrypted')
  const type = (await archive.text('mimetype')).trim()
  if (!archive.has(CONTENT) || !type.startsWith(TEXT_TYPE)) throw new RefusedFileError('unsupported')
  return readContent(await archive.text(CONTENT))
}
