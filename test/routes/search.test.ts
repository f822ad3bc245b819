import t, { type Test } from 'tap'
import type { Language } from '../../src/model/language.ts'
import type { Query } from '../../src/model/query.ts'
import { createSearch } from '../../src/search/create-search.ts'
import { engineOver } from '../support/demonstration.ts'
import { memorySearch, NOTHING, openService, withoutIndex } from '../support/service.ts'
import { supplier } from '../support/suppliers.ts'

/** The service, and the queries that its search layer was asked. */
const spiedService = async (test: Test) => {
  const asked: { query: Query; language: Language }[] = []
  const search = {
    ...memorySearch,
    search: async (query: Query, language: Language) => {
      asked.push({ query, language })
      return memorySearch.search(query, language)
    },
  }
  return { app: await openService(test, {}, { search }), asked }
}

t.test('the query string becomes a query, with its defaults', async t => {
  const { app, asked } = await spiedService(t)
  t.equal((await app.inject('/api/search')).statusCode, 200)
  t.strictSame(asked[0]?.query, { text: '', filters: {}, sort: 'relevance', page: 1, size: 20 })
  await app.inject(
    '/api/search?q=%20qualit%C3%A9%20&page=3&size=50&sort=name&theme=sante&region=53&region=11&region=53',
  )
  t.strictSame(asked[1]?.query, {
    text: 'qualité',
    filters: { theme: ['sante'], region: ['53', '11'] },
    sort: 'name',
    page: 3,
    size: 50,
  })
})

t.test('a place is resolved with its radius, 50 km unless given', async t => {
  const { app, asked } = await spiedService(t)
  await app.inject('/api/search?near=Rennes')
  await app.inject('/api/search?near=48.5,2&radiusKm=12.5&sort=distance')
  t.match(asked[0]?.query.near, { label: 'Rennes (35)', radiusKm: 50 })
  t.match(asked[1]?.query, { sort: 'distance', near: { latitude: 48.5, longitude: 2, radiusKm: 12.5 } })
})

t.test('bounds become ranges, from 1800 to next year', async t => {
  const { app, asked } = await spiedService(t)
  const next = new Date().getUTCFullYear() + 1
  await app.inject('/api/search?foundedFrom=1800')
  await app.inject(`/recherche?foundedTo=${next}&foundedFrom=${next}`)
  await app.inject('/api/search.csv?foundedFrom=&foundedTo=2020&updatedSince=2024-02-29')
  t.strictSame(
    asked.map(({ query }) => query.ranges),
    [
      { founded: { from: 1800 } },
      { founded: { from: next, to: next } },
      { founded: { to: 2020 }, updated: { from: '2024-02-29' } },
    ],
  )
  const english = await app.inject('/en/recherche?foundedFrom=2021&foundedTo=2020')
  t.equal(english.statusCode, 400)
  t.match(english.body, 'Swap the two years')
})

t.test('a range answers who lies in it, bounds included, and nobody whose year is unknown', async t => {
  const firms = [2014, 2015, 2020, 2021, undefined].map(founded =>
    supplier({ name: `Drones ${founded}`, description: 'Des drones.', ...(founded !== undefined && { founded }) }),
  )
  const app = await openService(t, {}, { search: createSearch(await engineOver(t, firms)) })
  const names = async (parameters: string): Promise<string[]> => {
    const { hits, total } = (await app.inject(`/api/search?${parameters}`)).json()
    t.equal(hits.length, total)
    return hits.map((hit: { supplier: { name: string } }) => hit.supplier.name).sort()
  }
  t.strictSame(await names('q=drones&foundedFrom=2015&foundedTo=2020'), ['Drones 2015', 'Drones 2020'])
  t.strictSame(await names('foundedTo=2014'), ['Drones 2014'])
  t.strictSame(await names('foundedFrom=1800'), ['Drones 2014', 'Drones 2015', 'Drones 2020', 'Drones 2021'])
  t.equal((await names('updatedSince=2026-11-01')).length, 5)
  t.strictSame(await names('updatedSince=2026-11-02'), [])
  const csv = (await app.inject('/api/search.csv?foundedFrom=2021')).body
  t.match(csv, 'Drones 2021')
  t.notMatch(csv, 'Drones 2020')
  const { recovery } = (await app.inject('/api/search?q=drones&foundedFrom=2022')).json()
  t.strictSame(recovery, [{ kind: 'range', name: 'founded', value: '2022/..', label: 'depuis\u00a02022', count: 5 }])
})

t.test('boxes that a form left empty count as absent', async t => {
  const { app, asked } = await spiedService(t)
  const response = await app.inject(
    '/recherche?q=&near=&radiusKm=&region=&theme=&theme=sante&page=&foundedFrom=&updatedSince=',
  )
  t.equal(response.statusCode, 200)
  t.strictSame(asked[0]?.query, { text: '', filters: { theme: ['sante'] }, sort: 'relevance', page: 1, size: 20 })
})

t.test('the API answers in the language of Accept-Language, the pages in that of their address', async t => {
  const { app, asked } = await spiedService(t)
  const english = await app.inject({ url: '/api/search', headers: { 'accept-language': 'en-GB,en;q=0.9,fr;q=0.8' } })
  t.match(english.headers, { 'content-language': 'en', vary: 'accept-language' })
  await app.inject({ url: '/api/search', headers: { 'accept-language': 'de, fr;q=0.5, en;q=0.1' } })
  await app.inject({ url: '/recherche', headers: { 'accept-language': 'en' } })
  t.match((await app.inject('/en/recherche')).headers, { 'content-language': 'en' })
  t.strictSame(
    asked.map(({ language }) => language),
    ['en', 'fr', 'fr', 'en'],
  )
})

t.test('every refused parameter is named, with what it takes', async t => {
  const app = await openService(t)
  const cases: readonly [string, RegExp][] = [
    ['foo=1', /« foo » : paramètre inconnu/],
    ['__proto__=1', /« __proto__ » : paramètre inconnu/],
    ['foo=', /« foo » : paramètre inconnu/],
    ['q=a&q=b', /« q » : une seule valeur/],
    ['near=Rennes&near=Brest', /« near » : une seule valeur/],
    [`q=${'a'.repeat(1001)}`, /« q » : 1 000 caractères au plus/],
    ['page=0', /« page » : au moins 1/],
    ['page=1.5', /« page » : un nombre entier/],
    ['page=two', /« page » : un nombre entier/],
    ['size=51', /« size » : au plus 50/],
    ['size=0', /« size » : au moins 1/],
    ['radiusKm=0', /« radiusKm » : plus de 0/],
    ['radiusKm=2001', /« radiusKm » : au plus 2 000/],
    ['sort=random', /« sort » : valeurs possibles : relevance, name, recent, distance/],
    [`theme=${'a'.repeat(101)}`, /« theme » : 100 caractères au plus/],
    [Array.from({ length: 51 }, (_, i) => `theme=${i}`).join('&'), /« theme » : 50 valeurs au plus/],
    ['page=21&size=50', /« page » : les 1 000 premières réponses/],
    ['page=1000000', /« page » : les 1 000 premières réponses/],
    ['sort=distance', /« sort » : le tri par distance demande un lieu/],
    ['sort=distance&near=', /« sort » : le tri par distance demande un lieu/],
    ['foundedFrom=1799', /« foundedFrom » : au moins 1800/],
    ['foundedTo=1799', /« foundedTo » : au moins 1800/],
    ['foundedFrom=2015.5', /« foundedFrom » : un nombre entier/],
    ['foundedFrom=2015&foundedFrom=2016', /« foundedFrom » : un nombre entier/],
    [`foundedFrom=${new Date().getUTCFullYear() + 2}`, /« foundedFrom » : au plus \d{4}, l’an prochain/],
    [`foundedTo=${new Date().getUTCFullYear() + 2}`, /« foundedTo » : au plus \d{4}, l’an prochain/],
    ['foundedFrom=2020&foundedTo=2019', /« foundedFrom » : 2020 vient après « foundedTo », 2019. Échangez/],
    ['updatedSince=2026-02-30', /« updatedSince » : une date AAAA-MM-JJ qui existe/],
    ['updatedSince=01/02/2026', /« updatedSince » : une date AAAA-MM-JJ/],
    ['near=Atlantis', /« near » : lieu inconnu, « Atlantis »/],
    ['near=91,0', /« near » : lieu inconnu/],
    ['near=Rochefourchat', /« near » : les coordonnées de Rochefourchat \(26\) ne sont pas connues/],
  ]
  for (const [parameters, expected] of cases) {
    const response = await app.inject(`/api/search?${parameters}`)
    const name = parameters.slice(0, 60)
    t.equal(response.statusCode, 400, name)
    t.match(response.headers, { 'content-type': /^application\/problem\+json/, 'content-language': 'fr' }, name)
    const problem = response.json()
    t.match(problem.detail.replaceAll(/\s/g, ' '), expected, name)
    t.match(problem, { type: 'about:blank', status: 400, title: 'Requête incorrecte' }, name)
    t.ok(problem.errors.length > 0, name)
  }
})

t.test('several refused parameters are all named, in English to an English reader', async t => {
  const app = await openService(t)
  const response = await app.inject({ url: '/api/search?foo=1&page=x&size=99', headers: { 'accept-language': 'en' } })
  const { errors, title } = response.json()
  t.equal(title, 'Bad request')
  t.strictSame(
    errors.map((error: { parameter: string }) => error.parameter),
    ['foo', 'page', 'size'],
  )
  t.match(errors[2].detail, '“size”: at most 50.')
})

t.test('the last page of the window is served', async t => {
  const app = await openService(t)
  t.equal((await app.inject('/api/search?page=20&size=50')).statusCode, 200)
  t.equal((await app.inject('/api/search?page=50')).statusCode, 200)
})

t.test('the result page is refused as the API is, as a page in its own language', async t => {
  const app = await openService(t)
  for (const [url, language] of [
    ['/recherche?near=Atlantis', 'fr'],
    ['/en/recherche?near=Atlantis', 'en'],
  ] as const) {
    const response = await app.inject(url)
    t.equal(response.statusCode, 400)
    t.match(response.headers, { 'content-type': /^text\/html/, 'content-language': language })
    t.match(response.body, language === 'fr' ? 'lieu inconnu' : 'unknown place')
  }
})

t.test('the result page forgives what its own form sends; the API does not', async t => {
  const { app, asked } = await spiedService(t)
  const emptied = await app.inject('/recherche?q=air&near=&sort=distance')
  t.equal(emptied.statusCode, 200, 'the place was emptied while the order by distance was chosen')
  t.equal(asked[0]?.query.sort, 'relevance')
  t.notMatch(emptied.body, /href="\/recherche\?[^"]*sort&#61;distance/)
  const retyped = await app.inject('/recherche?q=Pompe%20de%20GLPI&literal=pompe%20glpi&literal=Rennes')
  t.strictSame(asked[1]?.query.literal, ['pompe glpi'], 'a piece that the new text lacks is forgotten')
  t.notMatch(retyped.body, /href="\/recherche\?[^"]*literal&#61;Rennes/)
  await app.inject('/api/search?q=air&literal=Rennes')
  t.strictSame(asked[2]?.query.literal, ['Rennes'])
})

t.test('a value that no supplier has matches nothing instead of failing', async t => {
  const app = await openService(t)
  const response = await app.inject(`/api/search?q=${encodeURIComponent(NOTHING)}&theme=no-such-theme`)
  t.equal(response.statusCode, 200)
  t.match(response.json(), { total: 0, hits: [] })
})

t.test('no cache keeps what was searched', async t => {
  const app = await openService(t)
  for (const url of ['/api/search?q=x', '/api/suggest?q=x', '/recherche?q=x'])
    t.equal((await app.inject(url)).headers['cache-control'], 'no-store', url)
})

t.test('completions are limited to what was asked for, and to 20', async t => {
  const app = await openService(t)
  t.match((await app.inject('/api/suggest?q=air')).json(), {
    suggestions: [{ text: 'air Air Clair', kind: 'supplier' }],
  })
  t.strictSame((await app.inject('/api/suggest?q=%20')).json(), { suggestions: [] })
  t.strictSame((await app.inject('/api/suggest')).json(), { suggestions: [] })
  t.equal((await app.inject('/api/suggest?q=a&limit=21')).statusCode, 400)
  t.equal((await app.inject('/api/suggest?q=a&lang=fr')).statusCode, 400)
})

t.test('without an index a search is a 503 that says so and when to come back', async t => {
  const app = await openService(t, {}, withoutIndex)
  for (const url of ['/api/search?q=x', '/api/suggest?q=x', '/recherche?q=x', '/en/recherche?q=x']) {
    const response = await app.inject(url)
    t.equal(response.statusCode, 503, url)
    t.match(response.headers['retry-after'], /^[1-9][0-9]*$/, url)
    t.notMatch(response.body, 'no index in var/', `${url}: the engine's own words stay inside`)
  }
})
