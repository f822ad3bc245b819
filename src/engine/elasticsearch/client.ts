import { Client, errors, Transport } from '@elastic/elasticsearch'
import { EngineUnavailableError } from '../engine.ts'
import { readServer, type Server } from './server.ts'

/** Where the cluster is and how it is entered. */
export interface ClusterOptions {
  readonly urls: readonly string[]
  /** The certificate of a private authority, PEM. */
  readonly ca?: string
  readonly apiKey?: string
  readonly username?: string
  readonly password?: string
  /** How long any request may take that names no other limit, in ms. */
  readonly timeoutMs?: number
}

/** One request of the REST interface. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD'
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean>>
  readonly body?: object
  /** The body of a bulk or a multiple search: lines of JSON, each with its line end. */
  readonly lines?: string
  readonly timeoutMs?: number
  readonly signal?: AbortSignal | undefined
}

/** The cluster refused a request or did not answer it. */
export class ClusterError extends EngineUnavailableError {
  override readonly name = 'ClusterError'
  /** The HTTP status; `undefined` when there was no answer. */
  readonly status: number | undefined

  constructor(message: string, status: number | undefined, cause: unknown) {
    super(message, { cause })
    this.status = status
  }
}

/** A cluster as this engine uses it: unchecked JSON answers, one error class. Nothing is tried twice here. */
export interface Cluster {
  /** Throws `ClusterError`, or the reason of `call.signal` when that ended it. */
  request(call: Call): Promise<unknown>
  /** Product and version, asked once. */
  server(): Promise<Server>
  close(): Promise<void>
}

const TIMEOUT_MS = 30_000

/**
 * Plain JSON instead of `compatible-with=9`, which Elasticsearch 8 and OpenSearch refuse, and no check for a header
 * that only Elasticsearch sends: one client for all of them. What is sent and read here is the same in all versions.
 */
class PlainTransport extends Transport {
  constructor(options: ConstructorParameters<typeof Transport>[0]) {
    const { productCheck: _, ...others } = options
    const json = 'application/json'
    super({
      ...others,
      vendoredHeaders: { jsonContentType: json, ndjsonContentType: 'application/x-ndjson', accept: json },
    })
  }
}

const authOf = ({ apiKey, username, password }: ClusterOptions) => {
  if (apiKey !== undefined) return { auth: { apiKey } }
  return username === undefined ? {} : { auth: { username, password: password ?? '' } }
}

const reasonOf = (error: unknown): { readonly message: string; readonly status?: number | undefined } => {
  if (error instanceof errors.ResponseError) return { message: error.message, status: error.statusCode }
  return { message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
}

/** Opens no connection by itself. */
export const connectCluster = (options: ClusterOptions): Cluster => {
  const client = new Client({
    nodes: [...options.urls],
    ...authOf(options),
    ...(options.ca !== undefined && { tls: { ca: options.ca } }),
    Transport: PlainTransport,
    maxRetries: 0,
    requestTimeout: options.timeoutMs ?? TIMEOUT_MS,
  })
  let server: Promise<Server> | undefined

  const request = async ({ method, path, query, body, lines, timeoutMs, signal }: Call): Promise<unknown> => {
    signal?.throwIfAborted()
    try {
      return await client.transport.request(
        {
          method,
          path,
          ...(query && { querystring: query }),
          ...(body && { body }),
          ...(lines !== undefined && { bulkBody: lines }),
        },
        { ...(timeoutMs !== undefined && { requestTimeout: timeoutMs }), ...(signal && { signal }) },
      )
    } catch (error) {
      signal?.throwIfAborted()
      const { message, status } = reasonOf(error)
      throw new ClusterError(`${method} ${path}: ${message}`, status, error)
    }
  }

  return {
    request,
    server() {
      // A failure is not remembered: the next call asks again.
      server ??= request({ method: 'GET', path: '/' })
        .then(readServer)
        .catch((error: unknown) => {
          server = undefined
          throw error
        })
      return server
    },
    close: () => client.close(),
  }
}
