import fc from 'fast-check'
import t from 'tap'
import { readConfig } from '../../src/config.ts'
import type { Siren } from '../../src/model/siren.ts'
import { readAnswer } from '../../src/search/semantic/answer.ts'
import { createBreaker } from '../../src/search/semantic/breaker.ts'
import { chunkHash, chunksOf } from '../../src/search/semantic/chunks.ts'
import { EncoderAnswerError, EncoderUnavailableError } from '../../src/search/semantic/encoder-errors.ts'
import { fuse } from '../../src/search/semantic/fuse.ts'
import { cosine, quantise } from '../../src/search/semantic/int8.ts'
import { isPrivateHost, resolvesPrivately } from '../../src/search/semantic/private-host.ts'
import { createQueryCache } from '../../src/search/semantic/query-cache.ts'
import { SemanticSettingsError, semanticSettings } from '../../src/search/semantic/settings.ts'
import { pairedGain } from '../encoder/bootstrap.ts'
import { inventedSiren, page, supplier } from '../support/suppliers.ts'

const [a, b, c, d] = [1, 2, 3, 4].map(inventedSiren) as [Siren, Siren, Siren, Siren]

const settings = (env: Readonly<Record<string, string>>) =>
  semanticSettings(readConfig({ EMBEDDINGS_MODEL: 'm', ...env }))

t.test('settings: off without an address, and an address in any of its three forms', async t => {
  t.equal(settings({}), undefined)
  for (const [address, endpoint] of [
    ['http://127.0.0.1:11434', 'http://127.0.0.1:11434/v1/embeddings'],
    ['http://ollama:11434/v1/', 'http://ollama:11434/v1/embeddings'],
    ['http://[::1]:8080/v1/embeddings', 'http://[::1]:8080/v1/embeddings'],
    ['http://10.1.2.3/tei', 'http://10.1.2.3/tei/v1/embeddings'],
    ['http://localhost/a/embeddings?version=1', 'http://localhost/a/embeddings?version=1'],
  ] as const) {
    t.equal(settings({ EMBEDDINGS_URL: address })?.endpoint.href, endpoint)
  }
  t.match(settings({ EMBEDDINGS_URL: 'http://localhost', EMBEDDINGS_QUERY_MODEL: '' }), {
    queryModel: 'm',
    timeoutMs: 800,
    weight: 0.5,
    mayLeave: false,
  })
})

t.test('settings: queries do not leave the private network unless the operator says so in so many words', async t => {
  const remote = { EMBEDDINGS_URL: 'https://api.example.com/v1' }
  t.throws(() => settings(remote), /api\.example\.com, which is neither.*EMBEDDINGS_REMOTE=queries-may-leave/)
  t.throws(() => readConfig({ ...remote, EMBEDDINGS_REMOTE: 'true' }), /give queries-may-leave, or nothing/)
  t.equal(settings({ ...remote, EMBEDDINGS_REMOTE: 'queries-may-leave' })?.mayLeave, true)
  const clear = { EMBEDDINGS_URL: 'http://api.example.com', EMBEDDINGS_REMOTE: 'queries-may-leave' }
  t.throws(() => settings(clear), /without https/)
})

t.test('settings: what is missing or wrong is named, and a key is never repeated', async t => {
  t.throws(() => settings({ EMBEDDINGS_URL: 'http://localhost', EMBEDDINGS_MODEL: '' }), SemanticSettingsError)
  try {
    settings({ EMBEDDINGS_URL: 'http://localhost', EMBEDDINGS_KEY: 'secret\nkey' })
    t.fail('refused')
  } catch (error) {
    t.ok(error instanceof SemanticSettingsError)
    t.notMatch(String(error), /secret/)
  }
  t.throws(() => readConfig({ EMBEDDINGS_URL: 'http://user:secret@localhost' }), /without password/)
  for (const weight of ['-1', '6', 'NaN', '1e3']) t.throws(() => readConfig({ EMBEDDINGS_WEIGHT: weight }), weight)
  t.equal(readConfig({ EMBEDDINGS_WEIGHT: '.8' }).embeddingsWeight, 0.8)
})

t.test('a host is private by its address or by a name that no public zone holds', async t => {
  const own = ['localhost', 'tei', 'x.internal', 'nas.local', '127.0.0.2', '10.0.0.1', '172.31.0.1', '192.168.1.1']
  for (const host of [...own, '[::1]', '[fd00::1]', '[fe80::1]', '[::ffff:10.0.0.1]']) t.ok(isPrivateHost(host), host)
  const others = ['example.com', 'localhost.example', 'a.xinternal', '8.8.8.8', '172.32.0.1', '100.64.0.1', '0.0.0.0']
  for (const host of [...others, '[2001:db8::1]', '[::ffff:8.8.8.8]']) {
    t.notOk(isPrivateHost(host), host)
  }
  t.ok(await resolvesPrivately('localhost'))
  t.notOk(await resolvesPrivately('8.8.8.8'))
})

const answer = (...embeddings: unknown[]): string =>
  JSON.stringify({ data: embeddings.map(embedding => ({ embedding })) })
const base64 = (...numbers: number[]): string => Buffer.from(Float32Array.from(numbers).buffer).toString('base64')

t.test('an answer is read as base64 or as numbers, in the order of its indexes, with length 1', async t => {
  t.strictSame(readAnswer(answer([3, 4], base64(0, 2)), 2), [Float32Array.of(0.6, 0.8), Float32Array.of(0, 1)])
  const swapped = JSON.stringify({
    data: [
      { index: 1, embedding: [0, 1] },
      { index: 0, embedding: [1, 0] },
    ],
  })
  t.strictSame(readAnswer(swapped, 2), [Float32Array.of(1, 0), Float32Array.of(0, 1)])
})

t.test('an answer that is not what was asked for is nonsense, whatever it is', async t => {
  const bad: Readonly<Record<string, string>> = {
    empty: '',
    'an error page': '<html>',
    null: 'null',
    'another shape': '{"embeddings":[[1]]}',
    'too few': answer(),
    'too many': answer([1], [1]),
    'no numbers': answer([]),
    'a text among the numbers': answer([1, '2']),
    'null for NaN': answer([1, null]),
    'an overflow': '{"data":[{"embedding":[1e400]}]}',
    zeros: answer([0, 0]),
    'not base64': answer('é!'),
    'half a number': answer(Buffer.from('abc').toString('base64')),
    NaN: answer(base64(1, Number.NaN)),
    infinity: answer(base64(Number.POSITIVE_INFINITY, 1)),
    'too long': answer(Array.from({ length: 9000 }, () => 1)),
    'an index beyond': '{"data":[{"index":7,"embedding":[1]}]}',
    'a negative index': '{"data":[{"index":-1,"embedding":[1]}]}',
    'an index that is none': '{"data":[{"index":"0","embedding":[1]}]}',
  }
  for (const [name, body] of Object.entries(bad)) t.throws(() => readAnswer(body, 1), EncoderAnswerError, name)
  t.throws(() => readAnswer(answer([1, 2], [1]), 2), /different lengths/)
  t.throws(() => readAnswer('{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}', 2), /numbered/)
})

t.test('any text at all is vectors or a named error', async () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), fc.nat(3), (body, count) => {
      try {
        return readAnswer(body, count).length === count
      } catch (error) {
        return error instanceof EncoderAnswerError
      }
    }),
  )
})

t.test('a profile becomes chunks: what it calls itself, then its description and passages, each text once', async t => {
  const long = 'Nous mesurons la qualité de l’air des écoles. '.repeat(30)
  const firm = supplier({
    name: 'Aérolys',
    tagline: 'L’air des écoles',
    tags: ['capteur'],
    description: long,
    texts: [page('Un premier passage.', 'Un second.'), page('Un premier passage.', 'Un troisième.')],
  })
  const chunks = chunksOf(firm)
  t.match(chunks[0], { position: 0, kind: 'profile', text: 'Aérolys. L’air des écoles. capteur' })
  t.strictSame(
    chunks.filter(({ kind }) => kind === 'passage').map(({ passage, text }) => [passage, text]),
    [
      [0, 'Un premier passage.'],
      [1, 'Un second.'],
      [3, 'Un troisième.'],
    ],
  )
  t.ok(chunks.filter(({ kind }) => kind === 'description').length >= 1)
  t.ok(chunks.every(({ text }) => text.length <= 1000))
  t.strictSame(
    chunks.map(({ position }) => position),
    [...chunks.keys()],
  )
})

t.test('a profile without words has no chunk, and an endless one has few, all short', async t => {
  t.strictSame(chunksOf(supplier({ name: 'SIREN 000', unnamed: true })), [])
  t.strictSame(chunksOf(supplier({ name: '…', tags: ['—'] })), [])
  const endless = supplier({
    tags: ['mot'.repeat(5000)],
    texts: [page(...Array.from({ length: 500 }, (_, i) => `P${i}`))],
  })
  const chunks = chunksOf(endless)
  t.equal(chunks.length, 64)
  t.ok(chunks.every(({ text }) => text.length <= 1000))
})

t.test('a text has another hash for another encoder', async t => {
  t.equal(chunkHash('x', 'air'), chunkHash('x', 'air'))
  t.not(chunkHash('x', 'air'), chunkHash('y', 'air'))
  t.not(chunkHash('x', 'air'), chunkHash('x', 'eau'))
})

t.test('a byte a number keeps a cosine to the hundredth', async () => {
  const vectors = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 16, maxLength: 64 })
  fc.assert(
    fc.property(vectors, numbers => {
      const norm = Math.hypot(...numbers)
      fc.pre(norm > 1e-3)
      const vector = Float32Array.from(numbers, value => value / norm)
      return Math.abs(cosine(vector, quantise(vector)) - 1) < 0.01
    }),
  )
})

const closeness = (...pairs: [Siren, number][]) => new Map(pairs.map(([siren, cosine]) => [siren, { cosine }]))
const lexical = new Map([
  [a, 10],
  [b, 8],
  [c, 6],
])

t.test('fusion: the closest gets λ times the best score by words, the average one nothing', async t => {
  const points = fuse(lexical, closeness([a, 0.8], [b, 0.81], [c, 0.88]), 0.5)
  t.strictSame([points.get(a), points.get(c)], [0, 5])
  t.equal(points.get(b), 0, 'below the mean (.83) nothing is taken away either')
  const scaled = fuse(lexical, closeness([a, 0.4], [b, 0.6], [c, 0.8]), 1)
  t.strictSame([scaled.get(a), scaled.get(b), Math.round(scaled.get(c) ?? 0)], [0, 0, 10])
})

t.test('fusion: a candidate without a cosine gets nothing, and a stranger with one changes nothing', async t => {
  const points = fuse(lexical, closeness([a, 0.8], [b, 0.9], [d, 5]), 1)
  t.strictSame([...points.keys()], [a, b, c])
  t.equal(points.get(c), 0)
  t.ok(Math.abs((points.get(b) ?? 0) - 10) < 1e-9)
})

t.test('fusion: equal cosines, one candidate or none give no points; without words a point is the best', async t => {
  t.strictSame([...fuse(lexical, closeness([a, 0.8], [b, 0.8], [c, 0.8]), 1).values()], [0, 0, 0])
  t.strictSame([...fuse(new Map([[a, 3]]), closeness([a, 0.8]), 1).values()], [0])
  t.strictSame(fuse(new Map(), new Map(), 1), new Map())
  const wordless = new Map([
    [a, 0],
    [b, 0],
  ])
  t.strictSame(
    [...fuse(wordless, closeness([a, 0.2], [b, 0.4]), 0.5).values()].map(each => each.toFixed(3)),
    ['0.000', '0.500'],
  )
})

t.test('fusion: points are finite, never negative and at most λ times the best score', async () => {
  const pairs = fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 500 }),
      fc.double({ min: 0, max: 99, noNaN: true }),
      fc.double({ min: -2, max: 2, noNaN: true }),
    ),
  )
  fc.assert(
    fc.property(pairs, fc.double({ min: 0, max: 5, noNaN: true }), (rows, weight) => {
      const words = new Map(rows.map(([n, points]) => [inventedSiren(n), points]))
      const meanings = new Map(rows.map(([n, , cosine]) => [inventedSiren(n), { cosine }]))
      const best = Math.max(0, ...words.values()) || 1
      return [...fuse(words, meanings, weight).values()].every(
        points => points >= 0 && points <= weight * best * (1 + 1e-9),
      )
    }),
  )
})

t.test('the breaker opens after three failures in a row, then lets one request try', async t => {
  let clock = 0
  const breaker = createBreaker({ failures: 3, restMs: 1000, now: () => clock })
  let asked = 0
  const fail = () =>
    breaker.run(async () => {
      asked++
      throw new EncoderUnavailableError('slow', 'too slow')
    })
  const ok = () => breaker.run(async () => 'good')
  await t.rejects(fail())
  await t.rejects(fail())
  t.equal(await ok(), 'good', 'two failures are not three')
  for (let i = 0; i < 5; i++) await t.rejects(fail())
  t.equal(asked, 5, 'two, then three, then none')
  t.match(breaker.paused(), /left alone for 1 s after 3 failures: too slow/)
  await t.rejects(ok(), /left alone/)
  clock = 1001
  let release = (): void => {}
  const trial = breaker.run(() => new Promise<void>(resolve => (release = resolve)))
  await t.rejects(ok(), /left alone/, 'while one tries, the others wait')
  release()
  await trial
  t.equal(await ok(), 'good')
})

t.test('a reader who leaves is no failure of the endpoint', async t => {
  const breaker = createBreaker({ failures: 1 })
  await t.rejects(breaker.run(() => Promise.reject(new DOMException('left', 'AbortError'))))
  t.equal(breaker.paused(), undefined)
})

t.test('the cache of queries forgets the least recently used', async t => {
  const cache = createQueryCache(2)
  for (const text of ['un', 'deux']) cache.set(text, Float32Array.of(1))
  cache.get('un')
  cache.set('trois', Float32Array.of(1))
  t.strictSame(
    ['un', 'deux', 'trois'].map(text => cache.get(text) !== undefined),
    [true, false, true],
  )
})

t.test('a paired gain comes with the interval of its resampled mean', async t => {
  const before = Array.from({ length: 100 }, (_, i) => (i % 10) / 10)
  const same = pairedGain(before, before)
  t.strictSame(same, { mean: 0, low: 0, high: 0 })
  const better = pairedGain(
    before,
    before.map((value, i) => value + (i % 4 === 0 ? -0.1 : 0.1)),
  )
  t.ok(better.low > 0.03 && better.low < 0.05 && better.high > 0.05 && better.high < 0.07, JSON.stringify(better))
})
