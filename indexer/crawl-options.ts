import type { Config } from '../src/config.ts'
import { type CommandContext, CommandError, option } from './command.ts'
import { LimitError, limitsFrom } from './crawl/limit-settings.ts'

/** The options of `crawl`, read and checked: a mistake is told before anything is asked of any site. */

/** `--limit 10`: a whole number above 0. */
export const wholeOption = (context: CommandContext, name: string): number | undefined => {
  const text = option(context.args, name)
  if (text !== undefined && !/^[1-9][0-9]{0,6}$/.test(text)) {
    throw new CommandError(`--${name} ${text}: give a whole number above 0`)
  }
  return text === undefined ? undefined : Number(text)
}

/** `--since 2026-11-01`: midnight of that day, UTC. */
export const sinceOption = (context: CommandContext): number | undefined => {
  const text = option(context.args, 'since')
  if (text === undefined) return undefined
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(at)) throw new CommandError(`--since ${text}: give a day such as 2026-11-01`)
  return at
}

export const DAY_MS = 86_400_000

const UNITS = new Map([
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', DAY_MS],
])

/** `--every 6h`: minutes, hours or days. Ten minutes at least: sites change by the day. */
export const everyOption = (context: CommandContext): number | undefined => {
  const text = option(context.args, 'every')
  if (text === undefined) return undefined
  const [, count = '', unit = ''] = /^([1-9][0-9]{0,3})([mhd])$/.exec(text) ?? []
  const ms = Number(count) * (UNITS.get(unit) ?? 0)
  if (ms < 600_000) throw new CommandError(`--every ${text}: give a time such as 30m, 6h or 1d, ten minutes or more`)
  return ms
}

/** The limits that `CRAWL_LIMITS` moves. */
export const crawlLimits = ({ crawlLimits }: Pick<Config, 'crawlLimits'>) => {
  try {
    return limitsFrom(crawlLimits)
  } catch (error) {
    throw error instanceof LimitError ? new CommandError(error.message) : error
  }
}
