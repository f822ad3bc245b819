import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** What happens to a whole request on its way to a search server. */
export type Fault =
  /** 429 with `Retry-After: 0`, from a server that has not seen it. */
  | 'busy'
  /** 503, likewise. */
  | 'unavailable'
  /** The connection is reset before the server sees the request. */
  | 'reset'
  /** The server does as asked; the connection is reset before its answer. */
  | 'lost'
  /** The server does as asked; the answer never comes. */
  | 'silent'
  /** Of a search: the answer says that a shard failed. */
  | 'partial'

export interface Passing {
  readonly method: string
  /** Without its query. */
  readonly path: string
}

/** What a server says of one action of a bulk. */
export interface ItemFault {
  readonly status: number
  readonly reason: string
}

export interface FaultProxyOptions {
  /** The server behind. */
  readonly target: string
  readonly fault?: (passing: Passing) => Fault | undefined
  /** The action is not passed on, and this is said of it. */
  readonly itemFault?: (id: string) => ItemFault | undefined
}

/** Stands between a client and a search server and does what networks and busy servers do. */
export interface FaultProxy {
  readonly url: string
  /** How often each fault was played; `item` counts actions of bulks, `passed` the requests that were left alone. */
  readonly played: ReadonlyMap<Fault | 'item' | 'passed', number>
  /** Changes what is played from now on. */
  set(options: Partial<FaultProxyOptions>): void
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly body: Buffer
}

const answer = (response: ServerResponse, { status, body }: Answer, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
}

const errorOf = (status: number, reason: string): Answer => ({
  status,
  body: Buffer.from(JSON.stringify({ error: { type: 'injected', reason }, status })),
})

interface Line {
  readonly text: string
  readonly id: string
  readonly kind: string
}

/** The actions of a bulk request, each with its document. */
const actionsOf = (body: string): Line[] => {
  const lines = body.split('\n').filter(line => line !== '')
  const actions: Line[] = []
  for (let at = 0; at < lines.length; at++) {
    const header = lines[at] ?? ''
    const [kind = '', target] = Object.entries(JSON.parse(header))[0] ?? []
    const id = target && typeof target === 'object' && '_id' in target ? String(target._id) : ''
    const text = kind === 'delete' ? `${header}\n` : `${header}\n${lines[++at] ?? ''}\n`
    actions.push({ text, id, kind })
  }
  return actions
}

const forwarding =
  (agent: Agent, target: string) =>
  async (incoming: IncomingMessage, body: Buffer): Promise<Answer> => {
    const { method, url = '/', headers } = incoming
    const passedOn = { ...headers, 'content-length': String(body.length) }
    const asked = request(new URL(url, target), { method: method ?? 'GET', headers: passedOn, agent })
    asked.end(body)
    const [response]: IncomingMessage[] = await once(asked, 'response')
    if (!response) throw new Error('no response')
    return { status: response.statusCode ?? 0, body: await buffer(response) }
  }

/** Starts a proxy on a free loopback port. */
export const startFaultProxy = async (options: FaultProxyOptions): Promise<FaultProxy> => {
  let current = options
  const agent = new Agent({ keepAlive: true })
  const played = new Map<Fault | 'item' | 'passed', number>()
  const count = (what: Fault | 'item' | 'passed', times = 1) => played.set(what, (played.get(what) ?? 0) + times)

  const bulk = async (incoming: IncomingMessage, body: Buffer): Promise<Answer> => {
    const forward = forwarding(agent, current.target)
    const { itemFault } = current
    if (!itemFault) return forward(incoming, body)
    const actions = actionsOf(body.toString())
    const faults = actions.map(({ id }) => itemFault(id))
    const left = actions.filter((_, index) => !faults[index])
    count('item', actions.length - left.length)
    const real: unknown[] = []
    if (left.length > 0) {
      const passed = await forward(incoming, Buffer.from(left.map(({ text }) => text).join('')))
      if (passed.status !== 200) return passed
      real.push(...JSON.parse(passed.body.toString()).items)
    }
    const items = actions.map(({ kind, id }, index) => {
      const fault = faults[index]
      return fault
        ? { [kind]: { _id: id, status: fault.status, error: { type: 'injected', reason: fault.reason } } }
        : real.shift()
    })
    return { status: 200, body: Buffer.from(JSON.stringify({ took: 1, errors: true, items })) }
  }

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(incoming)
    const [path = '/'] = (incoming.url ?? '/').split('?')
    const fault = current.fault?.({ method: incoming.method ?? 'GET', path })
    count(fault ?? 'passed')
    if (fault === 'busy') return answer(response, errorOf(429, 'too many requests'), { 'retry-after': '0' })
    if (fault === 'unavailable') return answer(response, errorOf(503, 'no master'))
    if (fault === 'reset') return void incoming.socket.destroy()
    const real = path.endsWith('/_bulk')
      ? await bulk(incoming, body)
      : await forwarding(agent, current.target)(incoming, body)
    if (fault === 'lost') return void incoming.socket.destroy()
    if (fault === 'silent') return
    if (fault === 'partial') {
      const said = JSON.parse(real.body.toString())
      return answer(response, {
        status: 200,
        body: Buffer.from(JSON.stringify({ ...said, _shards: { ...said._shards, failed: 1 } })),
      })
    }
    answer(response, real)
  }

  const server = createServer((incoming, response) => {
    // A server that is gone is a connection that breaks.
    serve(incoming, response).catch(() => incoming.socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    played,
    set: changed => {
      current = { ...current, ...changed }
    },
    async close() {
      agent.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
