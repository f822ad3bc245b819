import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openPageStore } from '../../src/store/page-store.ts'
import { check } from '../support/counting.ts'
import { startLoadWeb } from '../support/crawl-load-web.ts'
import { loadStateFolder, startMeasuredCrawl } from '../support/crawl-stand.ts'

export interface FrontierSizes {
  /** Sites of 100 addresses each. */
  readonly sites: number
  /** Pages between two looks at the memory. */
  readonly sampleEvery: number
}

const PAGES = 97
/** `/disparue`, `/ancienne`, `/interne`: on every site, and no pages to keep but the redirect's target. */
const ADDRESSES = PAGES + 3
const BYTES = 13_000
const MAX_PEAK_MB = 512
const MAX_SLOPE_MB = 1
/** Below this the slope is that of heaps still finding their size, which says nothing. */
const ENOUGH_PAGES = 20_000

interface Sample {
  readonly pages: number
  readonly rssMb: number
}

/** MiB more per 1,000 pages: least squares. */
const slopeOf = (samples: readonly Sample[]): number => {
  const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
  const [x, y] = [mean(samples.map(({ pages }) => pages)), mean(samples.map(({ rssMb }) => rssMb))]
  const over = samples.reduce((sum, { pages, rssMb }) => sum + (pages - x) * (rssMb - y), 0)
  return (1000 * over) / samples.reduce((sum, { pages }) => sum + (pages - x) ** 2, 0)
}

/** A long crawl without pauses: its memory, all its threads together, is that of a short one. */
export const longFrontier = async ({ sites, sampleEvery }: FrontierSizes): Promise<void> => {
  const web = await startLoadWeb({ hosts: sites, pages: PAGES, bytes: BYTES })
  const folder = loadStateFolder(sites, web.port)
  try {
    const samples: Sample[] = []
    const crawl = startMeasuredCrawl(folder, web.port, 0)
    web.onPage(pages => {
      if (pages % sampleEvery !== 0) return
      void crawl.rssMb().then(rssMb => {
        if (rssMb !== undefined) samples.push({ pages, rssMb })
        if (pages % (10 * sampleEvery) === 0) console.log(`  ${pages} pages: ${rssMb?.toFixed(0)} MiB`)
      })
    })
    const { seconds, peakMb, cpuSeconds } = await crawl.end
    const store = openPageStore(join(folder, 'pages.db'))
    const { pages } = store.counts()
    store.close()
    const asked = web.seen.filter(({ path }) => path !== '/robots.txt' && path !== '/sitemap.xml').length
    console.log(
      `${asked} addresses, ${pages} pages kept in ${seconds.toFixed(0)} s: ${(pages / seconds).toFixed(0)} a second, ${((1000 * cpuSeconds) / pages).toFixed(1)} CPU-ms each`,
    )
    // The first fifth is warm-up.
    const steady = samples.filter(sample => sample.pages > (sites * PAGES) / 5)
    const slope = slopeOf(steady)
    console.log(`memory: peak ${peakMb.toFixed(0)} MiB, slope ${slope.toFixed(2)} MiB per 1,000 pages`)
    check(`${sites * ADDRESSES} addresses`, asked >= sites * ADDRESSES)
    check(`every page is kept`, pages >= sites * PAGES)
    check(`peak at most ${MAX_PEAK_MB} MiB`, peakMb <= MAX_PEAK_MB)
    if (sites * PAGES >= ENOUGH_PAGES) check(`slope at most ${MAX_SLOPE_MB} MiB per 1,000 pages`, slope <= MAX_SLOPE_MB)
    else console.log('  too short a run to judge its slope')
  } finally {
    await web.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
