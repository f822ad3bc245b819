import fc from 'fast-check'
import t from 'tap'
import type { Engine, EngineQuery, IndexBuild } from '../../src/engine/engine.ts'
import { FACETS, type FacetName } from '../../src/model/facets.ts'
import { distanceKm } from '../../src/model/geography.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { nameKey } from '../../src/text/name-key.ts'
import { engineQuery } from './engine-query.ts'
import { page, supplier } from './suppliers.ts'

/** An engine under test with an empty index, and how to rebuild it. */
export interface EngineUnderTest {
  readonly engine: Engine
  build(): IndexBuild
  close(): Promise<void>
}

const near = (latitude: number, longitude: number, radiusKm: number) => ({ latitude, longitude, radiusKm, label: '' })

/** The promises of the engine port. Every engine passes this suite unchanged. */
export const testEngineContract = (name: string, open: () => Promise<EngineUnderTest>): void => {
  const withEngine = async (
    test: { teardown(done: () => unknown): void },
    suppliers: readonly Supplier[] = [],
  ): Promise<EngineUnderTest> => {
    const under = await open()
    test.teardown(() => under.close())
    const build = under.build()
    for (const each of suppliers) await build.add(each)
    await build.commit(0)
    return under
  }
  const found = async (engine: Engine, text: string, overrides: Partial<EngineQuery> = {}): Promise<string[]> =>
    (await engine.search(engineQuery(text, overrides))).candidates.map(candidate => candidate.siren)

  t.test(`${name}: accents, case, plural and elision do not change what is found`, async t => {
    const air = supplier({
      name: 'Sentebrise',
      description: 'Des capteurs pour la qualité de l’air intérieur des écoles.',
    })
    const { engine } = await withEngine(t, [air, supplier({ description: 'Logiciel de paie pour associations.' })])
    for (const query of ['capteur qualite air', 'CAPTEURS QUALITÉ AIR', "capteurs qualité l'air", 'écoles', 'ecole']) {
      t.same(await found(engine, query), [air.siren], query)
    }
    t.same(await found(engine, 'chaudière'), [])
  })

  t.test(`${name}: a match in the name weighs more than the same match in the description`, async t => {
    const inDescription = supplier({ description: 'Nous faisons du stockage thermique.' })
    const inName = supplier({ name: 'Stockage Thermique de l’Ouest' })
    const { engine } = await withEngine(t, [inDescription, inName])
    t.same(await found(engine, 'stockage thermique'), [inName.siren, inDescription.siren])
  })

  t.test(`${name}: the contributions of a candidate add up to its score`, async t => {
    const { engine } = await withEngine(t, [
      supplier({ name: 'Contrôle Vision', tags: ['contrôle qualité'], texts: [page('Contrôle qualité par vision.')] }),
      supplier({ description: 'Contrôle qualité en ligne, vision industrielle.' }),
    ])
    const { candidates } = await engine.search(engineQuery('contrôle qualité vision'))
    t.equal(candidates.length, 2)
    for (const { score, contributions } of candidates) {
      t.ok(contributions.length > 0)
      const sum = contributions.reduce((total, { value }) => total + value, 0)
      t.ok(Math.abs(sum - score) < 1e-9, `${sum} = ${score}`)
    }
  })

  t.test(`${name}: two words side by side in a tagline score more than the same words apart`, async t => {
    const apart = supplier({ tagline: 'Le bois de nos forêts se chauffe au soleil' })
    const together = supplier({ tagline: 'Chauffe au bois de nos forêts, le soleil se' })
    const { engine } = await withEngine(t, [apart, together])
    const { candidates } = await engine.search(engineQuery('bois forêts chauffe'))
    const phrases = (siren: string) =>
      candidates.find(candidate => candidate.siren === siren)?.contributions.filter(({ kind }) => kind === 'phrase')
        .length
    t.ok((phrases(apart.siren) ?? 0) > 0)
    const { candidates: other } = await engine.search(engineQuery('chauffe soleil'))
    t.equal(
      other.find(({ siren }) => siren === apart.siren)?.contributions.some(({ kind }) => kind === 'phrase'),
      true,
    )
    t.equal(
      other.find(({ siren }) => siren === together.siren)?.contributions.some(({ kind }) => kind === 'phrase'),
      false,
    )
  })

  t.test(`${name}: English texts are found by English inflections, whatever the language of the page`, async t => {
    const english = supplier({
      description:
        'We are building monitoring devices for hospitals and their patients, with remote follow-up of the people at home.',
    })
    const { engine } = await withEngine(t, [english])
    t.same(await found(engine, 'monitored device hospital'), [english.siren])
  })

  t.test(`${name}: the best passage counts, not the sum of a long site`, async t => {
    const filler = 'Notre équipe conçoit des outils pour les ateliers et les usines de toute la région.'
    const focused = supplier({ texts: [page(filler, 'Notre jumeau numérique simule le réseau d’eau de la ville.')] })
    const scattered = supplier({
      texts: [page('Un jumeau de table.', 'Le numérique pour tous.', 'Un réseau de partenaires.', 'Buvez de l’eau.')],
    })
    const { engine } = await withEngine(t, [scattered, focused])
    const { candidates } = await engine.search(engineQuery('jumeau numérique réseau eau'))
    t.same(
      candidates.map(({ siren }) => siren),
      [focused.siren, scattered.siren],
    )
    t.equal(candidates[0]?.passage, 1)
  })

  t.test(`${name}: two words of one stem both get the points of the best passage`, async t => {
    const firm = supplier({ texts: [page('Nos échelles.', 'Du bois de nos forêts.')] })
    const { engine } = await withEngine(t, [firm, supplier({ texts: [page('Des escabeaux.')] })])
    const { candidates } = await engine.search(engineQuery('échelles échelle'))
    const points = candidates[0]?.contributions.filter(({ field }) => field === 'passages') ?? []
    t.same(
      points.map(({ concept }) => concept),
      [0, 1],
    )
    t.equal(points[0]?.value, points[1]?.value)
  })

  t.test(`${name}: as many concepts must match as are required`, async t => {
    const both = supplier({ description: 'Drones pour la forêt' })
    const one = supplier({ description: 'Drones de spectacle' })
    const { engine } = await withEngine(t, [both, one])
    t.same(await found(engine, 'drones forêt', { minimumMatch: 2 }), [both.siren])
    t.same(await found(engine, 'drones forêt', { minimumMatch: 1 }), [both.siren, one.siren])
  })

  t.test(`${name}: the supplier of the very name comes first, however it is spaced`, async t => {
    const named = supplier({ name: 'Total Ventilation SAS' })
    const others = Array.from({ length: 5 }, () =>
      supplier({ name: 'Ventilation', tagline: 'Ventilation totale', tags: ['ventilation', 'total'] }),
    )
    const { engine } = await withEngine(t, [...others, named])
    for (const query of ['Total Ventilation', 'totalventilation', 'TOTAL VENTILATION S.A.S.']) {
      const { candidates } = await engine.search(engineQuery(query, { nameKey: nameKey(query) }))
      t.equal(candidates[0]?.siren, named.siren, query)
      t.equal(candidates[0]?.exactName, true)
      t.notOk(candidates.slice(1).some(candidate => candidate.exactName))
    }
  })

  t.test(`${name}: an unnamed supplier is found by what it does, not by the word SIREN`, async t => {
    const unnamed = supplier({
      name: 'SIREN 000 000 018',
      unnamed: true,
      description: 'Semences de plantes dépolluantes',
    })
    const { engine } = await withEngine(t, [unnamed])
    t.same(await found(engine, 'plantes dépolluantes'), [unnamed.siren])
    t.same(await found(engine, 'siren'), [])
  })

  t.test(`${name}: a filter keeps any of its values, and two filters keep what passes both`, async t => {
    const a = supplier({ themes: ['sante'], location: { region: '53' } })
    const b = supplier({ themes: ['sante', 'mobilite'], location: { region: '52' } })
    const c = supplier({ themes: ['mobilite'], location: { region: '53' } })
    const { engine } = await withEngine(t, [a, b, c])
    const sirens = async (filters: EngineQuery['filters']) => new Set(await found(engine, '', { filters }))
    t.same(await sirens({ theme: ['sante'] }), new Set([a.siren, b.siren]))
    t.same(await sirens({ theme: ['sante', 'mobilite'] }), new Set([a.siren, b.siren, c.siren]))
    t.same(await sirens({ theme: ['sante'], region: ['53'] }), new Set([a.siren]))
    t.same(await sirens({ region: ['99'] }), new Set())
  })

  t.test(`${name}: facet counts, totals and candidates equal a brute-force count on random catalogues`, async t => {
    const words = ['capteur', 'air', 'drone', 'forêt', 'logiciel', 'eau']
    const profile = fc.record({
      text: fc.subarray(words),
      themes: fc.subarray(['sante', 'mobilite', 'industrie']),
      region: fc.constantFrom(undefined, '53', '52', '11'),
      state: fc.constantFrom(undefined, 'active' as const, 'ceased' as const),
      founded: fc.constantFrom(undefined, 1999, 2010, 2011, 2020),
      updatedAt: fc.constantFrom('2019-12-31', '2020-01-01', '2026-11-01', 'inconnue'),
      point: fc.option(
        fc.record({
          latitude: fc.double({ min: 42, max: 51, noNaN: true }),
          longitude: fc.double({ min: -5, max: 8, noNaN: true }),
        }),
      ),
    })
    const search = fc.record({
      words: fc.subarray(words, { maxLength: 3 }),
      minimumMatch: fc.integer({ min: 1, max: 3 }),
      theme: fc.subarray(['sante', 'mobilite', 'industrie', 'absent']),
      region: fc.subarray(['53', '52', '11']),
      state: fc.subarray(['active', 'ceased']),
      radiusKm: fc.option(fc.integer({ min: 10, max: 900 })),
      founded: fc.record(
        { from: fc.constantFrom(1999, 2000, 2010), to: fc.constantFrom(2009, 2010, 2020) },
        { requiredKeys: [] },
      ),
      updated: fc.record(
        { from: fc.constantFrom('2019-12-31', '2020-01-01'), to: fc.constantFrom('2019-12-31', '2026-10-31') },
        { requiredKeys: [] },
      ),
      ranged: fc.subarray(['founded', 'updated'] as const),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(profile, { maxLength: 25 }),
        fc.array(search, { minLength: 5, maxLength: 5 }),
        async (profiles, searches) => {
          const suppliers = profiles.map(({ text, themes, region, state, founded, updatedAt, point }) =>
            supplier({
              name: 'X',
              unnamed: true,
              description: text.join(' '),
              themes,
              location: { ...(region && { region }), ...point },
              ...(state && { state }),
              ...(founded && { founded }),
              updatedAt,
            }),
          )
          const under = await open()
          try {
            // Half of them by a rebuild, half one by one, and one replaced and one removed again.
            const build = under.build()
            const half = suppliers.length >> 1
            for (const each of suppliers.slice(0, half)) await build.add(each)
            await build.commit(0)
            const extra = supplier({ description: words.join(' '), themes: ['sante'] })
            await under.engine.apply([{ siren: extra.siren, supplier: extra }], 1)
            for (const [i, each] of suppliers.slice(half).entries()) {
              await under.engine.apply(
                [{ siren: each.siren, supplier: { ...each, description: extra.description ?? each.description! } }],
                2 + i,
              )
              await under.engine.apply([{ siren: each.siren, supplier: each }], 2 + i)
            }
            await under.engine.apply([{ siren: extra.siren }], 100)
            for (const { words: asked, minimumMatch, theme, region, state, radiusKm, ranged, ...spans } of searches) {
              const query = engineQuery(asked.join(' '), {
                minimumMatch: Math.min(minimumMatch, asked.length),
                filters: { theme, region, state },
                ...(radiusKm !== null && { near: near(48.1, -1.7, radiusKm) }),
                ...(ranged.length > 0 && { ranges: Object.fromEntries(ranged.map(each => [each, spans[each]])) }),
              })
              const result = await under.engine.search(query)
              const expected = bruteForce(suppliers, query)
              t.equal(result.total, expected.total)
              t.same(result.candidates.map(({ siren }) => siren).sort(), expected.sirens)
              for (const facet of ['theme', 'region', 'state'] as const) {
                const counts = new Map(
                  result.facets[facet]?.filter(({ count }) => count > 0).map(({ value, count }) => [value, count]),
                )
                t.same(counts, expected.facets[facet], `${facet} ${JSON.stringify(query)}`)
              }
            }
          } finally {
            await under.close()
          }
        },
      ),
      { numRuns: 15 },
    )
  })

  t.test(`${name}: "near" keeps what lies within the radius and orders by distance`, async t => {
    const rennes = supplier({ location: { latitude: 48.11, longitude: -1.67 } })
    const nantes = supplier({ location: { latitude: 47.22, longitude: -1.55 } })
    const unknown = supplier({})
    const { engine } = await withEngine(t, [nantes, unknown, rennes])
    const { candidates } = await engine.search(engineQuery('', { near: near(48.1, -1.7, 150), sort: 'distance' }))
    t.same(
      candidates.map(({ siren }) => siren),
      [rennes.siren, nantes.siren],
    )
    t.ok(Math.abs((candidates[1]?.distanceKm ?? 0) - 98) < 2)
    t.same(await found(engine, '', { near: near(48.1, -1.7, 50) }), [rennes.siren])
  })

  t.test(`${name}: ranges include their bounds, and nobody whose year or day is unknown`, async t => {
    const firms = [1998, 2015, 2016, 65_536, undefined].map(founded =>
      supplier({ name: 'Zéphyr', description: 'Drones', ...(founded !== undefined && { founded }) }),
    )
    const [old, middle, young] = firms
    const { engine } = await withEngine(t, firms)
    const sirens = async (founded: NonNullable<EngineQuery['ranges']>['founded'] & object, text = '') =>
      new Set(await found(engine, text, { ranges: { founded } }))
    const expected = (...those: (Supplier | undefined)[]) => new Set(those.map(each => each?.siren))
    t.same(await sirens({ from: 1998, to: 1998 }), expected(old))
    t.same(await sirens({ from: 1999, to: 2014 }), expected())
    t.same(await sirens({ to: 2015 }), expected(old, middle))
    t.same(await sirens({ from: 2015 }), expected(middle, young))
    t.same(await sirens({ from: 2016, to: 2015 }), expected())
    t.same(await sirens({}), expected(old, middle, young), 'a range without bounds still asks for a known year')
    t.same(await sirens({ from: 2015 }, 'drones'), expected(middle, young))
    const named = { nameKey: nameKey('Zéphyr'), ranges: { founded: { to: 2000 } } }
    t.same(await found(engine, 'Zéphyr', named), [old?.siren], 'a name is no way round')
    await engine.apply([{ siren: old!.siren, supplier: { ...old!, founded: 2020 } }], 1)
    t.same(await sirens({ from: 2016 }), expected(young, old), 'a change moves a profile')
  })

  t.test(`${name}: the day of a profile is that of its newest page or award, else of its data`, async t => {
    const award = { id: 'i-lab', name: 'i-Lab', evidence: 'attested' as const }
    const read = supplier({ texts: [page('Drones.')], updatedAt: '2026-11-01', labels: [{ ...award, years: [2019] }] })
    const awarded = supplier({ labels: [{ ...award, years: [2011, 2019] }] })
    const registered = supplier({ updatedAt: '2024-02-29' })
    const undated = supplier({ updatedAt: 'inconnue' })
    const { engine } = await withEngine(t, [read, awarded, registered, undated])
    const sirens = async (updated: { from?: string; to?: string }) =>
      new Set(await found(engine, '', { ranges: { updated } }))
    t.same(await sirens({ from: '2026-10-01' }), new Set([read.siren]), 'its page was read that day')
    t.same(await sirens({ from: '2026-10-02' }), new Set())
    t.same(await sirens({ to: '2019-12-31' }), new Set([awarded.siren]), 'the last day of the year of an award')
    t.same(await sirens({ to: '2019-12-30' }), new Set())
    t.same(await sirens({ from: '2024-02-29', to: '2024-02-29' }), new Set([registered.siren]))
    t.same(await sirens({ from: '1970-01-01' }), new Set([read.siren, awarded.siren, registered.siren]))
  })

  t.test(`${name}: facets are counted within ranges, with filters and a place beside them`, async t => {
    const rennes = { latitude: 48.11, longitude: -1.67 }
    const a = supplier({ founded: 2015, themes: ['sante'], location: { ...rennes, region: '53' } })
    const b = supplier({ founded: 2016, themes: ['mobilite'], location: { ...rennes, region: '53' } })
    const c = supplier({
      founded: 2016,
      themes: ['sante'],
      location: { latitude: 43.3, longitude: 5.37, region: '93' },
    })
    const d = supplier({ founded: 2005, themes: ['sante', 'mobilite'], location: { ...rennes, region: '53' } })
    const { engine } = await withEngine(t, [a, b, c, d])
    const ranges = { founded: { from: 2010 }, updated: { from: '2026-01-01' } }
    const answer = async (more: Partial<EngineQuery>) => {
      const { total, candidates, facets } = await engine.search(engineQuery('', { ranges, ...more }))
      t.equal(candidates.length, total)
      const counts = (facet: FacetName) => new Map(facets[facet]?.map(({ value, count }) => [value, count]))
      return { sirens: new Set(candidates.map(({ siren }) => siren)), theme: counts('theme'), region: counts('region') }
    }
    t.same(await answer({}), {
      sirens: new Set([a.siren, b.siren, c.siren]),
      theme: new Map([
        ['sante', 2],
        ['mobilite', 1],
      ]),
      region: new Map([
        ['53', 2],
        ['93', 1],
      ]),
    })
    t.same(await answer({ filters: { theme: ['sante'] }, near: near(48.1, -1.7, 50) }), {
      sirens: new Set([a.siren]),
      theme: new Map([
        ['sante', 1],
        ['mobilite', 1],
      ]),
      region: new Map([['53', 1]]),
    })
    t.same((await answer({ ranges: { updated: { from: '2026-11-02' } } })).sirens, new Set())
  })

  t.test(`${name}: sorts by name as people read it and by the newest thing known`, async t => {
    const z = supplier({
      name: 'Zéphyr',
      labels: [{ id: 'i-lab', name: 'i-Lab', years: [2024], evidence: 'attested' }],
    })
    const e = supplier({
      name: 'Écoflux',
      labels: [{ id: 'i-lab', name: 'i-Lab', years: [2005], evidence: 'attested' }],
    })
    const long2 = supplier({ name: 'Société Générale des Zinc' })
    const long1 = supplier({ name: 'Société Générale des Algues' })
    const unnamed = supplier({ name: 'SIREN', unnamed: true })
    const { engine } = await withEngine(t, [unnamed, z, long2, long1, e])
    t.same(
      await found(engine, '', { sort: 'name' }),
      [e, long1, long2, z, unnamed].map(({ siren }) => siren),
    )
    const recent = await found(engine, '', { sort: 'recent' })
    t.ok(recent.indexOf(z.siren) < recent.indexOf(e.siren))
  })

  t.test(`${name}: equal suppliers come in an order that depends on the query and survives a rebuild`, async t => {
    const same = Array.from({ length: 8 }, () => supplier({ name: 'Pareil', description: 'drones et capteurs' }))
    const under = await withEngine(t, same)
    const drones = await found(under.engine, 'drones')
    const capteurs = await found(under.engine, 'capteurs')
    t.same(new Set(drones), new Set(capteurs))
    t.notSame(drones, capteurs)
    const build = under.build()
    for (const each of [...same].reverse()) await build.add(each)
    await build.commit(0)
    t.same(await found(under.engine, 'drones'), drones)
  })

  t.test(`${name}: nothing of a rebuild is seen before its commit, and an aborted one leaves no trace`, async t => {
    const before = supplier({ description: 'ancien drone' })
    const under = await withEngine(t, [before])
    const after = supplier({ description: 'nouveau drone' })
    const build = under.build()
    await build.add(after)
    t.same(await found(under.engine, 'drone'), [before.siren])
    await build.commit(0)
    await new Promise(resolve => setTimeout(resolve, 300))
    t.same(await found(under.engine, 'drone'), [after.siren])
    const aborted = under.build()
    await aborted.add(before)
    await aborted.abort()
    t.same(await found(under.engine, 'drone'), [after.siren])
  })

  t.test(`${name}: a single change is seen by the next search, and a removal too`, async t => {
    const first = supplier({ name: 'Menuiserie Dupont', description: 'Fenêtres en bois' })
    const { engine } = await withEngine(t, [first])
    const second = supplier({ name: 'Menuiserie Martin', description: 'Fenêtres en bois' })
    await engine.apply([{ siren: second.siren, supplier: second }], 1)
    t.same(new Set(await found(engine, 'fenêtres')), new Set([first.siren, second.siren]))
    await engine.apply(
      [{ siren: second.siren, supplier: { ...second, description: declaredText('Portes blindées') } }],
      2,
    )
    t.same(await found(engine, 'fenêtres'), [first.siren])
    t.same(await found(engine, 'portes'), [second.siren])
    await engine.apply([{ siren: first.siren }, { siren: second.siren }], 3)
    t.same(await found(engine, ''), [])
    t.equal(await engine.appliedSeq(), 3)
    await engine.apply([{ siren: first.siren }], 4)
    t.equal((await engine.state()).suppliers, 0)
  })

  t.test(`${name}: scores after single changes equal those of a rebuild of the same suppliers`, async t => {
    const suppliers = ['drone forêt', 'drone', 'capteur forêt eau', 'eau', 'logiciel eau drone'].map(description =>
      supplier({ name: 'Y', description, texts: [page(`${description} et encore`)] }),
    )
    const rebuilt = await withEngine(t, suppliers)
    const changed = await withEngine(t, [])
    const stranger = supplier({ description: 'drone drone drone forêt' })
    await changed.engine.apply([{ siren: stranger.siren, supplier: stranger }], 1)
    for (const each of suppliers) await changed.engine.apply([{ siren: each.siren, supplier: each }], 2)
    await changed.engine.apply([{ siren: stranger.siren }], 3)
    const scores = async ({ engine }: EngineUnderTest) => {
      const { candidates } = await engine.search(engineQuery('drone forêt', { minimumMatch: 1 }))
      return candidates.map(({ siren, score }) => [siren, Math.round(score * 1e6)])
    }
    t.same(await scores(changed), await scores(rebuilt))
  })

  t.test(
    `${name}: completes names from any of their words and words of taglines, by prefix without accents`,
    async t => {
      const a = supplier({ name: 'Mésange Capteurs', tagline: 'Télésurveillance à domicile' })
      const { engine } = await withEngine(t, [a, supplier({ name: 'Autre' })])
      const complete = async (prefix: string) =>
        (await engine.complete(prefix, 10)).map(({ kind, text }) => `${kind} ${text}`)
      t.ok((await complete('mesan')).includes('supplier Mésange Capteurs'))
      t.ok((await complete('CAPT')).includes('supplier Mésange Capteurs'))
      t.ok((await complete('telesurv')).includes('word Télésurveillance'))
      t.same(await complete('xyz'), [])
    },
  )

  t.test(`${name}: any text is searched without an error`, async t => {
    const { engine } = await withEngine(t, [supplier({ description: 'drone' })])
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async text => {
        const result = await engine.search(
          engineQuery('', { concepts: [{ text }], minimumMatch: 1, nameKey: nameKey(text) }),
        )
        t.ok(result.total >= 0)
        await engine.complete(text, 5)
      }),
      { numRuns: 100 },
    )
    const long = Array.from({ length: 400 }, (_, i) => ({ text: `mot${i} drone` }))
    t.equal((await engine.search(engineQuery('', { concepts: long, minimumMatch: 1 }))).total, 1)
  })

  t.test(`${name}: an aborted signal ends a search`, async t => {
    const { engine } = await withEngine(t, [supplier({ description: 'drone' })])
    await t.rejects(engine.search(engineQuery('drone'), { signal: AbortSignal.abort() }))
  })
}

const declaredText = (text: string) => ({
  text,
  source: 'demo',
  sourceUrl: 'https://exemple.example/',
  retrievedAt: '2026-11-01T00:00:00Z',
  evidence: 'declared' as const,
})

interface Expected {
  readonly total: number
  readonly sirens: string[]
  readonly facets: Record<string, Map<string, number>>
}

/** The profiles of the random catalogues have neither pages nor awards: their day is that of their data. */
const isWithin = ({ founded, updatedAt }: Supplier, { ranges = {} }: EngineQuery): boolean => {
  const within = <T extends string | number>(
    value: T | undefined,
    range: { readonly from?: T; readonly to?: T } | undefined,
  ): boolean =>
    !range ||
    (value !== undefined &&
      (range.from === undefined || value >= range.from) &&
      (range.to === undefined || value <= range.to))
  return within(founded, ranges.founded) && within(updatedAt === 'inconnue' ? undefined : updatedAt, ranges.updated)
}

const bruteForce = (suppliers: readonly Supplier[], query: EngineQuery): Expected => {
  const matching = suppliers.filter(each => {
    const words = each.description?.text.split(' ') ?? []
    const matched = query.concepts.filter(({ text }) => words.includes(text)).length
    const { latitude, longitude } = each.location
    const close =
      !query.near ||
      (latitude !== undefined &&
        longitude !== undefined &&
        distanceKm(query.near.latitude, query.near.longitude, Math.fround(latitude), Math.fround(longitude)) <=
          query.near.radiusKm)
    return close && isWithin(each, query) && (query.concepts.length === 0 || matched >= query.minimumMatch)
  })
  const passes = (each: Supplier, except?: FacetName): boolean =>
    FACETS.every(facet => {
      const wanted = query.filters[facet.name]
      return facet.name === except || !wanted?.length || facet.values(each).some(value => wanted.includes(value))
    })
  const hits = matching.filter(each => passes(each))
  const facets = Object.fromEntries(
    FACETS.map(facet => {
      const counts = new Map<string, number>()
      for (const each of matching.filter(candidate => passes(candidate, facet.name))) {
        for (const value of facet.values(each)) counts.set(value, (counts.get(value) ?? 0) + 1)
      }
      return [facet.name, counts]
    }),
  )
  return { total: hits.length, sirens: hits.map(({ siren }) => siren).sort(), facets }
}
