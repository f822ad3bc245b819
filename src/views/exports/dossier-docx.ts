import type { Table as DocxTable, FileChild, IRunOptions, Paragraph } from 'docx'
import type { FrozenSupplier } from '../../model/dossier.ts'
import { inertText } from '../../model/inert-text.ts'
import { formatSiren } from '../../model/siren.ts'
import { weightRows } from '../components/ranking.ts'
import {
  annotationsBySiren,
  countDecisions,
  factRows,
  formatInstant,
  headingOf,
  questionLines,
  referenceOf,
  verifyCommand,
} from '../dossier-view.ts'
import { formatDate, formatNumber, formatScore } from '../format.ts'
import { textsOf } from '../locales/texts.ts'
import { type DossierExport, dossierTables } from './dossier-tables.ts'
import { plainPassage, xmlText } from './plain.ts'

/** A dossier as a Word document: the page, in an order that a procurement file takes, with its list to be edited. */

/** Past so many suppliers the document has their list, quotation and reasons, and the workbook their facts. */
const WITH_FACTS = 50
/** Past so many, the list alone: a document of a thousand quotations takes Word a minute. */
const WITH_EVIDENCE = 200
/** A4 less its margins, in twentieths of a point. */
const TEXT_WIDTH = 9600
const INK = '9C3A1F'

type Docx = typeof import('docx')

/** Text as Word takes it: no character that XML has no way to write, none that turns the line around. */
const safe = (text: string): string => xmlText(inertText(text))

interface Writer {
  readonly docx: Docx
  readonly view: DossierExport
}

const paragraph = ({ docx }: Writer, text: string, run: IRunOptions = {}): Paragraph =>
  new docx.Paragraph({ children: [new docx.TextRun({ ...run, text: safe(text) })], spacing: { after: 80 } })

const heading = ({ docx }: Writer, text: string, level: 1 | 2 | 3 = 1): Paragraph =>
  new docx.Paragraph({
    text: safe(text),
    keepNext: true,
    heading:
      level === 1
        ? docx.HeadingLevel.HEADING_1
        : level === 2
          ? docx.HeadingLevel.HEADING_2
          : docx.HeadingLevel.HEADING_3,
  })

/** A table whose title row stands again on each page; widths are shares of the line. */
const table = (
  { docx }: Writer,
  titles: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
  shares: readonly number[],
): DocxTable => {
  const sum = shares.reduce((a, b) => a + b, 0)
  const widths = shares.map(share => Math.round((share / sum) * TEXT_WIDTH))
  const cell = (text: string, index: number, bold: boolean) =>
    new docx.TableCell({
      width: { size: widths[index] ?? 0, type: docx.WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 60, right: 60 },
      children: [new docx.Paragraph({ children: [new docx.TextRun({ text: safe(text), bold, size: 18 })] })],
    })
  const row = (cells: readonly string[], header: boolean) =>
    new docx.TableRow({
      tableHeader: header,
      cantSplit: true,
      children: cells.map((text, index) => cell(text, index, header || (titles === undefined && index === 0))),
    })
  return new docx.Table({
    width: { size: TEXT_WIDTH, type: docx.WidthType.DXA },
    columnWidths: widths,
    rows: [...(titles === undefined ? [] : [row(titles, true)]), ...rows.map(each => row(each, false))],
  })
}

const front = (writer: Writer): FileChild[] => {
  const { docx, view } = writer
  const { dossier, language } = view
  const { dossier: texts } = textsOf(language)
  return [
    paragraph(writer, texts.name, { color: INK, bold: true }),
    new docx.Paragraph({ text: safe(headingOf(dossier, language)), heading: docx.HeadingLevel.TITLE }),
    paragraph(writer, texts.reference(referenceOf(view))),
    ...(dossier.note === undefined ? [] : dossier.note.split('\n').map(line => paragraph(writer, line))),
    ...(dossier.catalogue.demonstration ? [paragraph(writer, texts.demonstration, { bold: true })] : []),
    paragraph(writer, dossier.method.notice, { italics: true }),
    heading(writer, texts.question),
    table(writer, undefined, questionLines(view, language), [3, 9]),
  ]
}

const list = (writer: Writer): FileChild[] => {
  const { view } = writer
  const { dossier, annotations, language } = view
  const { dossier: texts } = textsOf(language)
  const { columns, decisions, table: words } = texts
  const of = annotationsBySiren(annotations)
  const counts = countDecisions(view)
  const row = ({ rank, name, siren, place, score }: FrozenSupplier): string[] => {
    const { decision, reason } = of(siren)
    return [
      formatNumber(rank, language),
      `${name}, ${formatSiren(siren)}`,
      place ?? '',
      score === undefined ? '' : formatScore(score, language),
      decisions[decision],
      reason,
    ]
  }
  const version =
    annotations.savedAt === undefined
      ? texts.notAnnotated
      : texts.annotated
          .replace('{version}', String(annotations.version))
          .replace('{date}', formatInstant(annotations.savedAt, language))
  return [
    heading(writer, texts.list),
    paragraph(writer, texts.listText(counts.kept, counts.rejected, counts.undecided)),
    table(
      writer,
      [columns.rank, columns.supplier, words.place, columns.score, columns.decision, columns.reason],
      dossier.suppliers.map(row),
      [2, 8, 5, 2, 4, 9],
    ),
    paragraph(writer, version, { size: 18 }),
  ]
}

/** The tables of a need or of a comparison, as the workbook has them. */
const answer = (writer: Writer): FileChild[] => {
  const { view } = writer
  const { sheets } = textsOf(view.language).dossier
  const wanted: readonly string[] = [
    sheets.bricks,
    sheets.matrix,
    sheets.combinations,
    sheets.warnings,
    sheets.comparison,
  ]
  return dossierTables(view)
    .filter(({ name, rows }) => wanted.includes(name) && rows.length > 0)
    .flatMap(({ name, columns, rows }) => {
      // The matrix's sentences stand in the workbook: a sheet of paper has room for the words of its cells.
      const kept = columns.map((_, index) => name !== sheets.matrix || index < 2 || index % 2 === 0)
      const cells = (each: readonly unknown[]): string[] =>
        each.filter((_, index) => kept[index]).map(cell => (cell === undefined ? '' : String(cell)))
      const titles = cells(columns.map(({ title }) => title))
      return [
        heading(writer, name),
        table(
          writer,
          titles,
          rows.map(cells),
          titles.map((_, index) => (index === 0 ? 3 : 2)),
        ),
      ]
    })
}

const evidence = (writer: Writer, supplier: FrozenSupplier, withFacts: boolean): FileChild[] => {
  const { dossier, language } = writer.view
  const { dossier: texts, proof } = textsOf(language)
  const { hit } = supplier
  const quotes = (hit?.passages ?? []).flatMap(({ text, sourceUrl, retrievedAt, evidence: by }) => [
    paragraph(writer, plainPassage(text), { italics: true }),
    paragraph(writer, `${proof[by]}, ${sourceUrl}, ${formatDate(retrievedAt, language)}`, { size: 16 }),
  ])
  const reasons = (hit?.explanation ?? []).map(({ label, detail, value }) => [
    [label, detail].filter(Boolean).join(' '),
    formatScore(value, language),
  ])
  const facts = withFacts
    ? factRows(supplier, dossier, language).map(row => [
        row.property,
        row.period === undefined ? row.value : `${row.value} (${row.period})`,
        proof[row.evidence],
        `${row.source}, ${formatDate(row.sourceDate, language)}, ${row.sourceUrl}`,
      ])
    : []
  return [
    heading(writer, supplier.name, 2),
    paragraph(
      writer,
      [formatSiren(supplier.siren), supplier.place, texts.rank(supplier.rank)].filter(Boolean).join(', '),
    ),
    ...(hit?.supplier.tagline === undefined ? [] : [paragraph(writer, hit.supplier.tagline)]),
    ...quotes,
    ...(reasons.length === 0 ? [] : [table(writer, [texts.table.reasons, texts.columns.score], reasons, [8, 2])]),
    ...(facts.length === 0
      ? []
      : [
          paragraph(writer, texts.factsOf(facts.length), { bold: true }),
          table(writer, [texts.fact, texts.value, texts.proof, texts.source], facts, [4, 8, 3, 8]),
        ]),
  ]
}

const evidences = (writer: Writer): FileChild[] => {
  const { suppliers } = writer.view.dossier
  const { dossier: texts } = textsOf(writer.view.language)
  if (suppliers.length === 0) return []
  const note = suppliers.length > WITH_FACTS ? [paragraph(writer, texts.factsElsewhere(WITH_FACTS))] : []
  const shown = suppliers.slice(0, WITH_EVIDENCE)
  return [
    heading(writer, texts.details),
    ...note,
    ...shown.flatMap((supplier, index) => evidence(writer, supplier, index < WITH_FACTS)),
  ]
}

const back = (writer: Writer): FileChild[] => {
  const { view } = writer
  const { dossier, language } = view
  const { dossier: texts } = textsOf(language)
  const { ranking, url } = dossier.method
  const { table: words } = texts
  const fields = ranking && { name: 0, tags: 0, tagline: 0, description: 0, passages: 0, bricks: 0, ...ranking.fields }
  const sources = dossier.sources.map(({ name, publisher, licence, date, url: address }) => [
    ...[name, publisher, licence, formatDate(date, language), address],
  ])
  return [
    heading(writer, texts.sources),
    table(
      writer,
      [words.source, words.publisher, words.licence, words.sourceDate, words.sourceUrl],
      sources,
      [5, 4, 3, 2, 6],
    ),
    heading(writer, texts.method),
    paragraph(writer, (ranking ? texts.methodText : texts.methodOther).replace('{link}', url)),
    ...(ranking && fields
      ? [
          table(
            writer,
            [words.criterion, words.weight],
            weightRows({ ...ranking, fields }, language).map(row => [...row]),
            [7, 4],
          ),
        ]
      : []),
    ...(dossier.tender?.text === undefined
      ? []
      : [heading(writer, texts.fullText), ...dossier.tender.text.split('\n').map(line => paragraph(writer, line))]),
    heading(writer, texts.verify),
    paragraph(writer, texts.verifyText),
    paragraph(writer, verifyCommand(view), { font: 'Courier New', size: 18 }),
    paragraph(writer, view.hash, { font: 'Courier New', size: 18 }),
  ]
}

/** The dossier as a DOCX: reference above and page numbers below every page, title rows that stand again. */
export const dossierDocx = async (view: DossierExport): Promise<Buffer> => {
  // Half a megabyte that most services never need.
  const docx = await import('docx')
  const writer: Writer = { docx, view }
  const { dossier: texts, site } = textsOf(view.language)
  const reference = `${texts.name} ${texts.reference(referenceOf(view))}`
  const small = { size: 16, color: '5F5650' }
  const document = new docx.Document({
    creator: site.name,
    title: safe(headingOf(view.dossier, view.language)),
    description: reference,
    styles: { default: { document: { run: { size: 20 } } } },
    sections: [
      {
        properties: {
          page: { size: { width: 11906, height: 16838 }, margin: { top: 1134, bottom: 1134, left: 1134, right: 1134 } },
        },
        headers: {
          default: new docx.Header({
            children: [new docx.Paragraph({ children: [new docx.TextRun({ ...small, text: reference })] })],
          }),
        },
        footers: {
          default: new docx.Footer({
            children: [
              new docx.Paragraph({
                alignment: docx.AlignmentType.RIGHT,
                children: [
                  new docx.TextRun({
                    ...small,
                    children: [`${texts.page} `, docx.PageNumber.CURRENT, ` ${texts.of} `, docx.PageNumber.TOTAL_PAGES],
                  }),
                ],
              }),
            ],
          }),
        },
        children: [...front(writer), ...list(writer), ...answer(writer), ...evidences(writer), ...back(writer)],
      },
    ],
  })
  return docx.Packer.toBuffer(document)
}
