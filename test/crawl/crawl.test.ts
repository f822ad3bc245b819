import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { runIndex } from '../../indexer/build-index.ts'
import { type CommandContext, cataloguePathOf } from '../../indexer/command.ts'
import type { Clock } from '../../indexer/crawl/stores.ts'
import { createCrawl } from '../../indexer/crawl-command.ts'
import { runExtract } from '../../indexer/extract-command.ts'
import { schedule } from '../../indexer/schedule.ts'
import { identify, sirensIn } from '../../indexer/sources/site-identity.ts'
import { readConfig } from '../../src/config.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import { formatSiren, type Siren } from '../../src/model/siren.ts'
import { createSearch } from '../../src/search/create-search.ts'
import { openCatalogue } from '../../src/store/open-catalogue.ts'
import { openPageStore } from '../../src/store/page-store.ts'
import { load, stated, version } from '../support/catalogue.ts'
import { htmlPage, type LocalWeb, localNetwork, type Site, startLocalWeb } from '../support/crawl-web.ts'
import { inventedSiren } from '../support/suppliers.ts'

/** Time that passes only when somebody waits for it. */
const virtualClock = (): Clock & { advance(ms: number): void } => {
  let now = Date.parse('2026-11-01T00:00:00Z')
  return {
    now: () => now,
    advance: ms => {
      now += ms
    },
    sleep: async (ms, signal) => {
      const until = now + ms
      await setImmediate()
      signal?.throwIfAborted()
      now = Math.max(now, until)
    },
  }
}

interface Firm {
  readonly siren: Siren
  readonly name: string
  readonly website: string
}

/** A catalogue of firms with sites, and the commands on it. */
const stand = (t: Test, web: LocalWeb, firms: (port: number) => readonly Firm[], clock?: Clock) => {
  const folder = t.testdir({})
  const config = readConfig({ BRIQUE_DATA: folder, PUBLIC_URL: 'https://brique.example' })
  const catalogue = openCatalogue(cataloguePathOf(config))
  const facts = firms(web.port).flatMap(({ siren, name, website }) => [
    stated(siren, 'name', name),
    stated(siren, 'website', website),
  ])
  load(catalogue, version('file:liste', 'a'), facts)
  catalogue.close()
  const lines: string[] = []
  const context = (values: CommandContext['args']['values'] = {}, ...positionals: string[]): CommandContext => ({
    config,
    cataloguePath: cataloguePathOf(config),
    args: { positionals, values },
    progress: { step: () => ({ update: () => undefined, end: () => undefined }) },
    write: line => void lines.push(line),
  })
  const crawl = createCrawl({ fetcher: localNetwork(web.port), ...(clock && { clock }) })
  return { folder, config, context, lines, crawl }
}

const [ATELIER, FERMEE, LENTE, AUTRE, MUETTE] = [1, 2, 3, 4, 5].map(inventedSiren) as [
  Siren,
  Siren,
  Siren,
  Siren,
  Siren,
]
const SENTENCE = 'Nos balises acoustiques signalent le passage des hérissons sous les clôtures des vergers.'
const FILLING =
  '<p>Notre équipe conçoit, assemble et entretient ses appareils dans un seul bâtiment, avec des matériaux choisis pour durer longtemps dehors, sous la pluie comme au soleil.</p>'

const SITES: Readonly<Record<string, Site>> = {
  'atelier.example': {
    '/robots.txt': 'User-agent: *\nDisallow: /prive\nUser-agent: Autre\nDisallow: /',
    '/': htmlPage(
      'Atelier des haies',
      `${FILLING}<p><a href="/produits#balises">Produits</a> <a href="/prive/plan">Privé</a> <a href="/cache">Caché</a>
       <a rel="nofollow" href="/pub">Pub</a> <a href="/agenda/2026/05">Agenda</a> <a href="/plaquette.pdf">PDF</a>
       <a href="/ancien">Ancien</a> <a href="/retour">Retour</a> <a href="/entete">En-tête</a>
       <a href="/mentions-legales">Mentions</a> <a href="https://ailleurs.example/">Ailleurs</a></p>`,
    ),
    '/produits': {
      headers: { etag: '"p1"' },
      body: htmlPage('Produits', `<p>${SENTENCE} Écrivez à jeanne.martin@atelier.example.</p>${FILLING}`),
    },
    '/cache': htmlPage(
      'Caché',
      '<p>Ceci reste entre nous.</p><a href="/derriere">Derrière</a>',
      '<meta name="robots" content="noindex, nofollow">',
    ),
    '/entete': {
      headers: { 'x-robots-tag': 'noindex' },
      body: htmlPage('En-tête', '<p>Ceci aussi reste entre nous.</p>'),
    },
    '/ancien': { status: 410, body: '<p>parti' },
    '/retour': before => (before < 2 ? { status: 500 } : { body: htmlPage('Retour', '<p>Me revoilà.</p>') }),
    '/mentions-legales': htmlPage(
      'Mentions légales',
      `<p>Atelier des haies, SIREN ${formatSiren(ATELIER)}. Hébergement : Nuage SA, RCS ${formatSiren(AUTRE)}.</p>`,
    ),
  },
  'fermee.example': { '/robots.txt': { status: 503 }, '/': htmlPage('Fermée', FILLING) },
  'lente.example': { '/robots.txt': 'User-agent: Brique\nCrawl-delay: 1000000000', '/': htmlPage('Lente', FILLING) },
  'autre.example': {
    '/': htmlPage(
      'Une autre firme',
      `<p>Nous louons des échafaudages violets. SIRET de la société : siren ${formatSiren(LENTE)}</p>${FILLING}`,
    ),
  },
  'muette.example': {
    '/robots.txt': 'User-agent: *\nCrawl-delay: 10\nSitemap: /plan.xml',
    '/plan.xml': '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>/seule</loc></url></urlset>',
    '/': htmlPage('Muette', FILLING, '<meta name="description" content="Des étuves à pollen pour les ruchers.">'),
    '/seule': htmlPage(
      'Seule',
      '<p>Cette page n’est liée de nulle part, seul le plan du site la nomme aux robots.</p>',
    ),
  },
}

const firms = (port: number): readonly Firm[] =>
  [
    [ATELIER, 'Atelier des haies', 'atelier'],
    [FERMEE, 'Fermée', 'fermee'],
    [LENTE, 'Lente', 'lente'],
    [AUTRE, 'Voisine', 'autre'],
    [MUETTE, 'Muette', 'muette'],
  ].map(([siren, name, host]) => ({
    siren: siren as Siren,
    name: name ?? '',
    website: `http://${host}.example:${port}/`,
  }))

t.test('a local web is crawled politely, extracted and found by a sentence that only a page has', async t => {
  const clock = virtualClock()
  const web = await startLocalWeb(SITES, clock.now)
  t.teardown(() => web.close())
  const { folder, config, context, crawl, lines } = stand(t, web, firms, clock)
  const pathsOf = (host: string) => web.of(host).map(each => each.path)

  t.equal(await crawl(context()), 0)

  t.test('what robots.txt, directives and traps exclude is never asked for, as the server sees it', async t => {
    const asked = new Set(pathsOf('atelier.example'))
    t.equal(pathsOf('atelier.example')[0], '/robots.txt', 'robots.txt first')
    t.strictSame(
      [...asked].sort(),
      ['/', '/ancien', '/cache', '/entete', '/mentions-legales', '/produits', '/retour', '/robots.txt', '/sitemap.xml'],
      'nothing disallowed, linked with nofollow, behind a nofollow page, endless, or no page',
    )
    t.strictSame(pathsOf('fermee.example'), ['/robots.txt'], 'a robots.txt that cannot be read: nothing is fetched')
    t.strictSame(pathsOf('lente.example'), ['/robots.txt'], 'a Crawl-delay beyond 30 s: the site is skipped')
    t.ok(pathsOf('muette.example').includes('/seule'), 'the sitemap is read')
    t.strictSame(web.of('ailleurs.example'), [], 'another domain')
    t.match(web.seen[0]?.headers['user-agent'], /^Brique\/[0-9.]+ \(\+https:\/\/brique\.example\/robot\)$/)
  })

  t.test('a host never has two requests in flight, and always its pause between two', async t => {
    t.equal(web.mostAtOnce(), 1)
    for (const [host, delayMs] of [
      ['atelier.example', 2_000],
      ['autre.example', 2_000],
      ['muette.example', 10_000],
    ] as const) {
      const turns = web.of(host)
      const gaps = turns.slice(1).map((turn, index) => turn.startedAt - (turns[index]?.endedAt ?? 0))
      t.ok(gaps.length > 0 && gaps.every(gap => gap >= delayMs), `${host}: ${gaps}`)
    }
  })

  t.test('a passing failure is tried again after 1 and 5 seconds', async t => {
    const tries = web.of('atelier.example').filter(each => each.path === '/retour')
    t.equal(tries.length, 3)
    t.ok((tries[2]?.startedAt ?? 0) - (tries[1]?.endedAt ?? 0) >= 5_000)
  })

  t.test('the report says what happened and what to do', async t => {
    await crawl(context({}, 'report'))
    const report = lines.join('\n')
    t.match(report, /1 {2}gone/)
    t.match(report, /2 {2}noindex/)
    t.match(report, /crawl-delay": the site asks for longer pauses/)
    t.match(report, /fermee\.example:\d+\/ \(robots\.txt could not be read/)
  })

  t.test('a second run asks for nothing that is not due, a later one by its validators', async t => {
    const before = web.seen.length
    await crawl(context())
    t.equal(web.seen.length, before)
    clock.advance(8 * 86_400_000)
    await crawl(context())
    const again = web.of('atelier.example').filter(each => each.path === '/produits')
    t.equal(again.length, 2)
    t.equal(again[1]?.headers['if-none-match'], '"p1"')
  })

  t.test('--since asks again for what was last read before that day, and for nothing else', async t => {
    const before = web.of('muette.example').length
    await crawl(context({ since: '2026-11-01' }))
    t.equal(web.of('muette.example').length, before, 'everything was read since')
    clock.advance(86_400_000)
    await crawl(context({ since: new Date(clock.now()).toISOString().slice(0, 10), site: 'muette.example' }))
    const again = web.of('muette.example').slice(before)
    t.ok(again.some(each => each.path === '/seule') && again.length <= 4, 'its two pages, robots.txt and the sitemap')
    await t.rejects(crawl(context({ since: 'hier' })), /--since hier: give a day such as 2026-11-01/)
  })

  t.test('a site is exported as WARC: each page a response record with its address, date and body', async t => {
    const file = join(folder, 'atelier.warc.gz')
    await crawl(context({}, 'export', 'atelier.example', file))
    const text = gunzipSync(readFileSync(file)).toString()
    const records = text.split(/\r\n\r\n(?=WARC\/1\.1\r\n|$)/).filter(Boolean)
    t.match(records[0], /^WARC\/1\.1\r\nWARC-Type: warcinfo\r\n/)
    const page = records.find(each => each.includes(`WARC-Target-URI: http://atelier.example:${web.port}/produits\r\n`))
    t.match(page, /WARC-Type: response\r\n[\s\S]*WARC-Date: \d{4}-\d\d-\d\dT[\s\S]*\r\n\r\nHTTP\/1\.1 200\r\n/)
    t.ok(page?.includes(SENTENCE), 'the page as it was received')
    const [, declared = ''] = /Content-Length: (\d+)\r\n\r\nHTTP/.exec(page ?? '') ?? []
    t.equal(Buffer.byteLength(page?.slice(page.indexOf('HTTP/1.1')) ?? ''), Number(declared), 'of the length it states')
    await t.rejects(crawl(context({}, 'export', 'atelier.example', file)), /exists: name another file/)
    await t.rejects(crawl(context({}, 'export', 'fermee.example')), /No page of fermee\.example is kept/)
  })

  t.test('the pages become facts of the firm whose SIREN they show, with address and date', async t => {
    t.equal(await runExtract(context()), 0)
    t.equal(await runIndex(context()), 0)
    const catalogue = openCatalogue(cataloguePathOf(config), { readOnly: true })
    const engine = openEmbeddedEngine(folder)
    t.teardown(async () => {
      await engine.close()
      catalogue.close()
    })
    const search = createSearch(engine)
    const result = await search.search(
      { text: 'balises acoustiques hérissons', filters: {}, sort: 'relevance', page: 1, size: 10 },
      'fr',
    )
    t.equal(result.hits[0]?.supplier.siren, ATELIER)
    const text = catalogue
      .supplier(ATELIER)
      ?.texts.find(each => each.passages.some(passage => passage.includes('hérissons')))
    t.match(text, { kind: 'page', url: `http://atelier.example:${web.port}/produits`, evidence: 'declared' })
    t.match(text?.retrievedAt, /^\d{4}-\d\d-\d\dT/)
    const everything = JSON.stringify([...catalogue.suppliersInOrder()])
    t.notMatch(everything, /jeanne\.martin/, 'nobody’s address is kept')
    t.notMatch(everything, /entre nous/, 'a page with noindex is not kept')
    t.notMatch(everything, /échafaudages/, 'a site that shows another SIREN is not attached')
    t.match(catalogue.supplier(MUETTE)?.tagline, { text: 'Des étuves à pollen pour les ruchers.', source: 'site' })
    t.equal(catalogue.supplier(AUTRE)?.websiteState, 'someone-else', 'and the profile says so')
    t.match(lines.join('\n'), /1 sites show their supplier's SIREN\n1 show no SIREN/)
  })

  t.test('who asks to be left out is forgotten at once and never asked again', async t => {
    await crawl(context({}, 'opt-out', 'atelier.example'))
    const before = web.of('atelier.example').length
    clock.advance(90 * 86_400_000)
    await crawl(context())
    t.equal(web.of('atelier.example').length, before)
    await runExtract(context())
    const catalogue = openCatalogue(cataloguePathOf(config), { readOnly: true })
    t.teardown(() => catalogue.close())
    t.strictSame(catalogue.supplier(ATELIER)?.texts, [])
  })
})

t.test('a site has its pages and no more, however many it links', async t => {
  const clock = virtualClock()
  const pages = Array.from(
    { length: 150 },
    (_, index) => `/page-${'abcdefghij'[index % 10]}${String.fromCharCode(97 + Math.floor(index / 10))}`,
  )
  const site: Record<string, string> = Object.fromEntries(pages.map(path => [path, htmlPage(path, FILLING)]))
  site['/'] = htmlPage('Grande', pages.map(path => `<a href="${path}">${path}</a>`).join(' '))
  const web = await startLocalWeb({ 'grande.example': site }, clock.now)
  t.teardown(() => web.close())
  const grande = (port: number) => [{ siren: ATELIER, name: 'Grande', website: `http://grande.example:${port}/` }]
  const { crawl, context } = stand(t, web, grande, clock)
  await crawl(context())
  t.equal(web.seen.filter(each => !/robots|sitemap/.test(each.path)).length, 100)
})

t.test('a server that asks for time gets it, and the page kept from before stays', async t => {
  const clock = virtualClock()
  let busy = false
  const answer = (path: string) => () =>
    busy ? { status: 429, headers: { 'retry-after': '7200' } } : { body: htmlPage(path, FILLING) }
  const site: Site = { '/': answer('Accueil'), '/robots.txt': 'Allow: /' }
  const web = await startLocalWeb({ 'chargee.example': site }, clock.now)
  t.teardown(() => web.close())
  const chargee = (port: number) => [{ siren: ATELIER, name: 'Chargée', website: `http://chargee.example:${port}/` }]
  const { folder, crawl, context } = stand(t, web, chargee, clock)
  await crawl(context())
  busy = true
  clock.advance(8 * 86_400_000)
  await crawl(context())
  const asked = web.seen.length
  const answeredAt = web.seen.at(-1)?.endedAt ?? 0
  clock.advance(3_600_000)
  await crawl(context())
  t.equal(web.seen.length, asked, 'not before the two hours are over')
  busy = false
  clock.advance(3_600_000)
  await crawl(context())
  t.ok((web.seen[asked]?.startedAt ?? 0) - answeredAt >= 7_200_000)
  t.equal(web.seen.at(-1)?.path, '/')
  const pages = openPageStore(join(folder, 'pages.db'))
  t.teardown(() => pages.close())
  t.equal(pages.counts().pages, 1)
})

t.test(
  'a site that is gone for three weeks, or silent for days, is said on the profile and comes back when it does',
  async t => {
    const clock = virtualClock()
    let here = true
    const site: Site = { '/': () => (here ? { body: htmlPage('Partie', FILLING) } : { status: 404 }) }
    const web = await startLocalWeb({ 'partie.example': site }, clock.now)
    t.teardown(() => web.close())
    const two = (port: number) => [
      { siren: ATELIER, name: 'Partie', website: `http://partie.example:${port}/` },
      { siren: FERMEE, name: 'Injoignable', website: `http://injoignable.example:${port}/` },
    ]
    const { config, context } = stand(t, web, two, clock)
    const resolve = async (name: string) => (name === 'partie.example' ? ['127.0.0.1'] : [])
    const crawlAll = createCrawl({ fetcher: { ...localNetwork(web.port), resolve }, clock })
    const states = async () => {
      await runExtract(context())
      const catalogue = openCatalogue(cataloguePathOf(config), { readOnly: true })
      const both = [ATELIER, FERMEE].map(siren => catalogue.supplier(siren))
      catalogue.close()
      return both.map(supplier => [supplier?.websiteState, supplier?.texts.length])
    }
    const later = async (days: number) => {
      clock.advance(days * 86_400_000)
      await crawlAll(context())
    }
    await later(0)
    here = false
    await later(8)
    await later(8)
    t.strictSame((await states())[0], [undefined, 1], 'after two visits in vain')
    for (const days of [8, 1, 1, 1, 1, 2]) await later(days)
    t.strictSame(await states(), [
      ['gone', 0],
      ['unreachable', 0],
    ])
    here = true
    await later(31)
    t.strictSame((await states())[0], [undefined, 1], 'it is asked again after a month')
  },
)

t.test('--every crawls and extracts in rounds; one that fails ends nothing, and a signal ends all', async t => {
  const clock = virtualClock()
  const stop = new AbortController()
  const written: string[] = []
  let rounds = 0
  const work = async () => {
    rounds += 1
    if (rounds === 2) throw new Error('the disk is full')
    if (rounds === 3) stop.abort()
  }
  const started = clock.now()
  await schedule(3_600_000, work, { write: line => void written.push(line) }, { clock, signal: stop.signal })
  t.equal(rounds, 3)
  t.equal(clock.now() - started, 2 * 3_600_000)
  t.match(written.join('\n'), /This round failed: the disk is full/)
  const { context, crawl } = stand(t, { port: 80 } as LocalWeb, () => [])
  await t.rejects(crawl(context({ every: '5m' })), /--every 5m: give a time such as 30m, 6h or 1d, ten minutes or more/)
})

t.test('a redirect is followed in the turn of the host it leads to, and only where its robots.txt allows', async t => {
  const clock = virtualClock()
  let port = 0
  const to = (path: string) => () => ({ status: 302, headers: { location: `http://nue.example:${port}${path}` } })
  const sites: Readonly<Record<string, Site>> = {
    'www.nue.example': { '/': to('/'), '/interdit': to('/prive/a') },
    'nue.example': {
      '/robots.txt': 'User-agent: *\nDisallow: /prive',
      '/': () => ({ body: htmlPage('Nue', `<a href="http://www.nue.example:${port}/interdit">ici</a>${FILLING}`) }),
      '/prive/a': htmlPage('Privé', FILLING),
    },
  }
  const web = await startLocalWeb(sites, clock.now)
  t.teardown(() => web.close())
  port = web.port
  const nue = () => [{ siren: ATELIER, name: 'Nue', website: `http://www.nue.example:${port}/` }]
  const { crawl, context } = stand(t, web, nue, clock)
  await crawl(context())
  t.strictSame(
    web.of('nue.example').map(each => each.path),
    ['/robots.txt', '/'],
  )
  t.ok(web.of('www.nue.example').some(each => each.path === '/interdit'))
  for (const host of ['nue.example', 'www.nue.example']) {
    const turns = web.of(host)
    t.ok(turns.slice(1).every((turn, index) => turn.startedAt - (turns[index]?.endedAt ?? 0) >= 2_000))
  }
})

t.test('a company number counts when it is announced, right, and not that of who hosts the site', async t => {
  const [own, host] = [ATELIER, AUTRE]
  const found: readonly (readonly [string, readonly Siren[]])[] = [
    [`SIREN ${formatSiren(own)}`, [own]],
    [`RCS Lyon ${own}`, [own]],
    [`TVA intracommunautaire : FR 12 ${formatSiren(own)}`, [own]],
    [`Immatriculée sous le numéro ${own.slice(0, 3)}.${own.slice(3, 6)}.${own.slice(6)}`, [own]],
    [`SIREN ${formatSiren(own)}. Le site est hébergé par Nuage SA, RCS Paris ${host}`, [own]],
    [`Référence ${own}`, []],
    [`SIREN ${own.slice(0, 8)}${(Number(own[8]) + 1) % 10}`, []],
    [`SIREN 1${own}`, []],
  ]
  for (const [text, sirens] of found) t.strictSame(sirensIn(text), sirens, text)
  const page = (sirens: readonly Siren[]) => [{ url: 'https://a.example/', sirens }]
  t.equal(identify(own, page([host, own])).kind, 'shown')
  t.equal(identify(own, page([host])).kind, 'other')
  t.equal(identify(own, page([])).kind, 'silent')
})

t.test('the robot does not leave without an address that explains it, nor on a mistaken order', async t => {
  const web = await startLocalWeb({}, Date.now)
  t.teardown(() => web.close())
  const { crawl, context } = stand(t, web, firms)
  const config = readConfig({ BRIQUE_DATA: context().config.dataDir })
  await t.rejects(crawl({ ...context(), config }), { name: 'CommandError', message: /PUBLIC_URL/ })
  await t.rejects(crawl(context({ limit: '0' })), { name: 'CommandError', message: /--limit 0/ })
  await t.rejects(crawl(context({ site: 'x' })), { name: 'CommandError', message: /names no site/ })
  await t.rejects(runExtract(context()), { name: 'CommandError', message: /No page has been read/ })
  t.strictSame(web.seen, [])
})

t.test('a crawl killed again and again fetches no page twice but those in flight', async t => {
  const SITES_COUNT = 4
  const PAGES = 12
  const sites = Object.fromEntries(
    Array.from({ length: SITES_COUNT }, (_, site) => {
      const links = Array.from({ length: PAGES }, (_, page) => `<a href="/p${'abcdefghijkl'[page]}">p</a>`).join(' ')
      const entries = Array.from({ length: PAGES }, (_, page) => [
        `/p${'abcdefghijkl'[page]}`,
        htmlPage(`Page ${page}`, FILLING),
      ])
      return [`site${site}.example`, { '/': htmlPage('Accueil', links), ...Object.fromEntries(entries) }]
    }),
  )
  const web = await startLocalWeb(sites, Date.now, 20)
  t.teardown(() => web.close())
  const { folder } = stand(t, web, port =>
    Array.from({ length: SITES_COUNT }, (_, site) => ({
      siren: inventedSiren(site + 1),
      name: `Site ${site}`,
      website: `http://site${site}.example:${port}/`,
    })),
  )
  const script = fileURLToPath(new URL('../support/crawl-process.ts', import.meta.url))
  const start = () =>
    spawn(process.execPath, [script, folder, String(web.port)], { stdio: ['ignore', 'ignore', 'inherit'] })
  const kills = Number(process.env['BRIQUE_TEST_KILLS'] ?? 1)
  for (let kill = 0; kill < kills; kill++) {
    const child = start()
    const closed = once(child, 'close')
    const until = web.seen.length + Math.floor((SITES_COUNT * PAGES) / (kills + 1))
    while (web.seen.length < until && child.exitCode === null) await wait(2)
    child.kill('SIGKILL')
    await closed
  }
  const last = start()
  await once(last, 'close')
  t.equal(last.exitCode, 0)
  const requests = web.seen.filter(each => /^\/(p.)?$/.test(each.path)).length
  const total = SITES_COUNT * (PAGES + 1)
  t.ok(requests >= total && requests <= total + kills * SITES_COUNT, `${requests} requests for ${total} pages`)
  t.equal(web.mostAtOnce(), 1)
  const pages = openPageStore(join(folder, 'pages.db'))
  t.teardown(() => pages.close())
  t.equal(pages.counts().pages, total)
})
