import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { readConfig } from '../../src/config.ts'
import { createEncoder, type EncoderOptions } from '../../src/search/semantic/encoder.ts'
import { EncoderError } from '../../src/search/semantic/encoder-errors.ts'
import { semanticSettings } from '../../src/search/semantic/settings.ts'
import { type Endpoint, goodAnswer, type Misbehaviour, reply, startEndpoint } from '../encoder/endpoint.ts'

const encoderAt = (url: string, env: Readonly<Record<string, string>> = {}, options: EncoderOptions = {}) => {
  const settings = semanticSettings(
    readConfig({ EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: 'm', EMBEDDINGS_TIMEOUT_MS: '2000', ...env }),
  )
  if (settings === undefined) throw new Error('off')
  return createEncoder(settings, { retryDelaysMs: [1, 1], ...options })
}

const openEndpoint = async (test: Test): Promise<Endpoint> => {
  const endpoint = await startEndpoint()
  test.teardown(() => endpoint.close())
  return endpoint
}

/** The named error that asking for a query ends with. */
const failure = async (work: Promise<unknown>): Promise<EncoderError> => {
  const error = await work.then(
    () => undefined,
    (each: unknown) => each,
  )
  if (error instanceof EncoderError) return error
  throw new Error(`no EncoderError but ${error}`)
}

t.test('a query is asked for with its model, its prefix and the key, once, and remembered', async t => {
  const endpoint = await openEndpoint(t)
  let authorization: string | undefined
  endpoint.misbehave((_asked, _response, request) => {
    authorization = request.headers.authorization
  })
  const encoder = encoderAt(endpoint.url, {
    EMBEDDINGS_QUERY_MODEL: 'q',
    EMBEDDINGS_QUERY_PREFIX: 'query:',
    EMBEDDINGS_PASSAGE_PREFIX: 'passage:',
    EMBEDDINGS_KEY: 'key',
  })
  const vector = await encoder.query('qualité de l’air')
  t.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-6)
  t.equal(authorization, 'Bearer key')
  t.strictSame(endpoint.asked, [{ model: 'q', input: ['query: qualité de l’air'], encoding_format: 'base64' }])
  t.equal(await encoder.query('qualité de l’air'), vector)
  t.equal(endpoint.asked.length, 1)
  await encoder.embed('passage', ['air \ud800'])
  t.strictSame(endpoint.asked[1], { model: 'm', input: ['passage: air \ufffd'], encoding_format: 'base64' })
})

t.test('many texts go in small batches and come back in their order', async t => {
  const endpoint = await openEndpoint(t)
  const encoder = encoderAt(endpoint.url)
  const texts = Array.from({ length: 30 }, (_, i) => `${'mot '.repeat(i * 20)}texte ${i}`)
  const vectors = await encoder.embed('passage', texts)
  t.equal(vectors.length, 30)
  t.strictSame(
    endpoint.asked.flatMap(({ input }) => input),
    texts,
  )
  for (const { input } of endpoint.asked) {
    t.ok(input.length <= 8)
    t.ok(input.length === 1 || input.join('').length <= 2000)
  }
  t.strictSame(vectors[7], (await encoder.embed('passage', [texts[7] ?? '']))[0])
})

t.test('an endpoint that refuses base64 is asked for numbers, from then on', async t => {
  const endpoint = await openEndpoint(t)
  const encoder = encoderAt(endpoint.url)
  const good = await encoder.query('air')
  endpoint.misbehave((asked, response) => {
    if (asked.encoding_format === 'base64') reply(response, 422, { error: 'unknown field' })
  })
  const other = encoderAt(endpoint.url)
  const close = (await other.query('air')).every((value, i) => Math.abs(value - (good[i] as number)) < 1e-6)
  t.ok(close)
  await other.query('eau')
  t.strictSame(
    endpoint.asked.slice(1).map(each => each.encoding_format),
    ['base64', 'float', 'float'],
  )
})

const neverEnds: Misbehaviour = async function never(_asked, response) {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"data":')
}
const FAULTS: Readonly<Record<string, readonly [EncoderError['fault'], Misbehaviour]>> = {
  'does not answer': ['slow', function never() {}],
  'begins and never ends': ['slow', neverEnds],
  'closes the connection': ['unreachable', (_, response) => response.destroy()],
  'is overloaded': ['overloaded', (_, response) => reply(response, 429, {})],
  fails: ['overloaded', (_, response) => reply(response, 503, 'upstream')],
  'knows no such model': ['refused', (_, response) => reply(response, 404, {})],
  redirects: [
    'refused',
    (_, response) => {
      response.writeHead(307, { location: 'http://127.0.0.1:1/v1/embeddings' })
      response.end()
    },
  ],
  'answers with a page': ['nonsense', (_, response) => reply(response, 200, '<html>')],
  'answers for other texts': [
    'nonsense',
    (asked, response) => reply(response, 200, goodAnswer({ ...asked, input: ['a', 'b'] })),
  ],
  'answers without end': [
    'nonsense',
    async function never(_, response) {
      response.writeHead(200)
      while (!response.destroyed) {
        response.write(' '.repeat(65_536))
        await wait(1)
      }
    },
  ],
}

for (const [name, [fault, misbehaviour]] of Object.entries(FAULTS)) {
  t.test(`an endpoint that ${name} is told as "${fault}", without the query`, async t => {
    const endpoint = await openEndpoint(t)
    endpoint.misbehave(misbehaviour)
    const encoder = encoderAt(endpoint.url, { EMBEDDINGS_TIMEOUT_MS: fault === 'slow' ? '60' : '5000' })
    const error = await failure(encoder.query('achat secret'))
    t.equal(error.fault, fault, error.message)
    t.notMatch(error.message, /secret/)
    endpoint.misbehave(undefined)
    t.ok(await encoder.query('achat secret'), 'and is asked again')
  })
}

t.test('a redirect is not followed: the other address hears nothing', async t => {
  const endpoint = await openEndpoint(t)
  const other = await openEndpoint(t)
  endpoint.misbehave((_, response) => {
    response.writeHead(308, { location: `${other.url}/v1/embeddings` })
    response.end()
  })
  t.match((await failure(encoderAt(endpoint.url).query('air'))).message, /redirects, which is not followed/)
  t.equal(other.asked.length, 0)
})

t.test('nobody listening is "unreachable", and after three failures the endpoint is left alone', async t => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  server.close()
  const encoder = encoderAt(`http://127.0.0.1:${port}`)
  for (let i = 0; i < 3; i++) {
    const { fault, message } = await failure(encoder.query(`q${i}`))
    t.equal(fault, 'unreachable')
    t.match(message, /ECONNREFUSED/)
  }
  t.equal((await failure(encoder.query('q'))).fault, 'paused')
  t.match(encoder.paused(), /left alone for 30 s after 3 failures/)
})

t.test('a reader who leaves ends the request with their own reason', async t => {
  const endpoint = await openEndpoint(t)
  endpoint.misbehave(function never() {})
  const encoder = encoderAt(endpoint.url)
  const left = new AbortController()
  const asked = encoder.query('air', { signal: left.signal })
  left.abort(new Error('left'))
  await t.rejects(asked, /^left$|left/)
  await t.rejects(encoder.query('air', { signal: AbortSignal.abort(new Error('gone')) }), /gone/)
})

t.test('background work tries again after an outage, not after a refusal', async t => {
  const endpoint = await openEndpoint(t)
  let failures = 2
  endpoint.misbehave((_, response) => {
    if (failures-- > 0) reply(response, 503, {})
  })
  const encoder = encoderAt(endpoint.url)
  t.equal((await encoder.embed('passage', ['un', 'deux'])).length, 2)
  t.equal(endpoint.asked.length, 3)
  endpoint.misbehave((_, response) => reply(response, 401, {}))
  t.equal((await failure(encoder.embed('passage', ['un']))).fault, 'refused')
  t.equal(endpoint.asked.length, 4)
  endpoint.misbehave((_, response) => reply(response, 503, {}))
  t.equal((await failure(encoder.embed('passage', ['un']))).fault, 'overloaded')
  t.equal(endpoint.asked.length, 7, 'three tries')
})

t.test('background work lets a query pass', async t => {
  const endpoint = await openEndpoint(t)
  const encoder = encoderAt(endpoint.url)
  let release = (): void => {}
  const held = new Promise<void>(resolve => (release = resolve))
  endpoint.misbehave(async asked => {
    if (asked.input[0] === 'question') await held
  })
  const query = encoder.query('question')
  while (endpoint.asked.length === 0) await wait(1)
  const work = encoder.embed('passage', ['texte'])
  await wait(60)
  t.equal(endpoint.asked.length, 1, 'the passage has not been sent')
  release()
  await query
  t.equal((await work).length, 1)
})
