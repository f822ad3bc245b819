import fc from 'fast-check'
import t from 'tap'
import { BRICKS } from '../../src/model/bricks.ts'
import type { Query } from '../../src/model/query.ts'
import { parseSiren, type Siren } from '../../src/model/siren.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { MAX_NEEDS } from '../../src/model/visibility.ts'
import { createSearch } from '../../src/search/create-search.ts'
import { createMirror } from '../../src/search/visibility/create-mirror.ts'
import { createGate } from '../../src/search/visibility/gate.ts'
import { demonstrationSuppliers, engineOver } from '../support/demonstration.ts'

/** The mirror tells the truth: its ranks are those of the search, and its reasons explain them. */

const demo = await demonstrationSuppliers()

const sirenOf = (text: string): Siren => {
  const parsed = parseSiren(text)
  if (parsed === undefined) throw new Error(`${text} is no SIREN`)
  return parsed
}

const sample = (index: number): Supplier => {
  const found = demo[index % demo.length]
  if (!found) throw new Error('the demonstration is empty')
  return found
}

/** A firm of the same name but for its legal form, at another site, with the text of the first. */
const first = sample(0)
const twin: Supplier = {
  ...first,
  siren: sirenOf('111222337'),
  name: `${first.name} SAS`,
  website: 'https://jumelle.example/',
  bricks: [],
  tags: [],
  offers: [],
  texts: [],
}
/** All that a register says of a firm nobody has described. */
const silent: Supplier = {
  ...{ siren: sirenOf('732829320'), name: 'Quillefer Zibeline', unnamed: false, otherNames: [], state: 'ceased' },
  ...{ location: {}, themes: [], bricks: [], tags: [], offers: [], roles: [], labels: [], certifications: [] },
  ...{ hosting: [], texts: [], sources: ['demo'], updatedAt: '2026-01-02' },
}
const suppliers = [...demo, twin, silent]
const engine = await engineOver(t, suppliers)
const search = createSearch(engine)
/** Without time for needs: only the query that is typed. */
const mirror = createMirror(engine, { needsMs: -1 })
const whole = createMirror(engine, { needsMs: 60_000 })

const PAGE = 20
const query = (text: string, page: number): Query => ({ text, filters: {}, sort: 'relevance', page, size: PAGE })

/** Who answers, page by page, as a reader of `/api/search` with its default parameters finds them. */
const searched = async (text: string): Promise<Siren[]> => {
  const found: Siren[] = []
  for (let page = 1; ; page++) {
    const { hits, total } = await search.search(query(text, page), 'fr')
    found.push(...hits.map(hit => hit.supplier.siren))
    if (hits.length === 0 || page * PAGE >= total) return found
  }
}

const standing = async (siren: Siren, text: string) => {
  const { query: own } = await mirror.standings(siren, 'fr', { facts: [], text })
  if (own === null) throw new Error(`"${text}" has no standing`)
  return own
}

const textOf = ({ name, tagline, description, texts, location }: Supplier): string =>
  [name, tagline?.text, description?.text, location.communeName, ...texts.flatMap(text => text.passages)].join(' ')
const WORDS = [...new Set(demo.flatMap(supplier => textOf(supplier).match(/[\p{L}\p{N}’'-]+/gu) ?? []))]
const misspelt = (word: string): string => (word.length < 5 ? word : word.slice(0, 2) + word.slice(3))

/** What buyers type: words of profiles, a brick in one of its names, a town, a firm, a mistake. */
const words = fc.constantFrom(...WORDS)
const piece = fc.oneof(
  words,
  words.map(misspelt),
  fc.constantFrom(...BRICKS.flatMap(brick => [brick.fr, brick.en, ...brick.aliases.slice(0, 2)])),
  fc.constantFrom(...demo.map(supplier => supplier.name)),
  fc.constantFrom('à Rennes', 'en Bretagne', 'pour les écoles', 'alternative à GLPI', 'qui fournit'),
)
const queries = fc.array(piece, { minLength: 1, maxLength: 4 }).map(pieces => pieces.join(' '))

t.test(
  'for any query and firm the rank is the place in the search, and a firm is absent for the reason given',
  async t => {
    await fc.assert(
      fc.asyncProperty(queries, fc.nat(suppliers.length - 1), async (text, any) => {
        const order = await searched(text)
        const firms = [suppliers[any], suppliers.find(({ siren }) => siren === order[any % Math.max(1, order.length)])]
        for (const firm of firms.filter(each => each !== undefined)) {
          const own = await standing(firm.siren, text)
          const place = order.indexOf(firm.siren)
          const said = `"${text}", ${firm.name}: ${own.rank} of ${own.total}, in truth ${place + 1} of ${order.length}`
          if (own.rank !== (place < 0 ? null : place + 1) || own.total !== order.length) throw new Error(said)
          const why = own.hindrances.filter(
            each => each === 'place' || each === 'other-siren' || each === 'too-few-words',
          )
          if ((own.standing === 'absent') !== why.length > 0) throw new Error(`${said}: ${why.join(' ')}`)
          const named = own.own?.explanation.some(line => line.kind === 'name') ?? false
          if (place >= 0 && !named && own.minimum.held < own.minimum.needed) throw new Error(`${said}: too few words`)
        }
      }),
      { numRuns: 50 },
    )
    t.pass('50 queries')
  },
)

t.test('the needs are of the vocabulary, two dozen at most, and ranked as the search ranks them', async t => {
  let found = 0
  for (const supplier of demo.filter((_, index) => index % 18 === 0)) {
    const { needs, unasked, indexed } = await whole.standings(supplier.siren, 'fr', { facts: [] })
    t.equal(indexed, true)
    t.equal(unasked, 0)
    t.ok(needs.length <= MAX_NEEDS, `${needs.length} needs`)
    t.equal(new Set(needs.map(need => need.query.toLowerCase())).size, needs.length, 'each once')
    for (const need of needs.slice(0, 10)) {
      const place = (await searched(need.query)).indexOf(supplier.siren)
      t.equal(need.rank, place < 0 ? null : place + 1, `${supplier.name}, ${need.query}`)
      if (need.rank === null) continue
      found++
      t.ok(need.minimum.held >= need.minimum.needed, `${supplier.name} has the words of ${need.query}, or its brick`)
      t.match(need.evidence?.sourceUrl ?? '', /^https?:|^$/)
      const sum = need.explanation.reduce((total, line) => total + line.value, 0)
      t.ok(Math.abs(sum - (need.score ?? 0)) < 0.005, 'the reasons add up to the score')
    }
  }
  t.ok(found > 10, `${found} needs find their firm`)
})

t.test('firms above are set beside the firm: their columns add up, and their words have fields', async t => {
  const text = 'capteurs de qualité de l’air'
  const order = await searched(text)
  const last = order.at(-1)
  if (last === undefined || order.length <= 6) throw new Error('fewer than seven answer')
  const own = await standing(last, text)
  t.strictSame(
    own.above.map(({ rank }) => rank),
    [1, 2, order.length - 3, order.length - 2, order.length - 1],
  )
  t.strictSame(
    own.above.map(({ siren }) => siren),
    own.above.map(({ rank }) => order[rank - 1]),
  )
  own.above.forEach(({ score }, index) => {
    const sum = own.lines.reduce((total, line) => total + (line.above[index] ?? 0), 0)
    t.ok(Math.abs(sum - score) < 0.005, `${sum} is ${score}`)
  })
  t.ok(own.concepts.every(({ above }) => above.some(({ fields }) => fields.length > 0)))
})

t.test('a firm that is not found is told which words it lacks, and what it has that comes near', async t => {
  let near = 0
  for (const { siren } of demo.filter((_, index) => index % 12 === 0)) {
    const { needs } = await whole.standings(siren, 'fr', { facts: [] })
    const missed = needs.find(need => need.relation === 'neighbour' && need.standing === 'absent' && need.total > 0)
    if (missed === undefined) continue
    t.ok(missed.missing.length > 0)
    t.ok(missed.minimum.held < missed.minimum.needed)
    const own = await standing(siren, missed.query)
    const lacked = own.concepts.filter(concept => concept.own.length === 0 && !concept.optional)
    t.strictSame(
      lacked.map(({ text }) => text),
      missed.missing,
    )
    t.ok(lacked.every(concept => concept.near.every(each => each.kind !== 'brick' || each.brick !== undefined)))
    near += lacked.filter(concept => concept.near.some(each => each.kind === 'brick')).length
  }
  t.ok(near > 0, 'a brick of its own is near to one that it lacks')
})

t.test('what keeps a profile down is named: it has ceased, it has no text', async t => {
  const { query: own, needs } = await whole.standings(silent.siren, 'fr', { facts: [], text: 'Quillefer Zibeline' })
  t.equal(own?.rank, 1, 'its own name finds it')
  t.ok(own?.hindrances.includes('ceased'))
  t.ok(own?.hindrances.includes('no-text'))
  t.strictSame(needs, [], 'without a brick there is no need to replay')
})

t.test('firms of the same name, text or site are named, and no others', async t => {
  const { alike } = await mirror.standings(first.siren, 'fr', { facts: [], sameSite: [silent.siren] })
  const reasons = new Map(alike.map(each => [each.siren, each.reasons]))
  t.strictSame(reasons.get(twin.siren), ['same-name', 'same-text'])
  t.strictSame(reasons.get(silent.siren), ['same-site'])
  t.equal(alike.length, 2)
})

t.test('a firm is found by its name in another spelling, among several by choice, or not at all', async t => {
  const only = sample(5)
  const exact = await mirror.findByName(`sas ${only.name.toUpperCase()}`)
  t.equal(exact.kind === 'found' && exact.supplier.siren, only.siren)
  const several = await mirror.findByName(first.name)
  t.strictSame(
    several.kind === 'choice' && several.suppliers.map(({ siren }) => siren).sort(),
    [first.siren, twin.siren].sort(),
  )
  t.equal((await mirror.findByName('xqzwv')).kind, 'unknown')
  t.equal((await mirror.findByName('***')).kind, 'unknown')
})

t.test('past a thousand answers a firm that has the words is further down, and one that has not is absent', async t => {
  // No catalogue of a test has so many: the engine says that there are, and shows others.
  const crowded = createMirror(
    {
      ...{ suppliers: sirens => engine.suppliers(sirens), complete: async () => [], state: () => engine.state() },
      corrections: words => engine.corrections(words),
      search: async asked => ({ ...(await engine.search(asked)), total: 5000, candidates: [] }),
    },
    { needsMs: -1 },
  )
  const text = first.description?.text.match(/(?<!\p{L})\p{Ll}{9,}/u)?.[0] ?? ''
  const own = await crowded.standings(first.siren, 'fr', { facts: [], text })
  t.match(own.query, { rank: null, standing: 'beyond', total: 5000 })
  const other = await crowded.standings(silent.siren, 'fr', { facts: [], text })
  t.match(other.query, { rank: null, standing: 'absent' })
})

t.test('a firm that is not indexed has no rank', async t => {
  t.equal((await mirror.standings(sirenOf('356000000'), 'fr', { facts: [], text: 'capteur' })).indexed, false)
})

t.test('so many are computed at once, so many wait, the next is refused, and who leaves frees a place', async t => {
  const gate = createGate(1, 1)
  const open = Promise.withResolvers<void>()
  const running = gate.run(() => open.promise)
  const leaving = new AbortController()
  const waiting = gate.run(async () => 'done', leaving.signal)
  await t.rejects(
    gate.run(async () => 'never'),
    { name: 'EngineTroubleError' },
  )
  leaving.abort(new Error('left'))
  await t.rejects(waiting, { message: 'left' })
  const next = gate.run(async () => 'next')
  open.resolve()
  await running
  t.equal(await next, 'next')
  t.equal(await gate.run(async () => 'free'), 'free')
})
