/** How long to wait between two tries of the same thing. */
export interface Backoff {
  /** After the first failure, in ms; doubled after each further one. */
  readonly firstMs: number
  readonly maxMs: number
}

/** What a server may ask for at most: the rest is for the operator to notice. */
const LONGEST_RETRY_AFTER_MS = 300_000

/**
 * The wait after failure number `failures` (from 1): half of the doubled time for sure and the other half at random, so
 * that clients that failed together do not come back together; never less than the server asked for (`Retry-After`).
 */
export const backoffMs = (
  { firstMs, maxMs }: Backoff,
  failures: number,
  retryAfterMs = 0,
  random: () => number = Math.random,
): number => {
  const whole = Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 30))
  return Math.max(Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS), whole * (0.5 + random() / 2))
}
