import t from 'tap'
import { askRaw } from '../support/ask-raw.ts'
import { AIR, BRICK, openService, UNKNOWN, withoutIndex } from '../support/service.ts'

const PAGES = [
  '/',
  '/recherche?q=air',
  `/fournisseurs/${AIR}`,
  '/briques',
  '/briques?q=eau&theme=sante',
  `/briques/${BRICK}`,
  '/a-propos',
  '/accessibilite',
  '/robot',
  '/docs',
] as const

t.test('every page has its English twin at the same address under /en/', async t => {
  const app = await openService(t)
  for (const path of PAGES)
    for (const [url, language] of [
      [path, 'fr'],
      [`/en${path}`, 'en'],
    ] as const) {
      const response = await app.inject(url)
      t.equal(response.statusCode, 200, url)
      t.match(response.headers, { 'content-type': 'text/html; charset=utf-8', 'content-language': language }, url)
      t.match(response.body, new RegExp(`<html[^>]* lang="${language}"`), url)
    }
})

t.test('the home page sends a first English visit to /en/, and nobody else', async t => {
  const app = await openService(t)
  const visit = async (headers: Readonly<Record<string, string>>) => {
    const response = await app.inject({ url: '/', headers: { host: 'brique.example', ...headers } })
    t.match(response.headers['vary'], /accept-language/i)
    return response.statusCode === 302 ? response.headers.location : response.statusCode
  }
  const english = { 'accept-language': 'en-US,en;q=0.9,fr;q=0.4' }
  t.equal(await visit(english), '/en/')
  t.equal(await visit({ ...english, referer: 'https://elsewhere.example/' }), '/en/')
  t.equal(await visit({ ...english, referer: 'http://brique.example/en/' }), 200, 'a click on "Français"')
  t.equal(await visit({ ...english, 'sec-fetch-site': 'same-origin' }), 200, 'the same, without a Referer')
  t.equal(await visit({}), 200)
  t.equal(await visit({ 'accept-language': 'fr-FR,fr;q=0.9,en;q=0.8' }), 200)
  t.equal(await visit({ 'accept-language': 'fr,en' }), 200)
  t.equal(await visit({ 'accept-language': 'de' }), 200)
  t.equal(await visit({ 'accept-language': ';;;q=,*;q=x' }), 200)
})

t.test('no other page is redirected by Accept-Language', async t => {
  const app = await openService(t)
  for (const url of PAGES.slice(1))
    t.equal((await app.inject({ url, headers: { 'accept-language': 'en' } })).statusCode, 200, url)
})

t.test('/en leads to /en/', async t => {
  const app = await openService(t)
  const response = await app.inject('/en')
  t.match([response.statusCode, response.headers.location], [301, '/en/'])
})

t.test('a SIREN with blanks and a SIRET lead to the canonical address', async t => {
  const app = await openService(t)
  const siret = `${AIR}00002`
  for (const [url, location] of [
    ['/fournisseurs/123%20456%20782', `/fournisseurs/${AIR}`],
    ['/fournisseurs/123%C2%A0456%C2%A0782', `/fournisseurs/${AIR}`],
    [`/fournisseurs/${siret}`, `/fournisseurs/${AIR}`],
    [`/en/fournisseurs/${siret}`, `/en/fournisseurs/${AIR}`],
    [`/api/suppliers/${siret}`, `/api/suppliers/${AIR}`],
  ] as const) {
    const response = await app.inject(url)
    t.match([response.statusCode, response.headers.location], [301, location], url)
  }
})

t.test('what is no SIREN is a 400, and a SIREN that no source knows a 404', async t => {
  const app = await openService(t)
  for (const prefix of ['/fournisseurs/', '/en/fournisseurs/', '/api/suppliers/']) {
    t.equal((await app.inject(`${prefix}123456789`)).statusCode, 400, 'its check digit is wrong')
    t.equal((await app.inject(`${prefix}air-clair`)).statusCode, 400)
    t.equal((await app.inject(`${prefix}${UNKNOWN}`)).statusCode, 404)
    t.equal((await app.inject(`${prefix}${'1'.repeat(500)}`)).statusCode, 414)
  }
})

t.test('a profile leads back to the results that the reader came from, and to nothing else', async t => {
  const app = await openService(t)
  const linksBack = async (referer: string) => {
    const headers = { host: 'brique.example', referer }
    const { body } = await app.inject({ url: `/fournisseurs/${AIR}`, headers })
    return /href="\/recherche\?q(?:=|&#61;)capteur"/.test(body)
  }
  t.ok(await linksBack('http://brique.example/recherche?q=capteur'))
  t.notOk(await linksBack('http://elsewhere.example/recherche?q=capteur'))
  t.notOk(await linksBack('http://brique.example/elsewhere/recherche?q=capteur'))
})

t.test('a page that does not exist is a 404 page to people and problem details to programs', async t => {
  const app = await openService(t)
  const page = await app.inject({ url: '/nulle-part', headers: { accept: 'text/html,*/*;q=0.8' } })
  t.match([page.statusCode, page.headers['content-type']], [404, /^text\/html/])
  t.match((await app.inject('/en/nowhere')).headers, { 'content-language': 'en' })
  for (const [url, accept] of [
    ['/api/nulle-part', 'text/html'],
    ['/nulle-part', 'application/json'],
    ['/nulle-part', 'application/json, text/html;q=0.9'],
  ] as const) {
    const problem = await app.inject({ url, headers: { accept } })
    t.match([problem.statusCode, problem.headers['content-type']], [404, /^application\/problem\+json/])
    t.match(problem.json(), { status: 404, title: 'Page introuvable' })
  }
})

t.test('an address that looks like another host never becomes a link to it', async t => {
  const app = await openService(t)
  for (const path of ['/en//evil.example', '/en/\\evil.example', '//evil.example', '/en//evil.example/?a']) {
    const { status, body } = await askRaw(app, path)
    t.equal(status, 404, path)
    t.notMatch(body, /(?:href|action)="(?:\/\/|\/\\|https?:\/\/evil)/, path)
  }
})

t.test('pages that need no index stay readable without one', async t => {
  const app = await openService(t, {}, withoutIndex)
  for (const url of [
    '/',
    '/en/',
    '/briques',
    `/briques/${BRICK}`,
    '/a-propos',
    '/accessibilite',
    '/docs',
    `/fournisseurs/${AIR}`,
  ])
    t.equal((await app.inject(url)).statusCode, 200, url)
  t.match((await app.inject('/api/status')).json(), { suppliers: 2, index: { engine: 'unavailable' } })
})

t.test('the status names the sources with their dates and the index', async t => {
  const app = await openService(t, {}, { pendingChanges: () => 3 })
  t.match((await app.inject('/api/status')).json(), {
    suppliers: 2,
    named: 2,
    demonstration: true,
    sources: [{ id: 'demo', date: '2026-01-02' }],
    index: { engine: 'memory', version: '1', pendingChanges: 3 },
  })
})

t.test('the service is live at once, and ready when it can search', async t => {
  const ready = await openService(t)
  t.strictSame((await ready.inject('/health/live')).json(), { status: 'live' })
  t.strictSame((await ready.inject('/health/ready')).json(), { status: 'ready', reasons: [] })
  const unready = await openService(t, {}, withoutIndex)
  t.equal((await unready.inject('/health/live')).statusCode, 200)
  const answer = await unready.inject('/health/ready')
  t.equal(answer.statusCode, 503)
  t.match(answer.json(), { status: 'not ready', reasons: [/no index: run "npm run index"/] })
})

t.test('crawlers are kept from endless result pages', async t => {
  const app = await openService(t)
  const robots = await app.inject('/robots.txt')
  t.match(robots.headers['content-type'], /^text\/plain/)
  t.match(robots.body, /^User-agent: \*\nDisallow: \/api\/\nDisallow: \/recherche\?\n/)
})

t.test('an asset is kept for ever at an address with a digest, and has an ETag', async t => {
  const app = await openService(t)
  const versioned = await app.inject('/assets/brique.css?v=0123456789')
  t.equal(versioned.statusCode, 200)
  t.match(versioned.headers, { 'content-type': /^text\/css/, 'cache-control': /max-age=31536000, immutable/ })
  t.match((await app.inject('/assets/brique.css')).headers, { 'cache-control': 'public, max-age=300' })
  const headers = { 'if-none-match': String(versioned.headers['etag']) }
  t.equal((await app.inject({ url: '/assets/brique.css', headers })).statusCode, 304)
  t.match((await app.inject('/favicon.svg')).headers, { 'content-type': /^image\/svg\+xml/ })
})

t.test('nothing outside the public folder is served', async t => {
  const app = await openService(t)
  for (const path of ['/assets/../app.ts', '/assets/%2e%2e/app.ts', '/assets/..%2fapp.ts', '/assets/.', '/assets/']) {
    const { status } = await askRaw(app, path)
    t.ok(status >= 400 && status < 500, `${path}: ${status}`)
  }
})
