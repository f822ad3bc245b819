import t from 'tap'
import type { Engine } from '../../src/engine/engine.ts'
import { brickLabel } from '../../src/model/bricks.ts'
import { shownBricks } from '../../src/model/shown-bricks.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { expandSupplier } from '../../src/search/expand.ts'
import { rank } from '../../src/search/rank.ts'
import { demonstrationSuppliers, engineOver } from '../support/demonstration.ts'
import { inventedSiren } from '../support/suppliers.ts'

/**
 * Twins of the profiles of the demonstration that were written for the search engine, against the honest profile: what
 * they say again, or list, must not bring them up.
 */

const BUZZWORDS = [
  ...[
    'intelligence artificielle',
    'big data',
    'blockchain',
    'cloud souverain',
    'IoT',
    'jumeau numérique',
    'smart city',
  ],
  ...['cybersécurité', '5G', 'drone', 'robotique', 'télémédecine', 'énergie', 'mobilité', 'chatbot', 'ERP', 'CRM'],
  ...['GED', 'e-commerce', 'impression 3D', 'réalité virtuelle', 'photovoltaïque', 'recyclage', 'biométrie'],
  ...['signature électronique', 'GTB', 'SIG', 'BIM', 'e-learning', 'hydrogène'],
]

/** What a repetition may gain over one honest mention. */
const LARGEST_GAIN = 1.05

const demonstration = await demonstrationSuppliers()
/** Profiles stuffed in the demonstration itself are no honest originals. */
const isHonest = ({ tags, name }: Supplier): boolean => tags.length < 15 && !/360|4\.0|Expert One/.test(name)
/** Every second one: all of them took twice the time and told nothing else. */
const originals = demonstration
  .filter(each => each.description && each.tagline && isHonest(each))
  .filter((_, index) => index % 2 === 0)

/** A need that the profile answers: the name of its strongest brick, else the first words of its tagline. */
const needOf = (supplier: Supplier): string => {
  const [brick] = shownBricks(expandSupplier(supplier))
  return brick === undefined
    ? (supplier.tagline?.text ?? '').split(' ').slice(0, 6).join(' ')
    : brickLabel(brick, 'fr').toLowerCase()
}

let twins = 0
const twinOf = (supplier: Supplier, added: { readonly text?: string; readonly tags?: readonly string[] }): Supplier => {
  twins++
  const { description } = supplier
  return {
    ...supplier,
    siren: inventedSiren(80_000 + twins),
    // A name of the same length, and not the name itself: an exact name comes first by right.
    name: `${supplier.name} ${added.text === undefined ? 'bis' : 'ter'}`,
    ...(description && { description: { ...description, text: `${description.text} ${added.text ?? ''}`.trim() } }),
    tags: [...supplier.tags, ...(added.tags ?? [])],
  }
}

interface Pair {
  readonly need: string
  readonly honest: Supplier
  readonly stuffed: Supplier
}

interface Outcome {
  readonly pair: Pair
  /** Final points of the stuffed profile over those of the honest one; undefined when one is not found. */
  readonly gain: number | undefined
}

const compare = async (engine: Engine, pairs: readonly Pair[]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = []
  for (const pair of pairs) {
    const asked = { text: pair.need, filters: {}, sort: 'relevance', page: 1, size: 20 } as const
    const { candidates } = await rank(engine, asked, 300)
    const points = ({ siren }: Supplier) => candidates.find(candidate => candidate.siren === siren)?.finalScore
    const honest = points(pair.honest)
    const stuffed = points(pair.stuffed)
    outcomes.push({ pair, gain: honest === undefined ? undefined : (stuffed ?? 0) / honest })
  }
  return outcomes
}

const overThe = (limit: number, outcomes: readonly Outcome[]): string[] =>
  outcomes
    .filter(({ gain }) => gain === undefined || gain >= limit)
    .map(
      ({ pair, gain }) => `${pair.honest.name}, "${pair.need}": ${gain?.toFixed(3) ?? 'the honest one is not found'}`,
    )

const engineWith = (test: { teardown(done: () => unknown): void }, pairs: readonly Pair[]): Promise<Engine> =>
  engineOver(test, [
    ...demonstration,
    ...pairs.flatMap(({ honest, stuffed }) => (demonstration.includes(honest) ? [stuffed] : [honest, stuffed])),
  ])

t.test('there are enough honest profiles to compare with', async t => {
  t.ok(originals.length >= 25, `${originals.length}`)
  t.equal(BUZZWORDS.length, 30)
})

t.test('thirty fashionable keywords and the need itself as tags bring nobody above the honest original', async t => {
  const pairs = originals.map((honest): Pair => {
    const need = needOf(honest)
    return { need, honest, stuffed: twinOf(honest, { tags: [need, ...BUZZWORDS] }) }
  })
  t.strictSame(overThe(1, await compare(await engineWith(t, pairs), pairs)), [])
})

t.test('the need written eight times gains less than 5 % over a twin that writes it once', async t => {
  const pairs = originals.map((original): Pair => {
    const need = needOf(original)
    return {
      need,
      honest: twinOf(original, { text: `${need}.` }),
      stuffed: twinOf(original, { text: `${need} `.repeat(8) }),
    }
  })
  t.strictSame(overThe(LARGEST_GAIN, await compare(await engineWith(t, pairs), pairs)), [])
})

t.test('keywords and repetition together stay below the twin that writes the need once', async t => {
  const pairs = originals.map((original): Pair => {
    const need = needOf(original)
    return {
      need,
      honest: twinOf(original, { text: `${need}.` }),
      stuffed: twinOf(original, { text: `${need} `.repeat(8), tags: [need, ...BUZZWORDS] }),
    }
  })
  t.strictSame(overThe(1, await compare(await engineWith(t, pairs), pairs)), [])
})

t.test('the keyword profiles of the demonstration stand in no first place for their keywords', async t => {
  const stuffed = new Set<string>(demonstration.filter(each => !isHonest(each)).map(each => each.siren))
  t.ok(stuffed.size > 0, `${stuffed.size}`)
  const engine = await engineOver(t, demonstration)
  for (const need of [
    'drone',
    'télémédecine',
    'chatbot',
    'cybersécurité',
    'signature électronique',
    'jumeau numérique',
  ]) {
    const { candidates } = await rank(engine, { text: need, filters: {}, sort: 'relevance', page: 1, size: 20 }, 300)
    t.ok(candidates.length > 0, need)
    t.notOk(stuffed.has(candidates[0]?.siren ?? ''), need)
  }
})
