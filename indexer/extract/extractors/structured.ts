import type { Extractor, Finding, SitePageContent } from '../extractor.ts'
import { objectsOf, ownOrganisations, stringsOf } from './own-organisation.ts'

/** Older years are of a place or a family, later ones of a typing error. */
const FIRST_YEAR = 1700
const LAST_YEAR = 2099

/** Languages by their names in French, English and themselves, without accents. */
const LANGUAGE_CODES = new Map(
  Object.entries({
    fr: 'french francais',
    en: 'english anglais',
    de: 'german allemand deutsch',
    es: 'spanish espagnol espanol castellano',
    it: 'italian italien italiano',
    nl: 'dutch neerlandais nederlands',
    pt: 'portuguese portugais portugues',
    br: 'breton brezhoneg',
    ar: 'arabic arabe',
    zh: 'chinese chinois',
    ja: 'japanese japonais',
    pl: 'polish polonais polski',
    ru: 'russian russe',
    eu: 'basque euskara',
    ca: 'catalan catala',
    oc: 'occitan',
  }).flatMap(([code, names]) => names.split(' ').map(name => [name, code] as const)),
)

const CODES = new Set(LANGUAGE_CODES.values())

/** ISO 639-1 of a name or tag ("Français", "fr-FR"); `undefined` when it is neither. */
const languageCode = (text: string): string | undefined => {
  const folded = text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase()
  const named = LANGUAGE_CODES.get(folded)
  if (named !== undefined) return named
  const tag = /^([a-z]{2})(?:[-_][a-z0-9]{2,8})?$/.exec(folded)?.[1]
  return tag !== undefined && CODES.has(tag) ? tag : undefined
}

const founded = (page: SitePageContent): readonly Finding[] => {
  for (const text of ownOrganisations(page).flatMap(node => stringsOf(node, 'foundingDate'))) {
    const year = Number(/^(?:\d{1,2}[/.-]\d{1,2}[/.-])?(\d{4})(?!\d)/.exec(text)?.[1])
    if (year >= FIRST_YEAR && year <= LAST_YEAR) return [{ property: 'founded', value: year, excerpt: text }]
  }
  return []
}

/** The languages in which the firm says it answers; a list in one string is taken apart. */
const languages = (page: SitePageContent): readonly Finding[] => {
  const stated = ownOrganisations(page)
    .flatMap(node => objectsOf(node, 'contactPoint'))
    .flatMap(point => [
      ...stringsOf(point, 'availableLanguage'),
      ...objectsOf(point, 'availableLanguage').flatMap(language =>
        [...stringsOf(language, 'alternateName'), ...stringsOf(language, 'name')].slice(0, 1),
      ),
    ])
    .flatMap(text => text.split(/[,;/]| et | and /).map(part => part.trim()))
  const byCode = new Map<string, string>()
  for (const text of stated) {
    const code = languageCode(text)
    if (code !== undefined && !byCode.has(code)) byCode.set(code, text)
  }
  return [...byCode].map(([value, excerpt]) => ({ property: 'claim', value: { kind: 'language', value }, excerpt }))
}

/** What the firm's own description for machines states and no sentence of the page need say: its year, its languages. */
export const structured: Extractor = {
  name: 'structured',
  version: 1,
  find: page => [...founded(page), ...languages(page)],
}
