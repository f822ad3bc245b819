import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import { inertText } from '../../model/inert-text.ts'
import { xmlText } from './plain.ts'
import type { Cell, Table } from './table.ts'

/** Excel's own limit; a longer text makes it call the file damaged. */
const MAX_CELL = 32_767

/** Excel reads `_x0041_` in a text as "A" (ECMA-376 part 1, 22.9.2.19): the underscore is written so instead. */
const literal = (text: string): string => text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')

/** A text as a cell may hold it: nothing that steers a reader's screen, and not longer than Excel reads. */
const cellText = (text: string): string =>
  literal(xmlText(inertText(text)))
    .slice(0, MAX_CELL)
    .toWellFormed()

/** Every text is a cell of type text, which no spreadsheet runs, whatever it begins with. */
const cellOf = (cell: Cell) => {
  if (cell === undefined || cell === '') return null
  if (typeof cell === 'number') return { value: cell, type: Number }
  return { value: cellText(cell), type: String }
}

const sheetData = ({ columns, rows }: Table): SheetData => [
  columns.map(column => ({ value: cellText(column.title), type: String, fontWeight: 'bold' as const })),
  ...rows.map(row => row.map(cellOf)),
]

/** Tables as an Excel workbook, one sheet each, with a title row that stays. */
export const toXlsx = (tables: readonly Table[]): Promise<Buffer> =>
  writeXlsxFile(
    tables.map(table => ({
      data: sheetData(table),
      sheet: table.name,
      stickyRowsCount: 1,
      columns: table.columns.map(({ width }) => ({ width })),
    })),
  ).toBuffer()
