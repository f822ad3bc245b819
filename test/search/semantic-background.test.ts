import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { readConfig } from '../../src/config.ts'
import type { Siren } from '../../src/model/siren.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { type EmbeddingOptions, type EmbeddingState, startEmbedding } from '../../src/search/semantic/background.ts'
import { createEncoder } from '../../src/search/semantic/encoder.ts'
import { chunkText, createSemantic, semanticOff } from '../../src/search/semantic/rerank.ts'
import { semanticSettings } from '../../src/search/semantic/settings.ts'
import { openVectors } from '../../src/store/vectors.ts'
import { type Endpoint, reply, startEndpoint } from '../encoder/endpoint.ts'
import { memoryCatalogue } from '../encoder/memory-catalogue.ts'
import { inventedSiren, numberedSupplier, page, supplier } from '../support/suppliers.ts'

const STAND_IN = fileURLToPath(new URL('../encoder/embed-stand-in.ts', import.meta.url))

const FIRMS: readonly (readonly [string, string])[] = [
  ['Aérolys', 'capteurs de qualité de l’air pour les écoles'],
  ['Voltige', 'drones de surveillance des forêts'],
  ['Hydria', 'détection des fuites des réseaux d’eau potable'],
  ['Solenn', 'panneaux solaires et stockage d’énergie'],
]
const firms = (): Supplier[] =>
  FIRMS.map(([name, description], index) => supplier({ siren: inventedSiren(index + 1), name, description }))
const [AIR, DRONE, WATER] = [1, 2, 3].map(inventedSiren) as [Siren, Siren, Siren]

const stack = (test: Test, endpoint: Endpoint, folder: string, env: Readonly<Record<string, string>> = {}) => {
  const config = readConfig({
    EMBEDDINGS_URL: endpoint.url,
    EMBEDDINGS_MODEL: 'm',
    EMBEDDINGS_TIMEOUT_MS: '5000',
    ...env,
  })
  const settings = semanticSettings(config)
  if (settings === undefined) throw new Error('off')
  const encoder = createEncoder(settings, { retryDelaysMs: [1], breaker: { failures: 1, restMs: 50 } })
  const vectors = openVectors(folder)
  const semantic = createSemantic({ encoder, vectors, weight: settings.weight })
  const embed = (catalogue: EmbeddingOptions['catalogue'], more: Partial<EmbeddingOptions> = {}) => {
    const embedding = startEmbedding({ catalogue, encoder, vectors, intervalMs: 5, retryMs: 5, ...more })
    test.teardown(() => embedding.stop())
    return embedding
  }
  // Torn down last first: the work stops before its file is closed.
  test.teardown(() => vectors.close())
  return { encoder, vectors, semantic, embed }
}

const open = async (test: Test) => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-semantic-'))
  const endpoint = await startEndpoint()
  test.teardown(async () => {
    await endpoint.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { folder, endpoint, ...stack(test, endpoint, folder) }
}

const until = async (embedding: { state(): EmbeddingState }, reached: (state: EmbeddingState) => boolean) => {
  while (!reached(embedding.state())) await wait(2)
}
const isIdle = ({ phase }: EmbeddingState): boolean => phase === 'idle'

t.test('every profile gets its vectors, and a query is close to the firm that speaks of it', async t => {
  const { endpoint, vectors, semantic, embed } = await open(t)
  const catalogue = memoryCatalogue(firms())
  t.match(await semantic.scores('air', [AIR]), { kind: 'unavailable', reason: 'not-ready' })
  t.match(await semantic.nearest('air', 3), { kind: 'unavailable', reason: 'not-ready' })
  const embedding = embed(catalogue)
  await until(embedding, isIdle)
  t.strictSame(embedding.state(), { phase: 'idle', done: 4, total: 4, model: 'm' })
  t.strictSame(vectors.counts(), { suppliers: 4, vectors: 8 })

  const scores = await semantic.scores('qualité de l’air des écoles', [AIR, DRONE, WATER])
  const cosines = scores.kind === 'ok' ? scores.cosines : new Map()
  t.equal(cosines.size, 3)
  t.ok(cosines.get(AIR).cosine > Math.max(cosines.get(DRONE).cosine, cosines.get(WATER).cosine))
  const air = catalogue.supplier(AIR)
  t.match(air && chunkText(air, cosines.get(AIR).chunk), /qualité de l’air/)
  const nearest = await semantic.nearest('fuites d’eau', 2)
  t.equal(nearest.kind === 'ok' && nearest.hits[0]?.siren, WATER)
  t.equal(nearest.kind === 'ok' && nearest.hits.length, 2)

  const [first] = cosines.values()
  const exact = nearest.kind === 'ok' ? nearest.hits[0]?.cosine : undefined
  const same = await semantic.scores('fuites d’eau', [WATER])
  const other = same.kind === 'ok' ? same.cosines.get(WATER)?.cosine : undefined
  t.ok(Math.abs((exact ?? 0) - (other ?? 1)) < 1e-3, 'both ways of comparing agree')
  t.ok(first && endpoint.asked.every(({ input }) => input.length <= 8))
})

t.test('changes follow: a new firm is found, a changed one by its new words, a removed one no more', async t => {
  const { semantic, vectors, embed } = await open(t)
  const catalogue = memoryCatalogue(firms())
  const embedding = embed(catalogue)
  await until(embedding, isIdle)
  await semantic.nearest('drones', 1)
  const added = supplier({ siren: inventedSiren(9), name: 'Prairie', description: 'semences de luzerne' })
  catalogue.put(added)
  catalogue.put(supplier({ siren: DRONE, name: 'Voltige', description: 'jumeaux numériques d’usine' }))
  catalogue.remove(WATER)
  while (vectors.progress()?.seq !== 3) await wait(2)
  const first = async (query: string) => {
    const nearest = await semantic.nearest(query, 1)
    return nearest.kind === 'ok' ? nearest.hits[0]?.siren : nearest.reason
  }
  t.equal(await first('semences de luzerne'), added.siren)
  t.equal(await first('jumeaux numériques'), DRONE)
  t.not(await first('fuites des réseaux d’eau potable'), WATER)
  t.strictSame([...(vectors.chunksOf([WATER]).get(WATER) ?? [])], [])
  t.strictSame(vectors.counts(), { suppliers: 4, vectors: 8 })
})

t.test('a restart embeds nothing twice, and an interrupted walk goes on where it stood', async t => {
  const { folder, endpoint, vectors, embed } = await open(t)
  const many = Array.from({ length: 40 }, (_, i) => supplier({ siren: inventedSiren(i + 1), name: `Firme n${i}` }))
  const catalogue = memoryCatalogue(many)
  const begun = embed(catalogue)
  await until(begun, ({ done }) => done >= 16)
  await begun.stop()
  t.equal(begun.state().phase, 'stopped')
  const before = vectors.counts().vectors
  t.ok(before >= 16 && before < 40, `${before}`)
  endpoint.asked.length = 0
  const again = stack(t, endpoint, folder)
  await until(again.embed(catalogue), isIdle)
  const passages = endpoint.asked.flatMap(({ input }) => input).filter(text => text.startsWith('Firme'))
  t.equal(passages.length, 40 - before)
  endpoint.asked.length = 0
  await until(stack(t, endpoint, folder).embed(catalogue), isIdle)
  t.equal(endpoint.asked.flatMap(({ input }) => input).filter(text => text.startsWith('Firme')).length, 0)
})

t.test('kill -9 at any moment loses no batch, and a later start completes the vectors', async t => {
  const { folder, endpoint, vectors, embed } = await open(t)
  const COUNT = 60
  const suppliers = Array.from({ length: COUNT }, (_, i) => numberedSupplier(i + 1))
  for (const requests of [4, 5, 7]) {
    endpoint.asked.length = 0
    const child = spawn(process.execPath, [STAND_IN, String(COUNT)], {
      env: { BRIQUE_DATA: folder, EMBEDDINGS_URL: endpoint.url, EMBEDDINGS_MODEL: 'm' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const ended = once(child, 'exit')
    while (endpoint.asked.length < requests) await wait(1)
    child.kill('SIGKILL')
    await ended
  }
  const kept = vectors.counts().vectors
  t.ok(kept > 0, `${kept} vectors kept`)
  endpoint.asked.length = 0
  await until(embed(memoryCatalogue(suppliers)), isIdle)
  t.equal(vectors.counts().suppliers, COUNT)
  const all = vectors.chunksOf(suppliers.map(({ siren }) => siren))
  t.ok(
    [...all.values()].every(chunks => chunks.length === 3),
    'name and themes, description, passage',
  )
  const passages = endpoint.asked.flatMap(({ model, input }) => (model === 'm' ? input : []))
  t.equal(new Set(passages).size, passages.length, 'nothing is asked for twice')
})

t.test('another model embeds all again: by its name, or behind the same name', async t => {
  const { folder, endpoint, vectors, semantic, embed } = await open(t)
  const catalogue = memoryCatalogue(firms())
  const first = embed(catalogue)
  await until(first, isIdle)
  await first.stop()
  endpoint.changeModel('two')
  const same = embed(catalogue)
  while (vectors.generation()?.id !== 2) await wait(2)
  await until(same, isIdle)
  await same.stop()
  const nearest = await semantic.nearest('drones forêts', 1)
  t.equal(nearest.kind === 'ok' && nearest.hits[0]?.siren, DRONE)
  const renamed = stack(t, endpoint, folder, { EMBEDDINGS_PASSAGE_PREFIX: 'passage:' })
  t.match(await renamed.semantic.scores('drones', [DRONE]), { reason: 'not-ready' }, 'not compared with the others')
  await until(renamed.embed(catalogue), isIdle)
  t.equal(vectors.generation()?.id, 3)
  t.strictSame(vectors.counts(), { suppliers: 4, vectors: 8 })
})

t.test('an outage is waited out, told once, and searching goes on without', async t => {
  const { endpoint, semantic, embed } = await open(t)
  const catalogue = memoryCatalogue(firms())
  endpoint.misbehave((_, response) => reply(response, 503, {}))
  const told: string[] = []
  const embedding = embed(catalogue, { onError: error => told.push(String(error)) })
  await until(embedding, ({ phase }) => phase === 'waiting')
  t.match(embedding.state(), { done: 0, total: 4, lastError: /status 503/ })
  while (endpoint.asked.length < 8) await wait(2)
  t.equal(told.length, 1)
  endpoint.misbehave(undefined)
  await until(embedding, isIdle)
  t.notOk('lastError' in embedding.state())

  endpoint.misbehave((_, response) => response.destroy())
  t.match(await semantic.scores('air', [AIR]), { kind: 'unavailable', reason: 'unreachable' })
  t.match(await semantic.scores('eau', [AIR]), { kind: 'unavailable', reason: 'paused' })
  endpoint.misbehave(undefined)
  await wait(60)
  t.match(await semantic.scores('eau', [AIR]), { kind: 'ok' })
})

t.test('a text that the endpoint cannot take stops no other', async t => {
  const { endpoint, vectors, semantic, embed } = await open(t)
  const poison = supplier({ siren: inventedSiren(7), name: 'Trop', texts: [page('passage indigeste', 'passage sain')] })
  endpoint.misbehave((asked, response) => {
    if (asked.input.some(text => text.includes('indigeste'))) reply(response, 413, {})
  })
  await until(embed(memoryCatalogue([...firms(), poison])), isIdle)
  t.strictSame(
    vectors
      .chunksOf([poison.siren])
      .get(poison.siren)
      ?.map(({ kind, passage }) => [kind, passage]),
    [
      ['profile', undefined],
      ['passage', 1],
    ],
  )
  const nearest = await semantic.nearest('passage sain', 1)
  t.strictSame(nearest.kind === 'ok' && nearest.hits[0]?.chunk, { position: 2, kind: 'passage', passage: 1 })
})

t.test('a firm without words is no reason to wait, one not embedded yet is', async t => {
  const { semantic, embed } = await open(t)
  const silent = supplier({ siren: inventedSiren(8), name: 'SIREN', unnamed: true })
  await until(embed(memoryCatalogue([...firms(), silent])), isIdle)
  const scores = await semantic.scores('drones', [DRONE, silent.siren])
  t.strictSame(scores.kind === 'ok' && [...scores.cosines.keys()], [DRONE])
  t.match(await semantic.scores('drones', [DRONE, inventedSiren(99)]), { kind: 'unavailable', reason: 'not-ready' })
})

t.test('vectors that cannot be read, a reader who leaves, and no encoder at all', async t => {
  const { vectors, encoder, embed } = await open(t)
  await until(embed(memoryCatalogue(firms())), isIdle)
  const broken = createSemantic({
    encoder,
    vectors: {
      ...vectors,
      chunksOf: () => {
        throw new Error('disk I/O error')
      },
    },
    weight: 0.5,
  })
  t.match(await broken.scores('air', [AIR]), { kind: 'unavailable', reason: 'unreadable', detail: /disk I\/O error/ })
  const semantic = createSemantic({ encoder, vectors, weight: 0.5 })
  await t.rejects(semantic.scores('neuf', [AIR], { signal: AbortSignal.abort(new Error('left')) }), /left/)
  t.strictSame(await semanticOff.scores('air', [AIR]), { kind: 'off', reason: 'off' })
  t.match(await semanticOff.nearest('air', 3), { kind: 'off' })
})
