import { rmSync } from 'node:fs'
import { createElasticsearchBuild } from '../../src/engine/elasticsearch/build.ts'
import { type Cluster as Connection, connectCluster } from '../../src/engine/elasticsearch/client.ts'
import { openElasticsearchEngine } from '../../src/engine/elasticsearch/elasticsearch-engine.ts'
import { patientCluster } from '../../src/engine/elasticsearch/resilience.ts'
import { BUILD_POLICY } from '../../src/engine/elasticsearch/retry.ts'
import type { RefusedProfile } from '../../src/engine/engine.ts'
import { expandSupplier } from '../../src/search/expand.ts'
import { createRandom, type Random } from '../bench/search/random.ts'
import { check } from '../support/counting.ts'
import { type Fault, type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts'
import { corpusOf, loadEdition, newState } from './catalogue.ts'
import { newPrefix, removePrefix } from './prefix.ts'
import { command, startService, until } from './process.ts'
import type { Cluster } from './servers/cluster.ts'

/** Nothing is lost and nothing is double: documents on their way through a network and a server that fail. */

const SILENCE_MS = 3000
/** So long an outbox of 1,000 changes may take to empty through the faults, and a larger one in proportion. */
const OUTBOX_SECONDS_A_THOUSAND = 300

/** Every tenth of a bulk's request is answered, or not, in one of these ways; every hundredth action on its own. */
const REQUEST_FAULTS: readonly Fault[] = [
  'busy',
  'unavailable',
  'reset',
  'lost',
  'busy',
  'unavailable',
  'reset',
  'lost',
  'silent',
]

const draw = (random: Random, share: number, faults: readonly Fault[]): Fault | undefined =>
  random.chance(share) ? random.pick(faults) : undefined

const isRefused = (id: string): boolean => /^\d{9}$/.test(id) && Number(id.slice(3, 8)) % 89 === 0

/** Some documents are refused for good, others for the first time only. */
const itemFaults = (random: Random) => (id: string) => {
  if (isRefused(id)) return { status: 400, reason: `failed to parse ${id}` }
  return random.chance(0.01) ? { status: 429, reason: 'rejected execution' } : undefined
}

const describePlayed = ({ played }: FaultProxy): string =>
  [...played].map(([fault, times]) => `${times} ${fault}`).join(', ')

/** A server that does not answer is given up sooner than in the product: the test is long enough. */
const impatient = (connection: Connection): Connection => ({
  ...connection,
  request: call => connection.request({ ...call, timeoutMs: SILENCE_MS }),
})

/** For the arithmetic of README.md: what the primary shards take. */
const bytesOf = async (cluster: Connection, prefix: string, profiles: number): Promise<string> => {
  const query = { format: 'json', bytes: 'b', h: 'index,pri.store.size' }
  const rows = await cluster.request({ method: 'GET', path: `/_cat/indices/${prefix}-*`, query })
  if (!Array.isArray(rows)) throw new Error('_cat/indices has no rows')
  const sizes = rows.map(row => [String(row.index).split('-')[1], Number(row['pri.store.size'])] as const)
  return sizes.map(([kind, bytes]) => `${kind}: ${bytes} bytes, ${(bytes / profiles).toFixed(0)} a profile`).join('; ')
}

/** A full build through the faults: what was sent is what is there and what was told as refused. */
export const testBuildUnderFaults = async (cluster: Cluster, documents: number): Promise<void> => {
  const random = createRandom(1)
  const proxy = await startFaultProxy({
    target: cluster.urls[0] ?? '',
    fault: () => draw(random, 0.35, REQUEST_FAULTS),
    itemFault: itemFaults(random),
  })
  const prefix = newPrefix()
  const direct = connectCluster({ urls: cluster.urls })
  const engine = openElasticsearchEngine(direct, { prefix })
  const through = patientCluster(impatient(connectCluster({ urls: [proxy.url] })), BUILD_POLICY)
  try {
    const begun = performance.now()
    const build = createElasticsearchBuild(through, { prefix })
    const suppliers = corpusOf(documents)
    for (const each of suppliers) await build.add(expandSupplier(each))
    let refused: readonly RefusedProfile[] = []
    const state = await build.commit(7, {
      beforeLive: left => {
        refused = left
      },
    })
    const seconds = ((performance.now() - begun) / 1000).toFixed(0)
    console.log(`  ${documents} documents in ${seconds} s; ${describePlayed(proxy)}`)
    const { suppliers: held } = await engine.state()
    const told = new Set(refused.map(({ siren }) => siren))
    const expected = suppliers.filter(({ siren }) => isRefused(siren))
    console.log(`  ${await bytesOf(direct, prefix, held)}`)
    check(`sent ${documents} = acknowledged ${held} + dead letters ${told.size}`, documents === held + told.size)
    check('the build counts as the cluster does', state.suppliers === held)
    check(
      'each of the refused is told, with the reason, and no other',
      told.size === expected.length &&
        expected.every(({ siren }) => told.has(siren)) &&
        refused.every(({ reason }) => reason.includes('failed to parse')),
    )
    check('the change number went live with it', (await engine.appliedSeq()) === 7)
  } finally {
    await removePrefix(direct, prefix)
    await Promise.all([engine.close(), through.close(), proxy.close()])
  }
}

/** The outbox of a real service that is killed twice, through the same faults. */
export const testOutboxUnderFaults = async (cluster: Cluster, documents: number): Promise<void> => {
  const random = createRandom(2)
  const proxy = await startFaultProxy({ target: cluster.urls[0] ?? '' })
  const prefix = newPrefix()
  const direct = connectCluster({ urls: cluster.urls })
  const engine = openElasticsearchEngine(direct, { prefix })
  const { folder, catalogue } = newState()
  const settings = { BRIQUE_DATA: folder, ELASTICSEARCH_URL: proxy.url, ELASTICSEARCH_INDEX: prefix }
  try {
    const suppliers = corpusOf(documents)
    const sirens = suppliers.map(({ siren }) => siren)
    loadEdition(catalogue, suppliers, 'une')
    const indexed = await command(settings, 'index')
    check('"npm run index" builds the index on the cluster', indexed.code === 0)
    if (indexed.code !== 0) console.log(indexed.output)
    loadEdition(catalogue, suppliers, 'deux')
    const reached = async () => engine.appliedSeq()
    const last = catalogue.lastSeq()
    proxy.set({
      fault: () => draw(random, 0.08, ['busy', 'unavailable', 'reset', 'lost']),
      itemFault: itemFaults(random),
    })
    const begun = performance.now()
    let before = await reached()
    for (const share of [0.3, 0.6]) {
      const service = await startService(settings)
      const target = before + (last - before) * share
      await until(async () => (await reached()) >= target, 120)
      await service.kill9()
      before = await reached()
    }
    const service = await startService(settings)
    const done = await until(async () => (await reached()) === last, (OUTBOX_SECONDS_A_THOUSAND * documents) / 1000)
    const seconds = ((performance.now() - begun) / 1000).toFixed(0)
    console.log(`  ${documents} changes, two kills, in ${seconds} s; ${describePlayed(proxy)}`)
    check('the outbox is empty in the end', done)
    const editions = async (): Promise<Map<string, number>> => {
      const counts = new Map<string, number>()
      for (let at = 0; at < sirens.length; at += 500) {
        for (const { description } of (await engine.suppliers(sirens.slice(at, at + 500))).values()) {
          const edition = description?.text.split(' ').at(-1) ?? 'none'
          counts.set(edition, (counts.get(edition) ?? 0) + 1)
        }
      }
      return counts
    }
    const found = await editions()
    const letters = catalogue.deadLetters()
    const [taken, left] = [found.get('deux') ?? 0, found.get('une') ?? 0]
    check(
      `sent ${documents} = acknowledged ${taken} + dead letters ${letters.length}`,
      documents === taken + letters.length,
    )
    check('the cluster keeps what it had of the refused', left === letters.length)
    check('the dead letters are the refused ones', letters.every(({ siren }) => isRefused(siren)) && letters.length > 0)
    const listed = await command(settings, 'index', 'dead-letters')
    check(
      '"index dead-letters" lists them with the reason',
      listed.output.includes(`${letters[0]?.siren} `) && listed.output.includes('failed to parse'),
    )
    check(
      '/metrics counts them',
      (await service.get('/metrics')).text.includes(`brique_index_dead_letters ${letters.length}`),
    )

    proxy.set({ fault: () => undefined, itemFault: () => undefined })
    await command(settings, 'index', 'dead-letters', '--retry')
    const cleared = await until(() => catalogue.countDeadLetters() === 0, 60)
    check(
      '"index dead-letters --retry" and a server that takes them clear the letters',
      cleared && (await editions()).get('deux') === documents,
    )

    const rolledBack = await command(settings, 'index', 'rollback')
    check(
      '"index rollback" says that there is nothing to go back to after one build',
      rolledBack.code === 1 && rolledBack.output.includes('no index to go back to'),
    )
    loadEdition(catalogue, suppliers, 'trois')
    await until(async () => (await reached()) === catalogue.lastSeq(), 60)
    const again = await command(settings, 'index')
    const back = await command(settings, 'index', 'rollback')
    check(
      'after a second one it goes back to the first',
      again.code === 0 && back.code === 0 && back.output.includes('live index is again'),
    )
    const caughtUp = await until(
      async () => (await reached()) === catalogue.lastSeq() && (await editions()).get('trois') === documents,
      60,
    )
    check('and the service applies the changes since to it', caughtUp)
    await service.stop()
  } finally {
    await removePrefix(direct, prefix)
    await Promise.all([engine.close(), proxy.close()])
    catalogue.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
