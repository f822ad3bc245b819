import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { createFetcher, type FetcherOptions } from '../../indexer/crawl/fetcher.ts'
import { DEFAULT_LIMITS, type FetchLimits } from '../../indexer/crawl/limits.ts'
import type { FetchedPage, Fetcher, FetchOptions, FetchOutcome, FetchReason } from '../../indexer/crawl/ports.ts'
import { retryAfterMs } from '../../indexer/crawl/retry-after.ts'
import { createCertificate } from '../support/certificate.ts'
import { answer, type FaultServer, PAGE, type Play, playFaults, startFaultServer } from '../support/fault-server.ts'
import { sharedPath, skipWithout } from '../support/shared-data.ts'

const userAgent = 'BriqueTest/1.0 (+https://brique.example/robot)'

const NAMES: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  'atelier.example': async () => ['127.0.0.1'],
  'www.atelier.example': async () => ['127.0.0.1'],
  'autre.example': async () => ['127.0.0.1'],
  'inconnu.example': async () => [],
  'muet.example': () => new Promise(() => {}),
  'mixte.example': async () => ['127.0.0.1', '10.0.0.1'],
  'intranet.example': async () => ['127.0.0.3'],
  'double.example': async () => ['::1', '127.0.0.1'],
}

interface Stand {
  readonly server: FaultServer
  readonly fetcher: Fetcher
  readonly ask: (path: string, options?: FetchOptions & { readonly host?: string }) => Promise<FetchOutcome>
}

/** A server that misbehaves and a fetcher that may reach it at 127.0.0.1, nothing else. */
const stand = async (
  t: Test,
  options: Partial<FetcherOptions> = {},
  play: Play = playFaults,
  tls?: { readonly cert: string; readonly key: string },
): Promise<Stand> => {
  const server = await startFaultServer(play, tls === undefined ? {} : { tls })
  const fetcher = createFetcher({
    userAgent,
    ports: [80, 443, server.port],
    resolve: async name => (await NAMES[name]?.()) ?? [],
    allowAddress: address => address === '127.0.0.1',
    ...options,
  })
  t.teardown(async () => {
    await fetcher.close()
    await server.close()
  })
  const scheme = tls === undefined ? 'http' : 'https'
  return {
    server,
    fetcher,
    ask: (path, { host = 'atelier.example', ...rest } = {}) =>
      fetcher.fetch(`${scheme}://${host}:${server.port}${path}`, rest),
  }
}

const fetched = (outcome: FetchOutcome): FetchedPage => {
  if (outcome.kind !== 'fetched') throw new Error(`not fetched: ${JSON.stringify(outcome)}`)
  return outcome.page
}

const textOf = (page: FetchedPage): string => Buffer.from(page.body).toString('utf8')

type Expected = readonly ['excluded' | 'failed', FetchReason]

/** Each fault and the end it must come to with the limits of service. */
const ENDS: Readonly<Record<string, Expected>> = {
  'tcp-reset-on-accept': ['failed', 'connection-reset'],
  'close-without-answer': ['failed', 'connection-reset'],
  'headers-half': ['failed', 'connection-reset'],
  'headers-100k-lines': ['excluded', 'headers-overflow'],
  'headers-64-kib': ['excluded', 'headers-overflow'],
  'headers-nul': ['excluded', 'protocol-error'],
  'status-100-unasked': ['excluded', 'protocol-error'],
  'status-101': ['excluded', 'protocol-error'],
  'status-line-bad': ['excluded', 'protocol-error'],
  'not-http': ['excluded', 'protocol-error'],
  'cl-and-te': ['excluded', 'protocol-error'],
  'cl-two': ['excluded', 'protocol-error'],
  'cl-too-large': ['failed', 'truncated-body'],
  'chunk-bad-size': ['excluded', 'protocol-error'],
  'chunk-huge-size': ['excluded', 'protocol-error'],
  'chunk-broken-off': ['failed', 'truncated-body'],
  'body-reset': ['failed', 'truncated-body'],
  'body-empty-200': ['failed', 'empty-page'],
  'status-204': ['failed', 'empty-page'],
  'status-206-unasked': ['excluded', 'protocol-error'],
  'gzip-truncated': ['failed', 'truncated-body'],
  'gzip-bad-crc': ['failed', 'truncated-body'],
  'gzip-is-not': ['failed', 'decoding-error'],
  'encoding-unknown': ['failed', 'decoding-error'],
  'encoding-4': ['excluded', 'too-many-encodings'],
  'encoding-1000': ['excluded', 'too-many-encodings'],
  'type-lies-pdf': ['excluded', 'not-html'],
  'type-lies-binary': ['excluded', 'not-html'],
  'type-pdf': ['excluded', 'not-html'],
  'type-missing-text': ['excluded', 'not-html'],
  'redirect-loop': ['excluded', 'too-many-redirects'],
  'redirect-chain-6': ['excluded', 'too-many-redirects'],
  'redirect-internal': ['excluded', 'private-address'],
  'redirect-downgrade-port': ['excluded', 'unsupported-port'],
  'redirect-file': ['excluded', 'unsupported-scheme'],
  'redirect-no-location': ['excluded', 'bad-redirect'],
  'redirect-bad-location': ['excluded', 'bad-redirect'],
  'redirect-two-locations': ['excluded', 'bad-redirect'],
  'redirect-long': ['excluded', 'bad-redirect'],
  'redirect-foreign': ['excluded', 'foreign-redirect'],
  'status-304-unasked': ['excluded', 'protocol-error'],
  'status-429-retry-after': ['failed', 'rate-limited'],
  'status-503-retry-date': ['failed', 'server-error'],
  'status-500-flapping': ['failed', 'server-error'],
  'status-403': ['excluded', 'client-error'],
}

/** The faults that only a limit ends, each met with that limit lowered and the others as in service. */
const TIMED: Readonly<Record<string, readonly [FetchReason, Partial<FetchLimits>]>> = {
  'headers-never': ['headers-timeout', { headersMs: 100 }],
  'headers-drip': ['headers-timeout', { headersMs: 100 }],
  'status-1xx-flood': ['headers-timeout', { headersMs: 100 }],
  'robots-timeout': ['headers-timeout', { headersMs: 100 }],
  'body-stalls': ['body-timeout', { bodyIdleMs: 100 }],
  'body-drip': ['total-timeout', { totalMs: 300 }],
}

/** The faults a page survives: what it holds, and whether it was cut. */
const SURVIVED: Readonly<Record<string, { readonly truncated: boolean; readonly bytes: number }>> = {
  none: { truncated: false, bytes: PAGE.length },
  'status-1xx-then-page': { truncated: false, bytes: PAGE.length },
  'cl-too-small': { truncated: false, bytes: 5 },
  'body-endless': { truncated: true, bytes: DEFAULT_LIMITS.decodedBytes },
  'type-missing': { truncated: false, bytes: PAGE.length },
  'charset-unknown': { truncated: false, bytes: PAGE.length },
  'redirect-chain-5': { truncated: false, bytes: PAGE.length },
}

const BOMBS = ['gzip-bomb', 'gzip-bomb-twice', 'br-bomb', 'zstd-bomb']

t.test('every fault ends in its named reason, and the fetcher goes on', async t => {
  const { ask } = await stand(t)
  for (const [fault, [kind, reason]] of Object.entries(ENDS)) {
    t.match(await ask(`/${fault}`), { kind, reason }, fault)
    t.equal((await ask('/none')).kind, 'fetched', `after ${fault}`)
  }
})

t.test('every fault without an end of its own is ended by a limit', async t => {
  for (const [fault, [reason, limits]] of Object.entries(TIMED)) {
    const { ask } = await stand(t, { limits })
    t.match(await ask(`/${fault}`), { kind: 'failed', reason }, fault)
  }
})

t.test('a page is taken as far as it is sound', async t => {
  const { ask } = await stand(t)
  for (const [fault, { truncated, bytes }] of Object.entries(SURVIVED)) {
    const page = fetched(await ask(`/${fault}`))
    t.same([page.truncated, page.body.length], [truncated, bytes], fault)
  }
})

t.test('what unpacks beyond the limit is cut there, whatever the packing', async t => {
  const { ask } = await stand(t, { limits: { decodedBytes: 300_000, wireBytes: 500_000 } }, (socket, asked) =>
    playFaults(socket, asked),
  )
  for (const bomb of BOMBS) {
    // Twenty megabytes of NUL: cut, and then recognised as no page.
    t.match(await ask(`/${bomb}`), { kind: 'excluded', reason: 'not-html' }, bomb)
    const page = fetched(await ask(`/${bomb}`, { purpose: 'robots' }))
    t.same([page.truncated, page.body.length], [true, DEFAULT_LIMITS.robotsBytes], bomb)
  }
  const cut = fetched(await ask('/gzip-cut-at-the-wire'))
  t.same(
    [cut.truncated, cut.body.length],
    [true, 300_000],
    'a packed body cut at the limit of the wire is no broken one',
  )
})

t.test('a name that is not found, not answered, or not public is never connected to', async t => {
  const { ask, server } = await stand(t, { limits: { dnsMs: 50 } })
  const to = async (host: string) => await ask('/none', { host })
  t.match(await to('inconnu.example'), { kind: 'failed', reason: 'host-not-found' })
  t.match(await to('muet.example'), { kind: 'failed', reason: 'dns-timeout' })
  t.match(await to('mixte.example'), { kind: 'excluded', reason: 'private-address' })
  t.match(await to('intranet.example'), { kind: 'excluded', reason: 'private-address' })
  t.equal(server.connections(), 0)
})

t.test('a closed port is a refused connection', async t => {
  const { server, fetcher } = await stand(t)
  const closed = await startFaultServer(playFaults)
  await closed.close()
  const other = createFetcher({ userAgent, ports: [server.port, closed.port], allowAddress: () => true })
  t.teardown(() => other.close())
  t.match(await other.fetch(`http://127.0.0.1:${closed.port}/`), { kind: 'failed', reason: 'connection-refused' })
  t.match(await fetcher.fetch('http://127.0.0.1:22/'), { kind: 'excluded', reason: 'unsupported-port' })
  t.match(await fetcher.fetch('pas une adresse'), { kind: 'excluded', reason: 'unsupported-scheme' })
  t.match(await fetcher.fetch(`http://127.0.0.1/${'a'.repeat(2_100)}`), {
    kind: 'excluded',
    reason: 'unsupported-scheme',
  })
})

t.test('a name with two addresses is reached by the one that answers', async t => {
  const { ask, server } = await stand(t, { allowAddress: () => true })
  const { fetcher } = await stand(t, {
    ports: [server.port],
    resolve: async () => ['127.0.0.9', '127.0.0.1'],
    allowAddress: () => true,
  })
  t.equal((await ask('/none', { host: 'double.example' })).kind, 'fetched')
  t.equal((await fetcher.fetch(`http://deux.example:${server.port}/none`)).kind, 'fetched', 'the first one refuses')
})

t.test('a certificate must be valid, for this name, from a known authority', async t => {
  const authority = createCertificate({ commonName: 'Autorité de test' })
  const good = createCertificate({ commonName: 'atelier', names: ['atelier.example'], issuer: authority })
  const expired = createCertificate({
    commonName: 'atelier',
    names: ['atelier.example'],
    issuer: authority,
    notAfter: new Date(Date.now() - 3_600_000),
  })
  const alone = createCertificate({ commonName: 'atelier', names: ['atelier.example'] })
  const trusting = { ca: authority.cert }
  const sound = await stand(t, trusting, playFaults, good)
  t.equal((await sound.ask('/none')).kind, 'fetched')
  t.match(
    await sound.ask('/none', { host: 'www.atelier.example' }),
    { kind: 'failed', reason: 'tls-error' },
    'other name',
  )
  t.match(await sound.ask('/none', { host: '127.0.0.1' }), { kind: 'failed', reason: 'tls-error' }, 'no name')
  t.match(await (await stand(t, trusting, playFaults, expired)).ask('/none'), { reason: 'tls-error' }, 'expired')
  t.match(await (await stand(t, {}, playFaults, good)).ask('/none'), { reason: 'tls-error' }, 'unknown authority')
  const selfSigned = await stand(t, trusting, playFaults, alone)
  for (let time = 0; time < 20; time++) {
    t.match(await selfSigned.ask('/none'), { kind: 'failed', reason: 'tls-error' }, 'signed by itself')
  }
  t.same(selfSigned.server.asked, [], 'nothing was asked over a bad certificate')
})

t.test('a handshake that never ends, or is none, is named', async t => {
  // A plain server asked over TLS: it answers nothing until it has a request.
  const plain = await stand(t, { limits: { connectMs: 100 } })
  const { port } = plain.server
  t.match(await plain.fetcher.fetch(`https://atelier.example:${port}/`), { kind: 'failed', reason: 'connect-timeout' })
  const { port: talking } = await startTalking(t)
  const fetcher = createFetcher({ userAgent, ports: [talking], allowAddress: () => true })
  t.teardown(() => fetcher.close())
  t.match(await fetcher.fetch(`https://127.0.0.1:${talking}/`), { kind: 'failed', reason: 'tls-error' })
})

/** A server that speaks first, in clear. */
const startTalking = async (t: Test): Promise<{ readonly port: number }> => {
  const server = createServer(socket => socket.on('error', () => {}).end('220 smtp.example ESMTP\r\n')).listen(
    0,
    '127.0.0.1',
  )
  await once(server, 'listening')
  t.teardown(() => server.close())
  const address = server.address()
  return { port: typeof address === 'object' && address !== null ? address.port : 0 }
}

t.test('a redirect inside the registered domain is followed, another domain is reported', async t => {
  const { ask, server } = await stand(t, {}, (socket, asked) =>
    asked.path === '/accueil'
      ? answer(PAGE)(socket, asked)
      : void socket.write(
          `HTTP/1.1 301 Moved\r\nLocation: http://moi:secret@${asked.path.slice(1)}:${server.port}/accueil#haut\r\nContent-Length: 0\r\n\r\n`,
        ),
  )
  const page = fetched(await ask('/www.atelier.example'))
  t.equal(page.finalUrl, `http://www.atelier.example:${server.port}/accueil`, 'without password and fragment')
  t.match(page.url, 'http://atelier.example:')
  t.match(await ask('/autre.example'), {
    kind: 'excluded',
    reason: 'foreign-redirect',
    detail: `http://autre.example:${server.port}/accueil`,
  })
  t.equal((await ask('/autre.example', { purpose: 'robots' })).kind, 'fetched', 'robots.txt may stand elsewhere')
})

t.test('the caller is asked before each redirect, and its waiting is not counted', async t => {
  const { ask, server } = await stand(t, { limits: { totalMs: 1_000 } })
  const seen: string[] = []
  const allowed = await ask('/redirect-chain-5', {
    beforeRedirect: async to => {
      seen.push(to.pathname)
      await new Promise(resolve => setTimeout(resolve, 220))
      return undefined
    },
  })
  t.equal(allowed.kind, 'fetched', 'five waits of 220 ms do not use up a second')
  t.same(
    seen,
    [1, 2, 3, 4, 5].map(hop => `/redirect-chain-5/${hop}`),
  )
  const before = server.asked.length
  const refused = await ask('/redirect-chain-5', { beforeRedirect: async () => 'robots' })
  t.match(refused, { kind: 'excluded', reason: 'robots' })
  t.equal(server.asked.length, before + 1, 'what robots.txt forbids is not asked')
})

t.test('a raw accent in a Location is read as UTF-8', async t => {
  const { ask } = await stand(t, {}, (socket, asked) =>
    asked.path === '/depart'
      ? void socket.write('HTTP/1.1 302 Found\r\nLocation: /société\r\nContent-Length: 0\r\n\r\n', 'utf8')
      : answer(PAGE)(socket, asked),
  )
  t.match(fetched(await ask('/depart')).finalUrl, /\/soci%C3%A9t%C3%A9$/)
})

t.test('a pause asked for is passed on, never longer than a day', async t => {
  const { ask } = await stand(t)
  t.match(await ask('/status-429-retry-after'), { retryAfterMs: 120_000, status: 429 })
  t.match(await ask('/status-503-retry-date'), { retryAfterMs: 24 * 3_600_000, status: 503 })
  const now = Date.parse('2026-03-01T00:00:00Z')
  t.equal(retryAfterMs('Sun, 01 Mar 2026 00:01:00 GMT', 1e9, now), 60_000)
  t.equal(retryAfterMs('Sat, 28 Feb 2026 00:00:00 GMT', 1e9, now), 0, 'a date that has passed')
  t.equal(retryAfterMs('bientôt', 1e9, now), undefined)
})

t.test('a page that comes at the third try comes, and a page that is gone is gone', async t => {
  const { ask } = await stand(t)
  const ends = []
  for (let time = 0; time < 3; time++) ends.push((await ask('/status-500-flapping')).kind)
  t.same(ends, ['failed', 'failed', 'fetched'])
  t.match(await ask('/status-404'), { kind: 'gone', status: 404 })
  t.match(await ask('/status-410'), { kind: 'gone', status: 410 })
})

t.test('robots.txt is read whatever it claims to be, and its absence can be told from its refusal', async t => {
  const { ask } = await stand(t)
  const robots = { purpose: 'robots' } as const
  t.match(await ask('/robots-404', robots), { kind: 'gone', status: 404 })
  t.match(await ask('/robots-403', robots), { kind: 'excluded', reason: 'client-error', status: 403 })
  t.match(await ask('/robots-6-redirects', robots), { kind: 'excluded', reason: 'too-many-redirects' })
  t.equal((await ask('/robots-html', robots)).kind, 'fetched')
  t.equal((await ask('/type-pdf', robots)).kind, 'fetched')
  t.equal(fetched(await ask('/body-empty-200', robots)).body.length, 0, 'empty: all is allowed')
  t.equal(fetched(await ask('/body-endless', robots)).body.length, 500 * 1024)
})

t.test('a sitemap is XML or text, and a gzip file is unpacked up to the limit', async t => {
  const xml = '<?xml version="1.0"?><urlset/>'
  const plays: Readonly<Record<string, Play>> = {
    '/a.xml': answer(xml, 'Content-Type: application/xml'),
    '/a.xml.gz': answer(gzipSync(xml), 'Content-Type: application/x-gzip'),
    '/bomb.xml.gz': answer(gzipSync(Buffer.alloc(3_000_000, '<url>')), 'Content-Type: application/octet-stream'),
    '/a.zip': answer('PK', 'Content-Type: application/zip'),
  }
  const limits = { sitemapBytes: 100_000 }
  const { ask } = await stand(t, { limits }, (socket, asked) => plays[asked.path]?.(socket, asked))
  const sitemap = { purpose: 'sitemap' } as const
  t.equal(textOf(fetched(await ask('/a.xml', sitemap))), xml)
  t.equal(textOf(fetched(await ask('/a.xml.gz', sitemap))), xml)
  t.match(fetched(await ask('/bomb.xml.gz', sitemap)), { truncated: true, body: { length: 100_000 } })
  t.match(await ask('/a.zip', sitemap), { kind: 'excluded', reason: 'not-html' })
  t.match(await ask('/a.xml'), { kind: 'excluded', reason: 'not-html' }, 'which is no page')
})

t.test('a request says who asks and what it has, and an unchanged page is not sent again', async t => {
  const { ask, server } = await stand(t, {}, (socket, asked) =>
    asked.headers.includes('if-none-match: "v1"')
      ? void socket.write('HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n')
      : answer(
          PAGE,
          'ETag: "v1"',
          'Set-Cookie: id=7',
          'X-Robots-Tag: noindex',
          'X-Robots-Tag: nofollow',
        )(socket, asked),
  )
  const page = fetched(await ask('/page#haut'))
  t.same(
    [page.headers['etag'], page.headers['x-robots-tag'], page.headers['set-cookie']],
    ['"v1"', 'noindex, nofollow', undefined],
  )
  t.match(await ask('/page', { validators: { etag: '"v1"' } }), { kind: 'not-modified' })
  t.equal((await ask('/page', { validators: { etag: '"v1"\r\nX-Evil: 1', lastModified: 'é' } })).kind, 'fetched')
  t.match(server.asked[0]?.headers, /user-agent: BriqueTest\/1\.0 \(\+https:\/\/brique\.example\/robot\)\r\n/)
  t.match(server.asked[0]?.headers, /accept-encoding: gzip, deflate, br, zstd\r\n/)
  t.notMatch(server.asked.map(each => each.headers).join(''), /x-evil|cookie|#haut/i)
})

t.test('every encoding of the samples is undone', { skip: skipWithout('hostile/compression') }, async t => {
  const samples: Readonly<Record<string, string>> = {
    'html-br.bin': 'br',
    'html-gzip-deflate-gzip.bin': 'gzip, deflate, gzip',
    'html-gzip-deflate.bin': 'gzip, deflate',
    'html-gzip.bin': 'x-gzip',
    'html-rawdeflate.bin': 'deflate',
    'html-zlibdeflate.bin': 'deflate',
    'html-zstd-static-content-size.bin': 'zstd',
    'html-zstd-static-no-content-size.bin': 'identity, zstd',
    'truncated-crc-error-short.gz': 'gzip',
    'truncated-crc-error.gz': 'gzip',
    'unexpected-eof.gz': 'gzip',
  }
  const folder = sharedPath('hostile/compression/scrapy') ?? ''
  const { ask } = await stand(t, {}, (socket, asked) => {
    const name = asked.path.slice(1)
    answer(readFileSync(`${folder}/${name}`), `Content-Encoding: ${samples[name]}`)(socket, asked)
  })
  for (const sample of Object.keys(samples)) {
    const outcome = await ask(`/${sample}`)
    if (sample.endsWith('.gz')) t.match(outcome, { kind: 'failed', reason: 'truncated-body' }, sample)
    else t.match(textOf(fetched(outcome)), /<html|<!doctype/i, sample)
  }
})

t.test('a signal stops a fetch at once, at any stage, and throws its reason', async t => {
  const { ask } = await stand(t)
  const reason = new Error('arrêt demandé')
  await t.rejects(ask('/none', { signal: AbortSignal.abort(reason) }), reason)
  for (const [path, host] of [['/headers-never'], ['/body-stalls'], ['/none', 'muet.example']] as const) {
    const controller = new AbortController()
    const stopped = ask(path, { signal: controller.signal, ...(host !== undefined && { host }) })
    setTimeout(() => controller.abort(reason), 50)
    await t.rejects(stopped, reason, path)
  }
})

t.test('a fetch stopped before its connection is made sends nothing', async t => {
  const found = Promise.withResolvers<readonly string[]>()
  const { ask, server } = await stand(t, { resolve: () => found.promise })
  const stopped = ask('/none', { signal: AbortSignal.timeout(20) })
  await t.rejects(stopped, { name: 'TimeoutError' })
  found.resolve(['127.0.0.1'])
  await new Promise(resolve => setTimeout(resolve, 100))
  t.same(server.asked, [])
})

t.test('a closed fetcher ends what it was doing and takes no more', async t => {
  const { ask, fetcher } = await stand(t)
  const waiting = ask('/headers-never')
  await new Promise(resolve => setTimeout(resolve, 50))
  await fetcher.close()
  t.match(await waiting, { kind: 'failed', reason: 'connection-reset' })
  t.match(await ask('/none'), { kind: 'failed', reason: 'connection-reset' })
})

t.test('a User-Agent that no server could read is refused at once', async t => {
  t.throws(() => createFetcher({ userAgent: 'Brique\r\nX: 1' }), /one line of ASCII/)
})

/** Faults of the list that others than the fetcher meet: the readers of robots.txt, sitemaps and pages, the frontier, the service. */
const ELSEWHERE =
  /^(?:robots-(?:wildcard|crawl-delay)|sitemap-|trap-|outlinks-|html-|jsonld-|meta-refresh-|slow-client|client-)/

/** Faults that a test of its own plays here. */
const APART = new Set([
  ...['dns-nxdomain', 'dns-timeout', 'dns-mixed', 'dns-cname-internal', 'tcp-blackhole', 'tls-wrong-host'],
  ...['tls-self-signed-repeat', 'status-410', 'robots-404', 'robots-403', 'robots-6-redirects', 'robots-html'],
])

t.test('no fault of the hostile list is forgotten', { skip: skipWithout('hostile/http-faults') }, async t => {
  const faults: unknown = JSON.parse(readFileSync(sharedPath('hostile/http-faults/faults.json') ?? '', 'utf8'))
  if (!Array.isArray(faults)) throw new Error('faults.json is no list')
  const played = new Set([...Object.keys(ENDS), ...Object.keys(TIMED), ...Object.keys(SURVIVED), ...BOMBS, ...APART])
  const names = faults.map(fault => String(fault.id))
  t.ok(names.length > 50)
  t.same(
    names.filter(name => !played.has(name) && !ELSEWHERE.test(name)),
    [],
  )
})
