import fc from 'fast-check'
import t from 'tap'
import { Value } from 'typebox/value'
import type { ClaimKind } from '../../src/model/claim.ts'
import type { Fact } from '../../src/model/fact.ts'
import { Supplier } from '../../src/model/supplier.ts'
import { mergeFacts } from '../../src/store/merge.ts'
import { fact } from '../support/catalogue.ts'
import { inventedSiren } from '../support/suppliers.ts'

const siren = inventedSiren(1)
const merge = (...facts: readonly Fact[]) => {
  const supplier = mergeFacts(siren, facts)
  if (supplier === undefined) throw new Error('no facts')
  return supplier
}

t.test('nothing stated makes no profile', async t => {
  t.equal(mergeFacts(siren, []), undefined)
})

t.test('a firm without name is shown under its SIREN and says so', async t => {
  const { name, unnamed, otherNames } = merge(fact(siren, 'tag', 'capteur'))
  t.strictSame([name, unnamed, otherNames], ['SIREN 000\u00a0000\u00a0018', true, []])
})

t.test('a correction wins over a register, which wins over the operator, who wins over an award', async t => {
  const sources = ['demo', 'ilab', 'file:liste', 'sirene', 'correction']
  for (let known = 1; known <= sources.length; known++) {
    const facts = sources.slice(0, known).map(source => fact(siren, 'name', `Nom ${source}`, { source }))
    t.equal(merge(...facts).name, `Nom ${sources[known - 1]}`)
  }
})

t.test('within a kind of source the latest period wins, and a fact without period speaks of today', async t => {
  const facts = [
    fact(siren, 'website', 'https://vieux.example/', { period: '2004' }),
    fact(siren, 'website', 'https://neuf.example/', { period: '2019' }),
  ]
  t.equal(merge(...facts).website, 'https://neuf.example/')
  const today = fact(siren, 'website', 'https://courant.example/', { source: 'inov' })
  t.equal(merge(...facts, today).website, 'https://courant.example/')
})

t.test('the firm is described before its project, even when the project is later', async t => {
  const { description } = merge(
    fact(siren, 'description', 'Le projet.', { source: 'ilab', period: '2023', evidence: 'declared' }),
    fact(siren, 'description', 'La société.', { source: 'inov', period: '2018', evidence: 'declared' }),
  )
  t.strictSame(description, {
    text: 'La société.',
    source: 'inov',
    sourceUrl: 'https://inov.example/',
    retrievedAt: '2026-01-01T00:00:00Z',
    evidence: 'declared',
    period: '2018',
  })
})

t.test('spellings of one name are not other names; different names are', async t => {
  const { name, otherNames } = merge(
    fact(siren, 'name', 'AEROLYS', { period: '2004' }),
    fact(siren, 'name', 'Aérolys SAS', { period: '2012' }),
    fact(siren, 'name', 'Radio Air', { period: '2001' }),
  )
  t.strictSame([name, otherNames], ['Aérolys SAS', ['Radio Air']])
})

t.test('several awards make one label with all its years, ascending', async t => {
  const label = { id: 'i-lab', name: 'Lauréat i-Lab' }
  const { labels } = merge(
    fact(siren, 'label', label, { period: '2012' }),
    fact(siren, 'label', label, { period: '2004' }),
    fact(siren, 'label', label, { period: '2004', record: 'autre' }),
    fact(siren, 'label', { id: 'jei', name: 'JEI' }, { source: 'file:liste', evidence: 'declared' }),
  )
  t.strictSame(labels, [
    { id: 'i-lab', name: 'Lauréat i-Lab', years: [2004, 2012], evidence: 'attested' },
    { id: 'jei', name: 'JEI', years: [], evidence: 'declared' },
  ])
})

t.test('a certificate is one statement: an attested one, never details of two', async t => {
  const declared = { id: 'hds', name: 'HDS', scope: 'tout', number: '1' }
  const { certifications } = merge(
    fact(siren, 'certification', declared, { source: 'correction', evidence: 'declared' }),
    fact(siren, 'certification', { id: 'hds', name: 'HDS', validUntil: '2027-01-01' }, { source: 'sirene' }),
  )
  t.strictSame(certifications, [{ id: 'hds', name: 'HDS', evidence: 'attested', validUntil: '2027-01-01' }])
})

t.test('claims keep their sentence and page, each value once, of the news the latest alone', async t => {
  const claim = (kind: ClaimKind, value: string, page = '') => {
    const stated = fact(siren, 'claim', { kind, value }, { source: 'site', evidence: 'declared' })
    return {
      ...stated,
      provenance: { ...stated.provenance, excerpt: `« ${value} »`, sourceUrl: `https://firme.example/${page}` },
    }
  }
  const { claims = [] } = merge(
    claim('news', '2026-03-02'),
    claim('news', '2026-10-14', 'journal'),
    claim('support', 'maintenance'),
    claim('customer', 'Ville de Lannion'),
    claim('customer', 'VILLE DE LANNION', 'references'),
    claim('customer', 'CHU de Rennes'),
  )
  t.strictSame(
    claims.map(({ kind, value }) => `${kind} ${value}`),
    ['customer CHU de Rennes', 'customer VILLE DE LANNION', 'news 2026-10-14', 'support maintenance'],
  )
  t.match(claims[2], { excerpt: '« 2026-10-14 »', sourceUrl: 'https://firme.example/journal', evidence: 'declared' })
  t.equal(merge(fact(siren, 'name', 'Firme')).claims, undefined, 'no claim is no empty list')
})

t.test('lists are the union of all sources; the bricks of an offer are the supplier’s', async t => {
  const supplier = merge(
    fact(siren, 'theme', 'numerique'),
    fact(siren, 'theme', 'sante', { source: 'inov' }),
    fact(siren, 'tag', 'Éco-conception'),
    fact(siren, 'tag', 'eco conception', { source: 'file:liste' }),
    fact(siren, 'role', 'integrator'),
    fact(siren, 'role', 'publisher'),
    fact(siren, 'hosting', 'FR'),
    fact(siren, 'brick', 'lorawan'),
    fact(siren, 'offer', { kind: 'product', name: 'Capteur', bricks: ['qualite-air-interieur'] }),
    fact(siren, 'ess', false),
  )
  t.match(supplier, { themes: ['sante', 'numerique'], roles: ['publisher', 'integrator'], hosting: ['FR'], ess: false })
  t.strictSame(supplier.bricks, ['lorawan', 'qualite-air-interieur'])
  t.strictSame(supplier.tags, ['eco conception'])
  t.strictSame(supplier.sources, ['file:liste', 'ilab', 'inov'])
})

t.test('each award keeps its summary, the latest first; a page is kept once, whoever found it', async t => {
  const award = (year: string) => ({
    kind: 'award' as const,
    title: `Projet ${year}`,
    url: 'https://prix.example/',
    passages: [`Résumé ${year}`],
  })
  const page = { kind: 'page' as const, title: 'Écoles', url: 'https://a.example/ecoles', passages: ['Écoles'] }
  const { texts } = merge(
    fact(siren, 'text', award('2004'), { period: '2004' }),
    fact(siren, 'text', award('2012'), { period: '2012' }),
    fact(siren, 'text', page, { source: 'file:liste' }),
    fact(siren, 'text', { ...page, title: 'Les écoles' }, { source: 'site', date: '2026-05-01' }),
  )
  t.strictSame(
    texts.map(text => [text.kind, text.title, text.period]),
    [
      ['page', 'Écoles', undefined],
      ['award', 'Projet 2012', '2012'],
      ['award', 'Projet 2004', '2004'],
    ],
  )
})

t.test('places', async t => {
  t.test('a commune brings its département, region and centre', async t => {
    t.match(merge(fact(siren, 'location', { commune: '56121' })).location, {
      commune: '56121',
      communeName: 'Lorient',
      postcode: '56100',
      department: '56',
      region: '53',
      precision: 'commune',
    })
  })
  t.test('a commune is never put together with the region of another statement', async t => {
    const { location } = merge(
      fact(siren, 'location', { region: '93' }, { period: '2024' }),
      fact(siren, 'location', { commune: '56121' }, { source: 'inov', period: '2018' }),
    )
    t.match(location, { commune: '56121', region: '53' })
  })
  t.test('an address of the same place gives its coordinates, one elsewhere does not', async t => {
    const commune = fact(siren, 'location', { commune: '56121' }, { source: 'sirene' })
    const address = { commune: '56121', latitude: 47.75, longitude: -3.37, precision: 'address' as const }
    t.match(merge(commune, fact(siren, 'location', address)).location, { latitude: 47.75, precision: 'address' })
    const elsewhere = { commune: '75102', latitude: 48.87, longitude: 2.34, precision: 'address' as const }
    t.match(merge(commune, fact(siren, 'location', elsewhere)).location, { commune: '56121', precision: 'commune' })
  })
})

t.test('the profile is as recent as the latest of its data', async t => {
  const { updatedAt } = merge(
    fact(siren, 'tag', 'a', { date: '2025-11-12' }),
    fact(siren, 'tag', 'b', { source: 'inov', date: '2025-11-23' }),
  )
  t.equal(updatedAt, '2025-11-23')
})

const word = fc.constantFrom('Alpha', 'alpha', 'ALPHA SAS', 'Bêta', 'beta', 'Gamma 3')
const statement = fc.oneof(
  fc.record({ property: fc.constantFrom('name', 'tagline', 'description', 'tag', 'theme', 'brick'), value: word }),
  fc.record({ property: fc.constant('role'), value: fc.constantFrom('publisher', 'integrator') }),
  fc.record({ property: fc.constant('ess'), value: fc.boolean() }),
  fc.record({ property: fc.constant('label'), value: fc.record({ id: fc.constantFrom('x', 'y'), name: word }) }),
  fc.record({
    property: fc.constant('location'),
    value: fc.oneof(
      fc.record({ commune: fc.constantFrom('56121', '75102', '99999'), region: fc.constantFrom('53', '11') }),
      fc.record({ region: fc.constantFrom('53', '11') }),
      fc.record({ department: fc.constantFrom('56', '75'), latitude: fc.constant(48), longitude: fc.constant(2) }),
    ),
  }),
  fc.record({
    property: fc.constant('certification'),
    value: fc.record({ id: fc.constantFrom('x', 'y'), name: word, scope: word }),
  }),
  fc.record({
    property: fc.constant('offer'),
    value: fc.record({ kind: fc.constantFrom('product', 'service'), name: word, bricks: fc.array(word) }),
  }),
  fc.record({
    property: fc.constant('text'),
    value: fc.record({
      kind: fc.constantFrom('page', 'award'),
      title: word,
      url: fc.constantFrom('https://a.example/', 'https://b.example/'),
      passages: fc.array(word, { maxLength: 2 }),
    }),
  }),
)
const circumstances = fc.record({
  source: fc.constantFrom('ilab', 'inov', 'sirene', 'file:a', 'file:b', 'correction', 'unknown'),
  date: fc.constantFrom('2024-01-01', '2025-01-01'),
  period: fc.option(fc.constantFrom('2004', '2019'), { nil: undefined }),
  evidence: fc.constantFrom('attested' as const, 'declared' as const),
  record: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
})
const anyFact = fc
  .tuple(statement, circumstances)
  .map(([{ property, value }, { source, date, period, evidence, record }]) => {
    const { provenance } = fact(siren, 'tag', '', { source, date, ...(record !== undefined && { record }) })
    return { siren, property, value, evidence, provenance, ...(period !== undefined && { period }) }
  })

t.test('the order of the facts never changes the profile, which is always a supplier', async t => {
  const shuffled = fc
    .array(anyFact, { minLength: 1, maxLength: 25 })
    .chain(facts =>
      fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length, maxLength: facts.length })),
    )
  fc.assert(
    fc.property(shuffled, ([facts, others]) => {
      const supplier = merge(...facts)
      Value.Assert(Supplier, supplier)
      return JSON.stringify(supplier) === JSON.stringify(merge(...others))
    }),
    { numRuns: 300 },
  )
  t.pass('300 sets of facts')
})
