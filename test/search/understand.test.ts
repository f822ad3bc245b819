import fc from 'fast-check'
import t from 'tap'
import { BRICKS } from '../../src/model/bricks.ts'
import { MAX_QUERY_LENGTH } from '../../src/model/query.ts'
import { understand } from '../../src/search/understand.ts'

const words = (query: string, literal?: readonly string[]): string[] =>
  understand(query, literal).concepts.map(concept => concept.text)
const required = (query: string): string[] =>
  understand(query)
    .concepts.filter(concept => concept.optional !== true)
    .map(concept => concept.text)
const optional = (query: string): string[] =>
  understand(query)
    .concepts.filter(concept => concept.optional === true)
    .map(concept => concept.text)
/** The bricks that the query names; what is only guessed from its words is left out. */
const named = (query: string, literal?: readonly string[]): string[] =>
  understand(query, literal)
    .bricks.filter(brick => brick.via !== 'guess')
    .map(brick => brick.brick)

t.test('what frames a need is dropped, in French and in English', async t => {
  for (const [query, expected] of [
    ['Qui fabrique des drones ?', 'drones'],
    ['qui fournit des capteurs de CO2', 'capteurs CO2'],
    ['Nous recherchons un prestataire de télémédecine', 'télémédecine'],
    ['je cherche un logiciel de GMAO, merci', 'logiciel GMAO'],
    ['who supplies air quality sensors', 'air quality sensors'],
    ['we are looking for a supplier of smart lockers', 'smart lockers'],
  ] as const) {
    t.equal(words(query).join(' '), expected, query)
  }
  t.not(words('qui fournit').length, 0, 'a query of nothing else keeps words')
  t.strictSame(required('street lighting for a town'), ['street', 'lighting'], 'no article is required')
})

t.test('a word that is typed twice is asked for once, as it was first typed', async t => {
  t.strictSame(words('Drone drone DRONE capteur drone'), ['Drone', 'capteur'])
  t.equal(understand('  drone \n\t capteur ').text, 'drone capteur')
})

t.test('a commune named as a place is a search around it, not a word', async t => {
  for (const [query, name] of [
    ['éclairage public près de Lorient', 'Lorient'],
    ['éclairage public à Lyon', 'Lyon'],
    ['éclairage public à lyon', 'Lyon'],
    ['éclairage public near Nantes', 'Nantes'],
    ['éclairage public autour de Saint-Nazaire', 'Saint-Nazaire'],
    ['éclairage public aux alentours de Rennes', 'Rennes'],
    ['éclairage public à proximité d’Angers', 'Angers'],
    ['éclairage public près d’Aix-en-Provence', 'Aix-en-Provence'],
    ['éclairage public à La Rochelle', 'La Rochelle'],
    ['éclairage public près de La Rochelle', 'La Rochelle'],
    ['éclairage public près du Mans', 'Le Mans'],
    ['éclairage public around Bordeaux', 'Bordeaux'],
  ] as const) {
    const { place, concepts } = understand(query)
    t.equal(place?.near?.label, name, query)
    t.equal(place?.near?.radiusKm, 50, query)
    t.equal(place && query.endsWith(place.span), true, query)
    t.strictSame(
      concepts.map(concept => concept.text),
      ['éclairage', 'public'],
      query,
    )
  }
  const brittany = understand('drone près de Lorient').place?.near
  t.ok(Math.abs((brittany?.latitude ?? 0) - 47.75) < 0.1 && Math.abs((brittany?.longitude ?? 0) + 3.37) < 0.1)
})

t.test('a region or a département named as a place is a filter, not a word', async t => {
  for (const [query, facet, value] of [
    ['drones en Bretagne', 'region', '53'],
    ['DRONES EN BRETAGNE', 'region', '53'],
    ['drones dans le Finistère', 'department', '29'],
    ['drones en Île-de-France', 'region', '11'],
    ['drones en ile de france', 'region', '11'],
    ['drones en région parisienne', 'region', '11'],
    ['drones dans les Hauts-de-France', 'region', '32'],
    ['drones en PACA', 'region', '93'],
    ['drones en Loire-Atlantique', 'department', '44'],
    ['drones dans l’Hérault', 'department', '34'],
    ['drones dans la Drôme', 'department', '26'],
    ['drones dans le département du Var', 'department', '83'],
    ['drones région Occitanie', 'region', '76'],
    ['drones in Normandie', 'region', '28'],
    ['drones à La Réunion', 'region', '04'],
  ] as const) {
    const { place, concepts } = understand(query)
    t.strictSame(place?.filter, { facet, value }, query)
    t.equal(concepts.length, 1, query)
  }
})

t.test('what only sounds like a place stays words', async t => {
  for (const query of [
    'soins à domicile',
    'logiciel en nuage',
    'travail à distance',
    'logiciel en open source',
    'vidéo en direct',
    'drones à bord',
    'robot à chenilles',
    'panneau à message variable',
    'services à la personne',
    'panneau sur mesure',
    'capteur sur pile',
    'drone in the cloud',
    'bras robotisé in vitro',
    'autour de la table',
    'capteurs dans le lot 2',
    'en somme un logiciel simple',
    'Lorient',
    'drone Lyon',
    'drones en France',
  ]) {
    t.equal(understand(query).place?.span, undefined, query)
  }
})

t.test('whom it is for is not required, unless it is part of a brick or all that is asked', async t => {
  for (const [query, audience] of [
    ['drones pour les écoles et les crèches', ['écoles', 'crèches']],
    ['drones pour un EHPAD et des hôpitaux', ['EHPAD', 'hôpitaux']],
    ['drones for a local authority', ['local', 'authority']],
  ] as const) {
    t.strictSame(optional(query), audience, query)
  }
  t.strictSame(optional('logiciel pour mairie'), [], 'a brick is called so')
  t.strictSame(required('école'), ['école'])
  t.strictSame(required('écoles et mairies'), ['écoles', 'mairies'])
  t.strictSame(required('solutions pour les collectivités'), ['collectivités'])
})

t.test('a product to be replaced stands for its brick; neither it nor the word "alternative" is required', async t => {
  for (const [query, brick] of [
    ['alternative à Photoshop', 'retouche-image'],
    ['alternatives à photoshop', 'retouche-image'],
    ['équivalent de Doctolib', 'prise-rendez-vous-medical'],
    ['alternative to Google Analytics', 'mesure-audience-web'],
    ['remplacer Excel', 'suite-bureautique'],
  ] as const) {
    const { bricks, concepts } = understand(query)
    t.match(bricks, [{ brick, via: 'product' }], query)
    t.equal(bricks.length, 1, query)
    const mustBeWritten = concepts.flatMap(({ optional }, index) =>
      optional === true || bricks.some(({ covers }) => covers.includes(index)) ? [] : [index],
    )
    t.strictSame(mustBeWritten, [], `${query}: who supplies the brick answers`)
  }
  t.strictSame(required('Photoshop'), ['Photoshop'], 'alone it may be what is sought')
  t.strictSame(named('alternative libre à Photoshop pour collèges'), ['retouche-image'])
})

t.test('an acronym and its long form ask for the same brick', async t => {
  for (const [acronym, long] of [
    ['GMAO', 'gestion de maintenance assistée par ordinateur'],
    ['ged', 'gestion électronique de documents'],
    ['GTB', 'gestion technique du bâtiment'],
    ['LMS', 'plateforme de formation en ligne'],
    ['SIRH', 'système d’information des ressources humaines'],
    ['SSO', 'authentification unique'],
    ['EDR', 'détection et réponse sur les postes'],
    ['SIEM', 'gestion des événements de sécurité'],
    ['VPN', 'réseau privé virtuel'],
    ['IRVE', 'borne de recharge'],
    ['MFA', 'authentification multifacteur'],
    ['IoT', 'internet des objets'],
    ['QAI', 'qualité de l’air intérieur'],
    ['CRM', 'gestion de la relation client'],
    ['GRU', 'gestion de la relation usager'],
    ['IAM', 'gestion des identités'],
    ['ENT lycée', 'espace numérique de travail'],
    ['PRA informatique', 'plan de reprise d’activité'],
    ['ERP gestion', 'progiciel de gestion intégré'],
    ['SIG cartographie', 'système d’information géographique'],
  ] as const) {
    const [expected] = named(long)
    t.ok(expected, long)
    t.ok(named(acronym).includes(expected ?? ''), `${acronym}: ${named(acronym)}, not ${expected}`)
  }
})

t.test('French and English ask for the same brick', async t => {
  for (const [french, english] of [
    ['capteur de CO2', 'CO2 sensors'],
    ['éclairage public', 'street lighting'],
    ['télémédecine', 'telemedicine'],
    ['jumeaux numériques', 'digital twins'],
    ['borne de recharge', 'charging station'],
    ['transport à la demande', 'demand responsive transport'],
    ['signature électronique', 'electronic signature'],
    ['reconnaissance vocale', 'speech recognition'],
    ['covoiturage', 'carpooling'],
    ['vélos en libre-service', 'bike sharing'],
    ['impression 3D', '3D printing'],
    ['maintenance prédictive', 'predictive maintenance'],
    ['collecte des déchets', 'waste collection'],
    ['réalité virtuelle', 'virtual reality'],
    ['exosquelettes', 'exoskeletons'],
    ['pompe à chaleur', 'heat pumps'],
    ['stockage d’énergie', 'energy storage'],
    ['cybersécurité', 'cybersecurity'],
    ['test d’intrusion', 'penetration testing'],
    ['robot agricole', 'agricultural robots'],
    ['budget participatif', 'participatory budgeting'],
    ['gestion des identités', 'identity management'],
    ['vote électronique', 'electronic voting'],
    ['détection de chute', 'fall detection'],
    ['stationnement intelligent', 'smart parking'],
    ['consigne à colis', 'parcel lockers'],
    ['logiciel de paie', 'payroll software'],
    ['ferme verticale', 'vertical farming'],
    ['sous-titrage', 'subtitling'],
    ['compteur d’eau communicant', 'smart water meter'],
  ] as const) {
    const expected = named(french)
    t.equal(expected.length, 1, `${french}: ${expected}`)
    t.strictSame(named(english), expected, `${english} is ${french}`)
  }
})

t.test(
  'a brick covers the words that name it, wherever they stand, and brings its narrower ones at a lower share',
  async t => {
    const { concepts, bricks } = understand('qui vend des capteurs de CO2 et des drones, surtout drones')
    const covered = bricks.map(({ brick, covers }) => [brick, covers.map(index => concepts[index]?.text)])
    t.strictSame(covered, [
      ['capteur-co2', ['capteurs', 'CO2']],
      ['drone', ['drones']],
    ])
    const wider = BRICKS.find(({ id }) => BRICKS.some(each => each.broader === id))
    const ids = understand(wider?.fr ?? '').bricks.find(({ brick }) => brick === wider?.id)?.ids
    t.equal(ids?.get(wider?.id ?? ''), 1)
    for (const { id } of BRICKS.filter(each => each.broader === wider?.id)) {
      t.ok((ids?.get(id) ?? 0) > 0 && (ids?.get(id) ?? 1) < 1, id)
    }
  },
)

t.test('an acronym that is also a stop word is covered by its brick like any other', async t => {
  for (const query of ['AI for hospitals', 'MES pour la production']) {
    const { concepts, bricks } = understand(query)
    const acronym = bricks.find(({ via }) => via === 'acronym')
    t.ok(acronym, query)
    t.strictSame(
      acronym?.covers.map(index => concepts[index]?.text),
      [query.split(' ')[0]],
      query,
    )
  }
})

t.test('each thing that was recognised can be taken literally instead', async t => {
  t.strictSame(named('drones à Brest', ['drones']), [])
  t.ok(understand('drones à Brest', ['drones']).place)
  t.strictSame(named('GMAO', ['gmao']), [], 'case does not count')
  t.strictSame(named('alternative à Photoshop', ['Photoshop']), [])
  for (const piece of ['en Bretagne', 'Bretagne']) {
    t.strictSame(words('drones en Bretagne', [piece]), ['drones', 'Bretagne'])
    t.equal(understand('drones en Bretagne', [piece]).place, undefined)
  }
  for (const query of [
    'capteurs de CO2 pour salles',
    'drones et GMAO',
    'logiciel de paie et signature électronique',
    'soins à domicile',
    'lutte contre la pollution des rivières',
    'gestion de l’eau de pluie en ville',
    'appareil qui détecte les chutes des personnes',
  ]) {
    for (const { span, brick } of understand(query).bricks) {
      const { bricks, concepts } = understand(query, [span])
      t.notOk(
        bricks.some(each => each.brick === brick),
        `${query}: "${span}" is no ${brick} any more`,
      )
      t.strictSame(
        concepts.map(concept => concept.text),
        words(query),
        query,
      )
    }
  }
})

t.test('a SIREN or a SIRET that is the whole query is one, with or without spaces', async t => {
  for (const query of ['552032534', '552 032 534', ' 552 032 534 ', '55203253400646', '552 032 534 00646']) {
    t.equal(understand(query).siren, '552032534', query)
  }
  for (const query of ['552032535', 'siren 552032534', '552032534 drone', '5520325', '']) {
    t.equal(understand(query).siren, undefined, query)
  }
})

t.test('any query is understood without an error, and every piece stands in it', async () => {
  const expressions = BRICKS.flatMap(({ fr, en, acronyms = [] }) => [fr, en, ...acronyms.map(({ form }) => form)])
  const piece = fc.oneof(
    fc.constantFrom(...expressions),
    fc.constantFrom('à', 'en', 'près de', 'dans le', 'Lorient', 'Bretagne', 'Lot', 'école', 'alternative à', 'Excel'),
    fc.constantFrom('’', '-', '(', '\u0301', '\u00A0', '\uD800', 'qui fournit', '552 032 534'),
    fc.string({ unit: 'binary', maxLength: 20 }),
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 10 }).map(pieces => pieces.join(' ').slice(0, MAX_QUERY_LENGTH)),
      fc.array(piece, { maxLength: 2 }),
      (query, literal) => {
        const { text, concepts, bricks, place } = understand(query, literal)
        return (
          concepts.every(concept => text.includes(concept.text)) &&
          (concepts.length === 0 || concepts.some(concept => concept.optional !== true) || bricks.length > 0) &&
          (place === undefined || text.includes(place.span)) &&
          bricks.every(({ via, span }) => via === 'guess' || text.includes(span)) &&
          bricks.every(({ covers }) => covers.every(index => concepts[index] !== undefined)) &&
          new Set(bricks.map(({ brick }) => brick)).size === bricks.length
        )
      },
    ),
    { numRuns: 300 },
  )
})
