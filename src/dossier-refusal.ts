import type { DossierRefusal, DossierRefusedError, RefusalDetail } from './dossiers/errors.ts'
import type { Language, Localised } from './model/language.ts'
import { inLanguage, type Problem, problemOfStatus } from './problem.ts'

/** The answers to dossiers that are not made, read or changed: each with its own name (`code`), status and remedy. */

interface Answer {
  readonly status: 400 | 403 | 404 | 409 | 410 | 413 | 429 | 507
  readonly detail: (detail: RefusalDetail) => Localised
}

/** The day of an instant, as people write it. */
const day = (at: string | undefined, language: Language): string =>
  at === undefined ? '' : new Date(at).toLocaleDateString(language === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'long' })

const ANSWERS: Readonly<Record<DossierRefusal, Answer>> = {
  unknown: {
    status: 404,
    detail: () => ({
      fr: 'Aucun dossier à cette adresse. Vérifiez qu’elle a été copiée en entier : elle ne peut pas être retrouvée.',
      en: 'There is no dossier at this address. Check that it was copied whole: it cannot be found again.',
    }),
  },
  expired: {
    status: 410,
    detail: ({ at }) => ({
      fr: `La durée de conservation de ce dossier a pris fin le ${day(at, 'fr')} : il a été effacé.`,
      en: `The time for which this dossier was kept ended on ${day(at, 'en')}: it was deleted.`,
    }),
  },
  deleted: {
    status: 410,
    detail: ({ at }) => ({
      fr: `Ce dossier a été supprimé le ${day(at, 'fr')} par quelqu’un qui en a la clé.`,
      en: `This dossier was deleted on ${day(at, 'en')} by somebody who has its key.`,
    }),
  },
  'wrong-key': {
    status: 403,
    detail: () => ({
      fr: 'Ce n’est pas la clé de ce dossier. C’est celle qui a été donnée, une seule fois, quand il a été figé.',
      en: 'This is not the key of this dossier. It was given once, when the dossier was frozen.',
    }),
  },
  'too-large': {
    status: 413,
    detail: ({ limit = 0 }) => ({
      fr: `Le dossier dépasserait ${limit} Mio. Précisez la recherche, ou demandez moins de fournisseurs.`,
      en: `The dossier would exceed ${limit} MiB. Narrow the search down, or ask for fewer suppliers.`,
    }),
  },
  'body-too-large': {
    status: 413,
    detail: ({ limit = 0 }) => ({
      fr: `Le formulaire dépasse ${limit} Mio. Raccourcissez le texte ou les motifs.`,
      en: `The form exceeds ${limit} MiB. Shorten the text or the reasons.`,
    }),
  },
  'store-full': {
    status: 507,
    detail: () => ({
      fr: 'Ce service n’a plus de place pour de nouveaux dossiers ; ceux qui existent restent lisibles. Emportez vos résultats en CSV ou XLSX, ou réessayez plus tard.',
      en: 'This service has no room for new dossiers; those that exist stay readable. Take your results away as CSV or XLSX, or try again later.',
    }),
  },
  'too-many': {
    status: 429,
    detail: ({ limit = 0 }) => ({
      fr: `${limit} dossiers par heure au plus depuis une même adresse. Réessayez plus tard.`,
      en: `At most ${limit} dossiers an hour from one address. Try again later.`,
    }),
  },
  stale: {
    status: 409,
    detail: ({ version = 0 }) => ({
      fr: `Quelqu’un a enregistré la version ${version} des décisions depuis que vous les avez lues. Relisez-la, puis envoyez les vôtres avec « version » : ${version}.`,
      en: `Somebody has saved version ${version} of the decisions since you read them. Read it, then send yours with “version”: ${version}.`,
    }),
  },
  'not-listed': {
    status: 400,
    detail: ({ siren = '' }) => ({
      fr: `Le dossier ne liste pas le SIREN ${siren} : seuls ses fournisseurs reçoivent une décision.`,
      en: `The dossier does not list the SIREN ${siren}: only its suppliers are given a decision.`,
    }),
  },
}

/** The refusal as problem details, with its name in `code`. */
export const dossierProblem = ({ code, detail }: DossierRefusedError, language: Language): Problem => {
  const answer = ANSWERS[code]
  return {
    ...problemOfStatus(answer.status, language),
    detail: inLanguage(answer.detail(detail), language),
    code,
  }
}
