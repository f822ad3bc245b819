import { parseSiren, type Siren } from '../../src/model/siren.ts'
import type { Connector } from '../sources/connector.ts'
import { readCsv } from '../sources/csv.ts'
import { WrongFormatError } from '../sources/errors.ts'
import { readRecords } from '../sources/records.ts'
import { readText } from '../sources/source-file.ts'
import { parseStoredAnswer } from './answers.ts'
import { parseStockRow, REQUIRED_COLUMNS } from './stock-row.ts'
import { unitFacts } from './unit-facts.ts'

const EXTRACTOR = 'sirene/1'

/** The answers of the State's company search, as the journal keeps them. */
export const answersConnector: Connector = {
  extractor: EXTRACTOR,
  async *read(file, { onBytes, onNote } = {}) {
    for await (const record of readRecords(file, { json: [['siren', 'askedAt']] }, onBytes)) {
      const where = `${file.name}:${record.line}`
      if ('broken' in record) {
        yield { kind: 'bad', where, reason: record.broken }
        continue
      }
      const answer = parseStoredAnswer(record.fields)
      if (answer === undefined) yield { kind: 'bad', where, reason: 'is not an answer of the register' }
      // A company that the register does not know is a record, with nothing to say.
      else
        yield { kind: 'facts', facts: answer.unit ? unitFacts(answer.siren, answer.unit, answer.askedAt, onNote) : [] }
    }
  },
}

/**
 * Insee's monthly stock file of companies (StockUniteLegale, CSV, 30 million rows), of which only the rows of `sirens`
 * are kept; no other is even reported.
 */
export const stockConnector = (sirens: ReadonlySet<Siren>): Connector => ({
  extractor: `${EXTRACTOR} stock`,
  async *read(file, { onBytes, onNote } = {}) {
    const known: ReadonlySet<string> = sirens
    let columns: readonly string[] | undefined
    let sirenColumn = -1
    for await (const row of readCsv(readText(file, onBytes))) {
      if ('broken' in row) {
        yield { kind: 'bad', where: `${file.name}:${row.line}`, reason: row.broken }
      } else if (columns === undefined) {
        columns = row.fields.map(name => name.trim())
        const missing = REQUIRED_COLUMNS.filter(name => !columns?.includes(name))
        if (missing.length > 0) {
          const list = missing.map(name => `"${name}"`).join(', ')
          const remedy = 'give StockUniteLegale, unpacked'
          throw new WrongFormatError(`${file.name} is not Insee's stock file of companies: it lacks ${list}; ${remedy}`)
        }
        sirenColumn = columns.indexOf('siren')
      } else {
        // Before anything else of the row is looked at: nearly all of them end here.
        const text = row.fields[sirenColumn] ?? ''
        const siren = known.has(text) ? parseSiren(text) : undefined
        if (siren === undefined) continue
        const fields = new Map(columns.map((name, index) => [name, row.fields[index] ?? '']))
        yield { kind: 'facts', facts: unitFacts(siren, parseStockRow(fields), undefined, onNote) }
      }
    }
  },
})
