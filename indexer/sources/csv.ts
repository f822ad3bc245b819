import { WrongFormatError } from './errors.ts'

/** A row of a CSV file, or why it cannot be read. `line` is the one it starts on, from 1. */
export type CsvRow =
  | { readonly line: number; readonly fields: readonly string[] }
  | { readonly line: number; readonly broken: string }

/** Longer than any row seen (5 kB), short enough to hold in memory when a quote is never closed. */
const MAX_ROW_LENGTH = 1_000_000

interface Scanned {
  readonly fields: readonly string[]
  /** Where the next row starts. */
  readonly end: number
  /** Something follows a closing quote. */
  readonly irregular: boolean
}

/** A quoted field from its opening quote: its text and the index after its closing quote; `undefined`: not closed yet. */
const quotedField = (text: string, start: number): readonly [value: string, end: number] | undefined => {
  let value = ''
  let from = start + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote === -1) return undefined
    value += text.slice(from, quote)
    if (text[quote + 1] !== '"') return [value, quote + 1]
    value += '"'
    from = quote + 2
  }
}

const plainEnd = (text: string, start: number, delimiter: string): number => {
  for (let i = start; i < text.length; i++) {
    const character = text[i]
    if (character === delimiter || character === '\n') return i
  }
  return text.length
}

/** The row that starts at `start` (RFC 4180); `undefined` when `text` ends before it does. */
const scanRow = (text: string, start: number, delimiter: string): Scanned | undefined => {
  const fields: string[] = []
  let from = start
  let irregular = false
  for (;;) {
    const quoted = text[from] === '"' ? quotedField(text, from) : (['', from] as const)
    if (quoted === undefined) return undefined
    // Letters after a closing quote are kept as they stand: `"Le" Site` is a badly quoted name, not a lost row.
    const end = plainEnd(text, quoted[1], delimiter)
    if (end === text.length) return undefined
    const lastOfRow = text[end] === '\n'
    const after = text.slice(quoted[1], end)
    const rest = lastOfRow && after.endsWith('\r') ? after.slice(0, -1) : after
    irregular ||= quoted[1] > from && rest !== ''
    fields.push(quoted[0] + rest)
    from = end + 1
    if (lastOfRow) return { fields, end: from, irregular }
  }
}

const countLines = (text: string, start: number, end: number): number => {
  let lines = 0
  for (let i = text.indexOf('\n', start); i !== -1 && i < end; i = text.indexOf('\n', i + 1)) lines++
  return lines
}

/** The separator that occurs most in the first line, of those in use. */
const guessDelimiter = (header: string): string => {
  const counted = [';', ',', '\t'].map(each => [each, header.split(each).length] as const)
  return counted.reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}

/**
 * The rows of a CSV text, header first, the separator (`;`, `,` or tab) guessed from it. Blank lines are skipped.
 *
 * Written here because a stray quote makes csv-parse 7 lose the rest of the file: this reader gives up the one row and
 * goes on at the next line, and does so too when a quote has swallowed lines until another one.
 */
export async function* readCsv(chunks: AsyncIterable<string>): AsyncGenerator<CsvRow> {
  let text = ''
  let start = 0
  let line = 1
  let columns: number | undefined
  let delimiter: string | undefined

  function* rows(final: boolean): Generator<CsvRow> {
    if (delimiter === undefined) {
      const end = text.indexOf('\n')
      if (end === -1 && !final) return
      delimiter = guessDelimiter(end === -1 ? text : text.slice(0, end))
    }
    while (start < text.length) {
      const row = scanRow(text, start, delimiter)
      if (row === undefined && !final && text.length - start < MAX_ROW_LENGTH) return
      const nextLine = text.indexOf('\n', start) + 1 || text.length
      const doubtful = row?.irregular || (columns !== undefined && row?.fields.length !== columns)
      const swallowed = row !== undefined && doubtful && row.end > nextLine
      if (row === undefined || swallowed) {
        yield { line, broken: 'a quote is opened and never closed' }
        start = nextLine
        line += 1
        continue
      }
      const at = line
      line += countLines(text, start, row.end)
      start = row.end
      if (row.fields.length === 1 && row.fields[0]?.trim() === '') continue
      columns ??= row.fields.length
      yield row.fields.length === columns
        ? { line: at, fields: row.fields }
        : { line: at, broken: `${row.fields.length} columns instead of ${columns}` }
    }
  }

  for await (const chunk of chunks) {
    text = text.slice(start) + chunk
    start = 0
    yield* rows(false)
  }
  // The last row may lack its line end.
  text = `${text.slice(start)}\n`
  start = 0
  yield* rows(true)
  if (columns === undefined) throw new WrongFormatError('the file is empty')
}
