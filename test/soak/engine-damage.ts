import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import { currentIndex, indexFilePath } from '../../src/engine/embedded/index-folder.ts'
import { type Engine, EngineUnavailableError } from '../../src/engine/engine.ts'
import { createCorpus } from '../bench/search/corpus.ts'
import { createRandom } from '../bench/search/random.ts'
import { check } from '../support/counting.ts'
import { answersOf, createHistory, wrongProfiles } from '../support/index-changes.ts'

const PROFILES = 300
const BUILT = 200
const CHANGES = 240
const corpus = createCorpus()
const history = createHistory(PROFILES, BUILT, corpus)

const inFolder = async (work: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-soak-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const livePath = (folder: string): string => indexFilePath(folder, currentIndex(folder) ?? '')

/** The ledger and the sealed segments. */
const indexFiles = (folder: string): string[] =>
  readdirSync(dirname(livePath(folder))).filter(name => name.endsWith('.db') || name.endsWith('.bin'))

const flipBit = (path: string, at: number, bit: number): void => {
  const file = openSync(path, 'r+')
  const byte = new Uint8Array(1)
  readSync(file, byte, 0, 1, at)
  writeSync(file, Uint8Array.of((byte[0] ?? 0) ^ (1 << bit)), 0, 1, at)
  closeSync(file)
}

/** What an engine says of the folder: its answers and profiles, or that it cannot. Anything else is a fault. */
const said = async (folder: string): Promise<string> => {
  const engine = openEmbeddedEngine(folder)
  try {
    const wrong = await wrongProfiles(engine, history, history.after(CHANGES), PROFILES)
    return `${await answersOf(engine, corpus)}\n${(await engine.state()).suppliers} ${wrong.join()}`
  } catch (error) {
    if (error instanceof EngineUnavailableError) return 'refused'
    return `thrown: ${error instanceof Error ? error.stack : error}`
  } finally {
    await engine.close()
  }
}

/** An index with all changes applied; still open, so that its log is there. */
const changedIndex = async (folder: string): Promise<Engine> => {
  const build = createEmbeddedBuild(folder)
  for (const supplier of history.first) await build.add(supplier)
  await build.commit(0)
  const engine = openEmbeddedEngine(folder)
  for (let n = 1; n <= CHANGES; n++) await engine.apply([history.change(n)], n)
  return engine
}

/** Bits flipped and ends cut at random offsets: the same answers, or a named refusal. */
export const damagedFiles = (trials: number): Promise<void> =>
  inFolder(async source => {
    const engine = await changedIndex(source)
    await engine.close()
    const expected = await said(source)
    const random = createRandom(20_261_122, 10)
    const counts = { harmless: 0, refused: 0, other: 0 }
    const faults: string[] = []
    const files = indexFiles(source)
    for (let trial = 0; trial < trials; trial++) {
      await inFolder(async folder => {
        await cp(source, folder, { recursive: true })
        // Each kind of file in turn: the ledger is the smallest, and says most.
        const path = join(dirname(livePath(folder)), random.pick(files))
        const at = random.below(statSync(path).size)
        const isCut = trial % 5 === 4
        if (isCut) truncateSync(path, at)
        else flipBit(path, at, random.below(8))
        const answer = await said(folder)
        if (answer === expected) counts.harmless++
        else if (answer === 'refused') counts.refused++
        else {
          counts.other++
          faults.push(`${isCut ? 'cut' : 'flip'} at ${at} of ${basename(path)}: ${answer.slice(0, 300)}`)
        }
      })
    }
    for (const fault of faults.slice(0, 5)) console.log(`  ${fault}`)
    console.log(`  ${trials} damages to ${files.join(', ')}: ${JSON.stringify(counts)}`)
    check(`${counts.other} damages gave another answer or an unnamed error`, counts.other === 0)
    check('damage was met', counts.refused > 0)
  })

/** Copies of database and log, the log cut at random offsets: as after a crash of the machine. */
export const cutLogs = (trials: number): Promise<void> =>
  inFolder(async source => {
    const engine = await changedIndex(source)
    const random = createRandom(20_261_122, 11)
    const log = `${livePath(source)}-wal`
    if (!existsSync(log)) throw new Error(`${log} is not there: changes went to the database at once`)
    const size = statSync(log).size
    const reached = new Set<number>()
    let wrong = 0
    for (let trial = 0; trial < trials; trial++) {
      await inFolder(async folder => {
        await cp(source, folder, { recursive: true, filter: path => !path.endsWith('-wal') && !path.endsWith('-shm') })
        const copy = `${livePath(folder)}-wal`
        copyFileSync(log, copy)
        truncateSync(copy, random.below(size))
        const opened = openEmbeddedEngine(folder)
        const seq = await opened.appliedSeq()
        const held = history.after(seq)
        reached.add(seq)
        const mistaken = await wrongProfiles(opened, history, held, PROFILES)
        if (mistaken.length > 0 || (await opened.state()).suppliers !== held.size) wrong++
        await opened.close()
      })
    }
    await engine.close()
    console.log(`  ${trials} logs of ${size} bytes cut: reopened at ${reached.size} different changes of ${CHANGES}`)
    check(`${wrong} did not reopen at a committed change with all before it and nothing after`, wrong === 0)
    check('cuts came at different changes', reached.size > 1)
  })
