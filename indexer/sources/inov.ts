import { parseSiren, type Siren } from '../../src/model/siren.ts'
import type { Location } from '../../src/model/supplier.ts'
import { cleanLine, cleanName, cleanText } from './clean-text.ts'
import { type Connector, type FactList, factList, type Reading, type ReadOptions } from './connector.ts'
import { parsePlace } from './places.ts'
import { readRecords, type SourceRecord, textField } from './records.ts'
import type { SourceFile } from './source-file.ts'
import { addThemes } from './themes.ts'

/**
 * Laureates of i-Nov, the innovation competition of the start-ups and SMEs of France 2030, since 2018.
 *
 * Page: https://data.enseignementsup-recherche.gouv.fr/explore/dataset/fr-esr-laureats-concours-i-nov/
 * File: a JSON array, one record a laureate project; or JSON Lines, one record a company with its years and themes.
 * Licence: Licence Ouverte 2.0 (Etalab). Publisher: ministère de l'Enseignement supérieur et de la Recherche.
 *
 * | key of the array    | key of the lines          | fact                                                          |
 * |---------------------|---------------------------|---------------------------------------------------------------|
 * | siren               | siren                     | the supplier                                                  |
 * | datepublication     | annees[]                  | `label` "i-nov", and the period of every fact                 |
 * | entreprise          | entreprise                | `name`                                                        |
 * | entrepriseresume    | resume                    | `description` (declared: the firm's words)                    |
 * | thematique          | thematiques[]             | `theme`                                                       |
 * | cityid, com_nom, dep_nom, reg_nom | commune, departement, region | `location`                                  |
 * | coordinates         | lon, lat                  | `location` with precision "address"                           |
 *
 * Not read: vague, montantprojet, subvention (what was granted), projet, moto, projetresume (always empty).
 * Known defects: some SIREN stand for two firms, spellings of the name differ between years, a few records have no place.
 */

const EXPECTED = {
  json: [
    ['siren', 'entreprise', 'datepublication', 'thematique', 'entrepriseresume'],
    ['siren', 'entreprise', 'annees', 'thematiques', 'resume'],
  ],
}

interface Laureate {
  readonly years: readonly string[]
  readonly themes: readonly string[]
  readonly summary: string
  readonly location: Location | undefined
}

type Fields = Readonly<Record<string, unknown>>

const listField = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name]
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
}

const numberField = (fields: Fields, name: string): number | undefined => {
  const value = fields[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

const coordinates = (longitude: number | undefined, latitude: number | undefined): Location | undefined =>
  longitude !== undefined && latitude !== undefined && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90
    ? { longitude, latitude, precision: 'address' }
    : undefined

/** The mirrors write the point as Python prints it: `{… 'geo_point': [1.53, 43.48]}`, longitude first. */
const GEO_POINT = /'geo_point': \[(-?[0-9.]{1,20}(?:e-?[0-9]{1,3})?), (-?[0-9.]{1,20}(?:e-?[0-9]{1,3})?)\]/

/** The point in any of its published forms: that text, or an object with `lon` and `lat`. */
const point = (value: unknown): Location | undefined => {
  if (typeof value === 'object' && value !== null) {
    const fields = 'geo_point' in value ? value.geo_point : value
    if (typeof fields !== 'object' || fields === null) return undefined
    return coordinates(numberField({ ...fields }, 'lon'), numberField({ ...fields }, 'lat'))
  }
  const [, longitude, latitude] = GEO_POINT.exec(typeof value === 'string' ? value : '') ?? []
  return longitude === undefined ? undefined : coordinates(Number(longitude), Number(latitude))
}

const located = (place: Location | undefined, at: Location | undefined): Location | undefined =>
  place || at ? { ...place, ...at } : undefined

const project = (fields: Fields): Laureate => {
  const of = (name: string) => textField(fields, name)
  const place = parsePlace({
    commune: of('cityid'),
    communeName: of('com_nom').replace(/\s+/g, ' '),
    department: of('dep_nom'),
    region: of('reg_nom'),
  })
  return {
    years: [of('datepublication').slice(0, 4)],
    themes: [of('thematique')],
    summary: of('entrepriseresume'),
    location: located(place, point(fields['coordinates'])),
  }
}

const company = (fields: Fields): Laureate => {
  const of = (name: string) => textField(fields, name)
  const place = parsePlace({
    communeName: of('commune').replace(/\s+/g, ' '),
    department: of('departement'),
    region: of('region'),
  })
  return {
    years: [...new Set(listField(fields, 'annees'))],
    themes: listField(fields, 'thematiques'),
    summary: of('resume'),
    location: located(place, coordinates(numberField(fields, 'lon'), numberField(fields, 'lat'))),
  }
}

const factsOf = (siren: Siren, laureate: Laureate, name: string, record: string, options: ReadOptions): FactList => {
  const [year, ...others] = laureate.years
  // A company's record does not say of which of its years the text is.
  const period = others.length === 0 && year !== undefined ? { period: year } : {}
  const list = factList({ siren, evidence: 'attested', record, ...period })
  for (const each of laureate.years) list.add('label', { id: 'i-nov', name: 'Lauréat i-Nov' }, { period: each })
  list.add('name', cleanName(name))
  list.add('description', cleanText(laureate.summary), { evidence: 'declared' })
  list.add('location', laureate.location)
  for (const theme of laureate.themes) addThemes(list, cleanLine(theme), options.onNote)
  return list
}

const readingOf = (file: SourceFile, record: SourceRecord, options: ReadOptions): Reading => {
  const bad = (reason: string): Reading => ({ kind: 'bad', where: `${file.name}:${record.line}`, reason })
  if ('broken' in record) return bad(record.broken)
  const { fields } = record
  const laureate = 'annees' in fields ? company(fields) : project(fields)
  const odd = laureate.years.find(year => !/^20[0-9]{2}$/.test(year))
  if (odd !== undefined) return bad(`"${odd}" is not a year`)
  const written = textField(fields, 'siren').trim()
  if (written === '') return { kind: 'no-siren' }
  const siren = parseSiren(written)
  if (siren === undefined) return bad(`SIREN "${written}" needs 9 digits that pass the check digit`)
  const name = [siren, textField(fields, 'vague')].join(' ').trim()
  return { kind: 'facts', facts: factsOf(siren, laureate, textField(fields, 'entreprise'), name, options).facts }
}

export const inov: Connector = {
  extractor: 'inov/2',
  async *read(file, options = {}) {
    for await (const record of readRecords(file, EXPECTED, options.onBytes)) yield readingOf(file, record, options)
  },
}
