import { engineSettings } from '../src/config.ts'
import {
  EngineTroubleError,
  EngineUnavailableError,
  type IndexState,
  type RefusedProfile,
} from '../src/engine/engine.ts'
import { beginRebuild, openEngine, type Rebuild } from '../src/engine/open-engine.ts'
import { expandSupplier } from '../src/search/expand.ts'
import { type Catalogue, openCatalogue } from '../src/store/open-catalogue.ts'
import { lockCatalogue } from '../src/store/write-lock.ts'
import { type Command, type CommandContext, CommandError } from './command.ts'

/** A new index this much smaller than the live one is more likely a fault than the truth (reliability.md, row 45). */
const SMALLEST_SHARE = 0.7

/** What is live; `undefined` when there is no index, or none that can be read. */
const liveState = async ({ config }: CommandContext): Promise<IndexState | undefined> => {
  const engine = openEngine(engineSettings(config))
  try {
    return await engine.state()
  } catch (error) {
    if (!(error instanceof EngineUnavailableError) || error instanceof EngineTroubleError) throw error
    return undefined
  } finally {
    await engine.close()
  }
}

const refuseSmaller = (context: CommandContext, live: IndexState | undefined, suppliers: number): void => {
  if (!live || suppliers >= live.suppliers * SMALLEST_SHARE || context.args.values['force'] === true) return
  throw new CommandError(
    `The new index would hold ${suppliers} suppliers, the live one holds ${live.suppliers}: it stays as it is. If that is right, run "npm run index -- --force"`,
  )
}

/** The letters of what was refused now take the place of those that the build has made void. */
const settleLetters = (catalogue: Catalogue, refused: readonly RefusedProfile[], seq: number): void => {
  const left = new Set(refused.map(({ siren }) => siren))
  const outdated = catalogue.deadLetters().filter(({ siren, change }) => change <= seq && !left.has(siren))
  catalogue.clearDeadLetters(outdated.map(({ siren }) => siren))
}

const build = async (context: CommandContext, catalogue: Catalogue, rebuild: Rebuild): Promise<void> => {
  const started = performance.now()
  const { suppliers } = catalogue.counts()
  const live = await liveState(context)
  refuseSmaller(context, live, suppliers)
  // Read first: what changes during the walk is applied again by the service, from this number on.
  const seq = catalogue.lastSeq()
  const step = context.progress.step('Indexing')
  const index = rebuild.start()
  let done = 0
  let refused: readonly RefusedProfile[] = []
  const beforeLive = async (left: readonly RefusedProfile[]): Promise<void> => {
    refuseSmaller(context, live, done - left.length)
    await rebuild.confirm()
    refused = left
    catalogue.keepDeadLetters(refused, seq)
  }
  try {
    for (const supplier of catalogue.suppliersInOrder()) {
      await index.add(expandSupplier(supplier))
      done++
      if (done % 100 === 0) step.update(done, Math.max(done, suppliers))
    }
    const { version } = await index.commit(seq, { beforeLive })
    step.end()
    settleLetters(catalogue, refused, seq)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    context.write(`${done - refused.length} suppliers indexed in ${seconds} s; the live index is now ${version}`)
    if (refused.length > 0)
      context.write(`${refused.length} were refused and are left out: npm run index -- dead-letters`)
  } catch (error) {
    step.end()
    // What stopped the build is told, not what stopped the cleaning.
    await index.abort().catch(() => {})
    throw error
  }
}

const rollBack = async (context: CommandContext, catalogue: Catalogue, rebuild: Rebuild): Promise<void> => {
  if (!(await rebuild.rollBack()))
    throw new CommandError('There is no index to go back to: only the one before the last "npm run index" is kept')
  const engine = openEngine(engineSettings(context.config))
  try {
    const { version, builtAt, suppliers } = await engine.state()
    const behind = Math.max(0, catalogue.lastSeq() - (await engine.appliedSeq()))
    context.write(`The live index is again ${version} of ${builtAt}, with ${suppliers} suppliers`)
    context.write(`${behind} changes since then are applied again by the service`)
  } finally {
    await engine.close()
  }
}

const deadLetters = (context: CommandContext, catalogue: Catalogue): void => {
  if (context.args.values['retry'] === true) {
    context.write(`${catalogue.retryDeadLetters()} suppliers are in the outbox again: the service tries them now`)
    return
  }
  const letters = catalogue.deadLetters()
  for (const { siren, at, change, reason } of letters) context.write(`${siren}  ${at}  change ${change}  ${reason}`)
  context.write(
    letters.length === 0
      ? 'No profile was refused by the search engine'
      : `${letters.length} profiles were refused by the search engine; it keeps what it had of them. Try again: npm run index -- dead-letters --retry`,
  )
}

const withCatalogue = async (context: CommandContext, work: (catalogue: Catalogue) => Promise<void>): Promise<void> => {
  const catalogue = openCatalogue(context.cataloguePath)
  try {
    await work(catalogue)
  } finally {
    catalogue.close()
  }
}

/** Under both locks: of the catalogue on this machine, and of the index on all of them. */
const underLocks = async (
  context: CommandContext,
  work: (catalogue: Catalogue, rebuild: Rebuild) => Promise<void>,
): Promise<void> => {
  const lock = lockCatalogue(context.config.dataDir)
  try {
    await withCatalogue(context, async catalogue => {
      const rebuild = await beginRebuild(engineSettings(context.config))
      try {
        await work(catalogue, rebuild)
      } finally {
        await rebuild.release()
      }
    })
  } finally {
    lock.release()
  }
}

/**
 * `index`: builds a new index of the whole catalogue beside the live one, and makes it live at once. `index rollback`:
 * the one before it again. `index dead-letters`: profiles that the engine has refused.
 */
export const runIndex: Command = async context => {
  const [what, ...more] = context.args.positionals
  if (more.length > 0 || (what !== undefined && what !== 'rollback' && what !== 'dead-letters'))
    throw new CommandError(
      `index: unknown "${context.args.positionals.join(' ')}"; give rollback, dead-letters or nothing`,
    )
  if (what === 'dead-letters') await withCatalogue(context, async catalogue => deadLetters(context, catalogue))
  else
    await underLocks(context, (catalogue, rebuild) =>
      what === 'rollback' ? rollBack(context, catalogue, rebuild) : build(context, catalogue, rebuild),
    )
  return 0
}
