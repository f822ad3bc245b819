import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runIndex } from '../../indexer/build-index.ts'
import { type CommandContext, cataloguePathOf } from '../../indexer/command.ts'
import { createCrawl } from '../../indexer/crawl-command.ts'
import { crawlPathOf } from '../../indexer/crawl-paths.ts'
import { runDemo } from '../../indexer/demo-command.ts'
import { runExtract } from '../../indexer/extract-command.ts'
import { createProgress } from '../../indexer/progress.ts'
import { readConfig } from '../../src/config.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import { createSearch } from '../../src/search/create-search.ts'
import { openCrawlStore } from '../../src/store/crawl-store.ts'
import { openCatalogue } from '../../src/store/open-catalogue.ts'
import { load, stated, version } from '../support/catalogue.ts'
import { type SiteWeb, startSiteWeb } from '../support/site-web.ts'
import { inventedSiren } from '../support/suppliers.ts'

/**
 * The whole way of a page, on a web of invented sites on this machine: crawl at the pace that real sites are given,
 * extract, index, and a search that finds a supplier by what only its own page says. Half of the sites misbehave, each in
 * its way, and must end in a named outcome. `--serve` then starts the service on what was found.
 */

/** Words of one page of one site; the demonstration catalogue has them nowhere. */
const QUERY = 'terre de graves et cailloux roulés'
const FOUND_ON = 'sillon-bas.example'

/** Shorter waits for servers that never answer; pauses between requests stay as they are for everybody. */
const IMPATIENT = { dnsMs: 500, headersMs: 1_500, bodyIdleMs: 1_500, totalMs: 2_500 }

const write = (line: string): void => void process.stdout.write(`${line}\n`)

let [passed, failed] = [0, 0]
const check = (ok: boolean, what: string): void => {
  if (ok) passed += 1
  else failed += 1
  if (!ok) write(`NOT OK: ${what}`)
}

const withFaultySites = (context: CommandContext, web: SiteWeb): void => {
  const catalogue = openCatalogue(context.cataloguePath)
  const source = { ...version('file:pannes', '1').source, name: 'Sites en panne (fictifs)', fictitious: true }
  const facts = web.faults.flatMap(({ host }, index) => {
    const siren = inventedSiren(900 + index)
    return [stated(siren, 'name', host.replace('.example', '')), stated(siren, 'website', `https://${host}/`)]
  })
  load(catalogue, { ...version('file:pannes', '1'), source }, facts)
  catalogue.close()
}

const searchFor = async (context: CommandContext, text: string) => {
  const engine = openEmbeddedEngine(context.config.dataDir)
  try {
    const { hits } = await createSearch(engine).search(
      { text, filters: {}, sort: 'relevance', page: 1, size: 10 },
      'fr',
    )
    return hits
  } finally {
    await engine.close()
  }
}

const checkOutcomes = (context: CommandContext, web: SiteWeb): void => {
  const store = openCrawlStore(crawlPathOf(context))
  const ends = new Map(store.troubledSites().map(({ url, outcome }) => [new URL(url).hostname, outcome]))
  store.close()
  write('\nSites that misbehave, and how their home page ended:')
  for (const { host, outcome } of web.faults) {
    const end = ends.get(host) ?? 'fetched'
    check(end === outcome, `${host}: ${end}, expected ${outcome}`)
    write(`  ${host.padEnd(28)} ${end}`)
  }
  for (const { host } of web.sites) check(!ends.has(host), `${host} was read (${ends.get(host)})`)
}

/** As the sites saw it. */
const checkManners = (web: SiteWeb): void => {
  const byHost = Map.groupBy(web.seen, request => request.host)
  let least = Number.POSITIVE_INFINITY
  for (const [host, requests] of byHost) {
    check(requests[0]?.path === '/robots.txt', `${host} was asked for robots.txt first`)
    const gaps = requests.slice(1).map((request, index) => request.at - (requests[index]?.at ?? 0))
    least = Math.min(least, ...gaps)
    check(
      gaps.every(gap => gap >= 2_000),
      `${host} had 2 s between requests (${Math.min(...gaps)} ms)`,
    )
    check(requests.length <= 130, `${host} was asked ${requests.length} times`)
  }
  check(
    web.seen.every(({ userAgent }) => userAgent.includes('https://brique.example/robot')),
    'the robot says who it is',
  )
  write(
    `\n${web.seen.length} requests to ${byHost.size} sites, ${(least / 1000).toFixed(2)} s apart at a site at least`,
  )
}

const folder = mkdtempSync(join(tmpdir(), 'brique-demo-'))
const config = readConfig({ BRIQUE_DATA: folder, PUBLIC_URL: 'https://brique.example' })
const context: CommandContext = {
  config,
  cataloguePath: cataloguePathOf(config),
  args: { positionals: [], values: {} },
  progress: createProgress(),
  write,
}
const web = await startSiteWeb()
try {
  await runDemo(context)
  withFaultySites(context, web)
  await runIndex(context)
  const before = await searchFor(context, QUERY)
  check(!before.some(hit => hit.supplier.website?.includes(FOUND_ON)), 'before the crawl, nobody is found by it')
  await createCrawl({ fetcher: { ...web.network, limits: IMPATIENT }, limits: { pagesPerSite: 20 } })(context)
  await runExtract(context)
  await runIndex(context)
  checkOutcomes(context, web)
  checkManners(web)
  const [hit] = await searchFor(context, QUERY)
  const passage = hit?.passages[0]
  check(passage?.sourceUrl.startsWith(`https://${FOUND_ON}/`) === true, `"${QUERY}" finds ${FOUND_ON} by its page`)
  write(
    `\n"${QUERY}" finds ${hit?.supplier.name}:\n  « ${passage?.text} »\n  ${passage?.sourceUrl}, ${passage?.retrievedAt}`,
  )
  write(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
  if (process.argv.includes('--serve')) {
    const server = spawn(process.execPath, [new URL('../../src/server.ts', import.meta.url).pathname], {
      env: { ...process.env, BRIQUE_DATA: folder },
      stdio: 'inherit',
    })
    process.on('SIGINT', () => undefined)
    await once(server, 'exit')
  }
} finally {
  await web.close()
  rmSync(folder, { recursive: true, force: true })
}
