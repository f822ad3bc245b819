import type { Clock, TurnMemory } from './stores.ts'

export interface PolitenessOptions {
  readonly turns: TurnMemory
  readonly clock: Clock
  /** Requests in flight at once over all hosts, pages that are being read and stored included. */
  readonly concurrency: number
  /** Milliseconds between an answer's end and the next request to that host, at least. */
  readonly minDelayMs: number
  readonly signal?: AbortSignal | undefined
}

/** Lets requests through one at a time a host, with a pause after each: the only way to a server. */
export interface Politeness {
  /** Waits for the host's turn, then for a free place; holds both. Rejects, holding nothing, when the signal aborts. */
  enter(host: string): Promise<void>
  /** Ends the turn; the next may begin max(least delay, 5 × response time, Crawl-delay) from now. */
  leave(host: string, responseMs: number): void
  /** Gives the place back: what came of the request has been dealt with. */
  giveBack(): void
  /** The Crawl-delay a host asks for; one that was not known yet counts from now, its robots.txt having just been read. */
  setDelay(host: string, delayMs: number): void
  /** Leaves a host alone until that time. */
  pause(host: string, until: number): void
}

/** Heritrix' factor: who answers slowly is asked more seldom. */
const RESPONSE_FACTOR = 5

/** The clock counts whole milliseconds: what it says may be up to one ago. */
const CLOCK_MS = 1

/** `limit` holders at once, first come first served. */
const createSlots = (limit: number) => {
  const waiting: (() => void)[] = []
  let free = limit
  return {
    async take(): Promise<void> {
      if (free > 0) free--
      else await new Promise<void>(resolve => waiting.push(resolve))
    },
    give(): void {
      const next = waiting.shift()
      if (next === undefined) free++
      else next()
    },
  }
}

/** One lock a host, forgotten when nobody holds or waits for it. */
const createHostLocks = () => {
  const tails = new Map<string, Promise<void>>()
  const releases = new Map<string, () => void>()
  return {
    async take(host: string): Promise<void> {
      const before = tails.get(host)
      const { promise, resolve } = Promise.withResolvers<void>()
      tails.set(host, promise)
      await before
      releases.set(host, () => {
        if (tails.get(host) === promise) tails.delete(host)
        releases.delete(host)
        resolve()
      })
    },
    give: (host: string): void => releases.get(host)?.(),
  }
}

/** See `Politeness`. What a host was promised is remembered by `turns`, also over a restart. */
export const createPoliteness = ({ turns, clock, concurrency, minDelayMs, signal }: PolitenessOptions): Politeness => {
  const locks = createHostLocks()
  const slots = createSlots(concurrency)
  const delays = new Map<string, number>()
  const delayOf = (host: string, responseMs: number): number =>
    Math.max(minDelayMs, RESPONSE_FACTOR * responseMs, delays.get(host) ?? 0)
  const postpone = (host: string, until: number): void => {
    if (until > turns.nextTurn(host)) turns.saveNextTurn(host, until)
  }
  const waitForTurn = async (host: string): Promise<void> => {
    for (;;) {
      signal?.throwIfAborted()
      // Read anew: a pause may have been added meanwhile. A clock set back by a year must not stop us for one.
      const waitMs = turns.nextTurn(host) - clock.now()
      if (waitMs <= 0) return
      await clock.sleep(waitMs, signal)
    }
  }
  return {
    async enter(host) {
      await locks.take(host)
      try {
        await waitForTurn(host)
        await slots.take()
      } catch (error) {
        locks.give(host)
        throw error
      }
      // Should this process be killed now, its successor still waits the least delay.
      postpone(host, clock.now() + delayOf(host, 0))
    },
    leave(host, responseMs) {
      postpone(host, clock.now() + CLOCK_MS + delayOf(host, responseMs))
      locks.give(host)
    },
    giveBack: slots.give,
    setDelay(host, delayMs) {
      if (delays.get(host) === delayMs) return
      delays.set(host, delayMs)
      postpone(host, clock.now() + CLOCK_MS + delayMs)
    },
    pause: postpone,
  }
}
