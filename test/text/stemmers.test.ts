import t from 'tap'
import { analyseFrench } from '../../src/text/analyse.ts'
import { stemEnglish } from '../../src/text/english-stemmer.ts'
import { foldAccents } from '../../src/text/folding.ts'
import { stemFrench } from '../../src/text/french-stemmer.ts'
import { ENGLISH_STOP_WORDS, FRENCH_STOP_WORDS, STEMMER_OVERRIDES } from '../../src/text/word-lists.ts'

t.test('French stems are those of the light stemmer, rule by rule', async t => {
  const stems: readonly (readonly [string, string])[] = [
    ['hôpitaux', 'hopital'],
    ['réseaux', 'reseau'],
    ['rebondissement', 'rebondi'],
    ['fournissant', 'fourni'],
    ['traitement', 'trait'],
    ['massivement', 'masif'],
    ['planificateur', 'planifi'],
    ['planificatrice', 'planifi'],
    ['éducateur', 'eduqu'],
    ['éducatrice', 'eduqu'],
    ['opérateur', 'oper'],
    ['opératrice', 'oper'],
    ['motrice', 'moteu'],
    ['deuxième', 'deux'],
    ['acheteuse', 'achet'],
    ['capteur', 'capt'],
    ['nombreuse', 'nombreu'],
    ['matière', 'matier'],
    ['première', 'premier'],
    ['intensive', 'intensif'],
    ['folle', 'fou'],
    ['professionnelle', 'profesion'],
    ['professionnel', 'profesion'],
    ['complète', 'complet'],
    ['numérique', 'num'],
    ['grossesse', 'gros'],
    ['jardinage', 'jardin'],
    ['visualisation', 'visuel'],
    ['modélisation', 'model'],
    ['organisateur', 'organis'],
    ['information', 'inform'],
    ['disposition', 'dispos'],
    ['énergie', 'energ'],
    ['air', 'air'],
    ['été', 'été'],
  ]
  for (const [word, stem] of stems) t.equal(stemFrench(word), stem, word)
})

t.test('English stems are Porter’s', async t => {
  for (const [word, stem] of [
    ['relational', 'relat'],
    ['hopping', 'hop'],
    ['monitoring', 'monitor'],
    ['suppliers', 'supplier'],
    ['skies', 'ski'],
    ['is', 'is'],
  ] as const) {
    t.equal(stemEnglish(word), stem, word)
  }
})

t.test('the stop lists are complete', async t => {
  t.equal(FRENCH_STOP_WORDS.size, 164)
  t.equal(ENGLISH_STOP_WORDS.size, 33)
  for (const word of ['même', 'à', 'étée', 'eussent', 'celà', 'soi']) t.ok(FRENCH_STOP_WORDS.has(word), word)
})

t.test('overrides change a stem, are in lower case, and are listed without their accents too', async t => {
  for (const stem of new Set(STEMMER_OVERRIDES.values())) {
    const words = [...STEMMER_OVERRIDES].filter(([, given]) => given === stem).map(([word]) => word)
    t.ok(
      words.some(word => stemFrench(word) !== stem),
      `${words[0]} needs its override`,
    )
    for (const word of words) {
      t.equal(word, word.toLowerCase())
      const bare = foldAccents(word)
      if (!['marche', 'marches'].includes(bare)) t.equal(STEMMER_OVERRIDES.get(bare), stem, bare)
    }
  }
})

t.test('accents fold as readers write without them', async t => {
  t.equal(foldAccents('Œuvré, Straße, ŁÓDŹ, Ærø, ñandú, ﬀ'), 'OEuvre, Strasse, LODZ, AEro, nandu, ﬀ')
  t.strictSame(
    analyseFrench('ŁÓDŹ').map(token => token.term),
    ['lodz'],
  )
})
