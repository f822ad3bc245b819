import { type Commune, communeByCode, communesByName } from '../model/geography.ts'
import type { Near, Point } from '../model/query.ts'

/** What the text of a `near` parameter stands for. */
export type Place =
  | { readonly kind: 'found'; readonly near: Near }
  /** A commune that is known, but not where it lies: coordinates exist from about 1,000 inhabitants. */
  | { readonly kind: 'unplaced'; readonly commune: string }
  | { readonly kind: 'unknown' }

const COORDINATES = /^([+-]?\d{1,3}(?:\.\d{1,20})?)\s*[,;]\s*([+-]?\d{1,3}(?:\.\d{1,20})?)$/
const INSEE_CODE = /^\d[\dab]\d{3}$/i
/** "Saint-Denis (93)", "Saint-Denis 974", "Rennes 35000": a name, then a département or a postcode. */
const NAME_AND_CODE = /^(\D+?)[\s,(]+(\d{5}|\d{2,3}|2[ab])\s*\)?$/i
/** "Paris 12", "Lyon 3e", "Marseille 1er arrondissement". */
const ARRONDISSEMENT = /^(paris|lyon|marseille)\s+(\d{1,2})(?:er|e|ème|eme)?(?:\s+arrondissement)?$/i

const parsePoint = (text: string): Point | undefined => {
  const [, latitudeText, longitudeText] = COORDINATES.exec(text) ?? []
  if (latitudeText === undefined || longitudeText === undefined) return undefined
  const latitude = Number(latitudeText)
  const longitude = Number(longitudeText)
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined
}

/** The French administrative name of a municipal arrondissement: "Lyon 3e Arrondissement". */
const arrondissement = (text: string): Commune | undefined => {
  const [, city, number] = ARRONDISSEMENT.exec(text) ?? []
  if (city === undefined || number === undefined) return undefined
  const ordinal = Number(number) === 1 ? '1er' : `${Number(number)}e`
  return communesByName(`${city} ${ordinal} Arrondissement`)[0]
}

const communeInside = (text: string): Commune | undefined => {
  const [, name, code] = NAME_AND_CODE.exec(text) ?? []
  if (name === undefined || code === undefined) return undefined
  return code.length === 5
    ? communesByName(name).find(commune => commune.postcodes.includes(code))
    : communesByName(name, code.toUpperCase())[0]
}

/** An exact name comes before its reading as "name + code", and the most populous of a name before the others. */
const findCommune = (text: string): Commune | undefined =>
  INSEE_CODE.test(text)
    ? communeByCode(text.toUpperCase())
    : (communesByName(text)[0] ?? communeInside(text) ?? arrondissement(text))

/**
 * Reads "latitude,longitude" (decimal degrees), the Insee code of a commune, or its name, optionally with a
 * département or a postcode: "Saint-Denis (93)", "Saint-Denis 974". Of a shared name the most populous wins.
 */
export const resolvePlace = (text: string, radiusKm: number): Place => {
  const place = text.normalize('NFC').trim()
  const point = parsePoint(place)
  if (point) return { kind: 'found', near: { ...point, label: `${point.latitude}, ${point.longitude}`, radiusKm } }
  const commune = findCommune(place)
  if (commune === undefined) return { kind: 'unknown' }
  const { latitude, longitude } = commune
  const label = `${commune.name} (${commune.department})`
  if (latitude === undefined || longitude === undefined) return { kind: 'unplaced', commune: label }
  return { kind: 'found', near: { latitude, longitude, label, radiusKm } }
}
