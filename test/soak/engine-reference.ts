import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import type { EngineQuery } from '../../src/engine/engine.ts'
import { createCorpus } from '../bench/search/corpus.ts'
import { createTasks } from '../bench/search/tasks.ts'
import { check } from '../support/counting.ts'
import { differenceFrom, overlapAtTen } from '../support/reference-comparison.ts'
import { createReference } from '../support/reference-scorer.ts'

const OPERATIONS = ['and', 'and-facets', 'or', 'or-facets', 'browse'] as const
/** Queries whose terms the reference keeps at once: it holds what any of them asks for of every profile. */
const QUERIES_AT_ONCE = 2_000
const LEAST_OVERLAP = 0.99

/** The embedded engine beside a scorer that looks at every profile for every query (`test/support/reference-scorer.ts`). */
export const besideReference = async (size: { readonly profiles: number; readonly queries: number }): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-soak-'))
  const corpus = createCorpus()
  try {
    const build = createEmbeddedBuild(folder)
    for (let n = 0; n < size.profiles; n++) await build.add(corpus.supplier(n))
    await build.commit(0)
    const engine = openEmbeddedEngine(folder)
    const queries = OPERATIONS.flatMap(operation =>
      createTasks(corpus, operation, size.profiles, Math.ceil(size.queries / OPERATIONS.length)).flatMap(task =>
        task.kind === 'search' ? [task.query] : [],
      ),
    )
    const overlaps: number[] = []
    const differences: string[] = []
    for (let first = 0; first < queries.length; first += QUERIES_AT_ONCE) {
      const asked = queries.slice(first, first + QUERIES_AT_ONCE)
      const reference = createReference(asked)
      for (let n = 0; n < size.profiles; n++) reference.add(corpus.supplier(n))
      for (const query of asked) {
        const [expected, answer] = [reference.search(query), await engine.search(query)]
        overlaps.push(overlapAtTen(expected, answer))
        const difference = differenceFrom(expected, answer, query)
        if (difference) differences.push(`"${describe(query)}": ${difference}`)
      }
    }
    await engine.close()
    const overlap = overlaps.reduce((sum, each) => sum + each, 0) / overlaps.length
    for (const difference of differences.slice(0, 5)) console.log(`  ${difference}`)
    console.log(
      `  ${queries.length} queries of ${size.profiles} profiles: overlap of the first ten ${overlap.toFixed(4)}`,
    )
    check(
      `${differences.length} answers have another total, facet count or score at some rank`,
      differences.length === 0,
    )
    check(`the first ten overlap by at least ${LEAST_OVERLAP}`, overlap >= LEAST_OVERLAP)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const describe = ({ concepts }: EngineQuery): string => concepts.map(({ text }) => text).join(' ')
