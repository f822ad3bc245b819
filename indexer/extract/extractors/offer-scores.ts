import { holdsProper, isCoined, isProductNoun, isProperName } from './offer-names.ts'
import { plainText } from './plain-text.ts'
import { startsWithService } from './service-words.ts'

/** What services are, but also what software does ("Suivi des stocks"), and what every product has. Plain text. */
const WEAK =
  /^(?:gestion|suivi|(?:carte|base de donnees|agenda|annuaire|registre|portail|extranet|api|moteur|widget|extension|connecteur|modele|editeur|generateur|systeme|algorithme|app|application|ecran|relais|dashboard|table|feu|plan|calcul|import|export|tri|production|facturation|paie)s?|analyses?|mesures? (?:de|des|du|en)|traitement|recherche|creation|modelisation|animation|instruction|releves?|simulations?|controles?|previsions?|visites?|verifications?|edition|impression|pilotage|optimisation|automatisation|securisation|supervision|cartographies?|veille|sauvegarde|archivage|numerisation|administration|redaction|traduction|planification|preparation|reprise des|collecte|inventaires?|support (?:technique|client)|conception|fabrication|realisation|demarche|modules?|application (?:mobile|web|smartphone)|tableaux?|serveurs?|badges?|interventions?|services? (?:client|public)s?|recyclage|partage|assistance$|maintenance (?:predictive|simplifiee|reduite))(?![\p{L}\d])/u

/** "Kubernetes managé", "SOC mutualisé", "Rue à la demande": what is done for the customer. Plain text. */
const SERVED =
  /(?:^| )(?:manage|mutualise|infogere|externalise|heberge)e?s?$| (?:a la demande|clef? en main|sur mesure|as a service)$/

const ENGLISH_END =
  /^(?:\S+ ){1,3}(?:assistant|sensors?|gateway|platform|software|monitor|suite|hosting|audit|training|charger|tracker|analytics|kit|app|server|module|support|consulting)$/

const DEFINED = /^(?:(?:une?|le|la|notre|votre|nos|vos|les|des|the|an?|our|your|petite?|grande?) |l')*/

/** Whether a description says that what it describes is a product: "Un capteur de niveau …", "Vigie est un logiciel …". */
export const definesProduct = (name: string, description: string): boolean => {
  const text = plainText(description.slice(0, 200))
  const own = plainText(name)
  const said =
    text.startsWith(`${own} est `) || text.startsWith(`${own} is `) ? text.slice(own.length + 4).trim() : text
  return isProductNoun(said.replace(DEFINED, '').replace(/^(?:petite?|nouvelle?|premiere?) /, ''))
}

/**
 * How surely a name is an offer's wherever it is a heading: 1 when no feature, step or subject is called so, 0.5 when
 * it begins as offers do, and features too, 0 when it tells nothing.
 */
export const offerScore = (name: string): 0 | 0.5 | 1 => {
  const plain = plainText(name)
  if (!name.includes(' ')) return /\p{Ll}\p{Lu}/u.test(name) ? 1 : startsWithService(name) ? 0.5 : 0
  if (SERVED.test(plain)) return 1
  const isNoun = isProductNoun(name)
  if (WEAK.test(plain)) return startsWithService(name) || isNoun ? 0.5 : 0
  if (startsWithService(name) || ENGLISH_END.test(plain) || (isCoined(name) && isProperName(name))) return 1
  if (!isNoun) return 0
  return holdsProper(name) ? 1 : 0.5
}

/** A name that is an offer's beyond doubt. */
export const isStrongName = (name: string): boolean => offerScore(name) === 1
