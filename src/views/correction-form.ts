import { html } from 'ghtml'
import { brickLabel } from '../model/bricks.ts'
import { CORRECTION_LIMITS, type Declared, type DeclaredOffer } from '../model/correction.ts'
import { ROLE_LABELS } from '../model/labels.ts'
import type { Language } from '../model/language.ts'
import { formatSiren } from '../model/siren.ts'
import { ROLES, type Supplier } from '../model/supplier.ts'
import type { PageContext, Problem } from './context.ts'
import { layout } from './layout.ts'
import { textsOf } from './locales/texts.ts'
import { type Fragment, NOTHING } from './markup.ts'
import { bricksPath, pagePath, supplierPath } from './urls.ts'

export interface CorrectionFormView {
  readonly supplier: Supplier
  /** What the fields hold: the profile, or what was typed before a refusal. */
  readonly values: Required<Declared>
  readonly comment: string
  readonly placeRegistered: boolean
  readonly domain?: string | undefined
  readonly mail: boolean
  /** Why the form comes back, and the field that it is about. */
  readonly problem?: (Problem & { readonly field: string }) | undefined
}

type Field = 'tagline' | 'description' | 'website' | 'commune' | 'tags' | 'bricks'

const LIMITS = CORRECTION_LIMITS
const SPARE_OFFERS = 2

const wrong = (name: string, problem: CorrectionFormView['problem']): Fragment =>
  problem?.field === name ? html`aria-invalid="true"` : NOTHING

const labelled = (name: Field, language: Language, control: Fragment, more: Fragment = NOTHING): Fragment => {
  const { correction } = textsOf(language)
  return html`<div><label for="${name}">${correction.fields[name]}</label><p class="small soft" id="${name}-hint">${correction.hints[name]}!${more}</p>
!${control}</div>`
}

const line = (name: Field, value: string, most: number, { problem }: CorrectionFormView): Fragment =>
  html`<input id="${name}" name="${name}" type="text" maxlength="${most}" value="${value}" aria-describedby="${name}-hint" !${wrong(name, problem)}>`

/** A browser drops the line end that a text begins with: one more keeps it. */
const area = (name: Field, value: string, rows: number, most: number, { problem }: CorrectionFormView): Fragment =>
  html`<textarea id="${name}" name="${name}" rows="${rows}" maxlength="${most}" aria-describedby="${name}-hint" !${wrong(name, problem)}>
${value}</textarea>`

const listArea = (
  name: 'tags' | 'bricks',
  values: readonly string[],
  most: number,
  longest: number,
  view: CorrectionFormView,
  language: Language,
): Fragment => {
  const { correction } = textsOf(language)
  if (values.length > most)
    return html`<p><strong>${correction.fields[name]}</strong><br><span class="soft">${correction.tooMany}</span></p>`
  const link = name === 'bricks' ? html` <a href="${bricksPath(language)}">${correction.bricksLink}</a>` : NOTHING
  return labelled(name, language, area(name, values.join('\n'), 5, most * (longest + 2), view), link)
}

const roleBoxes = (chosen: readonly string[], language: Language): Fragment => {
  const { correction } = textsOf(language)
  const box = (role: (typeof ROLES)[number]): Fragment =>
    html`<li><label class="check"><input type="checkbox" name="role" value="${role}" !${chosen.includes(role) ? 'checked' : NOTHING}> ${ROLE_LABELS[role][language]}</label></li>`
  return html`<fieldset class="boxes"><legend>${correction.fields.roles}</legend><input type="hidden" name="roles" value="shown"><ul class="plain">!${ROLES.map(box)}</ul></fieldset>`
}

const offerRow = (offer: DeclaredOffer | undefined, rank: number, language: Language): Fragment => {
  const { correction } = textsOf(language)
  const option = (kind: DeclaredOffer['kind']): Fragment =>
    html`<option value="${kind}" !${offer?.kind === kind ? 'selected' : NOTHING}>${correction[kind]}</option>`
  const id = `offer-${rank}`
  return html`<fieldset class="stack-s"><legend>${correction.offer(rank)}</legend><div class="fields">
<div><label for="${id}-kind">${correction.offerKind}</label><select id="${id}-kind" name="offerKind">!${option('product')}!${option('service')}</select></div>
<div><label for="${id}-name">${correction.offerName}</label><input id="${id}-name" name="offerName" type="text" maxlength="${LIMITS.offerName}" value="${offer?.name ?? ''}"></div>
<div><label for="${id}-text">${correction.offerDescription}</label><textarea id="${id}-text" name="offerDescription" rows="2" maxlength="${LIMITS.offerDescription}">
${offer?.description ?? ''}</textarea></div></div></fieldset>`
}

const offerRows = (offers: readonly DeclaredOffer[], language: Language): Fragment => {
  const { correction } = textsOf(language)
  const head = html`<h3>${correction.fields.offers}</h3>`
  const fits = offers.every(({ description = '' }) => description.length <= LIMITS.offerDescription)
  if (offers.length > LIMITS.offers || !fits) return html`!${head}<p class="soft">${correction.tooMany}</p>`
  const rows = Array.from({ length: Math.min(LIMITS.offers, offers.length + SPARE_OFFERS) }, (_, i) =>
    offerRow(offers[i], i + 1, language),
  )
  return html`!${head}<p class="small soft">${correction.hints.offers}</p>!${rows}`
}

const commentArea = (id: string, value: string, language: Language): Fragment => {
  const { correction } = textsOf(language)
  return html`<div><label for="${id}">${correction.comment}</label><p class="small soft" id="${id}-hint">${correction.commentHint}</p>
<textarea id="${id}" name="comment" rows="3" maxlength="${LIMITS.comment}" aria-describedby="${id}-hint">
${value}</textarea></div>`
}

const correctionFields = (view: CorrectionFormView, language: Language): Fragment => {
  const { values, placeRegistered } = view
  const labels = values.bricks.map(id => brickLabel(id, language))
  const commune = placeRegistered ? NOTHING : labelled('commune', language, line('commune', values.commune, 5, view))
  return html`!${labelled('tagline', language, area('tagline', values.tagline, 2, LIMITS.tagline, view))}
!${labelled('description', language, area('description', values.description, 8, LIMITS.description, view))}
!${labelled('website', language, line('website', values.website, LIMITS.address, view))}
!${commune}!${roleBoxes(values.roles, language)}
!${listArea('bricks', labels, LIMITS.bricks, LIMITS.brick, view, language)}
!${listArea('tags', values.tags, LIMITS.tags, LIMITS.tag, view, language)}
!${offerRows(values.offers, language)}`
}

const howTo = ({ domain, mail }: CorrectionFormView, language: Language): Fragment => {
  const { correction } = textsOf(language)
  const where = domain === undefined ? correction.noDomain : correction.domain(domain)
  const noMail = domain !== undefined && !mail ? html`<p class="small">${correction.noMail}</p>` : NOTHING
  return html`<section class="stack-s" aria-labelledby="comment-faire"><h2 class="rail-title" id="comment-faire">${correction.how}</h2>
<ol>!${correction.steps.map(step => html`<li>${step}</li>`)}</ol><p class="notice">${where}</p>!${noMail}
<p class="small soft">${correction.notThese}</p><p class="small soft">${correction.privacy}</p></section>`
}

/** A refusal above a form, announced when the page comes. */
export const refusedBox = (problem: Problem | undefined, title: string): Fragment =>
  problem === undefined
    ? NOTHING
    : html`<div class="callout stack-s" role="alert"><h2>${title}</h2><p>${problem.detail}</p></div>`

/** `/fournisseurs/{siren}/corriger`: what a firm may say of itself, and its removal. */
export const correctionFormPage = (context: PageContext, view: CorrectionFormView): string => {
  const { language } = context
  const { correction } = textsOf(language)
  const { supplier, problem } = view
  const action = pagePath(language, `/fournisseurs/${supplier.siren}/corriger`)
  return layout(context, {
    title: correction.title(supplier.name),
    section: 'search',
    noindex: true,
    main: html`<nav class="crumbs" aria-label="${textsOf(language).supplier.crumbs}"><a href="${supplierPath(language, supplier.siren)}">${supplier.name}</a></nav>
<div class="page-head stack"><h1>${correction.title(supplier.name)}</h1><p class="lede">${correction.lede}</p><p class="small soft">${formatSiren(supplier.siren)}</p></div>
<div class="stack-m">!${refusedBox(problem, correction.refused)}
<div class="split"><div class="stack-l">
<section class="stack" aria-labelledby="completer"><h2 id="completer">${correction.complete}</h2>
<form class="stack tender-form" action="${action}" method="post"><input type="hidden" name="kind" value="correct">
!${correctionFields(view, language)}!${commentArea('comment', view.comment, language)}
<p><button class="button button--main" type="submit">${correction.submit}</button></p></form></section>
<section class="stack" aria-labelledby="retrait"><h2 id="retrait">${correction.removal}</h2><p class="measure">${correction.removalText}</p>
<form class="stack tender-form" action="${action}" method="post"><input type="hidden" name="kind" value="remove">
<div><label class="check"><input type="checkbox" name="confirm" value="yes"> ${correction.removalConfirm}</label></div>
!${commentArea('removal-comment', '', language)}<p><button class="button" type="submit">${correction.removalSubmit}</button></p></form></section>
</div>!${howTo(view, language)}</div></div>`,
  })
}
