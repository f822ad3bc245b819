import { type Backoff, backoffMs } from './engine/backoff.ts'
import type { IndexDamage } from './engine/engine.ts'
import type { IndexRepairState } from './model/status.ts'

/** Has a damaged index, or one of an older format, rebuilt from the catalogue while the service goes on. */
export interface IndexRepair {
  /** To be told of every damage. Of one index the first counts; that of an index that is not live any more does not. */
  report(damage: IndexDamage): void
  /** What is damaged now and what is done about it; `undefined` while the live index is sound. */
  state(): IndexRepairState | undefined
  /** Rebuilds since the start, by their outcome. */
  counts(): { readonly done: number; readonly failed: number }
  /** From here on rebuilds run: what was reported before is taken up. */
  start(log: RepairLog): void
  /** Ends the rebuild under way; nothing of it is live. */
  stop(): Promise<void>
}

interface RepairLog {
  info(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Builds a new index and makes it live; rejects with the reason when that fails or `signal` ends it. */
export type Rebuild = (signal: AbortSignal, onProgress: (share: number) => void) => Promise<void>

export interface IndexRepairOptions {
  /** `undefined`: the operator rebuilds. */
  readonly rebuild: Rebuild | undefined
  /** The name of the live index. */
  readonly liveIndex: () => string | undefined
  /** Called after a rebuild. */
  readonly onRepaired?: () => void
  readonly backoff?: Backoff
  /** An index that is damaged so soon after it was built counts as a failed rebuild. */
  readonly soonMs?: number
}

/** A rebuild reads the whole catalogue: what keeps failing (a full disk, a bad one) is tried once an hour. */
const BACKOFF: Backoff = { firstMs: 60_000, maxMs: 3_600_000 }
const SOON_MS = 600_000

interface Episode {
  readonly damage: IndexDamage
  readonly since: string
  state: IndexRepairState['state']
  progress?: number
  nextTry?: string
}

export const createIndexRepair = ({
  rebuild,
  liveIndex,
  onRepaired,
  backoff = BACKOFF,
  soonMs = SOON_MS,
}: IndexRepairOptions): IndexRepair => {
  const stopping = new AbortController()
  const counts = { done: 0, failed: 0 }
  let log: RepairLog | undefined
  let episode: Episode | undefined
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  /** In a row, damage soon after a rebuild included. */
  let failures = 0
  let repairedAt = Number.NEGATIVE_INFINITY

  const isReplaced = ({ damage }: Episode): boolean => liveIndex() !== damage.index

  /** Somebody else may have rebuilt the index: the operator, or another service. */
  const forgetReplaced = (): void => {
    if (!episode || running || !isReplaced(episode)) return
    episode = undefined
    clearTimeout(timer)
  }

  const attempt = async (current: Episode, run: Rebuild): Promise<void> => {
    try {
      await run(stopping.signal, share => {
        current.progress = share
      })
      counts.done++
      repairedAt = performance.now()
      episode = undefined
      log?.info({ index: liveIndex() }, 'the index is rebuilt')
      onRepaired?.()
    } catch (error) {
      if (stopping.signal.aborted) return
      counts.failed++
      failures++
      const waitMs = wait(current, run)
      log?.error({ err: error, retryInSeconds: Math.round(waitMs / 1000) }, 'the index could not be rebuilt')
    }
  }

  const begin = (current: Episode, run: Rebuild): void => {
    current.state = 'rebuilding'
    current.progress = 0
    delete current.nextTry
    running = attempt(current, run).finally(() => {
      running = undefined
    })
  }

  const wait = (current: Episode, run: Rebuild): number => {
    const waitMs = backoffMs(backoff, failures)
    current.state = 'waiting'
    current.nextTry = new Date(Date.now() + waitMs).toISOString()
    delete current.progress
    timer = setTimeout(() => {
      forgetReplaced()
      if (episode) begin(episode, run)
    }, waitMs)
    timer.unref()
    return waitMs
  }

  /** Says so once, and has the index rebuilt unless the last rebuild did not hold. */
  const takeUp = (current: Episode): void => {
    const { index, error: err } = current.damage
    if (!rebuild) {
      log?.error({ err, index }, 'the index is damaged: rebuild it with "npm run index"')
      return
    }
    if (performance.now() - repairedAt < soonMs) {
      failures++
      const waitMs = wait(current, rebuild)
      const retryInSeconds = Math.round(waitMs / 1000)
      log?.error(
        { err, index, retryInSeconds },
        'the index is damaged again soon after it was rebuilt: look at the disk',
      )
      return
    }
    failures = 0
    log?.error({ err, index }, 'the index is damaged: it is rebuilt from the catalogue in the background')
    begin(current, rebuild)
  }

  return {
    report(damage) {
      forgetReplaced()
      if (episode || stopping.signal.aborted || damage.index !== liveIndex()) return
      episode = { damage, since: new Date().toISOString(), state: rebuild ? 'waiting' : 'manual' }
      if (log) takeUp(episode)
    },
    state() {
      forgetReplaced()
      if (!episode || isReplaced(episode)) return undefined
      const { since, state, progress, nextTry } = episode
      return { since, state, ...(progress !== undefined && { progress }), ...(nextTry !== undefined && { nextTry }) }
    },
    counts: () => ({ ...counts }),
    start(given) {
      log = given
      forgetReplaced()
      if (episode) takeUp(episode)
    },
    async stop() {
      stopping.abort()
      clearTimeout(timer)
      await running
    },
  }
}
