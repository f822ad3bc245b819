import { type Static, Type } from 'typebox'
import { Evidence } from './fact.ts'
import { SirenSchema } from './siren.ts'
import { State } from './supplier.ts'

/** So many suppliers are compared at once: more columns cannot be read side by side. */
export const MIN_COMPARED = 2
export const MAX_COMPARED = 5

/** What suppliers are compared on, in the order of the API; the page shows the differences first. */
export const CRITERIA = [
  'activity',
  'bricks',
  'offers',
  'place',
  'size',
  'state',
  'founded',
  'labels',
  'certifications',
  'hosting',
  'sovereignty',
  'licences',
  'prices',
  'support',
  'training',
  'accessibility',
  'publicReferences',
  'ess',
  'updated',
] as const
export type Criterion = (typeof CRITERIA)[number]

/** A value with what lets a reader check it. Without `evidence` it is computed, not stated by a source. */
export const EvidencedValue = Type.Object({
  text: Type.String({ description: 'La valeur, en clair.' }),
  evidence: Type.Optional(Evidence),
  source: Type.Optional(Type.String({ description: 'Identifiant de la source.' })),
  sourceName: Type.Optional(Type.String()),
  sourceUrl: Type.Optional(Type.String({ description: 'Adresse où relire la valeur.' })),
  sourceDate: Type.Optional(Type.String({ description: 'Date des données chez leur éditeur (AAAA-MM-JJ).' })),
  retrievedAt: Type.Optional(Type.String({ description: 'Quand Brique les a lues (ISO 8601).' })),
  period: Type.Optional(Type.String({ description: 'L’année dont la valeur parle.' })),
  excerpt: Type.Optional(Type.String({ description: 'La phrase d’où elle est tirée.' })),
})
export type EvidencedValue = Static<typeof EvidencedValue>

export const ComparedCriterion = Type.Object({
  id: Type.Enum([...CRITERIA] as unknown as typeof CRITERIA),
  label: Type.String({ description: 'Le critère, en clair.' }),
  agreement: Type.Enum(['differs', 'same', 'unknown'] as const, {
    description: 'differs : les fiches diffèrent ; same : elles disent la même chose ; unknown : aucune n’en dit rien.',
  }),
  cells: Type.Array(
    Type.Object({
      siren: SirenSchema,
      values: Type.Array(EvidencedValue, { description: 'Vide : non renseigné, ce qui ne veut pas dire « non ».' }),
    }),
  ),
})
export type ComparedCriterion = Static<typeof ComparedCriterion>

/** The answer of `GET /api/compare`: the same criteria for each supplier, in the order in which they were asked for. */
export const Comparison = Type.Object({
  suppliers: Type.Array(
    Type.Object({ siren: SirenSchema, name: Type.String(), unnamed: Type.Boolean(), state: Type.Optional(State) }),
  ),
  criteria: Type.Array(ComparedCriterion),
})
export type Comparison = Static<typeof Comparison>
