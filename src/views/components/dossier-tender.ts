import { html } from 'ghtml'
import type { Dossier } from '../../model/dossier.ts'
import type { Language } from '../../model/language.ts'
import type { TenderBrick, TenderCell, TenderResult, TenderRow } from '../../model/tender.ts'
import type { PageContext } from '../context.ts'
import { formatNumber, formatScore } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { type AnalysedView, proofId } from '../tender-view.ts'
import { columnsOf } from './tender-bricks.ts'
import { tenderCombinations } from './tender-combinations.ts'
import { cellEvidence } from './tender-matrix.ts'
import { brickAdvice, requirements, uncoveredBricks, warnings } from './tender-warnings.ts'

/** The frozen analysis of a need: the page of `/besoin` without what can be chosen there. */

const askedRow = ({ label, status, evidence, suppliers }: TenderBrick, language: Language): Fragment => {
  const { tender, dossier } = textsOf(language)
  const columns = dossier.askedColumns
  const sentences = evidence.map(({ sentence, page }) => {
    const where = page === undefined ? NOTHING : html` <span class="soft">(${tender.page(page)})</span>`
    return html`<li><q class="excerpt">${sentence}</q>!${where}</li>`
  })
  return html`<tr role="row"><th role="rowheader" scope="row">${label}</th>
<td role="cell"><span class="status status--${status}">${tender.status[status]}</span></td>
<td role="cell" data-label="${columns.sentence}"><ul class="plain">!${sentences}</ul></td>
<td role="cell" class="num" data-label="${columns.suppliers}">${suppliers === undefined ? '–' : formatNumber(suppliers, language)}</td></tr>`
}

const asked = ({ bricks }: TenderResult, language: Language): Fragment => {
  const { dossier } = textsOf(language)
  const { brick, status, sentence, suppliers } = dossier.askedColumns
  const head = (text: string, kind = ''): Fragment =>
    html`<th role="columnheader" scope="col" class="${kind}">${text}</th>`
  return html`<section class="stack" aria-labelledby="demandees"><h2 id="demandees">${dossier.asked}</h2>
<table role="table" class="stacked asked-bricks"><thead role="rowgroup"><tr role="row">!${head(brick)}!${head(status)}!${head(sentence)}!${head(suppliers, 'num')}</tr></thead>
<tbody role="rowgroup">!${bricks.map(each => askedRow(each, language))}</tbody></table></section>`
}

const cellOf = (row: TenderRow, brick: TenderBrick): TenderCell =>
  row.cells.find(cell => cell.brick === brick.id) ?? { brick: brick.id, coverage: 'unknown', passages: [] }

const matrixCell = (row: TenderRow, brick: TenderBrick, column: number, language: Language): Fragment => {
  const { tender } = textsOf(language)
  const { coverage } = cellOf(row, brick)
  const word = tender.cell[coverage]
  if (coverage === 'unknown') return html`<td><span class="cell cell--unknown">${word}</span></td>`
  const { siren, name } = row.supplier
  return html`<td><a class="cell cell--${coverage}" href="#${proofId(siren, column)}">${word}<span class="hidden">${tender.cellOf(name, brick.label)}</span></a></td>`
}

const matrix = (result: TenderResult, rows: readonly TenderRow[], language: Language): Fragment => {
  const { tender } = textsOf(language)
  const columns = columnsOf(result)
  if (columns.length === 0 || rows.length === 0) return NOTHING
  const head = ({ label, status }: TenderBrick): Fragment =>
    html`<th scope="col">${label}!${status === 'optional' ? html` <small class="soft">(${tender.optionalColumn})</small>` : NOTHING}</th>`
  const line = (row: TenderRow): Fragment =>
    html`<tr><th scope="row">${row.supplier.name} <small class="soft">${tender.score(formatScore(row.score, language))}</small></th>!${columns.map((brick, column) => matrixCell(row, brick, column, language))}</tr>`
  return html`<section class="stack" aria-labelledby="couverture"><h2 id="couverture">${tender.who}</h2>
<div class="matrix scroll" tabindex="0" role="region" aria-label="${tender.matrix}"><table>
<caption class="hidden">${tender.matrixCaption(rows.length, columns.length)}</caption>
<thead><tr><th scope="col">${tender.supplier}</th>!${columns.map(head)}</tr></thead><tbody>!${rows.map(line)}</tbody></table></div></section>`
}

/** What covers each brick of one supplier: its sentences, and its points. */
const proofsOf = (row: TenderRow, result: TenderResult, context: PageContext): Fragment => {
  const { language } = context
  const { tender } = textsOf(language)
  const covered = columnsOf(result).flatMap((brick, column) => {
    const cell = cellOf(row, brick)
    if (cell.coverage === 'unknown') return []
    return [
      html`<li class="stack-s" id="${proofId(row.supplier.siren, column)}"><h4>${brick.label}</h4>!${cellEvidence(cell, context)}</li>`,
    ]
  })
  const points = row.explanation.map(
    ({ label, detail, value }) =>
      html`<tr><th scope="row">${label}</th><td>${detail}</td><td class="num">${formatScore(value, language)}</td></tr>`,
  )
  const table = html`<table><thead class="hidden"><tr><th scope="col">${tender.criterion}</th><th scope="col">${tender.known}</th><th scope="col">${tender.points}</th></tr></thead><tbody>!${points}</tbody></table>`
  return html`<details class="why"><summary>${tender.proofsOf(row.supplier.name)}</summary><div class="stack">!${points.length === 0 ? NOTHING : table}<ul class="rows">!${covered}</ul></div></details>`
}

const fullText = (text: string | undefined, language: Language): Fragment => {
  const { dossier } = textsOf(language)
  if (text === undefined) return html`<p class="small soft">${dossier.noText}</p>`
  return html`<details class="more-facts"><summary>${dossier.fullText}</summary><pre>${text}</pre></details>`
}

/** The bricks, the matrix with its evidence, combinations, gaps, warnings and advice of a frozen analysis. */
export const dossierTender = ({ tender: frozen, suppliers }: Dossier, context: PageContext): Fragment => {
  if (frozen === undefined) return NOTHING
  const { language } = context
  const { tender } = textsOf(language)
  const { result, text } = frozen
  // A neutral order is that of the whole dossier.
  const rows = suppliers.flatMap(({ siren }) => result.matrix.find(row => row.supplier.siren === siren) ?? [])
  const view: AnalysedView = {
    result,
    choices: { ...frozen.choices, statuses: new Map(Object.entries(frozen.choices.statuses)) },
  }
  const proofs =
    rows.length === 0
      ? NOTHING
      : html`<section class="stack" aria-labelledby="cases"><h2 id="cases">${tender.proofs}</h2><h3 class="hidden">${tender.suppliers}</h3>!${rows.map(row => proofsOf(row, result, context))}</section>`
  return html`!${asked(result, language)}!${matrix(result, rows, language)}!${proofs}!${uncoveredBricks(context, view)}!${tenderCombinations(context, view)}
!${warnings(context, view)}!${requirements(context, view)}!${brickAdvice(context, view)}!${fullText(text, language)}`
}
