import { html } from 'ghtml'
import { FACETS, type Facet } from '../../model/facets.ts'
import type { Language } from '../../model/language.ts'
import type { SearchParameters } from '../../model/query.ts'
import type { FacetValue, SearchResult } from '../../model/search-result.ts'
import { formatNumber } from '../format.ts'
import { type Texts, textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { searchPath, withFilter, withoutFilter } from '../urls.ts'
import { rangeGroups } from './range-fields.ts'
import { SEARCH_FORM } from './search-form.ts'

/** So many facets are unfolded, and so many values of each are shown before "others". */
const OPEN_FACETS = 3
const VISIBLE_VALUES = 6

/** A page offers no more values of a facet, the most frequent, and those chosen; places are all there. */
const MOST_VALUES = 30
const COMPLETE: ReadonlySet<string> = new Set(['region', 'department'])

const offered = (name: string, values: readonly FacetValue[]): readonly FacetValue[] =>
  COMPLETE.has(name) ? values : values.filter((value, i) => i < MOST_VALUES || value.selected)

interface Reading {
  readonly language: Language
  readonly texts: Texts
  readonly parameters: SearchParameters
}

/** A check box to combine with others, and a link on the count that filters at once. */
const valueRow = (facet: Facet, value: FacetValue, { language, texts, parameters }: Reading): Fragment => {
  const target = (value.selected ? withoutFilter : withFilter)(parameters, facet.name, value.value)
  const effect = (value.selected ? texts.search.withoutThis : texts.search.onlyThis)(value.label)
  return html`<div class="facet-row"><label><input type="checkbox" form="${SEARCH_FORM}" name="${facet.name}" value="${value.value}" !${value.selected ? 'checked' : NOTHING}> <span>${value.label}</span></label>
<a class="count" href="${searchPath(language, target)}">${formatNumber(value.count, language)}<span class="hidden"> ${effect}</span></a></div>`
}

const otherValues = (facet: Facet, values: readonly FacetValue[], reading: Reading): Fragment => {
  if (values.length === 0) return NOTHING
  const open = values.some(value => value.selected) ? 'open' : NOTHING
  return html`<details class="facet-more" !${open}><summary>${reading.texts.search.moreValues(values.length)}</summary>
!${values.map(value => valueRow(facet, value, reading))}</details>`
}

const facetGroup = (facet: Facet, values: readonly FacetValue[], open: boolean, reading: Reading): Fragment => {
  const { language, texts } = reading
  const claim = facet.claim ? html`<p class="claim small soft">${texts.search.claimHint}</p>` : NOTHING
  const claimed = facet.claim ? html` <small class="soft">${texts.search.claim}</small>` : NOTHING
  // One value left over is shown rather than folded away.
  const visible = values.length <= VISIBLE_VALUES + 1 ? values.length : VISIBLE_VALUES
  const unfolded = open || values.some(value => value.selected)
  return html`<details class="facet" !${unfolded ? 'open' : NOTHING}><summary>${facet.label[language]}!${claimed}</summary>
<fieldset><legend class="hidden">${facet.label[language]}</legend>!${claim}
!${values.slice(0, visible).map(value => valueRow(facet, value, reading))}
!${otherValues(facet, values.slice(visible), reading)}</fieldset></details>`
}

/** Every facet that has a value, as check boxes of the search form, and the boxes of the ranges. */
export const facetList = (
  language: Language,
  parameters: SearchParameters,
  facets: SearchResult['facets'],
): Fragment => {
  const texts = textsOf(language)
  const counted = FACETS.flatMap(facet => {
    const values = offered(facet.name, facets[facet.name] ?? [])
    return values.length === 0 ? [] : [{ facet, values }]
  })
  if (counted.length === 0) return NOTHING
  const reading = { language, texts, parameters }
  // Applying filters keeps the order; a new search by the other button begins again by relevance.
  const sort = parameters.sort === undefined ? NOTHING : html`name="sort" value="${parameters.sort}"`
  // What is not to be interpreted stays so; the route forgets a piece that a new query no longer has.
  const literal = (parameters.literal ?? []).map(
    piece => html`<input type="hidden" form="${SEARCH_FORM}" name="literal" value="${piece}">`,
  )
  return html`<section class="no-print" aria-label="${texts.search.filters}">
<details class="facets"><summary>${texts.search.showFilters}</summary>
<div>
!${counted.map(({ facet, values }, i) => facetGroup(facet, values, i < OPEN_FACETS, reading))}
!${rangeGroups(parameters, SEARCH_FORM, language)}
<div class="facet-apply">!${literal}<p class="small soft">${texts.search.applyHint}</p>
<button class="button" type="submit" form="${SEARCH_FORM}" !${sort}>${texts.search.apply}</button></div>
</div>
</details>
</section>`
}
