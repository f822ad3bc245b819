import t from 'tap'
import { BRICKS } from '../../src/model/bricks.ts'
import type { Query } from '../../src/model/query.ts'
import type { SearchResult } from '../../src/model/search-result.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { createSearch } from '../../src/search/create-search.ts'
import type { Search } from '../../src/search/search.ts'
import { demonstrationSuppliers, engineOver } from '../support/demonstration.ts'
import { supplier } from '../support/suppliers.ts'

const query = (text: string, overrides: Partial<Query> = {}): Query => ({
  text,
  filters: {},
  sort: 'relevance',
  page: 1,
  size: 20,
  ...overrides,
})

const searchOver = async (test: { teardown(done: () => unknown): void }, suppliers: readonly Supplier[]) =>
  createSearch(await engineOver(test, suppliers))

const wayOf = ({ recovery }: SearchResult, kind: string, name?: string) =>
  recovery.find(way => way.kind === kind && (name === undefined || way.name === name))

const total = async (search: Search, asked: Query): Promise<number> => (await search.search(asked, 'fr')).total

const NANTES = { latitude: 47.218, longitude: -1.553, label: 'Nantes', radiusKm: 20 }
const near = (latitude: number, longitude: number) => ({ location: { latitude, longitude } })

const drones = [
  supplier({ description: 'Des drones.', themes: ['agriculture'], location: { region: '53' } }),
  supplier({ description: 'Des drones.', themes: ['agriculture'], location: { region: '52' } }),
  supplier({ description: 'Des drones.', themes: ['industrie'], location: { region: '53' } }),
]

t.test('without answers each filter is offered to be dropped, with the number of answers that gives', async t => {
  const search = await searchOver(t, drones)
  const asked = query('drones', { filters: { theme: ['sante'], region: ['53'] } })
  const nothing = await search.search(asked, 'fr')
  t.equal(nothing.total, 0)
  t.same(
    wayOf(nothing, 'filter', 'theme'),
    { kind: 'filter', name: 'theme', value: 'sante', label: 'Santé et maintien à domicile', count: 2 },
    'the region stays',
  )
  t.equal(await total(search, query('drones', { filters: { region: ['53'] } })), 2)
  t.notOk(wayOf(nothing, 'filter', 'region'), 'what leads nowhere is not offered')
  const english = await search.search(asked, 'en')
  t.equal(wayOf(english, 'filter', 'theme')?.label, 'Health and home care')
})

t.test('several values of a filter are dropped together', async t => {
  const search = await searchOver(t, drones)
  const nothing = await search.search(query('drones', { filters: { region: ['11', '84'] } }), 'fr')
  t.match(wayOf(nothing, 'filter', 'region'), {
    value: '11|84',
    label: 'Île-de-France, Auvergne-Rhône-Alpes',
    count: 3,
  })
})

t.test('each range is offered to be dropped, with the number of answers that gives; the other one stays', async t => {
  const search = await searchOver(t, [
    supplier({ description: 'Des drones.', founded: 2010, updatedAt: '2026-03-01' }),
    supplier({ description: 'Des drones.', founded: 2010, updatedAt: '2024-03-01' }),
    supplier({ description: 'Des drones.', updatedAt: '2026-03-01' }),
  ])
  const asked = query('drones', { ranges: { founded: { from: 2011, to: 2020 }, updated: { from: '2026-03-01' } } })
  const nothing = await search.search(asked, 'fr')
  t.equal(nothing.total, 0)
  const range = { kind: 'range', name: 'founded', value: '2011/2020', label: '2011\u00a0–\u00a02020', count: 2 }
  t.same(wayOf(nothing, 'range', 'founded'), range)
  t.notOk(wayOf(nothing, 'range', 'updated'), 'what leads nowhere is not offered')
  const late = query('drones', { ranges: { founded: { to: 2010 }, updated: { from: '2026-12-01' } } })
  const day = {
    kind: 'range',
    name: 'updated',
    value: '2026-12-01/..',
    label: 'since 1\u00a0December\u00a02026',
    count: 2,
  }
  t.same(wayOf(await search.search(late, 'en'), 'range', 'updated'), {
    ...day,
    label: day.label.replace(' ', '\u00a0'),
  })
  t.equal(nothing.nearest.length, 3, 'the nearest are found without them')
})

t.test('around a place without answers, a wider circle and no circle are offered', async t => {
  const search = await searchOver(t, [
    supplier({ description: 'Des drones.', ...near(47.47, -0.55) }),
    supplier({ description: 'Des drones.', ...near(48.11, -1.68) }),
    supplier({ description: 'Des drones.', ...near(43.3, 5.37) }),
  ])
  const asked = query('drones', { near: { ...NANTES, radiusKm: 30 } })
  const nothing = await search.search(asked, 'fr')
  t.equal(nothing.total, 0)
  const wider = wayOf(nothing, 'radius')
  t.match(wider, { value: '90', label: 'Nantes', count: 1 })
  t.equal(await total(search, { ...asked, near: { ...NANTES, radiusKm: 90 } }), 1, 'Angers, not Rennes')
  t.match(wayOf(nothing, 'place'), { value: 'Nantes', count: 3 })
})

t.test('the place that the words name can be let go like one that was chosen', async t => {
  const search = await searchOver(t, [supplier({ description: 'Des drones.', location: { region: '11' } })])
  const inBrittany = await search.search(query('drones en Bretagne'), 'fr')
  t.equal(inBrittany.total, 0)
  t.match(wayOf(inBrittany, 'filter', 'region'), { value: '53', label: 'Bretagne', count: 1 })
})

t.test('a brick that nobody supplies leads to its wider one, with the suppliers of all that family', async t => {
  const narrow = BRICKS.find(({ id, broader }) => broader !== undefined && !BRICKS.some(each => each.broader === id))
  const sister = BRICKS.find(({ id, broader }) => broader === narrow?.broader && id !== narrow?.id)
  if (!narrow?.broader || !sister) throw new Error('the vocabulary has no narrow brick with a sister')
  const search = await searchOver(t, [
    supplier({ bricks: [narrow.broader] }),
    supplier({ bricks: [sister.id] }),
    supplier({ description: 'Nous aimons la mer.' }),
  ])
  const nothing = await search.search(query(narrow.fr), 'fr')
  const way = wayOf(nothing, 'brick')
  t.match(way, { value: narrow.broader, count: 2 })
  t.ok((way?.count ?? 0) > nothing.total)
})

t.test('the nearest suppliers are shown when nothing answers, none of them an answer already', async t => {
  const search = await searchOver(t, [
    ...drones,
    supplier({ description: 'Des ballons captifs pour surveiller la forêt.' }),
  ])
  const few = await search.search(query('drones surveiller forêt', { filters: { theme: ['sante'] } }), 'fr')
  t.equal(few.total, 0)
  t.ok(few.nearest.length > 0 && few.nearest.length <= 3, `${few.nearest.length}`)
  const one = await search.search(query('ballons captifs'), 'fr')
  const answered = one.hits.map(hit => hit.supplier.siren)
  t.equal(answered.length, 1)
  t.notOk(one.nearest.some(hit => answered.includes(hit.supplier.siren)))
})

t.test('enough answers, a SIREN and later pages need no way on', async t => {
  const search = await searchOver(t, drones)
  const enough = await search.search(query('drones'), 'fr')
  t.match(enough, { total: 3, recovery: [], nearest: [] })
  const unknown = await search.search(query('552 032 534'), 'fr')
  t.match(unknown, { total: 0, recovery: [], nearest: [] })
})

t.test('on the demonstration every count that is offered is what the search then finds', async t => {
  const search = await searchOver(t, await demonstrationSuppliers())
  let offered = 0
  for (const text of ['capteurs de CO2', 'télémédecine', 'signature électronique', 'drone', 'covoiturage']) {
    for (const filters of [{ region: ['94'] }, { region: ['53'], theme: ['espace'] }, { state: ['ceased'] }]) {
      const asked = query(text, { filters })
      for (const way of (await search.search(asked, 'fr')).recovery) {
        if (way.kind !== 'filter') continue
        const rest = Object.fromEntries(Object.entries(filters).filter(([name]) => name !== way.name))
        t.equal(await total(search, { ...asked, filters: rest }), way.count, `${text} without ${way.name}`)
        offered++
      }
    }
  }
  t.ok(offered > 10, `${offered}`)
})
