import { parentPort, workerData } from 'node:worker_threads'
import { isAnnotations, isDossier } from '../../model/dossier.ts'
import { DOSSIER_FILES, type DossierFileFormat, writeDossierFile } from './dossier-file.ts'

/** The thread that writes one large file and ends. */

/** What the thread is given: the frozen bytes rather than an object, which would be copied field by field. */
export interface DossierFileTask {
  readonly format: DossierFileFormat
  readonly bytes: Uint8Array
  readonly annotations: unknown
  readonly hash: string
  readonly baseUrl: string
  readonly language: 'fr' | 'en'
}

const isTask = (value: unknown): value is DossierFileTask =>
  typeof value === 'object' && value !== null && 'format' in value && DOSSIER_FILES.some(each => each === value.format)

const write = async (task: unknown): Promise<Uint8Array> => {
  if (!isTask(task)) throw new TypeError('the worker is given a task')
  const { format, bytes, annotations, ...others } = task
  const dossier: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
  if (!isDossier(dossier) || !isAnnotations(annotations)) throw new TypeError('the worker is given a dossier')
  return writeDossierFile(format, { ...others, dossier, annotations })
}

parentPort?.postMessage(await write(workerData))
