import type { EngineQuery } from '../../../src/engine/engine.ts'
import { FIELD_NAMES } from '../../../src/engine/fields.ts'
import type { Supplier } from '../../../src/model/supplier.ts'
import { foldAccents } from '../../../src/text/folding.ts'
import type { BenchEngine, EnginePlace } from './engine.ts'
import { loadMiniSearch, MINISEARCH_VERSION } from './minisearch-package.ts'
import { ownTokens, tokenGroups } from './own-tokens.ts'
import { ProfileColumns } from './profile-columns.ts'

const documentOf = (row: number, supplier: Supplier): object => ({ id: row, ...ownTokens(supplier).fields })

/** Whose words are offered as completions. */
const COMPLETED = ['name', 'tagline', 'tags']

const notes = [
  'MiniSearch works in memory: an update is not durable, and it keeps no profiles. Its disk is its index as JSON.',
  'FTS5 and MiniSearch have no facets, MiniSearch no places: both are counted as the embedded engine counts, in columns.',
  'MiniSearch: typo is its fuzzy search for the words as typed (fuzzy 0.2), without a correction to show.',
]

/** MiniSearch over the product's tokens; the folder is where it is installed. */
export const openMiniSearch = async ({ folder }: EnginePlace): Promise<BenchEngine> => {
  const MiniSearch = await loadMiniSearch(folder)
  const tokens = (text: string): string[] => text.split(' ')
  const index = new MiniSearch({
    fields: [...FIELD_NAMES],
    tokenize: tokens,
    processTerm: (term: string) => (term === '' ? null : term),
    searchOptions: { tokenize: tokens, processTerm: (term: string) => term },
  })
  const columns = new ProfileColumns()

  const rowsOf = (query: EngineQuery, options: object): Iterable<number> => {
    if (query.near) return columns.within(columns.all(), query.near)
    if (query.concepts.length === 0) return columns.all()
    const groups = tokenGroups(query).map(queries => ({ combineWith: 'OR', queries }) as const)
    const combined = { combineWith: query.minimumMatch === 1 ? 'OR' : 'AND', queries: groups } as const
    return index.search(combined, { boost: query.weights.fields, ...options }).map(({ id }) => id)
  }

  return {
    version: MINISEARCH_VERSION,
    notes,
    add: async suppliers => {
      index.addAll(suppliers.map(supplier => documentOf(columns.add(supplier).row, supplier)))
    },
    finish: async () => {},
    search: async query => columns.collect(rowsOf(query, {}), query),
    complete: async (prefix, limit) =>
      index.autoSuggest(`x:${foldAccents(prefix.toLowerCase())}`, { fields: COMPLETED }).slice(0, limit).length,
    searchMisspelt: async ({ query }) => columns.collect(rowsOf(query, { fuzzy: 0.2 }), query),
    update: async supplier => {
      const { row, replaced } = columns.add(supplier)
      if (replaced !== undefined) index.discard(replaced)
      index.addAll([documentOf(row, supplier)])
    },
    diskBytes: async () => {
      try {
        return Buffer.byteLength(JSON.stringify(index))
      } catch (error) {
        // Past half a gigabyte there is no such string: it cannot be saved.
        if (error instanceof RangeError) return undefined
        throw error
      }
    },
    close: async () => {},
  }
}
