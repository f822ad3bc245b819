import { type Static, Type } from 'typebox'
import { FACET_NAMES, type FacetName } from './facets.ts'
import { FIRST_YEAR, type Ranges } from './ranges.ts'

export const SORTS = ['relevance', 'name', 'recent', 'distance'] as const
export type Sort = (typeof SORTS)[number]

/** The window that a reader can page through: `page` × `size`. Past it the answer is a 400. */
export const MAX_WINDOW = 1000
export const MAX_QUERY_LENGTH = 1000
export const DEFAULT_SIZE = 20
export const MAX_SIZE = 50
export const DEFAULT_RADIUS_KM = 50

/** At most so many values of one facet: more than any facet of the pages offers. */
const MAX_FILTER_VALUES = 50

const filterParameter = (name: FacetName) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      maxItems: MAX_FILTER_VALUES,
      description: `Filtre « ${name} », répétable : l’une des valeurs données.`,
    }),
  )

const year = (description: string) => Type.Optional(Type.Integer({ minimum: FIRST_YEAR, description }))

/** The bounds of the ranges: those of a search, and of the suppliers of a tender. */
export const RangeParameterSchemas = {
  foundedFrom: year('Entreprises créées cette année-là ou après. Une année inconnue n’est dans aucune plage.'),
  foundedTo: year('Entreprises créées cette année-là ou avant ; au plus tard l’an prochain.'),
  updatedSince: Type.Optional(
    Type.String({
      format: 'date',
      description:
        'Jour (AAAA-MM-JJ) depuis lequel une source dit du nouveau : une page lue, ou la fin de l’année d’un prix ; sans ' +
        'cela, la date des données de la fiche.',
    }),
  ),
}

/** The query string of `GET /api/search` and of `/recherche`. An unknown parameter is refused. */
export const SearchParameters = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: MAX_QUERY_LENGTH, description: 'Ce que vous cherchez, avec vos mots.' })),
    page: Type.Optional(Type.Integer({ minimum: 1, default: 1, description: 'Page, à partir de 1.' })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_SIZE, default: DEFAULT_SIZE })),
    sort: Type.Optional(Type.Enum([...SORTS] as unknown as typeof SORTS, { default: 'relevance' })),
    near: Type.Optional(
      Type.String({ maxLength: 100, description: '« latitude,longitude », code Insee ou nom d’une commune.' }),
    ),
    literal: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
        maxItems: 10,
        description:
          'Morceaux de « q » à prendre comme de simples mots : ni brique, ni lieu, ni correction. Répétable.',
      }),
    ),
    radiusKm: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 2000, default: DEFAULT_RADIUS_KM })),
    ...RangeParameterSchemas,
    ...(Object.fromEntries(FACET_NAMES.map(name => [name, filterParameter(name)])) as Record<
      FacetName,
      ReturnType<typeof filterParameter>
    >),
  },
  { additionalProperties: false },
)
export type SearchParameters = Static<typeof SearchParameters>

export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** A place that a search is bounded to. */
export interface Near extends Point {
  /** As it is shown: a commune's name, or the coordinates. */
  readonly label: string
  readonly radiusKm: number
}

export type Filters = Readonly<Partial<Record<FacetName, readonly string[]>>>

/** What narrows any search: values of facets, and ranges. */
export interface Narrowing {
  readonly filters: Filters
  readonly ranges?: Ranges
}

/** A search, checked: what `search/` and the engines take. */
export interface Query extends Narrowing {
  readonly text: string
  readonly near?: Near
  /** Pieces of the text that are to be taken as plain words. */
  readonly literal?: readonly string[]
  readonly sort: Sort
  readonly page: number
  readonly size: number
}
