import { type TSchema, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { ClaimValue } from '../model/claim.ts'
import type { Evidence, Fact } from '../model/fact.ts'
import type { Siren } from '../model/siren.ts'
import {
  Certification,
  type FactProperty,
  type FactValues,
  Location,
  Offer,
  Role,
  SizeCategory,
  State,
  WebsiteState,
} from '../model/supplier.ts'

/** A fact whose value is what its property holds. */
export type FactOf<P extends FactProperty> = Omit<Fact, 'property' | 'value'> & {
  readonly property: P
  readonly value: FactValues[P]
}

/** A fact as a connector states it: what it shares with the rest of its source version is added by the catalogue. */
export interface StatedFact<P extends FactProperty = FactProperty> {
  readonly siren: Siren
  readonly property: P
  readonly value: FactValues[P]
  readonly evidence: Evidence
  /** The year it speaks of, when that is not today. */
  readonly period?: string
  /** The record of the source: its identifier or line. */
  readonly record?: string
  /** Where it can be read again, when not at the address of the source. */
  readonly url?: string
  /** When it was read, when not at the import (ISO 8601). */
  readonly retrievedAt?: string
  /** The words it was read from. */
  readonly excerpt?: string
}

const text = Type.String({ minLength: 1 })

const VALUES: Readonly<Record<FactProperty, TSchema>> = {
  name: text,
  tagline: text,
  description: text,
  website: Type.String({ pattern: '^https?://' }),
  websiteState: WebsiteState,
  state: State,
  location: Location,
  naf: text,
  sizeCategory: SizeCategory,
  headcount: text,
  founded: Type.Integer(),
  theme: text,
  brick: text,
  tag: text,
  offer: Offer,
  role: Role,
  label: Type.Object({ id: text, name: text }),
  certification: Type.Omit(Certification, ['evidence']),
  hosting: text,
  ess: Type.Boolean(),
  publicReference: Type.Boolean(),
  claim: ClaimValue,
  text: Type.Object({
    kind: Type.Enum(['page', 'award'] as const),
    title: Type.String(),
    url: Type.String(),
    passages: Type.Array(Type.String()),
  }),
}

const checks = new Map(Object.entries(VALUES).map(([property, schema]) => [property, Compile(schema)]))

/** Whether `value` is what that property holds (`FactValues`). Every fact is checked before it is stored. */
export const isValueOf = (property: string, value: unknown): boolean => checks.get(property)?.Check(value) ?? false

/** Whether a stored fact states that property: its value was checked when it was stored. */
export const isFactOf = <P extends FactProperty>(fact: Fact, property: P): fact is Fact & FactOf<P> =>
  fact.property === property
