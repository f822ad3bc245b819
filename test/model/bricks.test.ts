import { readFileSync } from 'node:fs'
import t from 'tap'
import { Value } from 'typebox/value'
import { Brick } from '../../src/model/brick.ts'
import { BRICKS, brickById, brickLabel } from '../../src/model/bricks.ts'
import { themeById } from '../../src/model/themes.ts'
import { analyseAll, analyseExact } from '../../src/text/analyse.ts'
import { redactPersonalData } from '../../src/text/redact.ts'
import { createMatcher, singular } from '../../src/text/vocabulary.ts'
import { sharedPath, skipWithout } from '../support/shared-data.ts'

/** Where two bricks may share a form: both write it as an acronym and say near which words they are meant. */
interface Claim {
  readonly brick: string
  readonly expression: string
  readonly withContext: boolean
}

/** All that names a brick but its acronyms. */
const expressionsOf = ({ fr, en, aliases, replaces = [] }: Brick): string[] => [fr, en, ...aliases, ...replaces]

/** The words that the matcher lets come and go, spelled out here so that a change there is noticed. */
const CONNECTING = new Set(
  'le la les l de du des d un une a au aux en et ou pour par sur avec dans the of for and in an on to with'.split(' '),
)

/** The form in which the matcher compares: its connecting words dropped, plurals off unless it is an acronym. */
const normalForm = (expression: string, acronym = false): string =>
  analyseAll(expression)
    .map(token => token.term)
    .filter(term => !CONNECTING.has(term))
    .map(term => (acronym ? term : singular(term)))
    .join(' ')

const claimsOf = (brick: Brick): (readonly [string, Claim])[] => {
  const claim = (expression: string, acronym: boolean, withContext: boolean): readonly [string, Claim] => [
    normalForm(expression, acronym),
    { brick: brick.id, expression, withContext },
  ]
  return [
    ...[brick.fr, brick.en, ...brick.aliases, ...(brick.replaces ?? [])].map(each => claim(each, false, false)),
    ...(brick.acronyms ?? []).map(({ form, context = [] }) => claim(form, true, context.length > 0)),
  ]
}

t.test('the vocabulary is large, and every row is a brick of the schema', async t => {
  t.ok(BRICKS.length >= 700, `${BRICKS.length}`)
  const wrong = BRICKS.flatMap(brick => Value.Errors(Brick, brick).map(error => `${brick.id}: ${error.message}`))
  t.strictSame(wrong, [])
})

t.test('ids are unique and sorted, so that two changes of the file meet where they differ', async t => {
  const ids = BRICKS.map(brick => brick.id)
  t.equal(new Set(ids).size, ids.length)
  t.strictSame(ids, [...ids].sort())
  for (const id of ids) t.equal(brickById(id)?.id, id)
  t.equal(brickLabel('id-that-nobody-gave', 'fr'), 'id-that-nobody-gave')
})

t.test('no expression is claimed by two bricks, unless both are acronyms that need their context', async t => {
  const claims = new Map<string, Claim[]>()
  for (const [form, claim] of BRICKS.flatMap(claimsOf)) claims.set(form, [...(claims.get(form) ?? []), claim])
  const disputed = [...claims.values()]
    .filter(same => new Set(same.map(claim => claim.brick)).size > 1 && !same.every(claim => claim.withContext))
    .map(same => same.map(({ brick, expression }) => `${brick}: ${expression}`).join(' / '))
  t.strictSame(disputed, [])
})

t.test('broader bricks exist, and no brick is broader than itself through others', async t => {
  for (const { id, broader } of BRICKS) {
    if (broader === undefined) continue
    const passed = new Set([id])
    for (let above: string | undefined = broader; above !== undefined; above = brickById(above)?.broader) {
      t.ok(brickById(above), `${id}: "${above}" is no brick`)
      if (passed.has(above)) {
        t.fail(`${id} is broader than itself`)
        break
      }
      passed.add(above)
    }
  }
})

t.test('every brick has a theme of the product, and only such', async t => {
  for (const { id, themes } of BRICKS) {
    t.ok(themes.length > 0, id)
    t.equal(new Set(themes).size, themes.length, id)
    for (const theme of themes) t.ok(themeById(theme), `${id}: "${theme}" is no theme`)
  }
})

t.test('every expression leaves words to the analyser', async t => {
  const empty = BRICKS.flatMap(brick =>
    expressionsOf(brick)
      .filter(expression => analyseExact(expression).length === 0 || normalForm(expression) === '')
      .map(expression => `${brick.id}: "${expression}"`),
  )
  t.strictSame(empty, [])
})

t.test('every label, alias and product is recognised as its own brick', async t => {
  const matcher = createMatcher(BRICKS)
  const isRecognised = (id: string, text: string, kind: 'query' | 'document'): boolean =>
    matcher.find(text, kind).some(match => match.brick === id)
  const missed: string[] = []
  for (const { id, fr, en, aliases, replaces = [] } of BRICKS) {
    for (const text of [fr, en, ...aliases]) {
      if (!isRecognised(id, text, 'document')) missed.push(`${id}: "${text}" in documents`)
      if (!isRecognised(id, text, 'query')) missed.push(`${id}: "${text}" in queries`)
    }
    for (const text of replaces) {
      if (!isRecognised(id, text, 'query')) missed.push(`${id}: "${text}" in queries`)
    }
  }
  t.strictSame(missed, [])
})

t.test('every acronym is recognised, beside a word of its context when it has one', async t => {
  const matcher = createMatcher(BRICKS)
  const missed: string[] = []
  for (const { id, acronyms = [] } of BRICKS) {
    for (const { form, context = [] } of acronyms) {
      if (context.length === 0) {
        if (!matcher.find(form, 'document').some(match => match.brick === id)) missed.push(`${id}: ${form}`)
        continue
      }
      t.notOk(
        matcher.find(form, 'document').some(match => match.brick === id && match.expression === form),
        `${id}: "${form}" needs a word of its context in a document`,
      )
      for (const word of context) {
        // A comma keeps the two from being one longer expression.
        const found = matcher.find(`${word}, ${form}`, 'query')
        if (!found.some(match => match.brick === id)) missed.push(`${id}: "${form}" near "${word}"`)
      }
    }
  }
  t.strictSame(missed, [])
})

t.test('the codes of the Common Procurement Vocabulary exist', { skip: skipWithout('data/cpv') }, async t => {
  const known = new Set(
    readFileSync(sharedPath('data/cpv/cpv_2008_fr_en_de_es.csv') ?? '', 'utf8')
      .split('\n')
      .map(line => line.slice(0, 8)),
  )
  const unknown = BRICKS.flatMap(({ id, cpv = [] }) =>
    cpv.filter(code => !known.has(code)).map(code => `${id}: ${code}`),
  )
  t.strictSame(unknown, [])
  t.ok(BRICKS.filter(({ cpv = [] }) => cpv.length > 0).length > BRICKS.length / 2, 'most bricks have one')
})

t.test('the vocabulary names no person and holds no address', async t => {
  for (const brick of BRICKS) {
    const text = [brick.definition ?? '', ...expressionsOf(brick)].join('\n')
    t.notMatch(text, /[\w.+-]+@[\w-]+\.[a-z]{2,}|https?:|www\./iu, brick.id)
    t.equal(redactPersonalData(text), text, brick.id)
  }
})
