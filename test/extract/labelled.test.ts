import t from 'tap'
import { EXTRACTORS } from '../../indexer/extract/extractors.ts'
import { labelledSites } from '../support/labelled-sites.ts'
import { figuresByKind, readLabelled } from './labelled.ts'

/** The extractors against what a person read on the pages of invented firms: `measure-labelled.ts` prints the figures. */

const sites = labelledSites()
const judge = (half?: 'tuning' | 'held-out') =>
  figuresByKind(readLabelled(sites.filter(site => half === undefined || site.half === half)))

/** Kinds that are not there yet. */
const LOWER_PRECISION: Readonly<Record<string, number>> = { offer: 0.94 }

t.test('there are pages enough, of firms that no rule was written for too', async t => {
  t.ok(sites.flatMap(site => site.pages).length >= 150)
  t.ok(sites.filter(site => site.half === 'held-out').length >= 5)
  t.equal(new Set(EXTRACTORS.map(({ name }) => name)).size, EXTRACTORS.length)
})

t.test('over all labelled pages, what is found is right and most of it is found, kind by kind', async t => {
  for (const { kind, precision, recall, wrong, missed } of judge()) {
    const worst = [...wrong, ...missed].slice(0, 3).map(({ page, value }) => `${page}: ${value}`)
    t.ok(
      precision >= (LOWER_PRECISION[kind] ?? 0.95),
      `${kind}: precision ${precision.toFixed(3)} (${worst.join('; ')})`,
    )
    t.ok(recall >= 0.85, `${kind}: recall ${recall.toFixed(3)} (${worst.join('; ')})`)
  }
})

t.test('on firms that no rule was written for, it has not become worse', async t => {
  const figures = judge('held-out')
  const sum = (count: (each: (typeof figures)[number]) => number): number =>
    figures.reduce((total, each) => total + count(each), 0)
  const right = sum(each => each.right)
  t.ok(right / (right + sum(each => each.wrong.length)) >= HELD_OUT.precision, 'precision of all facts together')
  t.ok(right / (right + sum(each => each.missed.length)) >= HELD_OUT.recall, 'recall of all facts together')
})

/** Measured on 22 November 2026, less two points. */
const HELD_OUT = { precision: 0.9, recall: 0.82 }
