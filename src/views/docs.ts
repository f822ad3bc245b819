import { html } from 'ghtml'
import {
  type ApiResponse,
  asRecord,
  asText,
  type Json,
  type Operation,
  operationsOf,
  type Parameter,
} from './components/openapi.ts'
import { constraints, schemaOutline, typeText } from './components/schema-outline.ts'
import type { PageContext } from './context.ts'
import { layout } from './layout.ts'
import { type Texts, textsOf } from './locales/texts.ts'
import { type Fragment, NOTHING, rich } from './markup.ts'

/** Values that make an example answer something, by parameter; required ones without a value keep their name. */
const EXAMPLES: ReadonlyMap<string, string> = new Map([
  ['q', 'capteurs de qualité de l’air pour les écoles'],
  ['near', 'Rennes'],
  ['radiusKm', '100'],
])

const LOCAL = 'http://localhost:3000'

/** One argument of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const curl = ({ method, path, parameters }: Operation, base: string): string => {
  const query = parameters
    .filter(each => each.where === 'query' && (each.required || EXAMPLES.has(each.name)))
    .map(each => `--data-urlencode ${quoted(`${each.name}=${EXAMPLES.get(each.name) ?? `{${each.name}}`}`)}`)
  const verb = method === 'GET' ? (query.length > 0 ? ['--get'] : []) : [`--request ${method}`]
  return ['curl', ...verb, quoted(base + path), ...query].join(' ')
}

const parameterRow = (parameter: Parameter, document: Json, texts: Texts): Fragment => {
  const { docs } = texts
  const where = parameter.where === 'path' ? [docs.inPath] : parameter.where === 'header' ? [docs.inHeader] : []
  const list = asRecord(parameter.schema)['type'] === 'array' ? [docs.repeatable] : []
  const notes = [
    ...(parameter.required ? [docs.required] : []),
    ...where,
    ...list,
    ...constraints(document, parameter.schema, texts),
  ]
  return html`<tr role="row"><th role="rowheader" scope="row"><code>${parameter.name}</code></th>
<td role="cell">${typeText(document, parameter.schema, texts)}!${notes.length === 0 ? NOTHING : html`<br><span class="soft small">${notes.join(', ')}</span>`}</td>
<td role="cell" lang="fr">${parameter.description ?? ''}</td></tr>`
}

const parameterTable = ({ path, parameters }: Operation, document: Json, texts: Texts): Fragment => {
  if (parameters.length === 0) return NOTHING
  const { docs } = texts
  const heads = [docs.name, docs.type, docs.meaning]
  return html`<h3>${docs.parameters}</h3>
<table role="table" class="stacked parameters"><caption class="hidden">${docs.parametersCaption(path)}</caption>
<thead role="rowgroup"><tr role="row">!${heads.map(head => html`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">!${parameters.map(each => parameterRow(each, document, texts))}</tbody></table>`
}

const contentRow = (content: ApiResponse, document: Json, texts: Texts): Fragment => {
  const { docs } = texts
  const outline = content.schema === undefined ? NOTHING : schemaOutline(document, content.schema, texts)
  const head = html`!${content.status === '' ? NOTHING : html`<code>${content.status}</code> `}<span lang="fr">${content.description ?? ''}</span> <span class="soft">${content.mediaType ?? docs.noBody}</span>`
  const folded =
    outline === NOTHING
      ? NOTHING
      : html`<details><summary>${docs.outline}<span class="hidden"> ${content.status}</span></summary>!${outline}</details>`
  return html`<li><p>!${head}</p>!${folded}</li>`
}

const operationSection = (operation: Operation, document: Json, base: string, texts: Texts): Fragment => {
  const { docs } = texts
  const body =
    operation.body === undefined
      ? NOTHING
      : html`<h3>${docs.body}</h3><ul class="responses">!${contentRow(operation.body, document, texts)}</ul>`
  const responses =
    operation.responses.length === 0
      ? NOTHING
      : html`<h3>${docs.responses}</h3><ul class="responses">!${operation.responses.map(each => contentRow(each, document, texts))}</ul>`
  return html`<section class="stack" aria-labelledby="${operation.id}">
<h2 id="${operation.id}"><code><span class="soft">${operation.method}</span> ${operation.path}</code></h2>
!${operation.summary === undefined ? NOTHING : html`<p lang="fr">${operation.summary}</p>`}
!${operation.description === undefined ? NOTHING : html`<p class="measure" lang="fr">${operation.description}</p>`}
<h3>${docs.example}</h3><pre><code>${curl(operation, base)}</code></pre>
!${parameterTable(operation, document, texts)}!${body}!${responses}
</section>`
}

const intro = (document: Json, { docs }: Texts): Fragment => {
  const version = asText(asRecord(document['info'])['version'])
  const language = rich(docs.languageText, { header: html`<code>Accept-Language</code>` })
  const errors = rich(docs.errorsText, { type: html`<code>application/problem+json</code>` })
  return html`<div class="page-head stack"><h1>${docs.title}</h1><p class="lede">${docs.lede}</p>
<p><a href="/openapi.json">${docs.openapi}</a>!${version === undefined ? NOTHING : html` <span class="soft">${docs.version(version)}</span>`}</p>
<p class="measure">!${language} !${errors} ${docs.descriptionsText}</p></div>`
}

/** The API's documentation, written from its OpenAPI object: any 3.1 object gives a page, however incomplete. */
export const docsPage = (context: PageContext, openapi: unknown): string => {
  const texts = textsOf(context.language)
  const { docs } = texts
  const document = asRecord(openapi)
  const operations = operationsOf(document)
  const base = context.baseUrl ?? LOCAL
  const content =
    operations.length === 0
      ? html`<p>${docs.none}</p>`
      : html`<div class="split"><div class="stack-l">!${operations.map(each => operationSection(each, document, base, texts))}</div>
<aside class="rail rail--sticky no-print"><nav class="contents" aria-label="${docs.contents}">!${operations.map(({ id, method, path }) => html`<a href="#${id}"><code>${method} ${path}</code></a>`)}</nav></aside></div>`
  return layout(context, {
    title: docs.title,
    description: docs.lede,
    section: 'docs',
    main: html`!${intro(document, texts)}!${content}`,
  })
}
