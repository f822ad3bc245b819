import t from 'tap'
import { FACET_NAMES } from '../../src/model/facets.ts'
import { answerChecker } from '../support/openapi.ts'
import { AIR, BRICK, NOTHING, openService, UNKNOWN, WATER, withoutIndex } from '../support/service.ts'

t.test('every answer of the API is as /openapi.json describes it', async t => {
  const app = await openService(t)
  const check = await answerChecker(app)
  for (const [route, url] of [
    ['/api/search', '/api/search'],
    ['/api/search', '/api/search?q=capteurs&near=Rennes&theme=sante&region=53&page=2&size=5'],
    ['/api/search', `/api/search?q=${encodeURIComponent(NOTHING)}`],
    ['/api/search', '/api/search?foo=1&page=x'],
    ['/api/suggest', '/api/suggest?q=a'],
    ['/api/suggest', '/api/suggest?limit=0'],
    ['/api/suppliers/{siren}', `/api/suppliers/${AIR}`],
    ['/api/suppliers/{siren}', `/api/suppliers/${UNKNOWN}`],
    ['/api/suppliers/{siren}', '/api/suppliers/x'],
    ['/api/bricks', '/api/bricks'],
    ['/api/bricks', '/api/bricks?q=eau&theme=sante'],
    ['/api/bricks', '/api/bricks?foo=1'],
    ['/api/bricks/{id}', `/api/bricks/${BRICK}`],
    ['/api/bricks/{id}', '/api/bricks/no-such-brick'],
    ['/api/compare', `/api/compare?siren=${AIR}&siren=${WATER}`],
    ['/api/compare', `/api/compare?siren=${AIR}`],
    ['/api/compare', `/api/compare?siren=${AIR}&siren=${UNKNOWN}`],
    ['/api/status', '/api/status'],
    ['/health/live', '/health/live'],
    ['/health/ready', '/health/ready'],
  ] as const) {
    const response = await app.inject(url)
    const type = String(response.headers['content-type'])
    t.strictSame(check(route, response.statusCode, type, response.json()), [], url)
  }
})

t.test('answers under limits and without an index are described too', async t => {
  const limited = await openService(t, { RATE_LIMIT: '1' })
  const check = await answerChecker(limited)
  await limited.inject('/api/search')
  const unready = await openService(t, {}, withoutIndex)
  for (const [app, url] of [
    [limited, '/api/search'],
    [unready, '/api/search'],
    [unready, '/api/suggest?q=a'],
    [unready, '/api/bricks'],
    [unready, '/api/status'],
    [unready, '/health/ready'],
  ] as const) {
    const response = await app.inject(url)
    const type = String(response.headers['content-type'])
    t.strictSame(check(url.split('?')[0] ?? '', response.statusCode, type, response.json()), [], url)
  }
})

t.test('an answer that breaks its schema would be seen', async t => {
  const check = await answerChecker(await openService(t))
  t.not(check('/api/search', 200, 'application/json', { total: 'many' }).length, 0)
  t.not(check('/api/search', 418, 'application/json', {}).length, 0)
})

t.test('the description lists the parameters of a search, and no page', async t => {
  const app = await openService(t, { PUBLIC_URL: 'https://brique.example' })
  const { openapi, servers, paths } = (await app.inject('/openapi.json')).json()
  t.equal(openapi, '3.1.0')
  t.strictSame(servers, [{ url: 'https://brique.example' }])
  t.strictSame(
    paths['/api/search'].get.parameters.map((parameter: { name: string }) => parameter.name),
    [
      'q',
      'page',
      'size',
      'sort',
      'near',
      'literal',
      'radiusKm',
      'foundedFrom',
      'foundedTo',
      'updatedSince',
      ...FACET_NAMES,
    ],
  )
  t.strictSame(Object.keys(paths).sort(), [
    '/api/bricks',
    '/api/bricks/{id}',
    '/api/compare',
    '/api/corrections/{id}',
    '/api/corrections/{id}/proof',
    '/api/dossiers',
    '/api/dossiers/{id}',
    '/api/dossiers/{id}/annotations',
    '/api/dossiers/{id}/changes',
    '/api/dossiers/{id}/export.csv',
    '/api/dossiers/{id}/export.docx',
    '/api/dossiers/{id}/export.xlsx',
    '/api/search',
    '/api/search.atom',
    '/api/search.csv',
    '/api/search.jsonl',
    '/api/search.xlsx',
    '/api/sites',
    '/api/status',
    '/api/suggest',
    '/api/suppliers/{siren}',
    '/api/suppliers/{siren}/changes.atom',
    '/api/suppliers/{siren}/corrections',
    '/api/suppliers/{siren}/visibility',
    '/api/tenders',
    '/health/live',
    '/health/ready',
  ])
})

t.test('an answer is cut to its schema: what a port adds by mistake stays inside', async t => {
  const app = await openService(t, {}, { engine: { state: async () => Object.assign(state, { password: 'x' }) } })
  t.notMatch((await app.inject('/api/status')).body, 'password')
})
const state = { engine: 'memory', version: '1', builtAt: '2026-01-03T04:05:06.000Z', suppliers: 2 }
