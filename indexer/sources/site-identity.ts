import { parseSiren, type Siren, sirenOfSiret } from '../../src/model/siren.ts'

/** Whose site it is, as far as its own pages tell. */
export type SiteIdentity =
  /** A page shows the SIREN or SIRET that was expected. */
  | { readonly kind: 'shown'; readonly url: string }
  /** Pages show other companies' numbers only: the site is somebody else's. */
  | { readonly kind: 'other'; readonly sirens: readonly Siren[] }
  /** No page shows a number. Nothing contradicts the source that named the site, nothing confirms it. */
  | { readonly kind: 'silent' }

const BLANK = String.raw`[ .\u00a0\u2009\u202f]?`
/** Nine or fourteen digits as they are grouped in legal notices, perhaps after the key of a VAT number. */
const NUMBER = new RegExp(
  String.raw`(?<!\d)(?:FR${BLANK}\d\d${BLANK})?(\d{3}${BLANK}\d{3}${BLANK}\d{3})(${BLANK}\d{5})?(?!\d)`,
  'gi',
)
const ANNOUNCED = /siren|siret|r\.?c\.?s\b|tva|vat\b|registre|immatricul|\bFR ?\d\d/i
/** The legal notice must name who hosts the site: that number is not the firm's. */
const HOST = /h[ée]berg|\bhost(?:ed|ing)\b/i
const REACH_BEFORE = 80
const REACH_AFTER = 30
const REACH_HOST = 250

/** The companies a text names by number: check digits verified, announced as such, the site's host left out. */
export const sirensIn = (text: string): readonly Siren[] => {
  const found = new Set<Siren>()
  for (const match of text.matchAll(NUMBER)) {
    const [whole, nine = '', five] = match
    const siren = five === undefined ? parseSiren(nine) : sirenOfSiret(nine + five)
    if (siren === undefined) continue
    const around = text.slice(Math.max(0, match.index - REACH_BEFORE), match.index + whole.length + REACH_AFTER)
    const before = text.slice(Math.max(0, match.index - REACH_HOST), match.index)
    if (ANNOUNCED.test(around) && !HOST.test(before)) found.add(siren)
  }
  return [...found]
}

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
