import type { Localised } from './language.ts'

export interface Theme {
  readonly id: string
  readonly label: Localised
  /** A door of the home page; the others come from the awards' own domains and are facet values only. */
  readonly door: boolean
}

const theme = (id: string, fr: string, en: string, door = true): Theme => ({ id, label: { fr, en }, door })

/** Every theme. Connectors map their sources' spellings onto these ids (`mappings/themes.json`). */
export const THEMES: readonly Theme[] = [
  theme('batiment-energie', 'Bâtiment et énergie', 'Building and energy'),
  theme('edtech', 'Éducation et formation', 'Education and training'),
  theme('sante', 'Santé et maintien à domicile', 'Health and home care'),
  theme('civic-tech', 'Civic tech et sécurité', 'Civic tech and safety'),
  theme('mobilite', 'Mobilité', 'Mobility'),
  theme('smart-city', 'Ville intelligente', 'Smart city'),
  theme('cybersecurite', 'Cybersécurité', 'Cybersecurity'),
  theme('donnees-ia', 'Données et IA', 'Data and AI'),
  theme('industrie', 'Industrie', 'Industry'),
  theme('agriculture', 'Agriculture et alimentation', 'Agriculture and food'),
  theme('environnement', 'Environnement', 'Environment'),
  theme('numerique', 'Logiciel et numérique', 'Software and digital', false),
  theme('electronique', 'Électronique et télécommunications', 'Electronics and telecommunications', false),
  theme('chimie-materiaux', 'Chimie et matériaux', 'Chemistry and materials', false),
  theme('espace', 'Espace', 'Space', false),
  theme('culture', 'Culture et médias', 'Culture and media', false),
]

const byId = new Map(THEMES.map(each => [each.id, each]))

export const themeById = (id: string): Theme | undefined => byId.get(id)
