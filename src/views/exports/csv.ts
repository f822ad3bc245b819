import { inertText as steadyText } from '../../model/inert-text.ts'
import type { Language } from '../../model/language.ts'
import type { Cell, Table } from './table.ts'

/** Without it, spreadsheets read UTF-8 as the system's old code page. */
const BYTE_ORDER_MARK = '\ufeff'
/** What French spreadsheets split at: their comma is the decimal sign. */
const SEPARATOR = ';'
const LINE_END = '\r\n'

/**
 * What a spreadsheet would run as a formula (OWASP, CSV injection): = + - @, a tab, a carriage return or a line feed,
 * and the full-width forms that East Asian versions take for the same.
 */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

/**
 * The same inside a cell: a spreadsheet of another country splits at commas and knows no quotation mark amid a field, so
 * that what follows a separator begins a cell of its own. Signed numbers are none.
 */
const FORMULA_WITHIN = /(?=[=@\uff1d\uff20]|[+\-\uff0b\uff0d][^\s0-9])(?<=[,;\t\r\n]["\s]*)/g

/** A text that no spreadsheet runs: an apostrophe stands before what would be a formula. */
export const inertText = (text: string): string => {
  const within = text.replaceAll(FORMULA_WITHIN, "'")
  return FORMULA.test(within) ? `'${within}` : within
}

const decimals: Readonly<Record<Language, string>> = { fr: ',', en: '.' }

const cellText = (cell: Cell, language: Language): string => {
  if (cell === undefined) return ''
  // Numbers are ours: a minus sign is no formula there.
  if (typeof cell === 'number') return String(cell).replace('.', decimals[language])
  return inertText(steadyText(cell))
}

/** Quoted where RFC 4180 wants it. */
const field = (text: string): string => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** A table as CSV in UTF-8 with byte order mark and `;`; decimals are written as the language does. */
export const toCsv = ({ columns, rows }: Table, language: Language): string => {
  const line = (cells: readonly Cell[]): string =>
    cells.map(cell => field(cellText(cell, language))).join(SEPARATOR) + LINE_END
  return BYTE_ORDER_MARK + line(columns.map(column => column.title)) + rows.map(line).join('')
}
