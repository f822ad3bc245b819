import { rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { createElasticsearchBuild } from '../../src/engine/elasticsearch/build.ts'
import { connectCluster } from '../../src/engine/elasticsearch/client.ts'
import { openElasticsearchEngine } from '../../src/engine/elasticsearch/elasticsearch-engine.ts'
import { namesFor } from '../../src/engine/elasticsearch/names.ts'
import { patientCluster } from '../../src/engine/elasticsearch/resilience.ts'
import { BUILD_POLICY } from '../../src/engine/elasticsearch/retry.ts'
import { expandSupplier } from '../../src/search/expand.ts'
import { check } from '../support/counting.ts'
import { corpusOf, loadEdition, newState } from './catalogue.ts'
import { newPrefix, removePrefix } from './prefix.ts'
import { command, startService, until } from './process.ts'
import type { Cluster } from './servers/cluster.ts'
import { steadily } from './steady.ts'

/** One of three nodes dies without a word: the one that leads, under load. */

const SUPPLIERS = 300
const SEARCHES_A_SECOND = 20
/** What the product promises of a node that dies; watched for twice as long. */
const RECOVERED_SECONDS = 10
const WATCHED_SECONDS = 20

const isGreen = async (cluster: Cluster, prefix: string): Promise<boolean> => {
  const { suppliers, lexicon } = namesFor(prefix)
  const path = `/_cluster/health/${suppliers},${lexicon}?wait_for_status=green&timeout=5s`
  const { status } = await cluster.ask(path)
  return status === 200
}

export const testFailover = async (cluster: Cluster): Promise<void> => {
  const prefix = newPrefix()
  const { folder, catalogue } = newState()
  const settings = {
    BRIQUE_DATA: folder,
    ELASTICSEARCH_URL: cluster.urls.join(','),
    ELASTICSEARCH_INDEX: prefix,
    // Whether an answer comes, not how soon: a busy machine must not turn a figure into a fault.
    SEARCH_TIMEOUT_MS: '8000',
  }
  const suppliers = corpusOf(SUPPLIERS)
  loadEdition(catalogue, suppliers, 'une')
  const direct = connectCluster({ urls: cluster.urls })
  const engine = openElasticsearchEngine(direct, { prefix })
  const indexed = await command(settings, 'index')
  if (indexed.code !== 0) throw new Error(indexed.output)
  check('three nodes: every shard has its copy', await until(() => isGreen(cluster, prefix), 60))
  const service = await startService(settings)
  const counts = { right: 0, wrong: 0, refused: 0, other: 0 }
  let lastFailure = Number.NEGATIVE_INFINITY
  let killed = Number.POSITIVE_INFINITY
  /** Failures by second, from the kill on. */
  const failures = new Map<string, number>()
  let example = ''
  const search = async (): Promise<void> => {
    try {
      const { status, retryAfter, text } = await service.get('/api/search?q=capteurs&size=5')
      if (status === 200) {
        const isRight = JSON.parse(text).total === SUPPLIERS && JSON.parse(text).hits.length === 5
        counts[isRight ? 'right' : 'wrong']++
        if (!isRight) example = text.slice(0, 300)
        return
      }
      counts[status === 503 && Number(retryAfter) > 0 ? 'refused' : 'other']++
      example = text.slice(0, 300)
    } catch (error) {
      counts.other++
      example = String(error)
    }
    lastFailure = performance.now()
    const second = lastFailure < killed ? 'before' : `${Math.floor((lastFailure - killed) / 1000)} s`
    failures.set(second, (failures.get(second) ?? 0) + 1)
  }
  try {
    await until(async () => (await service.get('/api/search?q=capteurs')).status === 200, 30)
    const load = steadily(SEARCHES_A_SECOND, search)
    await wait(2000)
    const master = await cluster.masterNode()
    killed = performance.now()
    await master.kill9()
    loadEdition(catalogue, suppliers, 'deux')
    await wait(1000 * WATCHED_SECONDS)
    await load.stop()
    const seconds = Math.max(0, (lastFailure - killed) / 1000)
    console.log(`  ${JSON.stringify(counts)}; last failure ${seconds.toFixed(1)} s after the kill`)
    if (failures.size > 0)
      console.log(`  failures by second: ${[...failures].map(([second, times]) => `${second}: ${times}`).join(', ')}`)
    if (example !== '') console.log(`  ${example}`)
    check(`master killed under load: ${counts.wrong} wrong answers`, counts.wrong === 0 && counts.right > 0)
    check('what failed was 503 with Retry-After', counts.other === 0)
    check(`recovered within ${RECOVERED_SECONDS} s`, seconds <= RECOVERED_SECONDS)
    const last = catalogue.lastSeq()
    check('changes made meanwhile are applied', await until(async () => (await engine.appliedSeq()) === last, 60))
    await master.restart()
  } finally {
    await service.stop()
    await removePrefix(direct, prefix)
    await engine.close()
    catalogue.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A node that holds a part of the new index dies during the build and comes back. */
export const testBuildWithNodeKilled = async (cluster: Cluster, documents: number): Promise<void> => {
  const prefix = newPrefix()
  const connected = patientCluster(connectCluster({ urls: cluster.urls }), BUILD_POLICY)
  const engine = openElasticsearchEngine(connected, { prefix })
  try {
    const begun = performance.now()
    const build = createElasticsearchBuild(connected, { prefix, shards: 3 })
    let restarted: Promise<void> | undefined
    let done = 0
    for (const each of corpusOf(documents)) {
      await build.add(expandSupplier(each))
      if (++done === Math.floor(documents / 2)) {
        const master = await cluster.masterNode()
        await master.kill9()
        restarted = master.restart()
      }
    }
    const { suppliers } = await build.commit(0)
    await restarted
    const seconds = ((performance.now() - begun) / 1000).toFixed(0)
    const { suppliers: held } = await engine.state()
    check(
      `node killed during a build: sent ${documents} = acknowledged ${held}, in ${seconds} s`,
      held === documents && suppliers === held,
    )
  } finally {
    await removePrefix(connected, prefix)
    await engine.close()
  }
}
