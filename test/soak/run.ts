import { parseArgs } from 'node:util'
import { part, printCounts } from '../support/counting.ts'
import { killedCrawls } from './crawl-kills.ts'
import { longFrontier } from './crawl-memory.ts'
import { politeFetches } from './crawl-polite.ts'
import { cutLogs, damagedFiles } from './engine-damage.ts'
import { killedIndexing } from './engine-kills.ts'
import { besideReference } from './engine-reference.ts'
import { manyUpserts } from './engine-upserts.ts'

/**
 * Long tests: `npm run soak [-- --ci] [part …]`; `crawl` and `engine` are the parts of each. `--ci`: the smaller sizes.
 */

const GROUPS = {
  crawl: ['polite', 'frontier', 'kills'],
  engine: ['index-kills', 'upserts', 'damage', 'cuts', 'reference', 'reference-million'],
} as const
const PARTS = [...GROUPS.crawl, ...GROUPS.engine]
const isGroup = (name: string): name is keyof typeof GROUPS => name in GROUPS
const { values, positionals } = parseArgs({ options: { ci: { type: 'boolean' } }, allowPositionals: true })
const unknown = positionals.find(each => !isGroup(each) && !PARTS.some(name => name === each))
if (unknown !== undefined)
  throw new Error(`Unknown part "${unknown}": give ${[...Object.keys(GROUPS), ...PARTS].join(', ')}, or nothing`)
const small = values.ci === true
const wanted = (name: (typeof PARTS)[number]): boolean =>
  positionals.length === 0 ||
  positionals.some(each => each === name || (isGroup(each) && GROUPS[each].some(part => part === name)))

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
await timed('index-kills', 'Indexing killed', () => killedIndexing(small ? 5 : 200))
await timed('upserts', 'Many upserts', () =>
  manyUpserts(small ? { upserts: 50_000, profiles: 5_000 } : { upserts: 1_000_000, profiles: 20_000 }),
)
await timed('damage', 'Damaged files', () => damagedFiles(small ? 50 : 500))
await timed('cuts', 'Logs cut short', () => cutLogs(small ? 20 : 100))
await timed('reference', 'Beside a scorer that looks at everything', () =>
  besideReference(small ? { profiles: 2_000, queries: 200 } : { profiles: 20_000, queries: 10_000 }),
)
if (!small)
  await timed('reference-million', 'The same over a million profiles', () =>
    besideReference({ profiles: 1_000_000, queries: 200 }),
  )
printCounts()
