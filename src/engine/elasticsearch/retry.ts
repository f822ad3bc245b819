import { setTimeout as sleep } from 'node:timers/promises'
import { type Backoff, backoffMs } from '../backoff.ts'
import { troubleOf } from './trouble.ts'

/** How often, and how far apart, something is tried. */
export interface RetryPolicy extends Backoff {
  /** Tries in all. */
  readonly attempts: number
}

/** A build of an hour outlasts a node that restarts: some two minutes in all, one request at a time. */
export const BUILD_POLICY: RetryPolicy = { attempts: 14, firstMs: 250, maxMs: 20_000 }

/** Before anything has begun, a wrong address is more likely than a cluster that comes back: some four seconds in all. */
export const FIRST_CONTACT_POLICY: RetryPolicy = { attempts: 5, firstMs: 250, maxMs: 2000 }

/** A change waits in the catalogue's outbox anyway: what does not go soon goes later. */
export const CHANGE_POLICY: RetryPolicy = { attempts: 3, firstMs: 100, maxMs: 1000 }

/** Waits after failure number `failures` as the policy says. */
export const pause = (policy: RetryPolicy, failures: number, retryAfterMs?: number): Promise<void> =>
  sleep(backoffMs(policy, failures, retryAfterMs))

/** Runs `work` again while what stops it passes by itself; then throws the last trouble. */
export const retrying = async <T>(
  work: (attempt: number) => Promise<T>,
  policy: RetryPolicy,
  wait: typeof pause = pause,
): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt)
    } catch (error) {
      const trouble = troubleOf(error)
      if (!trouble?.passes || attempt >= policy.attempts) throw trouble ?? error
      await wait(policy, attempt, trouble.retryAfterMs)
    }
  }
}
