import type { Engine, EngineQuery, IndexBuild } from '../../../src/engine/engine.ts'
import { engineQuery } from '../../../src/search/rank.ts'
import { spellQuery } from '../../../src/search/spell-query.ts'
import { understand } from '../../../src/search/understand.ts'
import type { BenchEngine, Found, MisspeltQuery } from './engine.ts'

/** An engine of the product, asked as the product asks it. `build` starts its one rebuild. */
export const benchPort = (
  engine: Engine,
  build: () => IndexBuild,
  rest: Pick<BenchEngine, 'version' | 'notes' | 'diskBytes' | 'programMs'>,
): BenchEngine => {
  let current: IndexBuild | undefined
  let seq = 0

  const search = async (query: EngineQuery): Promise<Found> => {
    const { total, candidates, facets } = await engine.search(query)
    return { total, sirens: candidates.map(({ siren }) => siren), facets }
  }

  /** Asks what the words may stand for, corrects those that the product corrects unasked, and searches. */
  const searchMisspelt = async ({ text, query }: MisspeltQuery): Promise<Found> => {
    const asked = { text, filters: {}, sort: 'relevance', page: 1, size: query.limit } as const
    const spelled = await spellQuery(engine, asked)
    if (spelled.changes.length === 0) return search(query)
    const understood = understand(spelled.query.text)
    const corrected = engineQuery(spelled.query, understood, understood.concepts.length, query.limit)
    const { nameKey: _, ...plain } = corrected
    return search({ ...plain, facets: [] })
  }

  return {
    ...rest,
    add: async suppliers => {
      current ??= build()
      for (const supplier of suppliers) await current.add(supplier)
    },
    finish: async () => {
      await current?.commit(seq)
    },
    search,
    complete: async (prefix, limit) => (await engine.complete(prefix, limit)).length,
    searchMisspelt,
    update: supplier => engine.apply([{ siren: supplier.siren, supplier }], ++seq),
    close: () => engine.close(),
  }
}
