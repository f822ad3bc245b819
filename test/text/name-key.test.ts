import fc from 'fast-check'
import t from 'tap'
import { detectLanguage } from '../../src/text/language.ts'
import { nameKey } from '../../src/text/name-key.ts'

t.test('spellings of one name have one key', async t => {
  for (const spellings of [
    ['Total Energies', 'TotalEnergies', 'S.A. TOTAL ÉNERGIES', 'total-energies SE'],
    ['Dupont & Fils', 'SARL Dupont et Fils', 'DUPONT ET FILS (S.A.R.L.)', 'S A R L Dupont-et-Fils'],
    ['L’Oréal', "L'OREAL S.A.", 'Loreal'],
    ['Œuvre Numérique SCOP', 'Oeuvre Numerique'],
    ['Acme Ltd', 'ACME'],
  ]) {
    t.strictSame([...new Set(spellings.map(nameKey))].length, 1, spellings.join(' | '))
  }
})

t.test('legal forms are dropped at the ends only', async t => {
  t.equal(nameKey('SAS Brique SASU'), 'brique')
  t.equal(nameKey('Le SAS Rouge'), 'lesasrouge')
  t.equal(nameKey('SE Levage'), 'selevage')
  t.equal(nameKey('A B Conseil'), 'abconseil')
})

t.test('a name made of nothing has no key', async t => {
  for (const name of ['', ' ', 'SAS', 'S.A.S.', '&', '—']) t.equal(nameKey(name), '', name)
})

t.test('different names have different keys', async t => {
  t.not(nameKey('Brique 2'), nameKey('Brique'))
  t.not(nameKey('Brick'), nameKey('Brique'))
})

t.test('a key holds letters and digits only, whatever the name', async () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), name => /^[\p{L}\p{N}]*$/u.test(nameKey(name))))
})

t.test('the language of a text is told when it is long enough', async t => {
  t.equal(
    detectLanguage('Nous concevons des capteurs autonomes qui mesurent la qualité de l’air des salles de classe.'),
    'fr',
  )
  t.equal(
    detectLanguage('We design autonomous sensors that measure the quality of the air in classrooms and offices.'),
    'en',
  )
  t.equal(detectLanguage('Capteurs de qualité de l’air'), undefined)
  t.equal(detectLanguage('1234567890 '.repeat(10)), undefined)
})
