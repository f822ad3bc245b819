import { html } from 'ghtml'
import { brickLabel } from '../../model/bricks.ts'
import { shortPlace } from '../components/place.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, fragments, NOTHING } from '../markup.ts'
import { pagePath, searchQuery, supplierPath } from '../urls.ts'
import { instant, nameUuid, x } from './atom-parts.ts'
import type { ExportContext, ExportedHit, ExportView } from './context.ts'
import { plainPassage } from './plain.ts'

const summaryOf = ({ hit: { supplier, passages } }: ExportedHit): string => {
  const parts = [supplier.tagline, shortPlace(supplier), passages[0] && plainPassage(passages[0].text)]
  return parts.filter(part => part !== undefined && part !== '').join(' — ')
}

/** How many bricks an entry is filed under: feed readers show them all. */
const MAX_CATEGORIES = 10

/** When what the profile says changed; of a profile merged before that was kept, the date of its newest source. */
const updatedOf = ({ changedAt, hit }: ExportedHit, { status }: Pick<ExportContext, 'status'>): string =>
  instant(changedAt ?? hit.supplier.updatedAt, status.index.builtAt)

const entry = (each: ExportedHit, { language, baseUrl, status }: ExportContext): Fragment => {
  const { supplier } = each.hit
  const category = (id: string): Fragment => html`<category term="!${x(id)}" label="!${x(brickLabel(id, language))}"/>`
  return html`<entry>
<id>${nameUuid(`${language}/supplier/${supplier.siren}`)}</id>
<title>!${x(supplier.name)}</title>
<updated>${updatedOf(each, { status })}</updated>
<link rel="alternate" type="text/html" href="!${x(baseUrl + supplierPath(language, supplier.siren))}"/>
<link rel="alternate" type="application/json" href="!${x(`${baseUrl}/api/suppliers/${supplier.siren}`)}"/>
!${supplier.bricks.slice(0, MAX_CATEGORIES).map(category)}
<summary>!${x(summaryOf(each))}</summary>
</entry>`
}

/**
 * "New or changed suppliers for this search" as an Atom feed (RFC 4287), the latest first. The identifiers depend on
 * the search and on the SIREN alone: a reader sees an entry again when its date changes, whatever the server is called.
 */
export const atomFeed = (context: ExportContext, view: ExportView): string => {
  const { language, baseUrl, status } = context
  const texts = textsOf(language)
  const { page: _page, size: _size, sort: _sort, ...search } = view.parameters
  const query = searchQuery(search)
  const text = view.result.query.text
  const subject = text === '' ? texts.search.titleAll : texts.search.titleQuery(text)
  const page = query === '' ? '/recherche' : `/recherche?${query}`
  const self = `${baseUrl}/api/search.atom?${query === '' ? '' : `${query}&`}language=${language}`
  const dates = view.hits.map(each => updatedOf(each, context))
  // ISO instants sort as text. Without entries, the index is what was last updated.
  const newest = dates.toSorted().at(-1) ?? instant(status.index.builtAt, '')
  const entries = view.hits.map(each => entry(each, context))
  return html`<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>${nameUuid(`${language}/search/${query}`)}</id>
<title>!${x(texts.exports.feedTitle(subject))}</title>
<subtitle>!${x(texts.exports.feedSubtitle)}</subtitle>
<updated>${newest}</updated>
<author><name>${texts.site.name}</name></author>
<generator>${texts.site.name}</generator>
<link rel="self" type="application/atom+xml" href="!${x(self)}"/>
<link rel="alternate" type="text/html" href="!${x(baseUrl + pagePath(language, page))}"/>
!${entries.length === 0 ? NOTHING : fragments(entries, '\n')}
</feed>
`
}
