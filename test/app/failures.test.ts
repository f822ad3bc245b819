import { once } from 'node:events'
import { get } from 'node:http'
import t from 'tap'
import type { Services } from '../../src/routes/services.ts'
import { AIR, memorySearch, openService, withoutIndex } from '../support/service.ts'

const SECRET = 'needle-no-log-may-hold'

/** A log kept in memory. */
const keptLog = () => {
  const lines: string[] = []
  return { lines, logStream: { write: (line: string) => void lines.push(line) } }
}

const failing = (error: Error): Partial<Services> => ({
  search: {
    ...memorySearch,
    search: async () => {
      throw error
    },
  },
})

t.test('an unexpected error is a 500 without its words; its reference leads to the stack in the log', async t => {
  const { lines, logStream } = keptLog()
  const app = await openService(t, { LOG_LEVEL: 'info' }, { ...failing(new Error('/srv/secret.db is bad')), logStream })
  const response = await app.inject('/api/search?q=x')
  t.equal(response.statusCode, 500)
  t.notMatch(response.body, /secret|stack|\.ts/)
  const reference = String(response.json().instance).replace('urn:uuid:', '')
  const logged = lines.map(line => JSON.parse(line)).find(line => line.reqId === reference && line.err)
  t.match(logged, { level: 50, err: { message: '/srv/secret.db is bad', stack: /failures\.test\.ts/ } })
  const page = await app.inject('/recherche?q=x')
  t.equal(page.statusCode, 500)
  t.notMatch(page.body, /secret/)
})

t.test('a thrown value that is no error, or claims a status, cannot leak either', async t => {
  for (const thrown of [
    'text',
    null,
    { statusCode: 404, message: SECRET },
    Object.assign(new Error(SECRET), { statusCode: 404 }),
    Object.assign(new Error(SECRET), { statusCode: 400, code: 'SQLITE_ERROR' }),
    Object.assign(new Error(SECRET), { statusCode: 502 }),
  ]) {
    const search = { ...memorySearch, search: () => Promise.reject(thrown) }
    const app = await openService(t, {}, { search })
    const response = await app.inject('/api/search')
    t.equal(response.statusCode, 500)
    t.notMatch(response.body, SECRET)
  }
})

t.test('a catalogue that fails under way is a 500 on every page that reads it, and said by /health/ready', async t => {
  let working = true
  const read = () => {
    if (!working) throw new Error('disk I/O error')
    return undefined
  }
  const counts = () => read() ?? { suppliers: 0, named: 0 }
  const catalogue = { record: read, supplier: read, sources: () => read() ?? [], listed: () => read() ?? [], counts }
  const app = await openService(t, {}, { catalogue })
  t.equal((await app.inject(`/fournisseurs/${AIR}`)).statusCode, 404)
  working = false
  for (const url of [`/fournisseurs/${AIR}`, `/en/fournisseurs/${AIR}`, `/api/suppliers/${AIR}`])
    t.equal((await app.inject(url)).statusCode, 500, url)
  t.match((await app.inject('/health/ready')).json(), { reasons: [/catalogue cannot be read/] })
})

t.test('the log holds route, status and time of each request, never the query or who asked', async t => {
  const { lines, logStream } = keptLog()
  const app = await openService(t, { LOG_LEVEL: 'trace', TRUST_PROXY: 'true' }, { logStream })
  const headers = { 'x-forwarded-for': '203.0.113.77', referer: `http://localhost/recherche?q=${SECRET}` }
  for (const path of [
    `/api/search?q=${SECRET}`,
    `/recherche?q=${SECRET}`,
    `/api/suggest?q=${SECRET}`,
    `/api/search?${SECRET}=1`,
    `/api/search?near=${SECRET}`,
    `/${SECRET}`,
    `/fournisseurs/${SECRET}`,
    `/%E0%A4%A${SECRET}`,
    `/api/search?q=${SECRET.repeat(1000)}`,
    `/fournisseurs/${SECRET.repeat(20)}`,
  ])
    await app.inject({ url: path, headers })
  const log = lines.join('')
  t.notMatch(log, SECRET)
  t.notMatch(log, /203\.0\.113\.77|127\.0\.0\.1/)
  const first = lines.map(line => JSON.parse(line)).find(line => line.msg === 'request')
  t.match(first, { method: 'GET', route: '/api/search', status: 200, ms: Number, reqId: /^[0-9a-f-]{36}$/ })
  t.ok(lines.length >= 8, 'each request left a line')
})

t.test('an engine without an index is logged for the operator', async t => {
  const { lines, logStream } = keptLog()
  const app = await openService(t, { LOG_LEVEL: 'info' }, { ...withoutIndex, logStream })
  await app.inject('/api/search?q=x')
  t.match(lines.join(''), 'no index in var/')
})

/** A search layer that never answers by itself, and tells when it is asked and when it is told to stop. */
const stuckSearch = () => {
  const signals: AbortSignal[] = []
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  const search: Services['search'] = {
    ...memorySearch,
    search: (_query, _language, options) =>
      new Promise((_, reject) => {
        const { signal } = options ?? {}
        if (signal === undefined) return
        signals.push(signal)
        signal.addEventListener('abort', () => reject(signal.reason))
        resolve()
      }),
  }
  return { search, signals, asked }
}

t.test('a search that takes too long is told to stop, and answered 503', async t => {
  for (const url of ['/api/search?q=x', '/recherche?q=x']) {
    const { search, signals } = stuckSearch()
    const app = await openService(t, { SEARCH_TIMEOUT_MS: '20' }, { search })
    const response = await app.inject(url)
    t.equal(response.statusCode, 503, url)
    t.match(response.headers['retry-after'], /^[1-9][0-9]*$/, url)
    t.match(response.body, /trop de temps/, url)
    t.equal(signals[0]?.aborted, true, url)
  }
})

t.test('a search layer that ignores its signal keeps no reader waiting', async t => {
  const search = { ...memorySearch, search: () => new Promise<never>(() => {}) }
  const app = await openService(t, { SEARCH_TIMEOUT_MS: '20' }, { search })
  t.equal((await app.inject('/api/search?q=x')).statusCode, 503)
})

t.test('a reader who leaves stops the search, and is no error of the service', async t => {
  const { lines, logStream } = keptLog()
  const { search, signals, asked } = stuckSearch()
  const app = await openService(t, { SEARCH_TIMEOUT_MS: '60000', LOG_LEVEL: 'info' }, { search, logStream })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const request = get(`${address}/api/search?q=x`)
  request.on('error', () => {})
  await asked
  request.destroy()
  const [signal] = signals
  if (signal && !signal.aborted) await once(signal, 'abort')
  t.equal(signal?.aborted, true)
  await new Promise(resolve => setTimeout(resolve, 50))
  t.notOk(lines.some(line => JSON.parse(line).level >= 50))
})

t.test('a search that ends in time is never told to stop before', async t => {
  let abortedEarly: boolean | undefined
  const search: Services['search'] = {
    ...memorySearch,
    search: async (query, language, options) => {
      await new Promise(resolve => setTimeout(resolve, 30))
      abortedEarly = options?.signal?.aborted
      return memorySearch.search(query, language)
    },
  }
  const app = await openService(t, {}, { search })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const response = await fetch(`${address}/api/search?q=x`)
  t.equal(response.status, 200)
  t.equal(abortedEarly, false)
})
