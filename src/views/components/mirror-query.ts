import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import { MAX_QUERY_LENGTH } from '../../model/query.ts'
import type { AskedConcept, QueryStanding } from '../../model/visibility.ts'
import type { PageContext } from '../context.ts'
import { formatNumber, formatScore } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, fragments, NOTHING, rich } from '../markup.ts'
import { brickPath, pagePath, searchPath } from '../urls.ts'
import { type MirrorView, mirrorPath } from '../visibility-view.ts'
import { evidenceQuote } from './mirror-needs.ts'
import { ordinal } from './ordinal.ts'
import { outsideLink } from './source-line.ts'
import { stateFlag } from './state-flag.ts'

/** The box for a query of the firm's own. */
const queryForm = (language: Language, siren: string, q: string): Fragment => {
  const { visibility } = textsOf(language)
  return html`<form class="siren-form no-print" action="${pagePath(language, mirrorPath(siren))}" method="get" role="search" aria-labelledby="essai">
<div class="grow"><label for="q">${visibility.tryLabel}</label><input id="q" name="q" type="search" maxlength="${MAX_QUERY_LENGTH}" autocomplete="off" spellcheck="true" value="${q}" aria-describedby="q-aide"></div>
<button class="button button--main" type="submit">${visibility.trySubmit}</button></form>
<p class="small soft no-print" id="q-aide">${visibility.tryText}</p>`
}

const heading = ({ text, rank, standing, total }: QueryStanding, language: Language): Fragment => {
  const { visibility } = textsOf(language)
  const q = html`${text}`
  if (rank !== null)
    return rich(visibility.queryRanked, { q, rank: ordinal(rank, language), total: formatNumber(total, language) })
  return rich(standing === 'beyond' ? visibility.queryBeyond : visibility.queryAbsent, { q })
}

const notices = (query: QueryStanding, language: Language): Fragment => {
  const { visibility } = textsOf(language)
  const { held, of, needed } = query.minimum
  const lines = [
    ...(query.corrected === null ? [] : [visibility.corrected(query.corrected)]),
    ...(query.relaxed ? [visibility.relaxed] : []),
    ...(of === 0 ? [] : [visibility.minimum(held, of, needed)]),
  ]
  const hindrances = query.hindrances.map(each => html`<li>${visibility.hindrance[each]}</li>`)
  const held_back = hindrances.length === 0 ? NOTHING : html`<ul class="notice">!${hindrances}</ul>`
  return html`<p class="measure">${lines.join(' ')} <a href="${searchPath(language, { q: query.text })}">${visibility.seeSearch}</a></p>!${held_back}`
}

const fieldList = (fields: AskedConcept['own'], language: Language): Fragment => {
  const { visibility } = textsOf(language)
  if (fields.length === 0) return html`<span class="absent-word">${visibility.nothing}</span>`
  return html`${fields.map(field => visibility.fieldNames[field]).join(', ')}`
}

/** The firm beside those above it: where each has the words, then what each gets for it. */
const besideTable = (query: QueryStanding, language: Language): Fragment => {
  const { visibility } = textsOf(language)
  const { above, concepts, lines } = query
  const columns = above.length + 2
  const cell = (label: string, content: Fragment, number = false): Fragment =>
    html`<td role="cell" class="${number ? 'num' : ''}" data-label="${label}">!${content}</td>`
  const head = above.map(
    ({ siren, name, rank, state }) =>
      html`<th role="columnheader" scope="col">!${ordinal(rank, language)} <a href="${pagePath(language, `/fournisseurs/${siren}`)}">${name}</a> !${stateFlag(state, language)}</th>`,
  )
  const conceptRow = ({ text, optional, own, above: others }: AskedConcept): Fragment => {
    const note = optional ? html` <span class="small soft">(${visibility.optional})</span>` : NOTHING
    return html`<tr role="row"><th role="rowheader" scope="row">${textsOf(language).supplier.quoted(text)}!${note}</th>!${cell(visibility.you, fieldList(own, language))}!${others.map(({ fields }, index) => cell(above[index]?.name ?? '', fieldList(fields, language)))}</tr>`
  }
  const points = (label: string, own: number, others: readonly number[]): Fragment =>
    html`<tr role="row"><th role="rowheader" scope="row">${label}</th>!${cell(visibility.you, html`${formatScore(own, language)}`, true)}!${others.map((value, index) => cell(above[index]?.name ?? '', html`${formatScore(value, language)}`, true))}</tr>`
  const group = (title: string, rows: readonly Fragment[]): Fragment =>
    rows.length === 0
      ? NOTHING
      : html`<tbody role="rowgroup"><tr role="row" class="group"><th role="columnheader" scope="colgroup" colspan="${columns}">${title}</th></tr>!${rows}</tbody>`
  const scores = points(
    visibility.score,
    query.own?.score ?? 0,
    above.map(({ score }) => score),
  )
  return html`<table role="table" class="compare beside"><caption class="hidden">${visibility.aboveCaption}</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${visibility.criterion}</th><th role="columnheader" scope="col">${visibility.you}</th>!${head}</tr></thead>
!${group(visibility.conceptGroup, concepts.map(conceptRow))}
!${group(visibility.pointGroup, [...lines.map(({ label, own, above: others }) => points(label, own, others)), scores])}</table>`
}

const nearList = ({ near }: AskedConcept, language: Language): Fragment => {
  const { visibility } = textsOf(language)
  if (near.length === 0) return html`<p class="soft">${visibility.noNear}</p>`
  const item = ({ kind, text, brick }: AskedConcept['near'][number]): Fragment =>
    brick === undefined
      ? html`${visibility.near[kind](text)}`
      : html`<a href="${brickPath(language, brick)}">${visibility.near[kind](text)}</a>`
  return html`<p>${visibility.nearest} !${fragments(
    near.map(each => item(each)),
    ', ',
  )}.</p>`
}

/** One thing to do for each word that is missing, and the page where to do it; never a list of words to add. */
const advice = (query: QueryStanding, { visibility: { supplier } }: MirrorView, language: Language): Fragment => {
  const { visibility } = textsOf(language)
  const lacking = query.concepts
    .filter(({ own }) => own.length === 0)
    .toSorted((a, b) => Number(a.optional) - Number(b.optional))
  if (lacking.length === 0)
    return html`<p class="measure">${query.rank === 1 ? visibility.adviceNone : visibility.adviceOrder}</p>`
  const where =
    query.page !== undefined
      ? rich(visibility.writeOn, { page: outsideLink(query.page.url, query.page.title) })
      : html`${supplier.website === undefined ? visibility.writeDeclaration : visibility.writeAnywhere}`
  const item = (concept: AskedConcept): Fragment => {
    const title = concept.optional ? visibility.lacksOptional(concept.text) : visibility.lacks(concept.text)
    return html`<li class="stack-s"><h4>${title}</h4>!${nearList(concept, language)}</li>`
  }
  return html`<ol class="rows">!${lacking.map(item)}</ol><p class="measure">!${where}</p><p class="small soft measure">${visibility.noStuffing}</p>`
}

const standing = (context: PageContext, view: MirrorView, query: QueryStanding): Fragment => {
  const { language } = context
  const { visibility } = textsOf(language)
  const evidence =
    query.evidence === undefined || query.rank === null ? NOTHING : evidenceQuote(query.evidence, context)
  const above =
    query.above.length === 0
      ? html`<p class="soft">${query.total === 0 ? visibility.nobody : visibility.nobodyAbove}</p>`
      : html`<p class="small soft measure">${visibility.aboveText}</p>`
  return html`<div class="stack answer"><h3 class="answer-title">!${heading(query, language)}</h3>!${notices(query, language)}!${evidence}
<h3>${visibility.above}</h3>!${above}!${besideTable(query, language)}
<h3>${visibility.advice}</h3>!${advice(query, view, language)}</div>`
}

/** The firm's own query, and where it stands there. */
export const mirrorQuery = (context: PageContext, view: MirrorView): Fragment => {
  const { language } = context
  const { visibility } = textsOf(language)
  const { query, supplier } = view.visibility
  return html`<section class="stack" aria-labelledby="essai"><h2 id="essai">${visibility.try}</h2>
!${queryForm(language, supplier.siren, query?.text ?? '')}!${query === null ? NOTHING : standing(context, view, query)}</section>`
}
