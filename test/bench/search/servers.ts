import type { Cluster } from '../../cluster/servers/cluster.ts'
import { startElasticsearch } from '../../cluster/servers/elasticsearch.ts'
import { startOpensearch } from '../../cluster/servers/opensearch.ts'

/** The clusters that `--cluster` measures: as many megabytes of heap in all on three nodes as issue 8 gives to one, and a half more. */
const CLUSTERS = {
  elasticsearch: () => startElasticsearch({ nodes: 1, heapMb: 2048, optimise: true }),
  'elasticsearch-3': () => startElasticsearch({ nodes: 3, heapMb: 1024, optimise: true }),
  opensearch: () => startOpensearch({ nodes: 1, heapMb: 2048, optimise: true }),
  'opensearch-3': () => startOpensearch({ nodes: 3, heapMb: 1024, optimise: true }),
} as const
export type ClusterName = keyof typeof CLUSTERS
export const CLUSTER_NAMES = Object.keys(CLUSTERS) as readonly ClusterName[]

/** Starts one of them over empty folders. */
export const startServers = (name: ClusterName): Promise<Cluster> => CLUSTERS[name]()
