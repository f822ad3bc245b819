import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CONNECTORS } from '../../indexer/sources/connectors.ts'
import { registeredSource } from '../../indexer/sources/registry.ts'
import { inspectFile } from '../../indexer/sources/source-file.ts'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { expandSupplier } from '../../src/search/expand.ts'
import { openCatalogue } from '../../src/store/open-catalogue.ts'
import { load, version } from './catalogue.ts'

/** Suppliers as `import` merges them, and an engine over them as `index` builds it. */

export interface PublishedSource {
  readonly id: string
  readonly files: readonly string[]
}

/** The suppliers that the files of these sources describe, read by their connectors and merged in a real catalogue. */
export const importedSuppliers = async (sources: readonly PublishedSource[]): Promise<Supplier[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-imported-'))
  const catalogue = openCatalogue(join(folder, 'catalogue.db'))
  try {
    for (const { id, files } of sources) {
      const connector = CONNECTORS[id]
      const row = registeredSource(id)
      if (!connector || !row) throw new Error(`no connector for "${id}": see indexer/sources/connectors.ts`)
      const facts = []
      for (const file of files) {
        for await (const reading of connector.read(await inspectFile(file))) {
          if (reading.kind === 'facts') facts.push(...reading.facts)
        }
      }
      load(catalogue, version(id, id, { date: row.date ?? '2025-01-01' }), facts)
    }
    return [...catalogue.suppliersInOrder()]
  } finally {
    catalogue.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The invented suppliers of `seed/`. */
export const demonstrationSuppliers = (): Promise<Supplier[]> => {
  const folder = fileURLToPath(new URL('../../seed/suppliers/', import.meta.url))
  return importedSuppliers([{ id: 'demo', files: readdirSync(folder).map(name => join(folder, name)) }])
}

/** An engine over the expanded profiles, in a folder of its own until the test ends. */
export const engineOver = async (
  test: { teardown(done: () => unknown): void },
  suppliers: readonly Supplier[],
): Promise<Engine> => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-engine-'))
  const build = createEmbeddedBuild(folder)
  for (const each of suppliers) await build.add(expandSupplier(each))
  await build.commit(0)
  const engine = openEmbeddedEngine(folder)
  test.teardown(async () => {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return engine
}
