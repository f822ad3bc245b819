import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import { currentIndex, rollBackIndex } from '../../src/engine/embedded/index-folder.ts'
import { EngineUnavailableError, IndexDamagedError } from '../../src/engine/engine.ts'
import { engineQuery } from '../support/engine-query.ts'
import { numberedSupplier } from '../support/suppliers.ts'

/** How often each killing is repeated: few in `npm test`, more in CI. */
const KILLS = Number(process.env['BRIQUE_TEST_KILLS'] ?? 3)
/** Bit flips and cuts: few in `npm test`, more in CI and soak. */
const FLIPS = Number(process.env['BRIQUE_TEST_FLIPS'] ?? 20)
const WRITER = fileURLToPath(new URL('../support/index-writer.ts', import.meta.url))

const temporaryFolder = (test: { teardown(done: () => unknown): void }): string => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-durability-'))
  test.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const buildIndex = async (folder: string, count: number): Promise<void> => {
  const build = createEmbeddedBuild(folder)
  for (let n = 1; n <= count; n++) await build.add(numberedSupplier(n))
  await build.commit(0)
}

/** The engine looks for another index five times a second. */
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise(resolve => setTimeout(resolve, 20))
}

const answers = async (folder: string) => {
  const engine = openEmbeddedEngine(folder)
  try {
    const all = []
    for (const text of ['', 'drone', 'capteur forêt', 'lot3', 'santé eau']) {
      const result = await engine.search(engineQuery(text, { minimumMatch: Math.min(1, text.length), limit: 1000 }))
      const scores = result.candidates.map(({ siren, score }) => `${siren} ${score.toFixed(6)}`)
      all.push({ text, total: result.total, scores, themes: result.facets.theme })
    }
    return all
  } finally {
    await engine.close()
  }
}

t.test('kill -9 during single changes loses none that was acknowledged, and repeats none', async t => {
  for (let round = 0; round < KILLS; round++) {
    const folder = temporaryFolder(t)
    await buildIndex(folder, 20)
    const child = spawn(process.execPath, [WRITER, 'upserts', folder, '21'], { stdio: ['ignore', 'pipe', 'inherit'] })
    let printed = ''
    child.stdout.on('data', chunk => {
      printed += chunk
    })
    await once(child.stdout, 'data')
    await new Promise(resolve => setTimeout(resolve, Math.random() * 150))
    child.kill('SIGKILL')
    await once(child, 'close')
    const acknowledged = Number(printed.trim().split('\n').at(-1))
    const engine = openEmbeddedEngine(folder)
    const reached = await engine.appliedSeq()
    const { suppliers } = await engine.state()
    await engine.close()
    t.ok(reached >= acknowledged, `${reached} ≥ ${acknowledged}`)
    t.equal(suppliers, reached, 'one profile a change')
    const whole = temporaryFolder(t)
    await buildIndex(whole, reached)
    t.same(await answers(folder), await answers(whole), 'the same answers as an index built at once')
  }
})

t.test('kill -9 during a rebuild leaves the live index, and the next rebuild gives the whole one', async t => {
  const whole = temporaryFolder(t)
  await buildIndex(whole, 400)
  const expected = await answers(whole)
  for (let round = 0; round < KILLS; round++) {
    const folder = temporaryFolder(t)
    await buildIndex(folder, 20)
    const before = await answers(folder)
    const child = spawn(process.execPath, [WRITER, 'build', folder, '4000'], { stdio: ['ignore', 'pipe', 'inherit'] })
    // Asked for at once: it may have ended before it is killed.
    const closed = once(child, 'close')
    await once(child.stdout, 'data')
    await new Promise(resolve => setTimeout(resolve, Math.random() * 300))
    child.kill('SIGKILL')
    await closed
    if (currentIndex(folder) === 'index-1') t.same(await answers(folder), before)
    await buildIndex(folder, 400)
    t.same(await answers(folder), expected)
    t.ok(readdirSync(folder).filter(name => name.startsWith('index-')).length <= 3, 'unfinished indexes are removed')
  }
})

t.test('a delta larger than memory may hold is sealed into a segment, with the same answers', async t => {
  const [folder, whole] = [temporaryFolder(t), temporaryFolder(t)]
  const COUNT = 4200
  await buildIndex(folder, 1)
  await buildIndex(whole, COUNT)
  const engine = openEmbeddedEngine(folder)
  for (let from = 2; from <= COUNT; from += 100) {
    const batch = Array.from({ length: Math.min(100, COUNT - from + 1) }, (_, i) => numberedSupplier(from + i))
    await engine.apply(
      batch.map(supplier => ({ siren: supplier.siren, supplier })),
      from,
    )
  }
  await engine.close()
  t.same(await answers(folder), await answers(whole))
})

t.test('two processes that write to one index lose no change of each other', async t => {
  const folder = temporaryFolder(t)
  await buildIndex(folder, 1)
  const [a, b] = [openEmbeddedEngine(folder), openEmbeddedEngine(folder)]
  for (let n = 2; n <= 21; n++) {
    const supplier = numberedSupplier(n)
    await (n % 2 ? a : b).apply([{ siren: supplier.siren, supplier }], n)
  }
  await a.close()
  await b.close()
  const engine = openEmbeddedEngine(folder)
  t.equal((await engine.state()).suppliers, 21)
  await engine.close()
})

t.test('a rollback takes the index before the live one, with its number, and never one that a kill left', async t => {
  const folder = temporaryFolder(t)
  t.equal(rollBackIndex(folder), undefined)
  const engine = openEmbeddedEngine(folder)
  const reached = async () => [(await engine.state()).suppliers, await engine.appliedSeq()]
  const rebuild = async (count: number) => {
    const build = createEmbeddedBuild(folder)
    for (let n = 1; n <= count; n++) await build.add(numberedSupplier(n))
    await build.commit(count)
  }
  await rebuild(3)
  t.equal(rollBackIndex(folder), undefined, 'there is none before the first')
  // As a killed build leaves it.
  mkdirSync(join(folder, 'index-2'))
  await rebuild(5)
  t.same(await reached(), [5, 5])
  t.equal(rollBackIndex(folder), 'index-1')
  await until(async () => (await reached())[0] === 3)
  t.same(await reached(), [3, 3])
  t.equal(rollBackIndex(folder), undefined)
  await t.rejects(engine.apply([{ siren: numberedSupplier(9).siren }], 6, 5), EngineUnavailableError)
  t.same(await reached(), [3, 3], 'changes that follow on another index are not applied to this one')
  await rebuild(7)
  t.equal(rollBackIndex(folder), 'index-1', 'not the one that was rolled back')
  await engine.close()
})

t.test('an absent, foreign, older or empty index is said with its remedy', async t => {
  const folder = temporaryFolder(t)
  const state = async () => {
    const engine = openEmbeddedEngine(folder)
    try {
      return await engine.state()
    } finally {
      await engine.close()
    }
  }
  await t.rejects(state(), EngineUnavailableError)
  await buildIndex(folder, 3)
  const path = join(folder, 'index-1', 'index.db')
  const db = new DatabaseSync(path)
  db.exec(`UPDATE meta SET value = '[0]' WHERE key = 'signature'`)
  db.close()
  await t.rejects(state(), { name: 'IndexDamagedError', message: /another format.*npm run index/ })
  writeFileSync(path, 'not a database, though it has some length to it')
  await t.rejects(state(), IndexDamagedError)
  writeFileSync(path, '')
  await t.rejects(state(), IndexDamagedError)
})

t.test('a flipped bit or a cut file gives the same answers or a named error, never others', async t => {
  const source = temporaryFolder(t)
  await buildIndex(source, 60)
  const expected = await answers(source)
  const files = readdirSync(join(source, 'index-1'))
  t.equal(files.length, 2, 'a database and a segment')
  let detected = 0
  for (let round = 0; round < FLIPS; round++) {
    const folder = temporaryFolder(t)
    cpSync(source, folder, { recursive: true })
    const copy = join(folder, 'index-1', files[round % 2] ?? '')
    const size = statSync(copy).size
    const at = Math.floor((size * (round + 0.5)) / FLIPS)
    if (round % 5 === 4) truncateSync(copy, at)
    else {
      const file = openSync(copy, 'r+')
      const byte = new Uint8Array(1)
      readSync(file, byte, 0, 1, at)
      byte[0] = (byte[0] as number) ^ 0x10
      writeSync(file, byte, 0, 1, at)
      closeSync(file)
    }
    try {
      t.same(await answers(folder), expected, `${round} at ${at}`)
    } catch (error) {
      detected++
      t.ok(
        error instanceof EngineUnavailableError,
        `${round} at ${at}: ${error instanceof Error ? error.stack : error}`,
      )
    }
  }
  t.ok(detected > 0, 'some damage was met')
})
