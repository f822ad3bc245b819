import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { Type } from 'typebox'
import { IndexLockedError } from '../engine.ts'
import { checker } from './check.ts'
import { type Cluster, ClusterError } from './client.ts'
import { DEFAULT_PREFIX } from './names.ts'

/**
 * One build at a time over all machines: a document of the cluster says who builds and until when. It is renewed while
 * its owner lives, and taken over once it has run out, each time only in the version that was read.
 */
export interface IndexLock {
  /** Rejects with `IndexLockedError` when the lock was lost: the cluster was away for longer than the lock lasts. */
  confirm(): Promise<void>
  release(): Promise<void>
}

export interface IndexLockOptions {
  readonly prefix?: string
  /** How long it holds after its owner was last heard of, in ms: clocks of machines may differ by much less. */
  readonly lastsMs?: number
}

const LASTS_MS = 60_000

const Written = checker(Type.Object({ _seq_no: Type.Integer(), _primary_term: Type.Integer() }), 'the lock')
const Held = checker(
  Type.Object({
    _seq_no: Type.Integer(),
    _primary_term: Type.Integer(),
    _source: Type.Object({ owner: Type.String(), token: Type.String(), until: Type.Integer() }),
  }),
  'the lock',
)
type Version = ReturnType<typeof Written>

const isStatus = (error: unknown, status: number): boolean => error instanceof ClusterError && error.status === status

const createIndex = async (cluster: Cluster, index: string): Promise<void> => {
  const properties = { owner: { type: 'keyword' }, token: { type: 'keyword' }, until: { type: 'long' } }
  const settings = { index: { number_of_shards: 1, auto_expand_replicas: '0-1' } }
  try {
    await cluster.request({
      method: 'PUT',
      path: `/${index}`,
      body: { settings, mappings: { dynamic: 'strict', properties } },
    })
  } catch (error) {
    if (!(isStatus(error, 400) && String(error).includes('resource_already_exists'))) throw error
  }
}

class DocumentLock implements IndexLock {
  readonly #cluster: Cluster
  readonly #index: string
  readonly #lastsMs: number
  readonly #owner = `${hostname()}, process ${process.pid}`
  readonly #token = randomUUID()
  #version: Version | undefined
  #renewal: NodeJS.Timeout | undefined

  constructor(cluster: Cluster, { prefix = DEFAULT_PREFIX, lastsMs = LASTS_MS }: IndexLockOptions) {
    this.#cluster = cluster
    this.#index = `${prefix}-lock`
    this.#lastsMs = lastsMs
  }

  async take(): Promise<void> {
    await createIndex(this.#cluster, this.#index)
    try {
      await this.#write('_create')
    } catch (error) {
      if (!isStatus(error, 409)) throw error
      await this.#takeOver()
    }
    this.#renewal = setInterval(() => {
      // A renewal that fails is tried again in time; a lost lock is told by `confirm`.
      this.confirm().catch(() => {})
    }, this.#lastsMs / 4)
    this.#renewal.unref()
  }

  async confirm(): Promise<void> {
    try {
      await this.#write('_doc')
    } catch (error) {
      if (!isStatus(error, 409)) throw error
      // Either it was lost, or the answer to an earlier renewal of ours.
      const held = await this.#read()
      if (held?._source.token !== this.#token)
        throw new IndexLockedError('Another process took over the lock of the index: nothing goes live. Run it again')
      this.#version = held
    }
  }

  async release(): Promise<void> {
    clearInterval(this.#renewal)
    if (!this.#version) return
    const { _seq_no: if_seq_no, _primary_term: if_primary_term } = this.#version
    const query = { if_seq_no, if_primary_term }
    try {
      await this.#cluster.request({ method: 'DELETE', path: `/${this.#index}/_doc/build`, query })
    } catch {
      // It runs out by itself.
    }
  }

  async #write(kind: '_create' | '_doc'): Promise<void> {
    const version = this.#version && {
      if_seq_no: this.#version._seq_no,
      if_primary_term: this.#version._primary_term,
    }
    this.#version = Written(
      await this.#cluster.request({
        method: 'PUT',
        path: `/${this.#index}/${kind}/build`,
        ...(version && { query: version }),
        body: { owner: this.#owner, token: this.#token, until: Date.now() + this.#lastsMs },
      }),
    )
  }

  async #takeOver(): Promise<void> {
    const held = await this.#read()
    if (held && held._source.token !== this.#token) {
      const { owner, until } = held._source
      if (until > Date.now())
        throw new IndexLockedError(
          `The index is being built by ${owner}: wait until it ends. Had it died, its lock would run out at ${new Date(until).toISOString()}`,
        )
    }
    this.#version = held
    try {
      await this.#write(held ? '_doc' : '_create')
    } catch (error) {
      if (!isStatus(error, 409)) throw error
      throw new IndexLockedError('Another process began to build the index at this moment: wait until it ends')
    }
  }

  async #read(): Promise<ReturnType<typeof Held> | undefined> {
    try {
      return Held(await this.#cluster.request({ method: 'GET', path: `/${this.#index}/_doc/build` }))
    } catch (error) {
      if (isStatus(error, 404)) return undefined
      throw error
    }
  }
}

/** Takes the lock, without waiting. Throws `IndexLockedError` when another process holds it. */
export const lockIndex = async (cluster: Cluster, options: IndexLockOptions = {}): Promise<IndexLock> => {
  const lock = new DocumentLock(cluster, options)
  await lock.take()
  return lock
}
