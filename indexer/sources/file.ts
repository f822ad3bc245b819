import { parseSiren, sirenOfSiret } from '../../src/model/siren.ts'
import { splitPassages } from '../../src/text/passages.ts'
import { cleanLine, cleanName, cleanText } from './clean-text.ts'
import {
  namedCertification,
  parseBrick,
  parseNaf,
  parseRole,
  parseSize,
  parseState,
  parseYesNo,
  slug,
} from './codes.ts'
import { type Connector, type FactList, factList, type Reading, type ReadOptions } from './connector.ts'
import { parsePlace } from './places.ts'
import { readRecords, textField } from './records.ts'
import type { SourceFile } from './source-file.ts'
import { addThemes } from './themes.ts'
import { parseWebsite } from './website.ts'

/**
 * Anybody's own list of suppliers: CSV (`,`, `;` or tab; UTF-8 or windows-1252), JSON Lines or a JSON array. Only the
 * SIREN is required; every fact is declared. The columns are documented in `README.md` beside this file.
 */
const COLUMNS = [
  'siren',
  'siret',
  'name',
  'website',
  'tagline',
  'description',
  'tags',
  'themes',
  'bricks',
  'roles',
  'labels',
  'certifications',
  'hosting',
  'commune',
  'postcode',
  'department',
  'region',
  'latitude',
  'longitude',
  'naf',
  'headcount',
  'sizeCategory',
  'state',
  'founded',
  'ess',
  'publicReference',
  'pages',
] as const
type Column = (typeof COLUMNS)[number]

type Fields = Readonly<Record<string, unknown>>
type Note = (note: string) => void

/** A column's spelling without case or separators: "size_category" is "sizeCategory". */
const columnKey = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '')
const columnsByKey = new Map<string, Column>(COLUMNS.map(name => [columnKey(name), name]))

/** The record under our own column names; what they do not know is noted once a column. */
const renamed = (fields: Fields, note: Note): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const column = columnsByKey.get(columnKey(name))
      if (column === undefined) note(`column "${name}" is ignored: see indexer/sources/README.md for the known ones`)
      return column === undefined ? [] : [[column, value]]
    }),
  )

/** The members of a list: of a JSON array, or of a text between `|`. */
const members = (fields: Fields, column: Column): readonly unknown[] => {
  const value = fields[column]
  if (Array.isArray(value)) return value
  return textField(fields, column)
    .split('|')
    .map(part => part.trim())
    .filter(part => part !== '')
}
const words = (fields: Fields, column: Column): readonly string[] =>
  members(fields, column).flatMap(member => (typeof member === 'string' ? cleanLine(member) || [] : []))

const flag = (fields: Fields, column: Column): boolean | undefined => {
  const value = fields[column]
  return typeof value === 'boolean' ? value : parseYesNo(textField(fields, column))
}

/** What `parse` makes of a text; a text that it refuses is noted and left out. */
const checked = <T>(text: string, what: string, parse: (text: string) => T | undefined, note: Note): T | undefined => {
  const value = text.trim() === '' ? undefined : parse(text.trim())
  if (value === undefined && text.trim() !== '') note(`${what} "${cleanLine(text)}" is unknown: left out`)
  return value
}

const yearOf = (text: string): number | undefined => (/^(?:1[89]|20)[0-9]{2}$/.test(text) ? Number(text) : undefined)

const decimal = (text: string): number | undefined =>
  /^-?[0-9]{1,3}(?:[.,][0-9]+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : undefined

const addPlace = (list: FactList, fields: Fields): void => {
  const of = (column: Column) => textField(fields, column).trim()
  const commune = cleanLine(of('commune'))
  const place = parsePlace({
    ...(/^[0-9][0-9AB][0-9]{3}$/i.test(commune) ? { commune } : { communeName: commune }),
    postcode: of('postcode'),
    department: of('department'),
    region: of('region'),
  })
  const latitude = decimal(of('latitude'))
  const longitude = decimal(of('longitude'))
  const inside =
    latitude !== undefined && longitude !== undefined && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  if (place || inside) list.add('location', { ...place, ...(inside && { latitude, longitude, precision: 'address' }) })
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** "Prix X 2023", or `{ id?, name, years? }`. */
const addLabel = (list: FactList, member: unknown): void => {
  const [, text = '', year] =
    /^(.*?)(?:[ :(]+((?:19|20)[0-9]{2})\)?)?$/s.exec(typeof member === 'string' ? member : '') ?? []
  const name = cleanLine(isFields(member) ? textField(member, 'name') : text)
  if (name === '') return
  const id = (isFields(member) && textField(member, 'id')) || slug(name)
  const years = isFields(member) && Array.isArray(member['years']) ? member['years'].map(String) : year ? [year] : []
  const known = years.filter(each => yearOf(each) !== undefined)
  if (known.length === 0) list.add('label', { id, name })
  for (const period of known) list.add('label', { id, name }, { period })
}

/** "ISO 27001", or `{ name, scope?, validUntil?, number? }`. */
const addCertification = (list: FactList, member: unknown): void => {
  const name = cleanLine(isFields(member) ? textField(member, 'name') : typeof member === 'string' ? member : '')
  if (name === '') return
  const details = isFields(member) ? member : {}
  const optional = Object.fromEntries(
    ['scope', 'validUntil', 'number'].map(key => [key, cleanLine(textField(details, key))]).filter(([, text]) => text),
  )
  list.add('certification', { ...namedCertification(name), ...optional })
}

/** `{ url, title, text or passages }`. */
const addPage = (list: FactList, member: unknown, note: Note): void => {
  const fields = isFields(member) ? member : {}
  const url = checked(textField(fields, 'url'), 'page address', parseWebsite, note)
  const given = fields['passages']
  const passages = Array.isArray(given)
    ? given.flatMap(each => (typeof each === 'string' ? cleanText(each) || [] : []))
    : splitPassages(cleanText(textField(fields, 'text')))
  if (url === undefined || passages.length === 0) return
  list.add('text', { kind: 'page', title: cleanLine(textField(fields, 'title')) || url, url, passages }, { url })
}

const addLists = (list: FactList, fields: Fields, note: Note): void => {
  for (const tag of words(fields, 'tags')) list.add('tag', tag)
  for (const theme of words(fields, 'themes')) addThemes(list, theme, note)
  for (const brick of words(fields, 'bricks')) {
    const id = parseBrick(brick)
    if (id === undefined) note(`brick "${brick}" is not in mappings/bricks.jsonl: kept as a tag`)
    list.add(id === undefined ? 'tag' : 'brick', id ?? brick)
  }
  for (const role of words(fields, 'roles')) list.add('role', checked(role, 'role', parseRole, note))
  const country = (text: string) => (/^[A-Z]{2}$/i.test(text) ? text.toUpperCase() : undefined)
  for (const code of words(fields, 'hosting')) list.add('hosting', checked(code, 'hosting country', country, note))
  for (const label of members(fields, 'labels')) addLabel(list, label)
  for (const certification of members(fields, 'certifications')) addCertification(list, certification)
  const pages = fields['pages']
  for (const page of Array.isArray(pages) ? pages : []) addPage(list, page, note)
}

const addTexts = (list: FactList, fields: Fields, note: Note): void => {
  const of = (column: Column) => textField(fields, column)
  list.add('name', cleanName(of('name')))
  list.add('tagline', cleanLine(of('tagline')))
  list.add('description', cleanText(of('description')))
  list.add('website', checked(of('website'), 'web site', parseWebsite, note))
  list.add('headcount', cleanLine(of('headcount')))
  list.add('naf', checked(of('naf'), 'NAF code', parseNaf, note))
  list.add('sizeCategory', checked(of('sizeCategory'), 'size', parseSize, note))
  list.add('state', checked(of('state'), 'state', parseState, note))
  list.add('founded', checked(of('founded'), 'year', yearOf, note))
  list.add('ess', flag(fields, 'ess'))
  list.add('publicReference', flag(fields, 'publicReference'))
}

const readingOf = (where: string, line: number, given: Fields, options: ReadOptions): Reading => {
  const note: Note = options.onNote ?? (() => undefined)
  const fields = renamed(given, note)
  const written = textField(fields, 'siren').trim()
  const siret = textField(fields, 'siret').trim()
  if (written === '' && siret === '') return { kind: 'no-siren' }
  const siren = parseSiren(written) ?? sirenOfSiret(siret) ?? sirenOfSiret(written)
  if (siren === undefined) {
    return { kind: 'bad', where, reason: `siren "${written || siret}" needs 9 digits that pass the check digit` }
  }
  const list = factList({ siren, evidence: 'declared', record: `ligne ${line}` })
  addTexts(list, fields, note)
  addPlace(list, fields)
  addLists(list, fields, note)
  return { kind: 'facts', facts: list.facts }
}

/** The one column that a list must have, in the spellings in use. */
const EXPECTED = { csv: [['siren'], ['SIREN'], ['Siren'], ['siret'], ['SIRET']], json: [['siren'], ['siret']] }

export const file: Connector = {
  extractor: 'file/2',
  async *read(source: SourceFile, options = {}) {
    for await (const record of readRecords(source, EXPECTED, options.onBytes)) {
      const where = `${source.name}:${record.line}`
      yield 'broken' in record
        ? { kind: 'bad', where, reason: record.broken }
        : readingOf(where, record.line, record.fields, options)
    }
  },
}
