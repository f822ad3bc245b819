import { BRICKS } from '../../src/model/bricks.ts'
import { CERTIFICATION_IDS, certificationName } from '../../src/model/certifications.ts'
import { placeKey } from '../../src/model/geography.ts'
import { ROLE_LABELS, SIZE_LABELS, STATE_LABELS } from '../../src/model/labels.ts'
import type { Localised } from '../../src/model/language.ts'
import { nafLabel } from '../../src/model/naf.ts'
import type { Role, SizeCategory, State } from '../../src/model/supplier.ts'

/** How operators write the values that Brique knows by an id: the id itself, or its French or English label. */

const lookup = <Id extends string>(labels: Readonly<Record<Id, Localised>>): ((text: string) => Id | undefined) => {
  const ids = new Map<string, Id>()
  for (const id of Object.keys(labels) as Id[]) {
    for (const spelling of [id, labels[id].fr, labels[id].en]) ids.set(placeKey(spelling), id)
  }
  return text => ids.get(placeKey(text))
}

export const parseRole: (text: string) => Role | undefined = lookup(ROLE_LABELS)
export const parseSize: (text: string) => SizeCategory | undefined = lookup(SIZE_LABELS)
export const parseState: (text: string) => State | undefined = lookup(STATE_LABELS)

const brickIds = new Map(
  BRICKS.flatMap(brick => [brick.fr, brick.en, brick.id].map(spelling => [placeKey(spelling), brick.id] as const)),
)
/** The id of a brick of the vocabulary, by its id or one of its labels. */
export const parseBrick = (text: string): string | undefined => brickIds.get(placeKey(text))

/** "6201Z" and "62.01Z" → "62.01Z"; `undefined` for a code that NAF rév. 2 lacks. */
export const parseNaf = (text: string): string | undefined => {
  const code = text.toUpperCase().replace(/^([0-9]{2})\.?([0-9]{2}[A-Z])$/, '$1.$2')
  return /^[0-9]{2}\.[0-9]{2}[A-Z]$/.test(code) && nafLabel(code) !== undefined ? code : undefined
}

const YES = new Set(['oui', 'yes', 'true', 'vrai', '1', 'o', 'y'])
const NO = new Set(['non', 'no', 'false', 'faux', '0', 'n'])

export const parseYesNo = (text: string): boolean | undefined => {
  const key = placeKey(text)
  return YES.has(key) ? true : NO.has(key) ? false : undefined
}

/** An id made of a name: "Prix Territoires sobres" → "prix-territoires-sobres". */
export const slug = (name: string): string => placeKey(name).replaceAll(' ', '-')

const certificationIds = new Map(
  CERTIFICATION_IDS.flatMap(id => [id, certificationName(id)].map(spelling => [placeKey(spelling), id] as const)),
)
/** The certificate of that id or name ("ISO 27001", "HDS"); one that Brique does not know keeps its name. */
export const namedCertification = (text: string): { readonly id: string; readonly name: string } => {
  const id = certificationIds.get(placeKey(text))
  return id === undefined ? { id: slug(text), name: text } : { id, name: certificationName(id) }
}
