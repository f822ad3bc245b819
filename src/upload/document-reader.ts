import { Worker } from 'node:worker_threads'
import { DOCUMENT_LIMITS, type DocumentText, type Refusal } from '../model/document.ts'
import { fileKind } from './file-kind.ts'

/** What came of a file. */
export type DocumentReading =
  | { readonly kind: 'read'; readonly document: DocumentText }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/** Reads files in threads of their own: none can stop, starve or crash the service. */
export interface DocumentReader {
  /** Waits while other files are read. Rejects only when `signal` aborts. */
  read(bytes: Uint8Array, signal?: AbortSignal): Promise<DocumentReading>
}

export interface DocumentReaderOptions {
  readonly timeMs?: number
  readonly memoryMb?: number
  /** Files read at once. */
  readonly threads?: number
}

/** How often a thread's memory is looked at: a bomb in a PDF fills some 100 MB in that time. */
const WATCH_MS = 50
const YOUNG_GENERATION_MB = 16
const MIB = 1024 * 1024

/** Heap and buffers of a thread, in bytes: its own limit knows the heap alone. */
const memoryOf = async (worker: Worker): Promise<number> => {
  const statistics = await worker.getHeapStatistics()
  return statistics.total_heap_size + statistics.external_memory
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined

const isReading = (message: unknown): message is DocumentReading =>
  typeof message === 'object' && message !== null && 'kind' in message

const refused = (refusal: Refusal): DocumentReading => ({ kind: 'refused', refusal })

/** One thread a file, ended with it: no file finds what another left. A cold thread takes 0.3 s. */
const readInThread = (bytes: Uint8Array, timeMs: number, memoryMb: number): Promise<DocumentReading> =>
  new Promise(resolve => {
    const worker = new Worker(new URL('./document-worker.ts', import.meta.url), {
      workerData: bytes,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
      // What a reader of documents prints may quote the document: it goes nowhere.
      stdout: true,
      stderr: true,
    })
    const finish = (reading: DocumentReading): void => {
      clearTimeout(timer)
      clearInterval(watch)
      resolve(reading)
      void worker.terminate()
    }
    const timer = setTimeout(() => finish(refused('too-slow')), timeMs)
    const watch = setInterval(() => {
      memoryOf(worker).then(
        bytesUsed => bytesUsed > memoryMb * MIB && finish(refused('too-much-memory')),
        // The thread has just ended; its message or its exit is on the way.
        () => {},
      )
    }, WATCH_MS)
    worker.on('message', message => finish(isReading(message) ? message : refused('damaged')))
    worker.on('error', error =>
      finish(refused(codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-much-memory' : 'damaged')),
    )
    worker.on('exit', () => finish(refused('damaged')))
  })

/** A reader of files with limits of time and memory, and of how many are read at once. */
export const createDocumentReader = (options: DocumentReaderOptions = {}): DocumentReader => {
  const { timeMs = DOCUMENT_LIMITS.timeMs, memoryMb = DOCUMENT_LIMITS.memoryMb, threads = 2 } = options
  const waiting: (() => void)[] = []
  let busy = 0
  const turn = async (signal: AbortSignal | undefined): Promise<void> => {
    while (busy >= threads) {
      await new Promise<void>(resolve => waiting.push(resolve))
    }
    signal?.throwIfAborted()
    busy++
  }
  return {
    async read(bytes, signal) {
      // No thread is begun for what its first bytes already rule out.
      if (bytes.length > 0 && fileKind(bytes) === 'other') return refused('unsupported')
      await turn(signal)
      try {
        return await readInThread(bytes, timeMs, memoryMb)
      } finally {
        busy--
        waiting.shift()?.()
      }
    },
  }
}
