import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { InvalidParameterError } from '../errors.ts'
import { FACET_NAMES, type FacetName } from '../model/facets.ts'
import { type Filters, type Near, RangeParameterSchemas } from '../model/query.ts'
import { type RangeParameters, rangeParameters } from '../model/ranges.ts'
import { parseSiren } from '../model/siren.ts'
import {
  BRICK_STATUSES,
  type BrickStatus,
  CRITERIA,
  type CriteriaWeights,
  type Criterion,
  DEFAULT_WEIGHTS,
  MAX_WEIGHT,
} from '../model/tender.ts'
import { resolvePlace } from '../search/place.ts'
import type { TenderChoices } from '../search/tender/tenders.ts'
import { checkedRanges } from './checked-ranges.ts'

/** What a request asks of a tender's text: one form for JSON, and one for the fields of a page's form. */

const MOST_VALUES = 50
const MOST_TERMS = 20
const LONGEST_NAME = 100

const named = <Name extends string, T>(names: readonly Name[], schema: T) =>
  Object.fromEntries(names.map(name => [name, schema])) as Record<Name, T>

const weight = Type.Optional(
  Type.Integer({ minimum: 0, maximum: MAX_WEIGHT, description: '0 : ne compte pas ; 3 : décisif.' }),
)
const filter = Type.Optional(
  Type.Array(Type.String({ minLength: 1, maxLength: LONGEST_NAME }), { maxItems: MOST_VALUES }),
)
const status = Type.Unsafe<BrickStatus>(Type.Enum([...BRICK_STATUSES]))

/** The JSON body of `POST /api/tenders`. */
export const TenderBody = Type.Object(
  {
    text: Type.String({ description: 'Le texte. « # » devant un titre et un saut de page (U+000C) sont compris.' }),
    filters: Type.Optional(
      Type.Object(
        { ...named(FACET_NAMES, filter), ...RangeParameterSchemas },
        { additionalProperties: false, description: 'Les facettes et les plages de la recherche.' },
      ),
    ),
    weights: Type.Optional(Type.Object(named(CRITERIA, weight), { additionalProperties: false })),
    near: Type.Optional(
      Type.String({ maxLength: LONGEST_NAME, description: 'Lieu du critère de proximité ; il ne filtre personne.' }),
    ),
    statuses: Type.Optional(
      Type.Record(Type.String({ maxLength: LONGEST_NAME }), status, {
        description: 'Le statut que le rédacteur donne à une brique.',
      }),
    ),
    terms: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: LONGEST_NAME }), {
        maxItems: MOST_TERMS,
        description: 'Termes retenus hors vocabulaire.',
      }),
    ),
    missing: Type.Optional(
      Type.Object(
        {
          text: Type.String({ minLength: 1, maxLength: LONGEST_NAME }),
          chosen: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: MOST_VALUES })),
        },
        { additionalProperties: false, description: 'La brique qui manque, et les SIREN avec qui elle doit aller.' },
      ),
    ),
  },
  { additionalProperties: false },
)
export type TenderBody = Static<typeof TenderBody>

/** No place bounds anybody here: the radius is never used. */
const ANY_RADIUS_KM = 20_000

const findNear = (text: string): Near | undefined => {
  if (text.trim() === '') return undefined
  const place = resolvePlace(text, ANY_RADIUS_KM)
  if (place.kind === 'found') return place.near
  throw new InvalidParameterError('near', {
    fr: '« near » : lieu inconnu ou sans coordonnées. Donnez le nom d’une commune (« Saint-Denis (93) »), son code Insee, ou « latitude,longitude ».',
    en: '“near”: unknown place, or one without coordinates. Give the name of a commune (“Saint-Denis (93)”), its Insee code, or “latitude,longitude”.',
  })
}

/** The ranges of choices, as they were given; absent without any. Throws as `checkedRanges`. */
const rangesChosen = (ranges: RangeParameters): { readonly ranges?: RangeParameters } =>
  checkedRanges(ranges) ? { ranges } : {}

/** The choices of a JSON body that its schema has passed. */
export const choicesOfBody = (body: TenderBody): TenderChoices => {
  const { filters: narrowed = {}, weights = {}, near = '', statuses = {}, terms = [], missing } = body
  const { foundedFrom: _from, foundedTo: _to, updatedSince: _since, ...filters } = narrowed
  return {
    filters: filters as Filters,
    ...rangesChosen(rangeParameters(narrowed)),
    weights: { ...DEFAULT_WEIGHTS, ...weights },
    near: findNear(near),
    statuses: new Map(Object.entries(statuses)),
    terms: [...new Set(terms)],
    ...(missing && {
      missing: { text: missing.text, chosen: (missing.chosen ?? []).flatMap(each => parseSiren(each) ?? []) },
    }),
  }
}

export const NO_CHOICES: TenderChoices = choicesOfBody({ text: '' })

/** The fields of a form, by name; a name may come several times. */
export type FormFields = ReadonlyMap<string, readonly string[]>

const WEIGHT_FIELD = 'weight.'
const STATUS_FIELD = 'status.'
/** What the page's form carries for "Figer un dossier"; the analysis takes no notice of it. */
const DOSSIER_FIELD = 'dossier.'
const PLAIN_FIELDS = new Set(['text', 'name', 'near', 'term', 'missing', 'chosen', 'file'])

const isStatus = (text: string): text is BrickStatus => (BRICK_STATUSES as readonly string[]).includes(text)
const isCriterion = (text: string): text is Criterion => (CRITERIA as readonly string[]).includes(text)
const isFacet = (text: string): text is FacetName => (FACET_NAMES as readonly string[]).includes(text)

const unknownField = (name: string): InvalidParameterError =>
  new InvalidParameterError(name.slice(0, 60), {
    fr: `« ${name.slice(0, 60)} » : champ ou valeur inconnus.`,
    en: `“${name.slice(0, 60)}”: unknown field or value.`,
  })

const isRange = (text: string): text is keyof typeof RangeParameterSchemas => Object.hasOwn(RangeParameterSchemas, text)

/** The range parameters of a form; a box that was left empty is no bound. */
const rangesOfFields = (fields: FormFields): RangeParameters => {
  const ranges: Record<string, number | string> = {}
  for (const [name, [value = '']] of fields) {
    if (!isRange(name) || value === '') continue
    const bound = name === 'updatedSince' ? value : Number(value)
    if (!Check(RangeParameterSchemas[name], bound)) throw unknownField(name)
    ranges[name] = bound
  }
  return ranges
}

const weightOf = (name: string, text: string): number => {
  if (/^[0-3]$/.test(text)) return Number(text)
  throw unknownField(name)
}

/** The choices of a form's fields; an unknown field is a 400 that names it. */
export const choicesOfFields = (fields: FormFields): TenderChoices => {
  const weights: Record<Criterion, number> = { ...DEFAULT_WEIGHTS } satisfies CriteriaWeights
  const statuses = new Map<string, BrickStatus>()
  const filters: Partial<Record<FacetName, readonly string[]>> = {}
  for (const [name, values] of fields) {
    const [value = ''] = values
    const criterion = name.startsWith(WEIGHT_FIELD) ? name.slice(WEIGHT_FIELD.length) : ''
    if (isCriterion(criterion)) weights[criterion] = weightOf(name, value)
    else if (name.startsWith(STATUS_FIELD) && isStatus(value)) statuses.set(name.slice(STATUS_FIELD.length), value)
    else if (isFacet(name)) {
      const given = values.filter(each => each !== '').slice(0, MOST_VALUES)
      if (given.length > 0) filters[name] = given
    } else if (!PLAIN_FIELDS.has(name) && !isRange(name) && !name.startsWith(DOSSIER_FIELD)) throw unknownField(name)
  }
  const all = (name: string): readonly string[] => (fields.get(name) ?? []).filter(each => each.trim() !== '')
  const missing = (fields.get('missing')?.[0] ?? '').trim().slice(0, LONGEST_NAME)
  return {
    filters,
    ...rangesChosen(rangesOfFields(fields)),
    weights,
    near: findNear((fields.get('near')?.[0] ?? '').slice(0, LONGEST_NAME)),
    statuses,
    terms: [...new Set(all('term').map(term => term.slice(0, LONGEST_NAME)))].slice(0, MOST_TERMS),
    ...(missing !== '' && {
      missing: {
        text: missing,
        chosen: all('chosen')
          .flatMap(each => parseSiren(each) ?? [])
          .slice(0, MOST_VALUES),
      },
    }),
  }
}
