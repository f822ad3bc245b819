import { SORTS } from '../../model/query.ts'
import { chosenFilters } from '../components/chips.ts'
import { textsOf } from '../locales/texts.ts'
import type { ExportContext, ExportView } from './context.ts'
import type { Table } from './table.ts'

/** What was searched, in which index, from which sources: a table that makes the other one citable. */
export const aboutSearch = ({ language, status }: ExportContext, { parameters, result, hits }: ExportView): Table => {
  const { exports: texts, search } = textsOf(language)
  const filters = chosenFilters(parameters, language).map(({ facet, value }) => `${facet} : ${value}`)
  const sort = SORTS.find(each => each === parameters.sort) ?? 'relevance'
  return {
    name: texts.aboutSheet,
    columns: [
      { title: texts.about.query, width: 32 },
      { title: result.query.text === '' ? search.titleAll : result.query.text, width: 90 },
    ],
    rows: [
      [texts.about.filters, filters.join(' | ')],
      [texts.about.place, parameters.near],
      [texts.about.order, search.sorts[sort]],
      [texts.about.total, result.total],
      [texts.about.rows, hits.length],
      [texts.about.index, status.index.version],
      [texts.about.builtAt, status.index.builtAt],
      ...status.sources.map(({ name, publisher, date, licence, url }) => [
        texts.about.source,
        [name, publisher, date, licence, url].join(', '),
      ]),
      [undefined, texts.about.note],
    ],
  }
}
