import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import { FACETS } from '../../src/model/facets.ts'
import type { Query } from '../../src/model/query.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { createSearch } from '../../src/search/create-search.ts'
import { roundToSum } from '../../src/search/explain.ts'
import { bestExcerpt, markTerms, queryTerms } from '../../src/search/highlight.ts'
import { page, supplier } from '../support/suppliers.ts'

const query = (text: string, overrides: Partial<Query> = {}): Query => ({
  text,
  filters: {},
  sort: 'relevance',
  page: 1,
  size: 20,
  ...overrides,
})

const searchOver = async (test: { teardown(done: () => unknown): void }, suppliers: readonly Supplier[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'brique-search-'))
  const engine = openEmbeddedEngine(folder)
  test.teardown(async () => {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const build = createEmbeddedBuild(folder)
  for (const each of suppliers) await build.add(each)
  await build.commit(0)
  return createSearch(engine)
}

t.test('the lines of every hit add up to its score to the hundredth', async t => {
  const search = await searchOver(t, [
    supplier({
      name: 'Capteurs de l’Ouest',
      tags: ['qualité de l’air'],
      description: 'Des capteurs pour l’air des écoles.',
    }),
    supplier({ tagline: 'La qualité de l’air', texts: [page('Capteurs pour les écoles et la qualité de l’air.')] }),
    supplier({ name: 'Air', description: 'Air.' }),
  ])
  for (const text of ['capteurs qualité air écoles', 'air', 'Air']) {
    const { hits } = await search.search(query(text), 'fr')
    t.ok(hits.length > 0, text)
    for (const { score, explanation } of hits) {
      t.equal(Math.round(explanation.reduce((sum, { value }) => sum + value, 0) * 100), Math.round(score * 100))
    }
    t.same(
      hits.map(({ score }) => score),
      hits.map(({ score }) => score).sort((a, b) => b - a),
      'best first',
    )
  }
})

t.test('values rounded to hundredths add up to the rounded sum', async () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { maxLength: 12 }), values => {
      const { values: rounded, sum } = roundToSum(values)
      const cents = rounded.reduce((total, value) => total + Math.round(value * 100), 0)
      return (
        cents === Math.round(sum * 100) &&
        rounded.every((value, i) => Math.abs(value - (values[i] as number)) <= 0.0100001)
      )
    }),
  )
})

t.test('an exact name comes first and says so; a SIREN or a SIRET finds its firm alone', async t => {
  const named = supplier({ name: 'Voltige' })
  const search = await searchOver(t, [
    supplier({ name: 'Voltige et Voltige', tagline: 'Voltige', tags: ['voltige'] }),
    named,
  ])
  const { hits, query: asked } = await search.search(query('voltige'), 'fr')
  t.equal(hits[0]?.supplier.siren, named.siren)
  t.equal(hits[0]?.explanation[0]?.kind, 'name')
  t.same(asked.understood, [{ span: 'voltige', via: 'name' }])
  const spaced = `${named.siren.slice(0, 3)} ${named.siren.slice(3, 6)} ${named.siren.slice(6)}`
  const bySiren = await search.search(query(spaced), 'fr')
  t.same(
    bySiren.hits.map(({ supplier: { siren } }) => siren),
    [named.siren],
  )
  t.same(bySiren.query.understood, [{ span: spaced, via: 'siren' }])
  t.equal((await search.search(query('552 032 534'), 'fr')).total, 0)
})

t.test('too few answers relax the words and say so; a filter does not', async t => {
  const some = supplier({ description: 'Drones pour la forêt', themes: ['agriculture'] })
  const search = await searchOver(t, [some, supplier({ description: 'Drones de spectacle', themes: ['culture'] })])
  const strict = await search.search(query('drones forêt montagne neige'), 'fr')
  t.equal(strict.query.relaxed.length, 1)
  t.match(strict.query.relaxed[0], /au moins 1 sur 4/)
  const english = await search.search(query('drones forêt montagne neige'), 'en')
  t.match(english.query.relaxed[0], /at least 1 of 4/)
  const many = await searchOver(
    t,
    Array.from({ length: 20 }, (_, i) =>
      supplier({
        description: 'Drones pour la forêt',
        location: { region: i === 0 ? '53' : '11' },
        founded: i === 0 ? 1990 : 2010,
      }),
    ),
  )
  const ranged = await many.search(query('drones forêt', { ranges: { founded: { to: 1990 } } }), 'fr')
  t.equal(ranged.total, 1)
  t.same(ranged.query.relaxed, [], 'nor does a range')
  const filtered = await many.search(query('drones forêt', { filters: { region: ['53'] } }), 'fr')
  t.equal(filtered.total, 1)
  t.same(filtered.query.relaxed, [])
})

t.test('every page of a list shows other suppliers, and together they show all', async t => {
  const all = Array.from({ length: 45 }, () => supplier({ description: 'drone' }))
  const search = await searchOver(t, all)
  const seen: string[] = []
  for (const number of [1, 2, 3]) {
    const { hits } = await search.search(query('drone', { page: number }), 'fr')
    seen.push(...hits.map(hit => hit.supplier.siren))
  }
  t.equal(seen.length, 45)
  t.equal(new Set(seen).size, 45)
})

t.test('facets carry labels in the reader’s language, and one without values is absent', async t => {
  const search = await searchOver(t, [
    supplier({ themes: ['sante'], location: { region: '53' }, sizeCategory: 'micro' }),
  ])
  const { facets } = await search.search(query(''), 'en')
  t.same(facets['theme'], [{ value: 'sante', label: 'Health and home care', count: 1, selected: false }])
  t.equal(facets['region']?.[0]?.label, 'Bretagne')
  t.notOk('hosting' in facets)
  t.same(
    Object.keys(facets).filter(name => !FACETS.some(facet => facet.name === name)),
    [],
  )
})

t.test('the best passage is quoted with its words marked and its source', async t => {
  const search = await searchOver(t, [
    supplier({
      description: 'Nous aimons la mer.',
      texts: [page('Nos balises mesurent la qualité de l’air des écoles.')],
    }),
  ])
  const { hits } = await search.search(query('qualité air école'), 'fr')
  const [passage] = hits[0]?.passages ?? []
  t.equal(passage?.text, 'Nos balises mesurent la <mark>qualité</mark> de l’<mark>air</mark> des <mark>écoles</mark>.')
  t.equal(passage?.sourceUrl, 'https://exemple.example/page')
})

t.test('marked text is inert: everything but <mark> is escaped', async () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.string({ maxLength: 10 })),
      (text, words) => {
        const html = markTerms(text, queryTerms(words))
        return !/[<>]/.test(html.replaceAll('<mark>', '').replaceAll('</mark>', '')) && !html.includes('"')
      },
    ),
  )
  const html = markTerms('<script>air</script>', queryTerms(['air', 'script']))
  t.equal(html, '&lt;<mark>script</mark>&gt;<mark>air</mark>&lt;/<mark>script</mark>&gt;')
})

t.test('an excerpt is short and holds a match however long the sentence', async t => {
  const long = `${'mot '.repeat(400)}drone ${'mot '.repeat(400)}`
  const { excerpt, matched } = bestExcerpt(long, queryTerms(['drone']))
  t.ok(excerpt.length <= 330, `${excerpt.length}`)
  t.match(excerpt, /drone/)
  t.equal(matched, 1)
})

t.test('completes with firms, and with themes by any word form', async t => {
  const search = await searchOver(t, [supplier({ name: 'Mobilis' })])
  const suggestions = await search.suggest('mobil', 'fr', 8)
  t.ok(suggestions.some(({ kind, text }) => kind === 'supplier' && text === 'Mobilis'))
  t.ok(suggestions.some(({ kind, text }) => kind === 'theme' && text === 'Mobilité'))
})
