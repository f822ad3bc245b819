import { EngineTroubleError } from '../engine.ts'
import type { EngineThread } from './engine-thread.ts'
import type { Method } from './orders.ts'

/** Whoever finds so many waiting is told to come back: past them an answer would come too late for its reader. */
const MOST_WAITING = 64
const RETRY_AFTER_MS = 1000

interface Waiting {
  readonly method: Method
  readonly args: readonly unknown[]
  readonly until: number
  readonly signal: AbortSignal | undefined
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
  readonly leave: () => void
}

const busy = (): EngineTroubleError =>
  new EngineTroubleError('busy', 'too many searches at once; try again in a moment', { retryAfterMs: RETRY_AFTER_MS })

/**
 * Gives each order to a free thread, in the order in which they were asked; a bounded number waits. The budget of an
 * order counts from the moment it was asked.
 */
export class ThreadPool {
  readonly #threads: readonly EngineThread[]
  readonly #waiting: Waiting[] = []
  readonly #budgetMs: number

  constructor(threads: readonly EngineThread[], budgetMs: number) {
    this.#threads = threads
    this.#budgetMs = budgetMs
  }

  /** Rejects with `EngineTroubleError` when too many wait (busy) or the budget is spent (slow), or as `EngineThread.run`. */
  run(method: Method, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    if (signal?.aborted) return Promise.reject(signal.reason)
    if (this.#waiting.length >= MOST_WAITING) return Promise.reject(busy())
    return new Promise((resolve, reject) => {
      const until = performance.now() + this.#budgetMs
      const order: Waiting = { method, args, until, signal, resolve, reject, leave: () => this.#leave(order) }
      this.#waiting.push(order)
      signal?.addEventListener('abort', order.leave)
      this.#next()
    })
  }

  async close(): Promise<void> {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('the search engine is closed'))
    await Promise.all(this.#threads.map(thread => thread.close()))
  }

  /** Whoever gives up while waiting makes room at once. */
  #leave(order: Waiting): void {
    const at = this.#waiting.indexOf(order)
    if (at === -1) return
    this.#waiting.splice(at, 1)
    order.reject(order.signal?.reason)
  }

  #next(): void {
    const thread = this.#threads.find(({ isIdle }) => isIdle)
    const order = thread && this.#waiting.shift()
    if (!order) return
    // From here on the thread hears of it: one signal may stand behind hundreds of searches.
    order.signal?.removeEventListener('abort', order.leave)
    const left = order.until - performance.now()
    const work = left > 0 ? thread.run(order.method, order.args, left, order.signal) : Promise.reject(busy())
    work.then(order.resolve, order.reject).finally(() => this.#next())
  }
}
