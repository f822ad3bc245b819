import { type Static, Type } from 'typebox'
import { SirenSchema } from './siren.ts'

/** What is made of a tender's text: `POST /api/tenders` answers with a `TenderResult`, `/besoin` shows one. */

export const SECTION_KINDS = ['need', 'administrative', 'context'] as const
export type SectionKind = (typeof SECTION_KINDS)[number]

/** How a text asks for a brick: it must be there, may be, is there already, or is expressly not asked for. */
export const BRICK_STATUSES = ['required', 'optional', 'context', 'excluded'] as const
export type BrickStatus = (typeof BRICK_STATUSES)[number]

/** What a writer may weigh, beside the bricks: market knowledge, never award criteria. */
export const CRITERIA = [
  'coverage',
  'references',
  'proximity',
  'social',
  'environment',
  'cyber',
  'sovereignty',
  'training',
] as const
export type Criterion = (typeof CRITERIA)[number]
/** From 0 (does not count) to 3 (decisive). */
export type CriteriaWeights = Readonly<Record<Criterion, number>>
export const MAX_WEIGHT = 3
/** Place never counts unless the writer asks for it, nor does anything but coverage. */
export const DEFAULT_WEIGHTS: CriteriaWeights = {
  coverage: 3,
  references: 0,
  proximity: 0,
  social: 0,
  environment: 0,
  cyber: 0,
  sovereignty: 0,
  training: 0,
}

const enumOf = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>(Type.Enum([...values], { description }))

export const TenderSection = Type.Object({
  title: Type.String(),
  kind: enumOf(SECTION_KINDS, 'need : besoin ; administrative : clause administrative ; context : existant.'),
  page: Type.Optional(Type.Integer()),
})
export type TenderSection = Static<typeof TenderSection>

export const TenderEvidence = Type.Object({
  span: Type.String({ description: 'Les mots du texte.' }),
  sentence: Type.String({ description: 'La phrase qui les contient.' }),
  section: Type.Integer({ description: 'Rang de la section, à partir de 0.' }),
  page: Type.Optional(Type.Integer({ description: 'Absente quand le format n’a pas de pages.' })),
})
export type TenderEvidence = Static<typeof TenderEvidence>

export const TenderBrick = Type.Object({
  id: Type.String({ description: 'Identifiant de brique ; « terme:… » pour un terme retenu hors vocabulaire.' }),
  label: Type.String(),
  status: enumOf(
    BRICK_STATUSES,
    'required : requis ; optional : souhaité ; context : déjà en place, ou cité sans être demandé ; excluded : exclu.',
  ),
  weight: Type.Number({ description: 'De 0 à 1 : ce que le texte y insiste.' }),
  evidence: Type.Array(TenderEvidence),
  suppliers: Type.Optional(Type.Integer({ description: 'Fournisseurs documentés, filtres compris.' })),
})
export type TenderBrick = Static<typeof TenderBrick>

export const COVERAGES = ['attested', 'declared', 'unknown'] as const
export type Coverage = (typeof COVERAGES)[number]

export const TenderPassage = Type.Object({
  text: Type.String({ description: 'HTML : texte échappé, mots reconnus entre <mark> et </mark>.' }),
  sourceUrl: Type.String(),
  retrievedAt: Type.String(),
  period: Type.Optional(Type.String({ description: 'Année dont le texte parle.' })),
})
export type TenderPassage = Static<typeof TenderPassage>

export const TenderCell = Type.Object({
  brick: Type.String(),
  coverage: enumOf(
    COVERAGES,
    'attested : registre ou prix ; declared : l’entreprise le dit ; unknown : ni oui ni non.',
  ),
  by: Type.Optional(Type.String({ description: 'La brique plus précise qui couvre, quand c’en est une.' })),
  passages: Type.Array(TenderPassage),
})
export type TenderCell = Static<typeof TenderCell>

export const TenderReason = Type.Object({
  criterion: enumOf(CRITERIA, 'Le critère.'),
  label: Type.String(),
  detail: Type.String({ description: 'Ce qui est connu ; ou qu’on ne sait pas.' }),
  known: Type.Boolean({ description: 'Faux : aucune source ne le dit ; compté à mi-chemin, la fourchette le montre.' }),
  value: Type.Number({ description: 'Points ; leur somme est le score.' }),
})
export type TenderReason = Static<typeof TenderReason>

export const TenderSupplier = Type.Object({
  siren: SirenSchema,
  name: Type.String(),
  commune: Type.Optional(Type.String()),
  department: Type.Optional(Type.String()),
})
export type TenderSupplier = Static<typeof TenderSupplier>

export const TenderRow = Type.Object({
  supplier: TenderSupplier,
  score: Type.Number(),
  range: Type.Object(
    { least: Type.Number(), most: Type.Number() },
    { description: 'Le score si tout ce qu’on ignore était défavorable, ou favorable.' },
  ),
  explanation: Type.Array(TenderReason),
  cells: Type.Array(TenderCell),
})
export type TenderRow = Static<typeof TenderRow>

export const WARNING_KINDS = ['brand', 'single-supplier', 'certificate-without-equivalent', 'origin'] as const

export const TenderWarning = Type.Object({
  kind: enumOf(WARNING_KINDS, 'Ce qui restreint la concurrence sans nécessité.'),
  span: Type.String(),
  sentence: Type.Optional(Type.String()),
  page: Type.Optional(Type.Integer()),
  advice: Type.String(),
  wording: Type.Optional(Type.String({ description: 'Une rédaction fonctionnelle à coller, sans nom de marque.' })),
  suppliersLeft: Type.Optional(Type.Integer()),
})
export type TenderWarning = Static<typeof TenderWarning>

export const TenderRequirement = Type.Object({
  label: Type.String(),
  brick: Type.Optional(Type.String()),
  certification: Type.Optional(Type.String()),
  before: Type.Integer({ description: 'Fournisseurs du cœur du besoin.' }),
  after: Type.Integer({ description: 'Ceux qui répondent aussi à cette exigence.' }),
})
export type TenderRequirement = Static<typeof TenderRequirement>

export const TenderCombination = Type.Object({
  suppliers: Type.Array(SirenSchema),
  covers: Type.Array(Type.String()),
  missing: Type.Array(Type.String()),
  shares: Type.Array(Type.Object({ siren: SirenSchema, bricks: Type.Array(Type.String()) }), {
    description: 'Qui apporte quoi.',
  }),
})
export type TenderCombination = Static<typeof TenderCombination>

export const MissingBrick = Type.Object({
  query: Type.String(),
  brick: Type.Union([Type.String(), Type.Null()]),
  label: Type.String(),
  suppliers: Type.Array(
    Type.Object({
      supplier: TenderSupplier,
      cell: TenderCell,
      alsoCovers: Type.Array(Type.String(), {
        description: 'Autres briques demandées que les firmes choisies n’ont pas.',
      }),
      names: Type.Array(TenderPassage, { description: 'Phrases où ce fournisseur nomme une firme choisie.' }),
    }),
  ),
})
export type MissingBrick = Static<typeof MissingBrick>

/** The answer of `POST /api/tenders`. */
export const TenderResult = Type.Object({
  document: Type.Object({
    characters: Type.Integer(),
    pages: Type.Optional(Type.Integer()),
  }),
  sections: Type.Array(TenderSection),
  bricks: Type.Array(TenderBrick),
  suggestedTerms: Type.Array(
    Type.Object({ term: Type.String(), sentence: Type.String(), chosen: Type.Optional(Type.Boolean()) }),
    { description: 'Termes que le vocabulaire n’a pas : à retenir par le rédacteur, jamais comptés d’office.' },
  ),
  matrix: Type.Array(TenderRow),
  warnings: Type.Array(TenderWarning),
  requirements: Type.Array(TenderRequirement),
  uncovered: Type.Array(
    Type.Object({
      brick: Type.String(),
      broader: Type.Union([Type.String(), Type.Null()]),
      suppliers: Type.Optional(Type.Integer({ description: 'Fournisseurs de la brique plus large.' })),
      advice: Type.String(),
      wording: Type.Optional(Type.String()),
    }),
  ),
  combinations: Type.Array(TenderCombination),
  advice: Type.Array(Type.Object({ brick: Type.String(), suppliers: Type.Integer(), text: Type.String() })),
  missing: Type.Optional(MissingBrick),
  notice: Type.String({ description: 'Ce que cette analyse n’est pas.' }),
})
export type TenderResult = Static<typeof TenderResult>
