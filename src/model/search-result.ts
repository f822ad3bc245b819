import { type Static, Type } from 'typebox'
import { Evidence } from './fact.ts'
import { SirenSchema } from './siren.ts'
import { Label, State, WebsiteState } from './supplier.ts'

/** One reason of a score. The values of a hit's lines add up to its score. */
export const ExplanationLine = Type.Object({
  kind: Type.Enum(['field', 'brick', 'phrase', 'name', 'semantic', 'prior'] as const),
  label: Type.String({ description: 'La raison, en clair.' }),
  detail: Type.Optional(Type.String({ description: 'Les mots reconnus.' })),
  value: Type.Number({ description: 'Points.' }),
})
export type ExplanationLine = Static<typeof ExplanationLine>

/** A sentence of a source with the matched words marked. `text` is HTML: everything but `<mark>` is escaped. */
export const Passage = Type.Object({
  text: Type.String({ description: 'HTML : texte échappé, mots reconnus entre <mark> et </mark>.' }),
  source: Type.Optional(Type.String({ description: 'Identifiant de la source.' })),
  sourceUrl: Type.String(),
  retrievedAt: Type.String(),
  evidence: Evidence,
  period: Type.Optional(Type.String({ description: 'Année dont le texte parle.' })),
})
export type Passage = Static<typeof Passage>

/** What a result card shows of a supplier. */
export const SupplierSummary = Type.Object({
  siren: SirenSchema,
  name: Type.String(),
  unnamed: Type.Boolean(),
  tagline: Type.Optional(Type.String()),
  commune: Type.Optional(Type.String({ description: 'Nom de la commune.' })),
  department: Type.Optional(Type.String({ description: 'Code du département.' })),
  region: Type.Optional(Type.String({ description: 'Nom de la région.' })),
  state: Type.Optional(State),
  website: Type.Optional(Type.String()),
  websiteState: Type.Optional(WebsiteState),
  labels: Type.Array(Label),
  bricks: Type.Array(Type.String({ description: 'Identifiant de brique.' })),
  themes: Type.Array(Type.String()),
  sources: Type.Array(Type.String()),
  updatedAt: Type.String(),
})
export type SupplierSummary = Static<typeof SupplierSummary>

export const Hit = Type.Object({
  supplier: SupplierSummary,
  score: Type.Number(),
  distanceKm: Type.Optional(Type.Number()),
  explanation: Type.Array(ExplanationLine),
  missing: Type.Optional(
    Type.Array(Type.String(), { description: 'Les mots demandés qu’aucun texte de la fiche ne contient.' }),
  ),
  passages: Type.Array(Passage),
})
export type Hit = Static<typeof Hit>

export const FacetValue = Type.Object({
  value: Type.String(),
  label: Type.String(),
  count: Type.Integer(),
  selected: Type.Boolean(),
})
export type FacetValue = Static<typeof FacetValue>

/** A piece of the query that was recognised, and how. */
export const Understood = Type.Object({
  span: Type.String({ description: 'Les mots de la requête.' }),
  brick: Type.Optional(Type.String()),
  label: Type.Optional(Type.String({ description: 'La brique ou le lieu, en clair.' })),
  via: Type.String({ description: 'label, alias, acronym, replaces, place, siren, name, corrected.' }),
})
export type Understood = Static<typeof Understood>

export const Suggestion = Type.Object({
  text: Type.String(),
  kind: Type.Enum(['supplier', 'brick', 'theme', 'place', 'word'] as const),
  siren: Type.Optional(SirenSchema),
  brick: Type.Optional(Type.String()),
  theme: Type.Optional(Type.String()),
})
export type Suggestion = Static<typeof Suggestion>

/** A way on from no answer, or from few: one criterion less or wider, and how many suppliers that gives. */
export const Recovery = Type.Object({
  kind: Type.Enum(['filter', 'range', 'place', 'radius', 'brick'] as const, {
    description:
      'filter : sans ce filtre ; range : sans cette plage ; place : sans le lieu ; radius : plus loin ; brick : une brique plus large.',
  }),
  name: Type.Optional(Type.String({ description: 'La facette du filtre, ou la plage : founded ou updated.' })),
  value: Type.String({
    description: 'La valeur du filtre, la plage (« 2015/2020 », « 2015/.. »), le lieu, le rayon en km ou la brique.',
  }),
  label: Type.String(),
  count: Type.Integer(),
})
export type Recovery = Static<typeof Recovery>

/** The answer of `GET /api/search`. */
export const SearchResult = Type.Object({
  query: Type.Object({
    text: Type.String(),
    understood: Type.Array(Understood),
    corrected: Type.Union([Type.String(), Type.Null()], { description: 'La requête corrigée, quand elle l’a été.' }),
    didYouMean: Type.Union([Type.String(), Type.Null()], { description: 'Une autre graphie, à proposer.' }),
    relaxed: Type.Array(Type.String(), { description: 'Ce qui a été assoupli pour trouver des réponses, en clair.' }),
    semantic: Type.Optional(
      Type.Enum(['off', 'used', 'unavailable'] as const, {
        description: 'Proximité de sens : sans encodeur, prise en compte, ou momentanément indisponible.',
      }),
    ),
  }),
  total: Type.Integer(),
  page: Type.Integer(),
  size: Type.Integer(),
  hits: Type.Array(Hit),
  facets: Type.Record(Type.String(), Type.Array(FacetValue), {
    description: 'Chaque facette est comptée sans son propre filtre.',
  }),
  suggestions: Type.Array(Suggestion),
  recovery: Type.Array(Recovery, { description: 'Quand rien ou presque ne répond : ce qu’on peut relâcher.' }),
  nearest: Type.Array(Hit, { description: 'Quand rien ou presque ne répond : les fiches les plus proches.' }),
})
export type SearchResult = Static<typeof SearchResult>
