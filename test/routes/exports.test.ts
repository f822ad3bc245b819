import { SaxesParser } from 'saxes'
import t from 'tap'
import type { Query } from '../../src/model/query.ts'
import { openArchive } from '../../src/upload/archive.ts'
import { AIR, memorySearch, openService, UNKNOWN, WATER, withoutIndex } from '../support/service.ts'

/** Throws where the text is no well-formed XML; the texts of its elements by name otherwise. */
const readXml = (text: string): Readonly<Record<string, readonly string[]>> => {
  const found: Record<string, string[]> = {}
  const parser = new SaxesParser()
  let name = ''
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', tag => {
    name = tag.name
  })
  parser.on('text', piece => {
    found[name] = [...(found[name] ?? []), piece.trim()].filter(each => each !== '')
  })
  parser.write(text).close()
  return found
}

t.test('a search is taken away as CSV, workbook or JSON Lines: a file that no cache keeps', async t => {
  const asked: Query[] = []
  const search: typeof memorySearch = {
    ...memorySearch,
    search: (query, ...rest) => {
      asked.push(query)
      return memorySearch.search(query, ...rest)
    },
  }
  const app = await openService(t, {}, { search })
  for (const [format, type] of [
    ['csv', 'text/csv; charset=utf-8'],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['jsonl', 'application/jsonl; charset=utf-8'],
  ] as const) {
    const response = await app.inject(`/api/search.${format}?q=air&theme=sante`)
    t.equal(response.statusCode, 200, format)
    t.match(response.headers, {
      'content-type': type,
      'cache-control': 'no-store',
      'content-disposition': /^attachment; filename="brique-recherche\.[a-z]+"$/,
    })
  }
  t.match(asked[0], { text: 'air', filters: { theme: ['sante'] }, page: 1, size: 1000 })
  await app.inject('/api/search.csv?page=2')
  t.match(asked.at(-1), { page: 2, size: 20 })
  const english = await app.inject('/api/search.csv?q=air&language=en')
  t.match(english.headers, { 'content-language': 'en' })
  t.match(english.body, /^\ufeffRank;SIREN;Name;/)
  const lines = (await app.inject('/api/search.jsonl?q=air')).body
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  t.match(lines, [
    { rank: 1, supplier: { siren: AIR }, facts: [{ property: 'name', source: 'demo', sourceDate: '2026-01-02' }] },
    { rank: 2 },
  ])
})

t.test('a long workbook is written in a thread, and neither names nor the question steer who reads it', async t => {
  const search: typeof memorySearch = {
    ...memorySearch,
    search: async (query, ...rest) => {
      const result = await memorySearch.search(query, ...rest)
      const hits = Array.from({ length: 51 }, () => result.hits)
        .flat()
        .map(hit => ({ ...hit, supplier: { ...hit.supplier, name: 'Firme \u202Etxt.exe\u001b[31m' } }))
      return { ...result, hits }
    },
  }
  const app = await openService(t, {}, { search })
  const file = (format: string) => app.inject(`/api/search.${format}?q=x_x0041_`)
  const workbook = await openArchive((await file('xlsx')).rawPayload)
  const { t: texts = [] } = readXml(await workbook.text('xl/sharedStrings.xml'))
  t.ok(texts.includes('Firme txt.exe[31m'))
  t.ok(texts.includes('x_x005F_x0041_'), 'Excel would read the question as “xA”')
  t.match((await file('csv')).body, ';Firme txt.exe[31m;')
})

t.test('exports refuse what the search refuses, and more than a window', async t => {
  const app = await openService(t)
  for (const parameters of [
    'foo=1',
    'size=1001',
    'page=2&size=1000',
    'language=de',
    'near=Atlantis',
    'sort=distance',
  ]) {
    const response = await app.inject(`/api/search.csv?${parameters}`)
    t.equal(response.statusCode, 400, parameters)
    t.match(response.headers['content-type'], /^application\/problem\+json/, parameters)
  }
  t.equal((await (await openService(t, {}, withoutIndex)).inject('/api/search.atom?q=x')).statusCode, 503)
})

t.test('files count apart from searches, a fifth as many', async t => {
  const app = await openService(t, { RATE_LIMIT: '5' })
  t.equal((await app.inject('/api/search.csv?q=a')).statusCode, 200)
  t.equal((await app.inject('/api/search.xlsx?q=a')).statusCode, 429)
  t.equal((await app.inject('/api/search?q=a')).statusCode, 200)
})

t.test('the feed has the latest first, and identifiers that outlive the server’s name', async t => {
  const later = async (query: Query, ...rest: [language: 'fr' | 'en']) => {
    const result = await memorySearch.search(query, ...rest)
    const [first, second] = result.hits
    if (!first || !second) return result
    return { ...result, hits: [first, { ...second, supplier: { ...second.supplier, updatedAt: '2026-02-03' } }] }
  }
  const app = await openService(
    t,
    { PUBLIC_URL: 'https://brique.example' },
    { search: { ...memorySearch, search: later } },
  )
  const response = await app.inject('/api/search.atom?q=%3Cair%3E&region=53&language=fr')
  t.match(response.headers, { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'no-store' })
  const feed = readXml(response.body)
  t.strictSame(feed['updated'], ['2026-02-03T00:00:00.000Z', '2026-02-03T00:00:00.000Z', '2026-01-02T00:00:00.000Z'])
  t.strictSame(
    feed['title']?.map(each => each.replace(/\s/g, ' ')),
    ['Brique : « <air> »', 'Eau & Fils <SARL>', 'Air Clair'],
  )
  t.match(
    response.body,
    'rel="self" type="application/atom+xml" href="https://brique.example/api/search.atom?q&#61;%3Cair%3E&#38;region&#61;53&#38;language&#61;fr"',
  )
  const elsewhere = await openService(t, {}, { search: { ...memorySearch, search: later } })
  const again = readXml((await elsewhere.inject('/api/search.atom?q=%3Cair%3E&region=53')).body)
  t.strictSame(again['id'], feed['id'])
  t.equal(new Set(feed['id']).size, 3)
  for (const id of feed['id'] ?? [])
    t.match(id, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

t.test('OpenSearch and the sitemap hold whole addresses, of the settings or of the request', async t => {
  const app = await openService(t, { PUBLIC_URL: 'https://brique.example' })
  const english = await app.inject('/en/opensearch.xml')
  t.match(english.headers['content-type'], /^application\/opensearchdescription\+xml/)
  t.match(readXml(english.body), { Language: ['en'], ShortName: ['Brique'] })
  t.match(english.body, 'template="https://brique.example/en/recherche?q&#61;{searchTerms}')
  const { loc = [], lastmod } = readXml((await app.inject('/sitemap.xml')).body)
  t.ok(loc.includes(`https://brique.example/en/fournisseurs/${WATER}`))
  t.strictSame(lastmod, Array(4).fill('2026-01-02'))
  t.equal(new Set(loc).size, loc.length)
  t.match((await app.inject('/robots.txt')).body, '\nSitemap: https://brique.example/sitemap.xml\n')
  const open = await openService(t)
  const asked = await open.inject({ url: '/opensearch.xml', headers: { host: 'x"><script>' } })
  t.match(asked.body, 'template="http://localhost/recherche?')
})

t.test('past 50,000 addresses the sitemap is an index of files, none of them larger', async t => {
  const all = Array.from({ length: 50_001 }, () => ({ siren: AIR, updatedAt: '2026-01-02' }))
  const catalogue = {
    record: () => undefined,
    supplier: () => undefined,
    sources: () => [],
    listed: (offset: number, limit: number) => all.slice(offset, offset + limit),
    counts: () => ({ suppliers: all.length, named: all.length }),
  }
  const app = await openService(t, { PUBLIC_URL: 'https://brique.example' }, { catalogue })
  const { loc = [] } = readXml((await app.inject('/sitemap.xml')).body)
  t.strictSame(
    loc,
    [0, 1, 2, 3].map(part => `https://brique.example/sitemaps/${part}.xml`),
  )
  const count = async (part: number) => (await app.inject(`/sitemaps/${part}.xml`)).body.match(/<url>/g)?.length
  t.equal(await count(1), 50_000)
  t.equal(await count(3), 2)
  t.equal((await app.inject('/sitemaps/4.xml')).statusCode, 404)
})

t.test('two to five suppliers are compared, in either language', async t => {
  const app = await openService(t)
  const { suppliers, criteria } = (await app.inject(`/api/compare?siren=${WATER}&siren=${AIR}`)).json()
  t.match(suppliers, [{ siren: WATER }, { siren: AIR }])
  t.match(criteria[0], { id: 'activity', label: 'Ce qu’elle fait', agreement: 'differs' })
  for (const prefix of ['', '/en']) {
    const response = await app.inject(`${prefix}/comparer?siren=${AIR}&siren=${WATER}`)
    t.equal(response.statusCode, 200)
    t.match(response.headers['cache-control'], 'no-store')
    t.match(response.body, /Eau &#38; Fils &#60;SARL&#62;/)
  }
})

t.test('one comparison has one address, whatever was typed', async t => {
  const app = await openService(t)
  const typed = await app.inject(`/comparer?siren=123%20456%20782&siren=&siren=${AIR}&siren=${WATER}00002`)
  t.equal(typed.statusCode, 400, 'a SIRET whose key is wrong')
  const spaced = await app.inject(`/en/comparer?siren=123%20456%20782&siren=&siren=${WATER}`)
  t.match([spaced.statusCode, spaced.headers.location], [302, `/en/comparer?siren=${AIR}&siren=${WATER}`])
})

t.test(
  'a wrong number of suppliers is a 400, an unknown one a 404; the page proposes others to who has one',
  async t => {
    const app = await openService(t)
    const six = ['123456782', '987654324', '111222337', '000000018', '000104216', '552032534']
      .map(each => `siren=${each}`)
      .join('&')
    for (const [url, status, detail] of [
      ['/api/compare', 400, /2 à 5 fournisseurs/],
      [`/api/compare?siren=${AIR}&siren=${AIR}`, 400, /1 donné/],
      [`/api/compare?${six}`, 400, /6 fournisseurs demandés, 5 au plus/],
      [`/api/compare?siren=${AIR}&siren=12`, 400, /ni un SIREN/],
      [`/api/compare?siren=${AIR}&siren=${UNKNOWN}`, 404, /111\s222\s337/],
      [`/comparer?${six}`, 400, /5 au plus/],
      [`/comparer?siren=${AIR}&siren=${UNKNOWN}`, 404, /111\s222\s337/],
      ['/comparer?foo=1', 400, /paramètre inconnu/],
    ] as const) {
      const response = await app.inject(url)
      t.equal(response.statusCode, status, url)
      t.match(response.body, detail, url)
    }
    const one = await app.inject(`/comparer?siren=${AIR}`)
    t.equal(one.statusCode, 200)
    t.match(one.body, `<input type="checkbox" name="siren" value="${WATER}">`)
    t.notMatch(one.body, `<input type="checkbox" name="siren" value="${AIR}">`)
    const withoutEngine = await openService(t, {}, withoutIndex)
    t.equal((await withoutEngine.inject(`/comparer?siren=${AIR}`)).statusCode, 200)
  },
)
