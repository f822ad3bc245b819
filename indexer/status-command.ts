import { existsSync } from 'node:fs'
import { openCatalogue } from '../src/store/open-catalogue.ts'
import type { Command } from './command.ts'
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

/** `status`: what the catalogue holds. */
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
    return 0
  } finally {
    catalogue.close()
  }
}
