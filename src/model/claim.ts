import { type Static, Type } from 'typebox'
import type { Localised } from './language.ts'

/** What a firm says of itself on its own site, beside the properties that registers have too. */
export const CLAIM_KINDS = [
  'customer',
  'sovereignty',
  'licence',
  'repository',
  'language',
  'price',
  'pricing-page',
  'accessibility',
  'contact-form',
  'contact-address',
  'jobs',
  'news',
  'training',
  'support',
  'siren',
  'siret',
  'rcs',
  'vat',
] as const
export type ClaimKind = (typeof CLAIM_KINDS)[number]

/** The closed lists of values, with their words; kinds that are not here hold a name, number, address or date. */
export const CLAIM_VALUES = {
  sovereignty: {
    'data-in-france': { fr: 'Données en France', en: 'Data kept in France' },
    'data-in-eu': { fr: 'Données dans l’Union européenne', en: 'Data kept in the European Union' },
    'no-foreign-law': { fr: 'Hors lois extraterritoriales', en: 'Outside extraterritorial law' },
    'on-premises': { fr: 'Installable chez le client', en: 'Can be installed on the customer’s premises' },
    'made-in-france': { fr: 'Conçu ou fabriqué en France', en: 'Designed or made in France' },
  },
  accessibility: {
    full: { fr: 'Totalement conforme', en: 'Fully compliant' },
    partial: { fr: 'Partiellement conforme', en: 'Partly compliant' },
    none: { fr: 'Non conforme', en: 'Not compliant' },
  },
  training: { training: { fr: 'Formation', en: 'Training' } },
  support: {
    support: { fr: 'Assistance', en: 'User support' },
    'support-24-7': { fr: 'Assistance 24 h/24, 7 j/7', en: 'Round-the-clock support' },
    'support-sla': { fr: 'Délai d’intervention garanti', en: 'Guaranteed response time' },
    maintenance: { fr: 'Maintenance', en: 'Maintenance' },
  },
} as const satisfies Partial<Record<ClaimKind, Readonly<Record<string, Localised>>>>

/** One claim as a source states it. */
export const ClaimValue = Type.Object({
  kind: Type.Unsafe<ClaimKind>(Type.Enum([...CLAIM_KINDS], { description: 'De quoi l’entreprise parle.' })),
  value: Type.String({
    minLength: 1,
    description:
      'Nom du client ; identifiant SPDX de la licence, ou « open-source » ; langue ISO 639-1 ; prix (« 49 EUR/month ») ; ' +
      'date de la dernière actualité ; adresse ; numéro sans espace ; greffe ; ou une valeur de la liste de la sorte.',
  }),
  date: Type.Optional(Type.String({ description: 'AAAA, AAAA-MM ou AAAA-MM-JJ, quand la page en donne une.' })),
  public: Type.Optional(Type.Boolean({ description: 'Le client est une personne publique.' })),
})
export type ClaimValue = Static<typeof ClaimValue>
