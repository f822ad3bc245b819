import { engineSettings } from '../src/config.ts'
import { EngineTroubleError, EngineUnavailableError, IndexDamagedError } from '../src/engine/engine.ts'
import { openEngine } from '../src/engine/open-engine.ts'
import { openCatalogue } from '../src/store/open-catalogue.ts'
import type { Command, CommandContext } from './command.ts'
import { runImport } from './import-command.ts'

/** What the catalogue holds, as far as the demonstration is concerned. */
const inspect = (context: CommandContext) => {
  const catalogue = openCatalogue(context.cataloguePath)
  try {
    const sources = catalogue.sources()
    const fictitious = sources.length > 0 && sources.every(source => source.fictitious)
    return { empty: sources.length === 0, fictitious, interrupted: fictitious && catalogue.stale() > 0 }
  } finally {
    catalogue.close()
  }
}

/** Whether an index must be built now; says why when there is one that could not be read, or none can be built. */
const lacksIndex = async (context: CommandContext): Promise<boolean> => {
  const engine = openEngine(engineSettings(context.config))
  try {
    await engine.state()
    return false
  } catch (error) {
    if (error instanceof EngineTroubleError) {
      context.write(`No index is built now: ${error.message}. Once that is well: npm run index`)
      return false
    }
    if (!(error instanceof EngineUnavailableError)) throw error
    if (error instanceof IndexDamagedError) context.write(`${error.message}: it is rebuilt now`)
    return true
  } finally {
    await engine.close()
  }
}

const loadDemo = (context: CommandContext): Promise<number> =>
  runImport({ ...context, args: { ...context.args, positionals: ['demo'] } })

const explain = (context: CommandContext): void => {
  context.write('This is the demonstration catalogue: every supplier in it is invented.')
  context.write('To load real data, which replaces it: npm run import -- ilab, npm run import -- inov, npm run index')
}

/**
 * `demo`: the invented suppliers of `seed/`. With `--if-empty`, as `npm start` runs it: only into a catalogue without
 * sources; and an index is built when there is none.
 */
export const runDemo: Command = async context => {
  const ifEmpty = context.args.values['if-empty'] === true
  const before = inspect(context)
  if (!ifEmpty || before.empty || before.interrupted) {
    const code = await loadDemo(context)
    if (code !== 0) return code
  }
  if (inspect(context).fictitious) explain(context)
  if (!ifEmpty || !(await lacksIndex(context))) return 0
  const { runIndex } = await import('./build-index.ts')
  return runIndex(context)
}
