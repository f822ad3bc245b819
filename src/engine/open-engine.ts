import { type BuildOptions, createElasticsearchBuild, rollBack } from './elasticsearch/build.ts'
import { type Cluster, type ClusterOptions, connectCluster } from './elasticsearch/client.ts'
import { openElasticsearchEngine } from './elasticsearch/elasticsearch-engine.ts'
import { lockIndex } from './elasticsearch/lock.ts'
import { patientCluster, resilientCluster } from './elasticsearch/resilience.ts'
import { BUILD_POLICY, FIRST_CONTACT_POLICY } from './elasticsearch/retry.ts'
import { createEmbeddedBuild } from './embedded/build.ts'
import { openEmbeddedEngine } from './embedded/embedded-engine.ts'
import { rollBackIndex } from './embedded/index-folder.ts'
import type { Engine, IndexBuild, IndexDamage } from './engine.ts'
import { openWorkerEngine } from './workers/worker-engine.ts'

/** Which engine an installation has: the embedded one, or a cluster where there is an address. */
export interface EngineSettings {
  /** Where the embedded index lies. */
  readonly stateFolder: string
  readonly searchTimeoutMs: number
  /** Of the embedded engine: threads that answer searches; 0 or absent: in the caller's thread. */
  readonly searchThreads?: number
  /** Of the embedded engine: hears of every damage that it meets in its index. */
  readonly onDamage?: (damage: IndexDamage) => void
  readonly cluster?: Omit<ClusterOptions, 'timeoutMs'> & Omit<BuildOptions, 'segments'>
}

/** The server is told to give up before the service does, so that it does not go on for nobody. */
const SHARE_OF_TIMEOUT = 0.8

/** Small questions (is there an index, which number has it reached) of a server that is alive. */
const SMALL_TIMEOUT_MS = 3000

/** The engine for a service, which answers 503 rather than wait for a cluster that fails. Opens no connection by itself. */
export const openEngine = (settings: EngineSettings): Engine => {
  const { stateFolder, searchTimeoutMs, searchThreads = 0, onDamage, cluster } = settings
  const heard = onDamage ? { onDamage } : {}
  if (!cluster)
    return searchThreads > 0
      ? openWorkerEngine({ stateFolder, searchTimeoutMs, readers: searchThreads, ...heard })
      : openEmbeddedEngine(stateFolder, heard)
  const connected = resilientCluster(
    connectCluster({ ...cluster, timeoutMs: Math.max(SMALL_TIMEOUT_MS, searchTimeoutMs) }),
  )
  return openElasticsearchEngine(connected, {
    ...cluster,
    searchTimeoutMs: Math.ceil(searchTimeoutMs * SHARE_OF_TIMEOUT),
  })
}

/** The right to replace the index, held by one process at a time over all machines. */
export interface Rebuild {
  /** Starts a build beside the live index. */
  start(): IndexBuild
  /** Rejects when the right was lost meanwhile: to be asked before anything goes live. */
  confirm(): Promise<void>
  /** Makes the index before the live one live again; false when none was kept. */
  rollBack(): Promise<boolean>
  release(): Promise<void>
}

const clusterRebuild = async (cluster: Cluster, options: BuildOptions): Promise<Rebuild> => {
  const lock = await lockIndex(cluster, options)
  return {
    start: () => createElasticsearchBuild(cluster, options),
    confirm: () => lock.confirm(),
    rollBack: async () => (await rollBack(cluster, options.prefix)) !== undefined,
    async release() {
      await lock.release()
      await cluster.close()
    },
  }
}

/**
 * Takes the right to replace the index. Throws `IndexLockedError` when another process has it. The embedded index is
 * guarded by the catalogue's own lock, which the caller holds.
 */
export const beginRebuild = async ({ stateFolder, cluster }: EngineSettings): Promise<Rebuild> => {
  if (!cluster)
    return {
      start: () => createEmbeddedBuild(stateFolder),
      confirm: async () => {},
      rollBack: async () => rollBackIndex(stateFolder) !== undefined,
      release: async () => {},
    }
  const direct = connectCluster(cluster)
  const connected = patientCluster(direct, BUILD_POLICY)
  try {
    await patientCluster(direct, FIRST_CONTACT_POLICY).server()
    return await clusterRebuild(connected, cluster)
  } catch (error) {
    await connected.close()
    throw error
  }
}
