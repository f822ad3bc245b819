import { readCsv } from './csv.ts'
import { WrongFormatError } from './errors.ts'
import { type JsonRecord, readJsonArray, readJsonLines } from './json-records.ts'
import { readText, type SourceFile } from './source-file.ts'

/** A record of a published file: its fields by the names of that form of the file. */
export type SourceRecord =
  | { readonly line: number; readonly form: 'csv' | 'json'; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly line: number; readonly broken: string }

/** What tells a source's file from another: the columns, or the keys of its first record, for each published shape. */
export interface Expected {
  readonly csv?: readonly (readonly string[])[]
  readonly json?: readonly (readonly string[])[]
  /** Told once, in their order, for CSV only. */
  readonly onColumns?: (columns: readonly string[]) => void
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const requireShape = (
  file: SourceFile,
  shapes: readonly (readonly string[])[] | undefined,
  given: readonly string[],
): void => {
  if (shapes === undefined) throw new WrongFormatError(`${file.name}: this source is not published in that form`)
  const missing = shapes.map(shape => shape.filter(name => !given.includes(name)))
  if (missing.some(names => names.length === 0)) return
  const fewest = missing.reduce((a, b) => (b.length < a.length ? b : a), missing[0] ?? [])
  const list = fewest.map(name => `"${name}"`).join(', ')
  throw new WrongFormatError(`${file.name} is not this source's file: it lacks ${list}. Check which file was given`)
}

async function* csvRecords(file: SourceFile, text: AsyncIterable<string>, expected: Expected) {
  let columns: readonly string[] | undefined
  for await (const row of readCsv(text)) {
    if ('broken' in row) {
      yield row
    } else if (columns === undefined) {
      columns = row.fields.map(name => name.trim())
      requireShape(file, expected.csv, columns)
      expected.onColumns?.(columns)
    } else {
      const names = columns
      const fields = Object.fromEntries(row.fields.map((value, index) => [names[index] ?? '', value]))
      yield { line: row.line, form: 'csv' as const, fields }
    }
  }
}

async function* jsonRecords(file: SourceFile, records: AsyncIterable<JsonRecord>, expected: Expected) {
  let first = true
  for await (const record of records) {
    if ('broken' in record) {
      yield record
    } else if (!isObject(record.value)) {
      yield { line: record.line, broken: 'not an object' }
    } else {
      if (first) requireShape(file, expected.json, Object.keys(record.value))
      first = false
      yield { line: record.line, form: 'json' as const, fields: record.value }
    }
  }
}

/** The pieces of a text after its leading blanks, and its first character. */
const peeked = async (text: AsyncGenerator<string>): Promise<readonly [string, AsyncIterable<string>]> => {
  let head = ''
  for (let next = await text.next(); !next.done; next = await text.next()) {
    head += next.value
    if (head.trim() !== '') break
  }
  const whole = async function* () {
    yield head
    yield* text
  }
  return [head.trimStart()[0] ?? '', whole()]
}

/**
 * The records of a CSV, JSON Lines or JSON array file; the first character tells which. Throws `WrongFormatError` when
 * it is not the file of the source.
 */
export async function* readRecords(
  file: SourceFile,
  expected: Expected,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<SourceRecord> {
  const [first, text] = await peeked(readText(file, onBytes))
  if (first === '') throw new WrongFormatError(`${file.name} is empty: download it again`)
  if (first === '<') throw new WrongFormatError(`${file.name} is an HTML or XML page, not data: download it again`)
  if (first === '[') yield* jsonRecords(file, readJsonArray(text), expected)
  else if (first === '{') yield* jsonRecords(file, readJsonLines(text), expected)
  else yield* csvRecords(file, text, expected)
}

/** The text of a field; '' when it is absent, null, or no text or number. */
export const textField = (fields: Readonly<Record<string, unknown>>, name: string): string => {
  const value = fields[name]
  return typeof value === 'string' ? value : typeof value === 'number' && Number.isFinite(value) ? String(value) : ''
}
