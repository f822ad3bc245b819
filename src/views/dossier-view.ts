import { html } from 'ghtml'
import { brickLabel } from '../model/bricks.ts'
import { CLAIM_KINDS } from '../model/claim.ts'
import type {
  Annotation,
  Annotations,
  Decision,
  Dossier,
  DossierChanges,
  FrozenFact,
  FrozenSupplier,
} from '../model/dossier.ts'
import { FACETS } from '../model/facets.ts'
import type { Fact } from '../model/fact.ts'
import type { Language } from '../model/language.ts'
import { type RangeParameters, rangesOf, rangeTexts } from '../model/ranges.ts'
import { CRITERIA } from '../model/tender.ts'
import { claimText } from './components/claims.ts'
import { factValue } from './components/fact-value.ts'
import { fieldOf } from './evidence.ts'
import { formatNumber } from './format.ts'
import { textsOf } from './locales/texts.ts'
import type { Fragment } from './markup.ts'
import { pagePath } from './urls.ts'

/** What the page and the files of a dossier share: its words, its question and its facts as plain text. */

export interface DossierView {
  readonly dossier: Dossier
  /** SHA-256 of the frozen document, in hexadecimal. */
  readonly hash: string
  readonly annotations: Annotations
  /** Public address of the service, without a final slash. */
  readonly baseUrl: string
  /** Absent while decisions are written. */
  readonly changes?: DossierChanges
  /** The key that the reader has given: the page can be written on. */
  readonly key?: string
  readonly saved?: boolean
  /** Somebody else has saved since: what is shown was typed and not kept. */
  readonly stale?: boolean
}

export const dossierPath = (language: Language, id: string): string => pagePath(language, `/dossiers/${id}`)

export const dossierApiPath = (id: string, rest = ''): string => `/api/dossiers/${id}${rest}`

const instants = {
  fr: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'long', timeZone: 'Europe/Paris' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'long', timeZone: 'Europe/Paris' }),
}

/** "22 novembre 2026 à 12:41:01 UTC+1": the time of Paris, and by how much it differs. */
export const formatInstant = (iso: string, language: Language): string => {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : instants[language].format(date)
}

export const instantElement = (iso: string, language: Language): Fragment =>
  html`<time datetime="${iso}">${formatInstant(iso, language)}</time>`

/** "2026-11-22-9f3a2c41": a name for people, which tells nobody the address. */
export const referenceOf = ({
  dossier,
  hash,
}: {
  readonly dossier: Pick<Dossier, 'createdAt'>
  readonly hash: string
}): string => `${dossier.createdAt.slice(0, 10)}-${hash.slice(0, 8)}`

const listed = (names: readonly string[], language: Language): string =>
  new Intl.ListFormat(language === 'fr' ? 'fr' : 'en-GB', { type: 'conjunction' }).format(names)

/** The title that its author gave, or what the dossier is about. */
export const headingOf = ({ title, search, tender, suppliers }: Dossier, language: Language): string => {
  const { headings } = textsOf(language).dossier
  if (title !== undefined) return title
  if (search) return headings.search(search.query.text)
  if (tender) return headings.tender(tender.result.bricks.length)
  const names = suppliers.map(each => each.name)
  return headings.comparison(listed(names, language))
}

/** Label and value of each line of a description. */
export type Lines = readonly (readonly [label: string, value: string])[]

const filtersText = (filters: Readonly<Record<string, unknown>>, ranges: RangeParameters, language: Language): string =>
  [
    ...FACETS.flatMap(facet => {
      const values = filters[facet.name]
      if (!Array.isArray(values) || values.length === 0) return []
      return [`${facet.label[language]} : ${values.map(each => facet.valueLabel(String(each), language)).join(', ')}`]
    }),
    ...rangeTexts(rangesOf(ranges) ?? {}, language).map(({ label, text }) => `${label} : ${text}`),
  ].join(' ; ')

const searchLines = ({ search }: Dossier, language: Language): Lines => {
  if (search === undefined) return []
  const { dossier: texts, search: words } = textsOf(language)
  const { query, near, parameters, total } = search
  const understood = query.understood.map(({ span, label, brick }) =>
    texts.understood(span, label ?? (brick === undefined ? span : brickLabel(brick, language))),
  )
  return [
    [texts.facts.query, query.text === '' ? words.titleAll : query.text],
    ...(query.corrected === null ? [] : [[texts.facts.corrected, query.corrected] as const]),
    ...(understood.length === 0 ? [] : [[words.understood, understood.join(' ; ')] as const]),
    [texts.facts.filters, filtersText(parameters, parameters, language) || texts.none],
    ...(near === undefined ? [] : [[texts.facts.place, `${near.label}, ${near.radiusKm} km`] as const]),
    ...(query.relaxed.length === 0 ? [] : [[words.relaxed, query.relaxed.join(', ')] as const]),
    [texts.facts.total, formatNumber(total, language)],
  ]
}

const tenderLines = ({ tender: frozen }: Dossier, language: Language): Lines => {
  if (frozen === undefined) return []
  const { dossier: texts, tender } = textsOf(language)
  const { filters, ranges = {}, near, weights } = frozen.choices
  const weighed = CRITERIA.filter(name => weights[name] > 0).map(name => `${tender.criteria[name]} ${weights[name]}`)
  return [
    [texts.facts.filters, filtersText(filters, ranges, language) || texts.none],
    ...(near === undefined ? [] : [[texts.facts.place, near.label] as const]),
    [texts.facts.weights, weighed.join(', ') || texts.none],
  ]
}

/** What was asked, of which index, and how to check it: the head of the page and of every file. */
export const questionLines = (view: DossierView, language: Language): Lines => {
  const { dossier, hash, baseUrl } = view
  const { dossier: texts } = textsOf(language)
  const { facts } = texts
  const { index, program, order } = dossier
  const rule = order.rule === undefined ? '' : ` (${order.rule})`
  return [
    [facts.kind, texts.kind[dossier.kind]],
    ...searchLines(dossier, language),
    ...tenderLines(dossier, language),
    [facts.order, texts.order[order.by] + rule],
    [facts.listed, formatNumber(dossier.suppliers.length, language)],
    [facts.created, formatInstant(dossier.createdAt, language)],
    [facts.expires, formatInstant(dossier.expiresAt, language)],
    [
      facts.index,
      index.version === '' ? texts.none : texts.builtOn(index.version, formatInstant(index.builtAt, language)),
    ],
    [facts.program, `${program.name} ${program.version}`],
    [facts.address, baseUrl + dossierPath(language, dossier.id)],
    [facts.hash, hash],
  ]
}

/** A supplier's annotation; one without a word has no decision. */
export const annotationsBySiren = ({ entries }: Annotations): ((siren: string) => Omit<Annotation, 'siren'>) => {
  const known = new Map<string, Annotation>(entries.map(each => [each.siren, each]))
  return siren => known.get(siren) ?? { decision: 'undecided', reason: '' }
}

/** How many suppliers have each decision. */
export const countDecisions = ({ dossier, annotations }: DossierView): Readonly<Record<Decision, number>> => {
  const of = annotationsBySiren(annotations)
  const counts = { undecided: 0, kept: 0, rejected: 0 }
  for (const { siren } of dossier.suppliers) counts[of(siren).decision]++
  return counts
}

/** A fact as every form of the dossier shows it. */
export interface FactRow {
  readonly property: string
  readonly value: string
  readonly evidence: Fact['evidence']
  readonly period: string | undefined
  readonly source: string
  readonly sourceUrl: string
  readonly sourceDate: string
  readonly retrievedAt: string
  readonly excerpt: string | undefined
}

const claimValue = (value: unknown, language: Language): string | undefined => {
  const kind = CLAIM_KINDS.find(each => each === fieldOf(value, 'kind'))
  const said = fieldOf(value, 'value')
  return kind === undefined || typeof said !== 'string' ? undefined : claimText({ kind, value: said }, language)
}

const propertyLabel = (property: string, language: Language): string =>
  Object.entries(textsOf(language).supplier.properties).find(([name]) => name === property)?.[1] ?? property

/** The facts of a supplier, in the dossier's order, with the names of its sources on that day. */
export const factRows = ({ facts }: FrozenSupplier, { sources }: Dossier, language: Language): readonly FactRow[] =>
  facts.map((fact: FrozenFact) => {
    const { source, sourceUrl, sourceDate, retrievedAt, excerpt } = fact.provenance
    const value = fact.property === 'claim' ? claimValue(fact.value, language) : undefined
    const text = value ?? factValue(fact, language)
    return {
      property: propertyLabel(fact.property, language),
      value: text,
      ...{ evidence: fact.evidence, period: fact.period },
      source: sources.find(each => each.id === source)?.name ?? source,
      ...{ sourceUrl, sourceDate, retrievedAt },
      excerpt: excerpt === text ? undefined : excerpt,
    }
  })

/** The one-line command that computes the hash again. */
export const verifyCommand = ({ dossier, baseUrl }: Pick<DossierView, 'dossier' | 'baseUrl'>): string =>
  `curl -fsS ${baseUrl}${dossierApiPath(dossier.id)} | sha256sum`
