import { Worker } from 'node:worker_threads'
import type { OpenedDossier } from '../dossiers/dossiers.ts'
import type { Language } from '../model/language.ts'
import { type DossierFileFormat, writeDossierFile } from '../views/exports/dossier-file.ts'
import type { DossierFileTask } from '../views/exports/dossier-worker.ts'

/** Writing a file of a dossier: a small one at once, a large one in a thread, so that nobody else waits for it. */

/** So many suppliers are written in some hundredths of a second; a cold thread takes half a second. */
const AT_ONCE = 20
const MEMORY_MB = 512

export interface DossierFileOptions {
  readonly format: DossierFileFormat
  readonly language: Language
  readonly baseUrl: string
  readonly signal: AbortSignal
}

const inThread = (task: DossierFileTask, signal: AbortSignal): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../views/exports/dossier-worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    })
    const stop = (): void => void worker.terminate()
    const finish = (settle: () => void): void => {
      signal.removeEventListener('abort', stop)
      settle()
      stop()
    }
    signal.addEventListener('abort', stop, { once: true })
    worker.on('message', message =>
      finish(() => (message instanceof Uint8Array ? resolve(Buffer.from(message)) : reject(new TypeError('no file')))),
    )
    worker.on('error', error => finish(() => reject(error)))
    worker.on('exit', () => finish(() => reject(signal.reason ?? new Error('the file was not written'))))
  })

/** The file of a dossier. Rejects when `signal` aborts first. */
export const dossierFile = (
  { bytes, dossier, annotations, hash }: OpenedDossier,
  { format, language, baseUrl, signal }: DossierFileOptions,
): Promise<Buffer> => {
  const common = { annotations, hash, baseUrl, language }
  if (format === 'csv' || dossier.suppliers.length <= AT_ONCE) return writeDossierFile(format, { ...common, dossier })
  return inThread({ ...common, format, bytes }, signal)
}
