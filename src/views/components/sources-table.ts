import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import type { SourceStatus } from '../../model/status.ts'
import { dateElement, formatNumber } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import type { Fragment } from '../markup.ts'
import { sourceName } from './source-line.ts'

/** The loaded sources with publisher, licence, number of profiles and dates. */
export const sourcesTable = (sources: readonly SourceStatus[], language: Language): Fragment => {
  const { sources: texts } = textsOf(language)
  if (sources.length === 0) return html`<p class="soft">${texts.none}</p>`
  const row = (source: SourceStatus): Fragment => html`<tr role="row">
<th role="rowheader" scope="row">!${sourceName(source, language)}</th>
<td role="cell" data-label="${texts.publisher}">${source.publisher}</td>
<td role="cell" data-label="${texts.licence}">${source.licence}</td>
<td role="cell" class="num" data-label="${texts.profiles}">${formatNumber(source.suppliers, language)}</td>
<td role="cell" class="num" data-label="${texts.date}">!${dateElement(source.date, language)}</td>
<td role="cell" class="num" data-label="${texts.imported}">!${dateElement(source.importedAt, language)}</td></tr>`
  const head = (text: string, numeric = false): Fragment =>
    html`<th role="columnheader" scope="col" class="${numeric ? 'num' : ''}">${text}</th>`
  return html`<table role="table" class="stacked"><caption class="hidden">${texts.caption}</caption>
<thead role="rowgroup"><tr role="row">!${head(texts.source)}!${head(texts.publisher)}!${head(texts.licence)}!${head(texts.profiles, true)}!${head(texts.date, true)}!${head(texts.imported, true)}</tr></thead>
<tbody role="rowgroup">!${sources.map(row)}</tbody></table>`
}
