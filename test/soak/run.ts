import { parseArgs } from 'node:util'
import { part, printCounts } from '../support/counting.ts'
import { killedCrawls } from './crawl-kills.ts'
import { longFrontier } from './crawl-memory.ts'
import { politeFetches } from './crawl-polite.ts'

/** Long tests: `npm run soak [-- --ci] [polite | frontier | kills …]`; `crawl` is all three. `--ci`: the smaller sizes. */

const PARTS = ['polite', 'frontier', 'kills'] as const
const { values, positionals } = parseArgs({ options: { ci: { type: 'boolean' } }, allowPositionals: true })
const unknown = positionals.find(each => each !== 'crawl' && !PARTS.some(name => name === each))
if (unknown !== undefined) throw new Error(`Unknown part "${unknown}": give crawl, ${PARTS.join(', ')}, or nothing`)
const small = values.ci === true
const wanted = (name: (typeof PARTS)[number]): boolean =>
  positionals.length === 0 || positionals.includes('crawl') || positionals.includes(name)

const timed = async (name: (typeof PARTS)[number], title: string, work: () => Promise<void>): Promise<void> => {
  if (!wanted(name)) return
  const started = performance.now()
  await part(title, work)
  console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`)
}

await timed('polite', 'Polite fetches with real delays', () =>
  politeFetches(small ? { hosts: 100, requestsPerHost: 10 } : { hosts: 200, requestsPerHost: 50 }),
)
await timed('frontier', 'Long frontier', () =>
  longFrontier(small ? { sites: 30, sampleEvery: 100 } : { sites: 1_000, sampleEvery: 1_000 }),
)
await timed('kills', 'kill -9', () =>
  killedCrawls(small ? { kills: 10, sites: 20, pages: 25 } : { kills: 100, sites: 60, pages: 84 }),
)
printCounts()
