import { memoisedPhrases } from '../../../src/text/memo.ts'
import { plainText } from './plain-text.ts'

/** Nouns that services are named by; plain text. */
const SERVICE =
  '(?:audits?|conseils?|accompagnements?|formations?|installations?|maintenances?|integrations?|hebergements?|infogerances?|developpements?|etudes?|support|migrations?|deploiements?|assistance|diagnostics?|expertises?|location|conception|cartographies?|supervision|telemaintenance|telesurveillance|reprise|mise (?:en|a) \\S{2,20}|tests?|pentests?|tierce maintenance|tma|mco|assistance a|amo|amoa|schema directeur|sensibilisation|ateliers?|coaching|pilotage|gestion|realisation|fabrication|prototypage|etalonnage|metrologie|analyses?|mesures?|depannage|reparation|reconditionnement|recyclage|collecte|externalisation|sauvegarde|archivage|numerisation|traitement|recherche|renovation|raccordement|modernisation|refonte|creation|redaction|traduction|certification|homologation|mutualisation|optimisation|automatisation|securisation|administration|animation|dimensionnement|consulting|training|hosting|consultancy|design|engineering|ingenierie|services?|prestations?|calibration|installation|repair|inspection|telegestion|suivi|veille|edition|impression|usinage|assemblage|montage|contrats?|forfaits?|delegation|regie|centre de services|helpdesk|hotline|soc|dpo externalise|simulations?|thermographies?|campagnes?|appui|astreinte|controles?|preparation|plan de|previsions? de|inventaires?|concertation|demarche de|relevees?|releves?|instruction|modelisation|visites?|verifications?|essais? (?:de|en)|demenagement|reglage|parametrage|remise|retrofit|carottage|prelevements?|interventions?|entretien|nettoyage|transcription|sous-titrage|pose|mise en service|reponse a incidents?|exercices? de|contre-visite|tele-?assistance|journees? de|abonnement a|permanence|sessions? de|bilans?|prise en main|montee de version|tutorat|transferts? de|relecture|mediation|enquetes?|sondages?|enlevement|reemploi|valorisation|remplacement|hivernage|qualification|caracterisation|photogrammetrie|survols?|captation|post-production|interpretation|interpretariat|tele-?secretariat|secretariat|portage|comptabilite|pre-?etudes?|avant-projet|plan de (?:reprise|continuite|mobilite|gestion)|externalisation|cours|stages?|seminaires?|parcours de formation|certificats? de|analyse de|reponses? aux?|onboarding|deployment|migration|assessment|penetration test|workshops?|managed|cloud hosting|setup|commissioning)'

const STARTS = new RegExp(
  `^(?:nos |notre |services? (?:de |d')|prestations? (?:de |d'))?${SERVICE}(?![\\p{L}\\d])`,
  'u',
)

const PARTICIPLE =
  /^(?!(?:journée|pesée|montée|tournée|relevé|levé|marché|entrée|traversée)s?(?!\p{L}))\p{L}{3,}ée?s?(?!\p{L})/iu

/** Whether a name begins with a participle: "Contrôlé chaque matin" is said of a thing, and no service. */
export const startsWithParticiple = (name: string): boolean => PARTICIPLE.test(name)

/** Whether a name begins as services do: "Audit de sécurité", "Hébergement GLPI". */
export const startsWithService = memoisedPhrases(
  (name: string): boolean => STARTS.test(plainText(name.slice(0, 200))) && !startsWithParticiple(name),
)
