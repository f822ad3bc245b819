import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import type { Siren } from '../../src/model/siren.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { createCorpus } from '../bench/search/corpus.ts'
import { createRandom } from '../bench/search/random.ts'
import { check } from '../support/counting.ts'
import { answersOf, createHistory, wrongProfiles } from '../support/index-changes.ts'

const SCRIPT = fileURLToPath(new URL('../support/index-changer.ts', import.meta.url))
const PROFILES = 2000
const BUILT = 1000
/** With these a delta is sealed every few seconds, and sealed segments are joined. */
const BATCH = 50
const LONGEST_MS = 1500
/** Every so often the whole answers are compared with those of an index built at once, and a rebuild is killed. */
const REBUILD_EVERY = 10

const buildOf = async (folder: string, profiles: Iterable<Supplier>, seq: number): Promise<void> => {
  const build = createEmbeddedBuild(folder)
  for (const supplier of profiles) await build.add(supplier)
  await build.commit(seq)
}

const temporary = (): string => mkdtempSync(join(tmpdir(), 'brique-soak-'))

const answersOfWhole = async (held: ReadonlyMap<Siren, Supplier>): Promise<string> => {
  const folder = temporary()
  try {
    await buildOf(folder, held.values(), 0)
    const engine = openEmbeddedEngine(folder)
    const answers = await answersOf(engine)
    await engine.close()
    return answers
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Starts the script, kills it at a random moment after its first line; its last line. */
const killed = async (random: ReturnType<typeof createRandom>, args: readonly string[]): Promise<string> => {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.on('data', chunk => {
    printed += chunk
  })
  await Promise.race([once(child.stdout, 'data'), once(child, 'close')])
  await wait(random.below(LONGEST_MS))
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
  return printed.trimEnd().split('\n').at(-1) ?? ''
}

/** One index that is changed, sealed, merged and rebuilt by processes that are killed, one after the other. */
export const killedIndexing = async (kills: number): Promise<void> => {
  const folder = temporary()
  const random = createRandom(20_261_122, 9)
  const history = createHistory(PROFILES, BUILT, createCorpus())
  let lost = 0
  let wrong = 0
  let miscounted = 0
  let different = 0
  let reached = 0
  try {
    await buildOf(folder, history.first, 0)
    for (let kill = 1; kill <= kills; kill++) {
      const isRebuild = kill % REBUILD_EVERY === 0
      const sizes = [folder, String(PROFILES), String(BUILT)]
      const last = isRebuild
        ? await killed(random, ['rebuild', ...sizes, String(reached)])
        : await killed(random, [...sizes, String(reached + 1), String(BATCH)])
      const engine = openEmbeddedEngine(folder)
      const now = await engine.appliedSeq()
      const acknowledged = isRebuild ? reached : Number(last)
      if (now < acknowledged || (isRebuild && now !== reached)) lost++
      reached = now
      const held = history.after(reached)
      wrong += (await wrongProfiles(engine, history, held, PROFILES)).length
      if ((await engine.state()).suppliers !== held.size) miscounted++
      if (kill % REBUILD_EVERY === 1 && (await answersOf(engine)) !== (await answersOfWhole(held))) different++
      await engine.close()
    }
    console.log(
      `  ${kills} kills over ${reached} changes, ${Math.floor(kills / REBUILD_EVERY)} of them during a rebuild`,
    )
    check(`${lost} kills lost an acknowledged change`, lost === 0)
    check(`${wrong} profiles are not what the changes made of them`, wrong === 0)
    check(`the index miscounted ${miscounted} times`, miscounted === 0)
    check(`${different} times it answered otherwise than an index built at once`, different === 0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
