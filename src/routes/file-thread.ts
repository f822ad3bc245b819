import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { EngineTroubleError } from '../engine/engine.ts'
import { LimitError } from '../errors.ts'
import { createGate } from '../search/visibility/gate.ts'

/** Large files are written in threads, so that nobody else waits for them, and few at a time: each takes memory. */

/** A file of a thousand suppliers takes 300 MB and more while it is written. */
const AT_A_TIME = 2
/** What waits holds its own documents. More are told to come back, which spares the memory of all. */
const MOST_WAITING = 6
const MEMORY_MB = 512

const gate = createGate(AT_A_TIME, MOST_WAITING)

const ended = async (worker: Worker): Promise<never> => {
  await once(worker, 'exit')
  throw new Error('the thread ended without its file')
}

const written = async (thread: URL, task: unknown, signal: AbortSignal): Promise<Buffer> => {
  const worker = new Worker(thread, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  })
  try {
    const [message] = await Promise.race([once(worker, 'message', { signal }), ended(worker)])
    if (!(message instanceof Uint8Array)) throw new TypeError('the thread has sent no file')
    return Buffer.from(message.buffer, message.byteOffset, message.byteLength)
  } finally {
    await worker.terminate()
  }
}

/**
 * The bytes that a thread posts for its task (`workerData`). Rejects when `signal` aborts first, and with a `LimitError`
 * when too many wait.
 */
export const inThread = async (thread: URL, task: unknown, signal: AbortSignal): Promise<Buffer> => {
  try {
    return await gate.run(() => written(thread, task, signal), signal)
  } catch (error) {
    // The gate's own word is for mirrors: that the search engine is busy, which it is not.
    throw error instanceof EngineTroubleError ? new LimitError(503) : error
  }
}
