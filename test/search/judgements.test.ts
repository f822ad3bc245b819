import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { MAX_QUERY_LENGTH } from '../../src/model/query.ts'
import { parseSiren } from '../../src/model/siren.ts'
import { THEMES } from '../../src/model/themes.ts'
import { analyseEnglish, analyseExact, analyseFrench } from '../../src/text/analyse.ts'
import { foldAccents } from '../../src/text/folding.ts'
import { sharedPath, skipWithout } from '../support/shared-data.ts'

const LANGUAGES = ['fr', 'en'] as const
const SEED = fileURLToPath(new URL('../../seed/', import.meta.url))

const Query = Type.String({ minLength: 2, maxLength: MAX_QUERY_LENGTH })
const Sirens = Type.Array(Type.String({ pattern: '^[0-9]{9}$' }), { uniqueItems: true })
const closed = { additionalProperties: false }
const shared = {
  id: Type.String({ pattern: '^(fr|en)-[0-9]{3}$' }),
  query: Query,
  language: Type.Enum([...LANGUAGES]),
  catalogue: Type.Enum(['demo', 'real']),
  relevant: Sirens,
}
const Grade = Type.Integer({ minimum: 0, maximum: 3 })
const Need = Type.Object(
  {
    ...shared,
    theme: Type.Enum(THEMES.map(theme => theme.id)),
    grades: Type.Record(Type.String({ pattern: '^[0-9]{9}$' }), Grade),
    none: Type.Optional(Type.Literal(true)),
  },
  closed,
)
const Mismatch = Type.Object({ ...shared, id: Type.String({ pattern: '^mm-[0-9]{2}$' }) }, closed)
const Twin = Type.Object(
  { of: shared.id, kind: Type.Enum(['typo', 'no-accent', 'plural', 'acronym', 'translation']), query: Query },
  closed,
)

/** The lines of a file of judgements; throws where one has another shape. */
const lines = <T extends TSchema>(file: string, schema: T): Static<T>[] =>
  readFileSync(`${SEED}judgements/${file}`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line, index) => {
      const value: unknown = JSON.parse(line)
      if (Value.Check(schema, value)) return value
      throw new Error(`${file}:${index + 1} ${JSON.stringify(Value.Errors(schema, value)[0])}`)
    })

const tuning = lines('tuning.jsonl', Need)
const heldOut = lines('held-out.jsonl', Need)
const needs = [...tuning, ...heldOut]
const mismatch = lines('mismatch.jsonl', Mismatch)
const twins = [
  { of: tuning, list: lines('twins-tuning.jsonl', Twin) },
  { of: heldOut, list: lines('twins-held-out.jsonl', Twin) },
]

const Profile = Type.Object({
  siren: Type.String(),
  name: Type.String(),
  tagline: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  tags: Type.Optional(Type.Array(Type.String())),
  offers: Type.Optional(Type.Array(Type.Object({ name: Type.String(), description: Type.Optional(Type.String()) }))),
  pages: Type.Optional(Type.Array(Type.Object({ passages: Type.Array(Type.String()) }))),
})

/** All that an invented supplier says of itself. */
const ownText = ({ name, tagline, description, tags = [], offers = [], pages = [] }: Static<typeof Profile>): string =>
  [
    name,
    tagline,
    description,
    ...tags,
    ...offers.flatMap(offer => [offer.name, offer.description]),
    ...pages.flatMap(page => page.passages),
  ].join('\n')

/** The texts of the demonstration catalogue, by SIREN. */
const demo = new Map<string, string>()
for (const file of readdirSync(`${SEED}suppliers`)) {
  const profiles: unknown = JSON.parse(readFileSync(`${SEED}suppliers/${file}`, 'utf8'))
  if (!Value.Check(Type.Array(Profile), profiles)) throw new Error(`seed/suppliers/${file} is not a list of profiles`)
  for (const profile of profiles) demo.set(profile.siren, ownText(profile))
}

/** Swaps, drops, insertions and replacements of one letter, one of them (Damerau–Levenshtein distance 1). */
const isOneSlip = (a: string, b: string): boolean => {
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const swapped = left.length === 2 && left === [...right].reverse().join('')
  return a !== b && ((left.length <= 1 && right.length <= 1) || swapped)
}

const unique = (values: readonly string[]): boolean => new Set(values).size === values.length

t.test('no need, and no query, stands in both halves or twice', async t => {
  t.ok(unique(needs.map(need => need.id)))
  t.ok(unique(needs.map(need => foldAccents(need.query.toLowerCase()))))
  t.ok(unique(mismatch.map(pair => pair.id)))
  for (const need of needs) t.ok(need.id.startsWith(need.language), `${need.id} names its language`)
})

t.test('the relevant suppliers of a need are those graded 2 or 3, best first', async t => {
  for (const { id, grades, relevant, none } of needs) {
    const good = Object.keys(grades).filter(siren => (grades[siren] ?? 0) >= 2)
    t.same(new Set(relevant), new Set(good), id)
    const order = relevant.map(siren => grades[siren] ?? 0)
    t.same(
      order,
      order.toSorted((a, b) => b - a),
      `${id}: best first`,
    )
    t.equal(none === true, good.length === 0, `${id}: "none" says that nobody answers`)
  }
  const nobody = needs.filter(need => need.none).length
  t.ok(nobody > 0 && nobody <= 0.05 * needs.length, `${nobody} needs without an answer`)
})

t.test('every SIREN passes its check digit and belongs to its catalogue', async t => {
  for (const { id, catalogue, relevant, grades } of [...needs, ...mismatch.map(pair => ({ ...pair, grades: {} }))]) {
    for (const siren of [...relevant, ...Object.keys(grades)]) {
      if (parseSiren(siren) !== siren) t.fail(`${id}: ${siren} is not a SIREN`)
      if (catalogue === 'demo' && !demo.has(siren)) t.fail(`${id}: ${siren} is not in seed/suppliers`)
      if (catalogue === 'real' && siren.startsWith('000')) t.fail(`${id}: ${siren} is an invented one`)
    }
  }
})

t.test(
  'a real SIREN is one of the laureates',
  { skip: skipWithout('data/ilab') || skipWithout('data/inov_entreprises') },
  async t => {
    const files = ['data/ilab/published_format.csv', 'data/inov_entreprises/published_format.json']
    const published = files.map(file => readFileSync(sharedPath(file) ?? '', 'utf8')).join('\n')
    const laureates = new Set(published.match(/[0-9]{9}/g))
    for (const { id, catalogue, relevant } of [...needs, ...mismatch]) {
      if (catalogue === 'demo') continue
      for (const siren of relevant) t.ok(laureates.has(siren), `${id}: ${siren}`)
    }
  },
)

t.test('both halves have as many needs of each language and catalogue, enough to measure', async t => {
  for (const language of LANGUAGES) {
    for (const catalogue of ['demo', 'real']) {
      const count = (half: typeof needs): number =>
        half.filter(need => need.language === language && need.catalogue === catalogue).length
      t.ok(Math.abs(count(tuning) - count(heldOut)) <= 2, `${language} ${catalogue}`)
    }
  }
  t.ok(needs.filter(need => need.language === 'fr').length >= 70)
  t.ok(needs.filter(need => need.language === 'en').length >= 35)
})

t.test('a twin is another spelling of a need of its own half', async t => {
  for (const { of, list } of twins) {
    const queries = new Map(of.map(need => [need.id, need.query]))
    t.ok(unique(list.map(twin => `${twin.of} ${twin.query}`)))
    for (const twin of list) {
      const query = queries.get(twin.of)
      t.ok(query !== undefined && query !== twin.query, `${twin.of} ${twin.kind}`)
      if (twin.kind === 'no-accent') t.equal(twin.query, query && foldAccents(query))
      if (twin.kind === 'typo') t.ok(isOneSlip(query ?? '', twin.query), `${twin.of}: one slip in “${twin.query}”`)
    }
  }
})

t.test('a mismatch pair shares no content word with the supplier, by form or by stem', async t => {
  /** Words of grammar that no stop list holds. */
  const grammar = new Set(['a', 'chez', 'des', 'ou', 'quand'])
  const chains = [analyseExact, analyseFrench, analyseEnglish]
  for (const { id, catalogue, query, relevant } of mismatch) {
    t.ok(relevant.length > 0, id)
    if (catalogue === 'real') continue
    const content = analyseExact(query).filter(({ term }) => !grammar.has(term))
    for (const siren of relevant) {
      const text = demo.get(siren) ?? ''
      for (const chain of chains) {
        const held = new Set(chain(text).map(token => token.term))
        const asked = content.flatMap(({ start, end }) => chain(query.slice(start, end)))
        t.same(
          asked.filter(({ term }) => held.has(term)).map(({ term }) => term),
          [],
          `${id} ${siren}`,
        )
      }
    }
  }
  for (const catalogue of ['demo', 'real']) {
    t.equal(mismatch.filter(pair => pair.catalogue === catalogue).length, 20)
  }
})
