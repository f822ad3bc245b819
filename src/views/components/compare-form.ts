import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import type { SupplierSummary } from '../../model/search-result.ts'
import { textsOf } from '../locales/texts.ts'
import type { Fragment } from '../markup.ts'
import { pagePath } from '../urls.ts'

/** Check boxes anywhere on a page join this form by its id: a GET form, without script. */
const COMPARE_FORM = 'comparer'

/** A box on a result: ticked, the supplier is compared. */
export const compareBox = ({ siren, name }: Pick<SupplierSummary, 'siren' | 'name'>, language: Language): Fragment => {
  const { compare } = textsOf(language)
  return html`<p class="compare-box small no-print"><label><input type="checkbox" name="siren" value="${siren}" form="${COMPARE_FORM}"> ${compare.box}<span class="hidden"> ${name}</span></label></p>`
}

/** The button of those boxes. */
export const compareForm = (language: Language): Fragment => {
  const { compare } = textsOf(language)
  return html`<form id="${COMPARE_FORM}" class="compare-bar no-print" action="${pagePath(language, '/comparer')}" method="get"><button class="button button--small" type="submit">${compare.compareChecked}</button> <span class="small soft">${compare.compareHint}</span></form>`
}
