import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import { FIRST_YEAR, lastYear, RANGE_LABELS, type RangeName, type RangeParameters } from '../../model/ranges.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'

/** The boxes of the ranges. They join the form of an id from anywhere on the page, and keep what was asked. */

interface Range {
  readonly name: RangeName
  readonly label: string
  readonly isChosen: boolean
  readonly fields: Fragment
}

export const rangeFields = (parameters: RangeParameters, form: string, language: Language): readonly Range[] => {
  const { range } = textsOf(language)
  const { foundedFrom, foundedTo, updatedSince } = parameters
  const year = (name: 'foundedFrom' | 'foundedTo', label: string): Fragment =>
    html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" form="${form}" type="number" inputmode="numeric" min="${FIRST_YEAR}" max="${lastYear()}" value="${parameters[name] ?? ''}"></div>`
  return [
    {
      name: 'founded',
      label: RANGE_LABELS.founded[language],
      isChosen: foundedFrom !== undefined || foundedTo !== undefined,
      fields: html`!${year('foundedFrom', range.from)}!${year('foundedTo', range.to)}`,
    },
    {
      name: 'updated',
      label: RANGE_LABELS.updated[language],
      isChosen: updatedSince !== undefined,
      fields: html`<div><label for="updatedSince">${range.since}</label><input id="updatedSince" name="updatedSince" form="${form}" type="date" value="${updatedSince ?? ''}"></div>`,
    },
  ]
}

/** The ranges as groups of the filters' column, folded until one is asked for. */
export const rangeGroups = (parameters: RangeParameters, form: string, language: Language): Fragment => {
  const { range } = textsOf(language)
  const groups = rangeFields(parameters, form, language).map(
    ({
      name,
      label,
      isChosen,
      fields,
    }) => html`<details class="facet" !${isChosen ? 'open' : NOTHING}><summary>${label}</summary>
<fieldset class="range"><legend class="hidden">${label}</legend>!${fields}
<p class="small soft">${range.hints[name]}</p></fieldset></details>`,
  )
  return html`!${groups}`
}
