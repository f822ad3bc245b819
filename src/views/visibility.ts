import { html } from 'ghtml'
import type { Language } from '../model/language.ts'
import { formatSiren } from '../model/siren.ts'
import type { Supplier } from '../model/supplier.ts'
import { mirrorFields, mirrorLacking } from './components/mirror-fields.ts'
import { mirrorNeeds } from './components/mirror-needs.ts'
import { mirrorAlike, mirrorLabels } from './components/mirror-others.ts'
import { mirrorQuery } from './components/mirror-query.ts'
import { mirrorSite } from './components/mirror-site.ts'
import { placeOf } from './components/place.ts'
import { stateFlag, websiteFlag } from './components/state-flag.ts'
import type { PageContext } from './context.ts'
import { dateElement } from './format.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, fragments, NOTHING, rich } from './markup.ts'
import { pagePath, supplierPath } from './urls.ts'
import { type MirrorEntryView, type MirrorLinks, type MirrorView, mirrorPath } from './visibility-view.ts'

export type { MirrorEntryView, MirrorLinks, MirrorView } from './visibility-view.ts'

/** The longest name, address or number that is looked up. */
export const MAX_FIRM_LENGTH = 200

const FIRST_PAGE = 10

const summary = ({ visibility: { needs, indexed }, ranked }: MirrorView, language: Language): string => {
  const { visibility } = textsOf(language)
  if (!ranked) return visibility.noRanks
  if (!indexed) return visibility.notIndexed
  if (needs.length === 0) return visibility.summaryNone
  const own = needs.filter(({ relation }) => ['own', 'words', 'passing'].includes(relation))
  const first = own.filter(({ rank }) => rank !== null && rank <= FIRST_PAGE).length
  const absent = needs.filter(
    ({ standing, relation }) => standing === 'absent' && !['own', 'words', 'passing'].includes(relation),
  ).length
  const missing = absent === 0 ? '' : ` ${visibility.summaryMissing(absent)}`
  return visibility.summary(first, own.length) + missing
}

const head = ({ language }: PageContext, view: MirrorView): Fragment => {
  const { visibility, search } = textsOf(language)
  const { supplier, site } = view.visibility
  const place = placeOf(view.location)
  const visited =
    site.lastVisit === undefined
      ? html`${visibility.siteNever}`
      : rich(visibility.siteRead, { date: dateElement(site.lastVisit, language) })
  const meta = [
    ...(place === undefined ? [] : [html`${place}`]),
    html`${textsOf(language).supplier.siren(formatSiren(supplier.siren))}`,
    visited,
  ]
  const correct =
    view.links.correct === undefined
      ? NOTHING
      : html`<a class="button button--main" href="${view.links.correct}">${visibility.correct}</a>`
  const feed = view.links.feed === undefined ? NOTHING : html`<a href="${view.links.feed}">${visibility.feed}</a>`
  return html`<div class="profile-head"><div class="cluster"><h1>${visibility.heading(supplier.name)}</h1>!${stateFlag(supplier.state, language)}</div>
!${supplier.unnamed ? html`<p class="soft">${search.unnamed}</p>` : NOTHING}
<p class="measure lede-s">${summary(view, language)}</p>
<ul class="meta">!${meta.map(part => html`<li>!${part}</li>`)}</ul>
<div class="cluster no-print">!${correct}<a class="button" href="${supplierPath(language, supplier.siren)}">${visibility.profile}</a>
<a class="small" href="/api/suppliers/${supplier.siren}/visibility">${visibility.json}</a> !${feed}</div></div>`
}

const indexNote = ({ language }: PageContext, { visibility: { index, indexed }, ranked }: MirrorView): Fragment => {
  const { visibility, site } = textsOf(language)
  if (!ranked || !indexed) return NOTHING
  const slots = {
    version: html`${index.version}`,
    date: dateElement(index.builtAt, language),
    count: html`${site.suppliers(index.suppliers)}`,
  }
  return html`<p class="small soft">!${rich(visibility.indexNote, slots)}</p>`
}

/** `/visibilite/{siren}`: for which needs a firm is found, at which rank, by what, and what its profile lacks. */
export const mirrorPage = (context: PageContext, view: MirrorView): string => {
  const { visibility } = textsOf(context.language)
  const { supplier, query, indexed } = view.visibility
  const ranks = view.ranked && indexed ? html`!${mirrorQuery(context, view)}!${mirrorNeeds(context, view)}` : NOTHING
  return layout(context, {
    title: visibility.heading(supplier.name),
    description: visibility.description,
    section: 'visibility',
    canonical: mirrorPath(supplier.siren),
    ...(query !== null && { noindex: true }),
    main: html`!${head(context, view)}<div class="stack-l">!${ranks}
!${mirrorFields(context, view)}
<div class="two">!${mirrorLacking(context, view)}!${mirrorSite(context, view)}</div>
<div class="two">!${mirrorAlike(context, view)}!${mirrorLabels(context, view)}</div>
!${indexNote(context, view)}</div>`,
  })
}

const firmForm = (language: Language, firm: string): Fragment => {
  const { visibility } = textsOf(language)
  return html`<form class="siren-form" action="${pagePath(language, '/visibilite')}" method="get" role="search">
<div class="grow"><label for="firm">${visibility.firm}</label><input id="firm" name="firm" type="text" maxlength="${MAX_FIRM_LENGTH}" autocomplete="organization" value="${firm}" required aria-describedby="firm-aide"></div>
<button class="button button--main" type="submit">${visibility.find}</button></form>
<p class="small soft" id="firm-aide">${visibility.firmHint}</p>`
}

const list = (texts: readonly string[]): Fragment => html`<ul>!${texts.map(text => html`<li>${text}</li>`)}</ul>`

const choice = (language: Language, suppliers: readonly Supplier[]): Fragment => {
  const { visibility } = textsOf(language)
  const item = ({ siren, name, location, tagline, state, websiteState }: Supplier): Fragment => {
    const notes = [formatSiren(siren), placeOf(location), tagline?.text].filter(note => note !== undefined)
    return html`<li class="option"><span><a href="${pagePath(language, mirrorPath(siren))}">${name}</a> !${stateFlag(state, language)}!${websiteFlag(websiteState, language)} <span class="soft">${notes.join(', ')}</span></span></li>`
  }
  return html`<section class="stack" aria-labelledby="choix"><h2 id="choix">${visibility.choice(suppliers.length)}</h2>
<p>${visibility.choiceText(suppliers.length)}</p><ul class="options">!${suppliers.map(item)}</ul></section>`
}

const submitting = ({ submit }: MirrorLinks, language: Language): Fragment => {
  const { visibility } = textsOf(language)
  return submit === undefined
    ? html`<p>${visibility.noSubmit}</p>`
    : html`<p><a class="button" href="${submit}">${visibility.submitSite}</a> <span class="soft">${visibility.submitText}</span></p>`
}

const unknown = ({ language, status }: PageContext, { firm, links }: MirrorEntryView): Fragment => {
  const { visibility } = textsOf(language)
  const named = status.sources.map(source => html`${source.name}`)
  const sources = named.length === 0 ? html`${visibility.noSources}` : fragments(named, ', ')
  const reasons = visibility.unknownReasons.map(reason => html`<li>!${rich(reason, { sources })}</li>`)
  return html`<section class="callout stack" aria-labelledby="inconnu"><h2 id="inconnu">!${rich(visibility.unknown, { firm: html`${firm}` })}</h2>
<p>${visibility.unknownWhy}</p><ul>!${reasons}</ul>!${submitting(links, language)}</section>`
}

/** `/visibilite`: the way to a firm's mirror, a choice among several, or why there is no profile. */
export const mirrorEntryPage = (context: PageContext, view: MirrorEntryView): string => {
  const { language } = context
  const { visibility } = textsOf(language)
  const { firm, suppliers } = view
  const answer = view.unknown ? unknown(context, view) : suppliers.length > 0 ? choice(language, suppliers) : NOTHING
  return layout(context, {
    title: visibility.title,
    description: visibility.description,
    section: 'visibility',
    canonical: '/visibilite',
    ...(firm !== '' && { noindex: true }),
    main: html`<div class="page-head stack"><h1>${visibility.title}</h1><p class="lede">${visibility.lede}</p></div>
<div class="stack-l"><div class="stack-s">!${firmForm(language, firm)}</div>!${answer}
<div class="two"><section class="stack-s" aria-labelledby="montre"><h2 class="rail-title" id="montre">${visibility.shows}</h2>!${list(visibility.showsText)}</section>
<section class="stack-s" aria-labelledby="promesses"><h2 class="rail-title" id="promesses">${visibility.promises}</h2>!${list(visibility.promisesText)}</section></div></div>`,
  })
}
