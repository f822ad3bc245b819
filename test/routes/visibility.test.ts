import { createHash } from 'node:crypto'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createSearch } from '../../src/search/create-search.ts'
import { createMirror } from '../../src/search/visibility/create-mirror.ts'
import { openCrawlStore } from '../../src/store/crawl-store.ts'
import { openCatalogue } from '../../src/store/open-catalogue.ts'
import { openPageStore } from '../../src/store/page-store.ts'
import { createSiteCrawlReader } from '../../src/store/site-crawl.ts'
import { createSiteLookup } from '../../src/store/site-lookup.ts'
import { load, stated, version } from '../support/catalogue.ts'
import { engineOver } from '../support/demonstration.ts'
import { markup } from '../support/html.ts'
import { answerChecker } from '../support/openapi.ts'
import { openService, withoutIndex } from '../support/service.ts'
import { inventedSiren } from '../support/suppliers.ts'

/** The mirror's pages and API over a real catalogue, index and crawl of three invented firms. */

const BRUME = inventedSiren(901)
const BRUME_TWIN = inventedSiren(902)
const GRANIT = inventedSiren(903)
const NOBODY = inventedSiren(904)
const DAY_MS = 86_400_000

const FIRMS = [
  stated(BRUME, 'name', 'Atelier Brume', { evidence: 'attested' }),
  stated(BRUME, 'website', 'https://www.atelier-brume.example/'),
  stated(
    BRUME,
    'description',
    'Nous fabriquons des capteurs de CO2 pour les salles de classe. Ils mesurent la qualité de l’air intérieur.',
  ),
  stated(BRUME, 'label', { id: 'i-lab', name: 'Lauréat i-Lab' }, { period: '2019', evidence: 'attested' }),
  stated(BRUME_TWIN, 'name', 'SARL Atelier Brume', { evidence: 'attested' }),
  stated(BRUME_TWIN, 'location', { communeName: 'Rennes', department: '35', region: '53' }),
  stated(GRANIT, 'name', 'Granit Logiciels', { evidence: 'attested' }),
  stated(GRANIT, 'description', 'Logiciel de gestion de la qualité de l’air intérieur des écoles, avec alertes.'),
]

const siteAddress = (path: string, depth: number) => ({
  url: `https://www.atelier-brume.example${path}`,
  ...{ host: 'www.atelier-brume.example', domain: 'atelier-brume.example', siren: BRUME, depth },
})

/** A site of which one page was read, one is empty without scripts, one is refused, and one failed. */
const crawled = (folder: string): void => {
  const store = openCrawlStore(join(folder, 'crawl.db'))
  const now = Date.parse('2026-11-12T08:00:00Z')
  store.seed([{ ...siteAddress('/', 0) }], now, DAY_MS)
  store.add([siteAddress('/app', 1), siteAddress('/clients', 1), siteAddress('/panne', 1)], now, DAY_MS)
  const visited = { visitedAt: now, nextAt: now + 7 * DAY_MS, attempts: 0, intervalMs: DAY_MS }
  store.conclude(siteAddress('/', 0).url, { ...visited, outcome: 'fetched' })
  store.conclude(siteAddress('/app', 1).url, { ...visited, outcome: 'fetched' })
  store.conclude(siteAddress('/clients', 1).url, { ...visited, outcome: 'robots' })
  store.conclude(siteAddress('/panne', 1).url, { ...visited, outcome: 'tls-error' })
  store.saveHost('https://www.atelier-brume.example', { policy: 'rules', robots: Buffer.from(''), robotsUntil: now })
  store.close()
  const pages = openPageStore(join(folder, 'pages.db'))
  const put = (path: string, body: string): void => {
    const { url, domain, siren } = siteAddress(path, 0)
    const digest = createHash('sha256').update(body).digest('hex')
    const more = { finalUrl: url, status: 200, headers: {}, truncated: false, fetchedAt: '2026-11-12T08:00:00.000Z' }
    pages.put({ url, domain, siren, body: Buffer.from(body), digest, ...more })
  }
  put('/', `<html><body><p>${'Nous fabriquons des capteurs de CO2. '.repeat(20)}</p></body></html>`)
  put('/app', '<html><body><div id="root"></div><script src="/app.js"></script></body></html>')
  pages.close()
}

/** One catalogue, crawl and index for all: nothing here writes to them. */
const folder = t.testdir({})
const path = join(folder, 'catalogue.db')
const catalogue = openCatalogue(path)
t.teardown(() => catalogue.close())
load(catalogue, version('ilab', 'one'), FIRMS)
crawled(folder)
const engine = await engineOver(t, [...catalogue.suppliersInOrder()])
const visibility = {
  mirror: createMirror(engine),
  crawl: createSiteCrawlReader(folder),
  sites: createSiteLookup(path),
}

const openMirror = async (t: Test, env: Readonly<Record<string, string>> = {}) => {
  const lines: string[] = []
  const logStream = { write: (line: string) => void lines.push(line) }
  const app = await openService(
    t,
    { LOG_LEVEL: 'info', ...env },
    { catalogue, engine, search: createSearch(engine), visibility, logStream },
  )
  return { app, lines }
}
const { app, lines } = await openMirror(t, { PUBLIC_URL: 'https://brique.example' })

const QUERY = 'capteur de qualité de l’air piézoélectrique'
const mirrorUrl = (siren: string, q: string): string => `/visibilite/${siren}?${new URLSearchParams({ q })}`

t.test('the API is as it is described, in rank with the search, and keeps nothing of the query', async t => {
  const check = await answerChecker(app)
  const route = '/api/suppliers/{siren}/visibility'
  for (const url of [
    `/api/suppliers/${BRUME}/visibility`,
    `/api/suppliers/${BRUME}/visibility?${new URLSearchParams({ q: QUERY })}`,
    `/api/suppliers/${GRANIT}/visibility?q=a`,
    `/api/suppliers/${NOBODY}/visibility`,
    `/api/suppliers/x/visibility`,
    `/api/suppliers/${BRUME}/visibility?page=2`,
  ]) {
    const response = await app.inject(url)
    t.strictSame(check(route, response.statusCode, String(response.headers['content-type']), response.json()), [], url)
  }
  const mirror = (await app.inject(`/api/suppliers/${BRUME}/visibility?${new URLSearchParams({ q: QUERY })}`)).json()
  const search = (await app.inject(`/api/search?${new URLSearchParams({ q: QUERY })}`)).json()
  const sirens = search.hits.map((hit: { supplier: { siren: string } }) => hit.supplier.siren)
  t.equal(mirror.query.rank, sirens.indexOf(BRUME) + 1)
  t.equal(mirror.query.total, search.total)
  t.match(mirror.query.concepts.at(-1), { text: 'piézoélectrique', own: [] })
  t.notMatch(lines.join(''), /piézo|capteur/)
  t.match(lines.join(''), '/api/suppliers/:siren/visibility')
})

t.test('the crawl is told as it went: pages read, refused, failed, and empty without scripts', async t => {
  const { site } = (await app.inject(`/api/suppliers/${BRUME}/visibility`)).json()
  t.match(site, {
    ...{ state: 'read', domain: 'atelier-brume.example', pagesKept: 2, robots: 'rules' },
    ...{ lastVisit: '2026-11-12T08:00:00.000Z', nextVisit: '2026-11-19T08:00:00.000Z' },
  })
  const reasons = site.unreadable.map(({ reason, urls }: { reason: string; urls: string[] }) => [reason, urls[0]])
  t.strictSame(reasons, [
    ['script-only', 'https://www.atelier-brume.example/app'],
    ['robots', 'https://www.atelier-brume.example/clients'],
    ['tls-error', 'https://www.atelier-brume.example/panne'],
  ])
  const other = (await app.inject(`/api/suppliers/${GRANIT}/visibility`)).json()
  t.strictSame(other.site, { state: 'no-site', pagesKept: 0, unreadable: [] })
})

t.test('a field has its source, date, age and place to correct, or is not stated', async t => {
  const { fields, labels, contracts, alike } = (await app.inject(`/api/suppliers/${BRUME}/visibility`)).json()
  const field = (id: string) => fields.find((each: { id: string }) => each.id === id)
  t.match(field('name'), {
    values: [{ text: 'Atelier Brume', evidence: 'attested', source: 'ilab', sourceDate: '2025-01-01' }],
    ...{ date: '2025-01-01', correct: { at: 'publisher', name: 'Éditeur', url: 'https://ilab.example/' } },
  })
  t.type(field('name').ageDays, 'number')
  t.match(field('hosting'), { values: [], correct: { at: 'site', url: 'https://www.atelier-brume.example/' } })
  t.match(field('founded'), { values: [], correct: { at: 'register' } })
  t.match(labels, [{ id: 'i-lab', years: [2019] }])
  t.equal(contracts.loaded, false)
  t.match(alike, [{ siren: BRUME_TWIN, reasons: ['same-name'], place: 'Rennes' }])
})

t.test(
  'a firm is reached by its SIREN, SIRET, name or site; by choice when several answer; or told why not',
  async t => {
    const ask = (firm: string, prefix = '') => app.inject(`${prefix}/visibilite?${new URLSearchParams({ firm })}`)
    const own = `/visibilite/${BRUME}`
    for (const firm of [
      `${BRUME.slice(0, 3)} ${BRUME.slice(3)}`,
      'atelier-brume.example',
      'https://www.atelier-brume.example/contact',
    ])
      t.equal((await ask(firm)).headers.location, own, firm)
    t.equal((await ask('granit logiciels', '/en')).headers.location, `/en/visibilite/${GRANIT}`)
    const several = await ask('Atelier Brume')
    t.equal(several.statusCode, 200)
    t.match(several.body, `href="${own}"`)
    t.match(several.body, `href="/visibilite/${BRUME_TWIN}"`)
    t.match((await ask('Granite Logiciels')).body, `href="/visibilite/${GRANIT}"`, 'a near spelling is proposed')
    for (const firm of ['Zzyx Qwv', String(NOBODY), 'https://nulle-part.example/']) {
      const response = await ask(firm)
      t.equal(response.statusCode, 404, firm)
      t.match(response.body, 'Source ilab', 'the sources are named')
    }
    t.equal((await app.inject(`/visibilite/${NOBODY}`)).statusCode, 404)
    t.equal((await app.inject('/visibilite/12')).statusCode, 400)
    t.equal((await app.inject('/visibilite')).statusCode, 200)
  },
)

t.test('the page has one address: with a query it is not indexed, and the canonical one has none', async t => {
  const page = await app.inject(`/visibilite/${BRUME}`)
  t.notMatch(page.body, 'noindex')
  t.match(page.body, `<link rel="canonical" href="https://brique.example/visibilite/${BRUME}">`)
  t.match(page.headers, { 'cache-control': 'no-store' })
  const asked = await app.inject(mirrorUrl(BRUME, QUERY))
  t.match(asked.body, '<meta name="robots" content="noindex">')
  t.match(asked.body, `<link rel="canonical" href="https://brique.example/visibilite/${BRUME}">`)
  t.match((await app.inject(`/en/visibilite/${BRUME}`)).body, '<html lang="en">')
  const spaced = `${BRUME.slice(0, 3)} ${BRUME.slice(3)}`
  const moved = await app.inject(`/en${mirrorUrl(encodeURIComponent(spaced), 'air & eau')}`)
  t.equal(moved.headers.location, `/en${mirrorUrl(BRUME, 'air & eau')}`, 'the query goes along')
})

t.test('hostile queries and names change nothing in the page', async t => {
  const shape = async (q: string) =>
    markup((await app.inject(mirrorUrl(BRUME, q))).body).filter(tag => /script|img|on\w+=/i.test(tag))
  const plain = await shape('zzzz')
  for (const q of ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '\0', '{{7*7}}'])
    t.strictSame(await shape(q), plain, q)
  const entry = await app.inject(`/visibilite?${new URLSearchParams({ firm: '"><script>alert(1)</script>' })}`)
  t.notMatch(entry.body, '<script>alert')
})

t.test('without an index the page says so and shows the rest; the API answers 503; mirrors are limited', async t => {
  const limited = (await openMirror(t, { RATE_LIMIT: '3' })).app
  t.equal((await limited.inject(`/visibilite/${BRUME}`)).statusCode, 200)
  t.equal((await limited.inject(`/visibilite/${BRUME}`)).statusCode, 429, 'a mirror costs some searches')
  const unready = await openService(t, {}, { ...withoutIndex, catalogue })
  const page = await unready.inject(`/visibilite/${BRUME}`)
  t.equal(page.statusCode, 200)
  t.match(page.body, 'les rangs manquent')
  t.match(page.body, 'Non renseigné')
  t.equal((await unready.inject(`/api/suppliers/${BRUME}/visibility`)).statusCode, 503)
  t.strictSame(visibility.crawl.sharing(GRANIT), [])
})
