import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { formatSiren } from '../../src/model/siren.ts'
import { filling } from './crawl-pages.ts'
import { inventedSiren } from './suppliers.ts'

/** How many sites of how many pages, how large, and how they behave. */
export interface LoadWebOptions {
  readonly hosts: number
  /** Pages of a host that may be read, its home page included; at most 676. */
  readonly pages: number
  /** About so many bytes a page. */
  readonly bytes: number
  /** Seconds that the robots.txt of a host asks for. */
  readonly crawlDelayS?: (host: number) => number | undefined
  readonly answerAfterMs?: (host: number) => number
  /** Links lead to pages only, none to what is disallowed, gone, moved or not to be kept. */
  readonly plain?: boolean
}

/** A request as its host saw it; times in ms since 1970, with fractions. */
export interface LoadSeen {
  readonly host: number
  readonly path: string
  readonly startedAt: number
  /** When the last byte of the answer was handed over; absent while it was not. */
  endedAt?: number
}

export interface LoadWeb {
  readonly port: number
  readonly seen: readonly LoadSeen[]
  /** Most requests at once that one host had. */
  readonly mostAtOnce: () => number
  /** Paths of a host that its robots.txt disallows; every page links to one. */
  readonly isDisallowed: (path: string) => boolean
  /** Told of each page (not robots.txt, not a sitemap) that was answered. */
  onPage(listener: (pages: number) => void): void
  readonly close: () => Promise<void>
}

/** Fillings made beforehand: the server must not cost what is measured. */
const VARIANTS = 40
/** An address that redirects, and where to; nothing else leads there. */
export const MOVED_FROM = '/ancienne'
export const MOVED_TO = '/nouvelle'

const LINKS_A_PAGE = 3
const NAVIGATION = 8

export const hostName = (host: number): string => `site-${host}.example`

/** Names of letters alone: numbered ones would be one pattern, of which a crawl takes a fifth of a site. */
const pathOf = (page: number): string =>
  page === 0 ? '/' : `/offre-${String.fromCharCode(97 + Math.floor(page / 26))}${String.fromCharCode(97 + (page % 26))}`

const pageOf = (path: string): number | undefined => {
  if (path === '/') return 0
  const [, first, second] = /^\/offre-([a-z])([a-z])$/.exec(path) ?? []
  return first === undefined || second === undefined
    ? undefined
    : (first.charCodeAt(0) - 97) * 26 + second.charCodeAt(0) - 97
}

const robotsTxt = (crawlDelayS: number | undefined): string =>
  `User-agent: *\nDisallow: /prive\nDisallow: /*?panier=\n${crawlDelayS === undefined ? '' : `Crawl-delay: ${crawlDelayS}\n`}`

const isDisallowed = (path: string): boolean => path.startsWith('/prive') || path.includes('?panier=')

/** The addresses a page links to: its children in a tree of three branches, the navigation, and what it must not lead to. */
const linksOf = (page: number, pages: number, plain: boolean): readonly string[] => {
  const children = Array.from({ length: LINKS_A_PAGE }, (_, index) => page * LINKS_A_PAGE + index + 1)
  const navigation = Array.from({ length: NAVIGATION }, (_, index) => index)
  const inSite = [...navigation, ...children].filter(each => each < pages).map(pathOf)
  if (plain) return inSite
  return [...inSite, `/prive/${page}`, `${pathOf(page)}?panier=${page}`, '/disparue', MOVED_FROM, '/interne']
}

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: readonly (string | Buffer)[]
}

const html = (title: string, host: number, links: readonly string[], middle: string | Buffer, robots = ''): Answer => ({
  status: 200,
  body: [
    `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>${title} – Société ${host}</title><meta name="description" content="${title} de la société ${host}">${robots}</head><body><header><nav><ul>`,
    ...links.map(link => `<li><a href="${link}">Page ${link}</a></li>`),
    `</ul></nav></header><main><h1>${title}</h1>`,
    middle,
    `</main><footer><p>Société ${host}, SIREN ${formatSiren(inventedSiren(host + 1))}</p></footer></body></html>`,
  ],
})

/** Real sites on the loopback, told apart by their name, their pages made as they are asked for; everything is recorded. */
export const startLoadWeb = async (options: LoadWebOptions): Promise<LoadWeb> => {
  const { hosts, pages, bytes, crawlDelayS, answerAfterMs, plain = false } = options
  const fillings = Array.from({ length: VARIANTS }, (_, seed) => Buffer.from(filling(bytes, seed + 1)))
  const seen: LoadSeen[] = []
  const inFlight = new Uint16Array(hosts)
  let mostAtOnce = 0
  let answered = 0
  let onPage: (pages: number) => void = () => undefined

  const answerOf = (host: number, path: string): Answer => {
    const page = pageOf(path)
    if (host < hosts && page !== undefined && page < pages) {
      const middle = fillings[(host + page) % VARIANTS] ?? ''
      return html(`Offre ${page}`, host, linksOf(page, pages, plain), middle)
    }
    if (path === '/robots.txt') {
      return { status: 200, headers: { 'content-type': 'text/plain' }, body: [robotsTxt(crawlDelayS?.(host))] }
    }
    if (path === MOVED_FROM) return { status: 301, headers: { location: MOVED_TO }, body: [] }
    if (path === MOVED_TO) return html('Nouvelle', host, [], fillings[host % VARIANTS] ?? '')
    if (path === '/interne') return html('Interne', host, [], '', '<meta name="robots" content="noindex">')
    return { status: 404, body: ['<p>404'] }
  }

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? ''
    const host = Number(/^site-(\d+)\.example/.exec(request.headers.host ?? '')?.[1] ?? Number.NaN)
    const entry: LoadSeen = { host, path, startedAt: performance.timeOrigin + performance.now() }
    seen.push(entry)
    inFlight[host] = (inFlight[host] ?? 0) + 1
    mostAtOnce = Math.max(mostAtOnce, inFlight[host] ?? 0)
    const { status, headers, body } = answerOf(host, path)
    const send = (): void => {
      inFlight[host] = (inFlight[host] ?? 1) - 1
      if (response.destroyed) return
      const bytesOut = Buffer.concat(body.map(part => (typeof part === 'string' ? Buffer.from(part) : part)))
      // Before the last byte leaves: who has read it may ask again at once.
      entry.endedAt = performance.timeOrigin + performance.now()
      response
        .writeHead(status, {
          'content-type': 'text/html; charset=utf-8',
          'content-length': bytesOut.length,
          ...headers,
        })
        .end(bytesOut)
      if (pageOf(path) !== undefined) onPage(++answered)
    }
    const waitMs = answerAfterMs?.(host) ?? 0
    if (waitMs === 0) send()
    else setTimeout(send, waitMs)
  }

  const server = createServer(serve).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    seen,
    mostAtOnce: () => mostAtOnce,
    isDisallowed,
    onPage: listener => {
      onPage = listener
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
