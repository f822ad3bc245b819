import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { lockCrawl } from '../../src/store/crawl-database.ts'
import type { FoundAddress } from '../../src/store/crawl-frontier.ts'
import { openCrawlStore } from '../../src/store/crawl-store.ts'
import { CatalogueBusyError, CatalogueError } from '../../src/store/errors.ts'
import { type KeptPage, openPageStore } from '../../src/store/page-store.ts'
import { inventedSiren } from '../support/suppliers.ts'

const SIREN = inventedSiren(1)
const WEEK_MS = 7 * 86_400_000

const address = (path: string, depth = 1, domain = 'atelier.example'): FoundAddress => ({
  url: `https://${domain}${path}`,
  host: domain,
  domain,
  siren: SIREN,
  depth,
})

const page = (path: string, body: string): KeptPage => ({
  url: `https://atelier.example${path}`,
  domain: 'atelier.example',
  siren: SIREN,
  finalUrl: `https://atelier.example${path}`,
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: Buffer.from(body),
  truncated: false,
  fetchedAt: '2026-11-01T00:00:00.000Z',
  digest: createHash('sha256').update(body).digest('hex'),
})

t.test('an address keeps its turn and its end over a restart, and is known only once', async t => {
  const path = join(t.testdir({}), 'crawl.db')
  const first = openCrawlStore(path)
  t.equal(first.add([address('/b', 2), address('/a'), address('/', 0), address('/a', 4)], 1_000, WEEK_MS), 3)
  t.equal(first.next('atelier.example', 999, 999), undefined, 'not due yet')
  t.equal(first.next('atelier.example', 1_000, 1_000)?.entry.url, 'https://atelier.example/', 'nearest the home page')
  first.conclude('https://atelier.example/', {
    outcome: 'fetched',
    visitedAt: 1_500,
    nextAt: 9_000,
    attempts: 0,
    intervalMs: 2 * WEEK_MS,
    validators: { etag: '"a"' },
  })
  // No orderly end: what a call has acknowledged is on disk.
  const second = openCrawlStore(path)
  t.equal(second.next('atelier.example', 2_000, 2_000)?.entry.url, 'https://atelier.example/a')
  t.match(second.next('atelier.example', 9_000, 9_000)?.entry, { depth: 0, validators: { etag: '"a"' } })
  t.strictSame(
    second.addressesOf('atelier.example').filter(each => each.visited),
    [{ url: 'https://atelier.example/', visited: true }],
  )
  second.close()
  first.close()
})

t.test('a host that is put off makes none of its addresses due before, and never sooner than they were', async t => {
  const store = openCrawlStore(join(t.testdir({}), 'crawl.db'))
  t.teardown(() => store.close())
  store.add([address('/a'), address('/b')], 1_000, WEEK_MS)
  store.conclude('https://atelier.example/b', { outcome: 'fetched', nextAt: 8_000, attempts: 0, intervalMs: WEEK_MS })
  store.postpone('atelier.example', 5_000, 'robots')
  t.strictSame(store.dueDomains(4_999), [])
  t.equal(store.next('atelier.example', 5_000, 5_000)?.entry.url, 'https://atelier.example/a')
  t.equal(store.next('atelier.example', 4_000, 6_000)?.at, 5_000, 'what is due soon is told with its time')
  t.equal(store.dropUnvisited('atelier.example', 'page-limit'), 2)
  t.strictSame(store.dueDomains(99_000), [])
})

t.test('who is left out loses his addresses and gets no new ones from the catalogue', async t => {
  const store = openCrawlStore(join(t.testdir({}), 'crawl.db'))
  t.teardown(() => store.close())
  const seed = { siren: SIREN, domain: 'atelier.example', host: 'atelier.example', url: 'https://atelier.example/' }
  store.seed([seed], 1_000, WEEK_MS)
  t.strictSame(store.dueDomains(1_000), ['atelier.example'])
  store.optOut('atelier.example', 1_000)
  store.seed([seed], 2_000, WEEK_MS)
  t.strictSame(store.dueDomains(9_000), [])
  t.equal(store.isOptedOut('atelier.example'), true)
  t.strictSame(store.seeds(), [{ siren: SIREN, domain: 'atelier.example', url: 'https://atelier.example/' }])
})

t.test('robots.txt, turns and sitemaps are remembered', async t => {
  const store = openCrawlStore(join(t.testdir({}), 'crawl.db'))
  t.teardown(() => store.close())
  t.equal(store.host('https://atelier.example'), undefined)
  store.saveHost('https://atelier.example', { policy: 'rules', robots: Buffer.from('Disallow: /'), robotsUntil: 5 })
  t.match(store.host('https://atelier.example'), { policy: 'rules', robotsUntil: 5 })
  t.equal(Buffer.from(store.host('https://atelier.example')?.robots ?? []).toString(), 'Disallow: /')
  t.equal(store.nextTurn('atelier.example'), 0)
  store.saveNextTurn('atelier.example', 1_234.5)
  t.equal(store.nextTurn('atelier.example'), 1_235, 'never sooner')
  store.saveSitemapsReadAt('atelier.example', 7)
  t.equal(store.sitemapsReadAt('atelier.example'), 7)
})

t.test('a page comes back as it was kept; equal bodies are kept once and go with their last page', async t => {
  const store = openPageStore(join(t.testdir({}), 'pages.db'))
  t.teardown(() => store.close())
  const text = 'Nous fabriquons des capteurs. '.repeat(500)
  store.put(page('/a', text))
  store.put(page('/b', text))
  t.match(store.counts(), { pages: 2, bodies: 1 })
  t.ok(store.counts().bytes < text.length / 5, 'compressed')
  const [first] = store.pagesOf('atelier.example')
  t.strictSame({ ...first, body: Buffer.from(first?.body ?? []).toString() }, { ...page('/a', text), body: text })
  const before = store.fingerprint()
  store.put(page('/b', 'autre'))
  t.match(store.counts(), { pages: 2, bodies: 2 })
  t.not(store.fingerprint(), before)
  store.remove('https://atelier.example/a')
  t.match(store.counts(), { pages: 1, bodies: 1 })
  t.equal(store.removeSite('atelier.example'), 1)
  t.match(store.counts(), { pages: 0, bodies: 0 })
  t.strictSame(store.domains(), [])
})

t.test('two crawls of one state folder do not run at once', async t => {
  const folder = t.testdir({})
  const lock = lockCrawl(folder)
  t.throws(() => lockCrawl(folder), CatalogueBusyError)
  lock.release()
  lockCrawl(folder).release()
})

t.test('a file that is no database, or of a newer program, is refused with the remedy', async t => {
  const folder = t.testdir({ 'pages.db': 'not a database, but longer than a header would be '.repeat(20) })
  t.throws(() => openPageStore(join(folder, 'pages.db')), { name: 'CatalogueError', message: /move it away/ })
  const newer = new DatabaseSync(join(folder, 'crawl.db'))
  newer.exec('PRAGMA user_version = 99')
  newer.close()
  t.throws(() => openCrawlStore(join(folder, 'crawl.db')), CatalogueError)
})
