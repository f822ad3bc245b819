import type { Language } from '../model/language.ts'
import { pagePath } from './urls.ts'

const compareQuery = (sirens: readonly string[]): string =>
  sirens.length === 0 ? '' : `?${sirens.map(siren => `siren=${encodeURIComponent(siren)}`).join('&')}`

/** The address of a comparison; with fewer than two suppliers, of the page that asks for the others. */
export const comparePath = (language: Language, sirens: readonly string[]): string =>
  pagePath(language, `/comparer${compareQuery(sirens)}`)

export const compareApiPath = (sirens: readonly string[]): string => `/api/compare${compareQuery(sirens)}`
