import { html } from 'ghtml'
import { STATE_LABELS, WEBSITE_STATE_LABELS } from '../../model/labels.ts'
import type { Language } from '../../model/language.ts'
import type { State, WebsiteState } from '../../model/supplier.ts'
import { type Fragment, NOTHING } from '../markup.ts'

/** A word that cannot be missed when a firm is known not to be in good standing; nothing otherwise. */
export const stateFlag = (state: State | undefined, language: Language): Fragment =>
  state === undefined || state === 'active'
    ? NOTHING
    : html`<span class="status">${STATE_LABELS[state]?.[language] ?? state}</span>`

/** The same for the site that a source names and the crawl could not confirm. */
export const websiteFlag = (state: WebsiteState | undefined, language: Language): Fragment =>
  state === undefined ? NOTHING : html`<span class="status">${WEBSITE_STATE_LABELS[state][language]}</span>`
