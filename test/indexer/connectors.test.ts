import { fileURLToPath } from 'node:url'
import t from 'tap'
import { cleanLine, cleanName, cleanText } from '../../indexer/sources/clean-text.ts'
import type { Reading } from '../../indexer/sources/connector.ts'
import { CONNECTORS } from '../../indexer/sources/connectors.ts'
import { parsePlace, parseRegion } from '../../indexer/sources/places.ts'
import { inspectFile } from '../../indexer/sources/source-file.ts'
import { themesOf } from '../../indexer/sources/themes.ts'
import { parseWebsite } from '../../indexer/sources/website.ts'
import type { StatedFact } from '../../src/store/fact-values.ts'
import { mergeFacts } from '../../src/store/merge.ts'
import { fact } from '../support/catalogue.ts'

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))

interface Read {
  readonly readings: readonly Reading[]
  readonly notes: readonly string[]
  /** What one firm's facts hold, by property, in the order of the file. */
  readonly of: (siren: string) => readonly (readonly [string, unknown, string | undefined])[]
  readonly facts: readonly StatedFact[]
  readonly bad: readonly string[]
}

const read = async (source: string, name: string): Promise<Read> => {
  const connector = CONNECTORS[source]
  if (connector === undefined) throw new Error(source)
  const notes = new Set<string>()
  const file = await inspectFile(fixture(name))
  const readings = await Array.fromAsync(connector.read(file, { onNote: note => notes.add(note) }))
  const facts = readings.flatMap(reading => (reading.kind === 'facts' ? reading.facts : []))
  return {
    readings,
    notes: [...notes],
    facts,
    of: siren =>
      facts
        .filter(each => each.siren === siren)
        .map(({ property, value, period }) => [property, value, period] as const),
    bad: readings.flatMap(reading => (reading.kind === 'bad' ? `${reading.where}: ${reading.reason}` : [])),
  }
}

const URL_ILAB =
  'https://data.enseignementsup-recherche.gouv.fr/explore/dataset/fr-esr-laureats-concours-national-i-lab/'

t.test('i-Lab', async t => {
  t.test('a laureate becomes facts with their year: the award’s attested, the firm’s words declared', async t => {
    const { of, facts } = await read('ilab', 'ilab.csv')
    t.strictSame(of('000009902').slice(0, 9), [
      ['label', { id: 'i-lab', name: 'Lauréat i-Lab' }, '2004'],
      ['label', { id: 'i-lab-grand-prix', name: 'Grand prix i-Lab' }, '2004'],
      ['name', 'AEROLYS', '2004'],
      ['website', 'http://www.aerolys.example/', '2004'],
      ['location', { region: '53' }, '2004'],
      ['theme', 'electronique', '2004'],
      ['tagline', "Capteurs de qualité de l'air sans pile", '2004'],
      [
        'description',
        "Aérolys mesure l'air des écoles.\nContact : [adresse retirée] ; l’équipe est à Lorient.",
        '2004',
      ],
      [
        'text',
        {
          kind: 'award',
          title: 'Projet lauréat i-Lab 2004',
          url: URL_ILAB,
          passages: ["Aérolys mesure l'air des écoles. Contact : [adresse retirée] ; l’équipe est à Lorient."],
        },
        '2004',
      ],
    ])
    const declared = facts.filter(each => each.evidence === 'declared').map(each => each.property)
    t.strictSame(new Set(declared), new Set(['tagline', 'description', 'text']))
    t.ok(facts.every(each => each.url === URL_ILAB))
    t.equal(facts[0]?.record, 'FX-0001')
  })
  t.test('a wrong SIREN next to a right SIRET is read from it; a site that is none is left out', async t => {
    const { of, notes } = await read('ilab', 'ilab.csv')
    t.strictSame(
      of('000009910').map(([property, value]) => [property, value]),
      [
        ['label', { id: 'i-lab', name: 'Lauréat i-Lab' }],
        ['name', 'Lagonova'],
        ['location', { region: '988' }],
        ['tag', 'Exploitation du lagon'],
        ['tagline', 'Algues de lagon'],
      ],
    )
    t.strictSame(notes, ['theme "Exploitation du lagon" is not in mappings/themes.json: kept as a tag'])
  })
  t.test('what cannot be used is reported with its line, and what nobody can be told from is counted', async t => {
    const { bad, readings } = await read('ilab', 'ilab.csv')
    t.strictSame(bad, [
      'ilab.csv:9: SIREN "000009929" needs 9 digits that pass the check digit',
      'ilab.csv:10: 7 columns instead of 28',
      'ilab.csv:11: a quote is opened and never closed',
    ])
    t.equal(readings.filter(reading => reading.kind === 'no-siren').length, 1)
  })
  t.test('nothing of the columns about persons is read', async t => {
    const { facts } = await read('ilab', 'ilab.csv')
    t.notMatch(JSON.stringify(facts), /Durandelle|Ysaline|123456789X|DOS-1|@/)
  })
  t.test('the CSV and the JSON Lines of one data set give the same facts', async t => {
    const told = async (name: string) => (await read('ilab', name)).facts.map(({ record: _record, ...rest }) => rest)
    t.strictSame(await told('ilab.csv'), await told('ilab.jsonl'))
  })
})

t.test('i-Nov', async t => {
  t.test('a laureate project becomes facts with their year and place', async t => {
    const { of, bad, notes, facts } = await read('inov', 'inov.json')
    t.strictSame(of('000009902'), [
      ['label', { id: 'i-nov', name: 'Lauréat i-Nov' }, '2018'],
      ['name', 'AÉROLYS', '2018'],
      ['description', 'Aérolys conçoit des capteurs d’air.\nElle les fabrique à Lorient.', '2018'],
      [
        'location',
        {
          commune: '56121',
          communeName: 'Lorient',
          department: '56',
          region: '53',
          longitude: -3.37,
          latitude: 47.75,
          precision: 'address',
        },
        '2018',
      ],
      ['theme', 'sante', '2018'],
      ['label', { id: 'i-nov', name: 'Lauréat i-Nov' }, '2022'],
      ['name', 'Aérolys', '2022'],
      ['description', 'Aérolys suit la qualité de l’air intérieur.', '2022'],
      [
        'location',
        {
          commune: '75102',
          communeName: 'Paris 2e Arrondissement',
          department: '75',
          region: '11',
          longitude: 2.34,
          latitude: 48.87,
          precision: 'address',
        },
        '2022',
      ],
      ['theme', 'environnement', '2022'],
    ])
    t.equal(facts[0]?.record, '000009902 Vague 1')
    t.strictSame(
      of('000009951').map(([property, value]) => [property, value]),
      [
        ['label', { id: 'i-nov', name: 'Lauréat i-Nov' }],
        ['name', 'Nullepart'],
        ['tag', 'Thématique inédite'],
      ],
    )
    t.strictSame(notes, ['theme "Thématique inédite" is not in mappings/themes.json: kept as a tag'])
    t.match(bad, [/^inov\.json:\d+: SIREN "000009952" needs/])
  })
  t.test('the JSON Lines by company name all years; a text of several years has none of its own', async t => {
    const { of } = await read('inov', 'inov.jsonl')
    t.strictSame(
      of('000009902').map(([property, , period]) => [property, period]),
      [
        ['label', '2018'],
        ['label', '2022'],
        ['name', undefined],
        ['description', undefined],
        ['location', undefined],
        ['theme', undefined],
        ['theme', undefined],
      ],
    )
    t.match(of('000009902')[4]?.[1], { commune: '75102', longitude: 2.34 })
  })
})

t.test('anybody’s own list', async t => {
  t.test('CSV: codes by id or label, lists, yes and no; what is unknown is said once and left out', async t => {
    const { of, notes, bad, facts, readings } = await read('file', 'list.csv')
    t.strictSame(
      of('000009902').map(([property, value]) => [property, value]),
      [
        ['name', 'Aérolys'],
        ['website', 'https://www.aerolys.example/'],
        ['naf', '62.01Z'],
        ['sizeCategory', 'small'],
        ['state', 'active'],
        ['founded', 2003],
        ['ess', true],
        ['location', { commune: '93066', communeName: 'Saint-Denis', department: '93', region: '11' }],
        ['tag', 'capteurs'],
        ['tag', 'air'],
        ['theme', 'sante'],
        ['tag', 'Thème inconnu'],
        ['tag', 'brique inconnue'],
        ['role', 'manufacturer'],
        ['hosting', 'FR'],
        ['label', { id: 'prix-territoires-sobres', name: 'Prix Territoires sobres' }],
        ['label', { id: 'jei', name: 'JEI' }],
        ['certification', { id: 'iso-27001', name: 'ISO 27001' }],
        ['certification', { id: 'charte-maison', name: 'Charte maison' }],
      ],
    )
    t.strictSame(
      of('000009969').map(([property, value]) => [property, value]),
      [
        ['name', 'Le "Bon" Atelier, SCOP'],
        ['location', { commune: '2A004', communeName: 'Ajaccio', department: '2A', region: '94' }],
        ['tag', 'éco,conception'],
      ],
    )
    t.ok(facts.every(each => each.evidence === 'declared'))
    t.match(notes, [
      'column "remarque" is ignored: see indexer/sources/README.md for the known ones',
      'theme "Thème inconnu" is not in mappings/themes.json: kept as a tag',
      'brick "brique inconnue" is not in mappings/bricks.jsonl: kept as a tag',
      'role "jongleur" is unknown: left out',
      'NAF code "99.99Z" is unknown: left out',
      'size "énorme" is unknown: left out',
      'hosting country "FRANCE" is unknown: left out',
    ])
    t.strictSame(bad, ['list.csv:3: siren "000009903" needs 9 digits that pass the check digit'])
    t.equal(readings.filter(reading => reading.kind === 'no-siren').length, 1)
  })
  t.test('JSON Lines: objects where CSV has texts, and pages', async t => {
    const { of, bad } = await read('file', 'list.jsonl')
    const facts = of('000009902')
    t.match(facts, [
      ['name', 'Aérolys'],
      ['founded', 2003],
      ['ess', true],
      ['location', { latitude: 48.9, longitude: 2.35, precision: 'address' }],
      ['tag', 'capteurs'],
      ['tag', 'air'],
      ['label', { id: 'prix-territoires-sobres' }, '2024'],
      ['label', { id: 'jei' }, undefined],
      ['certification', { id: 'iso-27001', scope: 'Hébergement', validUntil: '2027-03-01' }],
      ['text', { kind: 'page', url: 'https://aerolys.example/ecoles', title: 'Écoles' }],
    ])
    t.match(JSON.stringify(facts), /mesurent l’air des écoles. Écrivez à \[adresse retirée\]/)
    t.match(bad, [/^list\.jsonl:2: not JSON/])
  })
})

t.test('the demonstration catalogue is good: every record of seed/suppliers/ is an invented supplier', async t => {
  const { readdirSync } = await import('node:fs')
  const names = readdirSync(new URL('../../seed/suppliers/', import.meta.url)).filter(name => name.endsWith('.json'))
  const sirens = new Set<string>()
  let records = 0
  for (const name of names) {
    const { readings, bad } = await read('demo', `../../../seed/suppliers/${name}`)
    t.strictSame(bad, [], name)
    records += readings.length
    for (const reading of readings) if (reading.kind === 'facts') sirens.add(reading.facts[0]?.siren ?? '')
  }
  t.equal(sirens.size, records, 'no SIREN twice')
})

t.test('the file of another source is refused, and the message says what it lacks', async t => {
  await t.rejects(read('ilab', 'list.csv'), /list.csv is not this source's file: it lacks "Identifiant"/)
  await t.rejects(read('ilab', 'inov.jsonl'), /it lacks "id"/)
  await t.rejects(read('inov', 'ilab.jsonl'), /it lacks/)
  await t.rejects(read('inov', 'ilab.csv'), /not published in that form/)
})

t.test('text is cleaned: broken letters repaired, blanks collapsed, persons and addresses taken out', async t => {
  t.equal(cleanText('l\u0092air  du\u00a0c\u009cur \r\n\r\n\u0000de ville'), 'l’air du cœur\nde ville')
  t.equal(cleanText("d'\u0092air, veÌ\u0081hicule, e\u0301cole\u200b"), 'd’air, véhicule, école')
  t.equal(cleanText('\ud800 moitié'), '\ufffd moitié')
  t.equal(cleanLine(' deux\nlignes '), 'deux lignes')
  t.equal(cleanLine('Écrire à jean@exemple.example'), 'Écrire à [adresse retirée]')
  t.equal(cleanName('MONSIEUR JEAN DUPONT'), '')
  t.equal(cleanName('@RTMOLECULE'), '@RTMOLECULE')
  t.equal(cleanName('M3 Systems'), 'M3 Systems')
})

t.test('web addresses are http or https with a public host name, or nothing', async t => {
  const cases: Readonly<Record<string, string | undefined>> = {
    'www.Exemple.example': 'https://www.exemple.example/',
    'HTTP://exemple.example/a#b': 'http://exemple.example/a',
    'https://exemple.example:8443/': 'https://exemple.example:8443/',
    'https://user:pass@exemple.example/': undefined,
    'ftp://exemple.example/': undefined,
    'javascript:alert(1)': undefined,
    'javascript://exemple.example/%0aalert(1)': undefined,
    'Mycelium technologies': undefined,
    'http://localhost/': undefined,
    'http://127.0.0.1/': undefined,
    '': undefined,
  }
  for (const [text, expected] of Object.entries(cases)) t.equal(parseWebsite(text), expected, text)
})

t.test('places are found by code or name, and a name that is not unique needs more', async t => {
  t.equal(parseRegion('R84'), '84')
  t.equal(parseRegion('D988'), '988')
  t.equal(parseRegion('Polynésie Française'), '987')
  t.match(parsePlace({ communeName: 'Paris  2e' }), { commune: '75102' })
  t.match(parsePlace({ communeName: 'Lyon 3e' }), { commune: '69383' })
  t.strictSame(parsePlace({ communeName: 'Saint-Denis' }), { communeName: 'Saint-Denis' })
  t.match(parsePlace({ communeName: 'St Denis', department: 'La Réunion' }), { commune: '97411', region: '04' })
  t.equal(parsePlace({ commune: '', communeName: ' ' }), undefined)
})

t.test('themes are found whatever the case, the accents and what follows the dash', async t => {
  t.strictSame(themesOf('sante - CHIRURGIE du futur'), ['sante'])
  t.strictSame(themesOf('French Fab – industrie 4.5'), ['industrie'])
  t.strictSame(themesOf('French Fab - Matériaux innovants'), ['industrie', 'chimie-materiaux'])
  t.equal(themesOf('Navigation à voile'), undefined)
})

t.test('the facts of one firm in two data sets make one profile', async t => {
  const [ilab, inov] = await Promise.all([read('ilab', 'ilab.csv'), read('inov', 'inov.json')])
  const siren = ilab.facts[0]?.siren
  if (siren === undefined) throw new Error('no facts')
  const of = (source: string, facts: readonly StatedFact[]) =>
    facts
      .filter(each => each.siren === siren)
      .map(({ property, value, evidence, period }) => ({
        ...fact(siren, property, value, { source, evidence }),
        ...(period !== undefined && { period }),
      }))
  const profile = mergeFacts(siren, [...of('ilab', ilab.facts), ...of('inov', inov.facts)])
  t.match(profile, {
    name: 'Aérolys',
    otherNames: [],
    website: 'https://aerolys.example/',
    tagline: { text: 'Un capteur « radio » ; très basse consommation', period: '2012' },
    description: { text: 'Aérolys suit la qualité de l’air intérieur.', source: 'inov', period: '2022' },
    location: { commune: '75102', latitude: 48.87, precision: 'address' },
    themes: ['sante', 'environnement', 'numerique', 'electronique'],
    tags: ['RADIOAIR'],
    labels: [
      { id: 'i-lab', years: [2004, 2012] },
      { id: 'i-lab-grand-prix', years: [2004] },
      { id: 'i-nov', years: [2018, 2022] },
    ],
  })
  t.strictSame(
    profile?.texts.map(text => text.title),
    ['Projet lauréat i-Lab 2012', 'Projet lauréat i-Lab 2004'],
  )
})
