import fc from 'fast-check'
import t from 'tap'
import { analyseEnglish, analyseExact, analyseFrench, queryWords } from '../../src/text/analyse.ts'
import { bigrams } from '../../src/text/bigrams.ts'
import { mapCharacters } from '../../src/text/character-mapping.ts'
import { foldAccents } from '../../src/text/folding.ts'
import type { Token } from '../../src/text/tokens.ts'

const terms = (tokens: readonly Token[]): readonly string[] => tokens.map(token => token.term)
const surfaces = (text: string, tokens: readonly Token[]): readonly string[] =>
  tokens.map(token => text.slice(token.start, token.end))

t.test('French terms do not depend on case, plural, elision, apostrophe or stop words', async t => {
  const same: readonly (readonly [string, string])[] = [
    ['capteurs de qualité de l’air', 'capteur qualité air'],
    ["Capteurs de QUALITÉ de l'air", 'capteur qualité air'],
    ['les écoles primaires', 'École primaire'],
    ['qu’une solution d’énergie', 'solution énergie'],
    ['des matériaux biosourcés', 'matériau biosourcé'],
    ['réseaux locaux', 'réseau local'],
    ['un marché public', 'marchés publics'],
    ['œuvres d’art', 'OEUVRE ART'],
    ['e\u0301cole nume\u0301rique', 'école numérique'],
    ['trans\u00ADport\u202Fferroviaire', 'transport ferroviaire'],
  ]
  for (const [one, other] of same) t.strictSame(terms(analyseFrench(one)), terms(analyseFrench(other)), one)
})

t.test('accents that a writer left out do not change the terms of usual needs', async t => {
  for (const need of [
    'équipement de télémédecine',
    'éclairage à détection de présence',
    'réparation de matériel médical',
    'sécurité des données',
    'département des énergies',
    'règlement général',
  ]) {
    const withoutStops = need.replace(/ (?:à|de|des) /g, ' ')
    t.strictSame(terms(analyseFrench(foldAccents(withoutStops))), terms(analyseFrench(need)), need)
  }
})

t.test('words that stemming would confuse stay apart', async t => {
  for (const [one, other] of [
    ['marché', 'marche'],
    ['mairie', 'maire'],
    ['organisation', 'organe'],
    ['formation', 'forme'],
    ['équipement', 'équipe'],
    ['voirie', 'voir'],
  ] as const) {
    t.notSame(terms(analyseFrench(one)), terms(analyseFrench(other)), `${one}, ${other}`)
  }
})

t.test('technical names keep what tells them apart', async t => {
  t.strictSame(terms(analyseExact('C++, C# et .NET')), ['cplusplus', 'csharp', 'dotnet'])
  t.strictSame(terms(analyseExact('ASP.NET (.net) www.brique.net')), ['asp', 'dotnet', 'dotnet', 'www.brique.net'])
  t.strictSame(terms(analyseExact('captage du CO₂, 5 m²')), ['captage', 'co2', '5', 'm2'])
  t.strictSame(terms(analyseExact('3,5 % en 2024, api.gouv.fr')), ['3,5', '2024', 'api.gouv.fr'])
  t.strictSame(terms(analyseExact('Alu® ™ ☎️ 🚀')), ['alu'], 'signs and emoji are no words')
})

t.test('English terms are Porter stems without possessive and stop words', async t => {
  t.strictSame(terms(analyseEnglish("The schools' sensors and the company’s monitoring")), [
    'school',
    'sensor',
    'compani',
    'monitor',
  ])
})

t.test('the exact chain keeps the form that was written', async t => {
  t.strictSame(terms(analyseExact('Les Capteurs de l’Énergie')), ['capteurs', 'energie'])
})

t.test('a token points at its word in the original text', async t => {
  const text = 'De l’ef\uFB01cacité\u00AD: C++ (.net), e\u0301cole, l\u2019A\u0308ge — ASP.NET'
  t.strictSame(surfaces(text, analyseExact(text)), [
    'ef\uFB01cacité\u00AD',
    'C++',
    '.net',
    'e\u0301cole',
    'A\u0308ge',
    'ASP',
    'NET',
  ])
})

const letters = fc.constantFrom(
  ...'aeélLqusDSxÉœßİΣ0123',
  "'",
  '’',
  '_',
  '.',
  ',',
  '-',
  ' ',
  '\u00AD',
  '\u202F',
  'ﬁ',
  'e\u0301',
  '₂',
  '🚀',
)
const texts = fc.oneof(fc.string({ unit: letters, maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }))

t.test('whatever the text, offsets rise within it and fold back to the term', async () => {
  const folded = (surface: string): string =>
    foldAccents(mapCharacters(surface).text.replaceAll('İ', 'i').replaceAll('Σ', 'σ').toLowerCase())
  fc.assert(
    fc.property(texts, text => {
      let reached = 0
      return analyseExact(text).every(token => {
        const isAfter = token.start >= reached && token.end > token.start && token.end <= text.length
        reached = token.end
        return isAfter && folded(text.slice(token.start, token.end)) === token.term
      })
    }),
    { numRuns: 2000 },
  )
})

t.test('no text makes an analysis throw or give an empty term', async () => {
  fc.assert(
    fc.property(texts, text =>
      [analyseFrench, analyseEnglish, analyseExact, queryWords].every(analyse =>
        analyse(text).every(token => token.term !== '' && token.start < token.end),
      ),
    ),
  )
})

t.test('upper case and accents never change an exact term', async () => {
  const words = fc.string({ unit: fc.constantFrom(...'abcdeéèêàùçôîœ '), maxLength: 40 })
  fc.assert(
    fc.property(words, text => {
      const contentTerms = (variant: string) => terms(analyseExact(variant)).join(' ')
      return contentTerms(text.toUpperCase()) === contentTerms(text)
    }),
  )
})

t.test('the words of a query are those that say what is sought', async t => {
  const sought: readonly (readonly [string, readonly string[]])[] = [
    ['Qui fournit des capteurs de qualité de l’air pour écoles ?', ['capteurs', 'qualité', 'air', 'écoles']],
    ['je cherche un prestataire pour la détection de fuites', ['détection', 'fuites']],
    ['à la recherche d’une start-up qui fait des drones', ['drones']],
    ['recherche de fuites', ['recherche', 'fuites']],
    ['portail fournisseurs', ['portail', 'fournisseurs']],
    ['nous avons besoin d’un logiciel de gestion d’entreprise', ['logiciel', 'gestion', 'entreprise']],
    ['Who supplies air quality sensors for schools?', ['air', 'quality', 'sensors', 'schools']],
    ['Looking for a company that makes drones', ['drones']],
    ['La Poste', ['Poste']],
  ]
  for (const [query, words] of sought) t.strictSame(surfaces(query, queryWords(query)), words, query)
})

t.test('a query of framing words only keeps them', async t => {
  t.strictSame(surfaces('fournisseurs', queryWords('fournisseurs')), ['fournisseurs'])
  t.strictSame(surfaces('Qui fournit ?', queryWords('Qui fournit ?')), ['fournit'])
  t.strictSame(surfaces('qui est-ce', queryWords('qui est-ce')), ['qui', 'est', 'ce'])
  t.strictSame(queryWords(' ?! '), [])
})

t.test('bigrams join adjacent terms', async t => {
  t.strictSame(bigrams(['qualité', 'air', 'école']), ['qualité air', 'air école'])
  t.strictSame(bigrams(['seul']), [])
  t.strictSame(bigrams([]), [])
})
