import { Type } from 'typebox'
import { EngineUnavailableError } from '../engine.ts'
import { checker } from './check.ts'
import { type Cluster, ClusterError } from './client.ts'
import { STATE_ID } from './lexicon.ts'
import { signature } from './mapping.ts'
import type { Names } from './names.ts'

/** What a build notes about itself in the mapping of its index (`_meta`). */
export interface IndexMeta {
  readonly version: string
  readonly builtAt: string
  readonly signature: string
}

/** The index behind the alias. */
export interface LiveIndex extends IndexMeta {
  readonly index: string
}

const Meta = Type.Object({ version: Type.String(), builtAt: Type.String(), signature: Type.String() })
const Mappings = checker(
  Type.Record(
    Type.String(),
    Type.Object({ mappings: Type.Object({ _meta: Type.Optional(Meta) }, { additionalProperties: true }) }),
  ),
  '_mapping',
)
const State = checker(
  Type.Object({ _source: Type.Object({ state: Type.Object({ appliedSeq: Type.Integer() }) }) }),
  'the state of the index',
)
const Count = checker(Type.Object({ count: Type.Integer() }), '_count')
const Newest = checker(
  Type.Object({
    _shards: Type.Object({ total: Type.Integer() }),
    aggregations: Type.Object({ newest: Type.Object({ value: Type.Union([Type.Number(), Type.Null()]) }) }),
  }),
  'the newest profile',
)

/** `undefined` for what is not there. */
export const orAbsent = async <T>(answer: Promise<T>): Promise<T | undefined> => {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ClusterError && error.status === 404) return undefined
    throw error
  }
}

/** The live index; `undefined` before the first build. */
export const findLiveIndex = async (cluster: Cluster, names: Names): Promise<LiveIndex | undefined> => {
  const answer = await orAbsent(cluster.request({ method: 'GET', path: `/${names.suppliers}/_mapping` }))
  if (answer === undefined) return undefined
  const [found] = Object.entries(Mappings(answer))
  const meta = found?.[1].mappings._meta
  return found && meta ? { index: found[0], ...meta } : undefined
}

/** The live index; throws `EngineUnavailableError` when there is none that this version can search. */
export const requireLiveIndex = async (cluster: Cluster, names: Names): Promise<LiveIndex> => {
  const live = await findLiveIndex(cluster, names)
  const remedy = 'build it with "npm run index"'
  if (!live) throw new EngineUnavailableError(`The cluster has no index ${names.suppliers} yet; ${remedy}`)
  if (live.signature !== signature())
    throw new EngineUnavailableError(`The index ${live.index} was built by another version; ${remedy}`)
  return live
}

export const countSuppliers = async (cluster: Cluster, index: string): Promise<number> =>
  Count(await cluster.request({ method: 'GET', path: `/${index}/_count` })).count

/** What every search must know of the index. */
export interface IndexShape {
  /** The newest `recency`: read from its point index, not from its profiles. */
  readonly newest: number
  /** As it was built, whatever the setting says by now. */
  readonly shards: number
}

export const readShape = async (cluster: Cluster, index: string): Promise<IndexShape> => {
  const body = { size: 0, track_total_hits: false, aggs: { newest: { max: { field: 'recency' } } } }
  const { aggregations, _shards } = Newest(await cluster.request({ method: 'POST', path: `/${index}/_search`, body }))
  return { newest: aggregations.newest.value ?? 0, shards: _shards.total }
}

/** The change number that an index has reached. */
export const readAppliedSeq = async (cluster: Cluster, lexicon: string): Promise<number> =>
  State(await cluster.request({ method: 'GET', path: `/${lexicon}/_doc/${encodeURIComponent(STATE_ID)}` }))._source
    .state.appliedSeq

/** Notes the change number that an index has reached, after the changes themselves. */
export const writeAppliedSeq = async (cluster: Cluster, lexicon: string, seq: number): Promise<void> => {
  await cluster.request({
    method: 'PUT',
    path: `/${lexicon}/_doc/${encodeURIComponent(STATE_ID)}`,
    body: { state: { appliedSeq: seq } },
  })
}
