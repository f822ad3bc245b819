import { createElasticsearchBuild } from '../../../src/engine/elasticsearch/build.ts'
import { type Cluster, connectCluster } from '../../../src/engine/elasticsearch/client.ts'
import { openElasticsearchEngine } from '../../../src/engine/elasticsearch/elasticsearch-engine.ts'
import type { BenchEngine, EnginePlace } from './engine.ts'
import { benchPort } from './port-engine.ts'

/** A search that takes longer is waited for here: the bench wants its time. */
const SEARCH_TIMEOUT_MS = 60_000

const storedBytes = async (cluster: Cluster): Promise<number> => {
  const query = { format: 'json', bytes: 'b', h: 'pri.store.size' }
  const rows = await cluster.request({ method: 'GET', path: '/_cat/indices/brique-*', query })
  if (!Array.isArray(rows)) throw new Error('_cat/indices has no rows')
  return rows.reduce((sum: number, row: Record<string, unknown>) => sum + Number(row['pri.store.size']), 0)
}

/** The product's adapter over running servers; on several nodes the index has as many shards. */
export const openClusterEngine = async ({ urls }: EnginePlace): Promise<BenchEngine> => {
  const cluster = connectCluster({ urls, timeoutMs: 600_000 })
  const { version } = await cluster.server()
  const options = { shards: urls.length }
  const engine = openElasticsearchEngine(cluster, { ...options, searchTimeoutMs: SEARCH_TIMEOUT_MS })
  return benchPort(engine, () => createElasticsearchBuild(cluster, options), {
    version,
    notes: ['Servers: memory is that of their Java processes, disk that of the primary shards.'],
    diskBytes: () => storedBytes(cluster),
  })
}
