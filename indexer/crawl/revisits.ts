/** When an address is asked for again. Milliseconds. */

const SECOND_MS = 1_000
const DAY_MS = 86_400_000

/** A page seen for the first time; halved at each change seen, doubled when there is none. */
export const FIRST_INTERVAL_MS = 7 * DAY_MS
const SHORTEST_INTERVAL_MS = DAY_MS
const LONGEST_INTERVAL_MS = 60 * DAY_MS

/** After a lasting end: the address is not a page for us, or the site does not want it read. */
export const EXCLUDED_MS = 30 * DAY_MS

/** After 404 or 410: three weeks in a row before a page is forgotten. */
export const GONE_MS = 7 * DAY_MS
export const GONE_VISITS = 3

/** How long the crawl waits at a site for an address to become due, instead of leaving it for the next run. */
export const PATIENCE_MS = 60 * SECOND_MS

/** After each failure in a row: a hiccup, a restart, an outage; then daily for three days, then monthly. */
/** Failures in a row after which the daily tries are over. */
export const PATIENT_TRIES = 9

const RETRIES_MS = [1, 5, 25, 900, 900, 900].map(seconds => seconds * SECOND_MS).concat([DAY_MS, DAY_MS, DAY_MS])

/** The interval after a visit that found the page changed or not. */
export const nextInterval = (intervalMs: number, change: 'first' | 'changed' | 'unchanged'): number => {
  if (change === 'first') return intervalMs
  return change === 'changed'
    ? Math.max(SHORTEST_INTERVAL_MS, Math.floor(intervalMs / 2))
    : Math.min(LONGEST_INTERVAL_MS, intervalMs * 2)
}

/** How long to wait after the `attempts`th failure in a row (1, 2, …); at least what the server asks for. */
export const retryDelay = (attempts: number, askedMs = 0): number =>
  Math.max(askedMs, RETRIES_MS[attempts - 1] ?? EXCLUDED_MS)
