import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { InvalidParameterError } from '../errors.ts'
import { MAX_COMPARED, MIN_COMPARED } from '../model/comparison.ts'
import type { DocumentText } from '../model/document.ts'
import {
  DOSSIER_KINDS,
  DOSSIER_LIMITS,
  DOSSIER_ORDERS,
  type DossierKind,
  type DossierOrder,
  FrozenParameters,
  MAX_DOSSIER_NOTE,
  MAX_DOSSIER_SUPPLIERS,
  MAX_DOSSIER_TITLE,
} from '../model/dossier.ts'
import { inertText } from '../model/inert-text.ts'
import type { Language } from '../model/language.ts'
import type { Siren } from '../model/siren.ts'
import type { TenderChoices } from '../search/tender/tenders.ts'
import { pageParameters } from './page-parameters.ts'
import { readSiren } from './suppliers.ts'
import { choicesOfBody, choicesOfFields, type FormFields, TenderBody } from './tender-request.ts'
import { checkedText } from './tenders.ts'

/** What is to be frozen, from JSON or from a form: the question alone. Its answer is always computed here. */

const enumOf = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>(Type.Enum([...values], { description }))

/** The JSON body of `POST /api/dossiers`. */
export const DossierBody = Type.Object(
  {
    kind: enumOf(DOSSIER_KINDS, 'Ce qui est figé ; la propriété du même nom dit quoi.'),
    search: Type.Optional(FrozenParameters),
    limit: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_DOSSIER_SUPPLIERS,
        description: `Fournisseurs d’une recherche à figer ; ${MAX_DOSSIER_SUPPLIERS} sans cela.`,
      }),
    ),
    tender: Type.Optional(TenderBody),
    keepText: Type.Optional(
      Type.Boolean({ description: 'Garder le texte du besoin entier ; sinon, ses phrases citées seulement.' }),
    ),
    comparison: Type.Optional(
      Type.Object(
        { siren: Type.Array(Type.String({ maxLength: 100 }), { minItems: MIN_COMPARED, maxItems: MAX_COMPARED }) },
        { additionalProperties: false },
      ),
    ),
    order: Type.Optional(
      enumOf(
        DOSSIER_ORDERS,
        'relevance, ou neutral : par l’empreinte du dossier et du SIREN, sans mérite ni alphabet. Une comparaison reste dans l’ordre demandé.',
      ),
    ),
    title: Type.Optional(Type.String({ maxLength: MAX_DOSSIER_TITLE })),
    note: Type.Optional(Type.String({ maxLength: MAX_DOSSIER_NOTE })),
    language: Type.Optional(enumOf(['fr', 'en'] as const, 'Langue des libellés figés ; sinon Accept-Language.')),
  },
  { additionalProperties: false },
)
export type DossierBody = Static<typeof DossierBody>

/** The question that a dossier freezes. */
export type Subject =
  | { readonly kind: 'search'; readonly parameters: FrozenParameters; readonly limit: number }
  | {
      readonly kind: 'tender'
      readonly document: DocumentText
      readonly choices: TenderChoices
      readonly keepText: boolean
    }
  | { readonly kind: 'comparison'; readonly sirens: readonly Siren[] }

export interface DossierRequest {
  readonly subject: Subject
  readonly order: DossierOrder
  readonly language: Language
  readonly title: string
  readonly note: string
}

const missing = (kind: DossierKind): InvalidParameterError =>
  new InvalidParameterError(kind, {
    fr: `« ${kind} » : requis quand « kind » vaut « ${kind} », et seul avec lui.`,
    en: `“${kind}”: required when “kind” is “${kind}”, and only then.`,
  })

const different = (values: readonly string[]): readonly Siren[] => {
  const sirens = [...new Set(values.filter(value => value.trim() !== '').map(readSiren))]
  if (sirens.length >= MIN_COMPARED && sirens.length <= MAX_COMPARED) return sirens
  throw new InvalidParameterError('siren', {
    fr: `« siren » : ${MIN_COMPARED} à ${MAX_COMPARED} fournisseurs différents se comparent ; ${sirens.length} donné.`,
    en: `“siren”: ${MIN_COMPARED} to ${MAX_COMPARED} different suppliers can be compared; ${sirens.length} given.`,
  })
}

const subjectOfBody = ({ kind, search, tender, comparison, limit, keepText }: DossierBody): Subject => {
  for (const [name, given] of Object.entries({ search, tender, comparison })) {
    if ((given !== undefined) !== (name === kind)) throw missing(kind)
  }
  if (search) return { kind: 'search', parameters: search, limit: limit ?? MAX_DOSSIER_SUPPLIERS }
  if (comparison) return { kind: 'comparison', sirens: different(comparison.siren) }
  if (tender) {
    const choices = choicesOfBody(tender)
    return { kind: 'tender', document: checkedText(tender.text), choices, keepText: keepText ?? false }
  }
  throw missing(kind)
}

/** The request of a JSON body that its schema has passed. */
export const requestOfBody = (body: DossierBody, language: Language): DossierRequest => ({
  subject: subjectOfBody(body),
  order: body.order ?? 'relevance',
  language: body.language ?? language,
  title: inertText(body.title ?? '').trim(),
  note: inertText(body.note ?? '').trim(),
})

/** Fields of a form that are the dossier's own: everything else is the question, as its page asks it. */
export const OWN_FIELD = 'dossier.'

const LISTS: ReadonlySet<string> = new Set(
  Object.entries(FrozenParameters.properties).flatMap(([name, schema]) => ('items' in schema ? [name] : [])),
)

const NUMBERS: ReadonlySet<string> = new Set(
  Object.entries(FrozenParameters.properties).flatMap(([name, schema]) =>
    'type' in schema && (schema.type === 'number' || schema.type === 'integer') ? [name] : [],
  ),
)

const scalar = (name: string, value: string): string | number => (NUMBERS.has(name) ? Number(value) : value)

/** The parameters of a search as its page re-sends them. */
const parametersOf = (fields: FormFields): FrozenParameters => {
  const filled = [...fields].map(([name, values]) => [name, values.filter(value => value !== '')] as const)
  const parameters = Object.fromEntries(
    filled.flatMap(([name, values]) => {
      const [first] = values
      if (first === undefined) return []
      return [[name, LISTS.has(name) ? values : scalar(name, first)]]
    }),
  )
  if (Check(FrozenParameters, parameters)) return pageParameters(parameters)
  throw new InvalidParameterError('search', {
    fr: '« search » : un paramètre de recherche est inconnu ou mal formé.',
    en: '“search”: a parameter of the search is unknown or malformed.',
  })
}

const limitOf = (text: string): number => DOSSIER_LIMITS.find(each => String(each) === text) ?? MAX_DOSSIER_SUPPLIERS

const subjectOfFields = (kind: string, fields: FormFields, own: (name: string) => string): Subject => {
  if (kind === 'search') return { kind, parameters: parametersOf(fields), limit: limitOf(own('limit')) }
  if (kind === 'comparison') return { kind, sirens: different(fields.get('siren') ?? []) }
  if (kind === 'tender') {
    const text = fields.get('text')?.[0] ?? ''
    return { kind, choices: choicesOfFields(fields), document: checkedText(text), keepText: own('text') === 'keep' }
  }
  throw new InvalidParameterError('dossier.kind', {
    fr: `« dossier.kind » : valeurs possibles : ${DOSSIER_KINDS.join(', ')}.`,
    en: `“dossier.kind”: possible values: ${DOSSIER_KINDS.join(', ')}.`,
  })
}

const within = (name: string, value: string, most: number): string => {
  // Browsers count a line's end once and send it as two characters.
  const text = inertText(value).trim()
  if (text.length <= most) return text
  throw new InvalidParameterError(name, {
    fr: `« ${name} » : ${most} caractères au plus.`,
    en: `“${name}”: at most ${most} characters.`,
  })
}

/** The request of a page's form. An unknown field or value is a 400 that names it. */
export const requestOfFields = (fields: FormFields, language: Language): DossierRequest => {
  const own = (name: string): string => fields.get(OWN_FIELD + name)?.[0] ?? ''
  const others = new Map([...fields].filter(([name]) => !name.startsWith(OWN_FIELD)))
  return {
    subject: subjectOfFields(own('kind'), others, own),
    order: own('order') === 'neutral' ? 'neutral' : 'relevance',
    language,
    title: within('dossier.title', own('title'), MAX_DOSSIER_TITLE),
    note: within('dossier.note', own('note'), MAX_DOSSIER_NOTE),
  }
}
