import { DOCUMENT_LIMITS, type Refusal } from './model/document.ts'
import type { Language, Localised } from './model/language.ts'
import { inLanguage, type Problem, problemOfStatus } from './problem.ts'

/** The answers to texts and files that are not analysed: each with its own name (`code`), status and remedy. */

export type RefusalCode = Refusal | 'too-many-uploads'

const MIB = 1024 * 1024
const { bytes, pages, characters, unpackedBytes, entries, timeMs, memoryMb } = DOCUMENT_LIMITS
const count = (value: number, language: Language): string => value.toLocaleString(language)

const WORDS: Readonly<Record<RefusalCode, { readonly status: 413 | 415 | 422 | 429; readonly detail: Localised }>> = {
  empty: {
    status: 422,
    detail: {
      fr: 'Aucun texte à lire. Collez un texte ; un document numérisé (images de pages) doit d’abord passer par une reconnaissance de caractères.',
      en: 'There is no text to read. Paste one; a scanned document (pictures of pages) must first go through character recognition.',
    },
  },
  'too-large': {
    status: 413,
    detail: {
      fr: `Le fichier dépasse ${bytes / MIB} Mio. Retirez ses images, ou collez le texte.`,
      en: `The file exceeds ${bytes / MIB} MiB. Remove its pictures, or paste the text.`,
    },
  },
  'too-long': {
    status: 413,
    detail: {
      fr: `Le texte dépasse ${count(characters, 'fr')} caractères. Analysez-le par parties.`,
      en: `The text exceeds ${count(characters, 'en')} characters. Analyse it in parts.`,
    },
  },
  'too-many-pages': {
    status: 413,
    detail: {
      fr: `Le document dépasse ${pages} pages. Analysez-le par parties.`,
      en: `The document exceeds ${pages} pages. Analyse it in parts.`,
    },
  },
  'unpacked-too-large': {
    status: 413,
    detail: {
      fr: `Le contenu du fichier dépasse ${unpackedBytes / MIB} Mio une fois décompressé. Retirez ses images, ou collez le texte.`,
      en: `The file’s content exceeds ${unpackedBytes / MIB} MiB once unpacked. Remove its pictures, or paste the text.`,
    },
  },
  'too-many-entries': {
    status: 413,
    detail: {
      fr: `Le fichier contient plus de ${count(entries, 'fr')} éléments. Enregistrez-le à nouveau, ou collez le texte.`,
      en: `The file holds more than ${count(entries, 'en')} parts. Save it again, or paste the text.`,
    },
  },
  unsupported: {
    status: 415,
    detail: {
      fr: 'Ce fichier n’est ni un PDF, ni un DOCX, ni un ODT, ni du texte brut. Enregistrez-le dans l’un de ces formats, ou collez le texte.',
      en: 'This file is no PDF, DOCX, ODT or plain text. Save it in one of these formats, or paste the text.',
    },
  },
  encrypted: {
    status: 422,
    detail: {
      fr: 'Le document est protégé par un mot de passe. Enregistrez-le sans protection, ou collez le texte.',
      en: 'The document is protected by a password. Save it without protection, or paste the text.',
    },
  },
  damaged: {
    status: 422,
    detail: {
      fr: 'Le document est endommagé et n’a pas pu être lu. Enregistrez-le à nouveau, ou collez le texte.',
      en: 'The document is damaged and could not be read. Save it again, or paste the text.',
    },
  },
  'too-slow': {
    status: 422,
    detail: {
      fr: `Le document n’a pas pu être lu en ${timeMs / 1000} secondes. Enregistrez-le à nouveau, ou collez le texte.`,
      en: `The document could not be read within ${timeMs / 1000} seconds. Save it again, or paste the text.`,
    },
  },
  'too-much-memory': {
    status: 422,
    detail: {
      fr: `Lire ce document demande plus de ${memoryMb} Mio de mémoire. Enregistrez-le à nouveau, ou collez le texte.`,
      en: `Reading this document takes more than ${memoryMb} MiB of memory. Save it again, or paste the text.`,
    },
  },
  'too-many-uploads': {
    status: 429,
    detail: {
      fr: 'Vous avez atteint le nombre de fichiers permis par heure. Collez le texte, ou réessayez plus tard.',
      en: 'You have reached the number of files allowed per hour. Paste the text, or try again later.',
    },
  },
}

/** A text or a file that is not analysed. */
export class DocumentRefusedError extends Error {
  override readonly name = 'DocumentRefusedError'
  readonly code: RefusalCode
  /** Seconds until another file is accepted. */
  readonly retryAfter: number | undefined
  constructor(code: RefusalCode, retryAfter?: number) {
    super(`the document is refused: ${code}`)
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** The refusal as problem details, with its name in `code`. */
export const refusalProblem = ({ code }: Pick<DocumentRefusedError, 'code'>, language: Language): Problem => {
  const { status, detail } = WORDS[code]
  return { ...problemOfStatus(status, language), detail: inLanguage(detail, language), code }
}
