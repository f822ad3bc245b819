import { brickLabel } from '../../model/bricks.ts'
import type { Dossier, FrozenSupplier } from '../../model/dossier.ts'
import type { Language } from '../../model/language.ts'
import { CRITERIA } from '../../model/tender.ts'
import { weightRows } from '../components/ranking.ts'
import { annotationsBySiren, type DossierView, factRows, questionLines } from '../dossier-view.ts'
import { formatScore } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { supplierPath } from '../urls.ts'
import { plainPassage } from './plain.ts'
import type { Cell, Column, Table } from './table.ts'

/** A dossier as tables: its list with decisions, its facts, and everything that makes it citable. */

export interface DossierExport extends DossierView {
  readonly language: Language
}

/** Several values of one cell; a comma stands inside many of them. */
const SEPARATOR = ' | '
/** A workbook with more rows takes seconds to write and to open. */
export const MOST_FACT_ROWS = 20_000

const column = (title: string, width: number): Column => ({ title, width })

interface Field {
  readonly title: string
  readonly width: number
  readonly cell: (supplier: FrozenSupplier) => Cell
}

const rounded = (score: number | undefined): Cell => (score === undefined ? undefined : Math.round(score * 100) / 100)

const reasons = ({ hit }: FrozenSupplier, language: Language): Cell =>
  hit?.explanation
    .map(({ label, detail, value }) => `${[label, detail].filter(Boolean).join(' ')} : ${formatScore(value, language)}`)
    .join(SEPARATOR)

const fields = (view: DossierExport): readonly Field[] => {
  const { language, baseUrl } = view
  const { columns, decisions, table } = textsOf(language).dossier
  const of = annotationsBySiren(view.annotations)
  const field = (title: string, width: number, cell: Field['cell']): Field => ({ title, width, cell })
  const own = [
    field(columns.rank, 6, ({ rank }) => rank),
    field(table.siren, 11, ({ siren }) => siren),
    field(table.name, 30, ({ name }) => name),
    field(table.place, 22, ({ place }) => place),
    field(columns.score, 8, ({ score }) => rounded(score)),
    field(columns.decision, 14, ({ siren }) => decisions[of(siren).decision]),
    field(columns.reason, 50, ({ siren }) => of(siren).reason),
  ]
  const ofHits = [
    field(table.tagline, 50, ({ hit }) => hit?.supplier.tagline),
    field(table.bricks, 40, ({ hit }) => hit?.supplier.bricks.map(id => brickLabel(id, language)).join(SEPARATOR)),
    field(table.labels, 30, ({ hit }) =>
      hit?.supplier.labels.map(({ name, years }) => [name, ...years].join(' ')).join(SEPARATOR),
    ),
    field(table.passage, 60, ({ hit }) => hit?.passages[0] && plainPassage(hit.passages[0].text)),
    field(table.passageSource, 40, ({ hit }) => hit?.passages[0]?.sourceUrl),
    field(table.passageDate, 12, ({ hit }) => hit?.passages[0]?.retrievedAt.slice(0, 10)),
    field(table.reasons, 50, supplier => reasons(supplier, language)),
    field(table.missing, 20, ({ hit }) => hit?.missing?.join(SEPARATOR)),
    field(table.updated, 12, ({ hit }) => hit?.supplier.updatedAt),
  ]
  const profile = field(table.profile, 40, ({ siren }) => baseUrl + supplierPath(language, siren))
  return [...own, ...(view.dossier.search ? ofHits : []), profile]
}

/** The complete list, one supplier a row, with the decisions and reasons. */
export const suppliersTable = (view: DossierExport): Table => {
  const all = fields(view)
  return {
    name: textsOf(view.language).dossier.sheets.suppliers,
    columns: all.map(({ title, width }) => ({ title, width })),
    rows: view.dossier.suppliers.map(supplier => all.map(({ cell }) => cell(supplier))),
  }
}

const factsTable = ({ dossier, language }: DossierExport): Table => {
  const { dossier: texts, proof } = textsOf(language)
  const { sheets, table } = texts
  const rows = dossier.suppliers.flatMap(supplier =>
    factRows(supplier, dossier, language).map(row => [
      ...[supplier.siren, supplier.name, row.property, row.value, proof[row.evidence], row.period],
      ...[row.source, row.sourceUrl, row.sourceDate, row.retrievedAt, row.excerpt],
    ]),
  )
  const cut: readonly (readonly Cell[])[] =
    rows.length > MOST_FACT_ROWS ? [[undefined, texts.factsCut(MOST_FACT_ROWS, rows.length)]] : []
  return {
    name: sheets.facts,
    columns: [
      column(table.siren, 11),
      column(table.name, 28),
      column(table.property, 20),
      column(table.value, 50),
      column(table.evidence, 12),
      column(table.period, 8),
      column(table.source, 28),
      column(table.sourceUrl, 40),
      column(table.sourceDate, 12),
      column(table.retrievedAt, 22),
      column(table.excerpt, 60),
    ],
    rows: [...cut, ...rows.slice(0, MOST_FACT_ROWS)],
  }
}

const aboutTable = (view: DossierExport): Table => {
  const { dossier, language } = view
  const texts = textsOf(language).dossier
  return {
    name: texts.sheets.about,
    columns: [column(texts.name, 28), column(dossier.title ?? '', 90)],
    rows: [
      ...questionLines(view, language),
      [undefined, dossier.note],
      [texts.method, dossier.method.url],
      [undefined, dossier.method.notice],
      ...(dossier.catalogue.demonstration ? [[undefined, texts.demonstration]] : []),
    ],
  }
}

const sourcesTable = ({ dossier, language }: DossierExport): Table => {
  const { sheets, table } = textsOf(language).dossier
  return {
    name: sheets.sources,
    columns: [
      column(table.source, 40),
      column(table.publisher, 30),
      column(table.licence, 20),
      column(table.sourceDate, 12),
      column(table.retrievedAt, 22),
      column(table.sourceUrl, 50),
    ],
    rows: dossier.sources.map(({ name, publisher, licence, date, importedAt, url }) => [
      ...[name, publisher, licence, date, importedAt, url],
    ]),
  }
}

const weightsTable = ({ dossier, language }: DossierExport): readonly Table[] => {
  const { ranking } = dossier.method
  const { sheets, table } = textsOf(language).dossier
  const columns = [column(table.criterion, 60), column(table.weight, 30)]
  if (ranking) {
    const named = { name: 0, tags: 0, tagline: 0, description: 0, passages: 0, bricks: 0, ...ranking.fields }
    return [{ name: sheets.weights, columns, rows: weightRows({ ...ranking, fields: named }, language) }]
  }
  if (!dossier.tender) return []
  const { weights } = dossier.tender.choices
  const { criteria } = textsOf(language).tender
  return [{ name: sheets.weights, columns, rows: CRITERIA.map(name => [criteria[name], weights[name]]) }]
}

const comparisonTable = ({ dossier, language }: DossierExport): readonly Table[] => {
  const { comparison } = dossier
  if (comparison === undefined) return []
  const { sheets, table } = textsOf(language).dossier
  const { notGiven } = textsOf(language).compare
  const cellText = (siren: string, cells: (typeof comparison.criteria)[number]['cells']): string =>
    cells
      .find(cell => cell.siren === siren)
      ?.values.map(({ text, sourceName, sourceDate }) =>
        [text, ...(sourceName === undefined ? [] : [`[${[sourceName, sourceDate].filter(Boolean).join(', ')}]`])].join(
          ' ',
        ),
      )
      .join(SEPARATOR) || notGiven
  return [
    {
      name: sheets.comparison,
      columns: [column(table.criterion, 28), ...comparison.suppliers.map(({ name }) => column(name, 40))],
      rows: comparison.criteria.map(({ label, cells }) => [
        label,
        ...comparison.suppliers.map(({ siren }) => cellText(siren, cells)),
      ]),
    },
  ]
}

type Tender = NonNullable<Dossier['tender']>

const tenderTables = ({ dossier, language }: DossierExport): readonly Table[] => {
  const frozen: Tender | undefined = dossier.tender
  if (frozen === undefined) return []
  const { result } = frozen
  const { dossier: texts, tender } = textsOf(language)
  const { sheets, table, columns: heads } = texts
  const asked = result.bricks.filter(brick => brick.suppliers !== undefined)
  const labelOf = (id: string): string => result.bricks.find(brick => brick.id === id)?.label ?? id
  const nameOf = (siren: string): string => dossier.suppliers.find(supplier => supplier.siren === siren)?.name ?? siren
  const rows = dossier.suppliers.flatMap(({ siren }) => result.matrix.find(row => row.supplier.siren === siren) ?? [])
  return [
    {
      name: sheets.bricks,
      columns: [
        column(table.bricks, 40),
        column(table.status, 12),
        column(table.sentence, 90),
        column(table.count, 12),
      ],
      rows: result.bricks.map(({ label, status, evidence, suppliers }) => [
        ...[label, tender.status[status], evidence.map(each => each.sentence).join(SEPARATOR), suppliers],
      ]),
    },
    {
      name: sheets.matrix,
      columns: [
        column(heads.supplier, 30),
        column(heads.score, 8),
        ...asked.flatMap(({ label }) => [column(label, 16), column(`${label}, ${table.sentence.toLowerCase()}`, 50)]),
      ],
      rows: rows.map(({ supplier, score, cells }) => [
        supplier.name,
        rounded(score),
        ...asked.flatMap(({ id }) => {
          const cell = cells.find(each => each.brick === id)
          const said = cell?.passages.map(({ text, sourceUrl }) => `${plainPassage(text)} [${sourceUrl}]`)
          return [tender.cell[cell?.coverage ?? 'unknown'], said?.join(SEPARATOR)]
        }),
      ]),
    },
    {
      name: sheets.combinations,
      columns: [column(heads.supplier, 60), column(table.covers, 60), column(tender.nobody, 40)],
      rows: result.combinations.map(({ suppliers, covers, missing }) => [
        suppliers.map(nameOf).join(SEPARATOR),
        covers.map(labelOf).join(SEPARATOR),
        missing.map(labelOf).join(SEPARATOR),
      ]),
    },
    {
      name: sheets.warnings,
      columns: [
        column(table.warning, 30),
        column(table.span, 30),
        column(table.sentence, 60),
        column(table.advice, 60),
      ],
      rows: [
        ...result.warnings.map(({ kind, span, sentence, advice }) => [tender.warning[kind], span, sentence, advice]),
        ...result.uncovered.map(({ brick, advice }) => [
          tender.uncovered(labelOf(brick)),
          undefined,
          undefined,
          advice,
        ]),
      ],
    },
  ]
}

/** Every sheet of the workbook. */
export const dossierTables = (view: DossierExport): readonly Table[] => [
  suppliersTable(view),
  ...tenderTables(view),
  ...comparisonTable(view),
  factsTable(view),
  sourcesTable(view),
  ...weightsTable(view),
  aboutTable(view),
]
