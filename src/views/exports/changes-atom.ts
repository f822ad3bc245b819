import { html } from 'ghtml'
import type { ProfileChange } from '../../model/correction.ts'
import type { Supplier } from '../../model/supplier.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, fragments, rich } from '../markup.ts'
import { supplierPath } from '../urls.ts'
import { instant, nameUuid, x } from './atom-parts.ts'
import type { ExportContext } from './context.ts'

/** The changes of one moment: an import changes several properties at once, and that is one piece of news. */
interface Moment {
  readonly at: string
  readonly changes: readonly ProfileChange[]
}

const momentsOf = (changes: readonly ProfileChange[]): readonly Moment[] =>
  [...Map.groupBy(changes, change => change.at)].map(([at, of]) => ({ at, changes: of }))

const wordsOf = ({ changes }: Moment, { language, status }: ExportContext): { title: Fragment; summary: Fragment } => {
  const { changes: texts } = textsOf(language).correction
  const names: Readonly<Record<string, string>> = texts.properties
  const properties = [...new Set(changes.map(({ property }) => names[property] ?? property))]
  const created = changes.some(({ property }) => property === 'created')
  const title = created ? x(texts.created) : rich(texts.changed, { properties: x(properties.join(', ')) })
  const sources = [...new Set(changes.map(({ source }) => source))].filter(id => id !== '')
  // A declaration that was taken back may have been the only one: then no source of that name is listed.
  const nameOf = (id: string): string =>
    status.sources.find(each => each.id === id)?.name ?? (id === 'correction' ? texts.declared : id)
  const named = sources.map(nameOf).join(', ')
  const summary = named === '' ? x(texts.noSource) : rich(texts.bySource, { source: x(named) })
  return { title, summary }
}

/** What changed in a profile, when, and by which source, as an Atom feed (RFC 4287), the latest first. */
export const changesFeed = (
  context: ExportContext,
  { siren, name, updatedAt }: Supplier,
  changes: readonly ProfileChange[],
): string => {
  const { language, baseUrl } = context
  const texts = textsOf(language)
  const page = html`<link rel="alternate" type="text/html" href="!${x(baseUrl + supplierPath(language, siren))}"/>`
  const entry = (moment: Moment): Fragment => {
    const { title, summary } = wordsOf(moment, context)
    return html`<entry>
<id>${nameUuid(`${language}/supplier/${siren}/changes/${moment.at}`)}</id>
<title>!${title}</title>
<updated>${instant(moment.at, updatedAt)}</updated>
!${page}
<summary>!${summary}</summary>
</entry>`
  }
  const self = `${baseUrl}/api/suppliers/${siren}/changes.atom?language=${language}`
  return html`<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>${nameUuid(`${language}/supplier/${siren}/changes`)}</id>
<title>!${x(texts.correction.feedTitle(name))}</title>
<subtitle>!${x(texts.correction.changes.subtitle)}</subtitle>
<updated>${instant(changes[0]?.at ?? updatedAt, '')}</updated>
<author><name>${texts.site.name}</name></author>
<generator>${texts.site.name}</generator>
<link rel="self" type="application/atom+xml" href="!${x(self)}"/>
!${page}
!${fragments(momentsOf(changes).map(entry), '\n')}
</feed>
`
}
