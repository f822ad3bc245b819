import { Type } from 'typebox'
import {
  type Engine,
  type EngineQuery,
  type EngineResult,
  EngineUnavailableError,
  type IndexChange,
  type IndexState,
  RefusedProfilesError,
} from '../engine.ts'
import { Build, type BuildOptions, deletePair } from './build.ts'
import { type BulkAction, type BulkFailure, prepare } from './bulk.ts'
import { BulkError } from './bulk-error.ts'
import { checker } from './check.ts'
import type { Cluster } from './client.ts'
import { complete } from './completion.ts'
import { Corrector } from './corrections.ts'
import { countKeys } from './counts.ts'
import { deliver, refusedProfile } from './delivery.ts'
import { indexProfile } from './document.ts'
import { isInLexicon, lexiconAction } from './lexicon.ts'
import { countSuppliers, readAppliedSeq, readShape, requireLiveIndex, writeAppliedSeq } from './live-index.ts'
import { type IndexPair, type Names, namesFor } from './names.ts'
import { explainPassages } from './passages.ts'
import { readProfiles, storedProfile } from './profiles.ts'
import { keysToCount, planQuery } from './query-plan.ts'
import { searchRequest } from './request.ts'
import { readSearch } from './response.ts'
import { CHANGE_POLICY } from './retry.ts'

export interface EngineOptions extends BuildOptions {
  /** After so long a search is an `EngineUnavailableError`. */
  readonly searchTimeoutMs?: number
}

const SEARCH_TIMEOUT_MS = 2000
/** The server gives up by itself first; this is for one that does not answer at all. */
const GRACE_MS = 1000

/** How long another build may go unnoticed, and the newest profile be another: only freshness depends on it. */
const LOOK_EVERY_MS = 1000

/** Words that are known to be in the lexicon: so many are remembered. */
const MOST_KNOWN_WORDS = 200_000

/**
 * Lucene counts replaced and removed profiles in its statistics until a merge drops them, and the server keeps them
 * for its copies for a while. In a large index they are few; one this small is written anew before it is searched.
 */
const SMALL_INDEX = 100

const Profiles = checker(
  Type.Object({
    hits: Type.Object({ hits: Type.Array(Type.Object({ _source: Type.Object({ profile: Type.Unknown() }) })) }),
  }),
  'profiles of a small index',
)

class ElasticsearchEngine implements Engine {
  readonly #cluster: Cluster
  readonly #names: Names
  readonly #options: EngineOptions
  readonly #corrector: Corrector
  /** Words that the lexicon of this index is known to hold. */
  readonly #known = { index: '', words: new Set<string>() }
  #shape = { newest: 0, shards: 1, readAt: Number.NEGATIVE_INFINITY }
  /** Changes are applied one after the other. */
  #writing: Promise<unknown> = Promise.resolve()
  #hasDeadProfiles = false
  /** Searches that began before it was replaced may still read it. */
  #replaced: IndexPair | undefined

  constructor(cluster: Cluster, options: EngineOptions) {
    this.#cluster = cluster
    this.#options = options
    this.#names = namesFor(options.prefix)
    this.#corrector = new Corrector(cluster, this.#names)
  }

  async search(query: EngineQuery, options?: { readonly signal?: AbortSignal }): Promise<EngineResult> {
    const signal = options?.signal
    signal?.throwIfAborted()
    // What stops it stops the search too, or a build has become live in its place.
    if (this.#hasDeadProfiles) await this.#write(() => this.#rewriteSmall()).catch(() => {})
    const [server, { newest, shards }] = await Promise.all([this.#cluster.server(), this.#readShape()])
    const keys = keysToCount(query)
    const counts = keys.length > 0 ? await countKeys(this.#cluster, this.#names, keys, signal) : undefined
    const plan = planQuery(query, counts)
    const timeoutMs = this.#options.searchTimeoutMs ?? SEARCH_TIMEOUT_MS
    const { body, clauses } = searchRequest(query, plan, server, { timeoutMs })
    const ask = (asked: object): Promise<unknown> =>
      this.#cluster.request({
        method: 'POST',
        path: `/${this.#names.suppliers}/_search`,
        query: searchParameters(query, shards),
        body: asked,
        timeoutMs: timeoutMs + GRACE_MS,
        signal,
      })
    const result = readSearch(await ask(body), { query, plan, clauses, newest })
    return explainPassages(result, query, plan, server, ask)
  }

  suppliers(sirens: Parameters<Engine['suppliers']>[0]): ReturnType<Engine['suppliers']> {
    return readProfiles(this.#cluster, this.#names, sirens)
  }

  complete(prefix: string, limit: number): ReturnType<Engine['complete']> {
    return complete(
      this.#cluster,
      this.#names,
      sirens => readProfiles(this.#cluster, this.#names, sirens),
      prefix,
      limit,
    )
  }

  corrections(words: readonly string[]): ReturnType<Engine['corrections']> {
    return this.#corrector.correct(words)
  }

  async state(): Promise<IndexState> {
    const { version, builtAt, index } = await requireLiveIndex(this.#cluster, this.#names)
    return { engine: 'elasticsearch', version, builtAt, suppliers: await countSuppliers(this.#cluster, index) }
  }

  async appliedSeq(): Promise<number> {
    await requireLiveIndex(this.#cluster, this.#names)
    return readAppliedSeq(this.#cluster, this.#names.lexicon)
  }

  /**
   * Documents first, then the number that they reach: what fails in between is applied again from the number before,
   * to the same end. Until then a part of the changes may be seen. All of it goes to one build: when another becomes
   * live meanwhile, that one has its own number and gets the changes after it.
   */
  apply(changes: readonly IndexChange[], seq: number, after?: number): Promise<void> {
    return this.#write(async () => {
      const { index } = await requireLiveIndex(this.#cluster, this.#names)
      const pair = this.#names.pairOf(index)
      if (after !== undefined && (await readAppliedSeq(this.#cluster, pair.lexicon)) !== after)
        throw new EngineUnavailableError(`${index} went live; the changes follow on another number`)
      const words = new Map<string, string | undefined>()
      const actions = changes.map(({ siren, supplier }): BulkAction => {
        if (!supplier) return { kind: 'delete', index, id: siren }
        const indexed = indexProfile(supplier)
        for (const [term, surface] of indexed.words) words.set(term, words.get(term) ?? surface)
        return { kind: 'index', index, id: siren, document: indexed.document }
      })
      await this.#addWords(pair, words)
      const refused = await this.#deliver(actions)
      if (refused.length > 0) throw new RefusedProfilesError(refused.map(refusedProfile))
      await writeAppliedSeq(this.#cluster, pair.lexicon, seq)
      // Searches wait for the changes under way only where they must be followed by a rewrite.
      this.#hasDeadProfiles = (await countSuppliers(this.#cluster, index)) <= SMALL_INDEX
      this.#shape = { ...this.#shape, readAt: Number.NEGATIVE_INFINITY }
    })
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => {})
    await this.#cluster.close()
  }

  #write<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#writing.catch(() => {}).then(work)
    this.#writing = result
    return result
  }

  #deliver(actions: readonly BulkAction[]): Promise<readonly BulkFailure[]> {
    return deliver(this.#cluster, actions.map(prepare), { policy: CHANGE_POLICY, refresh: true })
  }

  /** Words of changed profiles join the lexicon; those that are in it stay as they are. */
  async #addWords({ suppliers, lexicon }: IndexPair, words: ReadonlyMap<string, string | undefined>): Promise<void> {
    const known = this.#known
    if (known.index !== suppliers || known.words.size >= MOST_KNOWN_WORDS) known.words.clear()
    known.index = suppliers
    const added = [...words].filter(([term]) => isInLexicon(term) && !known.words.has(term))
    const refused = await this.#deliver(
      added.map(([term, surface]) => lexiconAction('create', lexicon, term, 1, surface)),
    )
    if (refused.length > 0) throw new BulkError(refused)
    for (const [term] of added) known.words.add(term)
  }

  async #readShape(): Promise<{ readonly newest: number; readonly shards: number }> {
    const now = performance.now()
    if (now - this.#shape.readAt < LOOK_EVERY_MS) return this.#shape
    await requireLiveIndex(this.#cluster, this.#names)
    this.#shape = { ...(await readShape(this.#cluster, this.#names.suppliers)), readAt: now }
    return this.#shape
  }

  async #rewriteSmall(): Promise<void> {
    if (!this.#hasDeadProfiles) return
    this.#hasDeadProfiles = false
    const live = await requireLiveIndex(this.#cluster, this.#names)
    if ((await countSuppliers(this.#cluster, live.index)) > SMALL_INDEX) return
    const seq = await readAppliedSeq(this.#cluster, this.#names.lexicon)
    const body = { size: SMALL_INDEX, query: { match_all: {} }, sort: [{ siren: 'asc' }] }
    const answer = Profiles(await this.#cluster.request({ method: 'POST', path: `/${live.index}/_search`, body }))
    const build = new Build(this.#cluster, this.#options)
    try {
      for (const { _source } of answer.hits.hits) await build.add(storedProfile(_source.profile))
      if (!(await build.replace(live, seq))) return await build.abort()
      if (this.#replaced) await deletePair(this.#cluster, this.#replaced)
      this.#replaced = this.#names.pairOf(live.index)
    } catch (error) {
      await build.abort()
      throw error
    }
  }
}

const searchParameters = ({ tieBreak }: EngineQuery, shards: number): Readonly<Record<string, string | boolean>> => ({
  include_named_queries_score: true,
  allow_partial_search_results: false,
  // The same query asks the same copies: its pages do not overlap while copies are refreshed.
  preference: `q${tieBreak.length}-${hashOf(tieBreak)}`,
  // Term statistics of all shards instead of each one's own.
  ...(shards > 1 && { search_type: 'dfs_query_then_fetch' }),
})

/** Short and free of characters that mean something in an address. */
const hashOf = (text: string): string => {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0
  return (hash >>> 0).toString(36)
}

/**
 * The search engine on an Elasticsearch or OpenSearch cluster, which it closes when it is closed. It opens without an
 * index; until one is built every method throws `EngineUnavailableError`.
 */
export const openElasticsearchEngine = (cluster: Cluster, options: EngineOptions = {}): Engine =>
  new ElasticsearchEngine(cluster, options)
