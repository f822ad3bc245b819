import { brickLabel } from '../../model/bricks.ts'
import { certificationName } from '../../model/certifications.ts'
import type { Language } from '../../model/language.ts'
import { inSentence } from './advice.ts'
import type { Section } from './sections.ts'
import { mentionStatus } from './sentence-status.ts'
import type { TenderSentence } from './sentences.ts'
import { brickMatches } from './tender-vocabulary.ts'
import { OR_EQUIVALENT, plainText } from './tender-words.ts'

/** What in a tender's sentences narrows competition without need: brands, origins, certificates without equivalent. */

/** A restriction as the text makes it; how many suppliers it leaves is counted later. */
export interface Restriction {
  readonly kind: 'brand' | 'origin' | 'certificate-without-equivalent'
  readonly span: string
  readonly sentence: string
  readonly page?: number
  /** The brick that a named product stands for. */
  readonly brick?: string
  readonly certification?: string
}

/**
 * Certificates by the words of tenders. Not HDS, CE, RGAA: hosting of health data, marking and accessibility are asked
 * for by law (code de la santé publique L. 1111-8; loi 2005-102), where an equivalent would be none.
 */
const CERTIFICATES: readonly (readonly [id: string, pattern: RegExp])[] = [
  ['iso-27001', /iso(?:\/iec|\/cei)? ?27001/u],
  ['iso-9001', /iso ?9001/u],
  ['iso-14001', /iso ?14001/u],
  ['iso-50001', /iso ?50001/u],
  ['iso-22301', /iso ?22301/u],
  ['iso-20000', /iso(?:\/iec|\/cei)? ?20000/u],
  ['iso-45001', /iso ?45001/u],
  ['iso-26000', /iso ?26000/u],
  ['iso-13485', /iso ?13485/u],
  ['en-9100', /en ?9100/u],
  ['secnumcloud', /secnumcloud/u],
  ['qualiopi', /qualiopi/u],
  ['passi', /\bpassi\b/u],
  ['cspn', /\bcspn\b/u],
  ['expertcyber', /expertcyber/u],
  ['france-cybersecurity', /france cybersecurity/u],
  ['mase', /\bmase\b/u],
  ['rge', /\brge\b/u],
  ['numerique-responsable', /label numerique responsable|label nr\b/u],
  ['lucie-26000', /\blucie(?: 26000)?\b/u],
  ['ecovadis', /ecovadis/u],
  ['b-corp', /b[ -]corp/u],
  ['origine-france-garantie', /origine france garantie/u],
]

const ORIGIN =
  /fabrique\w* (?:et \w+ )?en (?:france|europe|bretagne|\w+ite)|made in france|d'origine francaise|origine france|de fabrication francaise|entreprises? locales?|(?:fournisseur|prestataire|producteur)s? loca(?:l|ux)|(?:siege|agence|implante\w*|localise\w*|etabli\w*|situe\w*) (?:social )?(?:\w+ )?(?:dans|sur|a moins de [0-9]+ ?km|a proximite)(?: (?:le |la |du |de la )?(?:departement|region|territoire|commune|ville|agglomeration))?(?=\W|$)|entreprise francaise|societe francaise|produits? locaux/u
/** An origin is asked of whoever bids, not of the buyer's own buildings. */
const OF_SUPPLIERS =
  /titulaire|candidat|prestataire|fournisseur|entreprise|societe|produit|materiel|equipement|solution|soumissionnaire|fabriqu|fabrication|origine/u

/** "de marque Siemens", "modèle XR-200", "logiciel Arpège": a name in capitals after a word that announces one. */
const ANNOUNCED =
  /(?:\bde (?:la )?marque|\bmarque|\bfabricant|\bmod[èe]le|\br[ée]f[ée]rence|\bbrand|\btype)\s+(?:«\s*)?(\p{Lu}[\p{L}\p{N}-]{2,}(?:\s\p{Lu}[\p{L}\p{N}-]+)?)/u
/** Words in capitals after "type" or "marque" that are no brand. */
const NO_BRAND = new Set(
  'CE NF SaaS SAAS LED USB WEB API PDF HTTP HTTPS REST XML JSON CSV TCP IP WiFi Wi-Fi LoRaWAN LoRa BIM GPS RFID NFC'.split(
    ' ',
  ),
)

function* brandsOf(sentence: TenderSentence): Generator<Restriction> {
  const { text } = sentence
  const where = { sentence: text, ...(sentence.page !== undefined && { page: sentence.page }) }
  const asked = (start: number, end: number): boolean =>
    ['required', 'optional'].includes(mentionStatus(text, start, end))
  const spans = new Set<string>()
  for (const { via, start, end, brick } of brickMatches(text)) {
    if (via !== 'product' || spans.has(text.slice(start, end)) || !asked(start, end)) continue
    spans.add(text.slice(start, end))
    yield { kind: 'brand', span: text.slice(start, end), brick, ...where }
  }
  const [found = '', name = ''] = ANNOUNCED.exec(text) ?? []
  const start = text.indexOf(found)
  if (name !== '' && !NO_BRAND.has(name) && ![...spans].some(span => name.includes(span) || span.includes(name))) {
    if (asked(start, start + found.length)) yield { kind: 'brand', span: name, ...where }
  }
}

/** The restrictions of one sentence. What only tells of the existing, or is left out, restricts nobody. */
export function* restrictionsOf(sentence: TenderSentence, section: Section): Generator<Restriction> {
  if (section.kind === 'context' || section.status === 'excluded') return
  // In a title all in capitals any word may look like a name.
  if (sentence.isTitle && sentence.text === sentence.text.toUpperCase()) return
  const { text } = sentence
  const plain = plainText(text)
  const where = { sentence: text, ...(sentence.page !== undefined && { page: sentence.page }) }
  if (section.kind === 'need') yield* brandsOf(sentence)
  const origin = ORIGIN.exec(plain)
  if (origin && OF_SUPPLIERS.test(plain)) {
    yield { kind: 'origin', span: text.slice(origin.index, origin.index + origin[0].length), ...where }
  }
  if (OR_EQUIVALENT.test(plain)) return
  for (const [certification, pattern] of CERTIFICATES) {
    const match = pattern.exec(plain)
    if (match === null || (origin && certification === 'origine-france-garantie')) continue
    const span = text.slice(match.index, match.index + match[0].length)
    yield { kind: 'certificate-without-equivalent', span, certification, ...where }
  }
}

/** What to do about a restriction, and what to write instead: never with a brand's name. */
export const remedyOf = (
  { kind, brick, certification, sentence }: Restriction,
  language: Language,
): { readonly advice: string; readonly wording?: string } => {
  const fr = language === 'fr'
  if (kind === 'brand') {
    const open = OR_EQUIVALENT.test(plainText(sentence))
    const label = brick === undefined ? undefined : inSentence(brickLabel(brick, language))
    const wording =
      label === undefined
        ? fr
          ? 'Décrire la fonction attendue, les performances à atteindre et les interfaces, sans marque, modèle ni procédé particulier.'
          : 'Describe the expected function, the performance to be reached and the interfaces, without brand, model or particular process.'
        : fr
          ? `La solution assure la fonction suivante : ${label}. Elle atteint les performances décrites ci-après et échange ses données par des interfaces documentées et des formats ouverts.`
          : `The solution provides the following function: ${label}. It reaches the performance described below and exchanges its data through documented interfaces and open formats.`
    const advice = open
      ? fr
        ? 'Une marque est nommée, même suivie de « ou équivalent » : ce n’est admis que si aucune description précise n’est possible (code de la commande publique, R. 2111-7). Décrivez la fonction.'
        : 'A brand is named, even followed by “or equivalent”: allowed only where no precise description is possible (code de la commande publique, R. 2111-7). Describe the function.'
      : fr
        ? 'Une marque est nommée : cela favorise ou écarte des fournisseurs (code de la commande publique, R. 2111-7). Décrivez la fonction, ou ajoutez « ou équivalent » si aucune description n’est possible.'
        : 'A brand is named: that favours or rules out suppliers (code de la commande publique, R. 2111-7). Describe the function, or add “or equivalent” where no description is possible.'
    return { advice, wording }
  }
  if (kind === 'origin') {
    return fr
      ? {
          advice:
            'Une origine ou une implantation est exigée : ce critère écarte des fournisseurs sans lien avec la qualité du service (code de la commande publique, R. 2111-7). Exigez plutôt un résultat : délai d’intervention, empreinte, sécurité d’approvisionnement.',
          wording: 'Le titulaire intervient sur site dans un délai de … heures après le signalement.',
        }
      : {
          advice:
            'An origin or a location is demanded: that rules out suppliers for no reason of quality (code de la commande publique, R. 2111-7). Demand a result instead: response time, footprint, security of supply.',
          wording: 'The contractor is on site within … hours of the report.',
        }
  }
  const name = certificationName(certification ?? '')
  return fr
    ? {
        advice: `Le certificat « ${name} » est exigé sans « ou équivalent » : tout moyen de preuve équivalent doit être accepté (code de la commande publique, R. 2111-14 à R. 2111-17).`,
        wording: `Le titulaire justifie de la certification ${name} ou de tout moyen de preuve équivalent, sur le périmètre des prestations.`,
      }
    : {
        advice: `The certificate “${name}” is demanded without “or equivalent”: any equivalent proof must be accepted (code de la commande publique, R. 2111-14 to R. 2111-17).`,
        wording: `The contractor shows the certification ${name} or any equivalent proof, for the scope of the services.`,
      }
}
