import { html } from 'ghtml'
import type { Language } from '../model/language.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, fragments } from './markup.ts'
import { pagePath } from './urls.ts'

/** The address templates of the search, as browsers and aggregators fill them (OpenSearch 1.1, draft 6). */
const templates = (language: Language): readonly (readonly [type: string, rel: string, template: string])[] => [
  ['text/html', 'results', `${pagePath(language, '/recherche')}?q={searchTerms}&page={startPage?}&size={count?}`],
  ['application/json', 'results', '/api/search?q={searchTerms}&page={startPage?}&size={count?}'],
  ['application/atom+xml', 'results', `/api/search.atom?q={searchTerms}&language=${language}`],
]

/** The OpenSearch description: lets a browser search here from its address bar, in the language of the page. */
export const openSearchDescription = (language: Language, baseUrl: string): string => {
  const { site, exports: texts } = textsOf(language)
  const url = ([type, rel, template]: ReturnType<typeof templates>[number]): Fragment =>
    html`<Url type="${type}" rel="${rel}" template="${baseUrl + template}"/>`
  const self = `${baseUrl}${pagePath(language, '/opensearch.xml')}`
  return html`<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>${site.name}</ShortName>
<LongName>${texts.openSearch}</LongName>
<Description>${texts.openSearchText}</Description>
!${fragments(templates(language).map(url), '\n')}
<Url type="application/opensearchdescription+xml" rel="self" template="${self}"/>
<Image height="16" width="16" type="image/svg+xml">${baseUrl}/favicon.svg</Image>
<Language>${language}</Language>
<InputEncoding>UTF-8</InputEncoding>
<OutputEncoding>UTF-8</OutputEncoding>
</OpenSearchDescription>
`
}
