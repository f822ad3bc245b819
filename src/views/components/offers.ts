import { html } from 'ghtml'
import { brickLabel } from '../../model/bricks.ts'
import { MATURITY_LABELS } from '../../model/labels.ts'
import type { Language } from '../../model/language.ts'
import type { Offer } from '../../model/supplier.ts'
import { textsOf } from '../locales/texts.ts'
import { type Fragment, NOTHING } from '../markup.ts'
import { searchPath } from '../urls.ts'

/** Bricks as links to who else supplies them. */
export const brickLinks = (ids: readonly string[], language: Language): Fragment =>
  ids.length === 0
    ? NOTHING
    : html`<ul class="bricks" aria-label="${textsOf(language).search.bricks}">!${ids.map(id => html`<li><a class="brick" href="${searchPath(language, { brick: [id] })}">${brickLabel(id, language)}</a></li>`)}</ul>`

/** A product or service: what it is, its maturity (or that nobody states it), its bricks. */
export const offerItem = (offer: Offer, language: Language): Fragment => {
  const { supplier, site } = textsOf(language)
  const maturity =
    offer.maturity === undefined
      ? site.notGiven.toLowerCase()
      : (MATURITY_LABELS[offer.maturity]?.[language] ?? offer.maturity)
  return html`<article class="stack-s"><h3>${offer.name}</h3>
<ul class="meta"><li>${supplier.kinds[offer.kind]}</li><li>${supplier.maturity} ${maturity}</li></ul>
!${offer.description === undefined ? NOTHING : html`<p class="measure">${offer.description}</p>`}
!${brickLinks(offer.bricks, language)}</article>`
}
