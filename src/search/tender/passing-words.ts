import { brickById } from '../../model/bricks.ts'
import type { BrickMatch } from '../../text/vocabulary.ts'
import { plainText } from './tender-words.ts'

/**
 * Expressions of the vocabulary that any specification uses of whatever it buys, or of itself: "le présent CCTP",
 * "métadonnées", "gestion des incidents". They ask for their brick only where the text is about it: in a title or in
 * what it gives as its object, or beside words that name the brick in earnest.
 */

/** Bricks by whose words a tender speaks of its own making, or of how the work is done. */
const OWN_MAKING = new Set([
  'achats-publics',
  'amoa',
  'documentation-technique',
  'evaluation-fournisseurs',
  'execution-marches-contrats',
  'gestion-projets',
  'gestion-services-informatiques',
  'pilotage-pmo',
  'profil-acheteur',
  'redaction-marches',
  'veille-marches-publics',
])

/** Properties, parts and signs of any system, in the singular without accents. */
const IN_PASSING =
  /^(?:meta-?donnees?|horodatages?|adressages?|actionneurs?|bureautiques?|courriels?|webmail|client leger|equipements? reseau|segmentation (?:du )?reseau|reseaux? etendus?|prises? rj45|(?:integration|migration|ouverture|import) des donnees|traduction|interprete|calibration|etalonnage|levage|thesaurus|knx|bacnet|modbus|dali|processeur|satellite|microphone|reprographie|nettoyage|photographe|apport de lumiere naturelle|free-cooling|datacenter|formation des (?:agents|utilisateurs|administrateurs)|analyses? des? (?:statistiques|donnees)|data analysis|attractivite (?:du territoire|territoriale|residentielle))$/u

/** Formats, standards and the papers of a tender are what things conform to, in titles as well. */
const CONFORMS =
  /^(?:electronics?|cctp|ccap|dce|cahiers? des charges|bons? de commandes?|excel|word|powerpoint|netex|rgs|rgi)$/u

/** "Contrôle d’accès" to data and functions is no door. */
const LOGICAL_ACCESS =
  /^ (?:base sur|logique|(?:aux?|a des|a ses|a leurs) (?:donnees|fonction|application|systeme|information|interface|ressource|compte|service|reseau)|par (?:role|profil)|\(rbac|rbac)|^ *$/u
const BEFORE_LOGICAL =
  /(?:authentification|habilitations?|identification|securite logique)(?: et| ,|,)(?: de| du| le)? ?$/u

/** Whether "contrôle d’accès" guards data, services or accounts rather than a door. */
export const isLogicalAccess = (
  sentence: string,
  { brick, start, end }: Pick<BrickMatch, 'brick' | 'start' | 'end'>,
): boolean => {
  if (brick !== 'controle-acces') return false
  const plain = plainText(sentence)
  const after = LOGICAL_ACCESS.exec(plain.slice(end))
  return (after !== null && after[0].trim() !== '') || BEFORE_LOGICAL.test(plain.slice(0, start))
}

/** Whether a tender says this of its own making, in whatever title: "Expression du besoin". */
export const isOwnMaking = (brick: string): boolean => OWN_MAKING.has(brick)

/** Whether the words are a format or a standard. */
export const isStandard = (sentence: string, { start, end }: BrickMatch): boolean =>
  CONFORMS.test(plainText(sentence).slice(start, end))

/** Inside brackets or after "including", a list that ends with "etc." gives examples of what is there. */
const EXAMPLES = /(?:\(|\b(?:including|such as|tels? que|telles? que) )[^().;]{0,200}$/u
const AND_SO_ON = /^[^().;]{0,200}(?:\betc\b|…)/u

const isExample = (plain: string, { start, end }: BrickMatch): boolean =>
  AND_SO_ON.test(plain.slice(end)) && EXAMPLES.test(plain.slice(0, start))

/** Whether the words only touch upon their brick. */
export const isInPassing = (sentence: string, match: BrickMatch): boolean => {
  const plain = plainText(sentence)
  return (
    IN_PASSING.test(plain.slice(match.start, match.end)) || isExample(plain, match) || isLogicalAccess(sentence, match)
  )
}

/** What a bought system is to manage, lend or count is not bought with it: "réserver des salles et des bicyclettes". */
const MANAGES = /\b(?:gerer|reserver|preter|recenser|inventorier|to manage|to book) [^.;]{0,200}$/u
/** Software, services around it, telecommunications: the divisions of the CPV whose things do the managing. */
const MANAGING_CPV = /^(?:48|72|64|79)/u

/** Whether a thing is named as what somebody manages with what is bought. */
export const isManagedThing = (sentence: string, { brick, start }: BrickMatch): boolean => {
  const codes = brickById(brick)?.cpv ?? []
  if (codes.length === 0 || codes.some(code => MANAGING_CPV.test(code))) return false
  return MANAGES.test(plainText(sentence).slice(0, start))
}

/** Who supplies a thing also keeps it up: "fourniture et maintenance d’un logiciel" buys the software. */
const SUPPLIED =
  /(?:acquisition|acquerir|fourniture|mise en (?:oeuvre|place|service)|installation|deploiement|conception|realisation|creation|developpement|location)[^.;:]{0,80}$/u

/** The upkeep that goes with a purchase in the same breath is no brick of its own. */
export const isUpkeepOfSupply = (sentence: string, { brick, via, start }: BrickMatch): boolean =>
  brick === 'tma' && via !== 'acronym' && SUPPLIED.test(plainText(sentence).slice(0, start))
