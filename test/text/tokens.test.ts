import fc from 'fast-check'
import t from 'tap'
import { forEachWord } from '../../src/text/tokens.ts'

const words = (text: string): readonly string[] => {
  const found: string[] = []
  forEachWord(text, (start, end) => found.push(text.slice(start, end)))
  return found
}

const segmenter = new Intl.Segmenter('fr', { granularity: 'word' })
// Not by `isWordLike`, which says no to "a_\u0301": a word has a letter or a digit.
const segments = (text: string): readonly string[] =>
  [...segmenter.segment(text)].map(part => part.segment).filter(segment => /[\p{L}\p{N}]/u.test(segment))

t.test('words are those of UAX #29, as Intl.Segmenter finds them', async () => {
  const character = fc.constantFrom(
    ...'abzéÀœñßжωع01239',
    "'",
    '’',
    '.',
    ',',
    ';',
    '_',
    '-',
    ' ',
    '(',
    '\u0301',
    '\u00A0',
    '\u202F',
    '€',
  )
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 40 }), text => {
      return JSON.stringify(words(text)) === JSON.stringify(segments(text))
    }),
    { numRuns: 5000 },
  )
})

t.test('apostrophes, decimals and addresses hold together; hyphens and slashes part', async t => {
  t.strictSame(words("l'air aujourd'hui 3,5 1.2.3 api.gouv.fr a_b e-mail et/ou O'Neil"), [
    ...["l'air", "aujourd'hui", '3,5', '1.2.3', 'api.gouv.fr', 'a_b', 'e', 'mail', 'et', 'ou', "O'Neil"],
  ])
})

t.test('scripts without spaces give a word an ideograph', async t => {
  t.strictSame(words('東京 ひら カタカナ 한국어'), ['東', '京', 'ひ', 'ら', 'カタカナ', '한국어'])
})

t.test('words longer than 255 characters are cut and nothing after them is lost', async t => {
  t.strictSame(
    words(`${'a'.repeat(600)} fin`).map(word => word.length),
    [255, 255, 90, 3],
  )
  t.strictSame(words(`a${'\u0301'.repeat(900)}b fin`).slice(1), ['b', 'fin'])
  t.strictSame(words(`${'_'.repeat(600)} fin`), ['fin'])
})

t.test('a word never holds a space and nothing but words lies between words', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), text => {
      let rest = ''
      let reached = 0
      forEachWord(text, (start, end) => {
        rest += text.slice(reached, start)
        reached = end
      })
      return words(text).every(word => !/[ \n\t]/.test(word)) && !/[a-z0-9à-öø-ÿ]/.test(rest + text.slice(reached))
    }),
  )
})
