import { BlockList } from 'node:net'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Status } from '../model/status.ts'
import { UNDER_PRESSURE_EXEMPT } from './limits.ts'
import type { App, Services } from './services.ts'

/** Figures of the operation for a Prometheus server: how many and how fast, never what was asked. */

/** Seconds; the middle is where searches are. */
const BUCKETS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5]

const NEAR = new BlockList()
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  NEAR.addSubnet(network, bits, 'ipv4')
}
NEAR.addAddress('::1', 'ipv6')
NEAR.addSubnet('fc00::', 7, 'ipv6')

/** Whether a client is this machine or on a private network; mapped IPv4 counts as IPv4. */
const isNear = (address: string): boolean => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return NEAR.check(plain, plain.includes(':') ? 'ipv6' : 'ipv4')
}

const gauges = (registry: Registry) => {
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] })
  return {
    info: gauge('brique_index_info', 'The live index: 1, with its engine and version.', ['engine', 'version']),
    suppliers: gauge('brique_index_suppliers', 'Suppliers in the live index.'),
    pending: gauge('brique_index_pending_changes', 'Changes of the catalogue that the index has not applied.'),
    dead: gauge('brique_index_dead_letters', 'Profiles that the engine has refused and that wait for an operator.'),
    damaged: gauge('brique_index_damaged', '1 while the live index is damaged and another is not yet in its place.'),
    rebuilds: gauge('brique_index_rebuilds', 'Rebuilds of a damaged index since the start, by outcome.', ['outcome']),
    catalogue: gauge('brique_catalogue_suppliers', 'Suppliers in the catalogue.'),
    pages: gauge('brique_crawl_pages', 'Pages kept of companies’ sites.'),
    addresses: gauge('brique_crawl_addresses', 'Addresses of the crawl by their last outcome.', ['outcome']),
  }
}

/** `GET /metrics`, in Prometheus' text format; answered to private networks alone unless the setting opens it. */
export const metricsRoutes = (app: App, services: Services, status: () => Promise<Status>): void => {
  const { metrics } = services.config
  if (metrics === 'off') return
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'brique_' })
  const set = gauges(registry)
  const durations = new Histogram({
    name: 'brique_http_request_duration_seconds',
    help: 'Time of answers by route, without their parameters, and status.',
    labelNames: ['route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    durations.observe({ route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
  const read = async (): Promise<void> => {
    const { index, suppliers } = await status()
    set.info.reset()
    set.info.set({ engine: index.engine, version: index.version }, 1)
    set.suppliers.set(index.suppliers)
    set.pending.set(index.pendingChanges)
    set.damaged.set(index.repair ? 1 : 0)
    const rebuilds = services.indexRepair?.counts()
    set.rebuilds.set({ outcome: 'done' }, rebuilds?.done ?? 0)
    set.rebuilds.set({ outcome: 'failed' }, rebuilds?.failed ?? 0)
    set.catalogue.set(suppliers)
    set.dead.set(services.deadLetters?.() ?? 0)
    const crawl = services.crawlProgress?.()
    set.pages.set(crawl?.pages ?? 0)
    set.addresses.reset()
    for (const { outcome, addresses } of crawl?.outcomes ?? []) set.addresses.set({ outcome }, addresses)
  }
  app.get('/metrics', { ...UNDER_PRESSURE_EXEMPT, schema: { hide: true } }, async (request, reply) => {
    if (metrics !== 'public' && !isNear(request.ip)) return reply.callNotFound()
    await read()
    return reply
      .header('content-type', registry.contentType)
      .header('cache-control', 'no-store')
      .send(await registry.metrics())
  })
}
