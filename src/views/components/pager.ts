import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import { MAX_WINDOW, type SearchParameters } from '../../model/query.ts'
import type { SearchResult } from '../../model/search-result.ts'
import { formatNumber } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { searchPath } from '../urls.ts'

/** The last page that can be asked for: the last with results, within the window. */
export const lastPage = ({ total, size }: Pick<SearchResult, 'total' | 'size'>): number =>
  Math.max(1, Math.min(Math.ceil(total / size), Math.floor(MAX_WINDOW / size)))

/** First, last and the neighbours of the current page; 0 stands for a gap. */
const shownPages = (current: number, last: number): readonly number[] => {
  const pages = [...new Set([1, current - 1, current, current + 1, last])]
    .filter(page => page >= 1 && page <= last)
    .sort((a, b) => a - b)
  return pages.flatMap((page, i) => {
    const before = pages[i - 1] ?? page - 1
    if (page - before <= 1) return [page]
    return page - before === 2 ? [page - 1, page] : [0, page]
  })
}

/** Links to the other pages of a result, every parameter kept. */
export const pager = (
  language: Language,
  parameters: SearchParameters,
  { page, size, total }: Pick<SearchResult, 'page' | 'size' | 'total'>,
): Fragment => {
  const { search } = textsOf(language)
  const last = lastPage({ total, size })
  if (last === 1) return NOTHING
  const to = (number: number): string => searchPath(language, { ...parameters, page: number })
  const label = (number: number): Fragment =>
    html`<span class="hidden">${search.page} </span>${formatNumber(number, language)}`
  const link = (number: number): Fragment => {
    if (number === 0) return html`<span class="gap">…</span>`
    if (number === page) return html`<span aria-current="page">!${label(number)}</span>`
    return html`<a href="${to(number)}">!${label(number)}</a>`
  }
  const previous =
    page > 1 ? html`<a href="${to(Math.min(page - 1, last))}" rel="prev">${search.previous}</a>` : NOTHING
  const next = page < last ? html`<a href="${to(page + 1)}" rel="next">${search.next}</a>` : NOTHING
  const window =
    total > last * size && page >= last - 1 ? html`<p class="small soft">${search.window(last * size)}</p>` : NOTHING
  return html`<nav class="pager" aria-label="${search.pages}">!${previous}!${shownPages(page, last).map(link)}!${next}</nav>!${window}`
}
