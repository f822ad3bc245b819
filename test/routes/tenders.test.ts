import { Writable } from 'node:stream'
import t from 'tap'
import type { EngineQuery, Searcher } from '../../src/engine/engine.ts'
import { createTenders } from '../../src/search/tender/create-tenders.ts'
import { archive, docx, pdf } from '../support/documents.ts'
import { openService } from '../support/service.ts'

/** The route over an engine that knows nobody: what is read and refused, what is kept, and what is shown. */

const EMPTY: Pick<Searcher, 'search' | 'suppliers'> = {
  search: async () => ({ total: 0, candidates: [], facets: {} }),
  suppliers: async () => new Map(),
}
const engine: Searcher = {
  ...EMPTY,
  complete: async () => [],
  corrections: async () => [],
  state: async () => ({ engine: 'memory', version: '1', builtAt: '2026-01-03T04:05:06.000Z', suppliers: 0 }),
}
const tenders = createTenders(engine, () => [])

const TEXT = 'Le marché porte sur la fourniture d’un réseau LoRaWAN. Un affichage dynamique pourra être proposé.'
const BOUNDARY = 'limite'

interface Part {
  readonly name: string
  readonly value: string | Uint8Array
  readonly filename?: string
}

/** A multipart request of these parts. */
const form = (parts: readonly Part[], url = '/api/tenders') => {
  const chunks = parts.flatMap(({ name, value, filename }) => {
    const file = filename === undefined ? '' : `; filename="${filename}"\r\nContent-Type: application/octet-stream`
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`
    return [Buffer.from(head), Buffer.from(value), Buffer.from('\r\n')]
  })
  return {
    method: 'POST' as const,
    url,
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    payload: Buffer.concat([...chunks, Buffer.from(`--${BOUNDARY}--\r\n`)]),
  }
}
const upload = (value: Uint8Array, url?: string) => form([{ name: 'file', filename: 'cctp', value }], url)
const plain = (payload: string) => ({
  ...{ method: 'POST' as const, url: '/api/tenders', payload },
  headers: { 'content-type': 'text/plain' },
})

t.test('text, JSON, a field and a file are read alike', async t => {
  const app = await openService(t, {}, { tenders })
  const requests = {
    text: plain(TEXT),
    json: { method: 'POST' as const, url: '/api/tenders', payload: { text: TEXT } },
    field: form([{ name: 'text', value: TEXT }]),
    file: upload(docx(`<w:p><w:r><w:t>${TEXT}</w:t></w:r></w:p>`)),
  }
  for (const [kind, request] of Object.entries(requests)) {
    const response = await app.inject(request)
    t.equal(response.statusCode, 200, kind)
    t.equal(response.headers['cache-control'], 'no-store')
    t.match(response.json(), {
      bricks: [
        { id: 'lorawan', status: 'required', evidence: [{ span: 'réseau LoRaWAN', section: 0 }] },
        { id: 'affichage-dynamique', status: 'optional' },
      ],
      uncovered: [{ brick: 'lorawan' }, { brick: 'affichage-dynamique' }],
    })
  }
  const paged = await app.inject(upload(pdf([['Objet'], ['La fourniture de capteurs LoRaWAN.']])))
  t.match(paged.json(), { document: { pages: 2 }, bricks: [{ id: 'lorawan', evidence: [{ page: 2 }] }] })
})

t.test('what cannot be read is refused with its status, its name and a remedy', async t => {
  const app = await openService(t, {}, { tenders })
  const bodies = {
    empty: [422, plain('  \n')],
    'too-long': [413, plain('mot '.repeat(300_000))],
    'too-large': [413, upload(new Uint8Array(10 * 1024 * 1024 + 1))],
    unsupported: [415, upload(archive([{ name: 'a', content: 'a' }]))],
    encrypted: [422, upload(archive([{ name: 'word/document.xml', content: 'a', encrypted: true }]))],
    damaged: [422, upload(Buffer.from('%PDF-1.4 rien'))],
  } as const
  for (const [code, [status, request]] of Object.entries(bodies)) {
    const response = await app.inject(request)
    t.equal(response.statusCode, status, code)
    t.match(response.headers['content-type'], 'application/problem+json')
    t.match(response.json(), { status, code, detail: /.{30}/ })
  }
  const json = (payload: object) => ({ method: 'POST' as const, url: '/api/tenders', payload })
  t.equal((await app.inject(json({ text: 'a'.repeat(300_000) }))).statusCode, 413, 'JSON has its own limit')
  for (const wrong of [
    json({}),
    json({ text: TEXT, weights: { price: 3 } }),
    json({ text: TEXT, weights: { cyber: 4 } }),
    json({ text: TEXT, near: 'Nulle-Part-les-Oies' }),
    form([
      { name: 'text', value: TEXT },
      { name: 'inconnu', value: '1' },
    ]),
    form([{ name: 'weight.cyber', value: 'NaN' }]),
    form([
      { name: 'file', filename: 'a', value: TEXT },
      { name: 'file', filename: 'b', value: TEXT },
    ]),
  ]) {
    const response = await app.inject(wrong)
    t.equal(response.statusCode, 400, response.body)
  }
  t.equal((await app.inject({ ...plain(TEXT), headers: { 'content-type': 'image/png' } })).statusCode, 415)
  const english = await app.inject({ ...plain(''), headers: { 'content-type': 'text/plain', 'accept-language': 'en' } })
  t.match(english.json().detail, 'There is no text')
})

t.test('ten files an hour and address are read; text still is', async t => {
  const app = await openService(t, { RATE_LIMIT: '60' }, { tenders })
  const statuses: number[] = []
  for (let i = 0; i < 11; i++) statuses.push((await app.inject(upload(Buffer.from('{\\rtf1')))).statusCode)
  t.strictSame(statuses, [...Array.from({ length: 10 }, () => 415), 429])
  const refused = await app.inject(upload(Buffer.from(TEXT)))
  t.equal(refused.json().code, 'too-many-uploads')
  t.ok(Number(refused.headers['retry-after']) > 3000)
  t.equal((await app.inject(plain(TEXT))).statusCode, 200)
})

t.test('nothing of a text or of a file’s name reaches the log', async t => {
  const lines: string[] = []
  const logStream = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  const failing = { analyse: () => Promise.reject(new Error('broken')) }
  for (const service of [tenders, failing]) {
    const app = await openService(t, { LOG_LEVEL: 'trace' }, { tenders: service, logStream })
    await app.inject(plain(`${TEXT} zyxwvut`))
    await app.inject(form([{ name: 'file', filename: 'zyxwvut.txt', value: `${TEXT} zyxwvut` }]))
    await app.inject(
      form(
        [
          { name: 'text', value: 'zyxwvut' },
          { name: 'zyxwvut', value: 'zyxwvut' },
        ],
        '/besoin',
      ),
    )
  }
  t.ok(lines.length >= 6)
  t.notMatch(lines.join(''), /zyxwvut/)
})

t.test('the page shows the analysis, carries text and choices in its form, and is inert', async t => {
  const app = await openService(t, {}, { tenders })
  for (const [url, heading] of [
    ['/besoin', 'Analyser un besoin'],
    ['/en/besoin', 'Analyse a need'],
  ] as const) {
    const empty = await app.inject(url)
    t.equal(empty.statusCode, 200)
    t.match(empty.body, `<h1>${heading}</h1>`)
    const hostile = `${TEXT} "><script>alert(1)</script>`
    const shown = await app.inject(
      form(
        [
          { name: 'text', value: hostile },
          { name: 'file', filename: '', value: '' },
          { name: 'name', value: '<img src=x>' },
          { name: 'weight.cyber', value: '2' },
          { name: 'status.lorawan', value: 'optional' },
          { name: 'term', value: '"><svg onload=x>' },
          { name: 'missing', value: '<b>radon</b>' },
          { name: 'region', value: '' },
        ],
        url,
      ),
    )
    t.equal(shown.statusCode, 200)
    t.notMatch(shown.body, /<script>alert|<img src=x|<svg onload|<b>radon/)
    t.match(shown.body, /name="text" value="[^"]*LoRaWAN/)
    t.match(shown.body, /name="weight.cyber" value="2" checked/)
    t.match(
      shown.body,
      /name="status.lorawan"[^>]*>(?:<option value="\w+" ?>[^<]*<\/option>)<option value="optional" selected>/,
    )
    t.match(shown.body, /ni sélection des candidatures|neither a selection of candidates/)
    t.match(shown.body, '<meta name="robots" content="noindex">')
    const refused = await app.inject(form([{ name: 'text', value: '' }], url))
    t.equal(refused.statusCode, 422)
    t.match(refused.body, 'role="alert"')
  }
})

t.test('the page filters by département and opens the other sentences of a brick', async t => {
  const app = await openService(t, {}, { tenders })
  const text = `${TEXT} Le réseau LoRaWAN doit couvrir la ville. Le titulaire installe dix antennes LoRaWAN.`
  const shown = await app.inject(
    form(
      [
        { name: 'text', value: text },
        { name: 'department', value: '2A' },
      ],
      '/besoin',
    ),
  )
  t.equal(shown.statusCode, 200)
  t.match(shown.body, /<option value="19" ?>[^<]*<\/option><option value="2A" selected>Corse-du-Sud \(2A\)<\/option>/)
  t.match(shown.body, /<details class="more-facts"><summary>2\sautres phrases<\/summary>/u)
})

t.test('ranges narrow the suppliers of a need, from JSON and from the page, which keeps them', async t => {
  const asked: EngineQuery[] = []
  const spied: Searcher = {
    ...engine,
    search: async query => {
      asked.push(query)
      return { total: 0, candidates: [], facets: {} }
    },
  }
  const app = await openService(t, {}, { tenders: createTenders(spied, () => []) })
  const json = (filters: object) =>
    app.inject({ method: 'POST', url: '/api/tenders', payload: { text: TEXT, filters, missing: { text: 'capteur' } } })
  const ranges = { founded: { from: 2010, to: 2020 }, updated: { from: '2026-01-01' } }
  t.equal(
    (await json({ region: ['53'], foundedFrom: 2010, foundedTo: 2020, updatedSince: '2026-01-01' })).statusCode,
    200,
  )
  t.ok(asked.length > 2)
  t.ok(asked.every(query => query.filters.region?.[0] === '53' && !('foundedFrom' in query.filters)))
  t.strictSame([...new Set(asked.map(query => JSON.stringify(query.ranges)))], [JSON.stringify(ranges)])
  asked.length = 0
  t.equal((await json({})).statusCode, 200)
  t.ok(asked.every(query => query.ranges === undefined))
  for (const filters of [{ foundedFrom: 1799 }, { foundedFrom: 2011, foundedTo: 2010 }, { updatedSince: 'hier' }])
    t.equal((await json(filters)).statusCode, 400, JSON.stringify(filters))

  asked.length = 0
  const fields = { text: TEXT, foundedFrom: '2010', foundedTo: '2020', updatedSince: '2026-01-01' }
  const page = (given: Readonly<Record<string, string>>) =>
    app.inject(
      form(
        Object.entries(given).map(([name, value]) => ({ name, value })),
        '/besoin',
      ),
    )
  const shown = await page(fields)
  t.equal(shown.statusCode, 200)
  t.strictSame([...new Set(asked.map(query => JSON.stringify(query.ranges)))], [JSON.stringify(ranges)])
  t.match(shown.body, /name="foundedFrom" form="analyse" type="number"[^>]* value="2010"/)
  t.match(shown.body, /name="updatedSince" form="analyse" type="date" value="2026-01-01"/)
  asked.length = 0
  t.equal((await page({ ...fields, foundedFrom: '', foundedTo: '', updatedSince: '' })).statusCode, 200)
  t.ok(
    asked.every(query => query.ranges === undefined),
    'empty boxes are no bounds',
  )
  const refused = await page({ ...fields, foundedTo: 'bientôt' })
  t.equal(refused.statusCode, 400)
  t.match(refused.body, /«\sfoundedTo\s»/)
})
