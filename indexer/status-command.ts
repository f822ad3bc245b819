import { existsSync } from 'node:fs'
import { engineSettings } from '../src/config.ts'
import { EngineUnavailableError } from '../src/engine/engine.ts'
import { openEngine } from '../src/engine/open-engine.ts'
import { openCatalogue } from '../src/store/open-catalogue.ts'
import type { Command, CommandContext } from './command.ts'
import { REGISTRY } from './sources/registry.ts'

/** `sources`: what can be imported, and what is. */
export const runSources: Command = async context => {
  const live = new Map<string, string>()
  if (existsSync(context.cataloguePath)) {
    const catalogue = openCatalogue(context.cataloguePath)
    for (const source of catalogue.sources()) {
      live.set(source.id, `imported: ${source.suppliers} suppliers, data of ${source.date}`)
    }
    catalogue.close()
  }
  for (const { id, name, about, licence, download, formats } of REGISTRY) {
    context.write(`${id.padEnd(8)}${name} — ${about}`)
    context.write(`        ${formats.join(', ')}; ${licence}${download === undefined ? '' : `; ${download}`}`)
    const imported = [...live].filter(([source]) => source === id || source.startsWith(`${id}:`))
    for (const [source, state] of imported) context.write(`        ${source === id ? '' : `${source}: `}${state}`)
  }
  return 0
}

/** What the live index holds, and how far it is behind the catalogue. */
const writeIndex = async ({ config, write }: CommandContext, lastSeq: number): Promise<void> => {
  const engine = openEngine(engineSettings(config))
  try {
    const state = await engine.state()
    const behind = Math.max(0, lastSeq - (await engine.appliedSeq()))
    const waiting = behind === 0 ? 'up to date' : `${behind} changes wait for the service`
    write(`Index ${state.version} (${state.engine}), built ${state.builtAt}: ${state.suppliers} suppliers, ${waiting}`)
  } catch (error) {
    if (!(error instanceof EngineUnavailableError)) throw error
    write(`No index can be searched: ${error.message}`)
  } finally {
    await engine.close()
  }
}

/** `status`: what the catalogue and the index hold. */
export const runStatus: Command = async context => {
  if (!existsSync(context.cataloguePath)) {
    context.write(`No catalogue in ${context.config.dataDir} yet: npm run import -- --help`)
    return 0
  }
  const catalogue = openCatalogue(context.cataloguePath)
  try {
    const { suppliers, named } = catalogue.counts()
    context.write(`${context.cataloguePath}: ${suppliers} suppliers, ${named} of them named`)
    for (const source of catalogue.sources()) {
      const { id, name, date, importedAt, version, licence } = source
      context.write(`  ${id}: ${name}, ${source.suppliers} suppliers, data of ${date}, ${licence}`)
      context.write(
        `    imported ${importedAt}, version ${version.slice(0, 12)}${source.fictitious ? ', invented' : ''}`,
      )
    }
    const waiting = catalogue.stale()
    if (waiting > 0) context.write(`  ${waiting} suppliers wait to be merged: run the interrupted import again`)
    context.write(`  ${catalogue.lastSeq()} changes recorded`)
    const refused = catalogue.countDeadLetters()
    if (refused > 0) context.write(`  ${refused} profiles refused by the search engine: npm run index -- dead-letters`)
    await writeIndex(context, catalogue.lastSeq())
    return 0
  } finally {
    catalogue.close()
  }
}
