import { EncoderError, EncoderUnavailableError } from './encoder-errors.ts'

/** A circuit breaker (Nygard, "Release It!"): an endpoint that fails is left alone for a while. */
export interface Breaker {
  /** Runs `work`, or rejects at once with an `EncoderUnavailableError` of fault "paused". */
  run<T>(work: () => Promise<T>): Promise<T>
  /** Why the endpoint is left alone now; `undefined` when it is asked. */
  paused(): string | undefined
}

export interface BreakerOptions {
  /** So many failures in a row open it: one may be chance, and each costs a reader the whole time-out. */
  readonly failures?: number
  readonly restMs?: number
  readonly now?: () => number
}

export const createBreaker = ({
  failures: limit = 3,
  restMs = 30_000,
  now = () => performance.now(),
}: BreakerOptions = {}): Breaker => {
  let failures = 0
  let restsUntil = Number.NEGATIVE_INFINITY
  let lastMessage = ''

  const paused = (): string | undefined => {
    const left = restsUntil - now()
    if (left <= 0) return undefined
    return `left alone for ${Math.ceil(left / 1000)} s after ${failures} failures: ${lastMessage}`
  }

  return {
    paused,
    async run(work) {
      const reason = paused()
      if (reason !== undefined) throw new EncoderUnavailableError('paused', `The embeddings endpoint is ${reason}`)
      // After the rest one request tries; the others go on resting meanwhile.
      const trial = failures >= limit
      if (trial) restsUntil = now() + restMs
      try {
        const result = await work()
        failures = 0
        restsUntil = Number.NEGATIVE_INFINITY
        return result
      } catch (error) {
        if (error instanceof EncoderError) {
          failures++
          lastMessage = error.message
          if (failures >= limit) restsUntil = now() + restMs
        } else if (trial) {
          // The reader left before the end: nothing was learnt.
          restsUntil = Number.NEGATIVE_INFINITY
        }
        throw error
      }
    },
  }
}
