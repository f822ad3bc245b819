import fc from 'fast-check'
import t from 'tap'
import type { Brick } from '../../src/model/brick.ts'
import { BRICKS } from '../../src/model/bricks.ts'
import { createMatcher, singular } from '../../src/text/vocabulary.ts'

const brick = (id: string, fr: string, more: Partial<Brick> = {}): Brick => ({
  id,
  fr,
  en: `${id} in English`,
  aliases: [],
  themes: [],
  ...more,
})

const bricks = [
  brick('capteur', 'Capteur'),
  brick('capteur-co2', 'Capteur de CO2', { aliases: ['capteur de dioxyde de carbone'] }),
  brick('qualite-air', 'Qualité de l’air'),
  brick('mesure-air', 'Mesure de la qualité de l’air intérieur'),
  brick('reseau-local', 'Réseau local'),
  brick('confort-ete', 'Confort d’été'),
  brick('ent', 'Espace numérique de travail', { acronyms: [{ form: 'ENT' }] }),
  brick('erp-logiciel', 'Progiciel de gestion', { acronyms: [{ form: 'ERP', context: ['logiciel', 'comptabilité'] }] }),
  brick('erp-lieu', 'Accueil du public', {
    acronyms: [{ form: 'ERP', context: ['bâtiment', 'personnes handicapées'] }],
  }),
  brick('pcr', 'Amplification génique', { acronyms: [{ form: 'PCR' }] }),
  brick('pcrs', 'Plan de corps de rue', { acronyms: [{ form: 'PCRS' }] }),
  brick('objets', 'Internet des objets', { acronyms: [{ form: 'IoT' }] }),
  brick('lorawan', 'Réseau bas débit', { acronyms: [{ form: 'LoRaWAN' }] }),
  brick('retouche', 'Retouche d’image', { replaces: ['Photoshop', 'Affinity Photo'] }),
]
const matcher = createMatcher(bricks)

const inQuery = (text: string): string[] => matcher.find(text, 'query').map(match => match.brick)
const inDocument = (text: string): string[] => matcher.find(text, 'document').map(match => match.brick)

t.test('the longest expression wins, from left to right', async t => {
  t.strictSame(inQuery('capteur de CO2'), ['capteur-co2'])
  t.strictSame(inQuery('capteur de température'), ['capteur'])
  t.strictSame(inQuery('capteur qualité de l’air'), ['capteur', 'qualite-air'])
  t.strictSame(inQuery('mesure de la qualité de l’air intérieur et capteur'), ['mesure-air', 'capteur'])
  t.strictSame(inQuery('mesure de la qualité de l’air extérieur'), ['qualite-air'], 'a long one that fails gives way')
  t.strictSame(inDocument('Le capteur, le capteur et le capteur de CO₂.'), ['capteur', 'capteur', 'capteur-co2'])
})

t.test('case, accents, plural, elision, apostrophes and connecting words do not count', async t => {
  for (const text of [
    'capteurs de CO2',
    'CAPTEUR CO2',
    'capteur du CO₂',
    'Capteurs pour le CO2',
    'capteur-CO2',
    'capteurs de\u00A0CO2',
  ]) {
    t.strictSame(inDocument(text), ['capteur-co2'], text)
  }
  for (const text of ['qualite de l air', 'Qualités de l’air', "QUALITÉ D'AIR", 'qualite\u0301 d’air']) {
    t.strictSame(inDocument(text), ['qualite-air'], text)
  }
  t.strictSame(inDocument('des réseaux locaux'), ['reseau-local'])
})

t.test('stop words that tell expressions apart are not connecting words: "confort" is no "confort d’été"', async t => {
  t.strictSame(inDocument('le confort d’été'), ['confort-ete'])
  t.strictSame(inDocument('le confort des élèves'), [])
})

t.test('words are not matched by their stems, nor inside other words', async t => {
  for (const text of ['captation', 'microcapteur', 'réseau localisé', 'qualitatif air']) {
    t.strictSame(inDocument(text), [], text)
  }
})

t.test('no expression goes across punctuation or the end of a line', async t => {
  for (const mark of ['.', ',', ';', ':', '!', '?', ' (', ') ', ' « ', ' » ', '\n', ' • ', ' | ', ' “']) {
    t.strictSame(inDocument(`qualité${mark} air`), [], JSON.stringify(mark))
    t.strictSame(inDocument(`capteur${mark} CO2`), ['capteur'], JSON.stringify(mark))
  }
  t.strictSame(inDocument('(qualité de l’air)'), ['qualite-air'], 'around it they do no harm')
  t.strictSame(inDocument('«\u00A0qualité de l’air\u00A0»,'), ['qualite-air'])
})

t.test('an acronym is recognised in any case in a query, as it is written in a document', async t => {
  t.strictSame(inQuery('ent'), ['ent'])
  t.strictSame(inQuery('ENT pour lycées'), ['ent'])
  t.strictSame(inDocument('Un ENT pour les lycées'), ['ent'])
  t.strictSame(inDocument('elle s’ent ouvre'), [], 'small letters are a word')
  t.strictSame(inDocument('Ent'), [])
  t.strictSame(inDocument('des objets IoT'), ['objets'], 'its own mixed case')
  t.strictSame(inDocument('iot'), [])
  t.strictSame(inDocument('en lorawan'), ['lorawan'], 'more than four letters are no word by chance')
})

t.test('an acronym keeps its last letter: PCRS is not PCR', async t => {
  t.strictSame(inDocument('un test PCR et un fond de plan PCRS'), ['pcr', 'pcrs'])
  t.strictSame(inQuery('pcrs'), ['pcrs'])
})

t.test('an acronym with a context is recognised when one of its words is near, and tells which brick', async t => {
  for (const find of [inQuery, inDocument]) {
    t.strictSame(find('ERP'), [])
    t.strictSame(find('ERP de 300 places'), [])
    t.strictSame(find('logiciel ERP'), ['erp-logiciel'])
    t.strictSame(find('Un ERP, ses logiciels'), ['erp-logiciel'], 'plural, after it')
    t.strictSame(find('ERP : bâtiments'), ['erp-lieu'])
  }
})

t.test('a product leads to its brick in queries alone: a document that names it sells something else', async t => {
  t.strictSame(
    matcher.find('alternative à photoshop', 'query').map(({ brick, via, expression }) => ({ brick, via, expression })),
    [{ brick: 'retouche', via: 'product', expression: 'Photoshop' }],
  )
  t.strictSame(inQuery('Affinity Photo'), ['retouche'])
  t.strictSame(inDocument('Nous formons à Photoshop et à Affinity Photo'), [])
})

t.test('a match says how it was found and where it stands', async t => {
  const text = '« Nos capteurs de CO₂ » et l’ENT : retouche d’images, capteur-co2 in English.'
  const seen = matcher
    .find(text, 'document')
    .map(({ brick, via, expression, start, end }) => [brick, via, expression, text.slice(start, end)])
  t.strictSame(seen, [
    ['capteur-co2', 'label', 'Capteur de CO2', 'capteurs de CO₂'],
    ['ent', 'acronym', 'ENT', 'ENT'],
    ['retouche', 'label', 'Retouche d’image', 'retouche d’images'],
    ['capteur-co2', 'label', 'capteur-co2 in English', 'capteur-co2 in English'],
  ])
  t.equal(matcher.find('capteur de dioxyde de carbone', 'query')[0]?.via, 'alias')
})

t.test('plural endings come off long words alone', async t => {
  for (const [word, expected] of [
    ['ecoles', 'ecole'],
    ['reseaux', 'reseau'],
    ['locaux', 'local'],
    ['jeux', 'jeu'],
    ['bijoux', 'bijou'],
    ['gaz', 'gaz'],
    ['bus', 'bus'],
    ['acces', 'acce'],
    ['process', 'process'],
    ['4s', '4s'],
    ['2000s', '2000s'],
  ] as const) {
    t.equal(singular(word), expected, word)
  }
})

t.test('a vocabulary without bricks finds nothing', async t => {
  t.strictSame(createMatcher([]).find('capteur', 'query'), [])
})

t.test('whatever the text, matches stand in order, do not overlap and lie inside it', async t => {
  const whole = createMatcher(BRICKS)
  const expressions = BRICKS.flatMap(({ fr, aliases, acronyms = [], replaces = [] }) => [
    fr,
    ...aliases,
    ...acronyms.map(acronym => acronym.form),
    ...replaces,
  ])
  const piece = fc.oneof(
    fc.constantFrom(...expressions),
    fc.constantFrom(' ', ', ', ' de l’', '\n', ' (', ') ', '’', '-', 'é', '\u0301', '\u{1F600}', '\uD800'),
    fc.string({ unit: 'binary', maxLength: 20 }),
  )
  let found = 0
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(' ')),
      fc.constantFrom('query' as const, 'document' as const),
      (text, kind) => {
        let end = 0
        for (const match of whole.find(text, kind)) {
          if (match.start < end || match.end <= match.start || match.end > text.length) return false
          if (kind === 'document' && match.via === 'product') return false
          end = match.end
          found++
        }
        return true
      },
    ),
    { numRuns: 500 },
  )
  t.ok(found > 500, `${found} matches were looked at`)
})
