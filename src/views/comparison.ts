import { brickLabel } from '../model/bricks.ts'
import type { ClaimKind } from '../model/claim.ts'
import {
  type ComparedCriterion,
  type Comparison,
  CRITERIA,
  type Criterion,
  type EvidencedValue,
} from '../model/comparison.ts'
import { facetByName } from '../model/facets.ts'
import { MATURITY_LABELS, SIZE_LABELS, STATE_LABELS, YES_NO_LABELS } from '../model/labels.ts'
import type { Language } from '../model/language.ts'
import { shownBricks } from '../model/shown-bricks.ts'
import type { SourceStatus } from '../model/status.ts'
import type { Certification, Label, Offer, SupplierRecord } from '../model/supplier.ts'
import { claimText } from './components/claims.ts'
import { placeOf } from './components/place.ts'
import { type Evidenced, fieldOf, sourceAt, statesPlace, strongestFact, withFact, withSource } from './evidence.ts'
import { formatDate } from './format.ts'
import { textsOf } from './locales/texts.ts'

/** What one profile says on a criterion: nothing when no source says anything. */
type Reader = (record: Evidenced, language: Language) => readonly EvidencedValue[]

/** A long description is read on the profile. */
const MAX_TEXT = 320
const cut = (text: string): string => (text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1).trimEnd()}…`)

const stated = (record: Evidenced, property: string, value: unknown, text: string): EvidencedValue =>
  withFact(
    text,
    strongestFact(record, property, each => each === value),
    record,
  )

const one = <T>(value: T | undefined, make: (value: T) => EvidencedValue): readonly EvidencedValue[] =>
  value === undefined ? [] : [make(value)]

const activity: Reader = record => {
  const { tagline, description } = record.supplier
  const property = tagline === undefined ? 'description' : 'tagline'
  return one(tagline ?? description, said => {
    const text = cut(said.text)
    const fact = strongestFact(record, property, value => value === said.text)
    return fact === undefined ? withSource(text, said, record) : withFact(text, fact, record)
  })
}

const bricks: Reader = (record, language) =>
  shownBricks(record.supplier).map(id => {
    const label = brickLabel(id, language)
    const found = record.supplier.foundBricks?.find(each => each.brick === id)
    if (record.supplier.bricks.includes(id) || found === undefined) return stated(record, 'brick', id, label)
    const { sourceUrl, retrievedAt, evidence, period, sentence } = found
    const said = { evidence, sourceUrl, retrievedAt, excerpt: sentence, ...(period !== undefined && { period }) }
    return { text: textsOf(language).compare.found(label), ...said, ...sourceAt(sourceUrl, record) }
  })

const offers: Reader = (record, language) => {
  const { offerKind } = textsOf(language).compare
  const text = ({ name, kind, maturity }: Offer): string => {
    const notes = [offerKind[kind], ...(maturity === undefined ? [] : [MATURITY_LABELS[maturity][language]])]
    return `${name} (${notes.join(', ')})`
  }
  return record.supplier.offers.map(offer =>
    withFact(
      text(offer),
      strongestFact(record, 'offer', value => fieldOf(value, 'name') === offer.name),
      record,
    ),
  )
}

const place: Reader = record =>
  one(placeOf(record.supplier.location), text =>
    withFact(text, strongestFact(record, 'location', statesPlace(record.supplier)), record),
  )

const size: Reader = (record, language) => {
  const { headcount, sizeCategory } = record.supplier
  if (headcount !== undefined) return [stated(record, 'headcount', headcount, headcount)]
  return one(sizeCategory, value => stated(record, 'sizeCategory', value, SIZE_LABELS[value][language]))
}

const state: Reader = (record, language) =>
  one(record.supplier.state, value => stated(record, 'state', value, STATE_LABELS[value][language]))

const founded: Reader = record => one(record.supplier.founded, value => stated(record, 'founded', value, String(value)))

const sameId =
  (id: string) =>
  (value: unknown): boolean =>
    fieldOf(value, 'id') === id

const labels: Reader = record => {
  const text = ({ name, years }: Label): string => (years.length === 0 ? name : `${name} (${years.join(', ')})`)
  // The fact of one year would date the others: the years stand in the text.
  const noPeriod = ({ period: _, ...value }: EvidencedValue): EvidencedValue => value
  return record.supplier.labels.map(label =>
    noPeriod(withFact(text(label), strongestFact(record, 'label', sameId(label.id)), record)),
  )
}

const certifications: Reader = (record, language) => {
  const { certificate, notGiven } = textsOf(language).compare
  const text = ({ name, scope = notGiven, validUntil, number = notGiven }: Certification): string =>
    `${name} (${certificate(scope, validUntil === undefined ? notGiven : formatDate(validUntil, language), number)})`
  return record.supplier.certifications.map(each =>
    withFact(text(each), strongestFact(record, 'certification', sameId(each.id)), record),
  )
}

const hosting: Reader = (record, language) =>
  record.supplier.hosting.map(code =>
    stated(record, 'hosting', code, facetByName('hosting')?.valueLabel(code, language) ?? code),
  )

/** What the firm's site declares, of some kinds. */
const claims =
  (...kinds: readonly ClaimKind[]): Reader =>
  (record, language) =>
    kinds.flatMap(kind =>
      (record.supplier.claims ?? [])
        .filter(claim => claim.kind === kind)
        .map(claim => withSource(claimText(claim, language), claim, record)),
    )

const publicReferences: Reader = (record, language) => {
  const texts = textsOf(language).compare
  const contracts = one(record.supplier.publicReference, value =>
    stated(record, 'publicReference', value, value ? texts.contract : texts.noContract),
  )
  const customers = (record.supplier.claims ?? []).filter(each => each.kind === 'customer' && each.public === true)
  return [...contracts, ...customers.map(claim => withSource(texts.customer(claim.value), claim, record))]
}

const ess: Reader = (record, language) =>
  one(record.supplier.ess, value =>
    stated(record, 'ess', value, YES_NO_LABELS[value ? 'yes' : 'no']?.[language] ?? String(value)),
  )

const updated: Reader = ({ supplier }, language) => [{ text: formatDate(supplier.updatedAt, language) }]

const READERS: Readonly<Record<Criterion, Reader>> = {
  activity,
  bricks,
  offers,
  place,
  size,
  state,
  founded,
  labels,
  certifications,
  hosting,
  sovereignty: claims('sovereignty'),
  licences: claims('licence', 'repository'),
  prices: claims('price', 'pricing-page'),
  support: claims('support'),
  training: claims('training'),
  accessibility: claims('accessibility'),
  publicReferences,
  ess,
  updated,
}

/** The same text from two pages is one value: the first, attested ones first. */
const distinct = (values: readonly EvidencedValue[]): EvidencedValue[] => {
  const kept = new Map<string, EvidencedValue>()
  for (const value of values) {
    const known = kept.get(value.text)
    if (known === undefined || (known.evidence !== 'attested' && value.evidence === 'attested'))
      kept.set(value.text, value)
  }
  return [...kept.values()].filter(value => value.text !== '')
}

type Cells = ComparedCriterion['cells']

const key = ({ values }: Cells[number]): string => JSON.stringify(values.map(value => value.text).sort())

const agreementOf = (cells: Cells): ComparedCriterion['agreement'] => {
  if (cells.every(cell => cell.values.length === 0)) return 'unknown'
  return new Set(cells.map(key)).size === 1 ? 'same' : 'differs'
}

/** What several share comes first in each cell: the eye meets it on one line. */
const sharedFirst = (cells: Cells): Cells => {
  const holders = new Map<string, number>()
  for (const { values } of cells) for (const { text } of values) holders.set(text, (holders.get(text) ?? 0) + 1)
  const shares = ({ text }: EvidencedValue): number => holders.get(text) ?? 0
  return cells.map(({ siren, values }) => ({ siren, values: values.toSorted((a, b) => shares(b) - shares(a)) }))
}

/** Profiles on the same criteria, each value with its proof, source and date. */
export const comparisonOf = (
  records: readonly SupplierRecord[],
  sources: readonly SourceStatus[],
  language: Language,
): Comparison => {
  const texts = textsOf(language).compare
  const criterion = (id: Criterion): ComparedCriterion => {
    const cells = records.map(record => ({
      siren: record.supplier.siren,
      values: distinct(READERS[id]({ ...record, sources }, language)),
    }))
    return { id, label: texts.criteria[id], agreement: agreementOf(cells), cells: sharedFirst(cells) }
  }
  return {
    suppliers: records.map(({ supplier: { siren, name, unnamed, state: current } }) => ({
      ...{ siren, name, unnamed },
      ...(current !== undefined && { state: current }),
    })),
    criteria: CRITERIA.map(criterion),
  }
}
