import t from 'tap'
import type { Extractor } from '../../indexer/extract/extractor.ts'
import { readPage } from '../../indexer/extract/page-facts.ts'
import type { Fixture, Fixtures } from './fixtures/fixtures.ts'

/** Every extractor against its fixtures. With names as arguments: those only. */

const NAMES = process.argv.slice(2)

const pageOf = ({
  html,
  url = 'https://firme.example/',
  isHome = url.endsWith('.example/'),
}: Omit<Fixture, 'facts'>) => {
  const whole = html.includes('<html')
    ? html
    : `<!doctype html><html lang="fr"><head><title>Firme</title></head><body><main>${html}</main></body></html>`
  const { document, structured } = readPage({ url, body: Buffer.from(whole), contentType: 'text/html; charset=utf-8' })
  return { url, isHome, document, structured }
}

const modules = async (folder: string): Promise<ReadonlyMap<string, Record<string, unknown>>> => {
  const { readdir } = await import('node:fs/promises')
  const directory = new URL(folder, import.meta.url)
  const names = (await readdir(directory)).filter(name => name.endsWith('.ts') && name !== 'fixtures.ts')
  const loaded = await Promise.all(
    names.map(async name => [name.replace('.ts', ''), await import(new URL(name, directory).href)] as const),
  )
  return new Map(loaded)
}

const isExtractor = (value: unknown): value is Extractor =>
  typeof value === 'object' && value !== null && 'find' in value && 'version' in value && 'name' in value
const isFixtures = (value: unknown): value is Fixtures =>
  typeof value === 'object' && value !== null && 'gives' in value && 'givesNone' in value

const keysOf = (facts: Fixture['facts']): readonly string[] =>
  facts.map(({ property, value }) => JSON.stringify([property, value])).sort()

/** Of how many pieces of the page a text is made, white space apart; infinitely many when something stands nowhere. */
const piecesOf = (text: string, page: string): number => {
  let pieces = 0
  for (let rest = text; rest !== ''; pieces++) {
    let end = rest.length
    while (end > 0 && !page.includes(rest.slice(0, end))) end--
    if (end === 0) return Number.POSITIVE_INFINITY
    rest = rest.slice(end)
  }
  return pieces
}

/** A price in a table is quoted with the labels of its row and column. */
const MAX_PIECES = new Map([['pricing', 3]])

const fixtures = await modules('./fixtures/')
const files = await modules('../../indexer/extract/extractors/')
for (const [file, exports] of files) {
  const extractor = Object.values(exports).find(isExtractor)
  // Shared rules stand beside the extractors.
  if (extractor === undefined || (NAMES.length > 0 && !NAMES.includes(file))) continue
  t.test(`${file} finds what its fixtures state and nothing else`, t => {
    t.equal(extractor.name, file, 'is named after its file')
    const own = Object.values(fixtures.get(file) ?? {}).find(isFixtures)
    if (own === undefined) throw new Error(`test/extract/fixtures/${file}.ts is missing`)
    for (const fixture of own.gives) {
      const page = pageOf(fixture)
      const found = extractor.find(page)
      t.strictSame(keysOf(found), keysOf(fixture.facts), fixture.title)
      const text = JSON.stringify([page.document, page.structured]).replace(/\s+|\\n/g, '')
      for (const { excerpt } of found) {
        t.ok(excerpt.length > 0 && excerpt.length <= 300, `${fixture.title}: the excerpt is short`)
        const start = JSON.stringify(excerpt.slice(0, 30))
          .slice(1, -1)
          .replace(/\s+|\\n/g, '')
        const stands = piecesOf(start, text) <= (MAX_PIECES.get(file) ?? 1)
        t.ok(stands, `${fixture.title}: the excerpt stands on the page (${excerpt.slice(0, 60)})`)
      }
    }
    for (const fixture of own.givesNone) t.strictSame(keysOf(extractor.find(pageOf(fixture))), [], fixture.title)
    t.end()
  })
}
