import { html } from 'ghtml'
import { SORTS, type Sort } from '../model/query.ts'
import type { SourceStatus } from '../model/status.ts'
import { chosenFilters, filterChips, understoodChips } from './components/chips.ts'
import { compareBox, compareForm } from './components/compare-form.ts'
import { correction, didYouMean } from './components/did-you-mean.ts'
import { exportLinks, exportPath } from './components/export-links.ts'
import { facetList } from './components/facet-list.ts'
import { freezeSearch } from './components/freeze-form.ts'
import { pager } from './components/pager.ts'
import { proofLegend } from './components/proof.ts'
import { askedBricks, resultCard } from './components/result-card.ts'
import { searchForm } from './components/search-form.ts'
import { suggestionLinks } from './components/suggestions.ts'
import { fewResults, zeroResults } from './components/zero-results.ts'
import type { PageContext, SearchView } from './context.ts'
import { dateElement } from './format.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, fragments, NOTHING, rich } from './markup.ts'
import { changed, pagePath, searchPath } from './urls.ts'

/** A line that names every source would be longer than the results. */
const NAMED_SOURCES = 5

const typed = ({ parameters }: SearchView): string => parameters.q?.trim() ?? ''

const title = ({ language }: PageContext, view: SearchView): string => {
  const { search } = textsOf(language)
  const filtered = chosenFilters(view.parameters, language).length > 0
  const subject =
    typed(view) === '' ? (filtered ? search.titleFiltered : search.titleAll) : search.titleQuery(typed(view))
  const place = view.near === undefined ? [] : [search.titleNear(view.near.label)]
  const page = view.result.page > 1 ? [search.pageNumber(view.result.page)] : []
  return [subject, ...place, ...page].join(', ')
}

const searchedIn = ({ language, status }: PageContext): Fragment => {
  const { search } = textsOf(language)
  const named = (source: SourceStatus): Fragment => html`${source.name} (!${dateElement(source.date, language)})`
  const listed = status.sources.slice(0, NAMED_SOURCES).map(named)
  if (status.sources.length > NAMED_SOURCES) {
    listed.push(html`<a href="${pagePath(language, '/a-propos')}#sources">…</a>`)
  }
  const sources = fragments(listed, ', ')
  return html`<p class="small soft">!${rich(search.searchedIn(status.suppliers), { sources })}</p>`
}

const notices = (context: PageContext, view: SearchView): Fragment => {
  const { language } = context
  const { search } = textsOf(language)
  const { query, suggestions, total } = view.result
  // Without results, the page says it larger.
  const meant = total === 0 ? NOTHING : didYouMean(context, view)
  const relaxed =
    query.relaxed.length === 0
      ? NOTHING
      : html`<p class="notice"><strong>${search.relaxed}</strong> ${query.relaxed.join(', ')}</p>`
  // The ranking by words stands; the reader is told what is missing from it.
  const withoutMeaning =
    query.semantic === 'unavailable' ? html`<p class="notice">${search.semanticUnavailable}</p>` : NOTHING
  const also =
    suggestions.length === 0
      ? NOTHING
      : html`<p class="no-print">${search.seeAlso} !${suggestionLinks(suggestions, language, view.parameters)}</p>`
  return html`!${correction(context, view)}!${meant === NOTHING ? NOTHING : html`<p class="no-print">!${meant}</p>`}!${relaxed}!${withoutMeaning}!${also}`
}

const sortLinks = ({ language }: PageContext, { parameters, near }: SearchView): Fragment => {
  const { search } = textsOf(language)
  const current: Sort = parameters.sort ?? 'relevance'
  const link = (sort: Sort): Fragment =>
    sort === current
      ? html`<strong aria-current="true">${search.sorts[sort]}</strong>`
      : html`<a href="${searchPath(language, changed(parameters, { sort }))}">${search.sorts[sort]}</a>`
  const offered = SORTS.filter(sort => sort !== 'distance' || near !== undefined)
  return html`<p class="small sorts no-print">${search.sort} !${fragments(offered.map(link), ' ')}</p>`
}

const reading = ({ language }: PageContext, view: SearchView): Fragment => {
  const { search } = textsOf(language)
  const byRelevance = (view.parameters.sort ?? 'relevance') === 'relevance'
  const order = byRelevance
    ? typed(view) === ''
      ? search.readingBrowse
      : search.readingOrder
    : search.readingOrderOther
  return html`<aside class="stack rail" aria-label="${search.reading}">
<h2 class="rail-title">${search.reading}</h2>
!${proofLegend(textsOf(language))}
<p class="small">${order}</p>
<ul class="rail-links no-print">
<li><a href="${pagePath(language, '/a-propos')}#classement">${search.readingHow}</a></li>
</ul>
!${freezeSearch(view.parameters, language)}
!${exportLinks(view.parameters, language)}</aside>`
}

const results = (context: PageContext, view: SearchView): Fragment => {
  const { language, status } = context
  const { search } = textsOf(language)
  const { hits, total } = view.result
  const asked = askedBricks(view)
  const list =
    hits.length === 0
      ? html`<p>${search.beyond} <a href="${searchPath(language, changed(view.parameters, {}))}">${search.firstPage}</a></p>`
      : html`<ol class="results">!${hits.map(hit => resultCard(hit, { language, status, asked }, compareBox(hit.supplier, language)))}</ol>!${compareForm(language)}`
  return html`<section aria-labelledby="total">
<div class="results-head">
<div class="section-head section-head--tight"><h1 id="total">${search.count(total)}</h1>!${sortLinks(context, view)}</div>
!${searchedIn(context)}
!${typed(view) === '' ? html`<p class="small soft no-print">${search.browseHint}</p>` : NOTHING}
</div>
!${list}
!${pager(language, view.parameters, view.result)}
!${fewResults(context, view)}
</section>`
}

/** The result page: what was understood, facets, results with their evidence and reasons; or what to do without any. */
export const searchPage = (context: PageContext, view: SearchView): string => {
  const { language } = context
  const { parameters, near, result } = view
  // On paper the search box is gone: what was searched, and in which index, is said in words.
  const printed = textsOf(language).search.printed(title(context, view), context.status.index.version)
  const top = html`<div class="stack results-top">
!${searchForm(language, { parameters })}
<p class="print-only">${printed}</p>
!${understoodChips(language, parameters, result.query)}
!${result.total === 0 ? NOTHING : filterChips(language, parameters, near)}
!${notices(context, view)}
</div>`
  const found = html`<div class="search-page">
!${facetList(language, parameters, result.facets)}
!${results(context, view)}
!${reading(context, view)}
</div>`
  return layout(context, {
    title: title(context, view),
    section: 'search',
    noindex: typed(view) !== '',
    feed: {
      href: exportPath('atom', parameters, language),
      title: textsOf(language).exports.feedTitle(title(context, view)),
    },
    searchBox: true,
    main: html`!${top}!${result.total === 0 ? zeroResults(context, view) : found}`,
  })
}
