import { type Static, Type } from 'typebox'
import { Comparison } from './comparison.ts'
import { Fact } from './fact.ts'
import { RangeParameterSchemas, SearchParameters, SORTS } from './query.ts'
import { Hit, Recovery, SearchResult } from './search-result.ts'
import { SirenSchema } from './siren.ts'
import { SourceStatus } from './status.ts'
import { BRICK_STATUSES, CRITERIA, TenderResult } from './tender.ts'

/** A search, a tender's matrix or a comparison as it was on the day it was frozen. */

/** The form of the frozen document; a later form has another number, and this one stays readable. */
export const DOSSIER_FORMAT = 'brique-dossier/1'
export const DOSSIER_KINDS = ['search', 'tender', 'comparison'] as const
export type DossierKind = (typeof DOSSIER_KINDS)[number]

/** By relevance, or in the order of a hash, in which nobody is first by merit or by name. */
export const DOSSIER_ORDERS = ['relevance', 'neutral'] as const
export type DossierOrder = (typeof DOSSIER_ORDERS)[number]

export const MAX_DOSSIER_TITLE = 200
export const MAX_DOSSIER_NOTE = 2000
/** A reason is a line, not a report. */
export const MAX_REASON = 500
/** Suppliers that a dossier lists: the window of a search. */
export const MAX_DOSSIER_SUPPLIERS = 1000
/** How many the form offers to list, the first one unless another is chosen. */
export const DOSSIER_LIMITS = [MAX_DOSSIER_SUPPLIERS, 200, 50] as const

const enumOf = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>(Type.Enum([...values], { description }))

const { siren: _siren, ...FACT } = Fact.properties

/** A fact as it was; of a page's text, title and address alone. */
export const FrozenFact = Type.Object(FACT)
export type FrozenFact = Static<typeof FrozenFact>

export const FrozenSupplier = Type.Object({
  rank: Type.Integer({ description: 'Rang dans la réponse ; l’ordre de la liste est celui que « order » dit.' }),
  siren: SirenSchema,
  name: Type.String(),
  place: Type.Optional(Type.String({ description: 'Siège, en clair.' })),
  score: Type.Optional(Type.Number()),
  hit: Type.Optional(Hit),
  facts: Type.Array(FrozenFact, {
    description: 'Chaque fait avec sa source. Du texte d’une page : son titre et son adresse seulement.',
  }),
})
export type FrozenSupplier = Static<typeof FrozenSupplier>

const { page: _page, size: _size, ...SEARCHED } = SearchParameters.properties

/** What a search is frozen by: the parameters of `GET /api/search` but its pages. */
export const FrozenParameters = Type.Object(SEARCHED, { additionalProperties: false })
export type FrozenParameters = Static<typeof FrozenParameters>

const Near = Type.Object({
  label: Type.String(),
  latitude: Type.Number(),
  longitude: Type.Number(),
  radiusKm: Type.Number(),
})

const FrozenSearch = Type.Object({
  parameters: FrozenParameters,
  near: Type.Optional(Near),
  query: SearchResult.properties.query,
  total: Type.Integer({ description: 'Fournisseurs trouvés ; la liste en a mille au plus.' }),
  recovery: Type.Array(Recovery),
})

const FrozenTender = Type.Object({
  choices: Type.Object({
    filters: Type.Record(Type.String(), Type.Array(Type.String())),
    ranges: Type.Optional(Type.Object(RangeParameterSchemas)),
    weights: Type.Object(
      Object.fromEntries(CRITERIA.map(name => [name, Type.Integer()])) as Record<
        (typeof CRITERIA)[number],
        ReturnType<typeof Type.Integer>
      >,
    ),
    near: Type.Optional(Near),
    statuses: Type.Record(Type.String(), enumOf(BRICK_STATUSES, 'Le statut que le rédacteur a donné.')),
    terms: Type.Array(Type.String()),
    missing: Type.Optional(Type.Object({ text: Type.String(), chosen: Type.Array(SirenSchema) })),
  }),
  result: TenderResult,
  text: Type.Optional(Type.String({ description: 'Le texte entier, seulement si le rédacteur l’a demandé.' })),
})

const Ranking = Type.Object({
  fields: Type.Record(Type.String(), Type.Number()),
  exact: Type.Number(),
  phrase: Type.Number(),
  narrower: Type.Number(),
  completeness: Type.Number(),
  freshness: Type.Number(),
  labelled: Type.Number(),
  ceased: Type.Number(),
  stuffing: Type.Number(),
  required: Type.Array(Type.Integer()),
})

const Method = Type.Object({
  url: Type.String({ description: 'Le texte de la méthode.' }),
  vocabularyUrl: Type.String(),
  ranking: Type.Optional(Ranking),
  notice: Type.String({ description: 'Ce que ce dossier n’est pas.' }),
})

/** The frozen document: stored once, served byte for byte ever after. */
export const Dossier = Type.Object(
  {
    format: Type.Literal(DOSSIER_FORMAT),
    id: Type.String(),
    kind: enumOf(DOSSIER_KINDS, 'search : une recherche ; tender : un besoin ; comparison : une comparaison.'),
    language: enumOf(['fr', 'en'], 'La langue des libellés figés.'),
    title: Type.Optional(Type.String()),
    note: Type.Optional(Type.String()),
    createdAt: Type.String({ description: 'ISO 8601, UTC.' }),
    expiresAt: Type.String({ description: 'Le dossier est effacé à cette date.' }),
    program: Type.Object({ name: Type.String(), version: Type.String() }),
    index: Type.Object({
      engine: Type.String(),
      version: Type.String(),
      builtAt: Type.String(),
      suppliers: Type.Integer(),
    }),
    catalogue: Type.Object({ suppliers: Type.Integer(), demonstration: Type.Boolean() }),
    sources: Type.Array(SourceStatus),
    method: Method,
    order: Type.Object({
      by: enumOf([...SORTS, 'neutral', 'asked'] as const, 'neutral : par une empreinte ; asked : comme demandé.'),
      rule: Type.Optional(Type.String({ description: 'Comment refaire un ordre neutre.' })),
    }),
    search: Type.Optional(FrozenSearch),
    tender: Type.Optional(FrozenTender),
    comparison: Type.Optional(Comparison),
    suppliers: Type.Array(FrozenSupplier),
  },
  { description: 'Un dossier figé, en JSON canonique (RFC 8785) : son empreinte SHA-256 est celle de ces octets.' },
)
export type Dossier = Static<typeof Dossier>

/** Whether a parsed text is a frozen document: ours, hashed when it was written, so its format tells the rest. */
export const isDossier = (value: unknown): value is Dossier =>
  typeof value === 'object' && value !== null && 'format' in value && value.format === DOSSIER_FORMAT

export const DECISIONS = ['undecided', 'kept', 'rejected'] as const
export type Decision = (typeof DECISIONS)[number]

export const ANNOTATIONS_FORMAT = 'brique-dossier-annotations/1'

export const Annotation = Type.Object(
  {
    siren: SirenSchema,
    decision: enumOf(DECISIONS, 'kept : retenu ; rejected : écarté ; undecided : pas de décision.'),
    reason: Type.String({ maxLength: MAX_REASON, description: 'Une ligne de texte brut.' }),
  },
  { additionalProperties: false },
)
export type Annotation = Static<typeof Annotation>

/** The buyer's word on each supplier: apart from the frozen document, with a version and a time of its own. */
export const Annotations = Type.Object(
  {
    format: Type.Literal(ANNOTATIONS_FORMAT),
    dossier: Type.String(),
    version: Type.Integer({ description: '0 : rien n’a encore été écrit.' }),
    savedAt: Type.Optional(Type.String({ description: 'ISO 8601, UTC.' })),
    entries: Type.Array(Annotation, { description: 'Absent de la liste : pas de décision, pas de motif.' }),
  },
  { description: 'Les décisions et motifs de l’acheteur.' },
)
export type Annotations = Static<typeof Annotations>

/** Whether a parsed text is a document of annotations of ours. */
export const isAnnotations = (value: unknown): value is Annotations =>
  typeof value === 'object' && value !== null && 'format' in value && value.format === ANNOTATIONS_FORMAT

/** What has changed since a dossier was frozen. Never part of it. */
export const DossierChanges = Type.Object(
  {
    computedAt: Type.String(),
    index: Type.Object({
      frozen: Type.String(),
      today: Type.Optional(Type.String({ description: 'Absent : aucun index ne répond.' })),
      builtAt: Type.Optional(Type.String()),
    }),
    program: Type.Object({ frozen: Type.String(), today: Type.String() }),
    sources: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        frozen: Type.Optional(Type.String({ description: 'Absente : source nouvelle.' })),
        today: Type.Optional(Type.String({ description: 'Absente : source retirée.' })),
      }),
      { description: 'Les sources ajoutées, retirées ou plus récentes.' },
    ),
    results: Type.Optional(
      Type.Object(
        {
          frozen: Type.Integer(),
          today: Type.Integer(),
          arrived: Type.Array(Type.Object({ siren: SirenSchema, name: Type.String(), rank: Type.Integer() })),
          left: Type.Array(Type.Object({ siren: SirenSchema, name: Type.String(), rank: Type.Integer() })),
          moved: Type.Array(
            Type.Object({ siren: SirenSchema, name: Type.String(), frozen: Type.Integer(), today: Type.Integer() }),
          ),
        },
        { description: 'La même demande aujourd’hui. Absent quand elle ne peut pas être refaite.' },
      ),
    ),
    suppliers: Type.Array(
      Type.Object({
        siren: SirenSchema,
        name: Type.String(),
        gone: Type.Boolean({ description: 'Sa fiche n’est plus au catalogue : retirée, ou plus dans aucune source.' }),
        added: Type.Array(Type.String(), { description: 'Propriétés avec un fait nouveau.' }),
        removed: Type.Array(Type.String(), { description: 'Propriétés dont un fait a disparu.' }),
      }),
      { description: 'Les fournisseurs du dossier dont les faits ont changé.' },
    ),
  },
  { description: 'Ce qui a changé depuis, calculé à la lecture.' },
)
export type DossierChanges = Static<typeof DossierChanges>
