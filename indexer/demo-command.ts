import { openEmbeddedEngine } from '../src/engine/embedded/embedded-engine.ts'
import { IndexDamagedError } from '../src/engine/embedded/index-file.ts'
import { EngineUnavailableError } from '../src/engine/engine.ts'
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

/** Whether a service could search at once; says why when there is an index that it could not read. */
const hasIndex = async (context: CommandContext): Promise<boolean> => {
  const engine = openEmbeddedEngine(context.config.dataDir)
  try {
    await engine.state()
    return true
  } catch (error) {
    if (!(error instanceof EngineUnavailableError)) throw error
    if (error instanceof IndexDamagedError) context.write(`${error.message}: it is rebuilt now`)
    return false
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
  if (!ifEmpty || (await hasIndex(context))) return 0
  const { runIndex } = await import('./build-index.ts')
  return runIndex(context)
}
