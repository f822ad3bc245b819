import { html } from 'ghtml'
import { CERTIFICATION_IDS } from '../../model/certifications.ts'
import { type FacetName, facetByName } from '../../model/facets.ts'
import { DEPARTMENT_CODES } from '../../model/geography.ts'
import { SIZE_CATEGORIES } from '../../model/supplier.ts'
import { CRITERIA, type Criterion, MAX_WEIGHT } from '../../model/tender.ts'
import type { PageContext } from '../context.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { type AnalysedView, TENDER_FORM } from '../tender-view.ts'
import { rangeFields } from './range-fields.ts'

/** Terms to tick, weights and filters: all of one form, computed again by its button. */

const termBox = (term: string, sentence: string, checked: boolean): Fragment =>
  html`<li class="option"><div><label class="check"><input type="checkbox" form="${TENDER_FORM}" name="term" value="${term}" !${checked ? 'checked' : NOTHING}> <strong>${term}</strong></label>
!${sentence === '' ? NOTHING : html`<span class="small soft">${sentence}</span>`}</div></li>`

/** Terms that the vocabulary lacks, and a box for one's own. */
export const tenderTerms = (context: PageContext, { result, choices }: AnalysedView): Fragment => {
  const { tender } = textsOf(context.language)
  const suggested = new Set(result.suggestedTerms.map(each => each.term))
  const own = choices.terms.filter(term => !suggested.has(term))
  return html`<section class="stack no-print" aria-labelledby="termes"><h2 id="termes">${tender.terms}</h2><p class="soft measure">${tender.termsText}</p>
<ul class="options">!${own.map(term => termBox(term, '', true))}!${result.suggestedTerms.map(({ term, sentence, chosen }) => termBox(term, sentence, chosen === true))}</ul>
<div class="measure"><label for="own-term">${tender.ownTerm}</label><input id="own-term" name="term" type="text" maxlength="100" form="${TENDER_FORM}"></div>
<p><button class="button" type="submit" form="${TENDER_FORM}">${tender.recompute}</button></p></section>`
}

const scale = (criterion: Criterion, weight: number, label: string): Fragment => {
  const point = (value: number): Fragment =>
    html`<label><input type="radio" form="${TENDER_FORM}" name="weight.${criterion}" value="${value}" !${value === weight ? 'checked' : NOTHING}>${value}</label>`
  const points = Array.from({ length: MAX_WEIGHT + 1 }, (_, value) => point(value))
  return html`<fieldset class="weight"><legend>${label}</legend><div class="scale">!${points}</div></fieldset>`
}

/** The regions by their Insee codes, metropolitan ones first. */
const REGIONS = '84 27 53 24 94 44 32 11 28 75 76 52 93 01 02 03 04 06'.split(' ')
/** Labels and distinctions that sources of the catalogue give. */
const LABELS =
  'esus entreprise-a-mission jei deeptech french-tech french-tech-2030 french-tech-next40-120 i-lab i-nov i-phd solar-impulse'.split(
    ' ',
  )
const FILTERS: readonly (readonly [name: FacetName, values: readonly string[]])[] = [
  ['region', REGIONS],
  ['department', DEPARTMENT_CODES],
  ['size_category', SIZE_CATEGORIES],
  ['certification', CERTIFICATION_IDS],
  ['label', LABELS],
  ['ess', ['yes']],
  ['public_reference', ['yes']],
]

const filterSelect = (
  name: FacetName,
  values: readonly string[],
  context: PageContext,
  chosen: readonly string[],
): Fragment => {
  const { language } = context
  const { tender } = textsOf(language)
  const facet = facetByName(name)
  if (facet === undefined) return NOTHING
  const option = (value: string): Fragment =>
    html`<option value="${value}" !${chosen.includes(value) ? 'selected' : NOTHING}>${facet.valueLabel(value, language)}</option>`
  return html`<div><label for="f-${name}">${facet.label[language]}</label>
<select id="f-${name}" name="${name}" form="${TENDER_FORM}"><option value="">${tender.anyValue}</option>!${values.map(option)}</select></div>`
}

/** "Ce qui compte pour vous": a scale a criterion, a place, filters, and what all this is not. */
export const tenderChoices = (context: PageContext, { choices, result }: AnalysedView): Fragment => {
  const { tender } = textsOf(context.language)
  const { weights, near, filters, ranges = {} } = choices
  const range = ({ label, fields }: ReturnType<typeof rangeFields>[number]): Fragment =>
    html`<fieldset><legend>${label}</legend><div class="range">!${fields}</div></fieldset>`
  return html`<section class="stack no-print" aria-labelledby="poids"><h2 id="poids">${tender.counts2}</h2>
<p class="soft measure">${tender.weightsText}</p><p class="notice measure">${result.notice}</p>
<div class="criteria">!${CRITERIA.map(criterion => scale(criterion, weights[criterion], tender.criteria[criterion]))}</div>
<div class="measure"><label for="near">${tender.near}</label><input id="near" name="near" type="text" maxlength="100" form="${TENDER_FORM}" value="${near?.label ?? ''}"></div>
<h3>${tender.filters}</h3>
<div class="fields">!${FILTERS.map(([name, values]) => filterSelect(name, values, context, filters[name] ?? []))}!${rangeFields(ranges, TENDER_FORM, context.language).map(range)}</div>
<p><button class="button button--main" type="submit" form="${TENDER_FORM}">${tender.recompute}</button></p></section>`
}
