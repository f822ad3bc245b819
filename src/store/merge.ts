import { CLAIM_KINDS } from '../model/claim.ts'
import type { Fact } from '../model/fact.ts'
import { formatSiren, type Siren } from '../model/siren.ts'
import {
  type Certification,
  type Claim,
  type FactProperty,
  type FactValues,
  type Label,
  type Offer,
  ROLES,
  type SourcedText,
  type Supplier,
  type Text,
} from '../model/supplier.ts'
import { THEMES } from '../model/themes.ts'
import { nameKey } from '../text/name-key.ts'
import { type FactOf, isFactOf } from './fact-values.ts'
import { mergeLocations } from './merge-location.ts'
import { byPrecedence, byText, canonical, isDeclaredHere } from './merge-rules.ts'

/** The facts of one property, the winner first. */
type Statements = <P extends FactProperty>(property: P) => readonly (Fact & FactOf<P>)[]

/** Lists that a firm corrects as a whole: what it takes off the list must not come back from another source. */
const OWN_LISTS: ReadonlySet<string> = new Set(['tag', 'brick', 'role', 'offer'])

/** All facts, or those that the firm has declared where its word replaces a list. */
const counting = (property: string, facts: readonly Fact[]): readonly Fact[] => {
  const own = OWN_LISTS.has(property) ? facts.filter(isDeclaredHere) : []
  return own.length > 0 ? own : facts
}

const statementsOf = (facts: readonly Fact[]): Statements => {
  const groups = Map.groupBy(facts, fact => fact.property)
  return property =>
    byPrecedence(
      property,
      counting(property, groups.get(property) ?? []).filter(fact => isFactOf(fact, property)),
    )
}

/** One of each key, the first to come. */
const distinctBy = <T>(values: readonly T[], key: (value: T) => string): readonly T[] => {
  const seen = new Set<string>()
  return values.filter(value => seen.size < seen.add(key(value)).size)
}

/** A key for spellings that differ in case, accents, spaces or legal form. A name of nothing else stays as it is. */
const spellingKey = (name: string): string => nameKey(name) || name

const foldedKey = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s’'-]+/gu, ' ')

/** Registers write in capitals without accents: of the same name, the first spelling with small letters is shown. */
const bestSpelling = (name: string, statements: readonly FactOf<'name'>[]): string => {
  if (/\p{Ll}/u.test(name)) return name
  const same = statements.filter(fact => spellingKey(fact.value) === spellingKey(name))
  return same.find(fact => /\p{Ll}/u.test(fact.value))?.value ?? name
}

type Names = Pick<Supplier, 'name' | 'unnamed' | 'otherNames'>
const mergeNames = (siren: Siren, statements: readonly FactOf<'name'>[]): Names => {
  const [name, ...otherNames] = distinctBy(
    statements.map(fact => fact.value),
    spellingKey,
  )
  return name === undefined
    ? { name: `SIREN ${formatSiren(siren)}`, unnamed: true, otherNames: [] }
    : { name: bestSpelling(name, statements), unnamed: false, otherNames }
}

const sourced = ([fact]: readonly FactOf<'tagline' | 'description'>[]): SourcedText | undefined =>
  fact && {
    text: fact.value,
    source: fact.provenance.source,
    sourceUrl: fact.provenance.sourceUrl,
    retrievedAt: fact.provenance.retrievedAt,
    evidence: fact.evidence,
    ...(fact.period !== undefined && { period: fact.period }),
  }

/** Every distinct value: in the order of `vocabulary` where it has one, the others after it by their text. */
const union = <T extends string>(values: readonly T[], vocabulary: readonly string[] = []): T[] => {
  const rank = new Map(vocabulary.map((value, index) => [value, index]))
  const order = (value: string): number => rank.get(value) ?? vocabulary.length
  return [...new Set(values)].sort((a, b) => order(a) - order(b) || byText(a, b))
}

const mergeTags = (statements: readonly FactOf<'tag'>[]): string[] =>
  distinctBy(
    statements.map(fact => fact.value),
    foldedKey,
  ).toSorted((a, b) => byText(foldedKey(a), foldedKey(b)) || byText(a, b))

const yearsOf = (facts: readonly FactOf<'label'>[]): number[] =>
  [...new Set(facts.map(fact => Number(fact.period)).filter(year => Number.isInteger(year) && year > 0))].sort(
    (a, b) => a - b,
  )

/** One label per distinction, with all its years: several awards of one firm make one profile. */
const mergeLabels = (statements: readonly FactOf<'label'>[]): Label[] =>
  [...Map.groupBy(statements, fact => fact.value.id)]
    .map(([id, facts]) => ({
      id,
      name: facts[0]?.value.name ?? id,
      years: yearsOf(facts),
      evidence: facts.some(fact => fact.evidence === 'attested') ? ('attested' as const) : ('declared' as const),
    }))
    .sort((a, b) => byText(a.id, b.id))

/** One statement per certificate, never mixed from two: an attested one before a declared one. */
const mergeCertifications = (statements: readonly FactOf<'certification'>[]): Certification[] =>
  [...Map.groupBy(statements, fact => fact.value.id).values()]
    .flatMap(facts => facts.find(fact => fact.evidence === 'attested') ?? facts.slice(0, 1))
    .map(({ value: { id, name, scope, issued, validUntil, number }, evidence }) => ({
      id,
      name,
      evidence,
      ...(scope !== undefined && { scope }),
      ...(issued !== undefined && { issued }),
      ...(validUntil !== undefined && { validUntil }),
      ...(number !== undefined && { number }),
    }))
    .sort((a, b) => byText(a.id, b.id))

const claimOf = ({ value, evidence, provenance }: FactOf<'claim'>): Claim => ({
  ...value,
  evidence,
  source: provenance.source,
  sourceUrl: provenance.sourceUrl,
  retrievedAt: provenance.retrievedAt,
  ...(provenance.excerpt !== undefined && { excerpt: provenance.excerpt }),
})

/** One of each value, by kind; of the signs of life the latest alone. */
const mergeClaims = (statements: readonly FactOf<'claim'>[]): Claim[] => {
  const latest = statements.map(fact => fact.value).filter(({ kind }) => kind === 'news')
  const newest = latest
    .map(({ value }) => value)
    .sort(byText)
    .at(-1)
  return distinctBy(
    statements.filter(({ value }) => value.kind !== 'news' || value.value === newest).map(claimOf),
    claim => (claim.kind === 'news' ? 'news' : `${claim.kind} ${foldedKey(claim.value)}`),
  ).toSorted(
    (a, b) =>
      CLAIM_KINDS.indexOf(a.kind) - CLAIM_KINDS.indexOf(b.kind) || byText(foldedKey(a.value), foldedKey(b.value)),
  )
}

const mergeOffers = (statements: readonly FactOf<'offer'>[]): Offer[] =>
  distinctBy(
    statements.map(fact => fact.value),
    offer => `${offer.kind} ${foldedKey(offer.name)}`,
  ).toSorted((a, b) => byText(a.kind, b.kind) || byText(foldedKey(a.name), foldedKey(b.name)) || byText(a.name, b.name))

const textOf = (fact: FactOf<'text'>): Text => ({
  kind: fact.value.kind,
  title: fact.value.title,
  url: fact.value.url,
  retrievedAt: fact.provenance.retrievedAt,
  evidence: fact.evidence,
  ...(fact.period !== undefined && { period: fact.period }),
  passages: [...fact.value.passages],
})

/** A page is known by its address; an award's summary by its words, since a set of awards has one address for all. */
const textKey = (text: Text): string =>
  text.kind === 'page' ? `page ${text.url}` : canonical([text.kind, text.title, text.period ?? '', text.passages])

/** Pages first, then awards, the latest first. */
const mergeTexts = (statements: readonly FactOf<'text'>[]): Text[] =>
  distinctBy(statements.map(textOf), textKey).toSorted(
    (a, b) =>
      byText(b.kind, a.kind) ||
      byText(b.period ?? '', a.period ?? '') ||
      byText(a.url, b.url) ||
      byText(a.title, b.title) ||
      byText(canonical(a.passages), canonical(b.passages)),
  )

const SINGLE = [
  'website',
  'websiteState',
  'state',
  'naf',
  'sizeCategory',
  'headcount',
  'founded',
  'ess',
  'publicReference',
] as const
type Single = Pick<Supplier, (typeof SINGLE)[number]>

/** The properties of which the winner's value is the profile's. */
const mergeSingles = (of: Statements): Single => {
  const winner = <P extends FactProperty>(property: P): FactValues[P] | undefined => of(property)[0]?.value
  return Object.fromEntries(
    SINGLE.map(property => [property, winner(property)] as const).filter(([, value]) => value !== undefined),
  )
}

/**
 * One profile out of everything that is stated of a supplier; `undefined` when nothing is. `merge-rules.ts` says who
 * wins; lists are the union of all statements, but for the tags, bricks, roles and offers that a firm has declared: they
 * stand alone. The order of the facts does not matter.
 */
export const mergeFacts = (siren: Siren, facts: readonly Fact[]): Supplier | undefined => {
  if (facts.length === 0) return undefined
  const of = statementsOf(facts)
  const tagline = sourced(of('tagline'))
  const description = sourced(of('description'))
  const offers = mergeOffers(of('offer'))
  const claims = mergeClaims(of('claim'))
  const valuesOf = <P extends 'theme' | 'brick' | 'role' | 'hosting'>(property: P) =>
    of(property).map(fact => fact.value)
  return {
    siren,
    ...mergeNames(siren, of('name')),
    ...(tagline && { tagline }),
    ...(description && { description }),
    ...mergeSingles(of),
    location: mergeLocations(of('location').map(fact => fact.value)),
    themes: union(
      valuesOf('theme'),
      THEMES.map(theme => theme.id),
    ),
    bricks: union([...valuesOf('brick'), ...offers.flatMap(offer => offer.bricks)]),
    tags: mergeTags(of('tag')),
    offers,
    roles: union(valuesOf('role'), ROLES),
    labels: mergeLabels(of('label')),
    certifications: mergeCertifications(of('certification')),
    hosting: union(valuesOf('hosting')),
    ...(claims.length > 0 && { claims }),
    texts: mergeTexts(of('text')),
    sources: union(facts.map(fact => fact.provenance.source)),
    updatedAt: facts.map(fact => fact.provenance.sourceDate).reduce((a, b) => (a > b ? a : b)),
  }
}
