import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import { IndexFile } from '../../src/engine/embedded/index-file.ts'
import { indexFilePath } from '../../src/engine/embedded/index-folder.ts'
import { createShare, gatherAsHelper, gatherAsOwner } from '../../src/engine/embedded/shared-search.ts'
import { EngineUnavailableError } from '../../src/engine/engine.ts'
import { EngineThread } from '../../src/engine/workers/engine-thread.ts'
import { ThreadPool } from '../../src/engine/workers/thread-pool.ts'
import { openWorkerEngine } from '../../src/engine/workers/worker-engine.ts'
import { engineQuery } from '../support/engine-query.ts'
import { inventedSiren, numberedSupplier, supplier } from '../support/suppliers.ts'

const stateFolder = (t: Test): string => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-workers-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const buildIndex = async (folder: string, count: number): Promise<void> => {
  const build = createEmbeddedBuild(folder)
  for (let n = 1; n <= count; n++) await build.add(numberedSupplier(n))
  await build.commit(0)
}

t.test('threads answer as the engine does, and see every change that was acknowledged', async t => {
  const folder = stateFolder(t)
  const engine = openWorkerEngine({ stateFolder: folder, readers: 2, searchTimeoutMs: 10_000 })
  await t.rejects(engine.search(engineQuery('drone')), {
    constructor: EngineUnavailableError,
    message: /npm run index/,
  })
  await buildIndex(folder, 50)
  const plain = openEmbeddedEngine(folder)
  const query = engineQuery('drone capteur', { minimumMatch: 1 })
  const expected = await plain.search(query)
  t.ok(expected.total > 0)
  for (let round = 0; round < 4; round++) t.same(await engine.search(query), expected)
  const { siren } = numberedSupplier(1)
  t.same(await engine.suppliers([siren]), await plain.suppliers([siren]))
  t.same(await engine.complete('dr', 5), await plain.complete('dr', 5))
  t.same(await engine.corrections(['dronne']), await plain.corrections(['dronne']))
  await plain.close()
  for (let n = 51; n <= 60; n++) {
    const supplier = numberedSupplier(n)
    await engine.apply([{ siren: supplier.siren, supplier }], n)
    // Whichever thread answers: both are asked.
    const totals = await Promise.all([0, 1].map(async () => (await engine.search(engineQuery(''))).total))
    t.same(totals, [n, n])
  }
  t.equal(await engine.appliedSeq(), 60)
  await t.rejects(engine.apply([], 61, 3), EngineUnavailableError)
  await engine.close()
})

t.test('a search given up while it waits or runs ends with the reason of its signal, and others go on', async t => {
  const folder = stateFolder(t)
  await buildIndex(folder, 20)
  const engine = openWorkerEngine({ stateFolder: folder, readers: 1, searchTimeoutMs: 10_000 })
  const query = engineQuery('drone')
  const controller = new AbortController()
  const asked = Array.from({ length: 5 }, () => engine.search(query, { signal: controller.signal }))
  const kept = engine.search(query)
  controller.abort(new Error('left'))
  for (const { status, reason } of (await Promise.allSettled(asked)).map(each => ({ reason: null, ...each }))) {
    t.equal(status, 'rejected')
    t.match(reason, { message: 'left' })
  }
  await t.rejects(engine.search(query, { signal: controller.signal }), { message: 'left' })
  t.ok((await kept).total > 0)
  await engine.close()
})

t.test('more searches than may wait are refused as busy, with the time to come back', async t => {
  const folder = stateFolder(t)
  await buildIndex(folder, 20)
  const engine = openWorkerEngine({ stateFolder: folder, readers: 1, searchTimeoutMs: 10_000 })
  const results = await Promise.allSettled(Array.from({ length: 100 }, () => engine.search(engineQuery('drone'))))
  const refused = results.flatMap(each => (each.status === 'rejected' ? [each.reason] : []))
  t.equal(refused.length, 35, 'one runs, 64 wait')
  for (const reason of refused) t.match(reason, { name: 'EngineTroubleError', kind: 'busy', retryAfterMs: 1000 })
  t.ok((await engine.search(engineQuery('drone'))).total > 0, 'and later ones are answered')
  await engine.close()
})

t.test('a search past its time is refused as slow; one that the engine throws at ends nothing else', async t => {
  const folder = stateFolder(t)
  await buildIndex(folder, 20)
  const thread = new EngineThread({ stateFolder: folder, role: 'reader' })
  // A budget that is spent before the thread has begun.
  await t.rejects(thread.run('search', [engineQuery('drone')], 0.001), { name: 'EngineTroubleError', kind: 'slow' })
  t.match(await thread.run('search', [engineQuery('drone')], 10_000), { candidates: Array })
  const pool = new ThreadPool([thread], 10_000)
  await t.rejects(pool.run('search', [null]), { name: 'TypeError' })
  await t.rejects(pool.run('search', [() => 1]), { name: 'DataCloneError' })
  t.match(await pool.run('search', [engineQuery('drone')]), { candidates: Array })
  await pool.close()
})

t.test('a search sees one version of the index, whatever is applied and merged meanwhile', async t => {
  const FIRMS = 12
  const VERSIONS = 60
  /** Firms that are not searched: past 256 that are written again, their segment is merged. */
  const OTHERS = 300
  const LENGTHS = 5
  const folder = stateFolder(t)
  const other = (n: number) =>
    supplier({ siren: inventedSiren(FIRMS + 1 + (n % OTHERS)), name: 'Autre', description: 'turbine', themes: [] })
  const build = createEmbeddedBuild(folder)
  for (let n = 0; n < OTHERS; n++) await build.add(other(n))
  await build.commit(0)
  const engine = openWorkerEngine({ stateFolder: folder, readers: 2, searchTimeoutMs: 10_000 })
  /** All firms again, with another theme and another length of text: a mixture has other counts or other scores. */
  const firm = (n: number, version: number) =>
    supplier({
      siren: inventedSiren(n + 1),
      name: 'Même nom',
      description: `drone${' capteur'.repeat(version % LENGTHS)}`,
      themes: [`v${version}`],
    })
  const changes = (version: number) =>
    Array.from({ length: FIRMS }, (_, n) => [firm(n, version), other(version * FIRMS + n)])
      .flat()
      .map(each => ({ siren: each.siren, supplier: each }))
  const scores = new Map<number, string>()
  const faults: string[] = []
  const seen = new Set<number>()
  let acknowledged = 0
  const search = async (): Promise<void> => {
    const least = acknowledged
    const { total, candidates, facets } = await engine.search(engineQuery('drone'))
    const themes = facets.theme ?? []
    const version = Number(themes[0]?.value.slice(1))
    const firms = new Set(candidates.map(({ siren }) => siren)).size
    const score = [...new Set(candidates.map(each => each.score.toFixed(9)))].join()
    const expected = scores.get(version % LENGTHS) ?? score
    scores.set(version % LENGTHS, expected)
    seen.add(version)
    const isWhole = total === FIRMS && firms === FIRMS && themes.length === 1 && themes[0]?.count === FIRMS
    if (!isWhole || version < least || score !== expected)
      faults.push(
        `${version} after ${least}: ${total} firms, ${JSON.stringify(themes)}, scores ${score} for ${expected}`,
      )
  }
  await engine.apply(changes(0), 1)
  let running = true
  const searching = [0, 1].map(async () => {
    while (running) await search()
  })
  for (let version = 1; version <= VERSIONS; version++) {
    await engine.apply(changes(version), version + 1)
    acknowledged = version
    // However fast changes are: one in four is searched for, each length among them.
    if (version % 4 === 0) await search()
  }
  // The built segment goes while searches read it.
  const isMerged = (): boolean => {
    const ledger = IndexFile.open(indexFilePath(folder, 'index-1'), true)
    const [segment] = ledger.segments()
    ledger.close()
    return segment?.id !== 1
  }
  for (let rest = 200; rest > 0 && !isMerged(); rest--) await new Promise(resolve => setTimeout(resolve, 50))
  running = false
  await Promise.all(searching)
  t.equal(isMerged(), true)
  t.same(faults, [])
  t.equal(scores.size, LENGTHS)
  t.ok(seen.size > VERSIONS / 10, `${seen.size} versions were seen`)
  await engine.close()
})

t.test('idle threads help with a search of a large index, and the answer is the same', async t => {
  const folder = stateFolder(t)
  await buildIndex(folder, 20)
  const writer = openEmbeddedEngine(folder)
  // Sealed in files of their own a thousand at a time.
  for (let n = 0; n < 4; n++) {
    const changes = Array.from({ length: 600 }, (_, at) => numberedSupplier(21 + 600 * n + at))
    await writer.apply(
      changes.map(supplier => ({ siren: supplier.siren, supplier })),
      n + 1,
    )
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
  }
  const helped = t.capture(EngineThread.prototype, 'run', EngineThread.prototype.run)
  const engine = openWorkerEngine({ stateFolder: folder, readers: 3, searchTimeoutMs: 10_000, shareFromBytes: 0 })
  const facets = ['theme', 'state'] as const
  for (const query of [
    engineQuery('drone capteur', { minimumMatch: 1, facets: [...facets] }),
    engineQuery('', { facets: [...facets], filters: { theme: ['sante'] } }),
    engineQuery('drone', { sort: 'name', limit: 30 }),
    engineQuery('capteur', { minimumMatch: 1, limit: 100 }),
  ]) {
    const expected = await writer.search(query)
    t.ok(expected.total > 0)
    for (let round = 0; round < 5; round++) t.same(await engine.search(query), expected)
    // More than there are threads: helpers come late, or not at all.
    for (const answer of await Promise.all(Array.from({ length: 7 }, () => engine.search(query))))
      t.same(answer, expected)
  }
  t.ok(
    helped().some(({ args }) => args[0] === 'help'),
    'threads were asked to help',
  )
  await engine.close()
  await writer.close()
})

t.test('a shared search: each part is done once; what a helper fails at is said to the owner', t => {
  const nothing = { total: 0, top: [], counts: [], candidates: [] }
  const { owner, helpers } = createShare(2)
  const done: string[] = []
  const [first, late] = helpers
  if (!first || !late) throw new Error('two were asked for')
  gatherAsHelper(
    first,
    4,
    7,
    segment => {
      done.push(`helper ${segment}`)
      if (segment === 1) throw new Error('damaged')
    },
    () => nothing,
  )
  const parts = gatherAsOwner(
    owner,
    4,
    segment => done.push(`owner ${segment}`),
    () => t.fail('nobody is at work'),
  )
  t.same(done, ['helper 0', 'helper 1', 'owner 2', 'owner 3'])
  t.match(parts, [{ generation: -1, segments: [0, 1] }])
  gatherAsHelper(
    late,
    4,
    7,
    () => t.fail('nothing is left'),
    () => nothing,
  )

  const hanging = createShare(1)
  new Int32Array(hanging.owner.control)[1] = 1
  t.throws(
    () =>
      gatherAsOwner(
        hanging.owner,
        1,
        () => {},
        () => {
          throw new Error('time is over')
        },
      ),
    { message: 'time is over' },
    'a helper that hangs is not waited for longer than the search may take',
  )
  t.end()
})

t.test('a thread reads none of the libraries that only the service needs', async t => {
  const engine = new URL('../../src/engine/embedded/embedded-engine.ts', import.meta.url)
  const program = `
    import { registerHooks } from 'node:module'
    registerHooks({ load: (url, context, next) => (console.log(url), next(url, context)) })
    await import(${JSON.stringify(engine.href)})`
  const read = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })
  t.match(read, /live-index\.ts/)
  // 11 MB a thread.
  t.notMatch(read, /node_modules\/(typebox|fastify|cheerio|@elastic)\//)
})
