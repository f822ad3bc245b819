import { html } from 'ghtml'
import type { EvidencedValue } from '../../model/comparison.ts'
import type { Language } from '../../model/language.ts'
import type { CorrectionPlace, FieldState } from '../../model/visibility.ts'
import type { PageContext } from '../context.ts'
import { dateElement } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, fragments, NOTHING, rich } from '../markup.ts'
import { webAddress } from '../urls.ts'
import type { MirrorView } from '../visibility-view.ts'
import { type Proof, proofLegend, proofMark } from './proof.ts'
import { outsideLink } from './source-line.ts'

/** Completeness and freshness, field by field, and what is missing. */

const SHOWN_VALUES = 4

const proofOf = ({ values }: FieldState): Proof => {
  if (values.length === 0) return 'unknown'
  return values.some(value => value.evidence === 'attested') ? 'attested' : 'declared'
}

const declarationLink = ({ links }: MirrorView, language: Language): Fragment => {
  const { visibility } = textsOf(language)
  return links.correct === undefined
    ? html`${visibility.declaration}`
    : html`<a href="${links.correct}">${visibility.declaration}</a>`
}

/** What the place of correction is called, as a link where it has an address. */
const linkOf = ({ at, name, url }: FieldState['correct'], view: MirrorView, language: Language): Fragment => {
  const { visibility } = textsOf(language)
  if (at === 'declaration') return declarationLink(view, language)
  const text = at === 'register' ? visibility.formalities : at === 'site' ? visibility.yourSite : (name ?? url ?? '')
  return url === undefined ? html`${text}` : outsideLink(url, text)
}

/** A description is read on the profile. */
const MAX_LENGTH = 240
const cut = (text: string): string => (text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1).trimEnd()}…`)

const shownValue = ({ text, period }: EvidencedValue): Fragment => {
  const dated = period === undefined ? NOTHING : html` <span class="soft">(${period})</span>`
  return html`!${webAddress(text) === undefined ? html`${cut(text)}` : outsideLink(text)}!${dated}`
}

const valuesOf = ({ values }: FieldState, language: Language): Fragment => {
  const { visibility, supplier } = textsOf(language)
  if (values.length === 0) return html`<span class="soft">${supplier.nobodySays}</span>`
  const left = values.length - SHOWN_VALUES
  const more = left > 0 ? html` <span class="soft">${visibility.moreValues(left)}</span>` : NOTHING
  return html`!${fragments(values.slice(0, SHOWN_VALUES).map(shownValue), ', ')}!${more}`
}

const sourceOf = ({ values, date, ageDays, correct }: FieldState, view: MirrorView, language: Language): Fragment => {
  const { visibility } = textsOf(language)
  const [first] = values
  const named = first?.sourceUrl === undefined ? NOTHING : html`!${outsideLink(first.sourceUrl, first.sourceName)}, `
  const age = ageDays === undefined ? NOTHING : html` (${visibility.age(ageDays)})`
  const dated = date === undefined ? NOTHING : html`!${dateElement(date, language)}!${age}<br>`
  const where = rich(visibility.at[correct.at], { link: linkOf(correct, view, language) })
  return html`!${named}!${dated}<span>!${rich(visibility.where, { where })}</span>`
}

const row = (field: FieldState, view: MirrorView, language: Language): Fragment =>
  html`<tr role="row"><th role="rowheader" scope="row">${field.label}</th><td role="cell">!${valuesOf(field, language)}</td>
<td role="cell">!${proofMark(proofOf(field), textsOf(language))}</td><td role="cell" class="source">!${sourceOf(field, view, language)}</td></tr>`

const brickOf = (field: FieldState, language: Language): Fragment => {
  const proof = proofOf(field)
  const { proof: words } = textsOf(language)
  return html`<li class="${proof}"><strong>${field.label}</strong> <small>${words[proof]}</small></li>`
}

/** One brick a field, then the table with values, sources, ages and where to put each right. */
export const mirrorFields = ({ language }: PageContext, view: MirrorView): Fragment => {
  const texts = textsOf(language)
  const { visibility } = texts
  const { fields } = view.visibility
  const known = fields.filter(field => field.values.length > 0).length
  const declared =
    view.links.correct === undefined
      ? NOTHING
      : html`<p class="soft measure">!${rich(visibility.declareFirst, { link: declarationLink(view, language) })}</p>`
  const heads = [visibility.field, visibility.value, texts.supplier.proof, visibility.source]
  return html`<section class="stack" aria-labelledby="complete">
<div class="section-head section-head--tight"><h2 id="complete">${visibility.complete(known, fields.length)}</h2>!${proofLegend(texts)}</div>
<ul class="meter">!${fields.map(field => brickOf(field, language))}</ul>
<p class="soft measure">${visibility.completeText}</p>!${declared}
<details class="more-facts"><summary>${visibility.completeTable}</summary>
<table role="table" class="stacked facts"><caption class="hidden">${visibility.completeTable}</caption>
<thead role="rowgroup"><tr role="row">!${heads.map(head => html`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">!${fields.map(field => row(field, view, language))}</tbody></table></details></section>`
}

/** What no source states, gathered by where it can be said. */
export const mirrorLacking = ({ language }: PageContext, view: MirrorView): Fragment => {
  const { visibility } = textsOf(language)
  const missing = Map.groupBy(
    view.visibility.fields.filter(field => field.values.length === 0),
    field => field.correct.at,
  )
  const declare =
    view.links.correct === undefined ? NOTHING : html` <a href="${view.links.correct}">${visibility.orDeclare}</a>`
  const item = ([at, fields]: readonly [CorrectionPlace, readonly FieldState[]]): Fragment => {
    const [first] = fields
    const link = first ? linkOf(first.correct, view, language) : NOTHING
    const also = at === 'site' ? declare : NOTHING
    return html`<li class="stack-s"><h3>${fields.map(field => field.label).join(', ')}</h3><p>!${rich(visibility.lackingWhere[at], { link })}!${also}</p></li>`
  }
  const list =
    missing.size === 0
      ? html`<p class="soft">${visibility.lackingNone}</p>`
      : html`<ol class="rows">!${[...missing].map(item)}</ol>`
  return html`<section class="stack" aria-labelledby="manques"><h2 id="manques">${visibility.lacking}</h2>!${list}</section>`
}
