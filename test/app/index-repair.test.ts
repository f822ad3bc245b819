import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import { currentIndex, indexFilePath } from '../../src/engine/embedded/index-folder.ts'
import { LiveIndex } from '../../src/engine/embedded/live-index.ts'
import { type IndexDamage, IndexDamagedError } from '../../src/engine/engine.ts'
import { createIndexRepair, type IndexRepairOptions, type Rebuild } from '../../src/index-repair.ts'
import type { IndexRepairState } from '../../src/model/status.ts'
import { expandSupplier } from '../../src/search/expand.ts'
import { type Catalogue, openCatalogue } from '../../src/store/open-catalogue.ts'
import { lockCatalogue } from '../../src/store/write-lock.ts'
import { load, stated, version } from '../support/catalogue.ts'
import { engineQuery } from '../support/engine-query.ts'
import { memorySearch, openService } from '../support/service.ts'
import { inventedSiren, numberedSupplier } from '../support/suppliers.ts'

const SERVER = fileURLToPath(new URL('../../src/server.ts', import.meta.url))
const PROFILES = 300
/** Profiles of the first block on disk. */
const FIRST_BLOCK = 16

const wait = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  const end = performance.now() + 60_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come about within a minute')
    await wait(20)
  }
}

const wordOf = (n: number): string => (n <= FIRST_BLOCK ? 'drone' : n % 2 === 0 ? 'capteur' : 'turbine')

const buildIndex = async (folder: string, catalogue: Catalogue): Promise<void> => {
  const build = createEmbeddedBuild(folder)
  for (const each of catalogue.suppliersInOrder()) await build.add(expandSupplier(each))
  await build.commit(catalogue.lastSeq())
}

/** A state folder with a catalogue and its index. */
const stateFolder = async (test: Test): Promise<{ readonly folder: string; readonly catalogue: Catalogue }> => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-repair-'))
  const catalogue = openCatalogue(join(folder, 'catalogue.db'))
  test.teardown(() => {
    catalogue.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const numbers = Array.from({ length: PROFILES }, (_, index) => index + 1)
  const facts = numbers.flatMap(n => [
    stated(inventedSiren(n), 'name', `Numéro ${n}`),
    stated(inventedSiren(n), 'tagline', `Fabrique de ${wordOf(n)}`),
  ])
  load(catalogue, version('ilab', '1'), facts)
  await buildIndex(folder, catalogue)
  return { folder, catalogue }
}

const ledger = (folder: string): string => indexFilePath(folder, currentIndex(folder) ?? '')
const segmentFile = (folder: string): string => join(folder, currentIndex(folder) ?? '', 'segment-1.bin')

const overwrite = (path: string, at: number): void => {
  const byte = readFileSync(path)[at] ?? 0
  const file = openSync(path, 'r+')
  writeSync(file, Uint8Array.of(byte ^ 0x10), 0, 1, at)
  closeSync(file)
}

/** Damages the posting list of a key, and those that have the same bytes: of its stem, of a pair with its neighbour. */
const damageList = (folder: string, key: string): void => {
  const index = LiveIndex.open(ledger(folder), { readOnly: true })
  const list = index.segments()[0]?.segment.get(key) ?? new Uint8Array(0)
  index.close()
  const bytes = readFileSync(segmentFile(folder))
  let found = 0
  for (let at = bytes.indexOf(list); list.length > 0 && at >= 0; at = bytes.indexOf(list, at + 1)) {
    overwrite(segmentFile(folder), at + 3)
    found++
  }
  if (found === 0) throw new Error(`${key} is not in the segment`)
}

/** The first page says what kind of file it is. */
const damageLedger = (folder: string): void => overwrite(ledger(folder), 0)

const setSignature = (folder: string, signature: string): void => {
  const db = new DatabaseSync(ledger(folder))
  db.prepare(`UPDATE meta SET value = ? WHERE key = 'signature'`).run(signature)
  db.close()
}

interface Answer {
  readonly status: number
  readonly body: {
    readonly total: number
    readonly detail: string
    readonly reasons: readonly string[]
    readonly index: { readonly engine: string; readonly repair?: { readonly state: string; readonly nextTry?: string } }
  }
}

/** The service's own process. */
const startService = async (test: Test, folder: string, more: Readonly<Record<string, string>> = {}) => {
  const env = { BRIQUE_DATA: folder, PORT: '0', RATE_LIMIT: '0', MAX_EVENT_LOOP_DELAY_MS: '0', ...more }
  const child = spawn(process.execPath, [SERVER], {
    env: { ...env, SEARCH_TIMEOUT_MS: '10000' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  test.teardown(() => child.kill('SIGKILL'))
  let log = ''
  child.stdout.on('data', chunk => {
    log += chunk
  })
  const errors = text(child.stderr)
  const port = (): string | undefined => /listening at http:\/\/[^"]*:(\d+)/.exec(log)?.[1]
  await until(() => port() !== undefined)
  const get = (path: string) => fetch(`http://127.0.0.1:${port()}${path}`)
  const ask = async (path: string): Promise<Answer> => {
    const response = await get(path)
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
  return {
    get,
    ask,
    search: (word: string) => ask(`/api/search?q=${word}`),
    metric: async (name: string): Promise<string | undefined> =>
      (await (await get('/metrics')).text()).split('\n').find(line => line.startsWith(`${name} `)),
    /** How many lines of the log have this message. */
    said: (message: string): number => log.split(`"msg":"${message}`).length - 1,
    log: (): string => log,
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      test.strictSame(await ended, [0, null])
      test.equal(await errors, '')
    },
  }
}

t.test('a damaged block stops the searches that meet it, and no others, until the index is rebuilt', async t => {
  const { folder, catalogue } = await stateFolder(t)
  const service = await startService(t, folder)
  overwrite(segmentFile(folder), 10)
  t.equal((await service.search('capteur')).body.total, 142)
  t.equal((await service.ask('/api/status')).body.index.repair, undefined)
  const met = await service.search('drone')
  t.equal(met.status, 503)
  t.match(met.body.detail, /reconstruit en ce moment/)
  t.equal((await service.search('capteur')).body.total, 142, 'what does not meet it is answered')
  t.match((await service.ask('/health/ready')).body, { status: 'ready', reasons: [/being rebuilt/] })
  await until(() => service.said('the index is rebuilt') === 1)
  t.equal((await service.search('drone')).body.total, FIRST_BLOCK)
  t.equal(currentIndex(folder), 'index-2')
  t.equal(service.said('the index is damaged: it is rebuilt'), 1)
  t.equal(service.said('request failed'), 0)
  t.equal(await service.metric('brique_index_damaged'), 'brique_index_damaged 0')

  // The same again within ten minutes is not the catalogue's fault: it waits, and takes the operator's rebuild.
  damageList(folder, 'x:turbine')
  const again = await service.search('turbine')
  t.equal(again.status, 503)
  t.match(again.body.detail, /nouvel essai/)
  t.equal((await service.search('capteur')).status, 200)
  await until(async () => (await service.ask('/api/status')).body.index.repair?.state === 'waiting')
  t.equal(await service.metric('brique_index_damaged'), 'brique_index_damaged 1')
  t.equal(await service.metric('brique_index_rebuilds{outcome="done"}'), 'brique_index_rebuilds{outcome="done"} 1')
  await buildIndex(folder, catalogue)
  await until(async () => (await service.search('turbine')).status === 200)
  await until(async () => (await service.ask('/api/status')).body.index.repair === undefined)
  t.equal(service.said('the index is damaged again soon'), 1)
  await service.stop()
})

t.test(
  'an index of an older format is rebuilt while profiles are shown, and changes made meanwhile are in it',
  async t => {
    const { folder, catalogue } = await stateFolder(t)
    setSignature(folder, '[0]')
    const service = await startService(t, folder)
    t.equal((await service.search('capteur')).status, 503)
    t.equal((await service.get(`/fournisseurs/${inventedSiren(1)}`)).status, 200)
    const { index } = (await service.ask('/api/status')).body
    t.match(index, { engine: 'unavailable', repair: { state: 'rebuilding' } })
    t.match(await service.ask('/health/ready'), {
      status: 503,
      body: { reasons: [/rebuilt from the catalogue \(\d+ %\)/] },
    })
    const added = inventedSiren(PROFILES + 1)
    load(catalogue, version('file:more', '1'), [
      stated(added, 'name', 'Nouvelle'),
      stated(added, 'tagline', 'Fabrique de éolienne'),
    ])
    await until(async () => (await service.search('eolienne')).body.total === 1)
    t.equal((await service.search('capteur')).body.total, 142)
    await service.stop()
  },
)

t.test('a rebuild that fails is said once and not tried again at once', async t => {
  const { folder } = await stateFolder(t)
  damageLedger(folder)
  const lock = lockCatalogue(folder)
  t.teardown(() => lock.release())
  const service = await startService(t, folder, { SEARCH_THREADS: '0' })
  await until(async () => (await service.ask('/api/status')).body.index.repair?.state === 'waiting')
  for (let round = 0; round < 20; round++) {
    const { status, body } = await service.search('drone')
    t.equal(status, 503)
    t.match(body.detail, /nouvel essai/)
    await wait(50)
  }
  const failed = 'brique_index_rebuilds{outcome="failed"}'
  t.equal(await service.metric(failed), `${failed} 1`)
  t.equal(service.said('the index could not be rebuilt'), 1)
  t.match(service.log(), /Another import is under way/)
  await service.stop()
})

t.test('what is done about a damaged index is said to readers, to programs and to the operator', async t => {
  const damaged = async () => {
    throw new IndexDamagedError('damaged')
  }
  const state: { repair?: IndexRepairState } = {}
  const app = await openService(
    t,
    {},
    {
      search: { ...memorySearch, search: damaged },
      engine: { state: damaged },
      indexRepair: { state: () => state.repair, counts: () => ({ done: 0, failed: 0 }) },
    },
  )
  const since = '2026-01-01T00:00:00.000Z'
  const said = async (repair: IndexRepairState) => {
    state.repair = repair
    const page = await app.inject({ url: '/en/recherche?q=drone', headers: { accept: 'text/html' } })
    const ready = await app.inject('/health/ready')
    return `${page.statusCode} ${page.body} ${ready.statusCode} ${ready.body}`
  }
  t.match(await said({ since, state: 'rebuilding', progress: 0.427 }), /503 .*being rebuilt.*\(42 %\).*503 .*\(42 %\)/s)
  t.match(
    await said({ since, state: 'waiting', nextTry: since }),
    /could not be rebuilt.*503 .*tried again at 2026-01-01/s,
  )
  t.match(await said({ since, state: 'manual' }), /operator of the service must rebuild it.*503 .*npm run index/s)
})

t.test('an engine whose ledger is damaged under it says so, and goes over to the next index', async t => {
  const { folder, catalogue } = await stateFolder(t)
  const told: IndexDamage[] = []
  const engine = openEmbeddedEngine(folder, { readOnly: true, onDamage: damage => told.push(damage) })
  t.teardown(() => engine.close())
  const query = engineQuery('capteur')
  const { total } = await engine.search(query)
  const db = new DatabaseSync(ledger(folder))
  db.exec(`UPDATE meta SET value = replace(value, '1', '2') WHERE key = 'state'`)
  db.close()
  await t.rejects(engine.search(query), IndexDamagedError)
  t.match(told, [{ index: 'index-1', error: { message: /its state is damaged/ } }])
  await buildIndex(folder, catalogue)
  await until(async () => (await engine.search(query).catch(() => undefined))?.total === total)
})

t.test('damage that only a merge in the background meets is told', async t => {
  const { folder } = await stateFolder(t)
  const told: IndexDamage[] = []
  const engine = openEmbeddedEngine(folder, { onDamage: damage => told.push(damage) })
  t.teardown(() => engine.close())
  const seq = await engine.appliedSeq()
  overwrite(segmentFile(folder), 10)
  // Past a fifth of its profiles and 256 of them a segment is written anew.
  const removed = Array.from({ length: PROFILES - FIRST_BLOCK }, (_, n) => ({
    siren: inventedSiren(FIRST_BLOCK + 1 + n),
  }))
  await engine.apply(removed, seq + 1)
  await until(() => told.length > 0)
  t.match(told, [{ index: 'index-1', error: { message: /profiles of block 0 are damaged/ } }])
})

t.test('a newer index that cannot be opened leaves the open one in its place', async t => {
  const { folder } = await stateFolder(t)
  const told: IndexDamage[] = []
  const engine = openEmbeddedEngine(folder, { onDamage: damage => told.push(damage) })
  t.teardown(() => engine.close())
  const query = engineQuery('capteur')
  const { total } = await engine.search(query)
  const build = createEmbeddedBuild(folder)
  await build.add(numberedSupplier(1))
  await build.commit(0, {
    beforeLive() {
      const db = new DatabaseSync(indexFilePath(folder, 'index-2'))
      db.exec(`UPDATE meta SET value = '[0]' WHERE key = 'signature'`)
      db.close()
    },
  })
  await until(async () => {
    t.equal((await engine.search(query)).total, total)
    return told.length > 0
  })
  t.equal(told[0]?.index, 'index-2')
})

/** A repair of `live`, whose rebuilds do what `outcomes` say, in turn. */
const repairOf = (outcomes: (() => void)[], more: Partial<IndexRepairOptions> = {}) => {
  const live = { name: 'index-1' }
  let rebuilds = 0
  const rebuild: Rebuild = async () => {
    rebuilds++
    await wait(1)
    outcomes.shift()?.()
  }
  const log: string[] = []
  const say = (_fields: object, message: string): void => void log.push(message)
  const repair = createIndexRepair({
    rebuild,
    liveIndex: () => live.name,
    backoff: { firstMs: 40, maxMs: 40 },
    ...more,
  })
  const report = (index = live.name): void => repair.report({ index, error: new IndexDamagedError('damaged') })
  return { repair, live, report, log, start: () => repair.start({ info: say, error: say }), rebuilds: () => rebuilds }
}

t.test('what is reported before the start, many times and by several threads, is rebuilt once', async t => {
  const { repair, live, report, log, start, rebuilds } = repairOf([
    () => {
      live.name = 'index-2'
    },
  ])
  for (let n = 0; n < 5; n++) report()
  t.match(repair.state(), { state: 'waiting' })
  start()
  for (let n = 0; n < 5; n++) report()
  t.match(repair.state(), { state: 'rebuilding' })
  await until(() => repair.state() === undefined)
  report('index-1')
  t.equal(repair.state(), undefined, 'late news of the index before')
  t.equal(rebuilds(), 1)
  t.equal(log.length, 2)
  await repair.stop()
})

t.test(
  'failures and damage soon after a rebuild wait ever longer; an index that somebody else built ends it',
  async t => {
    const fail = (): void => {
      throw new Error('no room')
    }
    const { repair, live, report, start, rebuilds } = repairOf([
      fail,
      () => {
        live.name = 'index-2'
      },
      fail,
    ])
    start()
    report()
    await until(() => repair.state()?.state === 'waiting')
    report()
    t.equal(rebuilds(), 1)
    await until(() => repair.state() === undefined)
    t.same(repair.counts(), { done: 1, failed: 1 })
    report()
    t.match(repair.state(), { state: 'waiting' }, 'damaged again at once')
    t.equal(rebuilds(), 2)
    await until(() => repair.counts().failed === 2)
    live.name = 'index-3'
    t.equal(repair.state(), undefined)
    await wait(60)
    t.equal(rebuilds(), 3)
    await repair.stop()
  },
)

t.test('stopping ends the rebuild under way', async t => {
  let ended = false
  const rebuild: Rebuild = signal =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        ended = true
        reject(signal.reason)
      })
    })
  const { repair, report, log, start } = repairOf([], { rebuild })
  start()
  report()
  await repair.stop()
  t.equal(ended, true)
  t.equal(log.length, 1, 'not a failure')
})
