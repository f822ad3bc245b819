import type { Politeness } from './politeness.ts'
import type { FetchOutcome, FetchReason } from './ports.ts'
import { crawlDelayMs, isAllowed, parseRobots, policyForStatus, type Robots, sitemaps } from './robots.ts'
import type { Clock, CrawlMemory, RobotsMemory } from './stores.ts'
import { registeredDomain } from './urls.ts'
import type { Visit } from './visit.ts'

/** Whether an address may be asked for. With `until`, nothing of its host may be before that time. */
export type Permission =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: FetchReason; readonly detail: string; readonly until?: number }

/** Asks robots.txt and the opt-out list before every request. */
export interface RobotsGate {
  check(url: URL): Promise<Permission>
  /** The sitemaps that the robots.txt of an origin names. */
  sitemapsOf(url: URL): Promise<readonly string[]>
}

export interface RobotsGateOptions {
  readonly memory: CrawlMemory
  readonly politeness: Politeness
  readonly visit: Visit
  readonly clock: Clock
  /** Product token. */
  readonly robot: string
  /** The longest Crawl-delay that is kept; a site that asks for more is not crawled. */
  readonly maxCrawlDelayMs: number
}

const HOUR_MS = 3_600_000
const CACHE_MS = 24 * HOUR_MS
/** After which robots.txt is tried again where it could not be read. */
const RETRY_MS = HOUR_MS
const SKIP_MS = 7 * 24 * HOUR_MS
/** A host that asked for more time than this (Retry-After) is left for a later run, instead of being waited for. */
const MAX_WAIT_MS = 600_000
/** Parsed files held in memory. */
const MAX_HELD = 1_000

const statusOf = (outcome: FetchOutcome): number | 'no-answer' => {
  if (outcome.kind === 'gone') return outcome.status
  if (outcome.kind === 'failed' || outcome.kind === 'excluded') return outcome.status ?? 'no-answer'
  return 'no-answer'
}

/** Why a server gave no answer at all: the same will befall every page of the site. */
const UNANSWERED = [
  'host-not-found',
  'dns-timeout',
  'dns-failure',
  'private-address',
  'connect-timeout',
  'connection-refused',
  'connection-reset',
  'tls-error',
] as const satisfies readonly FetchReason[]

/** Whether a reason says that no server answered. */
export const isUnanswered = (reason: FetchReason): boolean => UNANSWERED.some(each => each === reason)

const unansweredReason = (outcome: FetchOutcome): string =>
  outcome.kind === 'failed' || outcome.kind === 'excluded' ? outcome.reason : ''

const remember = (outcome: FetchOutcome, now: number): RobotsMemory => {
  if (outcome.kind === 'fetched') return { policy: 'rules', robots: outcome.page.body, robotsUntil: now + CACHE_MS }
  const policy = policyForStatus(statusOf(outcome))
  const reason = policy === 'disallow-all' && statusOf(outcome) === 'no-answer' ? unansweredReason(outcome) : ''
  // An empty answer that is no error (204) has no rules.
  const robotsUntil = now + (policy === 'disallow-all' ? RETRY_MS : CACHE_MS)
  return { policy, robots: Buffer.from(reason), robotsUntil }
}

interface Held {
  readonly memory: RobotsMemory
  readonly robots: Robots
}

/** See `RobotsGate`. Files are cached for 24 hours by `memory`, a failure to read one for an hour (RFC 9309 §2.4). */
export const createRobotsGate = (options: RobotsGateOptions): RobotsGate => {
  const { memory, politeness, visit, clock, robot, maxCrawlDelayMs } = options
  const held = new Map<string, Promise<Held>>()
  const load = async (origin: string): Promise<Held> => {
    const known = memory.host(origin)
    if (known !== undefined && known.robotsUntil > clock.now()) {
      return { memory: known, robots: parseRobots(known.robots) }
    }
    // Redirects of robots.txt are followed wherever they lead (§2.3.1.2): there is no other file to ask first.
    const outcome = await visit(`${origin}/robots.txt`, { purpose: 'robots' }, async () => undefined)
    const fresh = remember(outcome, clock.now())
    memory.saveHost(origin, fresh)
    return { memory: fresh, robots: parseRobots(fresh.robots) }
  }
  const rulesOf = async (origin: string): Promise<Held> => {
    const present = held.get(origin)
    const still = present && (await present)
    if (still !== undefined && still.memory.robotsUntil > clock.now()) return still
    // Another turn may have begun to load it while this one waited.
    const other = held.get(origin)
    if (other !== undefined && other !== present) return other
    if (held.size >= MAX_HELD) held.clear()
    const loading = load(origin)
    held.set(origin, loading)
    loading.catch(() => held.delete(origin))
    return loading
  }
  const check = async (url: URL): Promise<Permission> => {
    if (memory.isOptedOut(registeredDomain(url.hostname))) {
      return { allowed: false, reason: 'opted-out', detail: 'asked to be left out' }
    }
    const turnAt = memory.nextTurn(url.host)
    if (turnAt - clock.now() > MAX_WAIT_MS) {
      return { allowed: false, reason: 'rate-limited', detail: 'the server asked for time', until: turnAt }
    }
    const { memory: known, robots } = await rulesOf(url.origin)
    if (known.policy === 'disallow-all') {
      const detail = 'robots.txt could not be read: nothing is fetched'
      const why = Buffer.from(known.robots).toString()
      const reason = UNANSWERED.find(each => each === why) ?? 'robots'
      return { allowed: false, reason, detail, until: known.robotsUntil }
    }
    const delayMs = crawlDelayMs(robots, robot)
    if (delayMs !== undefined && delayMs > maxCrawlDelayMs) {
      const detail = `Crawl-delay of ${delayMs / 1000} s, more than ${maxCrawlDelayMs / 1000}`
      return { allowed: false, reason: 'crawl-delay', detail, until: clock.now() + SKIP_MS }
    }
    if (delayMs !== undefined) politeness.setDelay(url.host, delayMs)
    if (isAllowed(robots, robot, url.href)) return { allowed: true }
    return { allowed: false, reason: 'robots', detail: 'disallowed by robots.txt' }
  }
  return {
    check,
    sitemapsOf: async url => sitemaps((await rulesOf(url.origin)).robots, `${url.origin}/robots.txt`),
  }
}
