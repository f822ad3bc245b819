import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import { brickFamily, broaderBricks, narrowerBricks } from '../../src/model/brick-tree.ts'
import { BRICKS } from '../../src/model/bricks.ts'
import { createSearch } from '../../src/search/create-search.ts'
import { findBricks } from '../../src/search/find-bricks.ts'
import { supplier } from '../support/suppliers.ts'

t.test('every brick is counted, more of them than a facet of an answer shows, as a filter by it finds', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-bricks-'))
  const engine = openEmbeddedEngine(folder)
  t.teardown(async () => {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const build = createEmbeddedBuild(folder)
  const ids = BRICKS.slice(0, 300).map(({ id }) => id)
  await build.add(supplier({ bricks: ids }))
  await build.add(supplier({ bricks: ids.slice(0, 1) }))
  await build.commit(0)
  const search = createSearch(engine)
  const counts = await search.brickCounts()
  t.equal(counts.size, 300)
  for (const id of ids.slice(0, 3)) {
    const found = await search.search({ text: '', filters: { brick: [id] }, sort: 'relevance', page: 1, size: 1 }, 'fr')
    t.equal(counts.get(id), found.total, id)
  }
  t.equal(counts.get('no-such-brick'), undefined)
})

t.test('bricks are found by the beginnings of words, and what is not a label is named', async t => {
  t.equal(findBricks('').length, BRICKS.length)
  const glpi = findBricks('glpi')
  t.match(glpi, [{ brick: { id: 'gestion-parc-informatique' }, by: 'GLPI' }])
  const byLabel = findBricks('Mesures de la qualité de l’air')
  t.match(byLabel[0]?.brick.fr, /^Mesure de la qualité de l’air/)
  t.equal(byLabel[0]?.by, undefined)
  t.ok(findBricks('ia').length > 0, 'two letters are enough when nothing else was typed')
})

t.test('who is broader has the narrower ones, and nobody is above itself', async t => {
  for (const { id, broader } of BRICKS) {
    if (broader !== undefined && !narrowerBricks(broader).some(each => each.id === id)) t.fail(id)
    if (broaderBricks(id).some(above => above.id === id)) t.fail(`${id} is above itself`)
  }
  t.strictSame(
    broaderBricks('gestion-parc-informatique').map(each => each.id),
    ['gestion-services-informatiques'],
  )
  t.ok(brickFamily('gestion-services-informatiques').includes('gestion-parc-informatique'))
})
