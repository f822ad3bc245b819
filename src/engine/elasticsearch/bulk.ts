import { Type } from 'typebox'
import { checker } from './check.ts'
import type { Cluster } from './client.ts'

/** One line of a bulk request. */
export interface BulkAction {
  readonly kind: 'index' | 'create' | 'delete'
  readonly index: string
  readonly id: string
  readonly document?: object
}

/** An action with its lines of JSON, which is all that is kept of it while it waits. */
export interface PreparedAction extends Omit<BulkAction, 'document'> {
  readonly lines: string
}

/** An action that the cluster refused, with its reason. */
export interface BulkFailure {
  readonly index: string
  readonly id: string
  readonly status: number
  readonly reason: string
}

const Item = Type.Object({
  _id: Type.String(),
  status: Type.Integer(),
  error: Type.Optional(Type.Object({ type: Type.String(), reason: Type.Optional(Type.String()) })),
})
const Answer = checker(
  Type.Object({ errors: Type.Boolean(), items: Type.Array(Type.Record(Type.String(), Item)) }),
  'POST /_bulk',
)

/** A bulk may wait for merges and for a refresh. */
const TIMEOUT_MS = 120_000

export const prepare = ({ kind, index, id, document }: BulkAction): PreparedAction => {
  const header = `${JSON.stringify({ [kind]: { _index: index, _id: id } })}\n`
  return { kind, index, id, lines: document ? `${header}${JSON.stringify(document)}\n` : header }
}

/** What the cluster wanted to do and could not. A document that is there already, or already gone, is as wanted. */
const isFailure = (kind: BulkAction['kind'], status: number): boolean =>
  status >= 300 && !(kind === 'create' && status === 409) && !(kind === 'delete' && status === 404)

/**
 * Sends actions in one request and returns those that failed; throws `ClusterError` when the whole request did.
 * `refresh`: searches that start afterwards see them.
 */
export const sendBulk = async (
  cluster: Cluster,
  actions: readonly PreparedAction[],
  options: { readonly refresh?: boolean } = {},
): Promise<readonly BulkFailure[]> => {
  if (actions.length === 0) return []
  const { items } = Answer(
    await cluster.request({
      method: 'POST',
      path: '/_bulk',
      ...(options.refresh && { query: { refresh: true } }),
      lines: actions.map(({ lines }) => lines).join(''),
      timeoutMs: TIMEOUT_MS,
    }),
  )
  return actions.flatMap(({ kind, index, id }, at): BulkFailure[] => {
    const item = items[at]?.[kind]
    if (!item) return [{ index, id, status: 0, reason: 'the answer lacks this action' }]
    if (!isFailure(kind, item.status)) return []
    return [{ index, id, status: item.status, reason: item.error?.reason ?? item.error?.type ?? 'no reason given' }]
  })
}

/** Collects actions and sends them in requests of about `maxBytes`, one at a time, so that a slow cluster slows us. */
export class BulkWriter {
  readonly #send: (actions: readonly PreparedAction[]) => Promise<void>
  readonly #maxBytes: number
  #actions: PreparedAction[] = []
  #bytes = 0
  #sending: Promise<void> = Promise.resolve()

  /** `send` rejects to stop the stream; what it throws comes out of the next `add` or `flush`. */
  constructor(send: (actions: readonly PreparedAction[]) => Promise<void>, maxBytes = 4 * 2 ** 20) {
    this.#send = send
    this.#maxBytes = maxBytes
  }

  async add(action: BulkAction): Promise<void> {
    const prepared = prepare(action)
    this.#actions.push(prepared)
    this.#bytes += prepared.lines.length
    if (this.#bytes >= this.#maxBytes) await this.#next()
  }

  async flush(): Promise<void> {
    await this.#next()
    await this.#sending
  }

  /** Waits for the request under way, then starts the next one and lets the caller go on. */
  async #next(): Promise<void> {
    await this.#sending
    if (this.#actions.length === 0) return
    const actions = this.#actions
    this.#actions = []
    this.#bytes = 0
    this.#sending = this.#send(actions)
    // Its failure comes out where it is awaited.
    this.#sending.catch(() => {})
  }
}
