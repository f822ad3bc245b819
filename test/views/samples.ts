import type { Fact } from '../../src/model/fact.ts'
import type { Near, SearchParameters } from '../../src/model/query.ts'
import type { Hit, SearchResult } from '../../src/model/search-result.ts'
import { parseSiren, type Siren } from '../../src/model/siren.ts'
import type { SourceStatus, Status } from '../../src/model/status.ts'
import type { Supplier, SupplierRecord } from '../../src/model/supplier.ts'
import type { PageContext } from '../../src/views/pages.ts'

/** Invented data with every optional property present, for the tests of the pages. */

const siren = (text: string): Siren => {
  const parsed = parseSiren(text)
  if (parsed === undefined) throw new Error(`sample SIREN ${text} fails its check digit`)
  return parsed
}

export const SIREN = siren('000104216')
export const OTHER_SIREN = siren('000000018')

const CLAIM = {
  source: 'site',
  sourceUrl: 'https://sentebrise.example/references',
  retrievedAt: '2026-11-12T08:00:00Z',
  evidence: 'declared' as const,
  excerpt: 'Ils nous font confiance : la Ville de Lannion, le CHU de Rennes - et d’autres, en Bretagne & ailleurs',
}

const demo: SourceStatus = {
  id: 'demo',
  name: 'Catalogue de démonstration',
  publisher: 'Brique',
  url: 'https://demo.example/',
  licence: 'Licence Ouverte 2.0',
  date: '2026-11-01',
  importedAt: '2026-11-18T09:30:00Z',
  version: 'abc123',
  suppliers: 12,
  fictitious: true,
}
const awards: SourceStatus = {
  ...demo,
  id: 'prix',
  name: 'Prix Territoires sobres',
  publisher: 'Ministère des Landes',
  url: 'https://prix.example/laureats',
  date: '2025-11-12',
  suppliers: 2411,
  fictitious: false,
}

export const status: Status = {
  suppliers: 2959,
  named: 2301,
  bricks: 412,
  demonstration: true,
  sources: [demo, awards],
  index: {
    engine: 'embedded',
    version: '2026-11-18.2',
    builtAt: '2026-11-18T10:00:00Z',
    suppliers: 2959,
    pendingChanges: 0,
  },
}

export const context = (language: 'fr' | 'en' = 'fr', path = '/'): PageContext => ({
  language,
  path,
  status,
  baseUrl: 'https://brique.example',
})

export const near: Near = { label: 'Rennes', latitude: 48.1, longitude: -1.7, radiusKm: 300 }

export const parameters: SearchParameters = {
  q: 'capteurs qualité de l’air écoles',
  near: 'Rennes',
  radiusKm: 300,
  region: ['53', '52'],
  certification: ['iso-27001'],
  sort: 'relevance',
  page: 2,
}

export const hit: Hit = {
  supplier: {
    siren: SIREN,
    name: 'Sentebrise',
    unnamed: false,
    tagline: 'Des sondes d’air sans entretien pour les bâtiments qui accueillent des enfants.',
    commune: 'Rennes',
    department: '35',
    region: 'Bretagne',
    state: 'insolvency',
    website: 'https://sentebrise.example/',
    labels: [{ id: 'prix', name: 'Lauréat Territoires sobres', years: [2004, 2019], evidence: 'attested' }],
    bricks: ['essai-qualite-air', 'essai-lorawan', 'essai-donnees'],
    themes: ['edtech', 'environnement'],
    sources: ['demo', 'prix'],
    updatedAt: '2026-11-01',
  },
  score: 7.31,
  distanceKm: 2.4,
  explanation: [
    { kind: 'brick', label: 'Brique reconnue', detail: 'Mesure de l’air intérieur', value: 3.1 },
    { kind: 'field', label: 'Mots d’une page', detail: '« capteurs », « air », « classe »', value: 2.76 },
    { kind: 'phrase', label: 'Mots côte à côte', detail: '« qualité air »', value: 1.05 },
    { kind: 'prior', label: 'Fiche récente', value: 0.4 },
  ],
  passages: [
    {
      text: 'Nos <mark>capteurs</mark> de <mark>qualité de l&#39;air</mark> équipent 310 salles de classe : CO₂, particules &amp; température.',
      source: 'demo',
      sourceUrl: 'https://www.sentebrise.example/ecoles',
      retrievedAt: '2026-11-14T08:00:00Z',
      evidence: 'declared',
      period: '2004',
    },
  ],
}

const bare: Hit = {
  supplier: {
    siren: OTHER_SIREN,
    name: 'SIREN 000 000 018',
    unnamed: true,
    region: 'Occitanie',
    labels: [{ id: 'prix', name: 'Lauréat Territoires sobres', years: [], evidence: 'attested' }],
    bricks: [],
    themes: [],
    sources: ['prix'],
    updatedAt: '2025-11-12',
  },
  score: 0,
  explanation: [],
  passages: [],
}

const values = (list: readonly (readonly [string, string, number])[], selected: readonly string[] = []) =>
  list.map(([value, label, count]) => ({ value, label, count, selected: selected.includes(value) }))

export const result: SearchResult = {
  query: {
    text: 'capteurs qualité de l’air écoles',
    understood: [
      { span: 'capteurs qualité de l’air', brick: 'essai-qualite-air', via: 'alias' },
      { span: 'écoles', via: 'corrected' },
    ],
    corrected: 'capteurs qualité de l’air écoles',
    didYouMean: null,
    relaxed: ['deux mots sur trois suffisent'],
  },
  total: 417,
  page: 2,
  size: 20,
  hits: [hit, bare],
  facets: {
    theme: values([
      ['edtech', 'Éducation et formation', 120],
      ['environnement', 'Environnement', 88],
    ]),
    brick: values(
      ['Mesure de l’air intérieur', 'Réseau bas débit', 'Supervision', 'Pilotage de ventilation', 'Données ouvertes']
        .concat(['Tableau de bord', 'Télérelève', 'Balise', 'Jumeau numérique', 'Alerte de crue'])
        .map((label, i) => [`b${i}`, label, 40 - i] as const),
    ),
    region: values(
      [
        ['53', 'Bretagne', 300],
        ['52', 'Pays de la Loire', 117],
        ['28', 'Normandie', 30],
      ],
      ['53', '52'],
    ),
    certification: values([['iso-27001', 'ISO 27001', 12]], ['iso-27001']),
    naf: [],
  },
  suggestions: [
    { text: 'capteurs qualité de l’eau écoles', kind: 'word' },
    { text: 'Sentebrise', kind: 'supplier', siren: SIREN },
    { text: 'Mesure de l’air', kind: 'brick', brick: 'essai-qualite-air' },
    { text: 'Environnement', kind: 'theme', theme: 'environnement' },
    { text: 'Rennes', kind: 'place' },
  ],
  recovery: [],
  nearest: [],
}

export const zeroResult: SearchResult = {
  ...result,
  total: 0,
  page: 1,
  hits: [],
  facets: { theme: result.facets['theme'] ?? [] },
  recovery: [
    { kind: 'filter', name: 'region', value: '53|52', label: 'Bretagne, Pays de la Loire', count: 4 },
    { kind: 'filter', name: 'certification', value: 'iso-27001', label: 'ISO 27001', count: 12 },
    { kind: 'radius', value: '900', label: 'Rennes', count: 21 },
    { kind: 'place', value: 'Rennes', label: 'Rennes', count: 33 },
    { kind: 'brick', value: 'gestion-services-informatiques', label: 'Services informatiques', count: 1500 },
  ],
  nearest: [{ ...hit, distanceKm: 2 }],
}

const fact = (property: string, value: unknown, more: Partial<Fact> = {}): Fact => ({
  siren: SIREN,
  property,
  value,
  evidence: 'attested',
  provenance: {
    source: 'demo',
    sourceUrl: 'https://demo.example/fiches/1',
    sourceDate: '2026-11-01',
    retrievedAt: '2026-11-18T09:30:00Z',
    extractor: 'demo/1',
    licence: 'Licence Ouverte 2.0',
    record: '1',
  },
  ...more,
})
const claimed = (property: string, value: unknown): Fact => ({
  ...fact(property, value, { evidence: 'declared' }),
  provenance: {
    ...fact(property, value).provenance,
    sourceUrl: 'https://sentebrise.example/ecoles',
    excerpt: 'Nos capteurs équipent 310 salles de classe.',
  },
})

const supplier: Supplier = {
  siren: SIREN,
  name: 'Sentebrise',
  unnamed: false,
  otherNames: ['Sente Brise Instruments'],
  tagline: {
    text: 'Des sondes d’air sans entretien pour les bâtiments qui accueillent des enfants.',
    source: 'demo',
    sourceUrl: 'https://sentebrise.example/',
    retrievedAt: '2026-11-14T08:00:00Z',
    evidence: 'declared',
  },
  description: {
    text: 'Sentebrise conçoit et assemble à Rennes des sondes qui mesurent le CO₂, les particules fines et la température des salles de classe. Les relevés partent par LoRaWAN ; la commune les lit dans un tableau de bord et les publie en données ouvertes. Ne fait pas de ventilation.',
    source: 'prix',
    sourceUrl: 'https://prix.example/laureats/12',
    retrievedAt: '2026-11-14T08:00:00Z',
    evidence: 'declared',
    period: '2019',
  },
  website: 'https://sentebrise.example/',
  state: 'ceased',
  location: { commune: '35238', communeName: 'Rennes', postcode: '35000', department: '35', region: '53' },
  naf: '26.51B',
  sizeCategory: 'small',
  headcount: '20 à 49 salariés',
  founded: 2018,
  themes: ['edtech', 'environnement'],
  bricks: ['essai-qualite-air', 'essai-lorawan', 'essai-donnees'],
  tags: ['CO₂', 'école'],
  offers: [
    {
      kind: 'product',
      name: 'Sonde Brise',
      description: 'Sonde murale, dix ans de pile, étalonnage automatique.',
      bricks: ['essai-qualite-air', 'essai-lorawan'],
      maturity: 'commercial',
    },
    { kind: 'service', name: 'Pose et suivi', bricks: [] },
  ],
  roles: ['manufacturer', 'publisher'],
  labels: [{ id: 'prix', name: 'Lauréat Territoires sobres', years: [2004, 2019], evidence: 'attested' }],
  certifications: [
    {
      id: 'iso-27001',
      name: 'ISO 27001',
      evidence: 'declared',
      scope: 'hébergement',
      validUntil: '2027-03-01',
      number: 'FR-12',
    },
    { id: 'hds', name: 'HDS', evidence: 'attested' },
  ],
  hosting: ['FR'],
  publicReference: true,
  claims: [
    ...(['Ville de Lannion', 'CHU de Rennes'] as const).map(value => ({
      ...CLAIM,
      kind: 'customer' as const,
      value,
      public: true,
    })),
    { ...CLAIM, kind: 'price', value: '49 EUR/user/month', excerpt: 'À partir de 49 € HT par utilisateur et par mois' },
    { ...CLAIM, kind: 'sovereignty', value: 'data-in-france' },
    { ...CLAIM, kind: 'licence', value: 'open-source' },
    { ...CLAIM, kind: 'repository', value: 'https://code.example/sentebrise' },
    { ...CLAIM, kind: 'language', value: 'br' },
    { ...CLAIM, kind: 'accessibility', value: 'partial', date: '2026-02-03' },
    { ...CLAIM, kind: 'news', value: '2026-10-14' },
    { ...CLAIM, kind: 'siren', value: SIREN },
  ],
  texts: [
    {
      kind: 'award',
      title: 'Projet lauréat 2004',
      url: 'https://prix.example/laureats/12',
      retrievedAt: '2026-11-14T08:00:00Z',
      evidence: 'declared',
      period: '2004',
      passages: [
        'Le projet porte sur une sonde sans pile.',
        'Il vise les écoles rurales.',
        'Un premier essai a lieu en 2005.',
      ],
    },
    {
      kind: 'page',
      title: 'Pour les écoles',
      url: 'https://sentebrise.example/ecoles',
      retrievedAt: '2026-11-14T08:00:00Z',
      evidence: 'declared',
      passages: ['Nos capteurs équipent 310 salles de classe.'],
    },
  ],
  sources: ['demo', 'prix'],
  updatedAt: '2026-11-01',
}

export const record: SupplierRecord = {
  supplier,
  facts: [
    fact('name', 'Sentebrise'),
    fact('name', 'Sente Brise Instruments', { period: '2004' }),
    fact('state', 'ceased'),
    fact('naf', '26.51B'),
    fact('headcount', '20 à 49 salariés'),
    fact('founded', 2018),
    claimed('website', 'https://sentebrise.example/'),
    fact('location', {
      communeName: 'Rennes',
      postcode: '35000',
      department: '35',
      region: '53',
      latitude: 48.11,
      longitude: -1.67,
      precision: 'commune',
    }),
    fact('theme', 'edtech'),
    fact('theme', 'environnement'),
    claimed('brick', 'essai-qualite-air'),
    fact('brick', 'essai-lorawan'),
    claimed('role', 'manufacturer'),
    fact('label', { id: 'prix', name: 'Lauréat Territoires sobres' }, { period: '2019' }),
    claimed('certification', { id: 'iso-27001', name: 'ISO 27001', scope: 'hébergement' }),
    claimed('hosting', 'FR'),
    fact('publicReference', true),
    claimed('tag', 'CO₂'),
    claimed('tag', 'école'),
    claimed('offer', { kind: 'product', name: 'Sonde Brise' }),
    claimed('text', { kind: 'page', title: 'Pour les écoles', url: 'https://x.example/', passages: [] }),
    fact('unheard-of', { some: ['thing'] }),
  ],
}

export const sources = status.sources

/** A small OpenAPI 3.1 object with the forms that the documentation page reads. */
export const openapi = {
  openapi: '3.1.0',
  info: { title: 'Brique', version: '0.1.0' },
  components: {
    schemas: {
      Hit: {
        type: 'object',
        required: ['score'],
        properties: {
          score: { type: 'number', description: 'Points.' },
          next: { anyOf: [{ $ref: '#/components/schemas/Hit' }, { type: 'null' }] },
        },
      },
    },
  },
  paths: {
    '/api/search': {
      get: {
        summary: 'Chercher des fournisseurs',
        parameters: [
          { name: 'q', in: 'query', schema: { type: 'string', maxLength: 1000, description: 'Ce que vous cherchez.' } },
          { name: 'theme', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
          { name: 'sort', in: 'query', schema: { enum: ['relevance', 'name'], default: 'relevance' } },
        ],
        responses: {
          200: {
            description: 'Les réponses.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: { hits: { type: 'array', items: { $ref: '#/components/schemas/Hit' } } },
                },
              },
            },
          },
          400: { description: 'Requête incorrecte.' },
        },
      },
    },
    '/api/suppliers/{siren}': {
      get: {
        summary: 'Lire une fiche',
        parameters: [
          { name: 'siren', in: 'path', required: true, schema: { type: 'string' }, description: 'Neuf chiffres.' },
        ],
        responses: { 200: { description: 'La fiche.' } },
      },
    },
  },
}
