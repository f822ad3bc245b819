import { createEmbeddedBuild } from '../../../src/engine/embedded/build.ts'
import { openWorkerEngine } from '../../../src/engine/workers/worker-engine.ts'
import { folderBytes } from '../../cluster/servers/cache.ts'
import type { BenchEngine, EnginePlace } from './engine.ts'
import { benchPort } from './port-engine.ts'

/** As the service has it. */
const READERS = 2
/** A search that takes longer is waited for here: the bench wants its time. */
const SEARCH_TIMEOUT_MS = 60_000

/** The product's own engine in its threads, through its port. */
export const openEmbedded = async ({ folder }: EnginePlace): Promise<BenchEngine> => {
  const started = performance.now()
  const engine = openWorkerEngine({ stateFolder: folder, readers: READERS, searchTimeoutMs: SEARCH_TIMEOUT_MS })
  await engine.ready()
  return benchPort(engine, () => createEmbeddedBuild(folder), {
    version: `Node ${process.versions.node}`,
    notes: [],
    programMs: performance.now() - started,
    diskBytes: async () => folderBytes(folder),
  })
}
