import { brickById } from '../../model/bricks.ts'

/**
 * Which narrower bricks answer for a broader one. The tree of the vocabulary groups by theme: who repairs lost disks
 * stands below "sauvegarde" and yet backs nothing up. In a matrix, a firm covers a brick by a narrower one only where
 * the narrower is a kind of it.
 */

/** Fields rather than products: everything below them is part of what they name. */
const FIELDS = new Set(
  (
    'agriculture-precision amenagement-cyclable biodiversite-suivi capteurs-instrumentation chaleur-renouvelable composites ' +
    'contenus-elearning contenus-pedagogiques controle-non-destructif covoiturage cybersecurite developpement-medicament ' +
    'diagnostic-in-vitro dispositifs-medicaux drone e-sante eaux-usees economie-circulaire electronique energie-solaire ' +
    'energies-renouvelables eolien equipement-numerique-scolaire fabrication-additive formation-continue-catalogue ' +
    'gestion-identites-acces hydrogene identite-numerique imagerie-medicale innovation-alimentaire ' +
    'intelligence-artificielle isolation-thermique jumeau-numerique maintien-domicile materiaux-avances ' +
    'mediation-culturelle-numerique metrologie mobilite-partagee participation-citoyenne performance-energetique-batiment ' +
    'photovoltaique plateforme-donnees progiciel-gestion-collectivites qualite-eau radar-detection recyclage ' +
    'risque-inondation risques-naturels robotique robotique-industrielle robotique-service stockage-energie ' +
    'technologies-spatiales telemedecine traitement-langage transport-public vision-par-ordinateur'
  ).split(' '),
)

/** Below other bricks, these are kinds of what they stand under. */
const KINDS = new Set(
  (
    'boutons-connectes camera-nomade capteur-co2 capteur-reseau-eau cloud-iaas cloud-souverain datacenter-colocation ' +
    'datavisualisation detection-fuite-eau detection-perimetrique detection-reponse-postes dpo-externalise ' +
    'eai-echanges-applicatifs eclairage-solaire equipement-salle-reunion etl-integration-donnees exploitation-reseau-noc ' +
    'formation-ia gestion-api gestion-consentement-cookies hebergement-donnees-sante hebergement-web hyperconvergence ' +
    'inventaire-automatique logiciel-gestion-video lorawan materiel-informatique-reconditionne mdm-flotte-mobile ' +
    'messagerie-instantanee-securisee observabilite-logs paas panneaux-information-lumineux parapheur-electronique ' +
    'passerelle-iot pare-feu-applicatif-web pilotage-pmo plateforme-iot recharge-rapide recharge-sans-contact ' +
    'reseau-iot-lpwan sauvegarde-externalisee schema-directeur-numerique serrures-connectees serveurs-gpu-ia siem ' +
    'sous-comptage-energie stationnement-intelligent stockage-objet suivi-actifs-balises surface-attaque-exposee ' +
    'surveillance-vibratoire teledistribution-postes telephonie-ip telereleve-compteurs ' +
    'terminaux-durcis test-intrusion thermographie-batiment transcription-automatique ' +
    'videosurveillance-batiment wifi-public'
  ).split(' '),
)

/** Whether supplying `narrower` is supplying the brick that it stands right below. */
export const isKind = (narrower: string): boolean =>
  KINDS.has(narrower) || FIELDS.has(brickById(narrower)?.broader ?? '')
