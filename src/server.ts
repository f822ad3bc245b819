import { buildApp } from './app.ts'
import { ConfigError, cataloguePath, checkNode, readConfig } from './config.ts'
import { openEmbeddedEngine } from './engine/embedded/embedded-engine.ts'
import { EngineUnavailableError } from './engine/engine.ts'
import { startIndexSync } from './index-sync.ts'
import { communeByCode } from './model/geography.ts'
import type { App } from './routes/services.ts'
import { createSearch } from './search/create-search.ts'
import { ListenError, serve } from './serve.ts'
import { CatalogueError } from './store/errors.ts'
import { openCatalogue } from './store/open-catalogue.ts'

/** The search service as a process: settings, catalogue, engine, then requests until it is told to stop. */

/**
 * Changes are tried again several times a second: an error is logged when it begins, not each time. A missing index is
 * not one of the synchronisation; searches and `/health/ready` say so.
 */
const logOnce = (app: App) => {
  let last = ''
  return (error: unknown): void => {
    const message = String(error)
    if (message !== last && !(error instanceof EngineUnavailableError))
      app.log.error({ err: error }, 'changes of the catalogue cannot be applied to the index')
    last = message
  }
}

const PARIS = '75056'

const run = async (): Promise<void> => {
  checkNode()
  const config = readConfig()
  // Reading the commune tables takes 0.3 s: now, rather than while others wait for the first search near a place.
  communeByCode(PARIS)
  const catalogue = openCatalogue(cataloguePath(config))
  // The one place of the service that chooses an engine.
  const engine = openEmbeddedEngine(config.dataDir)
  const pendingChanges = (): number => sync.pending()
  const app = await buildApp({ config, search: createSearch(engine), catalogue, engine, pendingChanges })
  const sync = startIndexSync({ catalogue, engine, onError: logOnce(app) })
  try {
    await serve(app, config)
  } finally {
    await sync.stop()
    await engine.close()
    catalogue.close()
  }
}

/** Ends that the operator can do something about are told in a line; anything else shows its stack. */
const EXPLAINED = [ConfigError, CatalogueError, ListenError]

try {
  await run()
} catch (error) {
  const explained = error instanceof Error && EXPLAINED.some(kind => error instanceof kind)
  process.stderr.write(`${explained ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
}
