import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { decodeHtml } from '../../indexer/extract/charset.ts'
import { sharedPath, skipWithout } from '../support/shared-data.ts'

const NAME = 'Société d’Étude «Œuvre & Forêt» — 12 €'

/** The name in windows-1252: its letters beyond Latin-1 are the only ones that need a table. */
const windows1252 = (text: string): Uint8Array => {
  const special: Readonly<Record<string, number>> = { '’': 0x92, Œ: 0x8c, '—': 0x97, '€': 0x80 }
  return Uint8Array.from([...text].map(letter => special[letter] ?? letter.charCodeAt(0)))
}

const utf8 = (text: string): Uint8Array => Buffer.from(text)
const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts)

t.test('the byte-order mark wins over the header, the header over the meta', async t => {
  const bom = Uint8Array.of(0xef, 0xbb, 0xbf)
  t.same(decodeHtml(joined(bom, utf8('é')), 'text/html; charset=iso-8859-1'), { text: 'é', charset: 'utf-8' })
  const meta = utf8('<meta charset="iso-8859-1"><p>é')
  t.equal(decodeHtml(meta, 'text/html; charset="UTF-8"').text, '<meta charset="iso-8859-1"><p>é')
  t.equal(decodeHtml(meta, 'text/html').charset, 'windows-1252')
  t.match(decodeHtml(joined(utf8('<meta charset="iso-8859-15"><p>'), Uint8Array.of(0xa4))).text, /€$/)
})

t.test('latin1 and an unknown or impossible charset are windows-1252', async t => {
  for (const label of ['latin1', 'iso-8859-1', 'klingon', 'iso-2022-kr', '']) {
    t.equal(decodeHtml(windows1252(NAME), `text/html; charset=${label}`).text, NAME, label)
  }
})

t.test('a page that declares nothing is UTF-8 when it is valid UTF-8, else windows-1252', async t => {
  t.same(decodeHtml(utf8(NAME)), { text: NAME, charset: 'utf-8' })
  t.same(decodeHtml(windows1252(NAME)), { text: NAME, charset: 'windows-1252' })
  t.equal(decodeHtml(utf8('plain')).charset, 'windows-1252')
})

t.test('windows-1252 labelled utf-8 is read without a replacement character', async t => {
  t.same(decodeHtml(windows1252(NAME), 'text/html; charset=utf-8'), { text: NAME, charset: 'windows-1252' })
  const capitals = 'SOCIÉTÉ» À LA CARTE'
  t.equal(decodeHtml(windows1252(capitals), 'text/html; charset=utf-8').text, capitals, 'É» is valid UTF-8 by chance')
})

t.test('a UTF-8 page with windows-1252 parts keeps both readable', async t => {
  const mixed = joined(utf8('Œuvré à Orléans, été comme hiver. '), windows1252('Adresse : Étampes — 91'))
  t.same(decodeHtml(mixed, 'text/html; charset=utf-8'), {
    text: 'Œuvré à Orléans, été comme hiver. Adresse : Étampes — 91',
    charset: 'utf-8+windows-1252',
  })
})

t.test('a body cut inside a character is still UTF-8', async t => {
  for (const letter of ['é', '€', '🌳']) {
    const whole = utf8(`Forêt ${letter}`)
    for (let cut = 1; cut < utf8(letter).length; cut++) {
      t.same(decodeHtml(whole.subarray(0, -cut), 'text/html; charset=utf-8'), { text: 'Forêt ', charset: 'utf-8' })
    }
  }
})

t.test('any bytes labelled utf-8 give a text, without a replacement character unless they hold one', async t => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
      if (bytes[0] === 0xfe || bytes[0] === 0xff) return
      const { text } = decodeHtml(bytes, 'text/html; charset=utf-8')
      if (!Buffer.from(bytes).includes(Buffer.from('\ufffd'))) t.notOk(text.includes('\ufffd'), `${bytes}`)
    }),
    { numRuns: 300 },
  )
})

t.test(
  'the sniffing cases of html5lib pass, but for the one that needs scripts',
  {
    skip: skipWithout('hostile/charset/html5lib-encoding.json'),
  },
  async t => {
    const cases = JSON.parse(readFileSync(sharedPath('hostile/charset/html5lib-encoding.json')!, 'utf8'))
    const failed = cases.filter(
      (each: { data_base64: string; encoding: string }) =>
        decodeHtml(Buffer.from(each.data_base64, 'base64')).charset !== new TextDecoder(each.encoding).encoding,
    )
    t.comment(`html5lib encoding: ${cases.length - failed.length} of ${cases.length}`)
    t.same(
      failed.map((each: { file: string }) => each.file),
      ['scripted/tests1.dat'],
    )
  },
)

t.test(
  'French and Western texts are read in the encoding they are in',
  {
    skip: skipWithout('hostile/charset/chardet-manifest.json'),
  },
  async t => {
    const expected: Readonly<Record<string, string>> = {
      'utf-8': 'utf-8',
      'utf-8-sig': 'utf-8',
      'iso-8859-1': 'windows-1252',
      'windows-1252': 'windows-1252',
    }
    const files: { file: string; declared_dir: string }[] = JSON.parse(
      readFileSync(sharedPath('hostile/charset/chardet-manifest.json')!, 'utf8'),
    )
    const known = files.filter(({ declared_dir }) => Object.hasOwn(expected, declared_dir))
    for (const { file, declared_dir } of known) {
      const path = sharedPath(`hostile/charset/${file}`)
      if (path === undefined) continue
      const { text, charset } = decodeHtml(readFileSync(path))
      t.equal(charset, expected[declared_dir], file)
      t.notOk(text.includes('\ufffd'), file)
    }
    t.ok(known.length > 20, `${known.length} texts`)
  },
)
