import { html } from 'ghtml'
import { brickById } from '../../model/bricks.ts'
import { BRICK_STATUSES, type TenderBrick, type TenderEvidence, type TenderResult } from '../../model/tender.ts'
import type { PageContext } from '../context.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { type AnalysedView, TENDER_FORM } from '../tender-view.ts'
import { brickPath } from '../urls.ts'

/** The bricks that are columns of the matrix: asked for, and counted by the analysis. */
export const columnsOf = ({ bricks }: TenderResult): readonly TenderBrick[] =>
  bricks.filter(brick => brick.suppliers !== undefined)

/** The sentence with the words that name the brick marked. */
const markedSentence = ({ span, sentence }: TenderEvidence): Fragment => {
  const at = sentence.indexOf(span)
  if (at < 0) return html`${sentence}`
  return html`${sentence.slice(0, at)}<mark>${span}</mark>${sentence.slice(at + span.length)}`
}

const quotation = (evidence: TenderEvidence, context: PageContext, { result }: AnalysedView): Fragment => {
  const { tender } = textsOf(context.language)
  const title = result.sections[evidence.section]?.title ?? ''
  const where = [title, evidence.page === undefined ? '' : tender.page(evidence.page)].filter(part => part !== '')
  return html`<blockquote class="quote"><p>!${markedSentence(evidence)}</p></blockquote>
!${where.length === 0 ? NOTHING : html`<p class="source">${where.join(', ')}</p>`}`
}

const quotations = (all: readonly TenderEvidence[], context: PageContext, view: AnalysedView): readonly Fragment[] =>
  all.map(each => quotation(each, context, view))

/** The first sentence is shown; the others, of up to three, open on demand. */
const otherQuotations = (all: readonly TenderEvidence[], context: PageContext, view: AnalysedView): Fragment => {
  if (all.length === 0) return NOTHING
  const { tender } = textsOf(context.language)
  return html`<details class="more-facts"><summary>${tender.otherSentences(all.length)}</summary><div class="stack-s">!${quotations(all, context, view)}</div></details>`
}

const statusSelect = ({ id, label, status }: TenderBrick, context: PageContext): Fragment => {
  const { tender } = textsOf(context.language)
  const option = (each: TenderBrick['status']): Fragment =>
    html`<option value="${each}" !${each === status ? 'selected' : NOTHING}>${tender.status[each]}</option>`
  return html`<select class="select-small no-print" form="${TENDER_FORM}" name="status.${id}" aria-label="${tender.statusOf(label)}">!${BRICK_STATUSES.map(option)}</select>`
}

const brickRow = (brick: TenderBrick, context: PageContext, view: AnalysedView): Fragment => {
  const { language } = context
  const { tender } = textsOf(language)
  const { id, label, status, weight, evidence } = brick
  const title = brickById(id) === undefined ? html`${label}` : html`<a href="${brickPath(language, id)}">${label}</a>`
  const said =
    evidence.length === 0
      ? html`<p class="source">${tender.chosenTerm}</p>`
      : html`!${quotations(evidence.slice(0, 1), context, view)}!${otherQuotations(evidence.slice(1), context, view)}`
  return html`<li class="stack-s asked"><div class="section-head section-head--tight"><h3>!${title}</h3><span class="status status--${status}">${tender.status[status]}</span></div>
!${said}<div class="cluster"><span class="small soft">${tender.weight(Math.round(weight * 100))}</span>!${statusSelect(brick, context)}</div></li>`
}

/** What the text asks for, brick by brick, each with its sentence and a way to correct it. */
export const askedBricks = (context: PageContext, view: AnalysedView): Fragment => {
  const { tender } = textsOf(context.language)
  const { bricks } = view.result
  return html`<section class="stack" aria-labelledby="demandees"><h2 id="demandees">${tender.asked}</h2>
<p class="small soft no-print">${tender.correctHint}</p>
<ol class="rows">!${bricks.map(brick => brickRow(brick, context, view))}</ol></section>`
}
