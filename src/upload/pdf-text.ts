import { getDocument, InvalidPDFException, PasswordException } from 'unpdf/pdfjs'
import { type Block, DOCUMENT_LIMITS, type DocumentText } from '../model/document.ts'
import { type PageLine, paragraphs } from './pdf-lines.ts'
import { RefusedFileError } from './refused.ts'

/** The text of a PDF, by Mozilla's pdf.js (as `unpdf` packs it: 2.6 MB; its own package takes 38 MB). */

/** No font is fetched or compiled and no picture is decoded: text alone is asked for. */
const OPTIONS = {
  disableFontFace: true,
  useSystemFonts: false,
  useWorkerFetch: false,
  isImageDecoderSupported: false,
  isOffscreenCanvasSupported: false,
  // A page that is broken in itself is left out; a document that is, is refused.
  stopAtErrors: false,
  verbosity: 0,
}

interface TextItem {
  readonly str: string
  readonly transform: readonly number[]
  readonly width: number
  readonly height: number
  readonly hasEOL: boolean
}

const isTextItem = (item: object): item is TextItem => 'str' in item && 'transform' in item

/** Pieces further apart than this share of the letters' height are two words. */
const WORD_GAP = 0.15
/** Pieces whose base lines differ by more than this share stand on two lines. */
const LINE_SHIFT = 0.5

/** The lines of a page: pdf.js hands out pieces of lines with their places. */
const linesOf = (items: readonly object[], page: number): PageLine[] => {
  const lines: PageLine[] = []
  let text = ''
  let first: TextItem | undefined
  let last: TextItem | undefined
  const end = (): void => {
    const trimmed = text.replace(/\s+/gu, ' ').trim()
    if (trimmed !== '' && first && last) {
      const [left = 0, bottom = 0] = [first.transform[4], first.transform[5]]
      const right = (last.transform[4] ?? 0) + last.width
      lines.push({ text: trimmed, page, left, right, bottom, height: first.height })
    }
    text = ''
    first = undefined
    last = undefined
  }
  for (const item of items) {
    if (!isTextItem(item)) continue
    if (item.str !== '' && last) {
      const gap = (item.transform[4] ?? 0) - ((last.transform[4] ?? 0) + last.width)
      const shift = Math.abs((item.transform[5] ?? 0) - (last.transform[5] ?? 0))
      const height = Math.max(item.height, last.height, 1)
      if (shift > LINE_SHIFT * height) end()
      else if (gap > WORD_GAP * height) text += ' '
    }
    if (item.str !== '') {
      text += item.str
      if (item.str.trim() !== '') {
        first ??= item
        last = item
      }
    }
    if (item.hasEOL) end()
  }
  end()
  return lines
}

const refusalOf = (cause: unknown): RefusedFileError => {
  if (cause instanceof RefusedFileError) return cause
  if (cause instanceof PasswordException) return new RefusedFileError('encrypted', { cause })
  if (cause instanceof InvalidPDFException) return new RefusedFileError('damaged', { cause })
  return new RefusedFileError('damaged', { cause })
}

/** The paragraphs of a PDF with their pages; running heads and page numbers are left out. */
export const readPdfText = async (bytes: Uint8Array): Promise<DocumentText> => {
  const loading = getDocument({ data: new Uint8Array(bytes), ...OPTIONS })
  try {
    const document = await loading.promise
    const pages = document.numPages
    if (pages > DOCUMENT_LIMITS.pages) throw new RefusedFileError('too-many-pages')
    const lines: PageLine[] = []
    let length = 0
    for (let number = 1; number <= pages; number++) {
      const page = await document.getPage(number)
      const read = linesOf((await page.getTextContent()).items, number)
      page.cleanup()
      for (const line of read) length += line.text.length
      if (length > DOCUMENT_LIMITS.characters) throw new RefusedFileError('too-long')
      lines.push(...read)
    }
    const blocks: readonly Block[] = paragraphs(lines, pages)
    return { blocks, pages }
  } catch (error) {
    throw refusalOf(error)
  } finally {
    await loading.destroy()
  }
}
