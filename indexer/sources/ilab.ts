import { parseSiren, type Siren, sirenOfSiret } from '../../src/model/siren.ts'
import { splitPassages } from '../../src/text/passages.ts'
import { cleanLine, cleanName, cleanText } from './clean-text.ts'
import { type Connector, type FactList, factList, type Reading, type ReadOptions } from './connector.ts'
import { parsePlace, parseRegion } from './places.ts'
import { readRecords, type SourceRecord, textField } from './records.ts'
import type { SourceFile } from './source-file.ts'
import { addThemes } from './themes.ts'
import { parseWebsite } from './website.ts'

/**
 * Laureates of i-Lab, the national competition for the creation of innovative technology firms, since 1999.
 *
 * Page: https://data.enseignementsup-recherche.gouv.fr/explore/dataset/fr-esr-laureats-concours-national-i-lab/
 * File: CSV, UTF-8 with byte-order mark, `;`, line breaks within quotes; or the same records as JSON Lines.
 * Licence: Licence Ouverte 2.0 (Etalab). Publisher: ministère de l'Enseignement supérieur et de la Recherche.
 *
 * | CSV column, JSON key                        | fact                                                        |
 * |---------------------------------------------|-------------------------------------------------------------|
 * | N° SIREN `siren`, else N° SIRET `siret`     | the supplier                                                |
 * | Année de concours `annee`                   | `label` "i-lab", and the period of every fact               |
 * | Grand-Prix `grand_prix`                     | `label` "i-lab-grand-prix" for a grand or first prize       |
 * | Libellé entreprise `entreprise`             | `name`                                                      |
 * | Site web entreprise `site_web`              | `website`                                                   |
 * | Moto `moto`                                 | `tagline` (declared: the firm's words)                      |
 * | Résumé `resume`                             | `description` and `text` "award" (declared)                 |
 * | Projet `projet`                             | `tag`                                                       |
 * | Domaine technologique `domaine`             | `theme`                                                     |
 * | Id région, Région `region`                  | `location.region`                                           |
 * | Identifiant `id`                            | the record's name in the provenance                         |
 *
 * Never read: Dossier Aide, Genre, Nom du lauréat, Prénom du candidat, Idref, Email, which are about persons.
 * Known defects: no firm name in 4 records of 10; overseas firms under numbers of their own registers.
 */

const COLUMNS = {
  id: ['Identifiant', 'id'],
  year: ['Année de concours', 'annee'],
  domain: ['Domaine technologique', 'domaine'],
  regionCode: ['Id région', 'id_region'],
  region: ['Région', 'region'],
  project: ['Projet', 'projet'],
  motto: ['Moto', 'moto'],
  summary: ['Résumé', 'resume'],
  grandPrix: ['Grand-Prix', 'grand_prix'],
  siret: ['N° SIRET', 'siret'],
  siren: ['N° SIREN', 'siren'],
  name: ['Libellé entreprise', 'entreprise'],
  website: ['Site web entreprise', 'site_web'],
} as const satisfies Readonly<Record<string, readonly [csv: string, json: string]>>

type Column = keyof typeof COLUMNS
type Laureate = (column: Column) => string

const PAGE = 'https://data.enseignementsup-recherche.gouv.fr/explore/dataset/fr-esr-laureats-concours-national-i-lab/'

const REQUIRED = Object.entries(COLUMNS).filter(([column]) => column !== 'regionCode')
const EXPECTED = {
  csv: [REQUIRED.map(([, [csv]]) => csv)],
  json: [REQUIRED.map(([, [, json]]) => json)],
}

/** "Grand prix" and "1er prix"; the special prizes are other distinctions. */
const GRAND_PRIX = /^(?:grand prix|1er prix)$/i

const sirenOf = (of: Laureate): Siren | undefined => parseSiren(of('siren')) ?? sirenOfSiret(of('siret'))

const addWords = (list: FactList, of: Laureate, year: string): void => {
  const summary = cleanText(of('summary'))
  list.add('tagline', cleanLine(of('motto')), { evidence: 'declared' })
  list.add('description', summary, { evidence: 'declared' })
  const text = { kind: 'award', title: `Projet lauréat i-Lab ${year}`, url: PAGE } as const
  if (summary !== '') list.add('text', { ...text, passages: splitPassages(summary) }, { evidence: 'declared' })
}

const factsOf = (siren: Siren, of: Laureate, record: string, options: ReadOptions): FactList => {
  const year = of('year')
  const list = factList({ siren, evidence: 'attested', period: year, record, url: PAGE })
  list.add('label', { id: 'i-lab', name: 'Lauréat i-Lab' })
  if (GRAND_PRIX.test(of('grandPrix'))) list.add('label', { id: 'i-lab-grand-prix', name: 'Grand prix i-Lab' })
  list.add('name', cleanName(of('name')))
  list.add('website', parseWebsite(of('website')))
  list.add('location', parsePlace({ region: parseRegion(of('regionCode')) ?? of('region') }))
  list.add('tag', cleanLine(of('project')))
  addThemes(list, cleanLine(of('domain')), options.onNote)
  addWords(list, of, year)
  return list
}

const readingOf = (file: SourceFile, record: SourceRecord, options: ReadOptions): Reading => {
  const where = `${file.name}:${record.line}`
  const bad = (reason: string): Reading => ({ kind: 'bad', where, reason })
  if ('broken' in record) return bad(record.broken)
  const of: Laureate = column => textField(record.fields, COLUMNS[column][record.form === 'csv' ? 0 : 1]).trim()
  if (!/^(?:19|20)[0-9]{2}$/.test(of('year'))) return bad(`"${of('year')}" is not a year`)
  if (of('siren') === '' && of('siret') === '') return { kind: 'no-siren' }
  const siren = sirenOf(of)
  if (siren === undefined) return bad(`SIREN "${of('siren')}" needs 9 digits that pass the check digit`)
  return { kind: 'facts', facts: factsOf(siren, of, of('id') || `ligne ${record.line}`, options).facts }
}

export const ilab: Connector = {
  extractor: 'ilab/2',
  async *read(file, options = {}) {
    for await (const record of readRecords(file, EXPECTED, options.onBytes)) yield readingOf(file, record, options)
  },
}
