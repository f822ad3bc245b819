import { Type } from 'typebox'
import { checker } from './check.ts'
import type { Cluster } from './client.ts'
import type { Names } from './names.ts'
import type { KeyCounts } from './query-plan.ts'
import { refusePartial } from './response.ts'

const Answer = checker(
  Type.Object({
    timed_out: Type.Boolean(),
    _shards: Type.Object({ total: Type.Integer(), failed: Type.Integer() }),
    aggregations: Type.Object({
      counts: Type.Object({ buckets: Type.Array(Type.Object({ doc_count: Type.Integer() })) }),
    }),
  }),
  'counts of keys',
)

/** Keys a request: each is a filter of its own. */
const A_REQUEST = 1000

/** The number of profiles with each key, of now: profiles that were replaced or removed are not counted. */
export const countKeys = async (
  cluster: Cluster,
  names: Names,
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<KeyCounts> => {
  const counts = new Map<string, number>()
  const distinct = [...new Set(keys)]
  for (let at = 0; at < distinct.length; at += A_REQUEST) {
    const asked = distinct.slice(at, at + A_REQUEST)
    const answer = Answer(
      await cluster.request({
        method: 'POST',
        path: `/${names.suppliers}/_search`,
        body: {
          size: 0,
          track_total_hits: false,
          aggs: { counts: { filters: { filters: asked.map(key => ({ term: { keys: key } })) } } },
        },
        signal,
      }),
    )
    refusePartial(answer)
    asked.forEach((key, index) => {
      counts.set(key, answer.aggregations.counts.buckets[index]?.doc_count ?? 0)
    })
  }
  return counts
}
