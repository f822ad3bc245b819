import { type Static, Type } from 'typebox'

/** A register's yes/no remarks that become labels or certifications: their ids (`unit-facts.ts` names them). */
export const DISTINCTIONS = [
  'qualiopi',
  'rge',
  'agriculture-biologique',
  'societe-a-mission',
  'siae',
  'achats-responsables',
  'patrimoine-vivant',
] as const
export type Distinction = (typeof DISTINCTIONS)[number]

const optionalText = Type.Optional(Type.String({ minLength: 1 }))

/**
 * What is kept of a company's entry in Sirene: nothing else of an answer or a row ever leaves the reader's memory.
 * The register's own codes; an absent property means that it says nothing.
 */
export const LegalUnit = Type.Object(
  {
    name: optionalText,
    state: Type.Optional(Type.Enum(['active', 'ceased'] as const)),
    /** As written: of NAF rév. 2 or not. */
    naf: optionalText,
    /** Insee's code: "12". */
    headcountBand: optionalText,
    headcountYear: optionalText,
    founded: Type.Optional(Type.Integer()),
    /** Insee's code. */
    commune: optionalText,
    communeName: optionalText,
    postcode: optionalText,
    department: optionalText,
    region: optionalText,
    latitude: Type.Optional(Type.Number()),
    longitude: Type.Optional(Type.Number()),
    ess: Type.Optional(Type.Boolean()),
    distinctions: Type.Optional(Type.Array(Type.Enum([...DISTINCTIONS]))),
  },
  { additionalProperties: false },
)
export type LegalUnit = Static<typeof LegalUnit>

/**
 * Whether an entry may bear a name: an organisation with legal personality that has not opposed publication.
 * Categories 1 (sole traders, of which 1000) and 2 (joint owners, informal partnerships) are persons under their own
 * names; an entry without category or status is treated like them.
 */
const isPublicOrganisation = (category: string, diffusion: string): boolean =>
  /^[3-9][0-9]{3}$/.test(category) && diffusion === 'O'

/** The entry as it may be kept: of a natural person, or of who opposed publication, only state, activity and commune. */
export const withoutPerson = (unit: LegalUnit, category: string, diffusion: string): LegalUnit => {
  if (isPublicOrganisation(category, diffusion)) return unit
  const { state, naf, commune } = unit
  return {
    ...(state !== undefined && { state }),
    ...(naf !== undefined && { naf }),
    ...(commune !== undefined && { commune }),
  }
}

/** The text of a field; '' when it is absent, or when Insee masks it ("[ND]"). */
export const given = (text: string | null | undefined): string => {
  const value = text?.trim() ?? ''
  return /^\[(?:ND|NON-DIFFUSIBLE)\]/.test(value) ? '' : value
}

/** The properties that hold something: '' and `undefined` are left out. */
export const present = <T extends object>(properties: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined && value !== '')) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

/** The register's state of a company: A or C. Anything else says nothing. */
export const stateOf = (code: string): LegalUnit['state'] =>
  code === 'A' ? 'active' : code === 'C' ? 'ceased' : undefined

/** The year of a date of creation. 1900-01-01 is how the register writes an unknown one. */
export const yearOf = (date: string): number | undefined => {
  const year = Number(/^([0-9]{4})-[0-9]{2}-[0-9]{2}$/.exec(date)?.[1])
  return year > 1900 ? year : undefined
}
