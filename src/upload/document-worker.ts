import { parentPort, workerData } from 'node:worker_threads'
import type { DocumentReading } from './document-reader.ts'
import { readDocument } from './read-document.ts'
import { RefusedFileError } from './refused.ts'

/** The thread that reads one file and ends. */

const readingOf = async (bytes: unknown): Promise<DocumentReading> => {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('the worker is given bytes')
  try {
    return { kind: 'read', document: await readDocument(bytes) }
  } catch (error) {
    return { kind: 'refused', refusal: error instanceof RefusedFileError ? error.refusal : 'damaged' }
  }
}

parentPort?.postMessage(await readingOf(workerData))
