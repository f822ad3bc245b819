import { brickLabel } from './bricks.ts'
import { certificationName } from './certifications.ts'
import { departmentName, regionName } from './geography.ts'
import { MATURITY_LABELS, ROLE_LABELS, SIZE_LABELS, STATE_LABELS, YES_NO_LABELS } from './labels.ts'
import type { Language, Localised } from './language.ts'
import { nafLabel } from './naf.ts'
import { shownBricks } from './shown-bricks.ts'
import type { Supplier } from './supplier.ts'
import { themeById } from './themes.ts'

/** The facets, in the order in which pages show them. The names are the parameters of `GET /api/search`. */
export const FACET_NAMES = [
  'theme',
  'brick',
  'region',
  'department',
  'label',
  'programme',
  'size_category',
  'state',
  'role',
  'maturity',
  'certification',
  'hosting',
  'ess',
  'public_reference',
  'naf',
] as const
export type FacetName = (typeof FACET_NAMES)[number]

/**
 * A facet, which is a filter too. To add one: a name above and a row in `FACETS`, nothing else; the query schema,
 * the engine's columns, the API and the pages follow this table. A facet that no supplier has a value of stays hidden.
 */
export interface Facet {
  readonly name: FacetName
  readonly label: Localised
  /** The values of one supplier, in any order, without duplicates. */
  readonly values: (supplier: Supplier) => readonly string[]
  readonly valueLabel: (value: string, language: Language) => string
  /** The values are what firms claim: pages say so, and a filter on it is never compliance. */
  readonly claim?: boolean
}

const one = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value])
const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)]
const yesNo = (value: boolean | undefined): readonly string[] => (value === undefined ? [] : [value ? 'yes' : 'no'])
const from =
  (labels: Readonly<Record<string, Localised>>) =>
  (value: string, language: Language): string =>
    (Object.hasOwn(labels, value) ? labels[value]?.[language] : undefined) ?? value

/** `Intl.DisplayNames` throws on what is not a code. */
const countryName = (code: string, language: Language): string =>
  /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code) : code

/** Programme and edition: "i-lab:2019". */
const programmes = (supplier: Supplier): readonly string[] =>
  distinct(supplier.labels.flatMap(label => label.years.map(year => `${label.id}:${year}`)))

const LABEL_NAMES = new Map(
  Object.entries({
    'i-lab': 'i-Lab',
    'i-lab-grand-prix': 'Grand prix i-Lab',
    'i-nov': 'i-Nov',
    'i-phd': 'i-PhD',
    jei: 'Jeune entreprise innovante',
    'french-tech-next40-120': 'French Tech Next40/120',
    esus: 'Entreprise solidaire d’utilité sociale',
    'french-tech': 'French Tech',
    'french-tech-2030': 'French Tech 2030',
    'entreprise-a-mission': 'Société à mission',
    deeptech: 'Label Deeptech',
    'solar-impulse': 'Solar Impulse Efficient Solution',
  }),
)
/** The short name of a label, as facets show it. */
export const labelName = (id: string): string => LABEL_NAMES.get(id) ?? id

export const FACETS: readonly Facet[] = [
  {
    name: 'theme',
    label: { fr: 'Thème', en: 'Theme' },
    values: supplier => supplier.themes,
    valueLabel: (value, language) => themeById(value)?.label[language] ?? value,
  },
  {
    name: 'brick',
    label: { fr: 'Brique', en: 'Brick' },
    values: shownBricks,
    valueLabel: brickLabel,
  },
  {
    name: 'region',
    label: { fr: 'Région', en: 'Region' },
    values: supplier => one(supplier.location.region),
    valueLabel: value => regionName(value) ?? value,
  },
  {
    name: 'department',
    label: { fr: 'Département', en: 'Département' },
    values: supplier => one(supplier.location.department),
    valueLabel: value => `${departmentName(value) ?? value} (${value})`,
  },
  {
    name: 'label',
    label: { fr: 'Label', en: 'Label' },
    values: supplier => distinct(supplier.labels.map(label => label.id)),
    valueLabel: labelName,
  },
  {
    name: 'programme',
    label: { fr: 'Programme et année', en: 'Programme and year' },
    values: programmes,
    valueLabel: value => {
      const [id = value, year = ''] = value.split(':')
      return `${labelName(id)} ${year}`.trim()
    },
  },
  {
    name: 'size_category',
    label: { fr: 'Taille', en: 'Size' },
    values: supplier => one(supplier.sizeCategory),
    valueLabel: from(SIZE_LABELS),
  },
  {
    name: 'state',
    label: { fr: 'État', en: 'State' },
    values: supplier => one(supplier.state),
    valueLabel: from(STATE_LABELS),
  },
  {
    name: 'role',
    label: { fr: 'Rôle', en: 'Role' },
    values: supplier => supplier.roles,
    valueLabel: from(ROLE_LABELS),
    claim: true,
  },
  {
    name: 'maturity',
    label: { fr: 'Maturité de l’offre', en: 'Maturity of the offer' },
    values: supplier => distinct(supplier.offers.flatMap(offer => one(offer.maturity))),
    valueLabel: from(MATURITY_LABELS),
    claim: true,
  },
  {
    name: 'certification',
    label: { fr: 'Certification', en: 'Certification' },
    values: supplier => distinct(supplier.certifications.map(certification => certification.id)),
    valueLabel: certificationName,
    claim: true,
  },
  {
    name: 'hosting',
    label: { fr: 'Hébergement des données', en: 'Data hosting' },
    values: supplier => supplier.hosting,
    valueLabel: countryName,
    claim: true,
  },
  {
    name: 'ess',
    label: { fr: 'Économie sociale et solidaire', en: 'Social economy' },
    values: supplier => yesNo(supplier.ess),
    valueLabel: from(YES_NO_LABELS),
  },
  {
    name: 'public_reference',
    label: { fr: 'Référence publique', en: 'Public-sector reference' },
    values: supplier => yesNo(supplier.publicReference),
    valueLabel: from(YES_NO_LABELS),
    claim: true,
  },
  {
    name: 'naf',
    label: { fr: 'Activité (NAF)', en: 'Activity (NAF)' },
    values: supplier => one(supplier.naf),
    valueLabel: value => nafLabel(value) ?? value,
  },
]

const byName = new Map(FACETS.map(facet => [facet.name as string, facet]))
export const facetByName = (name: string): Facet | undefined => byName.get(name)
