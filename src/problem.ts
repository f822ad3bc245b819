import { type Static, Type } from 'typebox'
import type { Language, Localised } from './model/language.ts'

/** Problem details (RFC 9457): the one form of every failure, and its words. */

const ParameterProblem = Type.Object({
  parameter: Type.String({ description: 'Le paramètre refusé.' }),
  detail: Type.String({ description: 'Pourquoi, et ce qui est accepté.' }),
})

/** The body of every error answer of the API, as `application/problem+json`. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: '« about:blank » : le statut HTTP dit tout du type.' }),
    title: Type.String(),
    status: Type.Integer({ description: 'Statut HTTP.' }),
    detail: Type.String({ description: 'Ce qui s’est passé et comment y remédier.' }),
    instance: Type.Optional(Type.String({ description: 'Référence de la requête dans les journaux.' })),
    errors: Type.Optional(Type.Array(ParameterProblem)),
    code: Type.Optional(Type.String({ description: 'Le nom du refus d’un document : « encrypted », « too-large »…' })),
  },
  { description: 'Erreur au format RFC 9457, dans la langue de la requête.' },
)
export type Problem = Static<typeof Problem>

interface Words {
  readonly title: Localised
  readonly detail: Localised
}

/** Every status that the service answers failures with, and its usual words. */
const WORDS = {
  400: {
    title: { fr: 'Requête incorrecte', en: 'Bad request' },
    detail: { fr: 'La requête n’a pas pu être lue.', en: 'The request could not be read.' },
  },
  403: {
    title: { fr: 'Refusé', en: 'Refused' },
    detail: { fr: 'La clé n’est pas la bonne.', en: 'The key is not the right one.' },
  },
  404: {
    title: { fr: 'Page introuvable', en: 'Not found' },
    detail: { fr: 'Aucune page n’existe à cette adresse.', en: 'There is no page at this address.' },
  },
  408: {
    title: { fr: 'Requête trop lente', en: 'Request too slow' },
    detail: { fr: 'La requête n’est pas arrivée à temps.', en: 'The request did not arrive in time.' },
  },
  409: {
    title: { fr: 'Déjà modifié', en: 'Changed meanwhile' },
    detail: { fr: 'Le contenu a changé depuis que vous l’avez lu.', en: 'The content has changed since you read it.' },
  },
  410: {
    title: { fr: 'N’existe plus', en: 'Gone' },
    detail: { fr: 'Ce qui était à cette adresse a été effacé.', en: 'What was at this address was deleted.' },
  },
  413: {
    title: { fr: 'Contenu trop volumineux', en: 'Content too large' },
    detail: { fr: 'Le corps de la requête dépasse 256 Kio.', en: 'The request body exceeds 256 KiB.' },
  },
  414: {
    title: { fr: 'Adresse trop longue', en: 'Address too long' },
    detail: { fr: 'Raccourcissez la recherche ou retirez des filtres.', en: 'Shorten the search or remove filters.' },
  },
  415: {
    title: { fr: 'Type de contenu non pris en charge', en: 'Unsupported content type' },
    detail: { fr: 'Ce type de contenu n’est pas accepté ici.', en: 'This content type is not accepted here.' },
  },
  422: {
    title: { fr: 'Document illisible', en: 'Unreadable document' },
    detail: { fr: 'Le document n’a pas pu être lu.', en: 'The document could not be read.' },
  },
  429: {
    title: { fr: 'Trop de requêtes', en: 'Too many requests' },
    detail: {
      fr: 'Vous avez atteint le nombre de recherches permis par minute. Réessayez dans un instant.',
      en: 'You have reached the number of searches allowed per minute. Try again shortly.',
    },
  },
  431: {
    title: { fr: 'En-têtes trop longs', en: 'Headers too large' },
    detail: { fr: 'Les en-têtes de la requête dépassent 16 Kio.', en: 'The request headers exceed 16 KiB.' },
  },
  500: {
    title: { fr: 'Erreur du service', en: 'Service error' },
    detail: {
      fr: 'Une erreur inattendue s’est produite ; elle a été consignée. Réessayez, ou signalez la référence de la requête.',
      en: 'An unexpected error occurred and was recorded. Try again, or report the request’s reference.',
    },
  },
  503: {
    title: { fr: 'Service momentanément indisponible', en: 'Service temporarily unavailable' },
    detail: { fr: 'Réessayez dans quelques secondes.', en: 'Try again in a few seconds.' },
  },
  507: {
    title: { fr: 'Plus de place', en: 'No room left' },
    detail: { fr: 'Le service n’a plus de place.', en: 'The service has no room left.' },
  },
} as const satisfies Readonly<Record<number, Words>>
export type ProblemStatus = keyof typeof WORDS

export const isProblemStatus = (status: number): status is ProblemStatus => status in WORDS

/** French typography: no line breaks inside guillemets nor before a colon, a semicolon, "?" or "!". */
const unbroken = (text: string): string => text.replaceAll('« ', '«\u00a0').replace(/ (?=[»:;?!])/g, '\u00a0')

/** The text as it is shown. */
export const inLanguage = (text: Localised, language: Language): string =>
  language === 'fr' ? unbroken(text.fr) : text[language]

/** The problem of a status, in its usual words unless there is more to say. */
export const problemOfStatus = (
  status: ProblemStatus,
  language: Language,
  detail: Localised = WORDS[status].detail,
): Problem => ({
  type: 'about:blank',
  title: inLanguage(WORDS[status].title, language),
  status,
  detail: inLanguage(detail, language),
})
