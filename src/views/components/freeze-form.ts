import { html } from 'ghtml'
import {
  DOSSIER_LIMITS,
  DOSSIER_ORDERS,
  type DossierKind,
  MAX_DOSSIER_NOTE,
  MAX_DOSSIER_TITLE,
} from '../../model/dossier.ts'
import { FACET_NAMES } from '../../model/facets.ts'
import type { Language } from '../../model/language.ts'
import type { SearchParameters } from '../../model/query.ts'
import { rangeParameters } from '../../model/ranges.ts'
import { formatNumber } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { pagePath } from '../urls.ts'

/** "Figer un dossier": what a dossier is asked beside the question itself, which its page sends again. */

const OWN = 'dossier.'

const hidden = (name: string, value: string): Fragment => html`<input type="hidden" name="${name}" value="${value}">`

/** The fields of the dossier's own; `form` is the id of the form that they belong to, when they stand outside it. */
const ownFields = (kind: DossierKind, language: Language, form?: string): Fragment => {
  const { dossier } = textsOf(language)
  const joins = form === undefined ? NOTHING : html`form="${form}"`
  const id = (name: string): string => `figer-${name}`
  const order = (value: (typeof DOSSIER_ORDERS)[number]): Fragment =>
    html`<option value="${value}">${dossier.orders[value]}</option>`
  const choice =
    kind === 'comparison'
      ? NOTHING
      : html`<div><label for="${id('order')}">${dossier.orderField}</label><select id="${id('order')}" name="${OWN}order" !${joins}>!${DOSSIER_ORDERS.map(order)}</select></div>`
  const limit = (value: number): Fragment => html`<option value="${value}">${formatNumber(value, language)}</option>`
  const limits =
    kind === 'search'
      ? html`<div><label for="${id('limit')}">${dossier.limitField}</label><select id="${id('limit')}" name="${OWN}limit" !${joins}>!${DOSSIER_LIMITS.map(limit)}</select></div>`
      : NOTHING
  const keep =
    kind === 'tender'
      ? html`<div><label class="check"><input type="checkbox" name="${OWN}text" value="keep" !${joins} aria-describedby="${id('hint')}"> ${dossier.keepText}</label><p class="small soft" id="${id('hint')}">${dossier.keepTextHint}</p></div>`
      : NOTHING
  return html`<input type="hidden" name="${OWN}kind" value="${kind}" !${joins}>
<div><label for="${id('title')}">${dossier.titleField}</label><input id="${id('title')}" name="${OWN}title" type="text" maxlength="${MAX_DOSSIER_TITLE}" autocomplete="off" !${joins}></div>
<div><label for="${id('note')}">${dossier.noteField}</label><textarea id="${id('note')}" name="${OWN}note" rows="3" maxlength="${MAX_DOSSIER_NOTE}" !${joins}></textarea></div>
!${choice}!${limits}!${keep}`
}

const folded = (language: Language, content: Fragment): Fragment => {
  const { dossier } = textsOf(language)
  return html`<details class="freeze no-print"><summary class="button button--small">${dossier.freeze}</summary>
<div class="stack-s freeze-form"><p class="small">${dossier.freezeText} <a href="${pagePath(language, '/dossiers')}">${dossier.about}</a></p>!${content}</div></details>`
}

const ownForm = (kind: DossierKind, language: Language, question: Fragment): Fragment =>
  folded(
    language,
    html`<form class="stack-s" action="${pagePath(language, '/dossiers')}" method="post" enctype="multipart/form-data">!${question}
!${ownFields(kind, language)}<p><button class="button button--main" type="submit">${textsOf(language).dossier.freezeSubmit}</button></p></form>`,
  )

/** Freezes a search: its parameters are sent again, and its answer computed again. */
export const freezeSearch = (parameters: SearchParameters, language: Language): Fragment => {
  const { q, near, radiusKm, sort, literal = [] } = parameters
  const single = Object.entries({ q, near, radiusKm, ...rangeParameters(parameters), sort }).map(([name, value]) =>
    value === undefined || value === '' ? NOTHING : hidden(name, String(value)),
  )
  const lists = FACET_NAMES.flatMap(name => (parameters[name] ?? []).map(value => hidden(name, value)))
  const question = html`!${single}!${literal.map(piece => hidden('literal', piece))}!${lists}`
  return ownForm('search', language, question)
}

/** Freezes a comparison. */
export const freezeComparison = (sirens: readonly string[], language: Language): Fragment =>
  ownForm('comparison', language, html`!${sirens.map(siren => hidden('siren', siren))}`)

/** Freezes the analysis of a need: the page's one form goes to another address, with its hidden text and its choices. */
export const freezeTender = (form: string, language: Language): Fragment =>
  folded(
    language,
    html`!${ownFields('tender', language, form)}
<p><button class="button button--main" type="submit" form="${form}" formaction="${pagePath(language, '/dossiers')}">${textsOf(language).dossier.freezeSubmit}</button></p>`,
  )
