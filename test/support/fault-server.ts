import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'

/** A request as the fault server saw it. */
export interface Asked {
  readonly path: string
  readonly headers: string
  /** How often this path was asked before. */
  readonly before: number
}

/** What a server does with a request, down to its bytes. */
export type Play = (socket: Socket, asked: Asked) => void

export interface FaultServer {
  readonly port: number
  /** The paths asked for, in order. */
  readonly asked: readonly Asked[]
  /** Connections accepted so far. */
  readonly connections: () => number
  readonly close: () => Promise<void>
}

export interface FaultServerOptions {
  /** Serves TLS with this certificate. */
  readonly tls?: Pick<TlsOptions, 'cert' | 'key' | 'SNICallback'>
}

/** A real server on the loopback that misbehaves: `play` has the bare socket of every request. It keeps what it was asked. */
export const startFaultServer = async (play: Play, { tls }: FaultServerOptions = {}): Promise<FaultServer> => {
  const asked: Asked[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const serve = (socket: Socket): void => {
    let head = ''
    socket.on('data', chunk => {
      head += chunk.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      const path = /^GET (\S+) /.exec(head)?.[1] ?? ''
      const request = { path, headers: head, before: asked.filter(each => each.path === path).length }
      head = ''
      asked.push(request)
      play(socket, request)
    })
  }
  const track = (socket: Socket): void => {
    connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
  }
  const server =
    tls === undefined
      ? createServer(serve)
      : createTlsServer(tls, socket => serve(socket.on('error', () => {}))).on('tlsClientError', () => {})
  server.on('connection', track).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    // A server on a port, not on a path: `address` is never a string here.
    port: (server.address() as AddressInfo).port,
    asked,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The lines of an answer without a body length of their own. */
export const head = (status: string, ...lines: readonly string[]): string =>
  [`HTTP/1.1 ${status}`, ...lines, '', ''].join('\r\n')

/** A whole answer; the body is HTML unless `lines` say otherwise. */
export const answer = (body: string | Uint8Array, ...lines: readonly string[]): Play => {
  const bytes = Buffer.from(body)
  const type = lines.some(line => /^content-type:/i.test(line)) ? [] : ['Content-Type: text/html']
  const start = head('200 OK', ...type, ...lines, `Content-Length: ${bytes.length}`)
  return socket => void socket.write(Buffer.concat([Buffer.from(start), bytes]))
}

/** A whole answer without a body. */
export const status =
  (line: string, ...lines: readonly string[]): Play =>
  socket =>
    void socket.write(head(line, ...lines, 'Content-Length: 0'))

const raw =
  (bytes: string | Uint8Array): Play =>
  socket =>
    void socket.write(bytes)

/** Bytes, then the end of the connection. */
const rawThenEnd =
  (bytes: string | Uint8Array): Play =>
  socket =>
    void socket.end(bytes)

/** Writes again and again until the other side is gone. */
const drip =
  (start: string, next: string, everyMs: number): Play =>
  socket => {
    socket.write(start)
    const timer = setInterval(() => socket.write(next), everyMs)
    socket.on('close', () => clearInterval(timer))
  }

/** Writes as fast as the other side reads, `times` times at most. */
const flood =
  (start: string, next: string, times = Number.POSITIVE_INFINITY): Play =>
  socket => {
    let left = times
    const more = (): void => {
      while (left-- > 0 && !socket.destroyed && socket.write(next)) {}
      if (left > 0 && !socket.destroyed) socket.once('drain', more)
    }
    socket.write(start)
    more()
  }

export const PAGE = '<!doctype html><title>Atelier</title><p>Nous fabriquons des capteurs.</p>'
const HTML = 'Content-Type: text/html'

/** Made at its first use: packing takes a moment, and most tests need none. */
const made = (make: () => Play): Play => {
  let play: Play | undefined
  return (socket, asked) => {
    play ??= make()
    play(socket, asked)
  }
}

const bomb = (pack: (bytes: Buffer) => Uint8Array, ...lines: readonly string[]): Play =>
  made(() => answer(pack(Buffer.alloc(20 * 1024 * 1024)), ...lines))

const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

/** A gzip file ends with its checksum and its length, four bytes each. */
const withBadChecksum = (file: Buffer): Buffer => file.fill(0, file.length - 8, file.length - 4)

/** A megabyte is enough to be far beyond the limits the tests set. */
const megabyte = Buffer.alloc(1024 * 1024, '<p>')

const hops =
  (count: number): Play =>
  (socket, asked) => {
    const [, fault = '', hop = '0'] = asked.path.split('/')
    const play = Number(hop) < count ? status('302 Found', `Location: /${fault}/${Number(hop) + 1}`) : answer(PAGE)
    play(socket, asked)
  }

const to = (location: string): Play => status('302 Found', `Location: ${location}`)

/**
 * How a server misbehaves, by the name of the fault. The names of ../shared/hostile/http-faults are kept where it has them; the bytes are
 * written here. The path asked for is `/<name>`.
 */
export const FAULTS: Readonly<Record<string, Play>> = {
  none: answer(PAGE),
  'tcp-reset-on-accept': socket => void socket.resetAndDestroy(),
  'close-without-answer': socket => void socket.end(),
  'headers-never': () => {},
  'headers-drip': drip('HTTP/1.1 200 OK\r\nX-Slow: ', 'a', 10),
  'headers-half': rawThenEnd('HTTP/1.1 200 OK\r\nContent-Ty'),
  'headers-100k-lines': flood('HTTP/1.1 200 OK\r\n', 'X-A: b\r\n', 100_000),
  'headers-64-kib': raw(head('200 OK', HTML, `X-Long: ${'a'.repeat(65_536)}`, 'Content-Length: 0')),
  'headers-nul': raw('HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n'),
  'status-1xx-flood': flood('', head('103 Early Hints')),
  'status-1xx-then-page': (socket, asked) => {
    socket.write(head('103 Early Hints', 'Link: </a.css>'))
    answer(PAGE)(socket, asked)
  },
  'status-100-unasked': raw(head('100 Continue')),
  'status-101': raw(head('101 Switching Protocols', 'Upgrade: h2c', 'Connection: upgrade')),
  'status-line-bad': raw('HTTP/1.1 OK fine\r\n\r\n'),
  'not-http': raw('SSH-2.0-OpenSSH_9.2\r\n'),
  'cl-and-te': raw(`${head('200 OK', HTML, 'Content-Length: 5', 'Transfer-Encoding: chunked')}5\r\nhello\r\n0\r\n\r\n`),
  'cl-too-small': raw(`${head('200 OK', HTML, 'Content-Length: 5')}<p>01<p>hidden`),
  'cl-two': raw(`${head('200 OK', HTML, 'Content-Length: 5', 'Content-Length: 6')}hello`),
  'cl-too-large': rawThenEnd(`${head('200 OK', HTML, 'Content-Length: 500')}<p>hello`),
  'chunk-bad-size': raw(`${head('200 OK', HTML, 'Transfer-Encoding: chunked')}zz\r\nabc\r\n`),
  'chunk-huge-size': raw(`${head('200 OK', HTML, 'Transfer-Encoding: chunked')}FFFFFFFFFFFFFFFFFF\r\n`),
  'chunk-broken-off': rawThenEnd(`${head('200 OK', HTML, 'Transfer-Encoding: chunked')}5\r\nhello\r\n5\r\nhe`),
  'body-reset': socket => {
    socket.write(`${head('200 OK', HTML, 'Content-Length: 500')}<p>hello`)
    setTimeout(() => socket.resetAndDestroy(), 20)
  },
  'body-stalls': raw(`${head('200 OK', HTML, 'Content-Length: 500')}<p>hello`),
  'body-drip': drip(head('200 OK', HTML), 'a', 10),
  'body-endless': flood(head('200 OK', HTML), '<p>encore</p>'.repeat(1_000)),
  'body-empty-200': answer(''),
  'status-204': status('204 No Content'),
  'status-206-unasked': status('206 Partial Content', HTML),
  'gzip-bomb': bomb(bytes => gzipSync(bytes), 'Content-Encoding: gzip'),
  'gzip-bomb-twice': bomb(bytes => gzipSync(gzipSync(bytes)), 'Content-Encoding: gzip, gzip'),
  'br-bomb': bomb(bytes => brotliCompressSync(bytes, QUICK), 'Content-Encoding: br'),
  'zstd-bomb': bomb(bytes => zstdCompressSync(bytes), 'Content-Encoding: zstd'),
  'gzip-cut-at-the-wire': answer(
    gzipSync(Buffer.concat([Buffer.from(PAGE), megabyte]), { level: 0 }),
    'Content-Encoding: gzip',
  ),
  'gzip-truncated': answer(gzipSync(PAGE).subarray(0, -20), 'Content-Encoding: gzip'),
  'gzip-bad-crc': answer(withBadChecksum(gzipSync(PAGE)), 'Content-Encoding: gzip'),
  'gzip-is-not': answer(PAGE, 'Content-Encoding: gzip'),
  'encoding-unknown': answer(PAGE, 'Content-Encoding: rot13'),
  'encoding-4': answer(PAGE, 'Content-Encoding: gzip, gzip, gzip, gzip'),
  'encoding-1000': answer(PAGE, `Content-Encoding: ${Array(1_000).fill('br').join(',')}`),
  'type-lies-pdf': answer('%PDF-1.7\n1 0 obj'),
  'type-lies-binary': answer(Uint8Array.from({ length: 2_000 }, (_, at) => (at * 167) % 256)),
  'type-pdf': answer('%PDF-1.7', 'Content-Type: application/pdf'),
  'type-missing': raw(`${head('200 OK', `Content-Length: ${PAGE.length}`)}${PAGE}`),
  'type-missing-text': raw(`${head('200 OK', 'Content-Length: 5')}hello`),
  'charset-unknown': answer(PAGE, 'Content-Type: text/html; charset=nonsense'),
  'redirect-loop': (socket, asked) =>
    to(asked.path.endsWith('/a') ? '/redirect-loop/b' : '/redirect-loop/a')(socket, asked),
  'redirect-chain-5': hops(5),
  'redirect-chain-6': hops(6),
  'robots-6-redirects': hops(6),
  'redirect-internal': to('http://169.254.169.254/latest/meta-data/'),
  'redirect-internal-name': to('http://intranet.example/'),
  'redirect-downgrade-port': to('http://atelier.example:22/'),
  'redirect-file': to('file:///etc/passwd'),
  'redirect-no-location': status('302 Found'),
  'redirect-bad-location': to('http://['),
  'redirect-two-locations': status('302 Found', 'Location: /none', 'Location: /type-pdf'),
  'redirect-long': to(`/${'a'.repeat(2_100)}`),
  'redirect-foreign': to('https://autre.example/accueil'),
  'status-304-unasked': status('304 Not Modified'),
  'status-429-retry-after': status('429 Too Many Requests', 'Retry-After: 120'),
  'status-503-retry-date': status('503 Service Unavailable', 'Retry-After: Fri, 31 Dec 9999 23:59:59 GMT'),
  'status-500-flapping': (socket, asked) =>
    (asked.before < 2 ? status('500 Internal Server Error') : answer(PAGE))(socket, asked),
  'status-404': status('404 Not Found'),
  'status-410': status('410 Gone'),
  'status-403': status('403 Forbidden'),
  'robots-404': status('404 Not Found'),
  'robots-403': status('403 Forbidden'),
  'robots-timeout': () => {},
  'robots-html': answer('<html><p>Perdu ?</html>'),
}

/** Plays the fault that the path names. */
export const playFaults: Play = (socket, asked) =>
  (FAULTS[asked.path.split(/[/?]/)[1] ?? ''] ?? status('404 Not Found'))(socket, asked)
