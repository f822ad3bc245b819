import { html } from 'ghtml'
import type { MissingBrick, TenderCell } from '../../model/tender.ts'
import type { PageContext } from '../context.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { type AnalysedView, TENDER_FORM } from '../tender-view.ts'
import { supplierPath } from '../urls.ts'
import { cellEvidence } from './tender-matrix.ts'

/** "Il manque une brique": one brick more, to go with the suppliers that were ticked. */

const found = (missing: MissingBrick, { result }: AnalysedView, context: PageContext): Fragment => {
  const { language } = context
  const { tender } = textsOf(language)
  const labels = new Map(result.bricks.map(brick => [brick.id, brick.label]))
  const row = ({ supplier, cell, alsoCovers, names }: MissingBrick['suppliers'][number]): Fragment => {
    const also = alsoCovers.map(id => labels.get(id) ?? id).join(', ')
    const named: TenderCell = { ...cell, passages: [...names] }
    return html`<li class="stack-s"><h4><a href="${supplierPath(language, supplier.siren)}">${supplier.name}</a> <small class="soft">${supplier.commune ?? ''}</small></h4>
!${cellEvidence(cell, context)}
!${also === '' ? NOTHING : html`<p>${tender.alsoCovers} ${also}.</p>`}
!${names.length === 0 ? NOTHING : html`<p>${tender.namesChosen}</p>!${cellEvidence(named, context)}`}</li>`
  }
  const body =
    missing.suppliers.length === 0
      ? html`<p>${tender.missingNone}</p>`
      : html`<ul class="rows">!${missing.suppliers.map(row)}</ul>`
  return html`<h3>${tender.missingTitle(missing.label)}</h3>!${body}`
}

/** The box, and what it found. */
export const missingBrick = (context: PageContext, view: AnalysedView): Fragment => {
  const { tender } = textsOf(context.language)
  const { missing } = view.result
  return html`<section class="box stack" id="manque" aria-labelledby="manque-titre"><h2 id="manque-titre">${tender.missing}</h2>
<p class="soft">${tender.missingText}</p>
<div class="cluster no-print"><div class="grow"><label for="missing">${tender.missingLabel}</label>
<input id="missing" name="missing" type="text" maxlength="100" form="${TENDER_FORM}" value="${view.choices.missing?.text ?? ''}"></div>
<button class="button" type="submit" form="${TENDER_FORM}">${tender.missingFind}</button></div>
!${missing === undefined ? NOTHING : found(missing, view, context)}</section>`
}
