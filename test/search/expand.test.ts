import t from 'tap'
import { shownBricks } from '../../src/model/shown-bricks.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { expandSupplier } from '../../src/search/expand.ts'
import { analyseExact } from '../../src/text/analyse.ts'
import { singular } from '../../src/text/vocabulary.ts'
import { demonstrationSuppliers } from '../support/demonstration.ts'
import { page, supplier } from '../support/suppliers.ts'

const strengths = (profile: Supplier): Record<string, number> =>
  Object.fromEntries((expandSupplier(profile).foundBricks ?? []).map(({ brick, strength }) => [brick, strength]))
const evidenceOf = (profile: Supplier, brick: string) =>
  expandSupplier(profile).foundBricks?.find(found => found.brick === brick)

/** How a reader compares an expression with a sentence: its words without case, accents, plural and small words. */
const carryingWords = (text: string): string[] => analyseExact(text).map(token => singular(token.term))

t.test('a brick that a text names is found, with the sentence, the address and the date that prove it', async t => {
  const profile = supplier({
    description: 'Nous sommes à Lannion. Nos capteurs de CO₂ se posent dans les écoles ! Six cents sont équipées.',
  })
  t.match(evidenceOf(profile, 'capteur-co2'), {
    brick: 'capteur-co2',
    sentence: /^Nos capteurs de CO₂ se posent dans les écoles !$/,
    sourceUrl: 'https://exemple.example/',
    retrievedAt: '2026-11-01T00:00:00Z',
    evidence: 'declared',
  })
  const award = {
    ...page('Le projet porte sur un robot agricole.'),
    kind: 'award' as const,
    url: 'https://concours.example/2012',
    evidence: 'attested' as const,
    period: '2012',
  }
  t.match(evidenceOf(supplier({ texts: [award] }), 'robot-agricole'), {
    sourceUrl: 'https://concours.example/2012',
    evidence: 'attested',
    period: '2012',
  })
})

t.test('the sentence of each brick of the demonstration holds the words of the expression', async t => {
  const suppliers = await demonstrationSuppliers()
  let checked = 0
  for (const { siren, foundBricks = [] } of suppliers.map(expandSupplier)) {
    for (const { expression, sentence } of foundBricks) {
      const held = new Set(carryingWords(sentence))
      // "NIS2" may be written "NIS 2".
      const joined = [...held].join('')
      const missing = carryingWords(expression).filter(word => !held.has(word) && !joined.includes(word))
      if (missing.length > 0) t.fail(`${siren}: "${expression}" is not in "${sentence}"`)
      if (sentence.length > 330) t.fail(`${siren}: ${sentence.length} characters are not read at a glance`)
      checked++
    }
  }
  t.ok(checked > 500, `${checked}`)
})

t.test('a long sentence is cut around the expression', async t => {
  const long = `${'mot '.repeat(200)}et des drones ${'encore '.repeat(100)}.`
  const { sentence = '' } = evidenceOf(supplier({ description: long }), 'drone') ?? {}
  t.match(sentence, /^… .*drones.*…$/u)
  t.ok(sentence.length < 330, `${sentence.length}`)
})

t.test('denials, clients, partners and products of others are no bricks of the firm', async t => {
  for (const text of [
    'Nous ne vendons pas de drones.',
    'Le service fonctionne sans reconnaissance faciale.',
    'Nos clients : fabricants de drones, hôpitaux.',
    'Compatible avec votre GMAO.',
    'We do not supply drones.',
    'Nous formons à Photoshop.',
  ]) {
    t.strictSame(strengths(supplier({ description: text })), {}, text)
  }
  const both = 'Nous ne vendons pas de drones. Les prises de vue viennent de nos propres drones.'
  t.match(evidenceOf(supplier({ description: both }), 'drone')?.sentence, /^Les prises/, 'the sentence that claims it')
})

t.test('the tagline counts three times, an offer’s name twice, any other text once', async t => {
  t.strictSame(strengths(supplier({ tagline: 'Des drones' })), { drone: 3 })
  t.strictSame(strengths(supplier({ offers: [{ kind: 'product', name: 'Drone', bricks: [] }] })), { drone: 2 })
  t.strictSame(strengths(supplier({ tags: ['drone'] })), { drone: 1 })
  t.strictSame(strengths(supplier({ description: 'Des drones. Encore des drones, toujours des drones.' })), {
    drone: 1,
  })
  t.strictSame(
    strengths(
      supplier({
        tagline: 'Des drones',
        description: 'Nos drones volent.',
        offers: [{ kind: 'service', name: 'Vol', description: 'Vol de drones.', bricks: [] }],
        texts: [page('Un drone.', 'Deux drones.')],
      }),
    ),
    { drone: 3 + 1 + 1 + 2 },
    'once a text',
  )
})

t.test('a tagline that names many bricks says little of each', async t => {
  const few = strengths(supplier({ tagline: 'Drones' }))['drone'] ?? 0
  const many = strengths(supplier({ tagline: 'Drones, GMAO, télémédecine, covoiturage, chatbot' }))
  t.equal(Object.keys(many).length, 5)
  for (const strength of Object.values(many)) t.ok(strength < few, `${strength}`)
})

t.test('the strongest bricks come first, and what is named once in passing is not shown', async t => {
  const expanded = expandSupplier(
    supplier({ tagline: 'Des drones', description: 'Une GMAO suit leur état.', bricks: ['telemedecine'] }),
  )
  t.strictSame(
    expanded.foundBricks?.map(({ brick }) => brick),
    ['drone', 'gmao'],
  )
  t.strictSame(shownBricks(expanded), ['telemedecine', 'drone'])
})

t.test(
  'nothing but bricks is added, a second time changes nothing, and without any the profile stays as it is',
  async t => {
    for (const profile of await demonstrationSuppliers()) {
      const once = expandSupplier(profile)
      t.strictSame({ ...once, foundBricks: undefined }, { ...profile, foundBricks: undefined })
      t.strictSame(expandSupplier(once), once)
      t.strictSame(expandSupplier(profile), once)
    }
    const silent = supplier({ description: 'Nous aimons la mer.' })
    t.equal(expandSupplier(silent), silent)
  },
)
