import { setTimeout as wait } from 'node:timers/promises'
import type { Siren } from '../../src/model/siren.ts'
import { type Asked, ask, type ServiceOptions } from './ask.ts'

/** Time as it is read and waited for; tests bring their own. */
export interface Clock {
  /** Time of day: milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds that pass evenly, whatever is done to the time of day. */
  readonly elapsed: () => number
  readonly sleep: (ms: number) => Promise<unknown>
}

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: ms => wait(ms),
}

/** From one request to the next. The service allows 7 a second: 1000 / 7 = 143, and its clock is not ours. */
const GAP_MS = 150
/** Before each further try of what failed: a hiccup, a restart, a short outage. */
const LAST_DELAY_MS = 25_000
const RETRY_DELAYS_MS = [1000, 5000, LAST_DELAY_MS] as const
/** A service that asks for more patience than this is left alone until the next run. */
const MAX_PAUSE_MS = 3_600_000
const MAX_PAUSES = 10

/** How asking for one SIREN ends, after all tries. */
export type Outcome =
  | Exclude<Asked, { kind: 'busy' }>
  /** The service does not want to be asked for now. */
  | { readonly kind: 'refused'; readonly reason: string }

/** How long to wait before asking again; `undefined`: longer or more often than is reasonable. */
const pauseFor = (busy: Extract<Asked, { kind: 'busy' }>, pauses: number): number | undefined => {
  const ms = busy.retryAfterMs ?? RETRY_DELAYS_MS[pauses] ?? LAST_DELAY_MS
  return pauses < MAX_PAUSES && ms <= MAX_PAUSE_MS ? ms : undefined
}

const refusal = ({ status, retryAfterMs }: Extract<Asked, { kind: 'busy' }>): Outcome => {
  const wish = retryAfterMs === undefined ? '' : ` and asks to wait ${Math.ceil(retryAfterMs / 1000)} s`
  return { kind: 'refused', reason: `the service answers ${status}${wish}` }
}

/**
 * Asks the service, one request in flight and at most 7 a second; waits as long as Retry-After says, and tries again
 * what passes (1, 5, 25 s later).
 */
export const createPatientAsker = (service: ServiceOptions, clock: Clock) => {
  let lastStart = -GAP_MS
  const turn = async (): Promise<void> => {
    const rest = lastStart + GAP_MS - clock.elapsed()
    if (rest > 0) await clock.sleep(rest)
    lastStart = clock.elapsed()
  }
  return async (siren: Siren): Promise<Outcome> => {
    let failures = 0
    let pauses = 0
    for (;;) {
      await turn()
      const asked = await ask(siren, service, clock.now())
      if (asked.kind === 'busy') {
        const pause = pauseFor(asked, pauses)
        if (pause === undefined) return refusal(asked)
        pauses += 1
        await clock.sleep(pause)
        continue
      }
      const delay = asked.kind === 'failed' && asked.passing ? RETRY_DELAYS_MS[failures] : undefined
      if (delay === undefined) return asked
      failures += 1
      await clock.sleep(delay)
    }
  }
}
