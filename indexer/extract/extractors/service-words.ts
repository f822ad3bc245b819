import { plainText } from './plain-text.ts'

/** Nouns that services are named by; plain text. */
const SERVICE =
  '(?:audits?|conseils?|accompagnements?|formations?|installations?|maintenances?|integrations?|hebergements?|infogerances?|developpements?|etudes?|support|migrations?|deploiements?|assistance|diagnostics?|expertises?|location|conception|cartographies?|supervision|telemaintenance|telesurveillance|reprise|mise (?:en|a) \\S{2,20}|tests?|pentests?|tierce maintenance|tma|mco|assistance a|amo|amoa|schema directeur|sensibilisation|ateliers?|coaching|pilotage|gestion|realisation|fabrication|prototypage|etalonnage|metrologie|analyses?|mesures?|depannage|reparation|reconditionnement|recyclage|collecte|externalisation|sauvegarde|archivage|numerisation|traitement|recherche|renovation|raccordement|modernisation|refonte|creation|redaction|traduction|certification|homologation|mutualisation|optimisation|automatisation|securisation|administration|animation|dimensionnement|consulting|training|hosting|consultancy|design|engineering|ingenierie|services?|prestations?|calibration|installation|repair|inspection|telegestion|suivi|veille|edition|impression|usinage|assemblage|montage|contrats?|forfaits?|delegation|regie|centre de services|helpdesk|hotline|soc|dpo externalise|simulations?|thermographies?|campagnes?|appui|astreinte|controles?|preparation|plan de|previsions? de|inventaires?|concertation|demarche de|relevees?|releves?|instruction|modelisation|visites?|verifications?|essais? (?:de|en)|demenagement|reglage|parametrage|remise|retrofit|carottage|prelevements?|interventions?|entretien|nettoyage|transcription|sous-titrage)'

const STARTS = new RegExp(`^(?:nos |notre |services? (?:de |d')|prestations? (?:de |d'))?${SERVICE}(?![\\p{L}\\d])`, 'u')

/** Whether a name begins as services do: "Audit de sécurité", "Hébergement GLPI". */
export const startsWithService = (name: string): boolean => STARTS.test(plainText(name.slice(0, 200)))
