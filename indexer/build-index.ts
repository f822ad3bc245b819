import { createEmbeddedBuild } from '../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../src/engine/embedded/embedded-engine.ts'
import { EngineUnavailableError } from '../src/engine/engine.ts'
import { expandSupplier } from '../src/search/expand.ts'
import { type Catalogue, openCatalogue } from '../src/store/open-catalogue.ts'
import { lockCatalogue } from '../src/store/write-lock.ts'
import { type Command, type CommandContext, CommandError } from './command.ts'

/** A new index this much smaller than the live one is more likely a fault than the truth (reliability.md, row 45). */
const SMALLEST_SHARE = 0.7

/** Suppliers of the live index; 0 when there is none, or none that can be read. */
const liveCount = async (stateFolder: string): Promise<number> => {
  const engine = openEmbeddedEngine(stateFolder)
  try {
    return (await engine.state()).suppliers
  } catch (error) {
    if (error instanceof EngineUnavailableError) return 0
    throw error
  } finally {
    await engine.close()
  }
}

const refuseSmaller = async (context: CommandContext, suppliers: number): Promise<void> => {
  const live = await liveCount(context.config.dataDir)
  if (suppliers >= live * SMALLEST_SHARE || context.args.values['force'] === true) return
  throw new CommandError(
    `The catalogue holds ${suppliers} suppliers, the live index ${live}: it stays as it is. If that is right, run "npm run index -- --force"`,
  )
}

const build = async (context: CommandContext, catalogue: Catalogue): Promise<void> => {
  const started = performance.now()
  const { suppliers } = catalogue.counts()
  await refuseSmaller(context, suppliers)
  // Read first: what changes during the walk is applied again by the service, from this number on.
  const seq = catalogue.lastSeq()
  const step = context.progress.step('Indexing')
  const index = createEmbeddedBuild(context.config.dataDir)
  let done = 0
  try {
    for (const supplier of catalogue.suppliersInOrder()) {
      await index.add(expandSupplier(supplier))
      done++
      if (done % 100 === 0) step.update(done, Math.max(done, suppliers))
    }
    const { version } = await index.commit(seq)
    step.end()
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    context.write(`${done} suppliers indexed in ${seconds} s; the live index is now ${version}`)
  } catch (error) {
    step.end()
    await index.abort()
    throw error
  }
}

/** `index`: builds a new index of the whole catalogue beside the live one, and makes it live at once. */
export const runIndex: Command = async context => {
  const lock = lockCatalogue(context.config.dataDir)
  try {
    const catalogue = openCatalogue(context.cataloguePath)
    try {
      await build(context, catalogue)
      return 0
    } finally {
      catalogue.close()
    }
  } finally {
    lock.release()
  }
}
