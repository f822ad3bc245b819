import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import type { EngineQuery } from '../../src/engine/engine.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { nameKey } from '../../src/text/name-key.ts'
import { createCorpus } from '../bench/search/corpus.ts'
import { createRandom } from '../bench/search/random.ts'
import { createTasks } from '../bench/search/tasks.ts'
import { differenceFrom } from '../support/reference-comparison.ts'
import { createReference } from '../support/reference-scorer.ts'

/** The embedded engine beside a scorer that looks at every profile for every query. */

const corpus = createCorpus()
const PROFILES = 500

const chance = createRandom(20_261_122, 9)

/** Every third query has a range of years, every fifth one of days. */
const rangesOf = (number: number): NonNullable<EngineQuery['ranges']> => {
  const year = 1955 + chance.below(70)
  const day = `${2004 + chance.below(22)}-${chance.pick(['01-01', '05-13', '12-31'])}`
  const founded = chance.pick([{ from: year }, { to: year }, { from: year, to: year + chance.below(20) }])
  const updated = chance.pick([{ from: day }, { to: day }])
  return { ...(number % 3 === 1 && { founded }), ...(number % 5 === 2 && { updated }) }
}

/** Needs of every kind that the bench has, some with names asked for in full and words that only add points. */
const queries = (['and', 'or', 'or-facets', 'browse'] as const).flatMap(operation =>
  createTasks(corpus, operation, PROFILES, 75).flatMap((task, number): EngineQuery[] => {
    if (task.kind !== 'search') return []
    const concepts = task.query.concepts.map((concept, index) => ({
      ...concept,
      optional: number % 5 === 4 && index > 0,
    }))
    const least = number % 3 === 2 ? Math.min(2, concepts.length) : task.query.minimumMatch
    const named = number % 7 === 6 ? nameKey(corpus.supplier(number).name) : undefined
    const ranges = rangesOf(number)
    return [{ ...task.query, concepts, minimumMatch: least, limit: 30, ...(named && { nameKey: named }), ranges }]
  }),
)

const temporaryFolder = (test: { teardown(done: () => unknown): void }): string => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-reference-'))
  test.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const differences = async (
  folder: string,
  suppliers: Iterable<Supplier>,
  asked: readonly EngineQuery[],
): Promise<string[]> => {
  const reference = createReference(asked)
  for (const supplier of suppliers) reference.add(supplier)
  const engine = openEmbeddedEngine(folder)
  try {
    const found: string[] = []
    for (const [number, query] of asked.entries()) {
      const difference = differenceFrom(reference.search(query), await engine.search(query), query)
      if (difference) found.push(`${number} "${query.concepts.map(({ text }) => text).join(' ')}": ${difference}`)
    }
    return found
  } finally {
    await engine.close()
  }
}

t.test('totals, facet counts and scores are those of a scorer that looks at every profile', async t => {
  const folder = temporaryFolder(t)
  const build = createEmbeddedBuild(folder)
  const suppliers = Array.from({ length: PROFILES }, (_, n) => corpus.supplier(n))
  for (const supplier of suppliers) await build.add(supplier)
  await build.commit(0)
  t.ok(queries.length >= 300, `${queries.length} queries`)
  t.same(await differences(folder, suppliers, queries), [])
})

t.test(
  'so they are after changes that were merged in memory, sealed and merged again, and after a restart',
  async t => {
    const folder = temporaryFolder(t)
    const held = new Map<number, Supplier>()
    const build = createEmbeddedBuild(folder)
    for (let n = 0; n < 200; n++) {
      held.set(n, corpus.supplier(n))
      await build.add(corpus.supplier(n))
    }
    await build.commit(0)
    const engine = openEmbeddedEngine(folder)
    const random = createRandom(20_261_122, 8)
    for (let seq = 1; seq <= 60; seq++) {
      const changes = Array.from({ length: 40 }, () => {
        const n = random.below(5 * PROFILES)
        const { siren } = corpus.supplier(n)
        if (random.chance(1 / 4)) {
          held.delete(n)
          return { siren }
        }
        const supplier = { ...corpus.supplier(random.below(6 * PROFILES)), siren }
        held.set(n, supplier)
        return { siren, supplier }
      })
      await engine.apply(changes, seq)
    }
    t.equal((await engine.state()).suppliers, held.size)
    const isSealed = () => readdirSync(join(folder, 'index-1')).some(name => /^segment-[^1]/.test(name))
    while (!isSealed()) await new Promise(resolve => setTimeout(resolve, 10))
    await engine.close()
    const everyFourth = queries.filter((_, number) => number % 4 === 0)
    t.same(await differences(folder, held.values(), everyFourth), [])
  },
)
