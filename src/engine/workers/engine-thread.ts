import { once } from 'node:events'
import { type MessagePort, Worker } from 'node:worker_threads'
import { EngineTroubleError, type IndexDamage, IndexDamagedError } from '../engine.ts'
import {
  type Columns,
  type DamageNote,
  fromPortable,
  isColumns,
  isDamageNote,
  isReply,
  type Method,
  type Order,
  type Reply,
  type ThreadData,
} from './orders.ts'

/** Past its budget an order stops by itself; a thread that does not even do that is replaced. */
const GRACE_MS = 1000

/** Searches leave little behind; Node would let each thread gather three times as much before it looks. */
const YOUNG_GENERATION_MB = 8
/**
 * A reader's heap holds some 15 MB that last. V8 looks for garbage in the old generation when that has grown to half of
 * this; a thread that needed more would end, and another takes its place.
 */
const READER_OLD_GENERATION_MB = 128

interface Pending {
  readonly id: number
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/**
 * A thread with an engine in it, which does one order at a time. When it ends by itself, or is stuck, the order under
 * way fails and another thread takes its place.
 */
export class EngineThread {
  readonly #data: Omit<ThreadData, 'stop'>
  readonly #onColumns: (columns: Columns) => void
  readonly #onDamage: (damage: IndexDamage) => void
  #columns: Columns | undefined
  #columnBytes = 0
  readonly #stop = new Int32Array(new SharedArrayBuffer(4))
  /** Started when first asked, and again after it ended: one that cannot start is not started over and over. */
  #worker: Worker | undefined
  #pending: Pending | undefined
  #lastId = 0
  #closed = false

  /** `onDamage` hears of damage that the thread meets; `onColumns` which columns it has, a writing one. */
  constructor(
    data: Omit<ThreadData, 'stop'>,
    onDamage: (damage: IndexDamage) => void = () => {},
    onColumns: (columns: Columns) => void = () => {},
  ) {
    this.#data = data
    this.#onDamage = onDamage
    this.#onColumns = onColumns
  }

  /** Tells a reading thread what the writer has; a thread that takes its place is told too. */
  tell(columns: Columns): void {
    this.#columns = columns
    this.#columnBytes = [...columns.segments.values()].reduce((sum, { byteLength }) => sum + byteLength, 0)
    this.#worker?.postMessage(columns)
  }

  /** Starts the thread before it is asked anything; resolves when it has read its program (0.3 s), or has ended. */
  async start(): Promise<void> {
    this.#worker ??= this.#create()
    const worker = this.#worker
    await new Promise<void>(resolve => {
      worker.once('message', () => resolve())
      worker.once('exit', () => resolve())
    })
  }

  /** Size of the columns of its index. */
  get columnBytes(): number {
    return this.#columnBytes
  }

  get isIdle(): boolean {
    return this.#pending === undefined
  }

  /** `ports`: those among the arguments. Rejects with what the engine throws, with `EngineTroubleError` when it takes too long, or with the abort's reason. */
  async run(
    method: Method,
    args: readonly unknown[],
    budgetMs: number,
    signal?: AbortSignal,
    ports: readonly MessagePort[] = [],
  ): Promise<unknown> {
    if (this.#pending) throw new Error('this thread has an order already')
    const id = ++this.#lastId
    const order: Order = { id, method, args, budgetMs }
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending = { id, resolve, reject }
    })
    const stop = (): void => {
      Atomics.store(this.#stop, 0, id)
    }
    signal?.addEventListener('abort', stop, { once: true })
    const guard = setTimeout(() => this.#replace(id), budgetMs + GRACE_MS)
    try {
      this.#send(order, ports)
      return await answer
    } finally {
      clearTimeout(guard)
      signal?.removeEventListener('abort', stop)
      signal?.throwIfAborted()
    }
  }

  /** Throws for what cannot be sent, which leaves the thread free. */
  #send(order: Order, ports: readonly MessagePort[]): void {
    this.#worker ??= this.#create()
    try {
      this.#worker.postMessage(order, ports)
    } catch (error) {
      this.#pending = undefined
      throw error
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    if (!this.#worker) return
    const worker = this.#worker
    // Asked to leave, so that files are closed in order; ended when it does not.
    worker.postMessage('close')
    const ended = once(worker, 'exit')
    const guard = setTimeout(() => void worker.terminate(), GRACE_MS)
    await ended
    clearTimeout(guard)
  }

  #create(): Worker {
    const workerData: ThreadData = { ...this.#data, stop: this.#stop.buffer }
    const worker = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData,
      resourceLimits: {
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
        ...(this.#data.role === 'reader' && { maxOldGenerationSizeMb: READER_OLD_GENERATION_MB }),
      },
    })
    worker.on('message', (message: unknown) => {
      if (isColumns(message)) this.#onColumns(message)
      else if (isDamageNote(message)) this.#noteDamage(message)
      else if (isReply(message)) this.#settle(message)
    })
    if (this.#columns) worker.postMessage(this.#columns)
    let failure: unknown
    worker.on('error', error => {
      failure = error
    })
    worker.on('exit', code => {
      if (this.#closed || worker !== this.#worker) return
      this.#worker = undefined
      this.#fail(failure ?? new Error(`a thread of the search engine ended with code ${code}`))
    })
    return worker
  }

  #noteDamage({ damagedIndex, error }: DamageNote): void {
    this.#onDamage({ index: damagedIndex, error: new IndexDamagedError(error.message) })
  }

  #settle({ id, value, error }: Reply): void {
    if (this.#pending?.id !== id) return
    const { resolve, reject } = this.#pending
    this.#pending = undefined
    if (error) reject(fromPortable(error))
    else resolve(value)
  }

  #fail(error: unknown): void {
    const pending = this.#pending
    this.#pending = undefined
    pending?.reject(error)
  }

  #replace(id: number): void {
    if (this.#pending?.id !== id) return
    const stuck = this.#worker
    this.#worker = undefined
    this.#fail(new EngineTroubleError('slow', 'the search took too long; ask for less, or try again'))
    void stuck?.terminate()
  }
}
