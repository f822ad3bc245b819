import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import { MAX_WINDOW, type SearchParameters } from '../../model/query.ts'
import { textsOf } from '../locales/texts.ts'
import type { Fragment } from '../markup.ts'
import { searchApiPath, searchQuery } from '../urls.ts'

export type ExportFormat = 'csv' | 'xlsx' | 'jsonl' | 'atom'

/** All results of a search as a file or a feed, in the page's language wherever the link is opened. */
export const exportPath = (format: ExportFormat, parameters: SearchParameters, language: Language): string => {
  const { page: _page, size: _size, ...search } = parameters
  const query = searchQuery(search)
  return `/api/search.${format}?${query === '' ? '' : `${query}&`}language=${language}`
}

/** Everything that can be taken away from a result page. */
export const exportLinks = (parameters: SearchParameters, language: Language): Fragment => {
  const { search, exports: texts } = textsOf(language)
  const link = (format: ExportFormat): Fragment =>
    html`<li><a href="${exportPath(format, parameters, language)}">${texts.formats[format]}</a></li>`
  return html`<h2 class="rail-title no-print" id="emporter">${texts.take}</h2>
<ul class="rail-links no-print" aria-labelledby="emporter">!${(['csv', 'xlsx', 'jsonl', 'atom'] as const).map(link)}<li><a href="${searchApiPath(parameters)}">${search.json}</a></li></ul>
<p class="small soft no-print">${texts.limit(MAX_WINDOW)}</p>`
}
