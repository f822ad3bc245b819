import { brickLabel } from '../../model/bricks.ts'
import type { Language } from '../../model/language.ts'
import { isTerm, termOf } from './engine-brick.ts'

/** What a number of suppliers means for the writer of a tender, in the reader's language. */

export const askedLabel = (id: string, language: Language): string =>
  isTerm(id) ? termOf(id) : brickLabel(id, language)

/** A label inside a sentence: "Réseau LoRaWAN" begins small there, "ERP" does not. */
export const inSentence = (label: string): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label

/** From so many on, a lot of its own finds competitors; below three, competition hangs on one of them. */
const MANY = 10
const ENOUGH = 3

/** What to make of the number of documented suppliers of a brick. */
export const supplyAdvice = (suppliers: number, language: Language): string => {
  const fr = language === 'fr'
  if (suppliers >= MANY) {
    return fr
      ? 'Concurrence suffisante : cette brique peut faire un lot séparé, ouvert aux PME.'
      : 'Enough competition: this brick can be a lot of its own, open to small firms.'
  }
  if (suppliers >= ENOUGH) {
    return fr
      ? 'Concurrence possible : demandez des interfaces ouvertes et la réversibilité des données.'
      : 'Competition is possible: ask for open interfaces and for the data to be handed back.'
  }
  if (suppliers > 0) {
    return fr
      ? 'Risque de dépendance : un ou deux fournisseurs documentés. Faites un sourcing avant de publier, rédigez par fonctions, prévoyez la réversibilité.'
      : 'Risk of lock-in: one or two documented suppliers. Source before you publish, write by functions, plan how to leave.'
  }
  return fr
    ? 'Aucun fournisseur documenté : faites un sourcing, élargissez la rédaction, ou envisagez un partenariat d’innovation.'
    : 'No documented supplier: source first, widen the wording, or consider an innovation partnership.'
}

/** What to write or try for a brick that nobody is known to cover. */
export const uncoveredAdvice = (
  id: string,
  broader: { readonly id: string; readonly suppliers: number } | undefined,
  language: Language,
): { readonly advice: string; readonly wording?: string } => {
  const fr = language === 'fr'
  const label = askedLabel(id, language)
  if (broader === undefined || broader.suppliers === 0) {
    return {
      advice: fr
        ? `Aucune source du catalogue ne dit qu’un fournisseur couvre « ${label} » ; ce n’est pas la preuve qu’il n’y en a pas. Faites un sourcing (publication d’un projet d’achat, échanges avec la filière), ou envisagez un partenariat d’innovation (code de la commande publique, L. 2172-3).`
        : `No source of the catalogue says that a supplier covers “${label}”; that is no proof that there is none. Source first (publish a purchase project, talk to the trade), or consider an innovation partnership (code de la commande publique, L. 2172-3).`,
    }
  }
  const wider = brickLabel(broader.id, language)
  return fr
    ? {
        advice: `Aucun fournisseur documenté pour « ${label} », mais ${broader.suppliers} pour « ${wider} », plus large. Exigée du seul titulaire, cette brique risque de rendre le marché infructueux : acceptez la sous-traitance ou le groupement, ou faites-en une variante.`,
        wording: `Le titulaire fournit, en propre ou en sous-traitance, la fonction suivante : ${inSentence(wider)}. Il précise dans son offre comment elle répond au besoin décrit (${inSentence(label)}).`,
      }
    : {
        advice: `No documented supplier for “${label}”, but ${broader.suppliers} for the broader “${wider}”. Demanded of the contractor alone, this brick may leave you without tenders: accept subcontracting or a consortium, or make it a variant.`,
        wording: `The contractor provides, by itself or through a subcontractor, the following function: ${inSentence(wider)}. Its tender says how this meets the need described (${inSentence(label)}).`,
      }
}

/** What stands wherever weights are used. */
export const notice = (language: Language): string =>
  language === 'fr'
    ? 'Connaissance du marché : ne vaut ni sélection des candidatures ni analyse des offres. Liste non exhaustive ; « non renseigné » ne veut dire ni oui ni non.'
    : 'Market knowledge: this is neither a selection of candidates nor an evaluation of tenders. Not exhaustive; “not stated” means neither yes nor no.'
