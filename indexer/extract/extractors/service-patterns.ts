import { AND, anyOf, BESIDE, type ServicePattern, WE_DO } from './service-pattern.ts'
import { REACHABLE, ROUND_THE_CLOCK, SLA, SUPPORT } from './support-patterns.ts'
import { TRAINING } from './training-patterns.ts'

const MAINTENANCE: ServicePattern = {
  kind: 'support',
  value: 'maintenance',
  hint: /mainten|maint[ai]|entret|tma|mco|verification|visite|we (?:also )?service|repar/,
  offered: anyOf(
    "\\bcontrats? d(?:e |'entretien et de )(?:support et (?:de )?)?maintenance|\\bcontrats? [a-z]{3,12} de maintenance|\\btierce maintenance|\\btma\\b|\\bmco\\b|\\bmaintien en conditions? operationnelles?|\\b(?:contrats?|forfaits?|formules?|abonnements?|offres?) (?:annuel(?:le)?s? )?d'entretien\\b",
    '\\d ?(?:€|euros?\\b)[^.;]{0,70}\\bmaintenance\\b|\\bmaintenance\\b[^.;]{0,60}\\d ?(?:€|euros?\\b)|\\b(?:compris|inclus)e?s? dans (?:la|votre|le contrat de) maintenance\\b|\\bmaintenance\\b[^.;]{0,50}(?<!\\bnon )\\b(?:comprise|incluse)\\b',
    "^maintenance ?: |\\bvisites? (?:annuelles? )?(?:de maintenance|d'entretien)\\b|\\b(?:verifications? periodiques?|entretien|reparations?) et (?:reparation|depannage|entretien|maintenance)s?\\b|\\bnous (?:entretenons|maintenons)\\b|\\b(?:yearly|monthly) maintenance\\b",
    '\\bmaintenance (?:corrective|evolutive|applicative|preventive|curative|adaptative|logicielle|materielle|incluse|comprise|annuelle|sur site|sur place|informatique|a distance|multi-?technique)',
    `\\bmaintenance${AND} (?:le |les |l'|la |de |du )?(?:support|assistance|evolutions?|mises? a jour|hebergement|depannage|sav|formation|exploitation|infogerance|remplacement|reparation|upgrades?|updates?|training)`,
    "\\bmaintenance (?:des|de nos|de vos|de votre|du|de la|de l'|de tous les|de ces) (?:parcs?|capteurs|bornes?|equipements|sites? (?:internet|web)|logiciels?|applications?|solutions?|serveurs?|installations?|stations?|boitiers?|plateforme|infrastructures?|reseaux?|materiels?|systemes?)",
    `${WE_DO}\\b(?:la |leur |le )?maintenance\\b`,
    `\\b${BESIDE}${AND} (?:la |de |le |de la )?maintenance\\b`,
    '\\bmaintenance\\b[^.;?]{0,50}\\b(?:assuree?|par nos|nos equipes|nos techniciens|contrat|garantie|sur site|par an)\\b|\\bnos techniciens\\b[^.;?]{0,60}\\bmaintenance\\b|\\bentretien (?:annuel|preventif|compris|inclus)\\b',
    "\\bnotre (?:service |offre |equipe )?(?:de )?maintenance|\\b(?:forfaits?|offres?|prestations?|abonnements?|pack) (?:de )?maintenance\\b|\\bassur(?:ons|e) (?:aussi )?(?:l'entretien|le maintien)",
    '\\bmaintenance (?:contracts?|plans?|agreements?|included|services?|is included|packages?)|\\b(?:corrective|software|hardware|application|annual) maintenance\\b|\\bwe (?:also )?(?:maintain|service) (?:your|all|them|every)\\b',
  ),
  not: anyOf(
    '\\bmaintenance (?:predictive|previsionnelle|conditionnelle|4\\.0|intelligente)|\\b(?:predictive|condition-based) maintenance|\\bgmao\\b|\\bcmms\\b',
    "\\b(?:logiciels?|techniciens?|agents?|responsables?|directeurs?|couts?|operations?|frais|gestion|ordres?|interventions?|planification|carnets?|budgets?|charges?|fenetres?|besoins?|historiques?|pages?|mode|plans? d'actions?) (?:et )?(?:de |d'|en |du )?(?:la )?maintenance\\b",
    '\\b(?:vos|leurs|les|des|aux) (?:equipes|services) (?:de )?maintenance|\\b(?:vos|votre|leurs?) (?:operations|tournees|interventions)? ?(?:de )?maintenance|\\b(?:en|sans|zero|moins de|peu de|aucune|pas de|ni) maintenance\\b|maintenance[ -]free|\\bsous maintenance\\b',
    '\\b(?:redui(?:t|re|sez|sent)|optimis\\w+|planifi\\w+|facilit\\w+|simplifi\\w+|anticip\\w+|automatis\\w+|prioris\\w+|reduces?|plan your)\\b[^.;]{0,50}maintenance',
    '\\bmaintenance (?:planifiee le|programmee le|du \\d|of (?:the|our) site|non (?:inclus|compris))',
  ),
}

/** Training first, then support from the general to the particular. */
export const SERVICE_PATTERNS: readonly ServicePattern[] = [
  TRAINING,
  SUPPORT,
  REACHABLE,
  ROUND_THE_CLOCK,
  SLA,
  MAINTENANCE,
]
