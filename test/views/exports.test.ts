import fc from 'fast-check'
import { unzipSync } from 'fflate'
import t from 'tap'
import { inertText as steadyText } from '../../src/model/inert-text.ts'
import type { ExportContext, ExportedHit } from '../../src/views/exports/context.ts'
import { inertText, toCsv } from '../../src/views/exports/csv.ts'
import { plainPassage } from '../../src/views/exports/plain.ts'
import { searchTable } from '../../src/views/exports/rows.ts'
import { toXlsx } from '../../src/views/exports/xlsx.ts'
import { organizationData } from '../../src/views/json-ld.ts'
import { fixedUrls } from '../../src/views/sitemap.ts'
import { hit, record, status } from './samples.ts'

/** The fields of a CSV text, as RFC 4180 says with `;` for the comma. */
const parseCsv = (text: string): string[][] => {
  const rows: string[][] = [[]]
  const field = /("(?:[^"]|"")*"|[^;\r\n"]*)(;|\r\n|$)/y
  while (field.lastIndex < text.length) {
    const [, raw = '', end] = field.exec(text) ?? ['', '', 'broken']
    rows.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw)
    if (end === '\r\n') rows.push([])
    else if (end !== ';') throw new Error(`no CSV after ${JSON.stringify(rows.at(-1))}`)
  }
  return rows.slice(0, -1)
}

const column = (title: string) => ({ title, width: 10 })
const hostile = fc
  .array(
    fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      '"',
      ';',
      ',',
      "'",
      'a',
      '\uff1d',
      '\u0000',
      '<',
      '&',
      '\ud800',
    ),
    {
      maxLength: 6,
    },
  )
  .map(parts => parts.join(''))

t.test('any text comes back from the CSV as it was, and none begins as a formula does', async t => {
  const round = fc.property(fc.array(fc.tuple(hostile, hostile), { minLength: 1, maxLength: 4 }), rows => {
    const csv = toCsv({ name: 'x', columns: [column('A'), column('=B')], rows }, 'fr')
    if (!csv.startsWith('\ufeff')) return false
    const [titles, ...read] = parseCsv(csv.slice(1))
    const expected = rows.map(row => row.map(cell => inertText(steadyText(cell))))
    const formulas = read.flat().filter(cell => /^[=+\-@\t\r\n\uff1d]/.test(cell))
    return titles?.[1] === "'=B" && JSON.stringify(read) === JSON.stringify(expected) && formulas.length === 0
  })
  t.doesNotThrow(() => fc.assert(round, { numRuns: 300 }))
  t.equal(inertText('=HYPERLINK("x")'), '\'=HYPERLINK("x")')
  t.equal(inertText('a=b'), 'a=b')
  t.equal(inertText('Air,=WEBSERVICE(B2),x'), "Air,'=WEBSERVICE(B2),x", 'split at commas elsewhere')
  t.equal(inertText('a\n@SUM(1) ; +A1'), "a\n'@SUM(1) ; '+A1")
  t.equal(inertText('de -20, +40 et, -2'), 'de -20, +40 et, -2')
  t.equal(toCsv({ name: 'x', columns: [column('n')], rows: [[-1.5], [undefined]] }, 'fr'), '\ufeffn\r\n-1,5\r\n\r\n')
})

t.test('a workbook holds every text as text, whatever it begins with, and no formula', async t => {
  const rows = [['=1+1', '<b>&', 'a\u0000\ud800b', '_x0041_', 3.5]]
  const columns = ['a', 'b', 'c', 'd', 'e'].map(column)
  const files = unzipSync(
    await toXlsx([
      { name: 'Un', columns, rows },
      { name: 'Deux', columns: [column('z')], rows: [] },
    ]),
  )
  const text = (name: string): string => new TextDecoder().decode(files[name])
  const strings = [...text('xl/sharedStrings.xml').matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, each]) => each)
  for (const expected of ['=1+1', '&lt;b&gt;&amp;', '_x005F_x0041_']) t.ok(strings.includes(expected), expected)
  t.ok(
    strings.some(each => /^a\ufffd?b$/.test(each ?? '')),
    'what XML cannot hold is gone',
  )
  t.notMatch(text('xl/worksheets/sheet1.xml'), '<f>')
  t.match(text('xl/worksheets/sheet1.xml'), '<v>3.5</v>')
  t.match(text('xl/workbook.xml'), /name="Un".*name="Deux"/s)
})

t.test('a row says why the supplier is there, and who states each fact at which date', async t => {
  const context: ExportContext = { language: 'fr', status, baseUrl: 'https://brique.example' }
  const exported: ExportedHit = { rank: 3, hit, record }
  const { columns, rows } = searchTable(context, { hits: [exported] })
  const row = Object.fromEntries(columns.map(({ title }, i) => [title, rows[0]?.[i]]))
  t.match(row, {
    Rang: 3,
    SIREN: hit.supplier.siren,
    Lieu: 'Rennes (35)',
    Labels: 'Lauréat Territoires sobres (2004, 2019, attesté)',
    'Meilleur passage': /^Nos capteurs de qualité de l'air équipent .* particules & température/,
    'Preuve du passage': 'déclaré',
    'Source du passage': 'https://www.sentebrise.example/ecoles',
    'Passage lu le': '2026-11-14',
    Score: 7.31,
    'Raisons du score': /Brique reconnue Mesure de l’air intérieur : 3,10 \| /,
    Fiche: `https://brique.example/fournisseurs/${hit.supplier.siren}`,
    Certifications: 'ISO 27001 (déclaré, validité\u00a0: 2027-03-01) | HDS (attesté)',
    'Source des labels': /, [0-9]{4}-[0-9]{2}-[0-9]{2}, attesté, https:/,
  })
  t.match(searchTable({ ...context, language: 'en' }, { hits: [] }).columns[2], { title: 'Name' })
})

t.test('a passage loses its marks and gives its characters back, once', async t => {
  t.equal(
    plainPassage('l&#39;<mark>air</mark> &amp;lt; &#x41;&#99999999; &copy;'),
    "l'air &lt; A\ufffd &copy;".replace('\ufffd', '&#99999999;'),
  )
})

t.test('no text ends the data block of a profile, and its readers get it whole', async t => {
  const block = fc.property(fc.oneof(hostile, fc.constantFrom('</script>', '<!--', ']]>', '\u2028')), text => {
    const html = organizationData({ ...record.supplier, name: text }, 'fr', 'https://brique.example')
    const [, json = ''] = /^<script type="application\/ld\+json">([^<>&\u2028]*)<\/script>$/.exec(html) ?? []
    return JSON.parse(json).name === text
  })
  t.doesNotThrow(() => fc.assert(block, { numRuns: 200 }))
  const [, json = ''] = /json">(.*)</.exec(organizationData(record.supplier, 'fr', undefined)) ?? []
  t.match(JSON.parse(json), {
    '@type': 'Organization',
    identifier: { propertyID: 'SIREN' },
    address: { addressCountry: 'FR' },
  })
  t.notMatch(json, 'brique.example', 'no address of ours without the setting that gives it')
})

t.test('the sitemap names each page with its twin', async t => {
  const urls = fixedUrls('https://brique.example')
  t.match(
    urls,
    '<loc>https://brique.example/en/a-propos</loc><xhtml:link rel="alternate" hreflang="fr" href="https://brique.example/a-propos"/>',
  )
  t.notMatch(urls, '\\n')
})
