import { setTimeout as wait } from 'node:timers/promises'
import type { CommandContext } from './command.ts'

/** What tests bring: an end, and time that passes at once. */
export interface ScheduleOptions {
  readonly signal?: AbortSignal
  readonly clock?: { now(): number; sleep(ms: number, signal?: AbortSignal): Promise<unknown> }
}

/**
 * Does `work` now and then every `everyMs`, counted from its beginnings, until SIGINT, SIGTERM or the signal. A round that
 * fails is told and does not end the others: a source that is away today is back tomorrow.
 */
export const schedule = async (
  everyMs: number,
  work: () => Promise<void>,
  context: Pick<CommandContext, 'write'>,
  {
    signal,
    clock = { now: Date.now, sleep: (ms, on) => wait(ms, undefined, on ? { signal: on } : {}) },
  }: ScheduleOptions,
): Promise<void> => {
  const stop = new AbortController()
  const interrupt = () => stop.abort()
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
  const ended = signal ? AbortSignal.any([stop.signal, signal]) : stop.signal
  try {
    while (!ended.aborted) {
      const next = clock.now() + everyMs
      await work().catch((error: unknown) =>
        context.write(`This round failed: ${error instanceof Error ? error.message : String(error)}`),
      )
      if (ended.aborted) break
      context.write(`Next round at ${new Date(next).toISOString()}`)
      await clock.sleep(Math.max(0, next - clock.now()), ended).catch(() => undefined)
    }
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}
