import { Writable } from 'node:stream'
import t, { type Test } from 'tap'
import { createCorrections } from '../../src/corrections/create-corrections.ts'
import { createMailer } from '../../src/mail/mailer.ts'
import { emptyCatalogue, load, stated, version } from '../support/catalogue.ts'
import { markup } from '../support/html.ts'
import { mailText, startMailServer } from '../support/mail-server.ts'
import { answerChecker } from '../support/openapi.ts'
import { openService } from '../support/service.ts'
import { inventedSiren } from '../support/suppliers.ts'

/** The pages of corrections without script, and their API. */

const FIRM = inventedSiren(1)
const FORM = `/fournisseurs/${FIRM}/corriger`
const HOSTILE = '"><script>alert(1)</script></textarea><img src=x onerror=alert(1)>'

const stand = async (t: Test, env: Readonly<Record<string, string>> = {}) => {
  const catalogue = emptyCatalogue(t)
  load(catalogue, version('file:liste', 'a'), [
    stated(FIRM, 'name', 'Capteurs <b>du</b> Léon'),
    stated(FIRM, 'website', 'https://www.capteurs.example/'),
    stated(FIRM, 'tagline', 'Ce que dit la liste.'),
    stated(FIRM, 'tag', 'ancien'),
    stated(FIRM, 'offer', { kind: 'service', name: 'Pose', bricks: [] }),
  ])
  const { url, received } = await startMailServer(t)
  const mailer = createMailer({ url, from: 'brique@brique.example' })
  t.teardown(() => mailer.close())
  const records: string[][] = []
  const corrections = createCorrections({
    ...{ catalogue, mailer, publicUrl: 'https://brique.example' },
    ...{ resolveTxt: async () => records, fetchFile: async () => undefined },
  })
  const log: string[] = []
  const logStream = new Writable({
    write: (chunk, _encoding, done) => {
      log.push(String(chunk))
      done()
    },
  })
  const settings = { LOG_LEVEL: 'trace', ...env }
  const app = await openService(t, settings, { catalogue, corrections, changes: catalogue, logStream })
  const post = (address: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: address,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(fields).toString(),
    })
  return { app, catalogue, received, records, log, post }
}

t.test('the whole way of a correction works without script, and no log line has its secrets', async t => {
  const { app, received, log, post } = await stand(t)
  const form = await app.inject(FORM)
  t.match(form.body, /<textarea id="tagline"[^>]*>\s*Ce que dit la liste\.<\/textarea>/)
  t.match(form.body, 'Domaine à montrer : capteurs.example'.replaceAll(' :', '\u00a0:'))
  const made = await post(FORM, {
    kind: 'correct',
    tagline: 'Nos mots',
    roles: 'shown',
    role: 'publisher',
    tags: 'ancien',
    offerKind: 'service',
    offerName: 'Pose',
    offerDescription: '',
  })
  t.equal(made.statusCode, 303)
  const address = String(made.headers.location)
  t.match(address, /^\/corrections\/[\w-]{43}$/)
  const page = await app.inject(address)
  t.match(page.headers, { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': /noindex/ })
  t.match(page.body, '<meta name="robots" content="noindex">')
  t.match(page.body, /Attend une preuve[\s\S]*Nos mots[\s\S]*Éditeur/)
  t.notMatch(page.body, 'Pose', 'what stays as it is, is not asked for')
  t.match((await app.inject(`/en${address}`)).body, 'Waiting for proof')
  const wrong = await post(`${address}/preuve`, { method: 'mail', email: 'x@gmail.com' })
  t.match([wrong.statusCode, wrong.body], [400, /role="alert"/])
  const sent = await post(`${address}/preuve`, { method: 'mail', email: 'contact@capteurs.example' })
  t.match([sent.statusCode, sent.body], [200, /role="status"/])
  const [mail] = received
  const link =
    /https:\/\/brique\.example(\/corrections\/confirmer\/[\w-]{43})/.exec(mail ? mailText(mail) : '')?.[1] ?? ''
  const shown = await app.inject(link)
  t.match([shown.statusCode, shown.body, shown.headers['referrer-policy']], [200, /value="confirm"/, 'no-referrer'])
  t.match((await app.inject(address)).body, 'Attend une preuve', 'opening the link confirms nothing')
  t.match((await post(link, { answer: '' })).body, /value="confirm"/, 'nor does it decline without that button')
  const done = await post(link, { answer: 'confirm' }, { 'sec-fetch-site': 'same-origin', origin: 'null' })
  t.match([done.statusCode, done.body], [200, /Acceptée/])
  t.equal((await post(link, { answer: 'confirm' })).statusCode, 410)
  t.equal((await app.inject(link)).statusCode, 410)
  t.match((await app.inject(`/fournisseurs/${FIRM}`)).body, /Nos mots[\s\S]*Éditeur/)
  const secrets = [address.split('/')[2] ?? '', link.split('/')[3] ?? '', 'contact@', 'Nos mots']
  for (const secret of secrets) t.notOk(log.join('').includes(secret), secret)
})

t.test('a form that is refused comes back with what was typed, inert, and says why', async t => {
  const { app, post } = await stand(t)
  const plain = await post(FORM, { kind: 'correct', tagline: 'x', bricks: 'aucune brique' })
  const hostile = await post(FORM, { kind: 'correct', tagline: HOSTILE, bricks: 'aucune brique', comment: HOSTILE })
  t.strictSame([plain.statusCode, hostile.statusCode], [400, 400])
  t.match(hostile.body, /role="alert"/)
  t.strictSame(markup(hostile.body), markup(plain.body))
  t.notMatch(hostile.body, '<script>alert')
  t.match((await post(`/en${FORM}`, { kind: 'remove' })).body, 'Tick the box')
  const made = await post(FORM, { kind: 'correct', tagline: HOSTILE, comment: HOSTILE })
  const other = await post(FORM, { kind: 'correct', tagline: 'autre' })
  const pages = await Promise.all([made, other].map(({ headers }) => app.inject(String(headers.location))))
  const tags = pages.map(({ body }) => markup(body.replaceAll(/[\w-]{43}/g, '')).length)
  t.equal(tags[0], tags[1])
  for (const [address, status] of [
    [`/corrections/${'x'.repeat(43)}`, 404],
    ['/corrections/court', 404],
    [`/corrections/confirmer/${'x'.repeat(43)}`, 410],
    [`/fournisseurs/${inventedSiren(9)}/corriger`, 404],
    ['/fournisseurs/123/corriger', 400],
  ] as const)
    t.equal((await app.inject(address)).statusCode, status, address)
  t.equal((await post(FORM, { kind: 'correct', siret: '1' })).statusCode, 400, 'an unknown field is named')
})

t.test('forms are sent from this site alone; five requests an hour and address, of pages and API together', async t => {
  const { app, post } = await stand(t, { RATE_LIMIT: '60' })
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://autre.example' }])
    t.equal((await post(FORM, { kind: 'correct', tagline: 'x' }, headers)).statusCode, 403)
  const propose = (n: number) => post('/sites/proposer', { siren: inventedSiren(n), url: `https://s${n}.example` })
  for (let n = 10; n < 14; n++) t.equal((await propose(n)).statusCode, 303)
  const json = { method: 'POST', url: `/api/suppliers/${FIRM}/corrections` } as const
  t.equal((await app.inject({ ...json, payload: { declared: { tagline: 'un' } } })).statusCode, 201)
  const refused = await app.inject({ ...json, payload: { declared: { tagline: 'deux' } } })
  t.match(
    [refused.statusCode, refused.json(), refused.headers['retry-after']],
    [429, { code: 'too-many-requests' }, /^\d+$/],
  )
  const page = await propose(14)
  t.match([page.statusCode, page.body], [429, /role="alert"/])
})

t.test('the API makes, reads and proves a request, as /openapi.json describes it', async t => {
  const { app, catalogue, records } = await stand(t)
  const check = await answerChecker(app)
  const made = await app.inject({
    method: 'POST',
    url: `/api/suppliers/${FIRM}/corrections`,
    payload: { declared: { tagline: 'Nos mots', tags: ['neuf'], offers: [{ kind: 'product', name: 'Balise' }] } },
  })
  const { id, status } = made.json()
  t.match([made.statusCode, made.headers['cache-control']], [201, 'no-store'])
  const read = await app.inject(`/api/corrections/${id}`)
  t.strictSame(check('/api/corrections/{id}', 200, String(read.headers['content-type']), read.json()), [])
  t.strictSame(read.json(), status)
  const prove = (payload: object) => app.inject({ method: 'POST', url: `/api/corrections/${id}/proof`, payload })
  t.match((await prove({ method: 'dns' })).json(), { status: 400, code: 'not-shown' })
  t.equal((await prove({ method: 'letter' })).statusCode, 400)
  records.push([status.instructions.dns.value])
  t.match((await prove({ method: 'dns' })).json(), { outcome: 'shown', status: { state: 'accepted', proof: 'dns' } })
  t.match(catalogue.supplier(FIRM), { tags: ['neuf'], offers: [{ name: 'Balise' }] })
  t.match((await app.inject('/api/corrections/no')).json(), { status: 404, code: 'no-request' })
  const tooLong = await app.inject({
    ...{ method: 'POST', url: '/api/sites' },
    payload: { siren: FIRM, url: 'x'.repeat(501) },
  })
  t.equal(tooLong.statusCode, 400)
  t.equal(
    (await (await openService(t)).inject({ method: 'POST', url: '/api/sites', payload: { siren: FIRM, url: 'a' } }))
      .statusCode,
    503,
  )
})

t.test(
  'a profile’s feed tells what changed, when and by which source; the feed of a search is dated by it',
  async t => {
    const { app, catalogue } = await stand(t)
    const at = catalogue.changedAt(FIRM)
    load(catalogue, version('ilab', 'b', { importedAt: '2027-01-01T00:00:00.000Z' }), [stated(FIRM, 'founded', 2019)])
    const feed = await app.inject(`/api/suppliers/${FIRM}/changes.atom?language=fr`)
    t.match(feed.headers['content-type'], /^application\/atom\+xml/)
    const titles = [...feed.body.matchAll(/<title>([^<]*)<\/title>\n<updated>([^<]*)/g)].map(match => match.slice(1))
    t.strictSame(titles, [
      ['A changé\u00a0: création', catalogue.changedAt(FIRM)],
      ['Fiche créée', at],
    ])
    t.match(feed.body, /<summary>D’après.*Source ilab<\/summary>/)
    t.notMatch(feed.body, '<b>')
    t.match((await app.inject(`/fournisseurs/${FIRM}`)).body, `/api/suppliers/${FIRM}/changes.atom`)
    t.equal((await app.inject(`/api/suppliers/${inventedSiren(9)}/changes.atom`)).statusCode, 404)
    const dated = await openService(
      t,
      {},
      {
        changes: { profileChanges: () => [], changedAt: () => '2026-05-06T07:08:09.000Z' },
      },
    )
    const search = (await dated.inject('/api/search.atom')).body
    t.strictSame(
      new Set([...search.matchAll(/<updated>([^<]*)/g)].map(match => match[1])),
      new Set(['2026-05-06T07:08:09.000Z']),
    )
  },
)
