import type { Siren } from '../../src/model/siren.ts'
import type { FactValues, SizeCategory } from '../../src/model/supplier.ts'
import type { StatedFact } from '../../src/store/fact-values.ts'
import { cleanName } from '../sources/clean-text.ts'
import { namedCertification, parseNaf } from '../sources/codes.ts'
import { type FactList, factList } from '../sources/connector.ts'
import { parsePlace } from '../sources/places.ts'
import type { Distinction, LegalUnit } from './legal-unit.ts'

/** Insee's bands of employees (variable trancheEffectifsUniteLegale), each within one of our sizes. */
const BANDS = new Map<string, readonly [headcount: string, size: SizeCategory]>([
  ['NN', ['Unité non employeuse', 'micro']],
  ['00', ['0 salarié', 'micro']],
  ['01', ['1 ou 2 salariés', 'micro']],
  ['02', ['3 à 5 salariés', 'micro']],
  ['03', ['6 à 9 salariés', 'micro']],
  ['11', ['10 à 19 salariés', 'small']],
  ['12', ['20 à 49 salariés', 'small']],
  ['21', ['50 à 99 salariés', 'medium']],
  ['22', ['100 à 199 salariés', 'medium']],
  ['31', ['200 à 249 salariés', 'medium']],
  ['32', ['250 à 499 salariés', 'large']],
  ['41', ['500 à 999 salariés', 'large']],
  ['42', ['1 000 à 1 999 salariés', 'large']],
  ['51', ['2 000 à 4 999 salariés', 'large']],
  ['52', ['5 000 à 9 999 salariés', 'large']],
  ['53', ['10 000 salariés et plus', 'large']],
])

// The register lists establishments: that one of them is certified does not make the whole firm so.
const ONE_SITE = 'au moins un établissement'

type Stated =
  | { readonly property: 'label'; readonly value: FactValues['label'] }
  | { readonly property: 'certification'; readonly value: FactValues['certification'] }

const label = (id: string, name: string): Stated => ({ property: 'label', value: { id, name } })

const STATED: Readonly<Record<Distinction, Stated>> = {
  qualiopi: { property: 'certification', value: namedCertification('qualiopi') },
  rge: { property: 'certification', value: { ...namedCertification('rge'), scope: ONE_SITE } },
  'agriculture-biologique': {
    property: 'certification',
    value: { ...namedCertification('Agriculture biologique'), scope: ONE_SITE },
  },
  'societe-a-mission': label('societe-a-mission', 'Société à mission'),
  siae: label('siae', 'Structure d’insertion par l’activité économique (SIAE)'),
  'achats-responsables': label('achats-responsables', 'Relations fournisseurs et achats responsables (RFAR)'),
  'patrimoine-vivant': label('patrimoine-vivant', 'Entreprise du patrimoine vivant (EPV)'),
}

const addHeadcount = (list: FactList, { state, headcountBand, headcountYear }: LegalUnit): void => {
  const band = BANDS.get(headcountBand ?? '')
  // Who has ceased employs nobody: that says nothing of what the firm was.
  if (band === undefined || (headcountBand === 'NN' && state !== 'active')) return
  const period = headcountYear === undefined ? {} : { period: headcountYear }
  list.add('headcount', band[0], period)
  list.add('sizeCategory', band[1], period)
}

const locationOf = (unit: LegalUnit): FactValues['location'] | undefined => {
  const place = parsePlace(unit)
  const { latitude, longitude } = unit
  if (latitude === undefined || longitude === undefined) return place
  return { ...place, latitude, longitude, precision: 'address' }
}

/** Where a reader checks the entry: the State's public page of the company, made from the same register. */
const pageOf = (siren: Siren): string => `https://annuaire-entreprises.data.gouv.fr/entreprise/${siren}`

/**
 * The facts of a company's entry, all attested; `retrievedAt` when it was not read at the import. `onNote` is told of
 * codes that cannot be used.
 */
export const unitFacts = (
  siren: Siren,
  unit: LegalUnit,
  retrievedAt?: string,
  onNote?: (note: string) => void,
): readonly StatedFact[] => {
  const read = retrievedAt === undefined ? {} : { retrievedAt }
  const list = factList({ siren, evidence: 'attested', record: siren, url: pageOf(siren), ...read })
  const naf = unit.naf === undefined ? undefined : parseNaf(unit.naf)
  if (unit.naf !== undefined && naf === undefined)
    onNote?.(`activity "${unit.naf}" is not a code of NAF rév. 2: left out`)
  list.add('name', unit.name === undefined ? undefined : cleanName(unit.name))
  list.add('state', unit.state)
  list.add('naf', naf)
  addHeadcount(list, unit)
  list.add('founded', unit.founded)
  list.add('location', locationOf(unit))
  list.add('ess', unit.ess)
  for (const distinction of unit.distinctions ?? []) {
    const { property, value } = STATED[distinction]
    list.add(property, value)
  }
  return list.facts
}
