import { type Static, Type } from 'typebox'
import { ClaimValue } from './claim.ts'
import { Evidence, Fact } from './fact.ts'
import { SirenSchema } from './siren.ts'

const literals = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>(Type.Enum([...values], { description }))

export const STATES = ['active', 'insolvency', 'ceased'] as const
export const SIZE_CATEGORIES = ['micro', 'small', 'medium', 'large'] as const
export const ROLES = ['publisher', 'manufacturer', 'integrator', 'distributor', 'laboratory', 'consultancy'] as const
export const MATURITIES = ['research', 'pilot', 'commercial'] as const

/** What the crawl found out about the site that a source names. */
export const WEBSITE_STATES = ['gone', 'moved', 'unreachable', 'someone-else'] as const
export const WebsiteState = literals(
  WEBSITE_STATES,
  'gone : plus de page depuis trois semaines ; moved : renvoie vers un autre domaine ; unreachable : ne répond plus ; ' +
    'someone-else : montre le SIREN d’une autre entreprise.',
)
export type WebsiteState = Static<typeof WebsiteState>

export const State = literals(STATES, 'En activité, en procédure collective ou cessée.')
export type State = Static<typeof State>
export const SizeCategory = literals(
  SIZE_CATEGORIES,
  'micro : moins de 10 salariés ; small : 10 à 49 ; medium : 50 à 249 ; large : 250 et plus.',
)
export type SizeCategory = Static<typeof SizeCategory>
export const Role = literals(ROLES, 'Éditeur, fabricant, intégrateur, distributeur, laboratoire ou bureau d’études.')
export type Role = Static<typeof Role>
export const Maturity = literals(MATURITIES, 'R&D, pilote ou commercialisé.')
export type Maturity = Static<typeof Maturity>

/** A product or a service that a source says the firm sells. */
export const Offer = Type.Object({
  kind: Type.Union([Type.Literal('product'), Type.Literal('service')]),
  name: Type.String(),
  description: Type.Optional(Type.String()),
  bricks: Type.Array(Type.String(), { description: 'Identifiants de briques.' }),
  maturity: Type.Optional(Maturity),
})
export type Offer = Static<typeof Offer>

/** A distinction: the award or status, and the years it was given. */
export const Label = Type.Object({
  id: Type.String({ description: 'Par exemple « i-lab ».' }),
  name: Type.String({ description: 'Par exemple « Lauréat i-Lab ».' }),
  years: Type.Array(Type.Integer(), { description: 'Années d’obtention, croissantes ; vide si inconnues.' }),
  evidence: Evidence,
})
export type Label = Static<typeof Label>

/** A certificate that the firm claims or a register lists. What no source states is absent: "non renseigné". */
export const Certification = Type.Object({
  id: Type.String({ description: 'Par exemple « iso-27001 », « hds ».' }),
  name: Type.String(),
  evidence: Evidence,
  scope: Type.Optional(Type.String()),
  issued: Type.Optional(Type.String({ description: 'AAAA, AAAA-MM ou AAAA-MM-JJ.' })),
  validUntil: Type.Optional(Type.String({ description: 'AAAA, AAAA-MM ou AAAA-MM-JJ.' })),
  number: Type.Optional(Type.String()),
})
export type Certification = Static<typeof Certification>

export const Location = Type.Object({
  commune: Type.Optional(Type.String({ description: 'Code Insee de la commune.' })),
  communeName: Type.Optional(Type.String()),
  postcode: Type.Optional(Type.String()),
  department: Type.Optional(Type.String({ description: 'Code du département.' })),
  region: Type.Optional(Type.String({ description: 'Code Insee de la région.' })),
  latitude: Type.Optional(Type.Number()),
  longitude: Type.Optional(Type.Number()),
  precision: Type.Optional(
    literals(
      ['address', 'commune'] as const,
      'D’où viennent les coordonnées : une adresse ou le centre de la commune.',
    ),
  ),
})
export type Location = Static<typeof Location>

/**
 * A text about the firm beside its description: a page of its site, or the summary of a project that won
 * an award, which is history and carries its year.
 */
export const Text = Type.Object({
  kind: Type.Union([Type.Literal('page'), Type.Literal('award')]),
  title: Type.String(),
  url: Type.String(),
  retrievedAt: Type.String({ description: 'Quand Brique l’a lu (ISO 8601).' }),
  evidence: Evidence,
  period: Type.Optional(Type.String({ description: 'Année du prix.' })),
  passages: Type.Array(Type.String(), { description: 'Texte brut, un passage par élément (environ 500 caractères).' }),
})
export type Text = Static<typeof Text>

/** A text with the address and dates that let a reader check it. */
export const SourcedText = Type.Object({
  text: Type.String(),
  source: Type.String({ description: 'Identifiant de la source.' }),
  sourceUrl: Type.String(),
  retrievedAt: Type.String(),
  evidence: Evidence,
  period: Type.Optional(Type.String()),
})
export type SourcedText = Static<typeof SourcedText>

/** What a source says the firm claims, with the words and the page. */
export const Claim = Type.Interface([ClaimValue], {
  excerpt: Type.Optional(Type.String({ description: 'La phrase de la page.' })),
  source: Type.String({ description: 'Identifiant de la source.' }),
  sourceUrl: Type.String(),
  retrievedAt: Type.String(),
  evidence: Evidence,
})
export type Claim = Static<typeof Claim>

/** A brick that a text of the profile names, with the sentence: found by the vocabulary, stated by no source as such. */
export const BrickEvidence = Type.Object({
  brick: Type.String({ description: 'Identifiant de brique.' }),
  expression: Type.String({ description: 'L’expression du vocabulaire qui a été reconnue.' }),
  sentence: Type.String({ description: 'La phrase qui la contient.' }),
  strength: Type.Integer({
    description: 'Poids des mentions : 3 dans l’accroche, 2 dans le nom d’une offre, 1 ailleurs, par texte.',
  }),
  sourceUrl: Type.String(),
  retrievedAt: Type.String(),
  evidence: Evidence,
  period: Type.Optional(Type.String()),
})
export type BrickEvidence = Static<typeof BrickEvidence>

/**
 * A profile as it is searched and shown: registry identity and the merged values of all its facts.
 * An absent property means that no source states it ("non renseigné"), never "no".
 */
export const Supplier = Type.Object(
  {
    siren: SirenSchema,
    name: Type.String(),
    unnamed: Type.Boolean({ description: 'Vrai quand aucune source ne donne de nom : le nom affiché est le SIREN.' }),
    otherNames: Type.Array(Type.String(), { description: 'Autres noms donnés par des sources.' }),
    tagline: Type.Optional(SourcedText),
    description: Type.Optional(SourcedText),
    website: Type.Optional(Type.String()),
    websiteState: Type.Optional(WebsiteState),
    state: Type.Optional(State),
    location: Location,
    naf: Type.Optional(Type.String({ description: 'Activité principale, code NAF rév. 2 (« 62.01Z »).' })),
    sizeCategory: Type.Optional(SizeCategory),
    headcount: Type.Optional(Type.String({ description: 'Effectif tel que la source le donne.' })),
    founded: Type.Optional(Type.Integer({ description: 'Année de création.' })),
    themes: Type.Array(Type.String()),
    bricks: Type.Array(Type.String(), { description: 'Identifiants de briques.' }),
    foundBricks: Type.Optional(
      Type.Array(BrickEvidence, { description: 'Briques reconnues dans les textes, la phrase à l’appui.' }),
    ),
    tags: Type.Array(Type.String()),
    offers: Type.Array(Offer),
    roles: Type.Array(Role),
    labels: Type.Array(Label),
    certifications: Type.Array(Certification),
    hosting: Type.Array(Type.String({ description: 'Code ISO 3166-1 alpha-2 du pays d’hébergement des données.' })),
    ess: Type.Optional(Type.Boolean({ description: 'Économie sociale et solidaire.' })),
    publicReference: Type.Optional(Type.Boolean({ description: 'Au moins un marché public connu.' })),
    claims: Type.Optional(Type.Array(Claim, { description: 'Ce que le site de l’entreprise déclare encore.' })),
    texts: Type.Array(Text),
    sources: Type.Array(Type.String(), { description: 'Identifiants des sources de la fiche.' }),
    updatedAt: Type.String({ description: 'Date la plus récente parmi les données de la fiche (AAAA-MM-JJ).' }),
  },
  { description: 'La fiche d’un fournisseur.' },
)
export type Supplier = Static<typeof Supplier>

/** A profile with every fact it rests on. */
export const SupplierRecord = Type.Object({
  supplier: Supplier,
  facts: Type.Array(Fact, { description: 'Chaque fait, avec sa source, sa licence et sa date.' }),
})
export type SupplierRecord = Static<typeof SupplierRecord>

/** What the `value` of a fact holds, by property: the vocabulary that connectors write and `mergeFacts` reads. */
export interface FactValues {
  /** The firm's name, as the source spells it. */
  name: string
  /** One sentence, in the source's words. */
  tagline: string
  /** What the firm does, plain text. */
  description: string
  /** `http` or `https` address. */
  website: string
  /** Stated of a site that is not, or no longer, the supplier's. */
  websiteState: WebsiteState
  state: State
  /** Any subset of a location; merged field by field. */
  location: Location
  naf: string
  sizeCategory: SizeCategory
  headcount: string
  founded: number
  /** A theme id of `themes.ts`. */
  theme: string
  /** A brick id of the vocabulary. */
  brick: string
  tag: string
  offer: Offer
  role: Role
  /** `year` is the fact's `period`. */
  label: { readonly id: string; readonly name: string }
  certification: Omit<Certification, 'evidence'>
  hosting: string
  ess: boolean
  publicReference: boolean
  claim: ClaimValue
  /** A page of the firm's site or the summary of an award-winning project (year in the fact's `period`). */
  text: {
    readonly kind: 'page' | 'award'
    readonly title: string
    readonly url: string
    readonly passages: readonly string[]
  }
}
export type FactProperty = keyof FactValues
