import { rmSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CRAWL_LIMITS } from '../../indexer/crawl/limits.ts'
import { createPageReader } from '../../indexer/extract/page-reader.ts'
import { type KeptPage, openPageStore } from '../../src/store/page-store.ts'
import { hostName, type LoadWeb, startLoadWeb } from '../support/crawl-load-web.ts'
import { loadStateFolder, startMeasuredCrawl } from '../support/crawl-stand.ts'
import { CRAWLEE_VERSION, installCrawlee, runCrawlee } from './crawlee.ts'

/** `npm run bench:crawl [-- --rounds 3] [15 | 110]` (kB a page): pages a second of the crawler and of extraction, beside Crawlee. See README.md. */

interface Size {
  readonly name: string
  readonly bytes: number
  readonly hosts: number
  readonly pages: number
  readonly crawlGoal?: number
  readonly extractionGoal: number
}

interface Run {
  readonly seconds: number
  readonly pages: number
  readonly cpuSeconds: number
  readonly peakMb: number
}

const { values, positionals } = parseArgs({ options: { rounds: { type: 'string' } }, allowPositionals: true })
const ROUNDS = Number(values.rounds ?? 3)
const SIZES: readonly Size[] = [
  { name: '15 kB', bytes: 13_200, hosts: 40, pages: 40, crawlGoal: 150, extractionGoal: 150 },
  { name: '110 kB', bytes: 108_000, hosts: 40, pages: 15, extractionGoal: 35 },
]

const crawlOnce = async (web: LoadWeb, hosts: number): Promise<Run & { readonly folder: string }> => {
  const folder = loadStateFolder(hosts, web.port)
  const end = await startMeasuredCrawl(folder, web.port, 0).end
  const store = openPageStore(join(folder, 'pages.db'))
  const { pages } = store.counts()
  store.close()
  return { ...end, pages, folder }
}

/** The stored pages through the reader and all extractors, as `extract` does it. */
const extractOnce = async (folder: string): Promise<Run> => {
  const store = openPageStore(join(folder, 'pages.db'))
  const pages: KeptPage[] = store.domains().flatMap(domain => [...store.pagesOf(domain)])
  store.close()
  const reader = createPageReader()
  const readAll = async (wanted: readonly KeptPage[]): Promise<void> => {
    const queue = wanted.values()
    const work = async (): Promise<void> => {
      for (const { finalUrl, body } of queue) {
        const raw = { url: finalUrl, body, contentType: 'text/html; charset=utf-8' }
        const reading = await reader.read(raw, { isHome: new URL(finalUrl).pathname === '/' })
        if (reading.kind !== 'read') throw new Error(`${finalUrl} was not read: ${reading.detail}`)
      }
    }
    await Promise.all(Array.from({ length: 2 * availableParallelism() }, work))
  }
  await readAll(pages.slice(0, 60))
  const [started, before] = [performance.now(), process.cpuUsage()]
  await readAll(pages)
  const [seconds, used] = [(performance.now() - started) / 1000, process.cpuUsage(before)]
  await reader.close()
  return { seconds, pages: pages.length, cpuSeconds: (used.user + used.system) / 1e6, peakMb: 0 }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
const rate = (runs: readonly Run[]): number => median(runs.map(({ pages, seconds }) => pages / seconds))

/** CPU time a page: what a busy machine changes least. */
const cpuMs = (runs: readonly Run[]): number => median(runs.map(({ pages, cpuSeconds }) => (1000 * cpuSeconds) / pages))

const line = (name: string, runs: readonly Run[], goal?: number): void => {
  if (runs.length === 0) return
  const rates = runs.map(({ pages, seconds }) => pages / seconds)
  const cells = [
    name.padEnd(26),
    rate(runs).toFixed(0).padStart(8),
    `${Math.min(...rates).toFixed(0)}–${Math.max(...rates).toFixed(0)}`.padStart(10),
    cpuMs(runs).toFixed(1).padStart(12),
    (runs[0]?.peakMb === 0 ? '–' : median(runs.map(({ peakMb }) => peakMb)).toFixed(0)).padStart(9),
    (goal === undefined ? '' : `${goal} ${rate(runs) >= goal ? 'reached' : 'MISSED'}`).padStart(12),
  ]
  console.log(cells.join(' '))
}

const bench = async (size: Size, crawlee: string | undefined): Promise<void> => {
  const { name, bytes, hosts, pages, crawlGoal, extractionGoal } = size
  const web = await startLoadWeb({ hosts, pages, bytes, plain: true })
  const homes = Array.from({ length: hosts }, (_, host) => `http://${hostName(host)}:${web.port}/`)
  const runs = { ours: [] as Run[], theirs: [] as Run[], extraction: [] as Run[] }
  // The first round warms the disk's and the system's caches and is not counted.
  for (let round = 0; round <= ROUNDS; round++) {
    const ours = await crawlOnce(web, hosts)
    const theirs = crawlee === undefined ? undefined : await runCrawlee(crawlee, CRAWL_LIMITS.concurrency, homes)
    const extraction = await extractOnce(ours.folder)
    rmSync(ours.folder, { recursive: true, force: true })
    if (round === 0) continue
    runs.ours.push(ours)
    runs.extraction.push(extraction)
    if (theirs !== undefined) runs.theirs.push(theirs)
  }
  await web.close()
  console.log(
    `\nPages of ${name}: ${hosts} sites of ${pages}; medians of ${ROUNDS} runs; load ${loadavg()[0]?.toFixed(1)}`,
  )
  console.log(
    `${''.padEnd(26)} ${'pages/s'.padStart(8)} ${'range'.padStart(10)} ${'CPU-ms/page'.padStart(12)} ${'peak MiB'.padStart(9)} ${'goal'.padStart(12)}`,
  )
  line('Brique: fetched, stored', runs.ours, crawlGoal)
  line('Brique: extraction', runs.extraction, extractionGoal)
  line(`Crawlee ${CRAWLEE_VERSION}`, runs.theirs)
  if (runs.theirs.length === 0) return
  const [fetched, extracted, crawled] = [rate(runs.ours), rate(runs.extraction), rate(runs.theirs)]
  const both = 1 / (1 / fetched + 1 / extracted)
  const cpu = cpuMs(runs.theirs) / cpuMs(runs.ours)
  const ratios = [fetched / crawled, both / crawled, cpu].map(each => each.toFixed(2))
  console.log(`Ratios to Crawlee, pages/s: fetched and stored ${ratios[0]}, then extracted too ${ratios[1]}`)
  console.log(`Pages for the same CPU time: fetched and stored ${ratios[2]}`)
  console.log(`Pages kept by each: ${runs.ours[0]?.pages}, ${runs.theirs[0]?.pages}`)
}

console.log(`Node ${process.version}, ${availableParallelism()} processors, which the local web shares`)
const crawlee = await installCrawlee()
for (const size of SIZES) {
  if (positionals.length === 0 || positionals.includes(size.name.split(' ')[0] ?? '')) await bench(size, crawlee)
}
