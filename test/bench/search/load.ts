import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { LoadFigures } from './messages.ts'
import { percentile } from './percentile.ts'

/** Of the histogram, which counts what exceeds it. */
const RESOLUTION_MS = 1

/**
 * `clients` ask one after the other's answer for `ms`, from the same list of works, each beginning elsewhere in it.
 * An answer that comes after the end counts as long as it was asked before.
 */
export const closedLoop = async (
  works: readonly (() => Promise<unknown>)[],
  clients: number,
  ms: number,
): Promise<LoadFigures> => {
  const times: number[] = []
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  const begun = performance.now()
  const client = async (_: unknown, number: number): Promise<void> => {
    for (let at = Math.floor((number * works.length) / clients); performance.now() - begun < ms; at++) {
      const started = performance.now()
      // As a request comes in: it waits its turn, also behind an engine that answers within one.
      await new Promise(setImmediate)
      await works[at % works.length]?.()
      times.push(performance.now() - started)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const seconds = (performance.now() - begun) / 1000
  delay.disable()
  times.sort((a, b) => a - b)
  return {
    clients,
    aSecond: times.length / seconds,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
    loopDelay99: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS),
  }
}
