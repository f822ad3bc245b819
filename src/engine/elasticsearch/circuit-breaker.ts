/** What the end of a request says about the other side; `nothing` when we ended it ourselves too early to tell. */
export type Verdict = 'works' | 'fails' | 'nothing'

export interface CircuitBreakerOptions {
  /** So many failures in a row open it. */
  readonly failures?: number
  /** How long it stays open before one request may try again. */
  readonly openMs?: number
  readonly now?: () => number
}

/** Searches of a second at moderate load; a restart of one node among three makes fewer. */
const FAILURES = 5
const OPEN_MS = 2000

/**
 * Keeps requests from a server that fails: after several failures in a row they are refused at once, so that nobody
 * waits for a time-out and a server that comes back is not met by all who waited. After a while one request tries; its
 * end closes the circuit or opens it anew (M. Nygard, Release It!, 2007).
 */
export class CircuitBreaker {
  readonly #most: number
  readonly #openMs: number
  readonly #now: () => number
  #failures = 0
  #openUntil = Number.NEGATIVE_INFINITY
  #probing = false
  #last: unknown

  constructor({ failures = FAILURES, openMs = OPEN_MS, now = () => performance.now() }: CircuitBreakerOptions = {}) {
    this.#most = failures
    this.#openMs = openMs
    this.#now = now
  }

  get state(): 'closed' | 'open' | 'half-open' {
    if (this.#failures < this.#most) return 'closed'
    return this.#now() < this.#openUntil || this.#probing ? 'open' : 'half-open'
  }

  /** Runs `work`. While the circuit is open it throws what `refusal` makes of the last failure and of the ms left. */
  async run<T>(
    work: () => Promise<T>,
    judge: (error: unknown) => Verdict,
    refusal: (last: unknown, leftMs: number) => unknown,
  ): Promise<T> {
    const { state } = this
    if (state === 'open') throw refusal(this.#last, Math.max(0, this.#openUntil - this.#now()))
    const probe = state === 'half-open'
    if (probe) this.#probing = true
    try {
      const result = await work()
      this.#failures = 0
      return result
    } catch (error) {
      const verdict = judge(error)
      if (verdict === 'works') this.#failures = 0
      if (verdict === 'fails') this.#fail(error)
      throw error
    } finally {
      if (probe) this.#probing = false
    }
  }

  #fail(error: unknown): void {
    this.#last = error
    this.#failures++
    if (this.#failures >= this.#most) this.#openUntil = this.#now() + this.#openMs
  }
}
