import { html } from 'ghtml'
import { brickLabel } from '../../model/bricks.ts'
import type { TenderBrick, TenderCell, TenderReason, TenderRow, TenderSupplier } from '../../model/tender.ts'
import type { PageContext } from '../context.ts'
import { formatNumber, formatScore } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, markedText, NOTHING } from '../markup.ts'
import { type AnalysedView, proofId, TENDER_FORM } from '../tender-view.ts'
import { supplierPath } from '../urls.ts'
import { type Proof, proofMark } from './proof.ts'
import { sourceLine } from './source-line.ts'
import { columnsOf } from './tender-bricks.ts'

/** A page shows so many suppliers; the API has more. */
const SHOWN_ROWS = 20

/** The first by score, and whoever is part of a combination: its evidence must be on the page. */
const shownRows = ({ result }: AnalysedView): readonly TenderRow[] => {
  const members = new Set(result.combinations.flatMap(each => each.suppliers))
  return result.matrix.filter(({ supplier }, index) => index < SHOWN_ROWS || members.has(supplier.siren))
}

const legend = (context: PageContext): Fragment => {
  const texts = textsOf(context.language)
  const row = (proof: Proof, by: string): Fragment =>
    html`<li>!${proofMark(proof, texts)} <small class="soft">${by}</small></li>`
  const { attestedBy, declaredBy, unknownBy } = texts.tender
  return html`<ul class="legend" aria-label="${texts.tender.legend}">!${row('attested', attestedBy)}!${row('declared', declaredBy)}!${row('unknown', unknownBy)}</ul>`
}

const place = ({ commune, department }: TenderSupplier): string =>
  commune === undefined ? '' : department === undefined ? commune : `${commune} (${department})`

const matrixCell = (
  cell: TenderCell,
  column: number,
  row: TenderRow,
  brick: TenderBrick,
  context: PageContext,
): Fragment => {
  const { tender } = textsOf(context.language)
  const word = tender.cell[cell.coverage]
  if (cell.coverage === 'unknown') return html`<td><span class="cell cell--unknown">${word}</span></td>`
  const { siren, name } = row.supplier
  return html`<td><a class="cell cell--${cell.coverage}" href="#${proofId(siren, column)}">${word}<span class="hidden">${tender.cellOf(name, brick.label)}</span></a></td>`
}

const matrixRow = (
  row: TenderRow,
  columns: readonly TenderBrick[],
  context: PageContext,
  chosen: ReadonlySet<string>,
): Fragment => {
  const { language } = context
  const { tender } = textsOf(language)
  const { siren, name } = row.supplier
  const cells = columns.map((brick, column) => {
    const cell = row.cells.find(each => each.brick === brick.id)
    return matrixCell(cell ?? { brick: brick.id, coverage: 'unknown', passages: [] }, column, row, brick, context)
  })
  return html`<tr><th scope="row"><div class="matrix-name"><input class="no-print" type="checkbox" form="${TENDER_FORM}" name="chosen" value="${siren}" aria-label="${tender.chooseRow(name)}" !${chosen.has(siren) ? 'checked' : NOTHING}>
<div><a href="${supplierPath(language, siren)}">${name}</a> <small class="soft">${place(row.supplier)}</small> <small class="soft">${tender.score(formatScore(row.score, language))}</small></div></div></th>!${cells}</tr>`
}

/** Who covers what: suppliers in rows by score, bricks in columns, and under each brick how many there are. */
export const tenderMatrix = (context: PageContext, view: AnalysedView): Fragment => {
  const { language } = context
  const { tender } = textsOf(language)
  const columns = columnsOf(view.result)
  const rows = shownRows(view)
  if (columns.length === 0 || rows.length === 0) return NOTHING
  const chosen = new Set<string>(view.choices.missing?.chosen)
  const heading = ({ label, status }: TenderBrick): Fragment =>
    html`<th scope="col">${label}!${status === 'optional' ? html` <small class="soft">(${tender.optionalColumn})</small>` : NOTHING}</th>`
  const total = ({ suppliers = 0 }: TenderBrick): Fragment =>
    suppliers === 0
      ? html`<td><strong>${tender.none}</strong></td>`
      : html`<td>${formatNumber(suppliers, language)}</td>`
  const left = view.result.matrix.length - rows.length
  return html`<section class="stack" aria-labelledby="couverture"><h2 id="couverture">${tender.who}</h2>!${legend(context)}
<div class="matrix scroll" tabindex="0" role="region" aria-label="${tender.matrix}"><table>
<caption class="hidden">${tender.matrixCaption(rows.length, columns.length)}</caption>
<thead><tr><th scope="col">${tender.supplier}</th>!${columns.map(heading)}</tr></thead>
<tbody>!${rows.map(row => matrixRow(row, columns, context, chosen))}</tbody>
<tfoot><tr><th scope="row">${tender.suppliers}</th>!${columns.map(total)}</tr></tfoot></table></div>
!${left > 0 ? html`<p class="small soft">${tender.more(left)}</p>` : NOTHING}
<p class="small soft">${view.result.notice}</p></section>`
}

/** The sentences of a cell, with their source and date. */
export const cellEvidence = (cell: TenderCell, context: PageContext): Fragment => {
  const { language } = context
  const texts = textsOf(language)
  const by =
    cell.by === undefined ? NOTHING : html`<p class="small soft">${texts.tender.by(brickLabel(cell.by, language))}</p>`
  const passages = cell.passages.map(passage => {
    const said =
      passage.text === ''
        ? html`<p class="small soft">${texts.tender.noSentence}</p>`
        : html`<blockquote class="quote"><p>!${markedText(passage.text)}</p></blockquote>`
    return html`!${said}<p class="source">!${proofMark(cell.coverage, texts)} !${sourceLine(passage, language)}</p>`
  })
  return html`!${by}!${passages}`
}

const reasonRow = ({ label, detail, known, value }: TenderReason, { language }: PageContext): Fragment =>
  html`<tr><th scope="row">${label}</th><td>!${known ? html`${detail}` : html`<em>${detail}</em>`}</td><td class="num">${formatScore(value, language)}</td></tr>`

const reasons = (row: TenderRow, context: PageContext): Fragment => {
  const { language } = context
  const { tender } = textsOf(language)
  if (row.explanation.length === 0) return NOTHING
  const { least, most } = row.range
  const range =
    least < most
      ? html` <span class="soft">${tender.range(formatScore(least, language), formatScore(most, language))}</span>`
      : NOTHING
  return html`<table><thead class="hidden"><tr><th scope="col">${tender.criterion}</th><th scope="col">${tender.known}</th><th scope="col">${tender.points}</th></tr></thead>
<tbody>!${row.explanation.map(line => reasonRow(line, context))}</tbody>
<tfoot><tr><th scope="row">${tender.total}</th><td>!${range}</td><td class="num">${formatScore(row.score, language)}</td></tr></tfoot></table>`
}

const supplierProofs = (row: TenderRow, columns: readonly TenderBrick[], context: PageContext): Fragment => {
  const { tender } = textsOf(context.language)
  const { siren, name } = row.supplier
  const covered = columns.flatMap((brick, column) => {
    const cell = row.cells.find(each => each.brick === brick.id)
    if (cell === undefined || cell.coverage === 'unknown') return []
    return [
      html`<li class="stack-s" id="${proofId(siren, column)}"><h4>${brick.label}</h4>!${cellEvidence(cell, context)}</li>`,
    ]
  })
  return html`<details class="why"><summary>${tender.proofsOf(name)}</summary><div class="stack">!${reasons(row, context)}<ul class="rows">!${covered}</ul></div></details>`
}

/** The evidence of every covered cell, and the points of every supplier. */
export const tenderProofs = (context: PageContext, view: AnalysedView): Fragment => {
  const { tender } = textsOf(context.language)
  const rows = shownRows(view)
  if (rows.length === 0) return NOTHING
  const columns = columnsOf(view.result)
  return html`<section class="stack" aria-labelledby="preuves"><h2 id="preuves">${tender.proofs}</h2><h3 class="hidden">${tender.suppliers}</h3>
!${rows.map(row => supplierProofs(row, columns, context))}</section>`
}
