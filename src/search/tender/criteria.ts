import { distanceKm } from '../../model/geography.ts'
import type { Language, Localised } from '../../model/language.ts'
import type { Near } from '../../model/query.ts'
import type { Supplier } from '../../model/supplier.ts'
import {
  CRITERIA,
  type CriteriaWeights,
  type Criterion,
  type TenderBrick,
  type TenderCell,
  type TenderReason,
} from '../../model/tender.ts'

/**
 * What a supplier is worth by the writer's weights. What no source says is shown as unknown and counted half way, with
 * the range between the worst and the best that it may hide: never as zero, which would punish whoever is silent.
 */

/** What is known by one criterion, from 0 to 1, with the reason; `value` absent when no source says anything. */
interface Finding {
  readonly value?: number
  readonly detail: string
}

export interface CriteriaContext {
  readonly language: Language
  /** The bricks of the columns. */
  readonly bricks: readonly Pick<TenderBrick, 'id' | 'status' | 'weight'>[]
  /** Where the writer wants suppliers to be near. */
  readonly near?: Near | undefined
}

export const CRITERION_LABELS: Readonly<Record<Criterion, Localised>> = {
  coverage: { fr: 'Briques couvertes', en: 'Bricks covered' },
  references: { fr: 'Références', en: 'References' },
  proximity: { fr: 'Proximité', en: 'Proximity' },
  social: { fr: 'Social', en: 'Social' },
  environment: { fr: 'Environnement', en: 'Environment' },
  cyber: { fr: 'Cybersécurité', en: 'Cybersecurity' },
  sovereignty: { fr: 'Souveraineté', en: 'Sovereignty' },
  training: { fr: 'Formation des utilisateurs', en: 'User training' },
}

const UNKNOWN: Localised = { fr: 'non renseigné, compté à mi-chemin', en: 'not stated, counted half way' }
const NO_PLACE: Localised = { fr: 'aucun lieu donné, compté à mi-chemin', en: 'no place given, counted half way' }
/** A claim of the firm's counts less than a register's word. */
const DECLARED_SHARE = 0.8
const OPTIONAL_SHARE = 0.5
/** From here on, distance makes no difference. */
const FAR_KM = 500

const coverage = (cells: readonly TenderCell[], { bricks, language }: CriteriaContext): Finding => {
  const byId = new Map(cells.map(cell => [cell.brick, cell]))
  const share = { attested: 1, declared: DECLARED_SHARE, unknown: 0 } as const
  let got = 0
  let all = 0
  let covered = 0
  for (const { id, status, weight } of bricks) {
    // A brick that is hardly mentioned still is asked for.
    const part = (status === 'required' ? 1 : OPTIONAL_SHARE) * (0.25 + weight)
    const known = byId.get(id)?.coverage ?? 'unknown'
    all += part
    got += part * share[known]
    if (known !== 'unknown') covered++
  }
  const detail =
    language === 'fr' ? `${covered} sur ${bricks.length} documentées` : `${covered} of ${bricks.length} documented`
  return { value: all === 0 ? 0 : got / all, detail }
}

const references = ({ publicReference, claims = [] }: Supplier, { language }: CriteriaContext): Finding => {
  if (publicReference) return { value: 1, detail: language === 'fr' ? 'référence publique' : 'public-sector reference' }
  const customers = claims.filter(claim => claim.kind === 'customer')
  if (customers.length > 0) {
    const isPublic = customers.some(claim => claim.public === true)
    const detail =
      language === 'fr'
        ? `${customers.length} clients cités par l’entreprise`
        : `${customers.length} customers named by the firm`
    return { value: isPublic ? DECLARED_SHARE : 0.5, detail }
  }
  if (publicReference === false)
    return { value: 0, detail: language === 'fr' ? 'aucun marché connu' : 'no known contract' }
  return { detail: UNKNOWN[language] }
}

const proximity = ({ location }: Supplier, { near, language }: CriteriaContext): Finding => {
  if (near === undefined) return { detail: NO_PLACE[language] }
  const { latitude, longitude } = location
  if (latitude === undefined || longitude === undefined) return { detail: UNKNOWN[language] }
  const km = distanceKm(near.latitude, near.longitude, latitude, longitude)
  return { value: Math.max(0, 1 - km / FAR_KM), detail: `${Math.round(km)} km` }
}

/** A criterion that certificates, labels and distinctions speak to. */
const named = (supplier: Supplier, ids: readonly string[], language: Language): Finding => {
  const found = [...supplier.certifications, ...supplier.labels].filter(each => ids.includes(each.id))
  if (found.length === 0) return { detail: UNKNOWN[language] }
  const attested = found.some(each => each.evidence === 'attested')
  return { value: attested ? 1 : DECLARED_SHARE, detail: [...new Set(found.map(each => each.name))].join(', ') }
}

const SOCIAL = ['esus', 'entreprise-a-mission', 'b-corp', 'engage-rse', 'lucie-26000', 'iso-26000', 'ecovadis']
const ENVIRONMENT = [
  'iso-14001',
  'iso-50001',
  'numerique-responsable',
  'b-corp',
  'solar-impulse',
  'rge',
  'lucie-26000',
  'ecovadis',
]
const CYBER = [
  'iso-27001',
  'iso-27017',
  'iso-27018',
  'secnumcloud',
  'hds',
  'cspn',
  'passi',
  'expertcyber',
  'france-cybersecurity',
]

const social = (supplier: Supplier, { language }: CriteriaContext): Finding => {
  if (supplier.ess) return { value: 1, detail: language === 'fr' ? 'économie sociale et solidaire' : 'social economy' }
  return named(supplier, SOCIAL, language)
}

const SOVEREIGN: Readonly<Record<string, number>> = {
  'data-in-france': 1,
  'no-foreign-law': 1,
  'on-premises': 0.9,
  'data-in-eu': 0.7,
  'made-in-france': 0.6,
}
const EUROPE = new Set('FR AT BE BG HR CY CZ DK EE FI DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '))

const sovereignty = (supplier: Supplier, { language }: CriteriaContext): Finding => {
  const qualified = named(supplier, ['secnumcloud'], language)
  if (qualified.value !== undefined) return qualified
  const claims = (supplier.claims ?? []).filter(claim => claim.kind === 'sovereignty')
  const best = Math.max(0, ...claims.map(claim => SOVEREIGN[claim.value] ?? 0))
  if (best > 0) return { value: best * DECLARED_SHARE, detail: claims.map(claim => claim.value).join(', ') }
  if (supplier.hosting.length === 0) return { detail: UNKNOWN[language] }
  const inside = supplier.hosting.filter(country => EUROPE.has(country))
  const detail = `${language === 'fr' ? 'hébergement' : 'hosting'} : ${supplier.hosting.join(', ')}`
  const value = inside.length < supplier.hosting.length ? 0 : inside.every(country => country === 'FR') ? 1 : 0.7
  return { value: value * DECLARED_SHARE, detail }
}

const training = (supplier: Supplier, { language }: CriteriaContext): Finding => {
  const certified = named(supplier, ['qualiopi'], language)
  if (certified.value !== undefined) return certified
  const offers = (supplier.claims ?? []).some(claim => claim.kind === 'training')
  if (!offers) return { detail: UNKNOWN[language] }
  return { value: DECLARED_SHARE, detail: language === 'fr' ? 'formation proposée' : 'training offered' }
}

const finding = (
  criterion: Criterion,
  supplier: Supplier,
  cells: readonly TenderCell[],
  context: CriteriaContext,
): Finding => {
  switch (criterion) {
    case 'coverage':
      return coverage(cells, context)
    case 'references':
      return references(supplier, context)
    case 'proximity':
      return proximity(supplier, context)
    case 'social':
      return social(supplier, context)
    case 'environment':
      return named(supplier, ENVIRONMENT, context.language)
    case 'cyber':
      return named(supplier, CYBER, context.language)
    case 'sovereignty':
      return sovereignty(supplier, context)
    case 'training':
      return training(supplier, context)
  }
}

/** A score is of ten points, whatever the weights. */
const FULL_SCORE = 10
const HALF_WAY = 0.5

const rounded = (value: number): number => Math.round(value * 100) / 100

export interface Scored {
  /** The sum of the lines' values. */
  readonly score: number
  readonly range: { readonly least: number; readonly most: number }
  readonly explanation: TenderReason[]
}

/** The score of a supplier by the weights, its lines, and the range that unknowns leave open. */
export const score = (
  supplier: Supplier,
  cells: readonly TenderCell[],
  weights: CriteriaWeights,
  context: CriteriaContext,
): Scored => {
  const counted = CRITERIA.filter(criterion => weights[criterion] > 0)
  const total = counted.reduce((sum, criterion) => sum + weights[criterion], 0)
  let least = 0
  let most = 0
  const explanation = counted.map((criterion): TenderReason => {
    const points = (weights[criterion] / total) * FULL_SCORE
    const { value, detail } = finding(criterion, supplier, cells, context)
    least += points * (value ?? 0)
    most += points * (value ?? 1)
    const known = value !== undefined
    const label = CRITERION_LABELS[criterion][context.language]
    return { criterion, label, detail, known, value: rounded(points * (value ?? HALF_WAY)) }
  })
  const sum = rounded(explanation.reduce((all, line) => all + line.value, 0))
  return { score: sum, range: { least: rounded(least), most: rounded(most) }, explanation }
}
