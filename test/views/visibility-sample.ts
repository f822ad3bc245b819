import type { Passage } from '../../src/model/search-result.ts'
import type { Visibility } from '../../src/model/visibility.ts'
import type { MirrorView } from '../../src/views/visibility.ts'
import { fieldStates } from '../../src/views/visibility-fields.ts'
import { OTHER_SIREN, record, SIREN, sources } from './samples.ts'

/** An invented mirror with every optional property present, for the tests of the pages. */

const evidence: Passage = {
  text: 'Une <mark>carte</mark>.',
  source: 'demo',
  sourceUrl: 'https://prix.example/',
  retrievedAt: '2026-11-14T08:00:00Z',
  evidence: 'declared',
  period: '2004',
}
const minimum = { needed: 2, of: 3, held: 1 }
const line = { kind: 'field' as const, label: 'Mots du nom', detail: '« carte »', value: 1.5 }

const need = (relation: Visibility['needs'][number]['relation'], rank: number | null): Visibility['needs'][number] => ({
  ...{ query: `carte ${relation}`, brick: 'sig', label: 'Système d’information géographique', relation, of: 'sig' },
  ...{ rank, standing: rank === null ? ('absent' as const) : ('ranked' as const), total: 12 },
  ...{ score: 1.5, behindFirst: 0.5, explanation: [line], evidence, missing: ['plan'], minimum },
})

export const visibility: Visibility = {
  supplier: {
    siren: SIREN,
    name: 'Sente Brise',
    unnamed: false,
    state: 'ceased',
    website: 'https://sentebrise.example/',
  },
  index: { version: '2026-11-18.2', builtAt: '2026-11-18T10:00:00Z', suppliers: 2959 },
  indexed: true,
  needs: [need('own', 1), need('words', 4), need('broader', null), { ...need('neighbour', null), standing: 'beyond' }],
  unasked: 2,
  query: {
    ...{ text: 'carte des sentiers', corrected: 'carte des sentiers', relaxed: true },
    bricks: [{ brick: 'sig', label: 'Système d’information géographique', span: 'carte', held: true }],
    ...{ rank: 3, standing: 'ranked', total: 12, minimum },
    own: { score: 1.5, explanation: [line] },
    above: [{ rank: 1, siren: OTHER_SIREN, name: 'Autre firme', state: 'insolvency', score: 3 }],
    lines: [{ kind: 'field', label: 'Mots du nom', own: 1.5, above: [3] }],
    concepts: [
      {
        text: 'carte',
        optional: false,
        own: ['name', 'bricks'],
        above: [{ siren: OTHER_SIREN, fields: ['name'] }],
        near: [],
      },
      {
        ...{ text: 'sentiers', optional: true, own: [], above: [{ siren: OTHER_SIREN, fields: [] }] },
        near: [
          { kind: 'spelling', text: 'sentier' },
          { kind: 'brick', text: 'Cartographie', brick: 'sig' },
        ],
      },
    ],
    hindrances: ['ceased', 'no-text'],
    page: { title: 'Nos cartes', url: 'https://sentebrise.example/cartes' },
    evidence,
  },
  fields: [...fieldStates({ ...record, sources }, 'fr', Date.parse('2026-11-22T00:00:00Z'))],
  site: {
    ...{ state: 'read', website: 'https://sentebrise.example/', domain: 'sentebrise.example', pagesKept: 4 },
    ...{ lastVisit: '2026-11-12T08:00:00Z', nextVisit: '2026-11-19T08:00:00Z', robots: 'rules' },
    unreadable: [
      { reason: 'script-only', pages: 3, urls: ['https://sentebrise.example/app'], triedAt: '2026-11-12T08:00:00Z' },
    ],
  },
  alike: [
    { siren: OTHER_SIREN, name: 'Sente Brize', place: 'Rennes', state: 'ceased', reasons: ['near-name', 'same-site'] },
  ],
  labels: [{ id: 'i-lab', name: 'Lauréat i-Lab', years: [2019], evidence: 'attested' }],
  contracts: { loaded: false },
}

export const mirrorView: MirrorView = {
  visibility,
  location: record.supplier.location,
  ranked: true,
  links: { correct: `/fournisseurs/${SIREN}/corriger`, feed: `/api/suppliers/${SIREN}/changes.atom` },
}
