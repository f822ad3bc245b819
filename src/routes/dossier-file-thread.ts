import type { OpenedDossier } from '../dossiers/dossiers.ts'
import type { Language } from '../model/language.ts'
import { type DossierFileFormat, writeDossierFile } from '../views/exports/dossier-file.ts'
import type { DossierFileTask } from '../views/exports/dossier-worker.ts'
import { inThread } from './file-thread.ts'

/** Writing a file of a dossier: a small one at once, a large one in a thread, so that nobody else waits for it. */

/** So many suppliers are written in some hundredths of a second; a cold thread takes half a second. */
const SUPPLIERS_AT_ONCE = 20
/** A line of the kept text is a paragraph: some hundreds take as long. */
const LINES_AT_ONCE = 300
/** Twenty suppliers with all their facts, or a need of some pages. */
const BYTES_AT_ONCE = 256 * 1024

const WORKER = new URL('../views/exports/dossier-worker.ts', import.meta.url)

export interface DossierFileOptions {
  readonly format: DossierFileFormat
  readonly language: Language
  readonly baseUrl: string
  readonly signal: AbortSignal
}

const isSmall = ({ bytes, dossier: { suppliers, tender } }: OpenedDossier): boolean =>
  suppliers.length <= SUPPLIERS_AT_ONCE &&
  bytes.length <= BYTES_AT_ONCE &&
  (tender?.text?.split('\n', LINES_AT_ONCE + 1).length ?? 0) <= LINES_AT_ONCE

/** The file of a dossier. Rejects when `signal` aborts first. */
export const dossierFile = (
  opened: OpenedDossier,
  { format, language, baseUrl, signal }: DossierFileOptions,
): Promise<Buffer> => {
  const { bytes, dossier, annotations, hash } = opened
  const common = { annotations, hash, baseUrl, language }
  if (format === 'csv' || isSmall(opened)) return writeDossierFile(format, { ...common, dossier })
  const task: DossierFileTask = { ...common, format, bytes }
  return inThread(WORKER, task, signal)
}
