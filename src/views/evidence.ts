import type { EvidencedValue } from '../model/comparison.ts'
import type { Fact } from '../model/fact.ts'
import type { SourceStatus } from '../model/status.ts'
import type { Claim, SourcedText, Supplier, SupplierRecord } from '../model/supplier.ts'

/** Which fact stands behind a value of a profile: the merged profile says what, its facts say who and when. */

/** What a value is read from: the profile, its facts, and the sources by name. */
export interface Evidenced extends SupplierRecord {
  readonly sources: readonly SourceStatus[]
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A property of a fact's value, whose form nobody has checked. */
export const fieldOf = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined)

const nameOf = (id: string, sources: readonly SourceStatus[]) => sources.find(source => source.id === id)?.name

const named = (id: string, sources: readonly SourceStatus[]): Pick<EvidencedValue, 'source' | 'sourceName'> => {
  const sourceName = nameOf(id, sources)
  return { source: id, ...(sourceName !== undefined && { sourceName }) }
}

/** The source of which a sentence gives the address alone, when it is the address of a whole data set. */
export const sourceAt = (address: string, { sources }: Pick<Evidenced, 'sources'>) => {
  const source = sources.find(each => each.url === address)
  return source === undefined ? {} : named(source.id, sources)
}

/** Attested facts first, then the newest. */
const byWeight = (a: Fact, b: Fact): number =>
  a.evidence.localeCompare(b.evidence) || b.provenance.sourceDate.localeCompare(a.provenance.sourceDate)

/** The strongest fact about a property that `states` the value; `undefined` when the value was computed. */
export const strongestFact = (
  { facts }: { readonly facts: readonly Fact[] },
  property: string,
  states: (value: unknown) => boolean,
): Fact | undefined => facts.filter(fact => fact.property === property && states(fact.value)).sort(byWeight)[0]

/** A text with the fact that it rests on, or alone when there is none. */
export const withFact = (text: string, fact: Fact | undefined, { sources }: Pick<Evidenced, 'sources'>) => {
  if (fact === undefined) return { text }
  const { source, sourceUrl, sourceDate, retrievedAt, excerpt } = fact.provenance
  return {
    text,
    evidence: fact.evidence,
    ...named(source, sources),
    ...{ sourceUrl, sourceDate, retrievedAt },
    ...(fact.period !== undefined && { period: fact.period }),
    ...(excerpt !== undefined && excerpt !== text && { excerpt }),
  } satisfies EvidencedValue
}

/** The same for a text or a claim, which carry their source themselves. */
export const withSource = (
  text: string,
  from: Pick<SourcedText & Claim, 'source' | 'sourceUrl' | 'retrievedAt' | 'evidence'> & {
    readonly excerpt?: string
    readonly period?: string
  },
  { sources }: Pick<Evidenced, 'sources'>,
): EvidencedValue => ({
  text,
  evidence: from.evidence,
  ...named(from.source, sources),
  sourceUrl: from.sourceUrl,
  retrievedAt: from.retrievedAt,
  ...(from.period !== undefined && { period: from.period }),
  ...(from.excerpt !== undefined && from.excerpt !== text && { excerpt: from.excerpt }),
})

/** Whether a location, as one source gives it, names the place that the profile shows. */
export const statesPlace =
  ({ location }: Pick<Supplier, 'location'>) =>
  (value: unknown): boolean => {
    const same = (name: 'commune' | 'communeName' | 'department' | 'region'): boolean =>
      location[name] !== undefined && fieldOf(value, name) === location[name]
    if (location.communeName !== undefined || location.commune !== undefined)
      return same('communeName') || same('commune')
    return same('department') || same('region')
  }
