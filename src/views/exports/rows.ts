import { brickLabel } from '../../model/bricks.ts'
import type { Evidence, Fact } from '../../model/fact.ts'
import { SIZE_LABELS, STATE_LABELS, WEBSITE_STATE_LABELS } from '../../model/labels.ts'
import type { Language } from '../../model/language.ts'
import type { Hit } from '../../model/search-result.ts'
import type { SourceStatus } from '../../model/status.ts'
import { shortPlace } from '../components/place.ts'
import { fieldOf, statesPlace, strongestFact } from '../evidence.ts'
import { formatScore } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { supplierPath } from '../urls.ts'
import type { ExportContext, ExportedHit, ExportView } from './context.ts'
import { plainPassage } from './plain.ts'
import type { Cell, Table } from './table.ts'

/** The rows of a search as a table: what the result page says of each supplier, then where each fact comes from. */

/** Several values of one cell; a comma stands inside many of them. */
const SEPARATOR = ' | '

interface Row extends ExportedHit, ExportContext {
  readonly facts: readonly Fact[]
}
type Name = keyof ReturnType<typeof textsOf>['exports']['columns']

const day = (instant: string): string => instant.slice(0, 10)

const proof = (evidence: Evidence, language: Language): string => textsOf(language).proof[evidence].toLowerCase()

const sourceName = (id: string, sources: readonly SourceStatus[]): string =>
  sources.find(source => source.id === id)?.name ?? id

/** "i-Lab, 2025-11-12, attesté, https://…": who says so, on which date, where to read it again. */
const sourceText = (fact: Fact | undefined, { status, language }: Row): string | undefined => {
  if (fact === undefined) return undefined
  const { source, sourceDate, sourceUrl } = fact.provenance
  const name = sourceName(source, status.sources)
  return [name, sourceDate, proof(fact.evidence, language), sourceUrl].join(', ')
}

const factSource =
  (property: string, value: (row: Row) => unknown) =>
  (row: Row): Cell => {
    const shown = value(row)
    if (shown === undefined) return undefined
    return sourceText(
      strongestFact(row, property, each => each === shown),
      row,
    )
  }

/** The sources of the values of a list, each once. */
const listSource =
  (property: string, states: (row: Row) => (value: unknown) => boolean) =>
  (row: Row): Cell => {
    const facts = row.facts.filter(fact => fact.property === property && states(row)(fact.value))
    return [...new Set(facts.map(fact => sourceText(fact, row)))].join(SEPARATOR)
  }

const size = ({ record, language }: Row): Cell => {
  const { headcount, sizeCategory } = record?.supplier ?? {}
  return headcount ?? (sizeCategory && SIZE_LABELS[sizeCategory][language])
}

const sizeSource = (row: Row): Cell => {
  const property = row.record?.supplier.headcount === undefined ? 'sizeCategory' : 'headcount'
  return factSource(property, ({ record }) => record?.supplier[property])(row)
}

/** A brick that no source states was recognised in the firm's texts: that is said. */
const bricks = ({ hit, record, language }: Row): Cell => {
  const { found } = textsOf(language).compare
  const label = (id: string): string => {
    const text = brickLabel(id, language)
    return record === undefined || record.supplier.bricks.includes(id) ? text : found(text)
  }
  return hit.supplier.bricks.map(label).join(SEPARATOR)
}

const labels = ({ hit, language }: Row): Cell =>
  hit.supplier.labels
    .map(({ name, years, evidence }) => `${name} (${[...years, proof(evidence, language)].join(', ')})`)
    .join(SEPARATOR)

const certifications = ({ record, language }: Row): Cell =>
  (record?.supplier.certifications ?? [])
    .map(({ name, validUntil, evidence }) => {
      const notes = [
        proof(evidence, language),
        ...(validUntil === undefined ? [] : [textsOf(language).exports.validUntil(validUntil)]),
      ]
      return `${name} (${notes.join(', ')})`
    })
    .join(SEPARATOR)

const reasons = ({ hit, language }: Row): Cell =>
  hit.explanation
    .map(({ label, detail, value }) => {
      const what = detail === undefined ? label : `${label} ${detail}`
      return `${what} : ${formatScore(value, language)}`
    })
    .join(SEPARATOR)

const passageOf = ({ passages }: Hit) => passages[0]

interface ExportColumn {
  readonly name: Name
  readonly width: number
  readonly cell: (row: Row) => Cell
}

const column = (name: Name, width: number, cell: ExportColumn['cell']): ExportColumn => ({ name, width, cell })

const COLUMNS: readonly ExportColumn[] = [
  column('rank', 6, row => row.rank),
  column('siren', 11, row => row.hit.supplier.siren),
  column('name', 30, row => row.hit.supplier.name),
  column('place', 22, row => shortPlace(row.hit.supplier)),
  column('region', 18, row => row.hit.supplier.region),
  column('distance', 10, row => row.hit.distanceKm),
  column('size', 20, size),
  column('state', 16, ({ hit, language }) => hit.supplier.state && STATE_LABELS[hit.supplier.state][language]),
  column('website', 30, row => row.hit.supplier.website),
  column(
    'websiteState',
    16,
    ({ hit, language }) => hit.supplier.websiteState && WEBSITE_STATE_LABELS[hit.supplier.websiteState][language],
  ),
  column('tagline', 50, row => row.hit.supplier.tagline),
  column('bricks', 40, bricks),
  column('labels', 30, labels),
  column('certifications', 30, certifications),
  column('passage', 60, ({ hit }) => {
    const passage = passageOf(hit)
    return passage && plainPassage(passage.text)
  }),
  column('passageProof', 12, ({ hit, language }) => {
    const passage = passageOf(hit)
    return passage && proof(passage.evidence, language)
  }),
  column('passageSource', 40, ({ hit }) => passageOf(hit)?.sourceUrl),
  column('passageDate', 12, ({ hit }) => day(passageOf(hit)?.retrievedAt ?? '')),
  column('score', 8, row => Math.round(row.hit.score * 100) / 100),
  column('reasons', 50, reasons),
  column('missing', 20, row => row.hit.missing?.join(SEPARATOR)),
  column('updated', 12, row => row.hit.supplier.updatedAt),
  column('profile', 40, row => row.baseUrl + supplierPath(row.language, row.hit.supplier.siren)),
  column(
    'nameSource',
    40,
    factSource('name', row => row.hit.supplier.name),
  ),
  column('placeSource', 40, row =>
    row.record === undefined
      ? undefined
      : sourceText(strongestFact(row, 'location', statesPlace(row.record.supplier)), row),
  ),
  column('sizeSource', 40, sizeSource),
  column(
    'stateSource',
    40,
    factSource('state', row => row.hit.supplier.state),
  ),
  column(
    'websiteSource',
    40,
    factSource('website', row => row.hit.supplier.website),
  ),
  column(
    'taglineSource',
    40,
    factSource('tagline', row => row.hit.supplier.tagline),
  ),
  column(
    'bricksSource',
    40,
    listSource('brick', row => value => row.hit.supplier.bricks.some(id => id === value)),
  ),
  column(
    'labelsSource',
    40,
    listSource('label', row => value => row.hit.supplier.labels.some(({ id }) => id === fieldOf(value, 'id'))),
  ),
  column(
    'certificationsSource',
    40,
    listSource('certification', () => () => true),
  ),
  column('sources', 40, ({ hit, status }) =>
    hit.supplier.sources
      .map(id => {
        const source = status.sources.find(each => each.id === id)
        return source === undefined ? id : `${source.name} (${source.date}, ${source.licence})`
      })
      .join(SEPARATOR),
  ),
]

/** The suppliers of a search, one a row, under titles in the reader's language. */
export const searchTable = (context: ExportContext, { hits }: Pick<ExportView, 'hits'>): Table => {
  const texts = textsOf(context.language).exports
  const row = (each: ExportedHit): Row => ({ ...context, ...each, facts: each.record?.facts ?? [] })
  return {
    name: texts.sheet,
    columns: COLUMNS.map(({ name, width }) => ({ title: texts.columns[name], width })),
    rows: hits.map(row).map(each => COLUMNS.map(({ cell }) => cell(each))),
  }
}
