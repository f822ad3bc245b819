import type { FacetName } from '../model/facets.ts'
import {
  type Commune,
  communesByName,
  departmentByName,
  departmentName,
  placeKey,
  regionByName,
  regionName,
} from '../model/geography.ts'
import { DEFAULT_RADIUS_KM, type Near } from '../model/query.ts'

/** A place that a query names, as the filter it becomes. */
export interface PlaceMention {
  /** Offsets of the whole phrase, preposition included: it is not searched for as words. */
  readonly start: number
  readonly end: number
  readonly label: string
  readonly filter?: { readonly facet: FacetName; readonly value: string }
  readonly near?: Near
}

/** "près de", and "à": a place within reach, or a commune that must be of some size to be meant. */
const NEAR =
  /(?:^|\s)(?:(?:tout\s+)?pr[èe]s\s+|proches?\s+|autour\s+|aux?\s+(?:alentours|environs)\s+|à\s+proximité\s+)(de\s+|du\s+|des\s+|d['’])|(?:^|\s)(?:near\s+|around\s+|close\s+to\s+)/giu
const AT = /(?:^|\s)(?:à|in|sur)\s+/giu
const IN =
  /(?:^|\s)(?:en|dans\s+(?:le\s+département\s+d(?:e\s+|u\s+|es\s+|e\s+la\s+|['’])|la\s+région\s+|les?\s+|la\s+|l['’])|région|in|d['’]|de\s+la\s+région)\s*/giu

/** A name has at most so many words: "Saint-Jean-de-la-Ruelle" is one for the reader, five here. */
const MAX_WORDS = 6

/** Named after "à" in small letters, a commune must be a city: "à domicile" and "à bord" are no places. */
const CITY = 20_000
const KNOWN_TOWN = 2000

const WORD = /[\p{L}\p{M}'’-]+/uy

/** The ends of the first one to six words from `start` on, longest first. */
const runsFrom = (text: string, start: number): number[] => {
  const ends: number[] = []
  let at = start
  while (ends.length < MAX_WORDS) {
    WORD.lastIndex = at
    const word = WORD.exec(text)
    if (!word) break
    ends.push(WORD.lastIndex)
    at = WORD.lastIndex + 1
    if (text[WORD.lastIndex] !== ' ') break
  }
  return ends.reverse()
}

const longest = <T>(text: string, start: number, find: (name: string) => T | undefined) => {
  for (const end of runsFrom(text, start)) {
    const found = find(text.slice(start, end))
    if (found !== undefined) return { found, end }
  }
  return undefined
}

/** The article that a preposition has swallowed: "près du Mans" is near Le Mans. */
const ARTICLES: Readonly<Record<string, string>> = { du: 'Le ', des: 'Les ' }

const phrases = function* (
  text: string,
  pattern: RegExp,
): Generator<{ start: number; nameStart: number; article: string }> {
  for (const match of text.matchAll(pattern)) {
    const lead = /^\s/.test(match[0]) ? 1 : 0
    const article = ARTICLES[match[1]?.trim().toLowerCase() ?? ''] ?? ''
    yield { start: match.index + lead, nameStart: match.index + match[0].length, article }
  }
}

const largest = (name: string): Commune | undefined =>
  communesByName(name).find(commune => commune.latitude !== undefined)

const nearMention = (commune: Commune, start: number, end: number): PlaceMention[] => {
  const { name, latitude, longitude } = commune
  if (latitude === undefined || longitude === undefined) return []
  const near = { latitude, longitude, label: name, radiusKm: DEFAULT_RADIUS_KM }
  return [{ start, end, label: `${name}, ${DEFAULT_RADIUS_KM} km`, near }]
}

const divisionMention = (name: string): Pick<PlaceMention, 'label' | 'filter'> | undefined => {
  const region = regionByName(name)
  if (region !== undefined) return { label: regionName(region) ?? name, filter: { facet: 'region', value: region } }
  const department = departmentByName(name)
  if (department === undefined) return undefined
  return { label: departmentName(department) ?? name, filter: { facet: 'department', value: department } }
}

/** The regions people still name by what they say every day. */
const REGION_ALIASES: Readonly<Record<string, string>> = {
  paca: '93',
  idf: '11',
  aura: '84',
  'region parisienne': '11',
}

/** Départements whose names are words of every day: taken for places only with their capital. */
const COMMON_WORDS = new Set(
  'lot somme cher creuse orne nord ain manche landes var aube gard loire vienne mayenne meuse'.split(' '),
)
const isCommonWord = (name: string): boolean => COMMON_WORDS.has(placeKey(name)) && !/^\p{Lu}/u.test(name)

const inDivision = (name: string): Pick<PlaceMention, 'label' | 'filter'> | undefined => {
  const alias = REGION_ALIASES[placeKey(name)]
  if (alias !== undefined) return { label: regionName(alias) ?? name, filter: { facet: 'region', value: alias } }
  return divisionMention(name)
}

/** The first place that a query names as a place ("près de Lorient", "à Lyon", "en Bretagne"); a bare name is left to be searched. */
export const findPlace = (text: string): PlaceMention | undefined => {
  for (const { start, nameStart, article } of phrases(text, NEAR)) {
    const found = longest(text, nameStart, name => (article && largest(article + name)) || largest(name))
    if (found) return nearMention(found.found, start, found.end)[0]
  }
  for (const { start, nameStart } of phrases(text, IN)) {
    const found = longest(text, nameStart, name => (isCommonWord(name) ? undefined : inDivision(name)))
    if (found) return { start, end: found.end, ...found.found }
  }
  for (const { start, nameStart } of phrases(text, AT)) {
    const capital = /\p{Lu}/u.test(text[nameStart] ?? '')
    const division = longest(text, nameStart, name => (/^\p{Lu}/u.test(name) ? inDivision(name) : undefined))
    if (division) return { start, end: division.end, ...division.found }
    const found = longest(text, nameStart, name => {
      const commune = largest(name)
      return commune && commune.population >= (capital ? KNOWN_TOWN : CITY) ? commune : undefined
    })
    if (found) return nearMention(found.found, start, found.end)[0]
  }
  return undefined
}
