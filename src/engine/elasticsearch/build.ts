import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import { FACET_NAMES } from '../../model/facets.ts'
import {
  type CommitOptions,
  EngineUnavailableError,
  type IndexBuild,
  type IndexState,
  type RefusedProfile,
} from '../engine.ts'
import { type BulkFailure, BulkWriter } from './bulk.ts'
import { BulkError } from './bulk-error.ts'
import { checker } from './check.ts'
import { type Cluster, ClusterError } from './client.ts'
import { deliver, refusedProfile } from './delivery.ts'
import { indexProfile } from './document.ts'
import { WordCounter } from './lexicon.ts'
import {
  countSuppliers,
  findLiveIndex,
  type IndexMeta,
  type LiveIndex,
  orAbsent,
  writeAppliedSeq,
} from './live-index.ts'
import { type IndexBody, lexiconIndex, signature, suppliersIndex } from './mapping.ts'
import { type IndexPair, type Names, namesFor, newStamp } from './names.ts'
import { BUILD_POLICY } from './retry.ts'

/** How the new index lies on the cluster. README.md has the arithmetic. */
export interface BuildOptions {
  readonly prefix?: string
  /** One keeps term statistics exact without a second round; more let several nodes share a search. */
  readonly shards?: number
  /** Copies a shard, as `auto_expand_replicas` takes them: none on a single node. */
  readonly replicas?: string
  readonly refreshInterval?: string
  /** Segments a shard after the build. */
  readonly segments?: number
}

/** Merging a shard of some 50 GB into one segment. */
const MERGE_TIMEOUT_MS = 6 * 3_600_000

/** Puts the templates that every index of this prefix takes its mapping from. */
export const putTemplates = async (cluster: Cluster, names: Names): Promise<void> => {
  const bodies: readonly (readonly [string, IndexBody])[] = [
    [names.suppliers, suppliersIndex()],
    [names.lexicon, lexiconIndex()],
  ]
  for (const [name, template] of bodies) {
    await cluster.request({
      method: 'PUT',
      path: `/_index_template/${name}`,
      body: { index_patterns: [`${name}-*`], priority: 500, template },
    })
  }
}

const Indexes = checker(Type.Array(Type.Object({ index: Type.String() })), '_cat/indices')

const indexesOf = async (cluster: Cluster, alias: string): Promise<string[]> => {
  const path = `/_cat/indices/${alias}-*`
  return Indexes(await cluster.request({ method: 'GET', path, query: { format: 'json', h: 'index' } }))
    .map(({ index }) => index)
    .sort()
}

/** Deletes the indexes of a build; what is gone already is as wanted. */
export const deletePair = async (cluster: Cluster, { suppliers, lexicon }: IndexPair): Promise<void> => {
  for (const index of [suppliers, lexicon]) await orAbsent(cluster.request({ method: 'DELETE', path: `/${index}` }))
}

/** Points both aliases from `old` to `next` in one step; fails (404) when somebody else has moved them since. */
const moveAliases = async (
  cluster: Cluster,
  names: Names,
  old: IndexPair | undefined,
  next: IndexPair,
): Promise<void> => {
  const actions = (['suppliers', 'lexicon'] as const).flatMap(kind => [
    ...(old ? [{ remove: { index: old[kind], alias: names[kind], must_exist: true } }] : []),
    { add: { index: next[kind], alias: names[kind] } },
  ])
  await cluster.request({ method: 'POST', path: '/_aliases', body: { actions } })
}

/** Keeps the live build, the one before it for a rollback, and any that was begun later. */
const removeOldBuilds = async (cluster: Cluster, names: Names, live: string, before?: string): Promise<void> => {
  const old = (await indexesOf(cluster, names.suppliers)).filter(index => index < live && index !== before)
  for (const index of old) await deletePair(cluster, names.pairOf(index))
}

/** Loads what the first searches would wait for: the ordinals of every facet. */
const warmUp = async (cluster: Cluster, index: string): Promise<void> => {
  const aggs = Object.fromEntries(FACET_NAMES.map(name => [name, { terms: { field: `facets.${name}` } }]))
  await cluster.request({ method: 'POST', path: `/${index}/_search`, body: { size: 0, aggs } })
}

/** One build: new indexes, filled, finished and made live. */
export class Build implements IndexBuild {
  readonly #cluster: Cluster
  readonly #names: Names
  readonly #options: BuildOptions
  readonly #next: IndexPair
  readonly #digest = createHash('sha256')
  readonly #words = new WordCounter()
  readonly #writer: BulkWriter
  #created: Promise<void> | undefined
  #added = 0
  readonly #refused: RefusedProfile[] = []

  constructor(cluster: Cluster, options: BuildOptions) {
    this.#cluster = cluster
    this.#options = options
    this.#names = namesFor(options.prefix)
    this.#next = this.#names.of(newStamp())
    this.#writer = new BulkWriter(async actions => {
      this.#refuse(await deliver(cluster, actions, { policy: BUILD_POLICY }))
    })
  }

  async add(supplier: Parameters<IndexBuild['add']>[0]): Promise<void> {
    await this.#create()
    const { document, words } = indexProfile(supplier)
    this.#digest.update(JSON.stringify(supplier))
    this.#added++
    await this.#writer.add({ kind: 'index', index: this.#next.suppliers, id: supplier.siren, document })
    this.#words.add(words)
    for (const action of this.#words.overflow(this.#next.lexicon)) await this.#writer.add(action)
  }

  async commit(seq: number, options?: CommitOptions): Promise<IndexState> {
    const builtAt = new Date().toISOString()
    // The day for people, the digest of the content for certainty: the same catalogue gives the same digest anywhere.
    const version = `${builtAt.slice(0, 10)}.${this.#digest.digest('hex').slice(0, 8)}`
    await this.#finish({ version, builtAt, signature: signature() }, seq)
    const live = await findLiveIndex(this.#cluster, this.#names)
    await options?.beforeLive?.(this.#refused)
    await this.#goLive(live)
    await removeOldBuilds(this.#cluster, this.#names, this.#next.suppliers, live?.index)
    return { engine: 'elasticsearch', version, builtAt, suppliers: this.#added - this.#refused.length }
  }

  /** Takes the place of `live`, whose content it holds anew. False when another build has done so in the meantime. */
  async replace(live: LiveIndex, seq: number): Promise<boolean> {
    await this.#finish(live, seq)
    try {
      await moveAliases(this.#cluster, this.#names, this.#names.pairOf(live.index), this.#next)
      return true
    } catch (error) {
      if (error instanceof ClusterError && error.status === 404) return false
      throw error
    }
  }

  /** A move whose answer was lost has failed only when the alias is elsewhere. */
  async #goLive(live: LiveIndex | undefined): Promise<void> {
    try {
      await moveAliases(this.#cluster, this.#names, live && this.#names.pairOf(live.index), this.#next)
    } catch (error) {
      const now = await findLiveIndex(this.#cluster, this.#names)
      if (now?.index !== this.#next.suppliers) throw error
    }
  }

  /** A profile that is refused is left out and told; without its words the index would be wrong. */
  #refuse(failures: readonly BulkFailure[]): void {
    const words = failures.filter(({ index }) => index !== this.#next.suppliers)
    if (words.length > 0) throw new BulkError(words)
    this.#refused.push(...failures.map(refusedProfile))
  }

  async abort(): Promise<void> {
    await this.#created?.catch(() => {})
    await this.#writer.flush().catch(() => {})
    await deletePair(this.#cluster, this.#next)
  }

  /** Writes what is left, checks the count, merges, warms up: all but the alias. */
  async #finish({ version, builtAt, signature }: IndexMeta, seq: number): Promise<void> {
    const { suppliers, lexicon } = this.#next
    await this.#create()
    for (const action of this.#words.finish(lexicon)) await this.#writer.add(action)
    await this.#writer.flush()
    await writeAppliedSeq(this.#cluster, lexicon, seq)
    await this.#post(`/${suppliers},${lexicon}/_refresh`)
    const held = await countSuppliers(this.#cluster, suppliers)
    const acknowledged = this.#added - this.#refused.length
    if (held !== acknowledged)
      throw new EngineUnavailableError(`${suppliers} holds ${held} of ${acknowledged} suppliers: it does not go live`)
    await this.#post(`/${suppliers},${lexicon}/_forcemerge`, { max_num_segments: this.#options.segments ?? 1 })
    await this.#cluster.request({
      method: 'PUT',
      path: `/${suppliers}/_mapping`,
      body: { _meta: { version, builtAt, signature } },
    })
    const live = { refresh_interval: this.#options.refreshInterval ?? '1s' }
    const replicas = { auto_expand_replicas: this.#options.replicas ?? '0-1' }
    await this.#cluster.request({
      method: 'PUT',
      path: `/${suppliers},${lexicon}/_settings`,
      body: { index: { ...live, ...replicas } },
    })
    await this.#post(`/${suppliers},${lexicon}/_refresh`)
    await warmUp(this.#cluster, suppliers)
  }

  #create(): Promise<void> {
    this.#created ??= this.#createIndexes()
    return this.#created
  }

  async #createIndexes(): Promise<void> {
    await putTemplates(this.#cluster, this.#names)
    // No copies and no refresh until all is written.
    const index = { number_of_replicas: 0, refresh_interval: '-1' }
    const shards = { number_of_shards: this.#options.shards ?? 1 }
    const create = async (name: string, settings: object): Promise<void> => {
      try {
        await this.#cluster.request({ method: 'PUT', path: `/${name}`, body: { settings: { index: settings } } })
      } catch (error) {
        // Nobody else takes that name: it was made by a request whose answer was lost.
        if (!(error instanceof ClusterError && error.message.includes('resource_already_exists'))) throw error
      }
    }
    await create(this.#next.suppliers, { ...index, ...shards })
    await create(this.#next.lexicon, { ...index, number_of_shards: 1 })
  }

  async #post(path: string, query?: Readonly<Record<string, number>>): Promise<void> {
    await this.#cluster.request({ method: 'POST', path, timeoutMs: MERGE_TIMEOUT_MS, ...(query && { query }) })
  }
}

/** Starts a full rebuild beside the live index. One build at a time: the caller holds the lock. */
export const createElasticsearchBuild = (cluster: Cluster, options: BuildOptions = {}): IndexBuild =>
  new Build(cluster, options)

/** Makes the build before the live one live again; returns it, `undefined` when none of another version was kept. */
export const rollBack = async (cluster: Cluster, prefix?: string): Promise<LiveIndex | undefined> => {
  const names = namesFor(prefix)
  const live = await findLiveIndex(cluster, names)
  if (!live) return undefined
  for (const index of (await indexesOf(cluster, names.suppliers)).reverse()) {
    const before = index < live.index ? await findLiveIndex(cluster, { ...names, suppliers: index }) : undefined
    if (!before || before.version === live.version) continue
    await moveAliases(cluster, names, names.pairOf(live.index), names.pairOf(index))
    return before
  }
  return undefined
}
