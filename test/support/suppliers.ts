import type { Siren } from '../../src/model/siren.ts'
import { parseSiren } from '../../src/model/siren.ts'
import type { SourcedText, Supplier } from '../../src/model/supplier.ts'

/** The nth invented SIREN: starts with 000 and passes its check digit. */
export const inventedSiren = (n: number): Siren => {
  const body = String(n).padStart(5, '0')
  for (let check = 0; check <= 9; check++) {
    const siren = parseSiren(`000${body}${check}`)
    if (siren) return siren
  }
  throw new RangeError(`no SIREN for ${n}: give 1 … 99999`)
}

/** A text as the firm itself states it. */
export const declared = (text: string): SourcedText => ({
  text,
  source: 'demo',
  sourceUrl: 'https://exemple.example/',
  retrievedAt: '2026-11-01T00:00:00Z',
  evidence: 'declared',
})

let counter = 0

type Overrides = Partial<Omit<Supplier, 'tagline' | 'description'>> & { tagline?: string; description?: string }

/** A profile with nothing but a name, changed by `overrides`. Each call has a SIREN of its own. */
export const supplier = ({ tagline, description, ...overrides }: Overrides = {}): Supplier => {
  counter++
  return {
    siren: inventedSiren(counter),
    name: `Entreprise ${counter}`,
    unnamed: false,
    otherNames: [],
    location: {},
    themes: [],
    bricks: [],
    tags: [],
    offers: [],
    roles: [],
    labels: [],
    certifications: [],
    hosting: [],
    texts: [],
    sources: ['demo'],
    updatedAt: '2026-11-01',
    ...(tagline !== undefined && { tagline: declared(tagline) }),
    ...(description !== undefined && { description: declared(description) }),
    ...overrides,
  }
}

/** A page of the firm's site with its passages. */
export const page = (...passages: string[]): Supplier['texts'][number] => ({
  kind: 'page',
  title: 'Page',
  url: 'https://exemple.example/page',
  retrievedAt: '2026-10-01T00:00:00Z',
  evidence: 'declared',
  passages,
})

const WORDS = ['drone', 'capteur', 'forêt', 'énergie', 'logiciel', 'eau', 'santé']

/** A profile that is the same at each call with the same `n`, in any process. */
export const numberedSupplier = (n: number): Supplier =>
  supplier({
    siren: inventedSiren(n),
    name: `Numéro ${n}`,
    description: `${WORDS[n % 7]} ${WORDS[(n * 3) % 7]} lot${n % 10}`,
    themes: [n % 2 === 0 ? 'sante' : 'mobilite'],
    texts: [page(`Passage ${WORDS[(n * 5) % 7]}`)],
  })
