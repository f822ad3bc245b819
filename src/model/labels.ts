import type { Localised } from './language.ts'
import type { Maturity, Role, SizeCategory, State, WebsiteState } from './supplier.ts'

/** Display labels of the enumerated values, apart from the values themselves. */

export const STATE_LABELS: Readonly<Record<State, Localised>> = {
  active: { fr: 'En activité', en: 'Active' },
  insolvency: { fr: 'En procédure collective', en: 'In insolvency proceedings' },
  ceased: { fr: 'Cessée', en: 'Ceased' },
}

export const WEBSITE_STATE_LABELS: Readonly<Record<WebsiteState, Localised>> = {
  gone: { fr: 'Site disparu', en: 'Site gone' },
  moved: { fr: 'Site parti vers un autre domaine', en: 'Site moved to another domain' },
  unreachable: { fr: 'Site injoignable', en: 'Site unreachable' },
  'someone-else': { fr: 'Site d’une autre entreprise', en: 'Another firm’s site' },
}

export const SIZE_LABELS: Readonly<Record<SizeCategory, Localised>> = {
  micro: { fr: 'Moins de 10 salariés', en: 'Fewer than 10 employees' },
  small: { fr: '10 à 49 salariés', en: '10 to 49 employees' },
  medium: { fr: '50 à 249 salariés', en: '50 to 249 employees' },
  large: { fr: '250 salariés et plus', en: '250 employees or more' },
}

export const ROLE_LABELS: Readonly<Record<Role, Localised>> = {
  publisher: { fr: 'Éditeur', en: 'Publisher' },
  manufacturer: { fr: 'Fabricant', en: 'Manufacturer' },
  integrator: { fr: 'Intégrateur', en: 'Integrator' },
  distributor: { fr: 'Distributeur', en: 'Distributor' },
  laboratory: { fr: 'Laboratoire', en: 'Laboratory' },
  consultancy: { fr: 'Bureau d’études', en: 'Consultancy' },
}

export const MATURITY_LABELS: Readonly<Record<Maturity, Localised>> = {
  research: { fr: 'R&D', en: 'R&D' },
  pilot: { fr: 'Pilote', en: 'Pilot' },
  commercial: { fr: 'Commercialisé', en: 'On the market' },
}

export const YES_NO_LABELS: Readonly<Record<string, Localised>> = {
  yes: { fr: 'Oui', en: 'Yes' },
  no: { fr: 'Non', en: 'No' },
}
