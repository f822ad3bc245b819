import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectCluster } from '../../src/engine/elasticsearch/client.ts'
import { namesFor } from '../../src/engine/elasticsearch/names.ts'
import { openCatalogue } from '../../src/store/open-catalogue.ts'
import { check } from '../support/counting.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { corpusOf, loadEdition } from './catalogue.ts'
import { newPrefix, removePrefix } from './prefix.ts'
import { type Answered, command, startService, until } from './process.ts'
import type { Cluster } from './servers/cluster.ts'
import { freePorts } from './servers/ports.ts'

/** What readers and operators see of a cluster that is away, slow, or full. */

/** A search that the circuit breaker ends; a time-out would take two seconds. */
const FAST_MS = 500
const SEARCH = '/api/search?q=capteur'

const is503 = ({ status, retryAfter }: Answered): boolean => status === 503 && Number(retryAfter) > 0

const awayAtStart = async (): Promise<void> => {
  const [port = 1] = await freePorts(1)
  const folder = mkdtempSync(join(tmpdir(), 'brique-outage-'))
  const settings = { BRIQUE_DATA: folder, ELASTICSEARCH_URL: `http://127.0.0.1:${port}` }
  const demo = await command(settings, 'demo', '--if-empty')
  check(
    'cluster away: the demonstration is loaded, and that no index is built is said',
    demo.code === 0 && demo.output.includes('ELASTICSEARCH_URL') && demo.output.includes('npm run index'),
  )
  const index = await command(settings, 'index')
  check(
    '"npm run index" ends with the reason and without a stack',
    index.code === 1 && index.output.includes('cannot be reached') && !/\n\s+at /.test(index.output),
  )
  const catalogue = openCatalogue(join(folder, 'catalogue.db'))
  const [first] = catalogue.suppliersInOrder()
  catalogue.close()
  const service = await startService(settings)
  try {
    const ready = await service.get('/health/ready')
    check('the service starts and lives', (await service.get('/health/live')).status === 200)
    check('/health/ready is 503 with the reason', ready.status === 503 && ready.text.includes('ELASTICSEARCH_URL'))
    check('nothing tells readers where the cluster is', !ready.text.includes(String(port)))
    check('the API answers 503 with Retry-After', is503(await service.get(SEARCH)))
    const page = await service.get('/recherche?q=capteur')
    check('the page explains', is503(page) && page.text.includes('ne répond pas'))
    check('profiles are shown from the catalogue', (await service.get(`/fournisseurs/${first?.siren}`)).status === 200)
    check('the log says it', service.log().includes('cannot be reached'))
  } finally {
    await service.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const during = async (cluster: Cluster): Promise<void> => {
  const proxy = await startFaultProxy({ target: cluster.urls[0] ?? '' })
  const prefix = newPrefix()
  const folder = mkdtempSync(join(tmpdir(), 'brique-outage-'))
  const settings = { BRIQUE_DATA: folder, ELASTICSEARCH_URL: proxy.url, ELASTICSEARCH_INDEX: prefix }
  const direct = connectCluster({ urls: cluster.urls })
  const path = join(folder, 'catalogue.db')
  const suppliers = corpusOf(50)
  const catalogue = openCatalogue(path)
  loadEdition(catalogue, suppliers, 'une')
  const indexed = await command(settings, 'demo', '--if-empty')
  check(
    'an index is built on a cluster that has none',
    indexed.code === 0 && indexed.output.includes('50 suppliers indexed'),
  )
  const service = await startService(settings)
  const works = async (): Promise<boolean> => {
    const { status, text } = await service.get(SEARCH)
    return status === 200 && JSON.parse(text).total === 50
  }
  /** From the moment on that the trouble is over. */
  const recovery = async (): Promise<number> => {
    const begun = performance.now()
    return (await until(works, 30)) ? (performance.now() - begun) / 1000 : Number.POSITIVE_INFINITY
  }
  try {
    check('searches are answered', await until(works, 30))

    proxy.set({ fault: ({ path }) => (path.endsWith('/_search') ? 'partial' : undefined) })
    check('a partial answer is refused', is503(await service.get(SEARCH)))
    proxy.set({ fault: () => undefined })
    check('and forgotten at once', await until(works, 5))

    proxy.set({ fault: () => 'reset' })
    const broken: Answered[] = []
    for (let i = 0; i < 20; i++) broken.push(await service.get(SEARCH))
    check('cluster away: 20 answers are 503 with Retry-After', broken.every(is503))
    const before = [...proxy.played.values()].reduce((sum, times) => sum + times, 0)
    await Promise.all(Array.from({ length: 30 }, () => service.get(SEARCH)))
    const asked = [...proxy.played.values()].reduce((sum, times) => sum + times, 0) - before
    check(`the circuit is open: 30 searches made ${asked} requests`, asked <= 15)
    proxy.set({ fault: () => undefined })
    const back = await recovery()
    check(`searches are back after ${back.toFixed(1)} s`, back <= 10)

    proxy.set({ fault: () => 'silent' })
    const slow: Answered[] = []
    for (let i = 0; i < 8; i++) slow.push(await service.get(SEARCH))
    check('cluster silent: 503 with Retry-After', slow.every(is503))
    const times = slow.map(({ ms }) => ms.toFixed(0)).join(', ')
    check(`after some time-outs answers come at once: ${times} ms`, slow.filter(({ ms }) => ms > FAST_MS).length <= 6)
    proxy.set({ fault: () => undefined })
    const again = await recovery()
    check(`searches are back after ${again.toFixed(1)} s`, again <= 10)

    await fullDisk(cluster, direct, prefix, service, async () => loadEdition(catalogue, suppliers, 'deux'))
  } finally {
    await service.stop()
    catalogue.close()
    await removePrefix(direct, prefix)
    await Promise.all([direct.close(), proxy.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The block that the flood-stage watermark sets. */
const fullDisk = async (
  { kind }: Cluster,
  direct: ReturnType<typeof connectCluster>,
  prefix: string,
  service: Awaited<ReturnType<typeof startService>>,
  change: () => Promise<void>,
): Promise<void> => {
  const { suppliers, lexicon } = namesFor(prefix)
  const block = (value: boolean | null) =>
    direct.request({
      method: 'PUT',
      path: `/${suppliers},${lexicon}/_settings`,
      body: { index: { 'blocks.read_only_allow_delete': value } },
    })
  await block(true)
  await change()
  const waits = await until(async () => (await service.get('/health/ready')).text.includes('read-only'), 30)
  const ready = await service.get('/health/ready')
  check(
    'index read-only for lack of disk: searches go on',
    ready.status === 200 && (await service.get(SEARCH)).status === 200,
  )
  check('/health/ready says that changes wait and why', waits)
  check('/metrics counts them', /brique_index_pending_changes [1-9]/.test((await service.get('/metrics')).text))
  check('the log says it', service.log().includes('read-only'))
  await block(null)
  const applied = await until(
    async () => /brique_index_pending_changes 0\b/.test((await service.get('/metrics')).text),
    60,
  )
  check(`with space again the changes are applied (${kind})`, applied)
  const isFound = async () => JSON.parse((await service.get('/api/search?q=%C3%A9dition+deux')).text).total === 50
  check('and found', await until(isFound, 30))
}

export const testOutages = async (cluster: Cluster): Promise<void> => {
  await awayAtStart()
  await during(cluster)
}
