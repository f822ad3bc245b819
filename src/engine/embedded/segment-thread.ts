import { Worker } from 'node:worker_threads'
import { IndexDamagedError } from '../engine.ts'
import type { SegmentJob } from './segment-job.ts'
import type { Written } from './segment-writer.ts'

/** An error as it crosses between threads, with the code of the file system's (`trouble.ts`). */
interface JobFailure {
  readonly message: string
  readonly stack: string | undefined
  readonly code: string | undefined
  readonly isDamage: boolean
}

export type JobReply = { readonly written: Written } | { readonly failure: JobFailure }

export const toFailure = (error: unknown): JobFailure => {
  if (!(error instanceof Error)) return { message: String(error), stack: undefined, code: undefined, isDamage: false }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { message: error.message, stack: error.stack, code, isDamage: error instanceof IndexDamagedError }
}

const fromFailure = ({ message, stack, code, isDamage }: JobFailure): Error => {
  const error = isDamage ? new IndexDamagedError(message) : new Error(message)
  if (stack !== undefined) error.stack = stack
  return Object.assign(error, code !== undefined && { code })
}

/** A thread, and who waits for its job. */
interface Running {
  readonly worker: Worker
  waiting: { readonly resolve: (reply: JobReply) => void; readonly reject: (error: unknown) => void } | undefined
}

/** A merge leaves little behind; Node would let the thread gather three times as much before it looks. */
const YOUNG_GENERATION_MB = 8
/** Starting one takes 0.2 s of a processor; a stream of changes has work for it every second. */
const IDLE_MS = 10_000

/**
 * The thread that writes segments, so that neither changes nor searches wait for a merge. Started by its first job; ends
 * when it has had none for ten seconds. A process may end while the thread is idle, not while it works.
 */
export class SegmentThread {
  #running: Running | undefined
  #idle: NodeJS.Timeout | undefined

  /** Does a job; one at a time. Rejects with what it fails at, and when the thread ends before it is done. */
  async write(job: SegmentJob): Promise<Written> {
    clearTimeout(this.#idle)
    this.#running ??= this.#start()
    const running = this.#running
    running.worker.ref()
    const reply = await new Promise<JobReply>((resolve, reject) => {
      running.waiting = { resolve, reject }
      running.worker.postMessage(job)
    }).finally(() => {
      running.waiting = undefined
      if (this.#running !== running) return
      running.worker.unref()
      this.#idle = setTimeout(() => void this.end(), IDLE_MS).unref()
    })
    if ('failure' in reply) throw fromFailure(reply.failure)
    return reply.written
  }

  /** Ends the thread at once; resolves when nothing of it runs any more. A job under way is rejected. */
  async end(): Promise<void> {
    clearTimeout(this.#idle)
    const running = this.#running
    this.#running = undefined
    await running?.worker.terminate()
  }

  #start(): Running {
    const worker = new Worker(new URL('./segment-job-thread.ts', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    })
    const running: Running = { worker, waiting: undefined }
    let failure: unknown
    worker.on('message', (reply: JobReply) => running.waiting?.resolve(reply))
    worker.on('error', error => {
      failure = error
    })
    worker.on('exit', code => {
      if (this.#running === running) this.#running = undefined
      running.waiting?.reject(failure ?? new Error(`the thread that merges segments ended with code ${code}`))
    })
    return running
  }
}
