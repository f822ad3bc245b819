import type { CorrectionRefusal, CorrectionRefusedError } from './corrections/errors.ts'
import type { Language, Localised } from './model/language.ts'
import { inLanguage, type Problem, problemOfStatus } from './problem.ts'

/** The answers to requests about profiles that are not taken: each with its own name (`code`), status and remedy. */

interface Answer {
  readonly status: 400 | 403 | 404 | 410 | 429 | 503
  readonly detail: Localised
}

const answer = (status: Answer['status'], fr: string, en: string): Answer => ({ status, detail: { fr, en } })

const ANSWERS: Readonly<Record<CorrectionRefusal, Answer>> = {
  empty: answer(400, 'Rien ne change : modifiez au moins un champ.', 'Nothing changes: edit at least one field.'),
  'too-long': answer(400, 'Texte ou liste trop longs : abrégez.', 'Text or list too long: shorten it.'),
  'bad-address': answer(
    400,
    'Ce n’est pas l’adresse d’un site public : donnez par exemple https://www.entreprise.example/.',
    'This is not the address of a public site: give for example https://www.company.example/.',
  ),
  'unknown-brick': answer(
    400,
    'Une brique n’est pas dans le vocabulaire : reprenez un libellé ou un identifiant de la page des briques.',
    'A brick is not in the vocabulary: take a label or an identifier from the page of bricks.',
  ),
  'unknown-commune': answer(
    400,
    'Commune inconnue : donnez son code Insee, par exemple 35238.',
    'Unknown commune: give its Insee code, for example 35238.',
  ),
  'place-registered': answer(
    400,
    'Le siège vient du registre : il se corrige auprès de l’Insee, pas ici.',
    'The head office comes from the register: it is corrected at Insee, not here.',
  ),
  'unknown-supplier': answer(
    404,
    'Le catalogue ne connaît pas cette entreprise. Vous pouvez proposer son site.',
    'The catalogue does not know this company. You may propose its site.',
  ),
  'too-many-open': answer(
    429,
    'Trop de demandes attendent déjà, pour cette entreprise ou en tout. Terminez les précédentes, ou réessayez dans une heure.',
    'Too many requests are waiting already, for this company or in all. Finish the earlier ones, or try again in an hour.',
  ),
  'not-public-site': answer(
    400,
    'Ce n’est pas l’adresse d’un site public, en http ou https, sur les ports habituels.',
    'This is not the address of a public site, by http or https, on the usual ports.',
  ),
  'known-site': answer(
    400,
    'Ce site, ou celui de cette entreprise, est déjà connu ou déjà proposé.',
    'This site, or that of this company, is known or proposed already.',
  ),
  'unknown-siren': answer(
    400,
    'Ce n’est pas un SIREN : neuf chiffres, clé de contrôle comprise.',
    'This is not a SIREN: nine digits with their check digit.',
  ),
  ended: answer(400, 'Cette demande n’attend plus de preuve.', 'This request waits for no proof any more.'),
  'no-domain': answer(
    400,
    'Aucune autre source ne nomme de site pour cette entreprise : seul l’opérateur peut décider.',
    'No other source names a site for this company: the operator alone can decide.',
  ),
  'mail-unavailable': answer(
    400,
    'Ce service n’envoie pas de messages : prouvez par le DNS ou par un fichier, ou attendez l’opérateur.',
    'This service sends no mail: show ownership by the DNS or a file, or wait for the operator.',
  ),
  'mail-domain': answer(
    400,
    'Donnez une adresse du domaine du site lui-même ; une messagerie ouverte à tous ne montre rien.',
    'Give an address of the site’s own domain; a mail service open to all shows nothing.',
  ),
  'too-many-mails': answer(
    429,
    'Assez de liens ont été envoyés : trois par demande, quinze par entreprise en deux jours. Prouvez par le DNS ou par un fichier.',
    'Enough links were sent: three a request, fifteen a company in two days. Show ownership by the DNS or a file.',
  ),
  'mail-failed': answer(
    503,
    'Le message n’a pas pu partir. Réessayez plus tard, ou prouvez par le DNS ou par un fichier.',
    'The message could not be sent. Try again later, or show ownership by the DNS or a file.',
  ),
  'not-shown': answer(
    400,
    'La ligne attendue n’y est pas encore. Une modification du DNS peut prendre quelques heures.',
    'The expected line is not there yet. A change of the DNS may take some hours.',
  ),
  'no-answer': answer(
    400,
    'Le domaine ou le site n’a pas répondu, ou le fichier n’y est pas. Vérifiez, puis réessayez.',
    'The domain or the site did not answer, or has no such file. Check, then try again.',
  ),
  'no-request': answer(
    404,
    'Aucune demande à cette adresse. Vérifiez qu’elle a été copiée en entier : elle ne peut pas être retrouvée.',
    'There is no request at this address. Check that it was copied whole: it cannot be found again.',
  ),
  'dead-link': answer(
    410,
    'Ce lien a déjà servi, ou ses 48 heures sont passées. La demande peut être faite à nouveau.',
    'This link was used already, or its 48 hours are over. The request may be made again.',
  ),
  'too-many-requests': answer(
    429,
    'Trop de demandes depuis cette adresse en une heure. Réessayez plus tard.',
    'Too many requests from this address in an hour. Try again later.',
  ),
  'other-site': answer(403, 'Ce formulaire ne s’envoie que depuis ce site.', 'This form is sent from this site alone.'),
  'not-confirmed': answer(
    400,
    'Cochez la case pour confirmer que la fiche doit être retirée.',
    'Tick the box to confirm that the profile is to be removed.',
  ),
}

/** The refusal as problem details, with its name in `code` and the parameter it is about. */
export const correctionProblem = ({ code, field }: CorrectionRefusedError, language: Language): Problem => {
  const { status, detail } = ANSWERS[code]
  const text = inLanguage(detail, language)
  const errors = field === '' ? {} : { errors: [{ parameter: field, detail: text }] }
  return { ...problemOfStatus(status, language), detail: text, code, ...errors }
}
