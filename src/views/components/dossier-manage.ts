import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import { type DossierView, dossierPath } from '../dossier-view.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'

/** What the key allows: to write decisions, and to delete. */

const keyField = (id: string, label: string): Fragment =>
  html`<div><label for="${id}">${label}</label><input id="${id}" name="key" type="text" maxlength="100" autocomplete="off" spellcheck="false" required></div>`

/** Opens the page for writing; the key goes in the body of a request, never in an address. */
export const openForm = (id: string, language: Language): Fragment => {
  const { dossier } = textsOf(language)
  return html`<form class="key-form" action="${dossierPath(language, id)}#liste" method="post"><input type="hidden" name="action" value="open">
!${keyField('cle', dossier.key)}<button class="button" type="submit">${dossier.writeReasons}</button></form>`
}

/** The forms at the end of the page. */
export const dossierManage = ({ dossier: { id }, key }: DossierView, language: Language): Fragment => {
  const { dossier } = textsOf(language)
  const field =
    key === undefined ? keyField('cle-suppression', dossier.key) : html`<input type="hidden" name="key" value="${key}">`
  const remove = html`<details class="more-facts"><summary>${dossier.delete}</summary><form class="stack-s" action="${dossierPath(language, id)}" method="post"><input type="hidden" name="action" value="delete">
<p class="measure">${dossier.deleteText}</p><div class="key-form">!${field}<button class="button" type="submit">${dossier.deleteSubmit}</button></div></form></details>`
  const open =
    key === undefined ? html`<p class="measure soft">${dossier.manageText}</p>!${openForm(id, language)}` : NOTHING
  return html`<section class="stack no-print" aria-labelledby="gerer"><h2 id="gerer">${dossier.manage}</h2>!${open}!${remove}</section>`
}
