import type { CorrectionKind } from '../model/correction.ts'
import type { Language, Localised } from '../model/language.ts'
import { formatSiren, type Siren } from '../model/siren.ts'

/** The message that carries a link: what is asked for, French then English, or the other way round. */

export interface LinkMail {
  readonly kind: CorrectionKind
  readonly siren: Siren
  readonly name: string
  /** Address of the service, and the link in each language. */
  readonly service: string
  readonly links: Localised
  readonly hours: number
}

const ASKED: Readonly<Record<CorrectionKind, Localised>> = {
  correct: { fr: 'corriger la fiche', en: 'correct the profile' },
  remove: { fr: 'retirer la fiche', en: 'remove the profile' },
  site: { fr: 'proposer le site', en: 'propose the site' },
}

const french = ({ kind, siren, name, service, links, hours }: LinkMail): string => `Bonjour,

Quelqu’un a demandé, sur ${service}, à ${ASKED[kind].fr} de « ${name} » (SIREN ${formatSiren(siren)}), et a donné cette adresse pour montrer que la demande vient de l’entreprise.

Pour lire la demande, puis la confirmer ou la refuser :
${links.fr}

Le lien vaut ${hours} heures et une seule fois. Ouvrir la page ne confirme rien. Si la demande n’est pas de vous, ne faites rien : elle s’éteint d’elle-même. Votre adresse n’est pas conservée.`

const english = ({ kind, siren, name, service, links, hours }: LinkMail): string => `Hello,

Someone has asked, on ${service}, to ${ASKED[kind].en} of “${name}” (SIREN ${formatSiren(siren)}), and gave this address to show that the request comes from the company.

To read the request, then confirm or refuse it:
${links.en}

The link is good for ${hours} hours, once. Opening the page confirms nothing. If the request is not yours, do nothing: it lapses by itself. Your address is not kept.`

/** Subject and text; a name of the catalogue is data, so it is kept to one line of reasonable length. */
export const linkMail = (mail: LinkMail, language: Language): { readonly subject: string; readonly text: string } => {
  const safe = { ...mail, name: mail.name.replace(/\s+/g, ' ').slice(0, 120) }
  const [first, second] = language === 'fr' ? [french(safe), english(safe)] : [english(safe), french(safe)]
  const subject =
    language === 'fr'
      ? `Brique : ${ASKED[mail.kind].fr} de « ${safe.name} » ?`
      : `Brique: ${ASKED[mail.kind].en} of “${safe.name}”?`
  return { subject, text: `${first}\n\n--------\n\n${second}\n` }
}
