import { type Static, Type } from 'typebox'
import { EvidencedValue } from './comparison.ts'
import { ExplanationLine, Passage } from './search-result.ts'
import { SirenSchema } from './siren.ts'
import { Label, State } from './supplier.ts'

/** The mirror: how a firm is found, by what, and what its profile lacks (`GET /api/suppliers/{siren}/visibility`). */

/** So many needs are replayed for one mirror. */
export const MAX_NEEDS = 24
/** A rank is counted this far; further down it is only said to be further down. */
export const MAX_RANK = 1000
/** So many firms are set beside the one that asks. */
export const MAX_ABOVE = 5

export const NEED_RELATIONS = ['own', 'passing', 'words', 'broader', 'narrower', 'neighbour'] as const
export type NeedRelation = (typeof NEED_RELATIONS)[number]

const rank = Type.Union([Type.Integer({ minimum: 1, maximum: MAX_RANK }), Type.Null()], {
  description: `La place dans GET /api/search pour cette requête, réglages par défaut ; null au-delà de ${MAX_RANK} ou absente.`,
})
const standing = Type.Enum(['ranked', 'beyond', 'absent'] as const, {
  description: `ranked : la place est connue ; beyond : trouvée au-delà de la ${MAX_RANK}e ; absent : pas trouvée.`,
})
export type Standing = 'ranked' | 'beyond' | 'absent'

const Minimum = Type.Object(
  {
    needed: Type.Integer({ description: 'Combien de mots une fiche doit avoir pour répondre.' }),
    of: Type.Integer({ description: 'Combien la requête en a, sans les mots facultatifs.' }),
    held: Type.Integer({ description: 'Combien cette fiche en a, par ses textes ou par ses briques.' }),
  },
  { description: 'Le minimum de mots de cette requête.' },
)
export type Minimum = Static<typeof Minimum>

/** One need replayed: where the firm comes, and by which evidence. */
export const NeedStanding = Type.Object({
  query: Type.String({ description: 'La requête rejouée, telle qu’un acheteur l’écrirait.' }),
  brick: Type.String({ description: 'Identifiant de la brique dont elle est le nom ou un alias.' }),
  label: Type.String(),
  relation: Type.Enum([...NEED_RELATIONS] as unknown as typeof NEED_RELATIONS, {
    description:
      'own : brique de la fiche ; passing : nommée une fois en passant ; words : la même brique en d’autres mots ; ' +
      'broader, narrower, neighbour : plus large, plus précise ou voisine d’une brique de la fiche.',
  }),
  of: Type.Optional(Type.String({ description: 'La brique de la fiche dont celle-ci est proche.' })),
  rank,
  standing,
  total: Type.Integer({ description: 'Combien de fiches répondent.' }),
  score: Type.Optional(Type.Number()),
  behindFirst: Type.Optional(Type.Number({ description: 'Points de moins que la première fiche.' })),
  explanation: Type.Array(ExplanationLine, { description: 'Les raisons du score ; leur somme est le score.' }),
  evidence: Type.Optional(Passage),
  missing: Type.Array(Type.String(), { description: 'Les mots de la requête que la fiche n’a pas.' }),
  minimum: Minimum,
})
export type NeedStanding = Static<typeof NeedStanding>

const FIELDS = ['name', 'tagline', 'tags', 'description', 'passages', 'bricks'] as const
const ProfileFields = Type.Array(Type.Enum([...FIELDS] as unknown as typeof FIELDS), {
  description: 'Où la fiche a ce mot : nom, accroche, mots-clés, description, pages, briques.',
})

/** Something of the firm's own profile that comes near to a word it lacks. */
export const NearWord = Type.Object({
  kind: Type.Enum(['spelling', 'form', 'brick'] as const, {
    description: 'spelling : même mot à une lettre près ; form : même famille de mots ; brick : brique voisine.',
  }),
  text: Type.String({ description: 'Le mot, ou le nom de la brique, tel que la fiche l’a.' }),
  brick: Type.Optional(Type.String()),
})
export type NearWord = Static<typeof NearWord>

export const AskedConcept = Type.Object({
  text: Type.String({ description: 'Un mot de la requête.' }),
  optional: Type.Boolean({ description: 'Il ajoute des points sans être exigé.' }),
  own: ProfileFields,
  above: Type.Array(Type.Object({ siren: SirenSchema, fields: ProfileFields })),
  near: Type.Array(NearWord, { description: 'Quand la fiche ne l’a pas : ce qu’elle a de plus proche.' }),
})
export type AskedConcept = Static<typeof AskedConcept>

/** A reason of the score, side by side: 0 where a firm has nothing of it. */
export const SideBySide = Type.Object({
  kind: ExplanationLine.properties.kind,
  label: Type.String(),
  own: Type.Number({ description: 'Points de cette fiche.' }),
  above: Type.Array(Type.Number(), { description: 'Points des fiches au-dessus, dans leur ordre.' }),
})
export type SideBySide = Static<typeof SideBySide>

/** What holds a profile back whatever its words, or keeps it out. */
export const HINDRANCES = [
  'ceased',
  'insolvency',
  'no-text',
  'unnamed',
  'keywords',
  'site-lost',
  'too-few-words',
  'place',
  'other-siren',
] as const
export type Hindrance = (typeof HINDRANCES)[number]

/** The firm in the answers to a query that it typed. */
export const QueryStanding = Type.Object({
  text: Type.String(),
  corrected: Type.Union([Type.String(), Type.Null()], { description: 'La requête corrigée, quand elle l’a été.' }),
  bricks: Type.Array(
    Type.Object({
      brick: Type.String(),
      label: Type.String(),
      span: Type.String({ description: 'Les mots de la requête qui la nomment.' }),
      held: Type.Boolean({ description: 'La fiche a cette brique, ou une plus précise.' }),
    }),
  ),
  relaxed: Type.Boolean({ description: 'Moins de mots que d’ordinaire ont été exigés, faute de réponses.' }),
  rank,
  standing,
  total: Type.Integer(),
  minimum: Minimum,
  own: Type.Optional(Type.Object({ score: Type.Number(), explanation: Type.Array(ExplanationLine) })),
  above: Type.Array(
    Type.Object({
      rank: Type.Integer(),
      siren: SirenSchema,
      name: Type.String(),
      state: Type.Optional(State),
      score: Type.Number(),
    }),
    { description: `Au plus ${MAX_ABOVE} : les premières fiches, et celles qui précèdent immédiatement celle-ci.` },
  ),
  lines: Type.Array(SideBySide),
  concepts: Type.Array(AskedConcept),
  hindrances: Type.Array(Type.Enum([...HINDRANCES] as unknown as typeof HINDRANCES)),
  page: Type.Optional(
    Type.Object(
      { title: Type.String(), url: Type.String() },
      {
        description: 'La page du site où écrire ce qui manque : celle qui parle déjà le plus du besoin.',
      },
    ),
  ),
  evidence: Type.Optional(Passage),
})
export type QueryStanding = Static<typeof QueryStanding>

export const FIELD_IDS = [
  'name',
  'tagline',
  'description',
  'website',
  'state',
  'place',
  'naf',
  'size',
  'founded',
  'themes',
  'bricks',
  'offers',
  'roles',
  'references',
  'labels',
  'certifications',
  'hosting',
  'prices',
  'ess',
] as const
export type FieldId = (typeof FIELD_IDS)[number]

/** Where a value is put right. */
export const CORRECTION_PLACES = ['register', 'publisher', 'site', 'declaration', 'operator', 'none'] as const
export type CorrectionPlace = (typeof CORRECTION_PLACES)[number]

/** One field of the profile: its values with source, date and age, or none: "non renseigné". */
export const FieldState = Type.Object({
  id: Type.Enum([...FIELD_IDS] as unknown as typeof FIELD_IDS),
  label: Type.String(),
  values: Type.Array(EvidencedValue, { description: 'Vide : non renseigné, ce qui ne veut pas dire « non ».' }),
  date: Type.Optional(Type.String({ description: 'La date la plus récente parmi ces valeurs (AAAA-MM-JJ).' })),
  ageDays: Type.Optional(Type.Integer({ description: 'L’âge de cette date, en jours.' })),
  correct: Type.Object(
    {
      at: Type.Enum([...CORRECTION_PLACES] as unknown as typeof CORRECTION_PLACES, {
        description:
          'register : au registre (Insee, greffe) ; publisher : chez l’éditeur de la liste ; site : sur le site de ' +
          'l’entreprise ; declaration : par le formulaire de correction ; operator : chez l’exploitant ; none : nulle part.',
      }),
      name: Type.Optional(Type.String({ description: 'L’éditeur, quand c’en est un.' })),
      url: Type.Optional(Type.String()),
    },
    { description: 'Où corriger ou compléter à la source.' },
  ),
})
export type FieldState = Static<typeof FieldState>

/** Why the robot knows nothing, or what became of its visits. */
export const SITE_STATES = ['read', 'unread', 'queued', 'never-queued', 'opted-out', 'no-site', 'invented'] as const
export type SiteState = (typeof SITE_STATES)[number]

export const SiteCrawl = Type.Object(
  {
    state: Type.Enum([...SITE_STATES] as unknown as typeof SITE_STATES, {
      description:
        'read : des pages sont lues ; unread : visité sans page lue ; queued : en attente de sa première visite ; ' +
        'never-queued : jamais mis en file ; opted-out : retiré à la demande ; no-site : aucun site connu ; ' +
        'invented : catalogue de démonstration, rien à visiter.',
    }),
    website: Type.Optional(Type.String()),
    domain: Type.Optional(Type.String()),
    lastVisit: Type.Optional(Type.String({ description: 'ISO 8601.' })),
    nextVisit: Type.Optional(Type.String({ description: 'ISO 8601.' })),
    pagesKept: Type.Integer(),
    robots: Type.Optional(
      Type.Enum(['rules', 'allow-all', 'disallow-all'] as const, {
        description: 'Ce que robots.txt permet : disallow-all quand il refuse tout ou ne peut être lu.',
      }),
    ),
    unreadable: Type.Array(
      Type.Object({
        reason: Type.String({ description: 'robots, noindex, script-only, not-html, tls-error, gone…' }),
        pages: Type.Integer(),
        urls: Type.Array(Type.String(), { description: 'Quelques adresses.' }),
        triedAt: Type.Optional(Type.String({ description: 'ISO 8601.' })),
      }),
      { description: 'Ce que le robot n’a pas pu lire, par cause.' },
    ),
  },
  { description: 'Le passage du robot sur le site de l’entreprise.' },
)
export type SiteCrawl = Static<typeof SiteCrawl>

/** Another firm that may be taken for this one. */
export const AlikeFirm = Type.Object({
  siren: SirenSchema,
  name: Type.String(),
  place: Type.Optional(Type.String()),
  state: Type.Optional(State),
  reasons: Type.Array(
    Type.Enum(['same-name', 'near-name', 'same-site', 'same-text'] as const, {
      description: 'same-name : même nom ; near-name : nom presque identique ; same-site ; same-text : même texte.',
    }),
  ),
})
export type AlikeFirm = Static<typeof AlikeFirm>

/** The answer of `GET /api/suppliers/{siren}/visibility`. */
export const Visibility = Type.Object({
  supplier: Type.Object({
    siren: SirenSchema,
    name: Type.String(),
    unnamed: Type.Boolean(),
    state: Type.Optional(State),
    website: Type.Optional(Type.String()),
  }),
  index: Type.Object({ version: Type.String(), builtAt: Type.String(), suppliers: Type.Integer() }),
  indexed: Type.Boolean({ description: 'Faux quand la fiche n’est pas encore dans l’index : aucun rang.' }),
  needs: Type.Array(NeedStanding, {
    description: 'Les besoins tirés du vocabulaire et de la fiche, jamais des recherches d’autrui.',
  }),
  unasked: Type.Integer({ description: 'Besoins laissés de côté, faute de temps.' }),
  query: Type.Union([QueryStanding, Type.Null()], { description: 'La requête donnée par « q ».' }),
  fields: Type.Array(FieldState),
  site: SiteCrawl,
  alike: Type.Array(AlikeFirm),
  labels: Type.Array(Label),
  contracts: Type.Object({
    loaded: Type.Boolean({ description: 'Faux : aucune source de marchés publics n’est chargée.' }),
  }),
})
export type Visibility = Static<typeof Visibility>
