import type { FastifyRequest } from 'fastify'
import { DocumentRefusedError } from '../document-refusal.ts'
import { InvalidParameterError } from '../errors.ts'
import { DOCUMENT_LIMITS } from '../model/document.ts'
import type { FormFields } from './tender-request.ts'

/** The parts of a multipart request: one file at most, and fields. */

const UTF8_BYTES = 4

/** What the multipart parser itself enforces, before anything is read. */
export const MULTIPART_LIMITS = {
  files: 1,
  fileSize: DOCUMENT_LIMITS.bytes,
  fields: 400,
  fieldNameSize: 120,
  // The text that a result page carries back.
  fieldSize: DOCUMENT_LIMITS.characters * UTF8_BYTES,
  parts: 401,
  headerPairs: 20,
} as const

export interface TenderForm {
  readonly fields: FormFields
  /** Absent without a file, or with an empty choice of one. */
  readonly file?: { readonly bytes: Uint8Array; readonly name: string }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const unreadable = (): InvalidParameterError =>
  new InvalidParameterError('multipart', {
    fr: 'Le formulaire n’a pas pu être lu : un seul fichier, et des champs, au format multipart/form-data.',
    en: 'The form could not be read: one file only, and fields, as multipart/form-data.',
  })

const refusalOf = (error: unknown): unknown => {
  const code = codeOf(error)
  if (code === 'FST_REQ_FILE_TOO_LARGE') return new DocumentRefusedError('too-large')
  // Part and field limits, a second file, a broken boundary, a body that ends early.
  if (
    code.startsWith('FST_') ||
    (error instanceof Error && /multipart|unexpected end|part terminated/i.test(error.message))
  )
    return unreadable()
  return error
}

/** Reads the parts of a request. Throws what the reader is to be told. */
export const readForm = async (request: FastifyRequest): Promise<TenderForm> => {
  const fields = new Map<string, string[]>()
  let file: TenderForm['file']
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        const bytes = await part.toBuffer()
        if (bytes.length > 0) file = { bytes, name: part.filename }
        continue
      }
      if (part.valueTruncated) throw new DocumentRefusedError('too-long')
      const value = String(part.value)
      const known = fields.get(part.fieldname)
      if (known) known.push(value)
      else fields.set(part.fieldname, [value])
    }
  } catch (error) {
    throw refusalOf(error)
  }
  return file ? { fields, file } : { fields }
}
