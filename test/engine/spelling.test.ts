import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import { currentIndex } from '../../src/engine/embedded/index-folder.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { supplier } from '../support/suppliers.ts'

const open = async (t: Test, suppliers: readonly Supplier[]): Promise<{ engine: Engine; folder: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-spelling-'))
  const build = createEmbeddedBuild(folder)
  for (const each of suppliers) await build.add(each)
  await build.commit(0)
  const engine = openEmbeddedEngine(folder)
  t.teardown(async () => {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { engine, folder }
}

const candidates = async (engine: Engine, word: string): Promise<string[]> =>
  (await engine.corrections([word])).flatMap(answer =>
    answer.candidates.map(({ surface, distance, frequency }) => `${surface} ${distance} ${frequency}`),
  )

t.test('indexed words one edit away are found as they are written, the most frequent first', async t => {
  const { engine } = await open(t, [
    supplier({ description: 'Capteurs de pression. Chaque capteur mesure.' }),
    supplier({ tagline: 'Un capteur, une capture' }),
    supplier({ description: 'Énergie des océans' }),
  ])
  t.same(await candidates(engine, 'captuer'), ['capteur 1 2', 'capture 1 1'])
  t.same(await candidates(engine, 'enrgie'), ['Énergie 1 1'])
  t.same(await candidates(engine, 'Énèrgei'), ['Énergie 1 1'], 'accents and case of what is typed do not count')
  t.same(await candidates(engine, 'xyzxyz'), [])
})

t.test('two edits are looked for between words of eight letters or more only', async t => {
  const { engine } = await open(t, [supplier({ description: 'télésurveillance par drones' })])
  t.same(await candidates(engine, 'telsurveilance'), ['télésurveillance 2 1'])
  t.same(await candidates(engine, 'dornse'), [])
})

t.test('a word says whether a search finds it, in its own form or in another of its stem', async t => {
  const { engine } = await open(t, [
    supplier({ description: 'capteur' }),
    supplier({ description: 'capteur' }),
    supplier({ description: 'capteur' }),
  ])
  const [same, plural, none, stop] = await engine.corrections(['Capteur', 'capteurs', 'drone', 'avec'])
  t.match(same, { word: 'Capteur', known: true, frequency: 3, candidates: [] })
  t.match(plural, { known: true, frequency: 0 })
  t.match(none, { known: false, frequency: 0, candidates: [] })
  t.match(stop, { known: true, candidates: [] }, 'a stop word is not looked for')
})

t.test('changes are seen at once: a word that comes, and a word that goes with its last profile', async t => {
  const first = supplier({ description: 'hydrolienne' })
  const second = supplier({ description: 'hydrolienne' })
  const { engine } = await open(t, [first])
  t.same(await candidates(engine, 'hydroliene'), ['hydrolienne 1 1'])
  await engine.apply([{ siren: second.siren, supplier: second }], 1)
  t.same(await candidates(engine, 'hydroliene'), ['hydrolienne 1 2'], 'sealed and changed profiles add up')
  await engine.apply([{ siren: first.siren }], 2)
  t.same(await candidates(engine, 'hydroliene'), ['hydrolienne 1 1'])
  await engine.apply([{ siren: second.siren }], 3)
  t.same(await candidates(engine, 'hydroliene'), [])
  t.match(await engine.corrections(['hydrolienne']), [{ known: false, frequency: 0 }])
})

t.test('one change after the other, all are found as in one index', async t => {
  const { engine } = await open(t, [supplier({ description: 'drone' })])
  const changes = Array.from({ length: 40 }, (_, n) => {
    const each = supplier({ description: `turbine ${n % 2 ? 'marémotrice' : 'éolienne'}` })
    return { siren: each.siren, supplier: each }
  })
  for (const [at, change] of changes.entries()) await engine.apply([change], at + 1)
  t.same(await candidates(engine, 'eolinene'), ['éolienne 1 20'])
  t.same(await candidates(engine, 'maremotrise'), ['marémotrice 1 20'])
})

t.test(
  'a forgotten space is found where profiles write the two words side by side, a needless one likewise',
  async t => {
    const { engine } = await open(t, [
      supplier({ name: 'Total Énergies' }),
      supplier({ tagline: 'La télésurveillance', description: 'dépenses, lignes vives' }),
    ])
    t.same(await candidates(engine, 'totalenergies'), ['Total Énergies 1 1'])
    t.same(await candidates(engine, 'depenseslignes'), [], 'both words exist, but never together')
    t.same(await candidates(engine, 'télé surveillance'), ['télésurveillance 1 1'])
    t.same(await candidates(engine, 'télé lignes'), [])
  },
)

t.test('damaged spelling rows are said, not read as no candidates', async t => {
  const { engine, folder } = await open(t, [supplier({ description: 'capteur' })])
  const index = join(folder, currentIndex(folder) ?? '')
  const path = join(index, readdirSync(index).find(name => name.endsWith('.bin')) ?? '')
  const bytes = readFileSync(path)
  // The row that spelling forms point to.
  bytes.write('c4pteur', bytes.lastIndexOf('capteur'))
  writeFileSync(path, bytes)
  await t.rejects(engine.corrections(['captuer']), { name: 'IndexDamagedError', message: /rebuild it/ })
})

t.test('a completion offers names in their order and words by frequency, from one letter on', async t => {
  const { engine } = await open(t, [
    ...Array.from({ length: 30 }, (_, n) => supplier({ name: `Dataline ${String(n).padStart(2, '0')} Data` })),
    supplier({ name: 'Autre', tagline: 'drones, drones et détecteurs' }),
    supplier({ name: 'Encore', tagline: 'Des drones pour tous' }),
  ])
  const complete = async (prefix: string, limit: number) =>
    (await engine.complete(prefix, limit)).map(({ kind, text }) => `${kind} ${text}`)
  t.same(
    (await complete('data', 3)).slice(0, 3),
    ['supplier Dataline 00 Data', 'supplier Dataline 01 Data', 'supplier Dataline 02 Data'],
    'a firm with two such words in its name is offered once',
  )
  t.same(
    (await complete('d', 4)).slice(4),
    ['word Data', 'word Dataline', 'word drones', 'word détecteurs'],
    'a letter that is also an article completes words like any other',
  )
  t.same(await complete('dé', 4), ['word détecteurs'], 'accents do not matter')
  const added = supplier({ tagline: 'Dépollution des sols' })
  await engine.apply([{ siren: added.siren, supplier: added }], 1)
  t.ok((await complete('de', 4)).includes('word Dépollution'), 'changes are completed at once')
})
