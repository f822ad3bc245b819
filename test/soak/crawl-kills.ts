import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { CRAWL_LIMITS } from '../../indexer/crawl/limits.ts'
import { runExtract } from '../../indexer/extract-command.ts'
import type { Fact } from '../../src/model/fact.ts'
import { openCrawlStore } from '../../src/store/crawl-store.ts'
import { openCatalogue } from '../../src/store/open-catalogue.ts'
import { openPageStore } from '../../src/store/page-store.ts'
import { check } from '../support/counting.ts'
import { hostName, type LoadSeen, type LoadWeb, MOVED_FROM, MOVED_TO, startLoadWeb } from '../support/crawl-load-web.ts'
import { seededRandom } from '../support/crawl-pages.ts'
import { commandContext, loadStateFolder } from '../support/crawl-stand.ts'
import { inventedSiren } from '../support/suppliers.ts'

export interface KillSizes {
  readonly kills: number
  readonly sites: number
  /** Of a site. */
  readonly pages: number
}

const SEED = 20_261_122
const SCRIPT = fileURLToPath(new URL('../support/crawl-process.ts', import.meta.url))

const startCrawl = (folder: string, port: number) =>
  spawn(process.execPath, [SCRIPT, folder, String(port)], { stdio: ['ignore', 'ignore', 'inherit'] })

const crawlToEnd = async (folder: string, port: number): Promise<void> => {
  const child = startCrawl(folder, port)
  await once(child, 'close')
  if (child.exitCode !== 0) throw new Error(`the crawl ended with code ${child.exitCode}`)
}

/** Addresses whose turn has ended, by the frontier that a killed crawl leaves, and those whose page is kept. */
const noted = (folder: string, web: LoadWeb, sites: number) => {
  const concluded = new Set<string>()
  const kept = new Set<string>()
  if (!existsSync(join(folder, 'crawl.db'))) return { concluded, kept }
  const store = openCrawlStore(join(folder, 'crawl.db'))
  const pages = openPageStore(join(folder, 'pages.db'))
  for (let host = 0; host < sites; host++) {
    for (const { url, visited } of store.addressesOf(hostName(host))) if (visited) concluded.add(url)
  }
  for (const { host, path } of web.seen) {
    const url = urlOf(web, { host, path })
    if (pages.digestOf(url) !== undefined) kept.add(url)
  }
  pages.close()
  store.close()
  return { concluded, kept }
}

const urlOf = ({ port }: LoadWeb, { host, path }: Pick<LoadSeen, 'host' | 'path'>): string =>
  `http://${hostName(host)}:${port}${path}`

/** What a killed crawl asked again after the kills, of what it had asked before them. */
interface Repeats {
  /** Of addresses whose turn had ended: none may be. */
  ended: number
  /** Of addresses that were in flight. */
  inFlight: number
  /** Of these, the ones whose page was stored and not yet noted as visited: a kill between the two commits. */
  stored: number
  /** The most addresses that were in flight at a kill: asked for, and their turn not ended. */
  mostInFlight: number
}

/** What has a turn of its own: a redirect's target is asked for in the turn of what led there. */
const hasTurn = ({ path }: LoadSeen): boolean => !['/robots.txt', '/sitemap.xml', MOVED_TO].includes(path)

/** Kills a crawl again and again, each time after a random number of requests, then lets it end. */
const crawlKilled = async (folder: string, web: LoadWeb, { kills, sites, pages }: KillSizes): Promise<Repeats> => {
  const random = seededRandom(SEED)
  const from = web.seen.length
  const states: { readonly until: number; readonly concluded: Set<string>; readonly kept: Set<string> }[] = []
  let killed = 0
  for (let kill = 0; kill < kills; kill++) {
    const child = startCrawl(folder, web.port)
    const closed = once(child, 'close')
    // On average a little less than what would be the last kill's share of all.
    const until = web.seen.length + Math.ceil(random() * 1.8 * ((sites * pages) / kills))
    while (web.seen.length < until && child.exitCode === null) await wait(1)
    await wait(random() * 20)
    if (child.exitCode === null) killed++
    child.kill('SIGKILL')
    await closed
    states.push({ until: web.seen.length, ...noted(folder, web, sites) })
  }
  await crawlToEnd(folder, web.port)
  check(`${kills} kills in the middle of the work: ${killed}`, killed === kills)
  const repeats: Repeats = { ended: 0, inFlight: 0, stored: 0, mostInFlight: 0 }
  const asked = new Set<string>()
  for (const [index, { until, concluded, kept }] of states.entries()) {
    const run = web.seen.slice(states[index - 1]?.until ?? from, until).filter(hasTurn)
    // A redirect waits between its two requests for its host's pause, and takes no place meanwhile.
    const direct = run.filter(({ path }) => path !== MOVED_FROM)
    const open = new Set(direct.map(seen => urlOf(web, seen)).filter(url => !concluded.has(url)))
    repeats.mostInFlight = Math.max(repeats.mostInFlight, open.size)
    for (const seen of run) asked.add(urlOf(web, seen))
    const next = web.seen.slice(until, states[index + 1]?.until).filter(hasTurn)
    const again = [...new Set(next.map(seen => urlOf(web, seen)))].filter(url => asked.has(url))
    repeats.ended += again.filter(url => concluded.has(url)).length
    repeats.inFlight += again.filter(url => !concluded.has(url)).length
    repeats.stored += again.filter(url => !concluded.has(url) && kept.has(url)).length
  }
  return repeats
}

/** The facts of the sites after `extract`, without when they were read. */
const factsOf = async (folder: string, sites: number): Promise<readonly string[]> => {
  const context = commandContext(folder)
  await runExtract(context)
  const catalogue = openCatalogue(context.cataloguePath, { readOnly: true })
  const timeless = ({ provenance, ...fact }: Fact): string => {
    const { retrievedAt: _when, sourceDate: _day, ...rest } = provenance
    return JSON.stringify({ ...fact, ...rest }).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '')
  }
  try {
    return Array.from({ length: sites }, (_, host) => catalogue.record(inventedSiren(host + 1))?.facts ?? [])
      .flat()
      .filter(({ provenance }) => provenance.source === 'site')
      .map(timeless)
      .sort()
  } finally {
    catalogue.close()
  }
}

const pagesOf = (folder: string): { readonly fingerprint: string; readonly pages: number } => {
  const store = openPageStore(join(folder, 'pages.db'))
  const found = { fingerprint: store.fingerprint(), pages: store.counts().pages }
  store.close()
  return found
}

/** A crawl that is killed at random moments keeps the same pages and facts as one that is left alone. */
export const killedCrawls = async (sizes: KillSizes): Promise<void> => {
  const { kills, sites, pages } = sizes
  const web = await startLoadWeb({ hosts: sites, pages, bytes: 6_000, answerAfterMs: () => 5 })
  const [calm, shaken] = [loadStateFolder(sites, web.port), loadStateFolder(sites, web.port)]
  try {
    await crawlToEnd(calm, web.port)
    const repeats = await crawlKilled(shaken, web, sizes)
    const { ended, inFlight, stored, mostInFlight } = repeats
    console.log(`${kills} kills (seed ${SEED}) over ${sites * pages} pages: ${ended + inFlight} asked again`)
    console.log(`  of these ${stored} had been stored when the kill came, and not yet noted as visited`)
    check(`an address whose turn had ended is never asked again: ${ended}`, ended === 0)
    const { concurrency } = CRAWL_LIMITS
    check(`never more than ${concurrency} in flight at a kill: ${mostInFlight}`, mostInFlight <= concurrency)
    check('never two in flight on a host', web.mostAtOnce() === 1)
    const [expected, found] = [pagesOf(calm), pagesOf(shaken)]
    check(`every page is kept: ${expected.pages}`, expected.pages >= sites * pages)
    check('the same pages, by address and digest', expected.fingerprint === found.fingerprint)
    const [facts, same] = [await factsOf(calm, sites), await factsOf(shaken, sites)]
    const different = facts.find((each, index) => each !== same[index])
    if (different !== undefined) console.log(`  ${different}\n  ${same[facts.indexOf(different)]}`)
    check(`the same facts: ${facts.length}`, facts.length > 0 && JSON.stringify(facts) === JSON.stringify(same))
  } finally {
    await web.close()
    for (const folder of [calm, shaken]) rmSync(folder, { recursive: true, force: true })
  }
}
