import { createShare } from '../embedded/shared-search.ts'
import { EngineTroubleError } from '../engine.ts'
import type { EngineThread } from './engine-thread.ts'
import type { Method } from './orders.ts'

/** Whoever finds so many waiting is told to come back: past them an answer would come too late for its reader. */
const MOST_WAITING = 64
const RETRY_AFTER_MS = 1000

/** An index of fewer columns (150,000 profiles) is searched sooner than others could be asked to help (0.3 ms). */
const WORTH_SHARING_BYTES = 16 << 20
/** Each plans the query for itself: past four at one search there is little left to share. */
const MOST_HELPERS = 3

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
  readonly #shareFromBytes: number

  /** `shareFromBytes`: the columns of an index that is worth sharing a search of. */
  constructor(threads: readonly EngineThread[], budgetMs: number, shareFromBytes = WORTH_SHARING_BYTES) {
    this.#shareFromBytes = shareFromBytes
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
    const work = left > 0 ? this.#run(thread, order, left) : Promise.reject(busy())
    work.then(order.resolve, order.reject).finally(() => this.#next())
  }

  /** Threads that nobody needs now help with a search of a large index. */
  #run(thread: EngineThread, { method, args, signal }: Waiting, budgetMs: number): Promise<unknown> {
    const isWorth = method === 'search' && this.#waiting.length === 0 && thread.columnBytes >= this.#shareFromBytes
    const idle = isWorth ? this.#threads.filter(each => each !== thread && each.isIdle).slice(0, MOST_HELPERS) : []
    if (idle.length === 0) return thread.run(method, args, budgetMs, signal)
    const { owner, helpers } = createShare(idle.length)
    idle.forEach((helper, number) => {
      const share = helpers[number]!
      // What a helper fails at the owner does itself.
      helper
        .run('help', [args[0], share], budgetMs, signal, [share.port])
        .catch(() => {})
        .finally(() => this.#next())
    })
    return thread.run(method, [args[0], owner], budgetMs, signal, owner.ports)
  }
}
