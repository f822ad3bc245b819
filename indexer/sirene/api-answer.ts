import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { parseSiren, type Siren } from '../../src/model/siren.ts'
import { type Distinction, given, type LegalUnit, present, stateOf, withoutPerson, yearOf } from './legal-unit.ts'

/**
 * The answer of "API Recherche d’entreprises" (`GET /search?q=<SIREN>`), as far as it is read: head persons, elected
 * officials, addresses and accounts are not in here, so they cannot be kept by mistake.
 */
const text = Type.Optional(Type.Union([Type.String(), Type.Null()]))
const flag = Type.Optional(Type.Union([Type.Boolean(), Type.Null()]))
// Documented as text; a number would be no less right.
const degrees = Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Null()]))

const HeadOffice = Type.Object({
  commune: text,
  libelle_commune: text,
  code_postal: text,
  departement: text,
  region: text,
  latitude: degrees,
  longitude: degrees,
  statut_diffusion_etablissement: text,
})
type HeadOffice = Static<typeof HeadOffice>

const Complements = Type.Object({
  est_ess: flag,
  est_qualiopi: flag,
  est_rge: flag,
  est_bio: flag,
  est_societe_mission: flag,
  est_siae: flag,
  est_achats_responsables: flag,
  est_patrimoine_vivant: flag,
})
type Complements = Static<typeof Complements>

const Result = Type.Object({
  siren: Type.String(),
  nom_complet: text,
  nom_raison_sociale: text,
  etat_administratif: text,
  activite_principale: text,
  tranche_effectif_salarie: text,
  annee_tranche_effectif_salarie: text,
  date_creation: text,
  nature_juridique: text,
  statut_diffusion: text,
  siege: Type.Optional(Type.Union([HeadOffice, Type.Null()])),
  complements: Type.Optional(Type.Union([Complements, Type.Null()])),
})
type Result = Static<typeof Result>

const answer = Compile(Type.Object({ results: Type.Array(Result) }))

const DISTINCTION_FIELDS: readonly (readonly [keyof Complements, Distinction])[] = [
  ['est_qualiopi', 'qualiopi'],
  ['est_rge', 'rge'],
  ['est_bio', 'agriculture-biologique'],
  ['est_societe_mission', 'societe-a-mission'],
  ['est_siae', 'siae'],
  ['est_achats_responsables', 'achats-responsables'],
  ['est_patrimoine_vivant', 'patrimoine-vivant'],
]

const coordinate = (value: string | number | null | undefined, limit: number): number | undefined => {
  const number = typeof value === 'string' && /^-?[0-9]{1,3}(?:\.[0-9]+)?$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Math.abs(number) <= limit ? number : undefined
}

const headOfficeOf = (office: HeadOffice | null | undefined): LegalUnit => {
  const commune = given(office?.commune)
  // An address whose owner opposed publication is masked field by field; the commune stays public.
  if (office?.statut_diffusion_etablissement !== 'O') return present({ commune })
  const latitude = coordinate(office.latitude, 90)
  const longitude = coordinate(office.longitude, 180)
  const postcode = given(office.code_postal)
  return present({
    commune,
    communeName: given(office.libelle_commune),
    postcode: /^[0-9]{5}$/.test(postcode) ? postcode : '',
    department: given(office.departement),
    region: given(office.region),
    ...(latitude !== undefined && longitude !== undefined && { latitude, longitude }),
  })
}

const unitOf = (result: Result): LegalUnit => {
  const { complements } = result
  const distinctions = DISTINCTION_FIELDS.filter(([field]) => complements?.[field] === true).map(([, id]) => id)
  const unit = {
    ...present({
      name: given(result.nom_raison_sociale) || given(result.nom_complet),
      state: stateOf(given(result.etat_administratif)),
      naf: given(result.activite_principale),
      headcountBand: given(result.tranche_effectif_salarie),
      headcountYear: given(result.annee_tranche_effectif_salarie),
      founded: yearOf(given(result.date_creation)),
      // "false" is also what the service answers when nobody has told: it is no statement.
      ess: complements?.est_ess === true ? true : undefined,
    }),
    ...headOfficeOf(result.siege),
    ...(distinctions.length > 0 && { distinctions }),
  }
  return withoutPerson(unit, given(result.nature_juridique), given(result.statut_diffusion))
}

/** What the register answers of a SIREN. */
export type RegisterAnswer =
  | { readonly kind: 'found'; readonly unit: LegalUnit }
  /** No such company, or one that is not published. */
  | { readonly kind: 'unknown' }
  /** Not what the service documents; `reason` never quotes the answer. */
  | { readonly kind: 'wrong'; readonly reason: string }

/** Reads the service's answer about `siren`, and keeps of it what `LegalUnit` holds. */
export const parseAnswer = (siren: Siren, value: unknown): RegisterAnswer => {
  if (!answer.Check(value)) {
    const [first] = answer.Errors(value)
    return {
      kind: 'wrong',
      reason: `unexpected answer: ${first?.instancePath || 'it'} ${first?.message ?? ''}`.trimEnd(),
    }
  }
  if (value.results.length === 0) return { kind: 'unknown' }
  const result = value.results.find(each => parseSiren(each.siren) === siren)
  return result
    ? { kind: 'found', unit: unitOf(result) }
    : { kind: 'wrong', reason: 'unexpected answer: it speaks of other companies' }
}
