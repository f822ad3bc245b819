import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CrawlCommandOptions } from '../../indexer/crawl-command.ts'

/** A request as a site of the local web saw it. */
export interface Seen {
  readonly host: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly startedAt: number
  endedAt: number
}

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** The pages of one invented site by their paths; a function answers anew each time. */
export type Site = Readonly<Record<string, string | Answer | ((before: number) => Answer)>>

export interface LocalWeb {
  readonly port: number
  readonly seen: readonly Seen[]
  /** Most requests at once that a host had. */
  readonly mostAtOnce: () => number
  readonly of: (host: string) => readonly Seen[]
  readonly close: () => Promise<void>
}

/** A page of HTML around a main text. */
export const htmlPage = (title: string, main: string, head = ''): string =>
  `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body><main><h1>${title}</h1>${main}</main></body></html>`

const answerOf = (found: Site[string] | undefined, before: number): Answer => {
  if (found === undefined) return { status: 404, body: '<p>404' }
  if (typeof found === 'string') return { body: found }
  return typeof found === 'function' ? found(before) : found
}

/** A real server on the loopback with several sites, told apart by their name; it records what it is asked, and when. */
export const startLocalWeb = async (
  sites: Readonly<Record<string, Site>>,
  now: () => number,
  answerAfterMs = 0,
): Promise<LocalWeb> => {
  const seen: Seen[] = []
  const inFlight = new Map<string, number>()
  let mostAtOnce = 0
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const host = (request.headers.host ?? '').split(':')[0] ?? ''
    const path = request.url ?? ''
    const before = seen.filter(each => each.host === host && each.path === path).length
    const entry: Seen = { host, path, headers: request.headers, startedAt: now(), endedAt: Number.POSITIVE_INFINITY }
    seen.push(entry)
    inFlight.set(host, (inFlight.get(host) ?? 0) + 1)
    mostAtOnce = Math.max(mostAtOnce, inFlight.get(host) ?? 0)
    const { status = 200, headers = {}, body = '' } = answerOf(sites[host]?.[path], before)
    const type = path.endsWith('.txt') ? 'text/plain' : path.endsWith('.xml') ? 'application/xml' : 'text/html'
    setTimeout(() => {
      // Before the last byte leaves: who has read it may ask again at once.
      entry.endedAt = now()
      inFlight.set(host, (inFlight.get(host) ?? 1) - 1)
      response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, ...headers }).end(body)
    }, answerAfterMs)
  }
  const server = createServer(serve).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    mostAtOnce: () => mostAtOnce,
    of: host => seen.filter(each => each.host === host),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The way to the local web: every name leads to the loopback, where alone this fetcher may go. */
export const localNetwork = (port: number): NonNullable<CrawlCommandOptions['fetcher']> => ({
  ports: [port],
  resolve: async () => ['127.0.0.1'],
  allowAddress: address => address === '127.0.0.1',
})
