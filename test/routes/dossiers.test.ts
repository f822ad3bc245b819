import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { SaxesParser } from 'saxes'
import t, { type Test } from 'tap'
import { createDossiers, type DossierLimits } from '../../src/dossiers/create-dossiers.ts'
import type { Dossiers } from '../../src/dossiers/dossiers.ts'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import type { Searcher } from '../../src/engine/engine.ts'
import type { FrozenSupplier } from '../../src/model/dossier.ts'
import type { Query } from '../../src/model/query.ts'
import type { Siren } from '../../src/model/siren.ts'
import { inThread } from '../../src/routes/file-thread.ts'
import type { App, Services } from '../../src/routes/services.ts'
import { createSearch } from '../../src/search/create-search.ts'
import { expandSupplier } from '../../src/search/expand.ts'
import { createTenders } from '../../src/search/tender/create-tenders.ts'
import { openDossierStore } from '../../src/store/dossiers.ts'
import { openArchive } from '../../src/upload/archive.ts'
import { emptyCatalogue, load, stated, version } from '../support/catalogue.ts'
import { markup } from '../support/html.ts'
import { AIR, memorySearch, openService, UNKNOWN, WATER } from '../support/service.ts'
import { sharedPath } from '../support/shared-data.ts'
import { inventedSiren } from '../support/suppliers.ts'

const LIMITS: DossierLimits = { retentionDays: 365, dossierMb: 20, storeMb: 100 }

interface Desk {
  readonly app: App
  readonly dossiers: Dossiers
  /** Moves the clock of the dossiers. */
  readonly later: (days: number) => void
}

const openDesk = async (
  t: Test,
  {
    env = {},
    limits = {},
    ...replaced
  }: Partial<Services> & { env?: Record<string, string>; limits?: Partial<DossierLimits> } = {},
): Promise<Desk> => {
  const clock = { now: Date.parse('2026-11-22T10:00:00Z') }
  const store = openDossierStore(join(t.testdir(), 'dossiers.db'))
  const dossiers = createDossiers(store, { ...LIMITS, ...limits }, () => new Date(clock.now))
  const app = await openService(t, env, { dossiers, ...replaced })
  t.teardown(() => dossiers.close())
  const later = (days: number): void => {
    clock.now += days * 86_400_000
  }
  return { app, dossiers, later }
}

const freeze = (app: App, body: object) => app.inject({ method: 'POST', url: '/api/dossiers', payload: body })

const engine: Searcher = {
  search: async () => ({ total: 0, candidates: [], facets: {} }),
  suppliers: async () => new Map(),
  complete: async () => [],
  corrections: async () => [],
  state: async () => ({ engine: 'memory', version: '1', builtAt: '2026-01-03T04:05:06.000Z', suppliers: 0 }),
}

/** The search and the index of the common service, for tests that replace them. */
const current: { search: Services['search']; index: string } = { search: memorySearch, index: '1' }
const useSearch = (t: Test, search: Services['search']['search']): void => {
  current.search = { ...memorySearch, search }
  t.teardown(() => {
    current.search = memorySearch
  })
}
/** One service for most tests: making one takes a quarter of a second. */
const common = openDesk(t, {
  search: { ...memorySearch, search: (...asked) => current.search.search(...asked) },
  engine: { state: async () => ({ ...(await engine.state()), version: current.index }) },
  tenders: createTenders(engine, () => []),
})

const SEARCH = { kind: 'search', search: { q: 'capteur d’air', theme: ['sante'] } }

const BOUNDARY = 'limite'
/** A form as a page sends it. */
const form = (url: string, fields: readonly (readonly [string, string])[]) => ({
  method: 'POST' as const,
  url,
  headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  payload: `${fields.map(([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--${BOUNDARY}--\r\n`,
})
const typed = (url: string, fields: Record<string, string>) => ({
  method: 'POST' as const,
  url,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  payload: new URLSearchParams(fields).toString(),
})

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

t.test('a search is frozen with its reasons, facts, sources, index and method, and its hash verifies', async t => {
  const { app } = await common
  const made = await freeze(app, { ...SEARCH, title: 'Air des écoles', language: 'fr' })
  t.equal(made.statusCode, 201, made.body)
  const { id, key, hash } = made.json()
  t.match(id, /^[A-Za-z0-9_-]{24}$/)
  t.match(key, /^[A-Za-z0-9_-]{43}$/)
  const read = await app.inject(`/api/dossiers/${id}`)
  t.equal(sha256(read.rawPayload), hash)
  t.match(read.headers, {
    etag: `"${hash}"`,
    'repr-digest': `sha-256=:${Buffer.from(hash, 'hex').toString('base64')}:`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': /noindex/,
    'content-type': 'application/json; charset=utf-8',
  })
  t.match(read.json(), {
    ...{ format: 'brique-dossier/1', id, kind: 'search', language: 'fr', title: 'Air des écoles' },
    ...{ createdAt: '2026-11-22T10:00:00.000Z', expiresAt: '2027-11-22T10:00:00.000Z', order: { by: 'relevance' } },
    index: { version: '1', builtAt: '2026-01-03T04:05:06.000Z' },
    program: { name: 'Brique', version: /^[0-9]+\.[0-9]+\.[0-9]+$/ },
    sources: [{ id: 'demo', date: '2026-01-02', licence: 'Licence Ouverte 2.0' }],
    method: { url: /\/a-propos#classement$/, ranking: { fields: { name: Number }, exact: Number } },
    search: { parameters: { q: 'capteur d’air', theme: ['sante'] }, total: 2 },
    suppliers: [
      { rank: 1, siren: AIR, score: 1.5, hit: { explanation: [{ value: 1.5 }], passages: [{ sourceUrl: String }] } },
      {
        rank: 2,
        siren: WATER,
        facts: [{ property: 'name', provenance: { source: 'demo', sourceDate: '2026-01-02' } }],
      },
    ],
  })
  t.notMatch(read.body, key, 'the key is in no document')
  const again = await app.inject({ url: `/api/dossiers/${id}`, headers: { 'if-none-match': `"${hash}"` } })
  t.equal(again.statusCode, 304)
})

t.test('canonical JSON orders names by code units and leaves nothing out of the hash', async t => {
  const { app } = await common
  const { id } = (await freeze(app, SEARCH)).json()
  const { body } = await app.inject(`/api/dossiers/${id}`)
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([k, v]) => [k, sorted(v)]),
    )
  }
  t.equal(body, JSON.stringify(sorted(JSON.parse(body))))
})

t.test('frozen bytes outlive a new catalogue, a rebuilt index and the process; the page says what changed', async t => {
  const catalogue = emptyCatalogue(t)
  const folder = dirname(catalogue.path)
  const about = (siren: Siren, name: string, description: string) => [
    stated(siren, 'name', name, { evidence: 'attested' }),
    stated(siren, 'description', description),
  ]
  const openAll = async () => {
    const build = createEmbeddedBuild(folder)
    for (const each of catalogue.suppliersInOrder()) await build.add(expandSupplier(each))
    await build.commit(catalogue.lastSeq())
    const live = openEmbeddedEngine(folder)
    const dossiers = createDossiers(openDossierStore(join(folder, 'dossiers.db')), LIMITS)
    const app = await openService(t, {}, { dossiers, catalogue, engine: live, search: createSearch(live) })
    const close = async (): Promise<void> => {
      dossiers.close()
      await live.close()
    }
    return { app, close }
  }
  load(catalogue, version('ilab', 'a'), [
    ...about(AIR, 'Air Clair', 'Drone de mesure, drone de secours et drone de forêt.'),
    ...about(WATER, 'Eau Vive', 'Un drone.'),
  ])
  const then = await openAll()
  const { id, hash } = (await freeze(then.app, { kind: 'search', search: { q: 'drone' } })).json()
  const before = (await then.app.inject(`/api/dossiers/${id}`)).rawPayload
  const frozen = JSON.parse(before.toString())
  t.equal(frozen.search.total, 2)
  const [first, second] = frozen.suppliers
  t.match((await then.app.inject(`/dossiers/${id}`)).body, /Rien\s: même index/)
  await then.close()

  load(catalogue, version('ilab', 'b', { date: '2026-06-01' }), [
    ...about(second.siren, second.name, 'Un drone de forêt et un drone de rivière.'),
    ...about(UNKNOWN, 'Nouvelle Venue', 'Un drone.'),
  ])
  const now = await openAll()
  t.teardown(now.close)
  const read = await now.app.inject(`/api/dossiers/${id}`)
  t.ok(read.rawPayload.equals(before))
  t.equal(sha256(read.rawPayload), hash)
  const { index, ...changes } = (await now.app.inject(`/api/dossiers/${id}/changes`)).json()
  t.not(index.frozen, index.today)
  t.match(changes, {
    sources: [{ id: 'ilab', frozen: '2025-01-01', today: '2026-06-01' }],
    results: { frozen: 2, today: 2, arrived: [{ siren: UNKNOWN }], left: [{ siren: first.siren, rank: 1 }] },
  })
  t.match(
    changes.suppliers.find((each: { siren: string }) => each.siren === first.siren),
    { gone: true },
  )
  t.match(
    changes.suppliers.find((each: { siren: string }) => each.siren === second.siren),
    { gone: false, added: ['description'], removed: ['description'] },
  )
  const page = (await now.app.inject(`/dossiers/${id}`)).body
  t.match(page, `L’index ${index.frozen} n’est plus en ligne`)
  t.match(page, 'Nouvelle Venue (rang ')
  t.match(page, `<h3 id="s-${first.siren}">`, 'who left stays in the dossier')
})

t.test(
  'decisions are a second document, written with the key, shown by page and files, the rejected included',
  async t => {
    const { app } = await common
    const { id, key, hash } = (await freeze(app, SEARCH)).json()
    t.match((await app.inject(`/api/dossiers/${id}/annotations`)).json(), { version: 0, entries: [] })
    const open = await app.inject(typed(`/dossiers/${id}`, { action: 'open', key }))
    t.match(open.body, `name="reason.${AIR}"`)
    t.equal((await app.inject(`/dossiers/${id}`)).body.includes(`name="reason.${AIR}"`), false)
    const saved = await app.inject(
      typed(`/dossiers/${id}`, {
        ...{ action: 'save', key, [`decision.${AIR}`]: 'kept', [`reason.${AIR}`]: ' Posé\ndans trois écoles ' },
        ...{ [`decision.${WATER}`]: 'rejected', [`reason.${WATER}`]: '=cmd|x' },
      }),
    )
    t.equal(saved.statusCode, 200)
    t.match((await app.inject(`/api/dossiers/${id}/annotations`)).json(), {
      version: 1,
      savedAt: '2026-11-22T10:00:00.000Z',
      entries: [
        { siren: AIR, decision: 'kept', reason: 'Posé dans trois écoles' },
        { siren: WATER, decision: 'rejected', reason: '=cmd|x' },
      ],
    })
    t.match((await app.inject(`/dossiers/${id}`)).body, /Retenu.*Posé dans trois écoles.*Écarté/s)
    const csv = (await app.inject(`/api/dossiers/${id}/export.csv`)).body
    t.match(csv, /;Retenu;Posé dans trois écoles;/)
    t.match(csv, /;Écarté;'=cmd\|x;/)
    t.equal(sha256((await app.inject(`/api/dossiers/${id}`)).rawPayload), hash, 'the frozen document is as it was')
    const put = (entries: readonly object[]) =>
      app.inject({
        ...{ method: 'PUT', url: `/api/dossiers/${id}/annotations`, payload: { entries } },
        headers: { 'x-dossier-key': key },
      })
    t.equal((await put([{ siren: AIR, decision: 'undecided', reason: '' }])).json().entries.length, 0)
    t.equal((await put([{ siren: AIR, decision: 'kept', reason: 'x'.repeat(501) }])).statusCode, 400)
    t.match((await put([{ siren: UNKNOWN, decision: 'kept', reason: '' }])).json(), { status: 400, code: 'not-listed' })
  },
)

t.test('who saves over decisions that were not read is told, keeps what was typed, and may save again', async t => {
  const { app } = await common
  const { id, key } = (await freeze(app, SEARCH)).json()
  const save = (version: string, siren: Siren, reason: string) =>
    app.inject(typed(`/dossiers/${id}`, { action: 'save', key, version, [`reason.${siren}`]: reason }))
  const saved = async () => (await app.inject(`/api/dossiers/${id}/annotations`)).json()
  t.match((await app.inject(typed(`/dossiers/${id}`, { action: 'open', key }))).body, 'name="version" value="0"')
  t.equal((await save('0', AIR, 'Vu sur place')).statusCode, 200)
  const late = await save('0', WATER, 'Trop loin')
  t.equal(late.statusCode, 409)
  t.match(late.body, /Rien n’a été enregistré.*name="version" value="1"/s)
  t.match(late.body, `name="reason.${WATER}" form="decisions" maxlength="500" autocomplete="off"`)
  t.match(late.body, 'value="Trop loin"')
  t.match(await saved(), { version: 1, entries: [{ siren: AIR, reason: 'Vu sur place' }] })
  t.equal((await save('1', WATER, 'Trop loin')).statusCode, 200)
  t.equal((await save('x', WATER, '')).statusCode, 400)
  const put = await app.inject({
    ...{ method: 'PUT', url: `/api/dossiers/${id}/annotations`, payload: { entries: [], version: 1 } },
    headers: { 'x-dossier-key': key },
  })
  t.match(put.json(), { status: 409, code: 'stale', detail: /version 2/ })
  t.match(await saved(), { version: 2, entries: [{ siren: WATER }] })
})

t.test('old versions of decisions are kept as long as they are short: nobody fills the store with them', t => {
  const store = openDossierStore(join(t.testdir(), 'dossiers.db'))
  t.teardown(() => store.close())
  const dossier = { id: 'x', createdAt: '2026', expiresAt: '2027', hash: '', packed: new Uint8Array(1), size: 1 }
  store.add(dossier, new Uint8Array(32))
  const write = (bytes: number): number =>
    store.annotate('x', '2026', 'é'.repeat(bytes / 2), { versions: 3, bytes: 100 })
  t.strictSame([20, 20, 20, 20].map(write), [1, 2, 3, 4])
  t.equal(store.usedBytes(), 1 + 60, 'three versions')
  write(70)
  t.equal(store.usedBytes(), 1 + 20 + 70, 'those that are within the bytes with the last')
  write(400)
  t.equal(store.usedBytes(), 1 + 400, 'the last is kept whatever its length')
  t.match(store.annotations('x'), { version: 6 })
  t.end()
})

t.test('what is deleted leaves the files too, though a backup was reading them', t => {
  const folder = t.testdir()
  const path = join(folder, 'dossiers.db')
  const store = openDossierStore(path)
  t.teardown(() => store.close())
  const left = (): boolean => readdirSync(folder).some(name => readFileSync(join(folder, name)).includes('TRACE'))
  const add = (id: string): void => {
    const packed = Buffer.from('TRACE'.repeat(2000))
    store.add({ id, createdAt: '2026', expiresAt: '2027', hash: '', packed, size: 1 }, new Uint8Array(32))
    store.annotate(id, '2026', 'TRACE', { versions: 1, bytes: 100 })
  }
  add('x')
  t.ok(left())
  store.remove('x', 'deleted', '2026')
  t.notOk(left())
  add('y')
  const backup = new DatabaseSync(path)
  backup.exec('BEGIN; SELECT * FROM dossier')
  store.remove('y', 'deleted', '2026')
  backup.close()
  t.ok(left(), 'the reader still needed the journal')
  t.equal(store.sweep('2026'), 0)
  t.notOk(left())
  t.end()
})

t.test('a dossier names the index that answered, though another took over while it did', async t => {
  const { app } = await common
  await app.inject('/api/status')
  let searches = 0
  useSearch(t, (...asked) => {
    if (++searches === 1) current.index = '2'
    return memorySearch.search(...asked)
  })
  t.teardown(() => {
    current.index = '1'
  })
  const { id } = (await freeze(app, SEARCH)).json()
  t.match((await app.inject(`/api/dossiers/${id}`)).json(), { index: { version: '2' } })
  t.equal(searches, 2, 'asked again')
})

t.test('a reader who leaves stops nobody else from seeing what changed', async t => {
  const { app } = await common
  const { id } = (await freeze(app, SEARCH)).json()
  const started = Promise.withResolvers<void>()
  useSearch(t, async (query, language, options) => {
    if (query.size < 1000 || searches++ > 0) return memorySearch.search(query, language, options)
    started.resolve()
    const left = Promise.withResolvers<never>()
    options?.signal?.addEventListener('abort', () => left.reject(options.signal?.reason))
    return left.promise
  })
  let searches = 0
  const address = app.server.listening ? app.listeningOrigin : await app.listen({ host: '127.0.0.1', port: 0 })
  const leaving = new AbortController()
  const first = fetch(`${address}/api/dossiers/${id}/changes`, { signal: leaving.signal })
  await started.promise
  const second = app.inject(`/api/dossiers/${id}/changes`)
  setTimeout(() => leaving.abort(), 20)
  await t.rejects(first, { name: 'AbortError' })
  t.match((await second).json(), { results: { frozen: 2, today: 2 } })
})

t.test('without the key nothing is written or deleted; with it the dossier goes, and its address says so', async t => {
  const { app } = await common
  const { id, key } = (await freeze(app, SEARCH)).json()
  const other = (await freeze(app, SEARCH)).json()
  for (const wrong of ['', 'x', other.key, `${key}x`]) {
    const headers = { 'x-dossier-key': wrong }
    for (const answer of [
      await app.inject({ method: 'DELETE', url: `/api/dossiers/${id}`, headers }),
      await app.inject({ method: 'PUT', url: `/api/dossiers/${id}/annotations`, headers, payload: { entries: [] } }),
      await app.inject(typed(`/dossiers/${id}`, { action: 'save', key: wrong })),
      await app.inject(typed(`/en/dossiers/${id}`, { action: 'open', key: wrong })),
      await app.inject(typed(`/dossiers/${id}`, { action: 'delete', key: wrong })),
    ])
      t.equal(answer.statusCode, 403)
  }
  t.equal((await app.inject(`/dossiers/${id}`)).statusCode, 200)
  t.equal((await app.inject(typed(`/dossiers/${id}`, { action: 'delete', key }))).statusCode, 200)
  const gone = await app.inject(`/api/dossiers/${id}`)
  t.match(gone.json(), { status: 410, code: 'deleted', detail: /supprimé le 22 novembre 2026/ })
  t.equal(gone.headers['referrer-policy'], 'no-referrer')
  t.equal((await app.inject(`/dossiers/${id}`)).statusCode, 410)
  t.equal((await app.inject(`/api/dossiers/${other.id}`)).statusCode, 200)
  for (const absent of ['x', 'A'.repeat(24), '..%2F..%2Fetc', `${other.id}x`])
    t.equal((await app.inject(`/api/dossiers/${absent}`)).statusCode, 404, absent)
})

t.test('too many, too large and no room are refused by name, and leave what exists readable', async t => {
  const { app } = await openDesk(t, { env: { RATE_LIMIT: '60', DOSSIERS_PER_HOUR: '2' } })
  const { id } = (await freeze(app, SEARCH)).json()
  t.equal((await freeze(app, SEARCH)).statusCode, 201)
  const third = await freeze(app, SEARCH)
  t.match(third.json(), { status: 429, code: 'too-many', detail: /2 dossiers par heure/ })
  t.ok(Number(third.headers['retry-after']) > 0)
  t.equal((await app.inject(`/api/dossiers/${id}`)).statusCode, 200)
  // One service, whose limits are changed.
  const store = openDossierStore(join(t.testdir(), 'small.db'))
  t.teardown(() => store.close())
  const dossiers = { ...createDossiers(store, { ...LIMITS, storeMb: 0.001 }) }
  const small = { app: await openService(t, {}, { dossiers }) }
  t.match((await freeze(small.app, SEARCH)).json(), { status: 507, code: 'store-full' })
  Object.assign(dossiers, createDossiers(store, { ...LIMITS, dossierMb: 0.001 }))
  t.match((await freeze(small.app, SEARCH)).json(), { status: 413, code: 'too-large' })
  const long = await freeze(small.app, { kind: 'search', search: { q: 'x' }, note: 'x'.repeat(6 * 1024 * 1024) })
  t.match(long.json(), { status: 413, code: 'body-too-large' })
  const { payload, headers } = form('/dossiers', [['dossier.kind', 'search']])
  const address = await small.app.listen({ host: '127.0.0.1', port: 0 })
  // A stream goes in chunks, without a length.
  const body = new Blob([payload]).stream()
  const unbounded = await fetch(`${address}/dossiers`, { method: 'POST', headers, body, duplex: 'half' })
  t.match([unbounded.status, await unbounded.text()], [400, /Content-Length/])
  const filled = form('/dossiers', [
    ['dossier.kind', 'search'],
    ['q', 'x'.repeat(6 * 1024 * 1024)],
  ])
  const large = await small.app.inject(filled)
  t.match([large.statusCode, large.body], [413, /dépasse 5 Mio/])
})

t.test(
  'the question alone is believed: answers that are posted, and questions that do not fit, are refused',
  async t => {
    const { app } = await common
    for (const body of [
      {},
      { kind: 'search' },
      { kind: 'search', search: { q: 'x' }, suppliers: [] },
      { kind: 'search', search: { q: 'x', page: 2 } },
      { kind: 'search', search: { q: 'x' }, comparison: { siren: [AIR, WATER] } },
      { kind: 'comparison', comparison: { siren: [AIR] } },
      { kind: 'comparison', comparison: { siren: [AIR, '123'] } },
      { ...SEARCH, title: 'x'.repeat(201) },
      { ...SEARCH, limit: 1001 },
      { ...SEARCH, language: 'de' },
    ]) {
      const answer = await freeze(app, body)
      t.equal(answer.statusCode, 400, JSON.stringify(body).slice(0, 80))
      t.ok(answer.json().errors.length > 0)
    }
    t.equal((await freeze(app, { kind: 'comparison', comparison: { siren: [AIR, UNKNOWN] } })).statusCode, 404)
    const fields = [['dossier.kind', 'search']] as const
    t.equal((await app.inject(form('/dossiers', [...fields, ['inconnu', '1']]))).statusCode, 400)
    t.equal((await app.inject(form('/dossiers', [['dossier.kind', 'autre']]))).statusCode, 400)
  },
)

t.test('the pages’ forms freeze what they show, without script and in either language', async t => {
  const { app } = await common
  for (const prefix of ['', '/en']) {
    const results = (await app.inject(`${prefix}/recherche?q=air&region=53&sort=name`)).body
    t.match(results, `action="${prefix}/dossiers" method="post"`)
    for (const [name, value] of [
      ['q', 'air'],
      ['region', '53'],
      ['sort', 'name'],
    ])
      t.match(results, `<input type="hidden" name="${name}" value="${value}">`)
    const made = await app.inject(
      form(`${prefix}/dossiers`, [
        ...([
          ['dossier.kind', 'search'],
          ['dossier.order', 'neutral'],
          ['dossier.limit', '50'],
        ] as const),
        ...([
          ['q', 'air'],
          ['region', '53'],
          ['sort', 'name'],
          ['near', ''],
        ] as const),
      ]),
    )
    t.equal(made.statusCode, 201, made.body)
    const id = /\/dossiers\/([A-Za-z0-9_-]{24})"/.exec(made.body)?.[1] ?? ''
    const frozen = (await app.inject(`/api/dossiers/${id}`)).json()
    t.match(frozen, { order: { by: 'neutral' }, search: { parameters: { q: 'air', region: ['53'] } } })
    const places = frozen.suppliers.map(({ siren }: FrozenSupplier) => sha256(Buffer.from(`${id}:${siren}`)))
    t.strictSame(places, places.toSorted(), 'the order can be made again')
    t.match(await app.inject(`${prefix}/dossiers/${id}`), { statusCode: 200, headers: { 'x-robots-tag': /noindex/ } })
    t.match((await app.inject(`/dossiers/${id}/print.css`)).body, /^@page \{ @bottom-left \{ content: "[^"\\]+"/)
    t.equal((await app.inject(`${prefix}/dossiers`)).statusCode, 200)
  }
  const comparison = await app.inject(
    form('/dossiers', [
      ['dossier.kind', 'comparison'],
      ['siren', AIR],
      ['siren', WATER],
    ]),
  )
  const id = /\/dossiers\/([A-Za-z0-9_-]{24})"/.exec(comparison.body)?.[1] ?? ''
  t.match((await app.inject(`/api/dossiers/${id}`)).json(), {
    comparison: { criteria: [{ id: 'activity', cells: [{ siren: AIR }, { siren: WATER }] }] },
    suppliers: [{ siren: AIR, facts: [{ property: 'name' }, { property: 'offer' }] }, { siren: WATER }],
  })
  t.match((await app.inject(`/dossiers/${id}`)).body, /fournisseurs côte à côte/)
})

t.test('ranges are frozen with the question, in words, and asked again today', async t => {
  const { app } = await common
  const asked: Query[] = []
  useSearch(t, async (query, ...rest) => {
    asked.push(query)
    return memorySearch.search(query, ...rest)
  })
  const results = (await app.inject('/recherche?q=air&foundedFrom=2010&updatedSince=2026-01-01')).body
  t.match(results, '<input type="hidden" name="foundedFrom" value="2010">')
  t.match(results, '<input type="hidden" name="updatedSince" value="2026-01-01">')
  const made = await app.inject(
    form('/dossiers', [
      ['dossier.kind', 'search'],
      ['q', 'air'],
      ['foundedFrom', '2010'],
      ['updatedSince', '2026-01-01'],
    ]),
  )
  t.equal(made.statusCode, 201, made.body)
  const id = /\/dossiers\/([A-Za-z0-9_-]{24})"/.exec(made.body)?.[1] ?? ''
  t.match((await app.inject(`/api/dossiers/${id}`)).json(), {
    search: { parameters: { q: 'air', foundedFrom: 2010, updatedSince: '2026-01-01' } },
  })
  t.match(
    (await app.inject(`/dossiers/${id}`)).body,
    /Année de création : depuis\s2010 ; Dernière mise à jour : depuis/,
  )
  const ranges = { founded: { from: 2010 }, updated: { from: '2026-01-01' } }
  t.ok(asked.length >= 3, `${asked.length} searches`)
  t.ok(asked.every(query => JSON.stringify(query.ranges) === JSON.stringify(ranges)))
  const refused = await app.inject(
    form('/dossiers', [
      ['dossier.kind', 'search'],
      ['updatedSince', '2026-02-30'],
    ]),
  )
  t.equal(refused.statusCode, 400)
  const need = { text: 'La fourniture d’un réseau LoRaWAN.', filters: { foundedFrom: 2010, region: ['53'] } }
  const frozen = await freeze(app, { kind: 'tender', tender: need })
  t.equal(frozen.statusCode, 201, frozen.body)
  const tender = (await app.inject(`/api/dossiers/${frozen.json().id}`)).json()
  t.match(tender.tender.choices, { filters: { region: ['53'] }, ranges: { foundedFrom: 2010 } })
  t.match((await app.inject(`/dossiers/${frozen.json().id}`)).body, /Bretagne ; Année de création : depuis\s2010/)
})

t.test('of a need only the quoted sentences are kept, unless its writer asks for the text', async t => {
  const { app } = await common
  const secret = 'Le maire préfère le bleu.'
  const text = `La fourniture d’un réseau LoRaWAN. ${secret}`
  const quoted = (await freeze(app, { kind: 'tender', tender: { text } })).json()
  const { body } = await app.inject(`/api/dossiers/${quoted.id}`)
  t.match(body, 'La fourniture d’un réseau LoRaWAN.')
  t.notMatch(body, secret)
  t.match((await app.inject(`/dossiers/${quoted.id}`)).body, /n’a pas été gardé/)
  const kept = await app.inject(
    form('/dossiers', [
      ...([
        ['dossier.kind', 'tender'],
        ['dossier.text', 'keep'],
        ['text', text],
      ] as const),
      ...([
        ['weight.cyber', '2'],
        ['status.lorawan', 'optional'],
        ['name', 'cctp.pdf'],
        ['chosen', AIR],
      ] as const),
    ]),
  )
  const id = /\/dossiers\/([A-Za-z0-9_-]{24})"/.exec(kept.body)?.[1] ?? ''
  t.match((await app.inject(`/api/dossiers/${id}`)).json(), {
    tender: {
      text,
      choices: { weights: { cyber: 2 }, statuses: { lorawan: 'optional' } },
      result: { bricks: [{ id: 'lorawan', status: 'optional' }], uncovered: [{ brick: 'lorawan' }] },
    },
  })
  t.match((await app.inject(`/dossiers/${id}`)).body, secret)
  for (const format of ['csv', 'xlsx', 'docx'])
    t.equal((await app.inject(`/api/dossiers/${id}/export.${format}`)).statusCode, 200)
})

const OWN = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '=HYPERLINK("http://x.example","y")',
  '+1+cmd|’/C calc’!A0',
  '@SUM(1)',
  '-2+3',
  '\tcmd',
  '\u202Etxt.exe',
  '\u2066isolé',
  'nul\0, cloche\u0007, échappe\u001b[31m, \u0085',
  'demi \uD800 seul',
  ']]><x>&amp;',
  '_x0041_',
  'javascript:alert(1)',
]

const naughty = (): readonly string[] => {
  const path = sharedPath('hostile/naughty-strings/blns.json')
  const strings: unknown = path === undefined ? [] : JSON.parse(readFileSync(path, 'utf8'))
  const others = Array.isArray(strings) ? strings.filter(each => typeof each === 'string' && each.trim() !== '') : []
  return [...OWN, ...others.filter((_, index) => index % 40 === 0)]
}

/** Throws where a part is not well-formed; the texts of its elements, and the names of its elements. */
const readXml = (xml: string): { readonly texts: string; readonly names: ReadonlySet<string> } => {
  const names = new Set<string>()
  let texts = ''
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', tag => void names.add(tag.name))
  parser.on('text', piece => {
    texts += `${piece}\n`
  })
  parser.write(xml).close()
  return { texts, names }
}

/** What steers a terminal, a spreadsheet or the order of letters; \p{Cs} are halves of a character. */
const STEERING = /[\p{Cc}\u202a-\u202e\u2066-\u2069\p{Cs}]/u
const steers = (text: string): boolean => STEERING.test(text.replaceAll(/[\t\r\n]/g, ''))

/** The markup of a page, but for the names that differ from dossier to dossier. */
const shape = (page: string): string =>
  markup(page)
    .map(tag => tag.replace(/id=|href=/g, ''))
    .join('\n')

t.test('hostile names, texts, facts and reasons are inert in the page and in every file', async t => {
  const texts = naughty()
  const { app } = await common
  useSearch(t, async (query, language, options) => {
    const result = await memorySearch.search(query, language, options)
    const hits = result.hits.map(hit => ({
      ...hit,
      supplier: { ...hit.supplier, name: query.text, tagline: query.text, commune: query.text },
      explanation: [{ kind: 'field' as const, label: query.text, value: 1.5 }],
    }))
    return { ...result, hits }
  })
  const frozen = async (text: string): Promise<string> => {
    const { id, key } = (
      await freeze(app, { kind: 'search', search: { q: text.slice(0, 1000) }, note: text, title: text.slice(0, 200) })
    ).json()
    const entries = [{ siren: AIR, decision: 'kept', reason: text.slice(0, 500) }]
    const headers = { 'x-dossier-key': key }
    await app.inject({ method: 'PUT', url: `/api/dossiers/${id}/annotations`, headers, payload: { entries } })
    return id
  }
  const pageOf = async (id: string): Promise<string> => (await app.inject(`/dossiers/${id}`)).body
  const plain = shape(await pageOf(await frozen('texte')))
  const ids = new Map<string, string>()
  for (const text of texts) {
    const id = await frozen(text)
    ids.set(text, id)
    const page = await pageOf(id)
    t.ok(shape(page) === plain, JSON.stringify(text))
    t.notOk(steers(page), JSON.stringify(text))
  }
  const exported = async (id: string, format: string) =>
    (await app.inject(`/api/dossiers/${id}/export.${format}`)).rawPayload
  for (const text of OWN) {
    const csv = (await exported(ids.get(text) ?? '', 'csv')).toString().slice(1)
    t.notOk(steers(csv), JSON.stringify(text))
    const cells = csv.split(/;|\r\n/).map(cell => cell.replace(/^"/, ''))
    t.strictSame(
      cells.filter(cell => /^[=+@\t\r\n]|^-(?![0-9])/.test(cell)),
      [],
      JSON.stringify(text),
    )
  }
  // One cell is a formula; everything else is together in one dossier.
  for (const text of ['=HYPERLINK("http://x.example","y")', texts.join(' ').slice(0, 900)]) {
    const id = await frozen(text)
    const xlsx = await openArchive(await exported(id, 'xlsx'))
    t.notOk(readXml(await xlsx.text('xl/worksheets/sheet1.xml')).names.has('f'), 'no cell is a formula')
    t.notOk(steers(readXml(await xlsx.text('xl/sharedStrings.xml')).texts))
    const docx = await openArchive(await exported(id, 'docx'))
    const body = readXml(await docx.text('word/document.xml'))
    t.notOk(steers(body.texts))
    t.notOk(body.names.has('w:instrText') || body.names.has('w:hyperlink'), 'no field, no link')
    t.notMatch(await docx.text('word/_rels/document.xml.rels'), 'TargetMode="External"')
    readXml(await docx.text('word/footer1.xml'))
  }
})

t.test('every file of a dossier can be opened, and lists all suppliers with their decisions', async t => {
  const { app } = await common
  const { id } = (await freeze(app, { ...SEARCH, title: 'Titre' })).json()
  for (const language of ['fr', 'en']) {
    const url = (format: string) => `/api/dossiers/${id}/export.${format}?language=${language}`
    const xlsx = await app.inject(url('xlsx'))
    t.match(xlsx.headers['content-disposition'], /^attachment; filename="[a-z-]+-[0-9a-f]{8}\.xlsx"$/)
    const workbook = await openArchive(xlsx.rawPayload)
    const sheets = (await workbook.text('xl/workbook.xml')).match(/<sheet [^>]*name="([^"]+)"/g) ?? []
    t.equal(sheets.length, 5, 'list, facts, sources, method, dossier')
    const { texts } = readXml(await workbook.text('xl/sharedStrings.xml'))
    for (const text of ['Air Clair', 'Eau & Fils <SARL>', language === 'fr' ? 'Sans décision' : 'No decision', 'Titre'])
      t.match(texts, text)
    const document = await openArchive((await app.inject(url('docx'))).rawPayload)
    const { texts: words, names } = readXml(await document.text('word/document.xml'))
    for (const text of ['Air Clair', 'Eau & Fils <SARL>', 'Titre', 'sha256sum']) t.match(words, text)
    t.ok(names.has('w:tblHeader'), 'the title row stands on each page')
  }
  t.equal((await app.inject(`/api/dossiers/${id}/export.csv?language=de`)).statusCode, 400)
  t.equal((await app.inject(`/api/dossiers/${'A'.repeat(24)}/export.docx`)).statusCode, 404)
})

t.test('few files are written at a time, some wait, and more are told to come back', async t => {
  const counts = new Int32Array(new SharedArrayBuffer(8))
  const code = `import { parentPort, workerData } from 'node:worker_threads'
    const now = Atomics.add(workerData, 0, 1) + 1
    if (now > Atomics.load(workerData, 1)) Atomics.store(workerData, 1, now)
    Atomics.wait(workerData, 0, -1, 5)
    Atomics.sub(workerData, 0, 1)
    parentPort.postMessage(new Uint8Array([7]))`
  const thread = new URL(`data:text/javascript,${encodeURIComponent(code)}`)
  const leaver = new AbortController()
  const written = Array.from({ length: 9 }, (_, index) =>
    inThread(thread, counts, index === 3 ? leaver.signal : new AbortController().signal),
  )
  leaver.abort()
  const ended = await Promise.allSettled(written)
  t.equal(ended.filter(each => each.status === 'fulfilled' && each.value[0] === 7).length, 7)
  t.match(ended[3], { status: 'rejected', reason: { name: 'AbortError' } })
  t.match(ended[8], { status: 'rejected', reason: { status: 503 } })
  t.ok((counts[1] ?? 0) <= 2)
  const broken = new URL('data:text/javascript,throw new RangeError("x")')
  await t.rejects(inThread(broken, undefined, new AbortController().signal), { name: 'RangeError' })
})

t.test('a long dossier is written in a thread of its own, and lists everybody', async t => {
  const { app } = await common
  useSearch(t, async (query, language, options) => {
    const result = await memorySearch.search(query, language, options)
    const hits = Array.from({ length: 60 }, (_, index) =>
      result.hits.slice(0, 1).map(hit => ({
        ...hit,
        supplier: { ...hit.supplier, siren: inventedSiren(index + 1), name: `Firme numéro ${index + 1}` },
      })),
    ).flat()
    return { ...result, total: hits.length, hits }
  })
  const { id } = (await freeze(app, SEARCH)).json()
  const document = await openArchive((await app.inject(`/api/dossiers/${id}/export.docx`)).rawPayload)
  const { texts } = readXml(await document.text('word/document.xml'))
  for (const number of [1, 60]) t.match(texts, `Firme numéro ${number},`)
  t.match((await app.inject(`/dossiers/${id}`)).body, /Les faits des 50 premiers sont sur cette page/)
})

t.test('a dossier past its date answers 410 at once, and the sweep deletes its content', async t => {
  const { app, dossiers, later } = await common
  const { id } = (await freeze(app, SEARCH)).json()
  later(364.9)
  t.equal((await app.inject(`/dossiers/${id}`)).statusCode, 200)
  later(0.2)
  t.match((await app.inject(`/api/dossiers/${id}`)).json(), { status: 410, code: 'expired', detail: /202[78]/ })
  t.ok(dossiers.sweep() > 0)
  t.equal(dossiers.sweep(), 0)
  t.match((await app.inject(`/api/dossiers/${id}`)).json(), { status: 410, code: 'expired' })
})
