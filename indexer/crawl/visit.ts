import type { Politeness } from './politeness.ts'
import type { Fetcher, FetchOptions, FetchOutcome, FetchReason } from './ports.ts'
import type { Clock } from './stores.ts'

/** Asks for an address in its host's turn, and for each redirect in the turn of the host it leads to. */
export type Visit = (
  url: string,
  options: Pick<FetchOptions, 'purpose' | 'validators'> & {
    /** Awaited before another request may take the place of this one: no more is asked for than can be read and stored. */
    readonly take?: (outcome: FetchOutcome) => Promise<void>
  },
  /** Whether a redirect may be followed; asked while no host's turn is held, since it may itself ask a host. */
  mayFollow: (to: URL) => Promise<FetchReason | undefined>,
) => Promise<FetchOutcome>

export interface VisitOptions {
  readonly fetcher: Fetcher
  readonly politeness: Politeness
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
}

/** See `Visit`. A server that asks for time (Retry-After) gets it. */
export const createVisit =
  ({ fetcher, politeness, clock, signal }: VisitOptions): Visit =>
  async (url, { take, ...options }, mayFollow) => {
    let placed = false
    let holding: string | undefined
    let last = ''
    let started = 0
    const enter = async (host: string): Promise<void> => {
      await politeness.enter(host)
      placed = true
      holding = last = host
      started = performance.now()
    }
    const endTurn = (): void => {
      if (holding !== undefined) politeness.leave(holding, performance.now() - started)
      holding = undefined
    }
    const leave = (): void => {
      endTurn()
      if (placed) politeness.giveBack()
      placed = false
    }
    await enter(new URL(url).host)
    try {
      const outcome = await fetcher.fetch(url, {
        ...options,
        ...(signal !== undefined && { signal }),
        beforeRedirect: async to => {
          leave()
          const reason = await mayFollow(to)
          if (reason === undefined) await enter(to.host)
          return reason
        },
      })
      if (outcome.kind === 'failed' && outcome.retryAfterMs !== undefined) {
        politeness.pause(last, clock.now() + outcome.retryAfterMs)
      }
      endTurn()
      await take?.(outcome)
      return outcome
    } finally {
      leave()
    }
  }
