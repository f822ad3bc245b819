import type { Criterion, EvidencedValue } from '../model/comparison.ts'
import type { Language } from '../model/language.ts'
import { nafLabel } from '../model/naf.ts'
import type { SourceStatus } from '../model/status.ts'
import type { SourcedText } from '../model/supplier.ts'
import { type CorrectionPlace, FIELD_IDS, type FieldId, type FieldState } from '../model/visibility.ts'
import { comparisonOf } from './comparison.ts'
import { factValue } from './components/fact-value.ts'
import { type Evidenced, strongestFact, withFact, withSource } from './evidence.ts'
import { textsOf } from './locales/texts.ts'

/** What a profile says field by field, how old that is, and where it is put right. */

/** Fields that the comparison of suppliers reads already. */
const COMPARED: Readonly<Partial<Record<FieldId, readonly Criterion[]>>> = {
  state: ['state'],
  place: ['place'],
  size: ['size'],
  founded: ['founded'],
  bricks: ['bricks'],
  offers: ['offers'],
  references: ['publicReferences'],
  labels: ['labels'],
  certifications: ['certifications'],
  hosting: ['hosting'],
  prices: ['prices'],
  ess: ['ess'],
}

/** A value of the merged profile with the fact behind it. */
const stated = (record: Evidenced, property: string, value: unknown, language: Language): EvidencedValue =>
  withFact(
    factValue({ property, value }, language),
    strongestFact(record, property, each => each === value),
    record,
  )

const text = (record: Evidenced, property: string, said: SourcedText | undefined): readonly EvidencedValue[] => {
  if (said === undefined) return []
  const fact = strongestFact(record, property, value => value === said.text)
  return [fact === undefined ? withSource(said.text, said, record) : withFact(said.text, fact, record)]
}

const customers = (record: Evidenced): readonly EvidencedValue[] =>
  (record.supplier.claims ?? [])
    .filter(claim => claim.kind === 'customer' && claim.public !== true)
    .map(claim => withSource(claim.value, claim, record))

type Reader = (record: Evidenced, language: Language) => readonly EvidencedValue[]

const READERS: Readonly<Partial<Record<FieldId, Reader>>> = {
  name: (record, language) => (record.supplier.unnamed ? [] : [stated(record, 'name', record.supplier.name, language)]),
  tagline: record => text(record, 'tagline', record.supplier.tagline),
  description: record => text(record, 'description', record.supplier.description),
  website: (record, language) => {
    const { website } = record.supplier
    return website === undefined ? [] : [stated(record, 'website', website, language)]
  },
  naf: (record, language) => {
    const { naf } = record.supplier
    if (naf === undefined) return []
    const value = stated(record, 'naf', naf, language)
    return [{ ...value, text: nafLabel(naf) === undefined ? naf : value.text }]
  },
  themes: (record, language) => record.supplier.themes.map(theme => stated(record, 'theme', theme, language)),
  roles: (record, language) => record.supplier.roles.map(role => stated(record, 'role', role, language)),
}

/** The values of each field, read once. */
const valueReader = (record: Evidenced, language: Language) => {
  const { criteria } = comparisonOf([record], record.sources, language)
  return (id: FieldId): readonly EvidencedValue[] => {
    const compared = COMPARED[id] ?? []
    const values = criteria.filter(each => compared.includes(each.id)).flatMap(each => each.cells[0]?.values ?? [])
    return [...(READERS[id]?.(record, language) ?? []), ...values, ...(id === 'references' ? customers(record) : [])]
  }
}

/** What registers hold: no site and no form changes it. */
const REGISTERED: ReadonlySet<FieldId> = new Set(['name', 'state', 'place', 'naf', 'size', 'founded'])

/** The one counter for changes of a firm's register entries: Insee and the courts' registry get them from there. */
const FORMALITIES_URL = 'https://procedures.inpi.fr/'

const KINDS: Readonly<Record<string, CorrectionPlace>> = {
  sirene: 'register',
  site: 'site',
  correction: 'declaration',
  file: 'operator',
}

const placeOf = (source: SourceStatus | undefined, id: string): CorrectionPlace => {
  if (source?.fictitious) return 'none'
  return KINDS[id.split(':', 1)[0] ?? ''] ?? 'publisher'
}

const correctionOf = (id: FieldId, [value]: readonly EvidencedValue[], record: Evidenced): FieldState['correct'] => {
  const { website, websiteState } = record.supplier
  const source = record.sources.find(each => each.id === value?.source)
  const ofSource = value?.source === undefined ? undefined : placeOf(source, value.source)
  const ownSite = website !== undefined && websiteState === undefined
  const invented = record.sources.some(each => each.fictitious)
  const at = ofSource ?? (invented ? 'none' : REGISTERED.has(id) ? 'register' : ownSite ? 'site' : 'declaration')
  if (at === 'register') return { at, url: FORMALITIES_URL }
  if (at === 'site') return { at, ...((value?.sourceUrl ?? website) && { url: value?.sourceUrl ?? website ?? '' }) }
  if (at !== 'publisher' || source === undefined) return { at }
  return { at, name: source.publisher, url: source.url }
}

const DAY_MS = 86_400_000

const newestDate = (values: readonly EvidencedValue[]): string | undefined =>
  values
    .flatMap(({ sourceDate, retrievedAt }) => sourceDate ?? retrievedAt ?? [])
    .map(date => date.slice(0, 10))
    .sort()
    .at(-1)

const ageOf = (date: string, now: number): { readonly ageDays: number } | undefined => {
  const at = Date.parse(date)
  return Number.isNaN(at) ? undefined : { ageDays: Math.max(0, Math.floor((now - at) / DAY_MS)) }
}

/** Every field of a profile, stated or not; `now` in ms since 1970. */
export const fieldStates = (record: Evidenced, language: Language, now: number): readonly FieldState[] => {
  const { visibility } = textsOf(language)
  const valuesOf = valueReader(record, language)
  return FIELD_IDS.map(id => {
    const values = valuesOf(id)
    const date = newestDate(values)
    return {
      ...{ id, label: visibility.fields[id], values: [...values] },
      ...(date !== undefined && { date, ...ageOf(date, now) }),
      correct: correctionOf(id, values, record),
    }
  })
}
