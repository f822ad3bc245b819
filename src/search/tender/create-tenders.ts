import type { Searcher } from '../../engine/engine.ts'
import { broaderBricks } from '../../model/brick-tree.ts'
import { brickById } from '../../model/bricks.ts'
import { certificationName } from '../../model/certifications.ts'
import type { Language } from '../../model/language.ts'
import type { Narrowing } from '../../model/query.ts'
import { rangesOf } from '../../model/ranges.ts'
import type {
  TenderBrick,
  TenderCombination,
  TenderRequirement,
  TenderResult,
  TenderWarning,
} from '../../model/tender.ts'
import { askedLabel, notice, supplyAdvice, uncoveredAdvice } from './advice.ts'
import type { FactsOf } from './cells.ts'
import { combinations } from './combinations.ts'
import { askedFor, candidatesOf, isTerm, termId } from './engine-brick.ts'
import { createMatrix, type Matrix, type MatrixSupplier, ranked, rowOf, type ScoredSupplier } from './matrix.ts'
import { findMissing } from './missing-brick.ts'
import { readTender } from './read-tender.ts'
import { type Restriction, remedyOf } from './restrictions.ts'
import type { TenderChoices, Tenders } from './tenders.ts'

/** So many bricks become columns: a page and an engine have limits, a specification has not. */
const MOST_COLUMNS = 30
/** So many suppliers are shown; combinations look at all. */
const MOST_ROWS = 50

const isAsked = ({ status }: TenderBrick): boolean => status === 'required' || status === 'optional'

/** The bricks of the text with the writer's word on them, and the terms that were ticked. */
const chosenBricks = (
  read: readonly TenderBrick[],
  { statuses, terms }: TenderChoices,
  language: Language,
): TenderBrick[] => {
  const known = new Set(read.map(brick => brick.id))
  const added = [...statuses].filter(([id]) => !known.has(id) && brickById(id) !== undefined)
  const own = (id: string, label: string, status: TenderBrick['status']): TenderBrick => ({
    ...{ id, label, status, weight: 1, evidence: [] },
  })
  return [
    ...read.map(brick => ({ ...brick, status: statuses.get(brick.id) ?? brick.status })),
    ...added.map(([id, status]) => own(id, askedLabel(id, language), status)),
    ...terms.map(term => own(termId(term), term, statuses.get(termId(term)) ?? 'required')),
  ]
}

/** What the writer added comes first when there is too much; the order of the columns stays. */
const columnsOf = (bricks: readonly TenderBrick[]): TenderBrick[] => {
  const asked = bricks.filter(isAsked)
  const [own, read] = [
    asked.filter(brick => brick.evidence.length === 0),
    asked.filter(brick => brick.evidence.length > 0),
  ]
  const kept = new Set([...own, ...read].slice(0, MOST_COLUMNS))
  return asked.filter(brick => kept.has(brick))
}

const covers = ({ cells }: MatrixSupplier, brick: string): boolean =>
  cells.some(cell => cell.brick === brick && cell.coverage !== 'unknown')

/** How many of the suppliers of the most insistent brick are left by each other requirement. */
const requirementsOf = (
  { suppliers, totals }: Matrix,
  required: readonly TenderBrick[],
  restrictions: readonly Restriction[],
): TenderRequirement[] => {
  const heart = required.find(brick => (totals.get(brick.id) ?? 0) > 0)
  if (heart === undefined) return []
  const pool = suppliers.filter(each => covers(each, heart.id))
  const bricks = required
    .filter(brick => brick.id !== heart.id)
    .map(({ id, label }) => ({
      label,
      brick: id,
      before: pool.length,
      after: pool.filter(each => covers(each, id)).length,
    }))
  const certificates = [...new Set(restrictions.flatMap(each => each.certification ?? []))].map(certification => ({
    label: certificationName(certification),
    certification,
    before: pool.length,
    after: pool.filter(({ supplier }) => supplier.certifications.some(each => each.id === certification)).length,
  }))
  return [...certificates, ...bricks]
}

/** A product that is there already, and that the bought thing must work with, may be called by its name. */
const isThere = ({ kind, brick }: Restriction, bricks: readonly TenderBrick[]): boolean =>
  kind === 'brand' && bricks.some(each => each.id === brick && !isAsked(each))

const warningsOf = (
  restrictions: readonly Restriction[],
  requirements: readonly TenderRequirement[],
  { totals }: Matrix,
  required: readonly TenderBrick[],
  language: Language,
): TenderWarning[] => {
  const made = restrictions.map((restriction): TenderWarning => {
    const { kind, span, sentence, page, certification } = restriction
    const left = requirements.find(each => certification !== undefined && each.certification === certification)?.after
    return {
      ...{ kind, span, sentence, ...remedyOf(restriction, language) },
      ...(page !== undefined && { page }),
      ...(left !== undefined && { suppliersLeft: left }),
    }
  })
  const single = required.filter(brick => totals.get(brick.id) === 1)
  return [
    ...made,
    ...single.map(({ id, label, evidence }): TenderWarning => {
      const [first] = evidence
      return {
        kind: 'single-supplier',
        span: first?.span ?? label,
        ...(first && { sentence: first.sentence }),
        ...(first?.page !== undefined && { page: first.page }),
        advice: supplyAdvice(1, language),
        ...uncoveredWording(id, language),
        suppliersLeft: 1,
      }
    }),
  ]
}

const uncoveredWording = (id: string, language: Language): { readonly wording?: string } => {
  const [broader] = isTerm(id) ? [] : broaderBricks(id)
  const { wording } = uncoveredAdvice(id, broader && { id: broader.id, suppliers: 1 }, language)
  return wording === undefined ? {} : { wording }
}

const uncoveredOf = async (
  engine: Searcher,
  bricks: readonly TenderBrick[],
  within: Narrowing,
  language: Language,
): Promise<TenderResult['uncovered']> => {
  const found: TenderResult['uncovered'] = []
  for (const { id } of bricks) {
    let wider: { id: string; suppliers: number } | undefined
    for (const { id: broader } of isTerm(id) ? [] : broaderBricks(id)) {
      const { total } = await candidatesOf(engine, askedFor(broader), within, { limit: 0 })
      wider = { id: broader, suppliers: total }
      if (total > 0) break
    }
    found.push({
      brick: id,
      broader: wider?.id ?? null,
      ...(wider && { suppliers: wider.suppliers }),
      ...uncoveredAdvice(id, wider, language),
    })
  }
  return found
}

const combinationsOf = (
  suppliers: readonly ScoredSupplier[],
  required: readonly TenderBrick[],
): TenderCombination[] => {
  const goal = new Set(required.map(brick => brick.id))
  const candidates = suppliers.map(({ supplier, cells, score }) => {
    const covered = cells.filter(cell => cell.coverage !== 'unknown' && goal.has(cell.brick))
    return { id: supplier.siren, siren: supplier.siren, covers: new Set(covered.map(cell => cell.brick)), value: score }
  })
  const bySiren = new Map(candidates.map(each => [each.id as string, each]))
  return combinations(candidates, goal).map(set => {
    const members = set.flatMap(each => bySiren.get(each.id) ?? [])
    const covered = [...goal].filter(brick => members.some(each => each.covers.has(brick)))
    return {
      suppliers: members.map(each => each.siren),
      covers: covered,
      missing: [...goal].filter(brick => !covered.includes(brick)),
      shares: members.map(each => ({ siren: each.siren, bricks: covered.filter(brick => each.covers.has(brick)) })),
    }
  })
}

/** The first suppliers by score, and whoever is part of a combination: its evidence must be there to read. */
const shownRows = (
  rows: readonly ScoredSupplier[],
  together: readonly TenderCombination[],
): readonly ScoredSupplier[] => {
  const members = new Set(together.flatMap(each => each.suppliers))
  return rows.filter(({ supplier }, index) => index < MOST_ROWS || members.has(supplier.siren))
}

/** The analysis of tenders over an engine; `factsOf` gives the facts of a supplier, for bricks that a source states. */
export const createTenders = (engine: Searcher, factsOf: FactsOf): Tenders => ({
  analyse: async (document, choices, language, { signal } = {}) => {
    const reading = await readTender(document, language, signal)
    const bricks = chosenBricks(reading.bricks, choices, language)
    const ranges = rangesOf(choices.ranges ?? {})
    const within = { filters: choices.filters, ...(ranges && { ranges }) }
    const columns = columnsOf(bricks)
    const asked = columns.map(brick => askedFor(brick.id))
    const matrix = await createMatrix(engine, asked, within, factsOf, signal)
    const required = columns.filter(brick => brick.status === 'required')
    const rows = ranked(matrix, choices.weights, { language, bricks: columns, near: choices.near })
    const restrictions = reading.restrictions.filter(each => !isThere(each, bricks))
    const requirements = requirementsOf(matrix, required, restrictions)
    const together = combinationsOf(rows, required)
    const counted = (id: string): number => matrix.totals.get(id) ?? 0
    const chosen = new Set(choices.terms)
    const missing =
      choices.missing &&
      (await findMissing(engine, { ...choices.missing, within, language, columns: asked }, factsOf, signal))
    return {
      document: {
        characters: document.blocks.reduce((sum, block) => sum + block.text.length, 0),
        ...(document.pages !== undefined && { pages: document.pages }),
      },
      sections: reading.sections,
      bricks: bricks.map(brick => (matrix.totals.has(brick.id) ? { ...brick, suppliers: counted(brick.id) } : brick)),
      suggestedTerms: reading.terms.map(each => (chosen.has(each.term) ? { ...each, chosen: true } : each)),
      matrix: shownRows(rows, together).map(rowOf),
      warnings: warningsOf(restrictions, requirements, matrix, required, language),
      requirements,
      uncovered: await uncoveredOf(
        engine,
        columns.filter(brick => counted(brick.id) === 0),
        within,
        language,
      ),
      combinations: together,
      advice: required.map(({ id }) => ({
        brick: id,
        suppliers: counted(id),
        text: supplyAdvice(counted(id), language),
      })),
      ...(missing && { missing }),
      notice: notice(language),
    }
  },
})
