import { join } from 'node:path'
import type { Place } from './cluster.ts'

/** The settings that Elasticsearch and OpenSearch have in common, for one node among all. `mastersName` names who may lead at first. */
export const nodeSettings = (
  place: Place,
  all: readonly Place[],
  shared: string,
  mastersName: 'cluster.initial_master_nodes' | 'cluster.initial_cluster_manager_nodes',
): Readonly<Record<string, unknown>> => ({
  'cluster.name': 'brique-test',
  'node.name': place.name,
  'network.host': '127.0.0.1',
  'http.port': place.httpPort,
  'transport.port': place.transportPort,
  'path.data': join(place.folder, 'data'),
  'path.logs': join(place.folder, 'logs'),
  'path.repo': [shared],
  // Tests run where little disk is left, too.
  'cluster.routing.allocation.disk.threshold_enabled': false,
  ...(all.length === 1
    ? { 'discovery.type': 'single-node' }
    : {
        'discovery.seed_hosts': all.map(({ transportPort }) => `127.0.0.1:${transportPort}`),
        [mastersName]: all.map(({ name }) => name),
      }),
})

/** As a file of settings: YAML takes JSON as it is. */
export const yaml = (settings: Readonly<Record<string, unknown>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('')
