import type { Siren } from '../../src/model/siren.ts'
import { companyNumbersIn } from '../extract/extractors/company-numbers.ts'

/** Whose site it is, as far as its own pages tell. */
export type SiteIdentity =
  /** A page shows the SIREN or SIRET that was expected. */
  | { readonly kind: 'shown'; readonly url: string }
  /** Pages show other companies' numbers only: the site is somebody else's. */
  | { readonly kind: 'other'; readonly sirens: readonly Siren[] }
  /** No page shows a number. Nothing contradicts the source that named the site, nothing confirms it. */
  | { readonly kind: 'silent' }

/** The legal notice must name who hosts the site: that number is not the firm's. */
const HOST = /h[ée]berg|\bhost(?:ed|ing)\b/i
const REACH_HOST = 250

/** The companies a text names by number: check digits verified, announced as such, the site's host left out. */
export const sirensIn = (text: string): readonly Siren[] => [
  ...new Set(
    companyNumbersIn(text)
      .filter(({ start }) => !HOST.test(text.slice(Math.max(0, start - REACH_HOST), start)))
      .map(number => number.siren),
  ),
]

/** Judges a site by the numbers of its pages, `expected` being the company that a source says it belongs to. */
export const identify = (
  expected: Siren,
  pages: readonly { readonly url: string; readonly sirens: readonly Siren[] }[],
): SiteIdentity => {
  const shown = pages.find(page => page.sirens.includes(expected))
  if (shown !== undefined) return { kind: 'shown', url: shown.url }
  const sirens = [...new Set(pages.flatMap(page => page.sirens))]
  return sirens.length > 0 ? { kind: 'other', sirens } : { kind: 'silent' }
}
