import { DOCUMENT_LIMITS, type DocumentText } from '../model/document.ts'
import { openArchive } from './archive.ts'
import { fileKind } from './file-kind.ts'
import { readOpenDocumentText } from './open-document-text.ts'
import { readPdfText } from './pdf-text.ts'
import { readPlainText } from './plain-text.ts'
import { RefusedFileError } from './refused.ts'
import { readWordText } from './word-text.ts'

const readPacked = async (bytes: Uint8Array): Promise<DocumentText> => {
  const archive = await openArchive(bytes)
  return archive.has('mimetype') ? readOpenDocumentText(archive) : readWordText(archive)
}

const read = (bytes: Uint8Array): Promise<DocumentText> | DocumentText => {
  switch (fileKind(bytes)) {
    case 'pdf':
      return readPdfText(bytes)
    case 'zip':
      return readPacked(bytes)
    case 'text':
      return readPlainText(bytes)
    case 'other':
      throw new RefusedFileError('unsupported')
  }
}

/** The text of a PDF, DOCX, ODT or text file. Throws a `RefusedFileError`, and nothing else. */
export const readDocument = async (bytes: Uint8Array): Promise<DocumentText> => {
  if (bytes.length === 0) throw new RefusedFileError('empty')
  if (bytes.length > DOCUMENT_LIMITS.bytes) throw new RefusedFileError('too-large')
  const document = await Promise.resolve()
    .then(() => read(bytes))
    .catch((cause: unknown) => {
      throw cause instanceof RefusedFileError ? cause : new RefusedFileError('damaged', { cause })
    })
  const length = document.blocks.reduce((sum, block) => sum + block.text.length, 0)
  if (length === 0) throw new RefusedFileError('empty')
  if (length > DOCUMENT_LIMITS.characters || document.blocks.length > DOCUMENT_LIMITS.blocks)
    throw new RefusedFileError('too-long')
  if ((document.pages ?? 0) > DOCUMENT_LIMITS.pages) throw new RefusedFileError('too-many-pages')
  return document
}
