import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { Evidence } from '../../src/model/fact.ts'
import { parseSiren } from '../../src/model/siren.ts'
import { Certification, Offer, Role, SizeCategory, State } from '../../src/model/supplier.ts'
import { cleanLine, cleanText } from './clean-text.ts'
import { type Connector, type FactList, factList, type Reading } from './connector.ts'
import { parsePlace } from './places.ts'
import { readRecords, type SourceRecord } from './records.ts'
import { themesOf } from './themes.ts'

/** A page of an invented supplier's site. */
const DemoPage = Type.Object(
  {
    path: Type.String({ pattern: '^/' }),
    title: Type.String({ minLength: 1 }),
    language: Type.Enum(['fr', 'en'] as const),
    retrieved: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
    passages: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
  },
  { additionalProperties: false },
)

const DemoLabel = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    name: Type.String({ minLength: 1 }),
    years: Type.Array(Type.Integer()),
    evidence: Evidence,
  },
  { additionalProperties: false },
)

/** One invented supplier of `seed/suppliers/*.json`: SIREN that start with 000, `.example` sites. */
export const DemoSupplier = Type.Object(
  {
    siren: Type.String({ pattern: '^000[0-9]{6}$' }),
    name: Type.String({ minLength: 1 }),
    tagline: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    website: Type.Optional(Type.String({ pattern: '^https://[a-z0-9.-]+\\.example/$' })),
    state: Type.Optional(State),
    commune: Type.Optional(Type.String({ pattern: '^[0-9][0-9AB][0-9]{3}$' })),
    naf: Type.Optional(Type.String({ pattern: '^[0-9]{2}\\.[0-9]{2}[A-Z]$' })),
    headcount: Type.Optional(Type.String()),
    sizeCategory: Type.Optional(SizeCategory),
    founded: Type.Optional(Type.Integer()),
    themes: Type.Optional(Type.Array(Type.String())),
    bricks: Type.Optional(Type.Array(Type.String())),
    tags: Type.Optional(Type.Array(Type.String())),
    roles: Type.Optional(Type.Array(Role)),
    offers: Type.Optional(Type.Array(Offer)),
    labels: Type.Optional(Type.Array(DemoLabel)),
    certifications: Type.Optional(Type.Array(Certification)),
    hosting: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }))),
    ess: Type.Optional(Type.Boolean()),
    publicReference: Type.Optional(Type.Boolean()),
    pages: Type.Optional(Type.Array(DemoPage)),
  },
  { additionalProperties: false, description: 'Un fournisseur inventé.' },
)
export type DemoSupplier = Static<typeof DemoSupplier>

const check = Compile(DemoSupplier)

const problem = (value: unknown): string => {
  const [first] = check.Errors(value)
  return first ? `${first.instancePath || 'the record'} ${first.message}` : 'is not a supplier'
}

const optionalLine = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : cleanLine(text)

/** What a register would state of a firm: attested, as it would be in real data. */
const addIdentity = (list: FactList, supplier: DemoSupplier): void => {
  const attested = { evidence: 'attested' } as const
  list.add('name', supplier.name, attested)
  list.add('state', supplier.state, attested)
  list.add('location', parsePlace({ commune: supplier.commune }), attested)
  list.add('naf', supplier.naf, attested)
  list.add('headcount', supplier.headcount, attested)
  list.add('sizeCategory', supplier.sizeCategory, attested)
  list.add('founded', supplier.founded, attested)
}

const addDistinctions = (list: FactList, supplier: DemoSupplier): void => {
  for (const { id, name, years, evidence } of supplier.labels ?? []) {
    if (years.length === 0) list.add('label', { id, name }, { evidence })
    for (const year of years) list.add('label', { id, name }, { evidence, period: String(year) })
  }
  for (const { evidence, ...certification } of supplier.certifications ?? []) {
    list.add('certification', certification, { evidence })
  }
}

const addWords = (list: FactList, supplier: DemoSupplier): void => {
  list.add('tagline', optionalLine(supplier.tagline))
  list.add('description', supplier.description === undefined ? undefined : cleanText(supplier.description))
  list.add('website', supplier.website)
  for (const theme of supplier.themes ?? []) list.add('theme', theme)
  for (const brick of supplier.bricks ?? []) list.add('brick', brick)
  for (const tag of supplier.tags ?? []) list.add('tag', cleanLine(tag))
  for (const role of supplier.roles ?? []) list.add('role', role)
  for (const offer of supplier.offers ?? []) list.add('offer', offer)
  for (const country of supplier.hosting ?? []) list.add('hosting', country)
  list.add('ess', supplier.ess)
  list.add('publicReference', supplier.publicReference)
}

const addPages = (list: FactList, supplier: DemoSupplier): void => {
  for (const { path, title, retrieved, passages } of supplier.pages ?? []) {
    const url = new URL(path, supplier.website ?? 'https://sans-site.example/').href
    const page = { kind: 'page', title: cleanLine(title), url, passages: passages.map(cleanText) } as const
    list.add('text', page, { url, retrievedAt: retrieved })
  }
}

const readingOf = (where: string, record: SourceRecord): Reading => {
  const bad = (reason: string): Reading => ({ kind: 'bad', where, reason })
  if ('broken' in record) return bad(record.broken)
  const supplier: unknown = record.fields
  if (!check.Check(supplier)) return bad(problem(supplier))
  const siren = parseSiren(supplier.siren)
  if (siren === undefined) return bad(`siren "${supplier.siren}" fails its check digit`)
  const unknown = supplier.themes?.find(theme => themesOf(theme) === undefined)
  if (unknown !== undefined) return bad(`theme "${unknown}" is not in src/model/themes.ts`)
  const list = factList({
    siren,
    evidence: 'declared',
    record: where,
    ...(supplier.website !== undefined && { url: supplier.website }),
  })
  addIdentity(list, supplier)
  addWords(list, supplier)
  addDistinctions(list, supplier)
  addPages(list, supplier)
  return { kind: 'facts', facts: list.facts }
}

/** The demonstration catalogue: JSON arrays of invented suppliers. A record that is not `DemoSupplier` is refused. */
export const demo: Connector = {
  extractor: 'demo/1',
  async *read(file, options = {}) {
    for await (const record of readRecords(file, { json: [['siren', 'name']] }, options.onBytes)) {
      yield readingOf(`${file.name}:${record.line}`, record)
    }
  },
}
