import t from 'tap'
import { dateElement, formatDate, formatNumber, formatScore } from '../../src/views/format.ts'
import { en } from '../../src/views/locales/en.ts'
import { fr } from '../../src/views/locales/fr.ts'

/** Every text of a locale by its path; functions are called with figures, or with a list where one is needed. */
const textsOf = (value: unknown, path: string): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') {
    const call = (...args: readonly unknown[]): unknown => {
      try {
        return value(...args)
      } catch {
        return value([2019, 2020])
      }
    }
    return [
      ...textsOf(call(0, 1), `${path}(0)`),
      ...textsOf(call(1, 1), `${path}(1)`),
      ...textsOf(call(1234, 5), `${path}(n)`),
    ]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => textsOf(each, `${path}.${key}`))
}

const french = new Map(textsOf(fr, 'texts'))
const english = new Map(textsOf(en, 'texts'))

t.test('both languages have the same texts, none of them empty', async t => {
  // Paragraphs may be split differently; everything else has its twin.
  const keys = (texts: ReadonlyMap<string, string>): readonly string[] =>
    [...texts.keys()].filter(key => !/\.[0-9]+$/.test(key)).sort()
  t.strictSame(keys(french), keys(english))
  t.ok(french.size > 200)
  t.strictSame(
    [...french, ...english].filter(([, text]) => text.trim() === ''),
    [],
  )
})

t.test('a text has the same places to fill in both languages', async t => {
  const slots = (text: string | undefined): readonly string[] => (text?.match(/\{[a-z]+\}/g) ?? []).sort()
  const differing = [...french].filter(([key, text]) => slots(text).join() !== slots(english.get(key)).join())
  t.strictSame(differing, [])
})

t.test('French texts carry French spacing and typographic signs', async t => {
  const faults: Readonly<Record<string, RegExp>> = {
    'a breaking space beside punctuation': / [;?!:»]|« /,
    'a missing space before punctuation': /[^\s\u00a0\u202f.?!{(0-9][;?!»](?!\w)|[a-zé]:(?!\/)/,
    'a straight quotation mark': /'|"/,
    'a breaking space before a unit': /[0-9] (?:km|%)/,
  }
  for (const [fault, pattern] of Object.entries(faults)) {
    t.strictSame(
      [...french].filter(([, text]) => pattern.test(text)),
      [],
      fault,
    )
  }
})

t.test('numbers are written as each language writes them', async t => {
  t.equal(formatNumber(2959, 'fr'), '2\u202f959')
  t.equal(formatNumber(2959, 'en'), '2,959')
  t.equal(formatScore(7.3, 'fr'), '7,30')
  t.equal(formatScore(7.305, 'en'), '7.31')
  t.equal(fr.site.suppliers(0), '0\u00a0fournisseur')
  t.equal(fr.site.suppliers(2), '2\u00a0fournisseurs')
  t.equal(en.site.suppliers(0), '0\u00a0suppliers')
  t.equal(en.site.suppliers(1), '1\u00a0supplier')
})

t.test('dates are short, do not break, and the first of the month is an ordinal in French', async t => {
  t.equal(formatDate('2026-11-14', 'fr'), '14\u00a0nov.\u00a02026')
  t.equal(formatDate('2026-11-01T23:59:00Z', 'fr'), '1er\u00a0nov.\u00a02026')
  t.equal(formatDate('2026-11-01', 'en'), '1\u00a0Nov\u00a02026')
  t.equal(
    dateElement('2026-11-01T10:00:00Z', 'fr'),
    '<time datetime="2026-11-01">1<sup>er</sup>\u00a0nov.\u00a02026</time>',
  )
})

t.test('what is no date is shown as it is, escaped', async t => {
  for (const text of ['', '2004', '2026-13-45', '14/11/2026']) t.equal(formatDate(text, 'fr'), text)
  t.equal(dateElement('<b>', 'fr'), '&#60;b&#62;')
})
