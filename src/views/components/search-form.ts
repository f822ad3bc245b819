import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import { DEFAULT_RADIUS_KM, DEFAULT_SIZE, MAX_QUERY_LENGTH, type SearchParameters } from '../../model/query.ts'
import { type Texts, textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { pagePath, supplierPath } from '../urls.ts'

/** Check boxes elsewhere on a page join the search form by this id: a GET form carries both, without script. */
export const SEARCH_FORM = 'recherche'

const RADII_KM: readonly number[] = [10, 25, 50, 100, 200, 300]

/** What `suggest.js` needs to speak the page's language: scripts hold no display text. */
const suggestAttributes = (language: Language, { form }: Texts): Fragment =>
  html`data-suggest="/api/suggest" data-supplier-path="${supplierPath(language, '')}" data-language="${language}"
data-list-label="${form.suggestions}" data-count-one="${form.suggestionCountOne}" data-count-many="${form.suggestionCountMany}" data-count-none="${form.suggestionNone}"
data-kind-supplier="${form.kinds.supplier}" data-kind-brick="${form.kinds.brick}" data-kind-theme="${form.kinds.theme}" data-kind-place="${form.kinds.place}" data-kind-word="${form.kinds.word}"`

const radiusSelect = (parameters: SearchParameters, texts: Texts): Fragment => {
  const current = parameters.radiusKm ?? DEFAULT_RADIUS_KM
  const radii = [...new Set([...RADII_KM, current])].sort((a, b) => a - b)
  const option = (km: number): Fragment =>
    html`<option value="${km}" !${km === current ? 'selected' : NOTHING}>${texts.form.kilometres(km)}</option>`
  return html`<div><label for="radiusKm">${texts.form.radius}</label>
<select id="radiusKm" name="radiusKm">!${radii.map(option)}</select></div>`
}

export interface SearchFormOptions {
  readonly parameters?: SearchParameters
  /** The form is the page's first thing to do. */
  readonly big?: boolean
}

/** The search box: what, and near where. */
export const searchForm = (language: Language, { parameters = {}, big = false }: SearchFormOptions = {}): Fragment => {
  const texts = textsOf(language)
  const { form } = texts
  const placed = parameters.near !== undefined && parameters.near !== ''
  const size =
    parameters.size === undefined || parameters.size === DEFAULT_SIZE
      ? NOTHING
      : html`<input type="hidden" name="size" value="${parameters.size}">`
  return html`<form class="search ${big ? 'search--big' : ''} ${placed ? 'search--placed' : ''}" id="${SEARCH_FORM}" action="${pagePath(language, '/recherche')}" method="get" role="search">
<div class="search-query">
<label for="q">${big ? form.queryLong : form.query}</label>
<input id="q" name="q" type="search" maxlength="${MAX_QUERY_LENGTH}" autocomplete="off" spellcheck="true" value="${parameters.q ?? ''}" placeholder="${big ? form.queryPlaceholder : ''}" !${suggestAttributes(language, texts)}>
</div>
<div>
<label for="near">${big ? form.nearLong : form.near}</label>
<input id="near" name="near" type="text" maxlength="100" autocomplete="off" value="${parameters.near ?? ''}" placeholder="${form.nearPlaceholder}">
</div>
!${placed ? radiusSelect(parameters, texts) : NOTHING}
!${size}
<button class="button button--main" type="submit">${form.submit}</button>
</form>`
}
