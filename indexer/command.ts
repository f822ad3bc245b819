import { join } from 'node:path'
import type { Config } from '../src/config.ts'
import type { ProgressReporter } from './progress.ts'

/** The arguments of a command, parsed: its options by name, and the rest in order. */
export interface CommandArguments {
  readonly positionals: readonly string[]
  readonly values: Readonly<Record<string, string | boolean | undefined>>
}

/** What every command is handed. A command returns its exit code: 0 done, 1 failed. */
export interface CommandContext {
  readonly config: Config
  /** `catalogue.db` in the state folder. */
  readonly cataloguePath: string
  readonly args: CommandArguments
  readonly progress: ProgressReporter
  /** Writes one line (or several) to standard output. */
  readonly write: (line: string) => void
}

export type Command = (context: CommandContext) => Promise<number>

/** The command cannot do what was asked, for a reason that its message explains: shown without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

export const cataloguePathOf = (config: Config): string => join(config.dataDir, 'catalogue.db')

/** The text of an option; `undefined` when it was not given. */
export const option = (args: CommandArguments, name: string): string | undefined => {
  const value = args.values[name]
  return typeof value === 'string' ? value : undefined
}
