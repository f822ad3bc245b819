import { Type } from 'typebox'
import type { Siren } from '../../model/siren.ts'
import type { Supplier } from '../../model/supplier.ts'
import { termKey } from '../embedded/analysed.ts'
import { prefixKey } from '../embedded/completion.ts'
import type { Completion } from '../engine.ts'
import { checker } from './check.ts'
import type { Cluster } from './client.ts'
import { countKeys } from './counts.ts'
import type { Names } from './names.ts'
import { refusePartial } from './response.ts'

const Shards = Type.Object({ total: Type.Integer(), failed: Type.Integer() })

const Suggested = checker(
  Type.Object({
    timed_out: Type.Boolean(),
    _shards: Shards,
    suggest: Type.Object({
      names: Type.Array(Type.Object({ options: Type.Array(Type.Object({ _id: Type.String() })) })),
    }),
  }),
  'completion of names',
)

const Words = checker(
  Type.Object({
    timed_out: Type.Boolean(),
    _shards: Shards,
    hits: Type.Object({
      hits: Type.Array(Type.Object({ _source: Type.Object({ term: Type.String(), surface: Type.String() }) })),
    }),
  }),
  'completion of words',
)

/** Longer prefixes begin no name and no word of the index. */
const LONGEST_PREFIX = 180

const namesOf = async (cluster: Cluster, names: Names, prefix: string, limit: number): Promise<string[]> => {
  const answer = Suggested(
    await cluster.request({
      method: 'POST',
      path: `/${names.suppliers}/_search`,
      body: {
        _source: false,
        // A firm comes once for each of its names that begins so.
        suggest: { names: { prefix, completion: { field: 'completions', size: 3 * limit } } },
      },
    }),
  )
  refusePartial(answer)
  const ids = answer.suggest.names.flatMap(({ options }) => options.map(option => option._id))
  return [...new Set(ids)].slice(0, limit)
}

/** By the frequencies of the build, then of now: a word is offered as long as a profile has it. */
const wordsOf = async (cluster: Cluster, names: Names, prefix: string, limit: number): Promise<Completion[]> => {
  const answer = Words(
    await cluster.request({
      method: 'POST',
      path: `/${names.lexicon}/_search`,
      body: {
        size: 2 * limit,
        track_total_hits: false,
        _source: ['term', 'surface'],
        query: { bool: { filter: [{ prefix: { term: { value: prefix } } }, { term: { completes: true } }] } },
        sort: [{ frequency: 'desc' }, { term: 'asc' }],
      },
    }),
  )
  refusePartial(answer)
  const words = answer.hits.hits.map(hit => hit._source)
  if (words.length === 0) return []
  const counts = await countKeys(
    cluster,
    names,
    words.map(({ term }) => termKey.exact(term)),
  )
  return words
    .map(({ term, surface }) => ({ term, surface, frequency: counts.get(termKey.exact(term)) ?? 0 }))
    .filter(({ frequency }) => frequency > 0)
    .sort((a, b) => b.frequency - a.frequency || (a.term < b.term ? -1 : 1))
    .slice(0, limit)
    .sort((a, b) => b.frequency - a.frequency || (a.surface < b.surface ? -1 : 1))
    .map(({ surface, frequency }) => ({ kind: 'word', text: surface, frequency }))
}

/** Answers `Searcher.complete`: names that begin with the prefix at any of their words, then single words. */
export const complete = async (
  cluster: Cluster,
  names: Names,
  suppliers: (sirens: readonly string[]) => Promise<ReadonlyMap<Siren, Supplier>>,
  typed: string,
  limit: number,
): Promise<Completion[]> => {
  const prefix = prefixKey(typed)
  if (prefix === '' || prefix.length > LONGEST_PREFIX || limit < 1) return []
  const [named, words] = await Promise.all([
    namesOf(cluster, names, prefix, limit).then(suppliers),
    wordsOf(cluster, names, prefix, limit),
  ])
  const firms = [...named.values()].map(
    ({ name, siren }): Completion => ({
      kind: 'supplier',
      text: name,
      siren,
      frequency: 1,
    }),
  )
  return [...firms, ...words]
}
