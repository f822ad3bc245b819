import { html } from 'ghtml'
import { brickFamily } from '../../model/brick-tree.ts'
import { brickLabel } from '../../model/bricks.ts'
import type { TenderRequirement, TenderResult } from '../../model/tender.ts'
import type { PageContext } from '../context.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import type { AnalysedView } from '../tender-view.ts'
import { searchPath } from '../urls.ts'

/** What the writer should change, and what to write instead. */

const instead = (wording: string | undefined, context: PageContext): Fragment => {
  const { tender } = textsOf(context.language)
  if (wording === undefined) return NOTHING
  return html`<p><strong>${tender.writeInstead}</strong></p><blockquote class="quote"><p>${wording}</p></blockquote>`
}

/** A call-out for each brick that nobody is known to cover. */
export const uncoveredBricks = (context: PageContext, { result }: AnalysedView): Fragment => {
  const { language } = context
  const { tender, site } = textsOf(language)
  const labels = new Map(result.bricks.map(brick => [brick.id, brick.label]))
  const callout = (
    { brick, broader, suppliers = 0, advice, wording }: TenderResult['uncovered'][number],
    i: number,
  ): Fragment => {
    const wider =
      broader === null || suppliers === 0
        ? NOTHING
        : html`<p>${tender.broader} <a href="${searchPath(language, { brick: [...brickFamily(broader)] })}">${brickLabel(broader, language)}</a>, ${site.suppliers(suppliers)}.</p>`
    return html`<section class="callout stack" aria-labelledby="sans-${i}"><h2 id="sans-${i}">${tender.uncovered(labels.get(brick) ?? brick)}</h2>
<p class="measure">${advice}</p>!${instead(wording, context)}!${wider}</section>`
  }
  return html`!${result.uncovered.map(callout)}`
}

const warningRow = (warning: TenderResult['warnings'][number], context: PageContext): Fragment => {
  const { tender } = textsOf(context.language)
  const { kind, span, sentence, page, advice, wording, suppliersLeft } = warning
  const quote =
    sentence === undefined
      ? NOTHING
      : html`<blockquote class="quote"><p>${sentence}</p></blockquote>!${page === undefined ? NOTHING : html`<p class="source">${tender.page(page)}</p>`}`
  const left = suppliersLeft === undefined ? NOTHING : html` <strong>${tender.left(suppliersLeft)}</strong>`
  return html`<li class="stack-s"><h3>${tender.warning[kind]} <small class="soft">${span}</small></h3>!${quote}
<p class="measure">${advice}!${left}</p>!${instead(wording, context)}</li>`
}

/** Brands, origins, certificates without equivalent, and requirements that one supplier alone meets. */
export const warnings = (context: PageContext, { result }: AnalysedView): Fragment => {
  const { tender } = textsOf(context.language)
  if (result.warnings.length === 0) return NOTHING
  return html`<section class="stack" aria-labelledby="alertes"><h2 id="alertes">${tender.warnings}</h2>
<ul class="rows">!${result.warnings.map(warning => warningRow(warning, context))}</ul></section>`
}

/** How many suppliers of the heart of the need each requirement leaves. */
export const requirements = (context: PageContext, { result }: AnalysedView): Fragment => {
  const { tender } = textsOf(context.language)
  const [first] = result.requirements
  const named = new Set(result.requirements.map(each => each.brick))
  const heart = result.bricks.find(
    brick => brick.status === 'required' && (brick.suppliers ?? 0) > 0 && !named.has(brick.id),
  )
  if (first === undefined || heart === undefined) return NOTHING
  const row = ({ label, before, after }: TenderRequirement): Fragment =>
    html`<tr><th scope="row">${label}</th><td class="num">${tender.fromTo(before, after)}</td></tr>`
  return html`<section class="stack" aria-labelledby="exigences"><h2 id="exigences">${tender.requirements}</h2>
<p class="soft">${tender.requirementsText(first.before, heart.label)}</p>
<table class="measure"><thead><tr><th scope="col">${tender.requirement}</th><th scope="col" class="num">${tender.leaves}</th></tr></thead>
<tbody>!${result.requirements.map(row)}</tbody></table></section>`
}

/** What the number of suppliers of each required brick means. */
export const brickAdvice = (context: PageContext, { result }: AnalysedView): Fragment => {
  const { tender, site } = textsOf(context.language)
  if (result.advice.length === 0) return NOTHING
  const labels = new Map(result.bricks.map(brick => [brick.id, brick.label]))
  const row = ({ brick, suppliers, text }: TenderResult['advice'][number]): Fragment =>
    html`<li class="option"><div><strong>${labels.get(brick) ?? brick}</strong><br>${text}</div> <span class="count">${site.suppliers(suppliers)}</span></li>`
  return html`<section class="stack" aria-labelledby="conseils"><h2 id="conseils">${tender.advice}</h2><ul class="options">!${result.advice.map(row)}</ul></section>`
}
