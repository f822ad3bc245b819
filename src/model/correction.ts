import { type Static, Type } from 'typebox'
import { SirenSchema } from './siren.ts'
import { Role } from './supplier.ts'

/** What a firm may say of its own profile, and what becomes of its request: the words of pages, API and store. */

/** Correct or complete a profile, take it out, or name a site that the catalogue does not know. */
export const CORRECTION_KINDS = ['correct', 'remove', 'site'] as const
export type CorrectionKind = (typeof CORRECTION_KINDS)[number]

/** `waiting` for proof of ownership; `queued` for the operator; the others are ends. */
export const CORRECTION_STATES = ['waiting', 'queued', 'accepted', 'refused', 'undone', 'expired'] as const
export type CorrectionState = (typeof CORRECTION_STATES)[number]

/** How ownership may be shown by the requester. */
export const PROOF_METHODS = ['mail', 'dns', 'file'] as const
export type ProofMethod = (typeof PROOF_METHODS)[number]

/** Who or what stands behind an accepted request. */
export const PROOFS = [...PROOF_METHODS, 'operator'] as const
export type Proof = (typeof PROOFS)[number]

/** Longest texts (characters) and lists. */
export const CORRECTION_LIMITS = {
  tagline: 200,
  description: 3_000,
  address: 500,
  tag: 60,
  tags: 15,
  brick: 80,
  bricks: 20,
  offerName: 120,
  offerDescription: 600,
  offers: 15,
  comment: 1_000,
  mail: 254,
} as const

const L = CORRECTION_LIMITS

/** A product or service as the firm itself declares it. */
export const DeclaredOffer = Type.Object(
  {
    kind: Type.Union([Type.Literal('product'), Type.Literal('service')]),
    name: Type.String({ minLength: 1, maxLength: L.offerName }),
    description: Type.Optional(Type.String({ maxLength: L.offerDescription })),
  },
  { additionalProperties: false },
)
export type DeclaredOffer = Static<typeof DeclaredOffer>

/**
 * What a firm states of itself. What is absent stays as it is; an empty text or list takes back what was declared before,
 * and the profile says again what other sources state. Facts of registers (name, state, size, activity) are not here.
 */
export const Declared = Type.Object(
  {
    tagline: Type.Optional(
      Type.String({ maxLength: L.tagline, description: 'Ce que fait l’entreprise, en une phrase.' }),
    ),
    description: Type.Optional(Type.String({ maxLength: L.description, description: 'Texte brut.' })),
    website: Type.Optional(Type.String({ maxLength: L.address, description: 'Adresse http ou https.' })),
    commune: Type.Optional(
      Type.String({ maxLength: 5, description: 'Code Insee, là où aucun registre ne dit le siège.' }),
    ),
    roles: Type.Optional(Type.Array(Role, { maxItems: 6 })),
    tags: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: L.tag }), { maxItems: L.tags })),
    bricks: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: L.brick }), {
        maxItems: L.bricks,
        description: 'Identifiants de briques (/api/bricks).',
      }),
    ),
    offers: Type.Optional(Type.Array(DeclaredOffer, { maxItems: L.offers })),
  },
  {
    additionalProperties: false,
    description:
      'Ce que l’entreprise déclare. Un champ absent reste comme il est ; un champ vide retire la déclaration précédente.',
  },
)
export type Declared = Static<typeof Declared>

const enumeration = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>(Type.Enum([...values], { description }))

/** How to show that a domain is one's own. */
export const ProofInstructions = Type.Object({
  domain: Type.String({ description: 'Le domaine du site que nomme une autre source que la demande.' }),
  mail: Type.Boolean({ description: 'Un lien peut être envoyé à une adresse de ce domaine.' }),
  dns: Type.Object({ name: Type.String(), value: Type.String() }, { description: 'Enregistrement TXT à publier.' }),
  file: Type.Object({ url: Type.String(), content: Type.String() }, { description: 'Fichier à publier.' }),
})
export type ProofInstructions = Static<typeof ProofInstructions>

/** A request as the one who made it may see it. */
export const CorrectionStatus = Type.Object(
  {
    kind: enumeration(
      CORRECTION_KINDS,
      'correct : corriger ou compléter ; remove : retirer ; site : proposer un site.',
    ),
    siren: SirenSchema,
    name: Type.Optional(Type.String({ description: 'Son nom, tant que le catalogue la connaît.' })),
    state: enumeration(
      CORRECTION_STATES,
      'waiting : attend une preuve ; queued : attend l’opérateur ; accepted, refused, undone, expired : terminée.',
    ),
    reason: Type.Optional(Type.String({ description: 'Pourquoi elle est refusée.' })),
    review: Type.Boolean({ description: 'Vrai quand un opérateur la relit même après la preuve.' }),
    proof: Type.Optional(enumeration(PROOFS, 'Ce qui montre que la demande vient de l’entreprise.')),
    declared: Type.Optional(Declared),
    address: Type.Optional(Type.String({ description: 'Le site proposé.' })),
    createdAt: Type.String({ description: 'ISO 8601.' }),
    expiresAt: Type.Optional(Type.String({ description: 'Jusqu’à quand une preuve est attendue.' })),
    decidedAt: Type.Optional(Type.String({ description: 'Depuis quand elle est terminée.' })),
    instructions: Type.Optional(ProofInstructions),
  },
  { description: 'L’état d’une demande.' },
)
export type CorrectionStatus = Static<typeof CorrectionStatus>

/** A profile's property that changed, when, and by whose statement. */
export interface ProfileChange {
  /** A property of `Supplier`; `created` for the profile as a whole. */
  readonly property: string
  /** The source whose statement of it is the newest; empty when none states it any more. */
  readonly source: string
  /** ISO 8601. */
  readonly at: string
}
