import { setImmediate as turn } from 'node:timers/promises'
import type { Searcher } from '../../engine/engine.ts'
import { tieOrder, tieSeed } from '../../engine/tie-break.ts'
import type { Narrowing } from '../../model/query.ts'
import type { Siren } from '../../model/siren.ts'
import type { Supplier } from '../../model/supplier.ts'
import type { CriteriaWeights, TenderCell, TenderRow, TenderSupplier } from '../../model/tender.ts'
import { cellOf, type FactsOf } from './cells.ts'
import { type CriteriaContext, type Scored, score } from './criteria.ts'
import { type AskedFor, CANDIDATES, candidatesOf, isTerm } from './engine-brick.ts'

/** Who covers what: every candidate of every brick, looked at for all of them. */

/** A supplier of the matrix with its whole profile. */
export interface MatrixSupplier {
  readonly supplier: Supplier
  readonly cells: readonly TenderCell[]
}

export interface Matrix {
  readonly suppliers: readonly MatrixSupplier[]
  /** How many suppliers each brick has within the filters; of a term, among the candidates. */
  readonly totals: ReadonlyMap<string, number>
}

export const summaryOf = ({ siren, name, location }: Supplier): TenderSupplier => ({
  siren,
  name,
  ...(location.communeName !== undefined && { commune: location.communeName }),
  ...(location.department !== undefined && { department: location.department }),
})

const covers = (cell: TenderCell): boolean => cell.coverage !== 'unknown'

/** Profiles are taken so many at a time, so that other requests are served between. */
const BATCH = 100

/** Asks the engine once a brick, and reads every candidate's profile for all bricks. */
export const createMatrix = async (
  engine: Searcher,
  asked: readonly AskedFor[],
  within: Narrowing,
  factsOf: FactsOf,
  signal?: AbortSignal,
): Promise<Matrix> => {
  const totals = new Map<string, number>()
  const sirens = new Set<Siren>()
  for (const each of asked) {
    const found = await candidatesOf(engine, each, within, { limit: CANDIDATES, signal })
    totals.set(each.id, found.total)
    for (const siren of found.sirens) sirens.add(siren)
    await turn()
  }
  const suppliers: MatrixSupplier[] = []
  const all = [...sirens]
  for (let from = 0; from < all.length; from += BATCH) {
    signal?.throwIfAborted()
    const profiles = await engine.suppliers(all.slice(from, from + BATCH))
    for (const supplier of profiles.values()) {
      const cells = asked.map(each => cellOf(supplier, each, factsOf))
      // A candidate that only has the words, and no sentence that says so, is no answer.
      if (cells.some(covers)) suppliers.push({ supplier, cells })
    }
    await turn()
  }
  for (const { id } of asked) {
    // When all candidates were read, those count whose profile says it; of a term none but these are known.
    if (!isTerm(id) && (totals.get(id) ?? 0) > CANDIDATES) continue
    totals.set(id, suppliers.filter(({ cells }) => cells.some(cell => cell.brick === id && covers(cell))).length)
  }
  return { suppliers, totals }
}

export interface ScoredSupplier extends MatrixSupplier, Scored {}

/** The suppliers by score; equal ones in the neutral order of the bricks asked for. */
export const ranked = ({ suppliers }: Matrix, weights: CriteriaWeights, context: CriteriaContext): ScoredSupplier[] => {
  const seed = tieSeed(context.bricks.map(brick => brick.id).join(' '))
  return suppliers
    .map(each => ({ ...each, ...score(each.supplier, each.cells, weights, context) }))
    .sort(
      (a, b) =>
        b.score - a.score || tieOrder(Number(a.supplier.siren), seed) - tieOrder(Number(b.supplier.siren), seed),
    )
}

export const rowOf = ({ supplier, cells, score, range, explanation }: ScoredSupplier): TenderRow => ({
  supplier: summaryOf(supplier),
  score,
  range,
  explanation,
  cells: [...cells],
})
