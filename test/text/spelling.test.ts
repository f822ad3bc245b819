import { createRequire } from 'node:module'
import fc from 'fast-check'
import distances from 'natural/lib/natural/distance/levenshtein_distance.js'
import t from 'tap'
import { forEachDelete, isSpellable } from '../../src/text/spell-deletes.ts'
import { editDistance, spellReach } from '../../src/text/spell-distance.ts'
import { createFormReader } from '../../src/text/spell-forms.ts'
import { isWord, loadWordList } from '../../src/text/word-list.ts'

const letters = fc.string({ unit: fc.constantFrom(...'abcdelnrst'), minLength: 3, maxLength: 14 })

t.test('the distance is that of the full count up to its limit, and none above', async t => {
  fc.assert(
    fc.property(letters, letters, fc.constantFrom(1, 2), (a, b, limit) => {
      const full = distances.DamerauLevenshteinDistance(a, b, { restricted: true })
      return editDistance(a, b, limit) === (full <= limit ? full : undefined)
    }),
    { numRuns: 500 },
  )
  t.equal(editDistance('captuer', 'capteur', 1), 1, 'two neighbours swapped are one edit')
})

/** One letter left out, added, changed, or swapped with the next. */
const edited = (word: string, kind: number, place: number, letter: string): string => {
  const at = place % word.length
  const [before, after] = [word.slice(0, at), word.slice(at)]
  if (kind === 0) return before + after.slice(1)
  if (kind === 1) return before + letter + after
  if (kind === 2) return before + letter + after.slice(1)
  return before + (after[1] ?? '') + (after[0] ?? '') + after.slice(2)
}

const hashesOf = (word: string): Set<number> => {
  const hashes = new Set<number>()
  forEachDelete(word, hash => hashes.add(hash))
  return hashes
}

t.test('words within reach of each other share a form, however they were misspelt', async () => {
  const edit = fc.tuple(fc.nat(3), fc.nat(40), fc.constantFrom(...'abcdefz'))
  fc.assert(
    fc.property(letters, fc.array(edit, { minLength: 1, maxLength: 2 }), (word, edits) => {
      const typed = edits.reduce((current, [kind, place, letter]) => edited(current, kind, place, letter), word)
      if (typed === '' || edits.length > Math.min(spellReach(word.length), spellReach(typed.length))) return true
      const right = hashesOf(word)
      return [...hashesOf(typed)].some(hash => right.has(hash))
    }),
    { numRuns: 1000 },
  )
})

t.test('numbers, references and very short words take no part in spelling', async t => {
  for (const term of ['co2', 'ab', '2024', "l'eau", 'a'.repeat(41)]) t.notOk(isSpellable(term), term)
  for (const term of ['eau', 'telesurveillance']) t.ok(isSpellable(term), term)
})

t.test('a dictionary gives the inflected forms of its words, folded, and no elided articles', async t => {
  const aff = [
    'FLAG long',
    'NEEDAFFIX ()',
    "PFX L' Y 1",
    "PFX L' 0 l' [aeé]",
    'PFX Re Y 1',
    'PFX Re 0 re .',
    'SFX S. Y 2',
    'SFX S. 0 s [^sx]',
    'SFX S. al aux al',
    'SFX a0 Y 2',
    'SFX a0 er ons/S. er',
    'SFX a0 er é er',
  ].join('\n')
  const read = createFormReader(aff)
  const formsOf = (line: string): string[] => {
    const forms: string[] = []
    read(line, form => forms.push(form))
    return forms.sort()
  }
  t.same(formsOf("énergie/S.L' po:nom"), ['energie', 'energies'])
  t.same(formsOf('signal/S.'), ['signal', 'signals', 'signaux'])
  t.same(formsOf('Former/a0Re'), ['forme', 'former', 'formons', 'reforme', 'reformer', 'reformons'])
  t.same(formsOf('noix/S.'), ['noix'])
  t.same(formsOf('base/S.()'), [], 'no word by itself')
  t.same(formsOf('84310'), ['84310'])
})

const hasDictionaries = (): boolean => {
  try {
    return ['dictionary-fr', 'dictionary-en'].every(name => createRequire(import.meta.url).resolve(name) !== '')
  } catch {
    return false
  }
}

t.test(
  'words of French and English are known in any form, with or without accents; mistakes are not',
  { skip: !hasDictionaries() && 'dictionary-fr and dictionary-en are not installed' },
  async t => {
    await loadWordList()
    const words = 'fille filme paternité maternité traçabilité tracabilite photovoltaïques Drones œuvre surveillerons'
    for (const word of [...words.split(' '), 'sensors', 'ransomware', 'monitoring']) t.ok(isWord(word), word)
    for (const word of ['survielance', 'captuer', 'logicel', 'energeis', '']) t.notOk(isWord(word), word)
  },
)
