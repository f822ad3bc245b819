import type { Config } from '../config.ts'
import type { App } from './services.ts'

/** A file of a thousand results costs as much as several searches, and takes as much longer. */
const SEARCHES_PER_EXPORT = 5
/** Two dozen searches that neither count facets nor write answers: of 2,956 profiles p95 65 ms, a search 35. */
const SEARCHES_PER_MIRROR = 3
/** Completions are asked for at each keystroke, searches at each Enter. */
const SUGGESTIONS_PER_SEARCH = 5
const WINDOW_MS = 60_000

const limited = (app: App, max: number, handlerTimeout: number) => ({
  // One hook for all the routes of a group: the plugin's own route option would count each of them apart.
  onRequest: max > 0 ? [app.rateLimit({ max, timeWindow: WINDOW_MS })] : [],
  handlerTimeout,
})

/**
 * Limits of the routes that ask the engine: one count an address for the search pages and the search API together,
 * another for completions, others for the files of exports and for mirrors; and the time after which the answer is a 503 and the search is told to stop.
 */
export const routeLimits = (app: App, { rateLimit, searchTimeoutMs }: Config) => ({
  search: limited(app, rateLimit, searchTimeoutMs),
  exports: limited(app, Math.ceil(rateLimit / SEARCHES_PER_EXPORT), searchTimeoutMs * SEARCHES_PER_EXPORT),
  mirror: limited(app, Math.ceil(rateLimit / SEARCHES_PER_MIRROR), searchTimeoutMs * SEARCHES_PER_MIRROR),
  suggest: limited(app, rateLimit * SUGGESTIONS_PER_SEARCH, searchTimeoutMs),
})
export type RouteLimits = ReturnType<typeof routeLimits>

/** Health checks answer under pressure too: an overloaded service is alive, and must not be restarted for it. */
export const UNDER_PRESSURE_EXEMPT = { config: { pressureHandler: (): undefined => undefined } }
