import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { rankAll } from '../../indexer/evaluate.ts'
import { figuresOf } from '../../indexer/evaluation.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { demonstrationSuppliers, engineOver, importedSuppliers } from '../support/demonstration.ts'
import { sharedPath, skipWithout } from '../support/shared-data.ts'

/**
 * The ranking of the needs of `seed/judgements` may not get worse. A floor stands .03 below what was measured: the
 * noise of so few needs. Raise it when the ranking gets better; lower it only with the reason beside it.
 */

/** nDCG@10 less .03; measured on 2026-11-22: .973, .918, .592 and .519. */
const FLOORS = {
  'tuning demo': 0.94,
  'held-out demo': 0.885,
  'tuning real': 0.56,
  'held-out real': 0.485,
} as const

const Need = Type.Object({
  query: Type.String(),
  catalogue: Type.Enum(['demo', 'real']),
  relevant: Type.Array(Type.String()),
  grades: Type.Record(Type.String(), Type.Integer()),
  none: Type.Optional(Type.Literal(true)),
})
type Need = Static<typeof Need>

/** The needs of one half for one catalogue; without those that nobody answers, which have no best ranking. */
const needsOf = (half: 'tuning' | 'held-out', catalogue: Need['catalogue']): Need[] =>
  readFileSync(new URL(`../../seed/judgements/${half}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => Value.Parse(Need, JSON.parse(line)))
    .filter(need => need.catalogue === catalogue && need.none !== true)

const checkFloors = async (test: Test, engine: Engine, catalogue: Need['catalogue']): Promise<void> => {
  for (const half of ['tuning', 'held-out'] as const) {
    const needs = needsOf(half, catalogue)
    test.ok(needs.length > 20, `${needs.length} needs`)
    const figures = figuresOf(needs, await rankAll(engine, needs))
    const floor = FLOORS[`${half} ${catalogue}`]
    const said = `${half}, ${catalogue}: nDCG@10 ${figures.ndcg10.toFixed(3)}, at least ${floor}`
    test.ok(figures.ndcg10 >= floor, said)
    test.comment(`${said}; hit@1 ${figures.hit1.toFixed(3)}, hit@10 ${figures.hit10.toFixed(3)}`)
    // A need with an answer that finds nobody is worse than one ranked badly: it tells the buyer that there is none.
    test.equal(figures.zeroResults, 0, `${half}, ${catalogue}: every need finds somebody`)
  }
}

t.test('the needs of the demonstration are ranked as well as when last measured', async t => {
  await checkFloors(t, await engineOver(t, await demonstrationSuppliers()), 'demo')
})

t.test(
  'the needs of the laureates of i-Lab and i-Nov are ranked as well as when last measured',
  { skip: skipWithout('data/ilab') || skipWithout('data/inov_entreprises') },
  async t => {
    const file = (path: string): string => sharedPath(path) ?? ''
    const suppliers = await importedSuppliers([
      { id: 'ilab', files: [file('data/ilab/published_format.csv')] },
      { id: 'inov', files: [file('data/inov_entreprises/published_format.json')] },
    ])
    t.equal(suppliers.length, 2956)
    await checkFloors(t, await engineOver(t, suppliers), 'real')
  },
)
