import { createEmbeddedBuild } from '../../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../../src/engine/embedded/embedded-engine.ts'
import { folderBytes } from '../../cluster/servers/cache.ts'
import type { BenchEngine, EnginePlace } from './engine.ts'
import { benchPort } from './port-engine.ts'

/** The product's own engine, through its port. */
export const openEmbedded = async ({ folder }: EnginePlace): Promise<BenchEngine> =>
  benchPort(openEmbeddedEngine(folder), () => createEmbeddedBuild(folder), {
    version: `Node ${process.versions.node}`,
    notes: [],
    diskBytes: async () => folderBytes(folder),
  })
