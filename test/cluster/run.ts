import { parseArgs } from 'node:util'
import { part, printCounts } from '../support/counting.ts'
import { testBuildWithNodeKilled, testFailover } from './failover.ts'
import { testBuildUnderFaults, testOutboxUnderFaults } from './faults.ts'
import { testOutages } from './outage.ts'
import { testSecurity } from './secure.ts'
import type { Cluster } from './servers/cluster.ts'
import { ELASTICSEARCH_VERSIONS, startElasticsearch } from './servers/elasticsearch.ts'
import { OPENSEARCH_VERSIONS, startOpensearch } from './servers/opensearch.ts'
import { testLock, testSwaps } from './swaps.ts'
import { tapPart } from './tap.ts'

/**
 * The product on real search servers: `npm run test:cluster -- [--full] [elasticsearch | opensearch] [part …]`, with
 * `elasticsearch@8.16.6` or `opensearch@3.8.0` for other versions than the usual. Fetches the servers once, starts and
 * stops them on free ports. All of it on Elasticsearch; on OpenSearch what may differ there.
 */

const KINDS = ['elasticsearch', 'opensearch'] as const
type Kind = (typeof KINDS)[number]
const PARTS = ['contract', 'tokens', 'parity', 'faults', 'swaps', 'outage', 'failover', 'secure'] as const
type Part = (typeof PARTS)[number]
/** What OpenSearch does differently shows in these; the rest is of the client's making. */
const ON_OPENSEARCH: readonly Part[] = ['contract', 'tokens', 'parity']

const { values, positionals } = parseArgs({ options: { full: { type: 'boolean' } }, allowPositionals: true })
const full = values.full === true
const isVersion = <V extends string>(versions: readonly V[], version: string | undefined): version is V =>
  versions.some(each => each === version)
const versionOf = (kind: Kind): string | undefined =>
  positionals.find(each => each.startsWith(`${kind}@`))?.slice(kind.length + 1)
const [elasticsearch, opensearch] = KINDS.map(versionOf)
const versions = [
  ...ELASTICSEARCH_VERSIONS.map(v => `elasticsearch@${v}`),
  ...OPENSEARCH_VERSIONS.map(v => `opensearch@${v}`),
]
const names: readonly string[] = [...KINDS, ...versions, ...PARTS]
const unknown = positionals.find(each => !names.includes(each))
if (unknown !== undefined) throw new Error(`Unknown "${unknown}": give ${names.join(', ')}`)
const chosen = PARTS.filter(each => positionals.includes(each))
const kinds = KINDS.filter(each => positionals.some(name => name.split('@')[0] === each))
const isWanted = (kind: Kind, name: Part): boolean =>
  chosen.length > 0 ? chosen.includes(name) : full || kind === 'elasticsearch' || ON_OPENSEARCH.includes(name)

const sizes = full
  ? { documents: 100_000, changes: 20_000, swaps: 50 }
  : { documents: 10_000, changes: 1000, swaps: 10 }

const timed = async (title: string, work: () => Promise<void>): Promise<void> => {
  const begun = performance.now()
  await part(title, work)
  console.log(`  ${((performance.now() - begun) / 1000).toFixed(0)} s`)
}

/** Runs the wanted ones of some parts on one cluster; does not start it for none. */
const onCluster = async (
  kind: Kind,
  start: () => Promise<Cluster>,
  parts: readonly (readonly [Part, (cluster: Cluster) => Promise<void>])[],
): Promise<void> => {
  const wanted = parts.filter(([name]) => isWanted(kind, name))
  if (wanted.length === 0) return
  await part(`${kind}: start`, async () => {
    const cluster = await start()
    try {
      for (const [name, work] of wanted) await timed(`${cluster.name}: ${name}`, () => work(cluster))
    } finally {
      await cluster.stop()
    }
  })
}

const STARTS = {
  elasticsearch: (nodes: 1 | 3) =>
    startElasticsearch({ nodes, ...(isVersion(ELASTICSEARCH_VERSIONS, elasticsearch) && { version: elasticsearch }) }),
  opensearch: (nodes: 1 | 3) =>
    startOpensearch({ nodes, ...(isVersion(OPENSEARCH_VERSIONS, opensearch) && { version: opensearch }) }),
} as const

for (const kind of kinds.length > 0 ? kinds : KINDS) {
  await onCluster(kind, () => STARTS[kind](1), [
    ['contract', cluster => tapPart('contract', cluster)],
    ['tokens', cluster => tapPart('tokens', cluster)],
    ['parity', cluster => tapPart('parity', cluster)],
    [
      'faults',
      async cluster => {
        await testBuildUnderFaults(cluster, sizes.documents)
        await testOutboxUnderFaults(cluster, sizes.changes)
      },
    ],
    [
      'swaps',
      async cluster => {
        await testLock(cluster)
        await testSwaps(cluster, sizes.swaps)
      },
    ],
    ['outage', testOutages],
  ])
  await onCluster(kind, () => STARTS[kind](3), [
    [
      'failover',
      async cluster => {
        await testFailover(cluster)
        await testBuildWithNodeKilled(cluster, sizes.documents / 10)
      },
    ],
  ])
  // OpenSearch's security is a plugin that its published jars do not have.
  if (kind === 'elasticsearch')
    await onCluster(kind, () => startElasticsearch({ secure: true }), [['secure', testSecurity]])
}
printCounts()
