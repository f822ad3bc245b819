import type { Test } from 'tap'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { EngineUnavailableError, type IndexState } from '../../src/engine/engine.ts'
import { FACET_NAMES, type FacetName } from '../../src/model/facets.ts'
import type { Query } from '../../src/model/query.ts'
import type { Hit, SearchResult, Suggestion } from '../../src/model/search-result.ts'
import { parseSiren, type Siren } from '../../src/model/siren.ts'
import type { SourceStatus } from '../../src/model/status.ts'
import type { Supplier, SupplierRecord } from '../../src/model/supplier.ts'
import type { App, Services } from '../../src/routes/services.ts'
import type { Search } from '../../src/search/search.ts'

/** The service over a catalogue of two invented firms held in memory: real routes, plugins and views. */

const source: SourceStatus = {
  id: 'demo',
  name: 'Catalogue de démonstration',
  publisher: 'Brique',
  url: 'https://brique.example/demo',
  licence: 'Licence Ouverte 2.0',
  date: '2026-01-02',
  importedAt: '2026-01-03T04:05:06.000Z',
  version: 'abc',
  suppliers: 2,
  fictitious: true,
}

const siren = (text: string): Siren => {
  const parsed = parseSiren(text)
  if (parsed === undefined) throw new Error(`${text} is no SIREN`)
  return parsed
}

export const AIR = siren('123456782')
export const WATER = siren('987654324')
/** Well formed, and of no firm of the catalogue. */
export const UNKNOWN = siren('111222337')

const supplier = (id: Siren, name: string, theme: string): Supplier => ({
  siren: id,
  name,
  unnamed: false,
  otherNames: [],
  tagline: {
    text: `${name} mesure ce que l’on respire.`,
    source: 'demo',
    sourceUrl: 'https://brique.example/demo',
    retrievedAt: '2026-01-03T04:05:06.000Z',
    evidence: 'declared',
  },
  website: 'https://firm.example/',
  state: 'active',
  location: { commune: '35238', communeName: 'Rennes', department: '35', region: '53' },
  themes: [theme],
  bricks: [],
  tags: ['capteur'],
  offers: [{ kind: 'product', name: 'Capteur', bricks: [] }],
  roles: ['manufacturer'],
  labels: [{ id: 'i-lab', name: 'Lauréat i-Lab', years: [2019], evidence: 'attested' }],
  certifications: [],
  hosting: ['FR'],
  texts: [],
  sources: ['demo'],
  updatedAt: '2026-01-02',
})

const recordOf = (each: Supplier): SupplierRecord => ({
  supplier: each,
  facts: [
    {
      siren: each.siren,
      property: 'name',
      value: each.name,
      evidence: 'attested',
      provenance: {
        source: 'demo',
        sourceUrl: 'https://brique.example/demo',
        sourceDate: '2026-01-02',
        retrievedAt: '2026-01-03T04:05:06.000Z',
        extractor: 'demo/1',
        licence: 'Licence Ouverte 2.0',
      },
    },
    {
      siren: each.siren,
      property: 'offer',
      value: each.offers[0],
      evidence: 'declared',
      provenance: {
        source: 'demo',
        sourceUrl: 'https://brique.example/demo',
        sourceDate: '2026-01-02',
        retrievedAt: '2026-01-03T04:05:06.000Z',
        extractor: 'demo/1',
        licence: 'Licence Ouverte 2.0',
      },
    },
  ],
})

const SUPPLIERS = [
  supplier(AIR, 'Air Clair', 'environnement'),
  supplier(WATER, 'Eau & Fils <SARL>', 'industrie'),
] as const

/** Escapes as the search layer promises of `Passage.text`. */
const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const hitOf = (each: Supplier, query: Query): Hit => ({
  supplier: {
    siren: each.siren,
    name: each.name,
    unnamed: each.unnamed,
    ...(each.tagline && { tagline: each.tagline.text }),
    commune: 'Rennes',
    department: '35',
    region: 'Bretagne',
    state: 'active',
    website: 'https://firm.example/',
    labels: each.labels,
    bricks: each.bricks,
    themes: each.themes,
    sources: each.sources,
    updatedAt: each.updatedAt,
  },
  score: 1.5,
  ...(query.near && { distanceKm: 12.3 }),
  explanation: [{ kind: 'field', label: 'Accroche', detail: query.text, value: 1.5 }],
  passages: [
    {
      text: `${escapeHtml(query.text)} <mark>capteur</mark>`,
      source: 'demo',
      sourceUrl: 'https://firm.example/produits',
      retrievedAt: '2026-01-03T04:05:06.000Z',
      evidence: 'declared',
      period: '2019',
    },
  ],
})

const facetValue = (query: Query, name: FacetName, value: string) => ({
  value,
  label: value,
  count: 1,
  selected: query.filters[name]?.includes(value) ?? false,
})

/** A brick of the vocabulary that both firms supply. */
export const BRICK = 'qualite-air-interieur'

/** Text that no firm of the catalogue has words of. */
export const NOTHING = 'rien de tel'

const answer = (query: Query): SearchResult => {
  const found = query.text === NOTHING ? [] : SUPPLIERS
  const selected = Object.fromEntries(
    FACET_NAMES.flatMap(name => {
      const values = query.filters[name]
      return values ? [[name, values.map(value => facetValue(query, name, value))]] : []
    }),
  )
  return {
    query: {
      text: query.text,
      understood: query.text === '' ? [] : [{ span: query.text, via: 'alias' }],
      corrected: null,
      didYouMean: null,
      relaxed: [],
    },
    total: found.length,
    page: query.page,
    size: query.size,
    hits: found.map(each => hitOf(each, query)),
    facets: { theme: [facetValue(query, 'theme', 'environnement')], ...selected },
    suggestions: [],
    recovery: [],
    nearest: [],
  }
}

const suggestion = (text: string): Suggestion => ({ text, kind: 'supplier', siren: AIR })

const INDEX: IndexState = { engine: 'memory', version: '1', builtAt: '2026-01-03T04:05:06.000Z', suppliers: 2 }

export const memorySearch: Search = {
  search: async query => answer(query),
  suggest: async (prefix, _language, limit) => [suggestion(`${prefix} Air Clair`)].slice(0, limit),
  brickCounts: async () => new Map([[BRICK, 2]]),
}

const services = (env: Readonly<Record<string, string>>): Services => ({
  // Tests share two slow cores: the event loop's delay would turn answers into 503s at random.
  config: readConfig({ LOG_LEVEL: 'silent', MAX_EVENT_LOOP_DELAY_MS: '0', RATE_LIMIT: '0', ...env }),
  search: memorySearch,
  catalogue: {
    record: wanted => SUPPLIERS.filter(each => each.siren === wanted).map(recordOf)[0],
    supplier: wanted => SUPPLIERS.find(each => each.siren === wanted),
    sources: () => [source],
    listed: (offset, limit) => SUPPLIERS.slice(offset, offset + limit),
    counts: () => ({ suppliers: 2, named: 2 }),
  },
  engine: { state: async () => INDEX },
})

/** The application over the stand-ins, with settings by their names and any of the ports replaced. */
export const buildService = (
  env: Readonly<Record<string, string>> = {},
  replaced: Partial<Services> = {},
): Promise<App> => buildApp({ ...services(env), ...replaced })

/** The same, closed at the end of the test. */
export const openService = async (
  t: Test,
  env: Readonly<Record<string, string>> = {},
  replaced: Partial<Services> = {},
): Promise<App> => {
  const app = await buildService(env, replaced)
  t.teardown(() => app.close())
  return app
}

/** An engine whose index is missing. */
export const withoutIndex: Partial<Services> = {
  search: {
    search: async () => {
      throw new EngineUnavailableError('no index in var/')
    },
    suggest: async () => {
      throw new EngineUnavailableError('no index in var/')
    },
    brickCounts: async () => {
      throw new EngineUnavailableError('no index in var/')
    },
  },
  engine: {
    state: async () => {
      throw new EngineUnavailableError('no index in var/')
    },
  },
}
