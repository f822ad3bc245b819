import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { CatalogueError, CatalogueRuleError } from '../../src/store/errors.ts'
import { openCatalogue } from '../../src/store/open-catalogue.ts'
import { emptyCatalogue, load, stated, version } from '../support/catalogue.ts'
import { inventedSiren } from '../support/suppliers.ts'

const a = inventedSiren(1)
const b = inventedSiren(2)
const c = inventedSiren(3)

t.test('an empty catalogue has no suppliers, sources or changes', async t => {
  const catalogue = emptyCatalogue(t)
  t.strictSame(catalogue.counts(), { suppliers: 0, named: 0 })
  t.strictSame(catalogue.sources(), [])
  t.equal(catalogue.lastSeq(), 0)
  t.strictSame([...catalogue.suppliersInOrder()], [])
  t.equal(catalogue.record(a), undefined)
})

t.test('a record holds the profile and every fact with its provenance', async t => {
  const catalogue = emptyCatalogue(t)
  load(catalogue, version('ilab', '1'), [
    stated(a, 'name', 'Aérolys', { evidence: 'attested', period: '2004', record: 'FX-1' }),
    stated(
      a,
      'text',
      { kind: 'page', title: 'Écoles', url: 'https://a.example/e', passages: ['Écoles'] },
      {
        url: 'https://a.example/e',
        retrievedAt: '2025-12-01',
      },
    ),
  ])
  const record = catalogue.record(a)
  t.match(record?.supplier, { siren: a, name: 'Aérolys', sources: ['ilab'], updatedAt: '2025-01-01' })
  t.equal(record?.supplier.texts[0]?.retrievedAt, '2025-12-01')
  t.strictSame(record?.facts[0], {
    siren: a,
    property: 'name',
    value: 'Aérolys',
    evidence: 'attested',
    period: '2004',
    provenance: {
      source: 'ilab',
      sourceUrl: 'https://ilab.example/',
      sourceDate: '2025-01-01',
      retrievedAt: '2026-01-01T00:00:00.000Z',
      extractor: 'ilab/1',
      licence: 'Licence Ouverte 2.0',
      record: 'FX-1',
    },
  })
  t.equal(record?.facts[1]?.provenance.sourceUrl, 'https://a.example/e')
  t.match(catalogue.sources(), [{ id: 'ilab', version: '1', suppliers: 1, fictitious: false, date: '2025-01-01' }])
})

t.test('a value that is not what its property holds is refused, and nothing of its batch is kept', async t => {
  const catalogue = emptyCatalogue(t)
  const staging = catalogue.stage(version('ilab', '1'))
  const wrong = { ...stated(a, 'name', 'x'), property: 'website' as const }
  t.throws(() => catalogue.add(staging, [stated(b, 'name', 'Bon'), wrong]), /is not a value of "website"/)
  catalogue.switch(staging)
  t.strictSame(catalogue.counts(), { suppliers: 0, named: 0 })
})

t.test('nothing staged is visible before the switch, and all of it after, merged or not', async t => {
  const catalogue = emptyCatalogue(t)
  load(catalogue, version('ilab', '1'), [stated(a, 'name', 'Un'), stated(b, 'name', 'Deux')])
  const reader = openCatalogue(catalogue.path, { readOnly: true })
  t.teardown(() => reader.close())
  const names = () => [...reader.suppliersInOrder()].map(supplier => supplier.name)

  const staging = catalogue.stage(version('ilab', '2'))
  catalogue.add(staging, [stated(b, 'name', 'Deux bis'), stated(c, 'tag', 'sans nom')])
  t.strictSame(names(), ['Un', 'Deux'])
  t.strictSame(reader.counts(), { suppliers: 2, named: 2 })

  catalogue.switch(staging)
  const after = [
    ['Deux bis', 'SIREN 000\u00a0000\u00a0034'],
    { suppliers: 2, named: 1 },
    undefined,
    'Deux bis',
  ] as const
  const seen = () => [names(), reader.counts(), reader.supplier(a), reader.record(b)?.supplier.name]
  t.equal(reader.stale(), 3, 'not merged yet')
  t.strictSame(seen(), after)
  catalogue.mergeStale()
  t.equal(reader.stale(), 0, 'merged')
  t.strictSame(seen(), after)
})

t.test('changes name, in order, the suppliers whose profile is not what it was', async t => {
  const catalogue = emptyCatalogue(t)
  load(catalogue, version('ilab', '1'), [stated(a, 'name', 'Un'), stated(b, 'name', 'Deux')])
  const seq = catalogue.lastSeq()
  t.strictSame(
    catalogue.changesAfter(0, 10).map(change => change.siren),
    [a, b],
  )
  load(catalogue, version('ilab', '2'), [stated(a, 'name', 'Un'), stated(c, 'name', 'Trois')])
  t.strictSame(
    catalogue.changesAfter(seq, 10).map(change => change.siren),
    [b, c],
  )
  t.equal(catalogue.changesAfter(seq, 1).length, 1)
  t.strictSame(catalogue.changesAfter(catalogue.lastSeq(), 10), [])
})

t.test('a new date of a source changes its profiles for the index, not for the operator', async t => {
  const catalogue = emptyCatalogue(t)
  load(catalogue, version('ilab', '1'), [stated(a, 'name', 'Un')])
  const seq = catalogue.lastSeq()
  const staging = catalogue.stage(version('ilab', '2', { date: '2026-01-01', importedAt: '2026-02-01T00:00:00.000Z' }))
  catalogue.add(staging, [stated(a, 'name', 'Un')])
  catalogue.switch(staging)
  t.strictSame(catalogue.mergeStale(), { created: 0, changed: 0, unchanged: 1, removed: 0 })
  t.equal(catalogue.changesAfter(seq, 10).length, 1)
  t.equal(catalogue.supplier(a)?.updatedAt, '2026-01-01')
})

t.test('sources complete one another, and a retired one takes only its own facts away', async t => {
  const catalogue = emptyCatalogue(t)
  load(catalogue, version('ilab', '1'), [stated(a, 'website', 'https://a.example/')])
  load(catalogue, version('inov', '1'), [stated(a, 'name', 'Aérolys'), stated(b, 'name', 'Bêta')])
  t.match(catalogue.supplier(a), { name: 'Aérolys', website: 'https://a.example/', sources: ['ilab', 'inov'] })
  t.equal(catalogue.retire('inov'), true)
  t.strictSame(catalogue.mergeStale(), { created: 0, changed: 1, unchanged: 0, removed: 1 })
  t.match(catalogue.supplier(a), { unnamed: true, sources: ['ilab'] })
  t.equal(catalogue.supplier(b), undefined)
  t.equal(catalogue.retire('inov'), false)
})

t.test('invented suppliers', async t => {
  t.test('leave in the very switch that brings real ones', async t => {
    const catalogue = emptyCatalogue(t)
    load(catalogue, version('demo', '1'), [stated(a, 'name', 'Inventée'), stated(b, 'name', 'Inventée aussi')])
    const staging = catalogue.stage(version('ilab', '1'))
    catalogue.add(staging, [stated(c, 'name', 'Réelle')])
    t.strictSame(catalogue.counts(), { suppliers: 2, named: 2 })
    catalogue.switch(staging)
    t.strictSame(
      [...catalogue.suppliersInOrder()].map(supplier => supplier.name),
      ['Réelle'],
    )
    t.strictSame(
      catalogue.sources().map(source => source.id),
      ['ilab'],
    )
  })
  t.test('are refused beside real ones, at the beginning and at the switch', async t => {
    const catalogue = emptyCatalogue(t)
    const early = catalogue.stage(version('demo', '1'))
    load(catalogue, version('ilab', '1'), [stated(a, 'name', 'Réelle')])
    t.throws(() => catalogue.switch(early), CatalogueRuleError)
    t.throws(() => catalogue.stage(version('demo', '2')), /another state folder/)
    t.strictSame(catalogue.counts(), { suppliers: 1, named: 1 })
  })
})

t.test('what an interrupted import left is cleaned, and what is live is not', async t => {
  const catalogue = emptyCatalogue(t)
  load(catalogue, version('ilab', '1'), [stated(a, 'name', 'Un')])
  catalogue.add(catalogue.stage(version('ilab', '2')), [stated(b, 'name', 'Deux'), stated(c, 'name', 'Trois')])
  t.equal(catalogue.cleanUp(), 2)
  t.equal(catalogue.cleanUp(), 0)
  t.equal(catalogue.supplier(a)?.name, 'Un')
})

t.test('the walk over all suppliers pages through more than it holds at a time', async t => {
  const catalogue = emptyCatalogue(t)
  const sirens = Array.from({ length: 1203 }, (_, index) => inventedSiren(index + 1))
  const staging = catalogue.stage(version('ilab', '1'))
  catalogue.add(
    staging,
    sirens.map(siren => stated(siren, 'name', `Firme ${siren}`)),
  )
  catalogue.switch(staging)
  const walk = () => [...catalogue.suppliersInOrder()].map(supplier => supplier.siren)
  t.strictSame(walk(), sirens, 'all of them stale')
  const seen: [number, number][] = []
  catalogue.mergeStale((done, total) => seen.push([done, total]))
  t.strictSame(walk(), sirens, 'all of them merged')
  const listed = [...catalogue.suppliersInOrder()].map(({ siren, updatedAt }) => ({ siren, updatedAt }))
  t.strictSame(catalogue.listed(1, 600), listed.slice(1, 601), 'the list of addresses has the same order')
  t.strictSame(seen.at(-1), [1203, 1203])
})

t.test('a walk under way lets others write', async t => {
  const catalogue = emptyCatalogue(t)
  load(catalogue, version('ilab', '1'), [stated(a, 'name', 'Un'), stated(b, 'name', 'Deux')])
  const other = openCatalogue(catalogue.path)
  t.teardown(() => other.close())
  const walk = catalogue.suppliersInOrder()
  t.equal(walk.next().value?.name, 'Un')
  load(other, version('inov', '1'), [stated(c, 'name', 'Trois')])
  t.equal(walk.next().value?.name, 'Deux')
})

t.test('a file that cannot be used is explained with its remedy', async t => {
  const folder = t.testdir()
  const path = join(folder, 'catalogue.db')
  const failure = (open: () => unknown): Error => {
    try {
      open()
    } catch (error) {
      if (error instanceof CatalogueError) return error
      throw error
    }
    throw new Error('opened')
  }
  t.match(failure(() => openCatalogue(path, { readOnly: true })).message, /does not exist.*npm run import/)
  writeFileSync(path, `not a database ${'x'.repeat(5000)}`)
  t.match(failure(() => openCatalogue(path)).message, /is not a catalogue: move it away/)
  const newer = join(folder, 'newer.db')
  const database = new DatabaseSync(newer)
  database.exec('PRAGMA user_version = 99')
  database.close()
  t.match(failure(() => openCatalogue(newer)).message, /newer Brique .*update Brique/)
})

t.test('a catalogue whose pages are overwritten says that it is damaged instead of answering', async t => {
  const folder = t.testdir()
  const path = join(folder, 'catalogue.db')
  const catalogue = openCatalogue(path)
  const sirens = Array.from({ length: 500 }, (_, index) => inventedSiren(index + 1))
  load(
    catalogue,
    version('ilab', '1'),
    sirens.map(siren => stated(siren, 'name', `Firme ${siren}`)),
  )
  catalogue.close()
  const { readFileSync } = await import('node:fs')
  const bytes = readFileSync(path)
  bytes.fill(0xa5, 4096 * 3)
  writeFileSync(path, bytes)
  t.throws(() => {
    const damaged = openCatalogue(path)
    try {
      for (const _ of damaged.suppliersInOrder());
      damaged.record(a)
    } finally {
      damaged.close()
    }
  }, CatalogueError)
})
