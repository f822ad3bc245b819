import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t, { type Test } from 'tap'
import { openVectors, type StoredVector } from '../../src/store/vectors.ts'
import { inventedSiren } from '../support/suppliers.ts'

const a = inventedSiren(1)
const b = inventedSiren(2)
const c = inventedSiren(3)

const GENERATION = { identity: 'one', dimension: 2, probes: [Float32Array.of(1, 0), Float32Array.of(0, 1)] }
const vector = (hash: string, ...codes: number[]): StoredVector & { hash: string } => ({
  hash,
  codes: Int8Array.from(codes),
  scale: 0.5,
  hub: 0.25,
})
const chunk = (hash: string, passage?: number) => ({
  hash,
  kind: passage === undefined ? 'profile' : 'passage',
  ...(passage !== undefined && { passage }),
})
const walking = (cursor: string | undefined = '', walk = 1) => ({ walk, cursor, seq: 5 })

const open = (test: Test, folder = test.testdir()) => {
  const vectors = openVectors(folder)
  test.teardown(() => vectors.close())
  return Object.assign(vectors, { folder })
}

t.test('a new file has no generation, and nothing of any supplier', async t => {
  const vectors = open(t)
  t.equal(vectors.generation(), undefined)
  t.equal(vectors.progress(), undefined)
  t.strictSame(vectors.chunksOf([a]), new Map())
  t.strictSame(vectors.counts(), { suppliers: 0, vectors: 0 })
})

t.test('what was kept is read back by another process, chunk by chunk', async t => {
  const vectors = open(t)
  vectors.begin(GENERATION, 5)
  t.strictSame(vectors.missing(['x', 'y', 'x']), new Set(['x', 'y']))
  vectors.add([vector('x', 127, -127), vector('y', 1, 0)])
  t.strictSame(vectors.missing(['x', 'z']), new Set(['z']))
  vectors.assign(
    [
      { siren: a, chunks: [chunk('x'), chunk('y', 3)] },
      { siren: b, chunks: [] },
    ],
    walking(b),
  )
  const reader = openVectors(vectors.folder, { readOnly: true })
  t.teardown(() => reader.close())
  t.match(reader.generation(), { identity: 'one', dimension: 2 })
  t.strictSame(
    reader.generation()?.probes.map(probe => [...probe]),
    [
      [1, 0],
      [0, 1],
    ],
  )
  t.strictSame(reader.progress(), walking(b))
  const read = reader.chunksOf([a, b, c])
  t.strictSame(
    read.get(a)?.map(each => ({ ...each, codes: [...each.codes] })),
    [
      { position: 0, kind: 'profile', codes: [127, -127], scale: 0.5, hub: 0.25 },
      { position: 1, kind: 'passage', passage: 3, codes: [1, 0], scale: 0.5, hub: 0.25 },
    ],
  )
  t.strictSame(read.get(b), [], 'without texts')
  t.notOk(read.has(c), 'not embedded yet')
  t.strictSame(reader.counts(), { suppliers: 2, vectors: 2 })
})

t.test('a text that the endpoint refuses is known, and has no vector', async t => {
  const vectors = open(t)
  vectors.begin(GENERATION, 0)
  vectors.add([vector('x')])
  vectors.assign([{ siren: a, chunks: [chunk('x')] }], walking())
  t.strictSame(vectors.missing(['x']), new Set())
  t.strictSame(vectors.chunksOf([a]).get(a), [])
})

t.test('an assignment without its vector changes nothing at all', async t => {
  const vectors = open(t)
  vectors.begin(GENERATION, 0)
  vectors.add([vector('x', 1, 1)])
  const assign = () =>
    vectors.assign(
      [
        { siren: a, chunks: [chunk('x')] },
        { siren: b, chunks: [chunk('lost')] },
      ],
      walking(b),
    )
  t.throws(assign, /add vectors before/)
  t.strictSame(vectors.chunksOf([a, b]), new Map())
  t.equal(vectors.progress()?.cursor, '')
})

t.test('a changed profile drops the vectors that no one else has', async t => {
  const vectors = open(t)
  vectors.begin(GENERATION, 0)
  vectors.add([vector('x', 1, 1), vector('shared', 2, 2), vector('new', 3, 3)])
  vectors.assign(
    [
      { siren: a, chunks: [chunk('x'), chunk('shared')] },
      { siren: b, chunks: [chunk('shared')] },
    ],
    walking(),
  )
  vectors.assign([{ siren: a, chunks: [chunk('new')] }], walking())
  t.strictSame(vectors.missing(['x', 'shared', 'new']), new Set(['x']))
  vectors.assign([{ siren: a }, { siren: b }], walking())
  t.strictSame(vectors.missing(['shared', 'new']), new Set(['shared', 'new']))
  t.equal(vectors.counts().suppliers, 0)
})

t.test('only suppliers whose chunks changed are told as changed, and no number comes twice', async t => {
  const vectors = open(t)
  vectors.begin(GENERATION, 0)
  vectors.add([vector('x', 1, 1), vector('y', 1, 1)])
  const both = [a, b].map(siren => ({ siren, chunks: [chunk('x')] }))
  vectors.assign(both, walking())
  const first = vectors.changedAfter(0, 10)
  t.strictSame(
    first.map(({ siren }) => siren),
    [a, b],
  )
  const last = first.at(-1)?.version ?? 0
  vectors.assign(both, walking())
  t.strictSame(vectors.changedAfter(last, 10), [])
  vectors.assign([{ siren: b }], walking(undefined))
  while (vectors.cleanUp(10) > 0);
  vectors.assign([{ siren: a, chunks: [chunk('x'), chunk('x', 1)] }], walking())
  const [change] = vectors.changedAfter(last, 10)
  t.equal(change?.siren, a)
  t.ok((change?.version ?? 0) > last + 1, 'the number of a deleted row is not given again')
})

t.test('another encoder begins afresh, and the clean-up takes what the old one left', async t => {
  const vectors = open(t)
  vectors.begin(GENERATION, 0)
  vectors.add([vector('x', 1, 1)])
  vectors.assign(
    [
      { siren: a, chunks: [chunk('x')] },
      { siren: c, chunks: [chunk('x')] },
    ],
    walking(undefined),
  )
  vectors.begin({ ...GENERATION, identity: 'two' }, 9)
  t.match(vectors.progress(), { cursor: '', seq: 9 })
  t.strictSame(vectors.chunksOf([a]), new Map())
  t.strictSame(vectors.missing(['x']), new Set(['x']))
  vectors.add([vector('x', 9, 9), vector('orphan', 1, 1)])
  vectors.assign([{ siren: a, chunks: [chunk('x')] }], walking(undefined))
  let deleted = 0
  for (let batch = vectors.cleanUp(1); batch > 0; batch = vectors.cleanUp(1)) deleted += batch
  t.ok(deleted >= 4, `${deleted}`)
  t.strictSame(vectors.counts(), { suppliers: 1, vectors: 1 })
  t.strictSame([...(vectors.chunksOf([a]).get(a)?.[0]?.codes ?? [])], [9, 9])
  const raw = new DatabaseSync(join(vectors.folder, 'vectors.db'), { readOnly: true })
  t.teardown(() => raw.close())
  for (const table of ['supplier', 'chunk', 'vector']) {
    t.equal(raw.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get()?.['n'], 1, table)
  }
})

t.test('a supplier that the last walk has not met is cleaned away', async t => {
  const vectors = open(t)
  vectors.begin(GENERATION, 0)
  vectors.add([vector('x', 1, 1), vector('y', 2, 2)])
  vectors.assign(
    [
      { siren: a, chunks: [chunk('x')] },
      { siren: b, chunks: [chunk('y')] },
    ],
    walking(undefined),
  )
  vectors.note({ walk: 2, cursor: '', seq: 7 })
  vectors.assign([{ siren: a, chunks: [chunk('x')] }], { walk: 2, cursor: undefined, seq: 7 })
  while (vectors.cleanUp(10) > 0);
  t.strictSame([...vectors.chunksOf([a, b]).keys()], [a])
  t.strictSame(vectors.missing(['x', 'y']), new Set(['y']))
})

t.test('a damaged file or one of another format is put aside and begun afresh; a reader leaves it', async t => {
  for (const spoil of [
    (path: string) => writeFileSync(path, 'x'.repeat(9000)),
    (path: string) => {
      const database = new DatabaseSync(path)
      database.exec('PRAGMA user_version = 99')
      database.close()
    },
  ]) {
    const folder = t.testdir()
    const path = join(folder, 'vectors.db')
    spoil(path)
    t.throws(() => openVectors(folder, { readOnly: true }))
    t.notOk(existsSync(`${path}.unusable`))
    const vectors = openVectors(folder)
    t.equal(vectors.generation(), undefined)
    t.ok(existsSync(`${path}.unusable`))
    vectors.close()
  }
})
