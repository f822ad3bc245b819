import { EngineUnavailableError } from '../engine/engine.ts'
import { BRICKS } from '../model/bricks.ts'
import type { Status } from '../model/status.ts'
import { remember } from './remember.ts'
import type { Services } from './services.ts'

/** Every page shows the status; a second of age spares the catalogue its counts at 200 requests a second. */
const MAX_AGE_MS = 1000

const NO_INDEX = { engine: 'unavailable', version: '', builtAt: '', suppliers: 0 }

const indexState = async (engine: Services['engine']) => {
  try {
    return await engine.state()
  } catch (error) {
    // Pages that need no index (a profile, the sources) stay readable without one.
    if (error instanceof EngineUnavailableError) return NO_INDEX
    throw error
  }
}

export interface StatusReader {
  /** What is searched, at most one second old. Without an index, the engine is named "unavailable". */
  readonly read: () => Promise<Status>
  /** The last one that was read: an error page must neither wait nor fail. */
  readonly latest: () => Status | undefined
}

export const createStatusReader = (services: Services): StatusReader => {
  const { catalogue, engine, pendingChanges, indexRepair } = services
  let latest: Status | undefined
  const read = remember(MAX_AGE_MS, async () => {
    const sources = [...catalogue.sources()]
    const index = await indexState(engine)
    const repair = indexRepair?.state()
    latest = {
      ...catalogue.counts(),
      bricks: BRICKS.length,
      demonstration: sources.some(source => source.fictitious),
      sources,
      index: { ...index, pendingChanges: pendingChanges?.() ?? 0, ...(repair && { repair }) },
    }
    return latest
  })
  return { read, latest: () => latest }
}
