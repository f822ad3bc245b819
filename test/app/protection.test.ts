import { once } from 'node:events'
import { connect } from 'node:net'
import t, { type Test } from 'tap'
import type { App } from '../../src/routes/services.ts'
import { AIR, openService } from '../support/service.ts'

const URLS = [
  '/',
  '/recherche?q=x',
  `/fournisseurs/${AIR}`,
  '/nulle-part',
  '/api/search',
  '/api/nulle-part',
  '/%E0%A4%A',
]

t.test('every answer forbids scripts, frames and resources from elsewhere, and inline ones', async t => {
  const app = await openService(t)
  for (const url of [...URLS, `/recherche?q=${'a'.repeat(13_000)}`]) {
    const { headers } = await app.inject(url)
    const policy = String(headers['content-security-policy'])
    t.match(policy, /^default-src 'none';style-src 'self';script-src 'self';/, url)
    t.match(policy, /form-action 'self';base-uri 'none';frame-ancestors 'none'/, url)
    t.notMatch(policy, /unsafe|\*|https?:/, url)
    t.equal(headers['x-content-type-options'], 'nosniff', url)
    t.equal(headers['server'], undefined, url)
    t.equal(headers['x-powered-by'], undefined, url)
  }
})

t.test('addresses with a query are not told to other sites', async t => {
  const app = await openService(t)
  t.equal((await app.inject('/recherche?q=x')).headers['referrer-policy'], 'same-origin')
})

t.test('HSTS is sent when the public address is https, and only then', async t => {
  const secure = await openService(t, { PUBLIC_URL: 'https://brique.example' })
  t.match((await secure.inject('/')).headers['strict-transport-security'], /max-age=31536000/)
  const plain = await openService(t)
  t.equal((await plain.inject('/')).headers['strict-transport-security'], undefined)
})

t.test('any site may read the API, unless the operator says which', async t => {
  const headers = { origin: 'https://reader.example' }
  const open = await openService(t)
  t.equal((await open.inject({ url: '/api/search', headers })).headers['access-control-allow-origin'], '*')
  const preflight = { ...headers, 'access-control-request-method': 'GET' }
  const answer = await open.inject({ method: 'OPTIONS', url: '/api/search', headers: preflight })
  t.match([answer.statusCode, answer.headers['access-control-allow-methods']], [204, 'GET, HEAD'])
  const narrow = await openService(t, { CORS_ORIGIN: 'https://portal.example' })
  t.equal((await narrow.inject({ url: '/api/search', headers })).headers['access-control-allow-origin'], undefined)
})

t.test('metrics tell how many and how fast, never what was asked, and to private networks alone', async t => {
  const app = await openService(t)
  await app.inject('/api/search?q=rachat+secret')
  const { headers, body } = await app.inject('/metrics')
  t.match(headers['content-type'], /^text\/plain; version=0\.0\.4/)
  t.match(body, /^brique_index_suppliers 2$/m)
  t.match(body, /^brique_index_pending_changes 0$/m)
  t.match(body, /^brique_http_request_duration_seconds_count\{route="\/api\/search",status="200"\} 1$/m)
  t.notMatch(body, /rachat|secret/)
  const from = (app: App, remoteAddress: string) => app.inject({ url: '/metrics', remoteAddress })
  for (const near of ['10.1.2.3', '::1', '::ffff:192.168.0.9', 'fd00::1'])
    t.equal((await from(app, near)).statusCode, 200)
  for (const far of ['193.252.19.3', '2a01:e0c:1::1', '172.32.0.1'])
    t.equal((await from(app, far)).statusCode, 404, far)
  t.equal((await from(await openService(t, { METRICS: 'public' }), '193.252.19.3')).statusCode, 200)
  t.equal((await from(await openService(t, { METRICS: 'off' }), '127.0.0.1')).statusCode, 404)
})

t.test('searches past the limit are a 429 that says when to come back, page and API counted together', async t => {
  const app = await openService(t, { RATE_LIMIT: '3' })
  for (const url of ['/api/search', '/recherche', '/en/recherche'])
    t.equal((await app.inject(url)).statusCode, 200, url)
  for (const url of ['/api/search', '/recherche']) {
    const refused = await app.inject(url)
    t.equal(refused.statusCode, 429, url)
    t.match(refused.headers['retry-after'], /^[1-9][0-9]*$/, url)
  }
  t.match((await app.inject('/api/search')).json(), { status: 429, title: 'Trop de requêtes' })
  t.match((await app.inject('/en/recherche')).headers, { 'content-type': /^text\/html/, 'content-language': 'en' })
})

t.test('completions have their own, larger count', async t => {
  const app = await openService(t, { RATE_LIMIT: '1' })
  for (let i = 0; i < 5; i++) t.equal((await app.inject('/api/suggest?q=a')).statusCode, 200)
  t.equal((await app.inject('/api/suggest?q=a')).statusCode, 429)
  t.equal((await app.inject('/api/search')).statusCode, 200)
})

t.test('health, assets and pages that do not search are never limited', async t => {
  const app = await openService(t, { RATE_LIMIT: '1' })
  for (const url of ['/health/live', '/health/ready', '/assets/brique.css', '/api/status', '/a-propos'])
    for (let i = 0; i < 8; i++) t.not((await app.inject(url)).statusCode, 429, url)
})

t.test('a limit of 0 is none', async t => {
  const app = await openService(t, { RATE_LIMIT: '0' })
  for (let i = 0; i < 100; i++) t.equal((await app.inject('/api/search')).statusCode, 200)
})

t.test('each address has its own count, taken from X-Forwarded-For behind a trusted proxy only', async t => {
  const ask = async (app: App, address: string) =>
    (await app.inject({ url: '/api/search', headers: { 'x-forwarded-for': address } })).statusCode
  for (const setting of ['1', 'loopback', 'true']) {
    const trusting = await openService(t, { RATE_LIMIT: '1', TRUST_PROXY: setting })
    t.equal(await ask(trusting, '192.0.2.1'), 200)
    t.equal(await ask(trusting, '192.0.2.2'), 200)
    t.equal(await ask(trusting, '192.0.2.2'), 429)
  }
  const direct = await openService(t, { RATE_LIMIT: '1' })
  t.equal(await ask(direct, '192.0.2.1'), 200)
  t.equal(await ask(direct, '192.0.2.2'), 429, 'anybody can write that header')
})

/** Repeats until the answer has that status: the pressure is sampled once a second. */
const untilStatus = async (app: App, url: string, status: number) => {
  for (;;) {
    const response = await app.inject(url)
    if (response.statusCode === status) return response
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

t.test('under pressure requests are a 503 that says when to come back, and health checks still pass', async t => {
  const app = await openService(t, { MAX_HEAP_RATIO: '0.000001' })
  const refused = await untilStatus(app, '/api/search', 503)
  t.match(refused.headers['retry-after'], /^[1-9][0-9]*$/)
  t.match(refused.json(), { status: 503, detail: /plus de requêtes/ })
  t.match((await app.inject('/en/')).headers, { 'content-type': /^text\/html/, 'content-language': 'en' })
  t.equal((await app.inject('/health/live')).statusCode, 200)
  t.equal((await app.inject('/health/ready')).statusCode, 200)
})

t.test('an overlong address is a 414, an overlong body a 413, a broken address a 400', async t => {
  const app = await openService(t)
  t.equal((await app.inject(`/api/search?q=${'%C3%A9'.repeat(1000)}`)).statusCode, 200, 'a full query still fits')
  for (const url of ['/recherche', '/api/search']) {
    const long = await app.inject(`${url}?q=${'a'.repeat(12_000)}`)
    t.equal(long.statusCode, 414, url)
  }
  const body = await app.inject({
    method: 'POST',
    url: '/api/search',
    headers: { 'content-type': 'application/json' },
    payload: `"${'a'.repeat(256 * 1024)}"`,
  })
  t.match([body.statusCode, body.json().status], [413, 413])
  t.equal((await app.inject('/%E0%A4%A')).statusCode, 400)
})

/** What a server answers to these bytes on a new connection. */
const raw = async (test: Test, app: App, bytes: string): Promise<string> => {
  const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  const socket = connect(Number(port), '127.0.0.1')
  test.teardown(() => socket.destroy())
  socket.setEncoding('utf8').end(bytes)
  let answer = ''
  socket.on('data', chunk => {
    answer += chunk
  })
  await once(socket, 'close')
  return answer
}

t.test('what is not HTTP is refused in problem details', async t => {
  const answer = await raw(t, await openService(t), 'GARBAGE\r\n\r\n')
  t.match(answer, /^HTTP\/1\.1 400 .*application\/problem\+json.*"status":400/s)
})

t.test('headers past 16 KiB are refused', async t => {
  const answer = await raw(t, await openService(t), `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)
  t.match(answer, /^HTTP\/1\.1 431 .*"status":431/s)
})
