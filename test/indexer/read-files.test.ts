import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { type CsvRow, readCsv } from '../../indexer/sources/csv.ts'
import { WrongFormatError } from '../../indexer/sources/errors.ts'
import { type JsonRecord, readJsonArray, readJsonLines } from '../../indexer/sources/json-records.ts'
import { inspectFile, readText } from '../../indexer/sources/source-file.ts'

/** The text in pieces of `size`, as a stream would bring it. */
async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size)
}

const csv = (text: string, size = 7): Promise<CsvRow[]> => Array.fromAsync(readCsv(pieces(text, size)))
const fields = async (text: string, size?: number) =>
  (await csv(text, size)).map(row => ('fields' in row ? row.fields : row.broken))

t.test('CSV', async t => {
  t.test('quoted separators, quotes and line breaks belong to the field', async t => {
    t.strictSame(await csv('a;b\r\n"x;""y""\r\nz";2\n\n3;4'), [
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['x;"y"\r\nz', '2'] },
      { line: 5, fields: ['3', '4'] },
    ])
  })
  t.test('the separator is the one of the first line', async t => {
    for (const separator of [';', ',', '\t']) {
      t.strictSame(await fields(`a${separator}b\n1${separator}2\n`), [
        ['a', 'b'],
        ['1', '2'],
      ])
    }
  })
  t.test('quotes inside a field, or letters after a quoted part, are kept as they stand', async t => {
    t.strictSame(await fields('a;b\nle "bon" air;"Le" Site\n'), [
      ['a', 'b'],
      ['le "bon" air', 'Le Site'],
    ])
  })
  t.test('a quote that is never closed costs its own row only', async t => {
    const found = [['a', 'b'], 'a quote is opened and never closed', ['2', '3'], ['4', '5']]
    t.strictSame(await fields('a;b\n1;"oublié\n2;3\n4;5\n'), found)
    t.strictSame(await fields('a;b\n1;"oublié\n2;3\n4;5'), found)
  })
  t.test('a quote that swallows rows until another quote costs the rows of the two', async t => {
    t.strictSame(await csv('a;b\n1;"oublié\n2;3\n4;"cinq"\n6;7\n'), [
      { line: 1, fields: ['a', 'b'] },
      { line: 2, broken: 'a quote is opened and never closed' },
      { line: 3, fields: ['2', '3'] },
      { line: 4, fields: ['4', 'cinq'] },
      { line: 5, fields: ['6', '7'] },
    ])
  })
  t.test('a row with another number of columns is reported with its line', async t => {
    t.strictSame((await csv('a;b\n1\n2;3;4\n5;6\n')).slice(1, 3), [
      { line: 2, broken: '1 columns instead of 2' },
      { line: 3, broken: '3 columns instead of 2' },
    ])
  })
  t.test('an empty file is refused', async t => {
    await t.rejects(csv('\n \n'), WrongFormatError)
  })
  t.test('whatever is written comes back, however the stream is cut', async t => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', ';', '"', '\n', '\r', ' ', '😀') })
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows, size) => {
        const quoted = rows.map(row => row.map(value => `"${value.replaceAll('"', '""')}"`).join(';'))
        t.strictSame(await fields(['a;b;c', ...quoted].join('\n'), size), [['a', 'b', 'c'], ...rows])
      }),
      { numRuns: 150 },
    )
  })
  t.test('any text ends in rows or a named error', async t => {
    const text = fc.string({ unit: fc.constantFrom('a', ';', '"', '\n', '\r'), maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(text, async rows => {
        const read = await csv(`a;b\n${rows}`)
        t.ok(read.every((row, index) => index === 0 || row.line > (read[index - 1]?.line ?? 0)))
      }),
      { numRuns: 300 },
    )
  })
})

t.test('JSON', async t => {
  const lines = (text: string, size = 5): Promise<JsonRecord[]> => Array.fromAsync(readJsonLines(pieces(text, size)))
  const array = (text: string, size = 5): Promise<JsonRecord[]> => Array.fromAsync(readJsonArray(pieces(text, size)))

  t.test('lines: a bad one is reported and passed over', async t => {
    t.match(await lines('{"a":1}\n\n{"a":\r\n{"a":3}'), [
      { line: 1, value: { a: 1 } },
      { line: 3, broken: /not JSON/ },
      { line: 4, value: { a: 3 } },
    ])
  })
  t.test('an array: brackets in texts are not its own, and lines are counted', async t => {
    t.strictSame(await array('\n[\n {"a": "]}\\",["},\n\n {"b": [1, [2]]},\n 3\n]\n'), [
      { line: 3, value: { a: ']}",[' } },
      { line: 5, value: { b: [1, [2]] } },
      { line: 6, value: 3 },
    ])
  })
  t.test('an array: a bad element is reported and passed over', async t => {
    t.match(await array('[{"a":1},{"a":nope},{"a":3}]'), [
      { value: { a: 1 } },
      { broken: /not JSON/ },
      { value: { a: 3 } },
    ])
  })
  t.test('an array that does not close is an incomplete file', async t => {
    await t.rejects(array('[{"a":1},{"a":2}'), /incomplete, download it again/)
    await t.rejects(array('[{"a":"'), WrongFormatError)
  })
  t.test('a record without end does not fill the memory', async t => {
    await t.rejects(array(`["${'x'.repeat(5_000_000)}`, 100_000), /more than 4000000 characters/)
    await t.rejects(lines('x'.repeat(5_000_000), 100_000), /more than 4000000 characters/)
  })
  t.test('every array comes back whole, however the stream is cut and laid out', async t => {
    const values = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 1), async (given, size, indent) => {
        const read = await array(JSON.stringify(given, null, indent), size)
        t.same(
          read,
          read.map(({ line }, index) => ({ line, value: JSON.parse(JSON.stringify(given[index])) as unknown })),
        )
        t.equal(read.length, given.length)
      }),
      { numRuns: 150 },
    )
  })
})

t.test('the encoding is UTF-8, or windows-1252 as spreadsheets write it', async t => {
  const folder = t.testdir()
  const text = async (bytes: Uint8Array): Promise<string> => {
    const path = join(folder, 'list.csv')
    writeFileSync(path, bytes)
    return (await Array.fromAsync(readText(await inspectFile(path)))).join('')
  }
  t.equal(await text(Buffer.from('\ufeffqualité de l’air')), 'qualité de l’air')
  t.equal(await text(Buffer.from('qualit\u00e9 de l\u0092air', 'latin1')), 'qualité de l’air')
})

t.test('a compressed or UTF-16 file is refused with its remedy', async t => {
  const folder = t.testdir({ zip: Buffer.from('504b030414', 'hex'), utf16: Buffer.from('fffe6100', 'hex') })
  await t.rejects(inspectFile(join(folder, 'zip')), /ZIP or XLSX file: unpack it/)
  await t.rejects(inspectFile(join(folder, 'utf16')), /save it as UTF-8/)
})
