import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { createCorpus } from '../bench/search/corpus.ts'
import { percentile } from '../bench/search/percentile.ts'
import { createTasks } from '../bench/search/tasks.ts'
import { folderBytes } from '../cluster/servers/cache.ts'
import { check } from '../support/counting.ts'
import { answersOf, createHistory, wrongProfiles } from '../support/index-changes.ts'

export interface UpsertSizes {
  readonly upserts: number
  /** Of which profiles the changes speak. */
  readonly profiles: number
}

const BATCH = 100
/** So many searches after so many upserts: their times are what must not drift. */
const SEARCHES = 20
const EVERY = 1000
const MOST_GROWTH = 1.5
const MOST_DRIFT = 1.3
/** Fewer samples than this tell nothing of a tenth of them. */
const LEAST_SAMPLES = 400

const buildOf = async (folder: string, profiles: Iterable<Supplier>): Promise<void> => {
  const build = createEmbeddedBuild(folder)
  for (const supplier of profiles) await build.add(supplier)
  await build.commit(0)
}

/** NaN, which equals nothing, when a file went while its size was asked. */
const bytesOf = (folder: string): number => {
  try {
    return folderBytes(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Number.NaN
    throw error
  }
}

/** Merging goes on in the background: its end is waited for before the disk is looked at. */
const settled = async (folder: string): Promise<number> => {
  let bytes = bytesOf(folder)
  for (let same = 0; same < 20; ) {
    await new Promise(resolve => setTimeout(resolve, 100))
    const now = bytesOf(folder)
    same = now === bytes ? same + 1 : 0
    bytes = now
  }
  return bytes
}

const searchTimes = async (engine: Engine, tasks: readonly (() => Promise<unknown>)[]): Promise<number[]> => {
  const times: number[] = []
  for (const task of tasks) {
    const started = performance.now()
    await task()
    times.push(performance.now() - started)
  }
  // Background work has its turn.
  await setImmediate()
  await engine.appliedSeq()
  return times
}

/** Upserts and removals over a live index, under searches: neither they nor the files grow with the number of changes. */
export const manyUpserts = async ({ upserts, profiles }: UpsertSizes): Promise<void> => {
  const [folder, fresh] = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'brique-soak-'))) as [string, string]
  const corpus = createCorpus()
  const history = createHistory(profiles, profiles, corpus)
  try {
    await buildOf(folder, history.first)
    const engine = openEmbeddedEngine(folder)
    const queries = createTasks(corpus, 'or-facets', profiles, 200).flatMap(task =>
      task.kind === 'search' ? [() => engine.search(task.query)] : [],
    )
    for (const query of queries) await query()
    const times: number[] = []
    let applying = 0
    for (let n = 1; n <= upserts; n += BATCH) {
      const changes = Array.from({ length: BATCH }, (_, at) => history.change(n + at))
      const started = performance.now()
      await engine.apply(changes, n + BATCH - 1)
      applying += performance.now() - started
      if ((n - 1) % EVERY === 0) {
        const first = (times.length * 7) % (queries.length - SEARCHES)
        times.push(...(await searchTimes(engine, queries.slice(first, first + SEARCHES))))
      }
    }
    const held = history.after(upserts)
    const wrong = await wrongProfiles(engine, history, held, profiles)
    const bytes = await settled(folder)
    await buildOf(fresh, held.values())
    const whole = openEmbeddedEngine(fresh)
    const same = (await answersOf(engine, corpus)) === (await answersOf(whole, corpus))
    await Promise.all([engine.close(), whole.close()])
    const tenth = Math.floor(times.length / 10)
    const median = (values: readonly number[]): number =>
      percentile(
        values.toSorted((a, b) => a - b),
        0.5,
      )
    const drift = median(times.slice(-tenth)) / median(times.slice(0, tenth))
    const growth = bytes / folderBytes(fresh)
    console.log(
      `  ${upserts} changes of ${profiles} profiles, ${((applying / upserts) * 1000).toFixed(0)} µs each in batches of ${BATCH}; ` +
        `search p50 ${median(times.slice(0, tenth)).toFixed(2)} ms in the first tenth, ${median(times.slice(-tenth)).toFixed(2)} in the last (ratio ${drift.toFixed(2)}); ` +
        `${(bytes / 1e6).toFixed(0)} MB, ${growth.toFixed(2)} of a fresh build`,
    )
    check(`${wrong.length} profiles are not what the changes made of them`, wrong.length === 0)
    check('answers are those of an index built at once', same)
    check(`files are at most ${MOST_GROWTH} of a fresh build's`, growth <= MOST_GROWTH)
    // A ratio within one run, not a time; of few samples it is only printed.
    if (times.length >= LEAST_SAMPLES * 10) check(`searches do not drift (at most ${MOST_DRIFT})`, drift <= MOST_DRIFT)
  } finally {
    for (const each of [folder, fresh]) rmSync(each, { recursive: true, force: true })
  }
}
