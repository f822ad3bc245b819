import { performance } from 'node:perf_hooks'
import type { ProgressStep } from './progress.ts'

/** What a crawl has done so far, told while it runs. */

/** Outcomes that are no failure and no refusal. */
const READ: ReadonlySet<string> = new Set(['fetched', 'not-modified'])
/** Kinds of failure named on the line. */
const NAMED = 3

export interface CrawlProgress {
  /** One address had its turn. */
  turn(domain: string, outcome: string): void
  /** A site is done. */
  site(done: number, total: number): void
  readonly counts: ReadonlyMap<string, number>
  /** Seconds since it began. */
  seconds(): number
}

const minutes = (seconds: number): string =>
  seconds < 90
    ? `${Math.ceil(seconds)} s`
    : seconds < 5_400
      ? `${Math.ceil(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`

/** Tells `step` of pages a second, what failed by kind, the time left by the sites done, and the host at hand. */
export const createCrawlProgress = (step: ProgressStep): CrawlProgress => {
  const counts = new Map<string, number>()
  const started = performance.now()
  const seconds = (): number => (performance.now() - started) / 1000
  let [done, total, at] = [0, 0, '']
  const detail = (): string => {
    const read = [...counts].reduce((sum, [outcome, count]) => sum + (READ.has(outcome) ? count : 0), 0)
    const others = [...counts].filter(([outcome]) => !READ.has(outcome)).sort(([, a], [, b]) => b - a)
    const failed = others.slice(0, NAMED).map(([outcome, count]) => `${count} ${outcome}`)
    const left = done === 0 ? '' : `, ${minutes((seconds() / done) * (total - done))} left`
    const rate = (read / Math.max(seconds(), 0.001)).toFixed(1)
    return `${done}/${total} sites, ${read} pages, ${rate}/s${failed.length > 0 ? `, ${failed.join(', ')}` : ''}${left}, at ${at}`
  }
  return {
    counts,
    seconds,
    turn(domain, outcome) {
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
      at = domain
      step.update(done, Math.max(total, 1), detail())
    },
    site(sitesDone, sites) {
      ;[done, total] = [sitesDone, sites]
      step.update(done, total, detail())
    },
  }
}
