import t from 'tap'
import { createElasticsearchBuild } from '../../src/engine/elasticsearch/build.ts'
import { type ClusterOptions, connectCluster } from '../../src/engine/elasticsearch/client.ts'
import { openElasticsearchEngine } from '../../src/engine/elasticsearch/elasticsearch-engine.ts'
import { testEngineContract } from '../support/engine-contract.ts'
import { newPrefix, removePrefix } from './prefix.ts'

/** Runs the engine contract on a started cluster, each of its tests with indexes of its own. */
export const testClusterContract = (name: string, cluster: ClusterOptions): void => {
  // Some forty builds of two indexes each.
  t.setTimeout(600_000)
  testEngineContract(name, async () => {
    const prefix = newPrefix()
    const connected = connectCluster(cluster)
    const engine = openElasticsearchEngine(connected, { prefix })
    return {
      engine,
      build: () => createElasticsearchBuild(connected, { prefix }),
      async close() {
        await removePrefix(connected, prefix)
        await engine.close()
      },
    }
  })
}
