import { memoisedPhrases } from '../../../src/text/memo.ts'
import type { PageBlock } from '../page-document.ts'
import { plainText } from './plain-text.ts'
import { startsWithService } from './service-words.ts'

/** What a heading or an address says of the offers under it; `any` when it names both or neither. */
export type OfferSection = 'product' | 'service' | 'any' | 'others'

const OWNER =
  "(?:(?:decouvrez |toutes? |tous |voici |les |la |le |l'|nos |notre |our |all |nos principaux |nos principales |quelques |ensemble de |gamme de |catalogue (?:de |des )?|liste (?:de |des )?))*"
const PRODUCT =
  '(?:produits?|products?|logiciels?|software|capteurs?|materiels?|hardware|equipements?|gammes?(?: de produits| complete)?|applications?|apps|catalogue|modeles?|appareils|outils(?: libres)?|plateformes?|modules|progiciels?|boitiers|objets connectes|passerelles|instruments|dispositifs)'
const SERVICE =
  "(?:services?|prestations?|accompagnements?|expertises?|interventions?|savoir-faire|competences|domaines d'(?:expertise|intervention|activite)|metiers?|missions|formations|stages|activites|consulting|services? (?:associes|professionnels))"
const ANY =
  '(?:solutions?|offres?|offers?|offerings?|offre de services?|ce qu(?:e nous |e l.on |.on |e vous pouvez )(?:vous )?(?:proposons?|propose|faisons|fait|vendons|vend|fabriquons|fabrique|offrons|louons|loue|editons|edite|acheter|commander|louer)(?: et \\S+)?|que (?:proposons|faisons|vendons|fabriquons)-nous|nos (?:differentes |autres |principales )?(?:briques|fabrications)|what we (?:do|offer|sell|make)|nous (?:proposons|vendons|fabriquons|concevons|editons)|notre catalogue|produits (?:et|&) services|products (?:and|&) services)'
const JOIN =
  '(?:(?: (?:et|&|and|\\+) |, | / | )(?:nos |notre |les |our )?(?:services?|produits?|solutions?|logiciels?|prestations?|capteurs|offres?|outils|materiels?|formations?|expertises?|tarifs?|prix|libres?|connectes?|numeriques?|open source|cloud|saas|phares?|principaux|professionnels?|iot|metiers?|informatiques?|sur mesure|complementaires|associes|products?|accompagnements?|maison|logicielles?))*'

const whole = (core: string): RegExp => new RegExp(`^${OWNER}${core}${JOIN}$`)
const PRODUCT_TITLE = whole(PRODUCT)
const SERVICE_TITLE = whole(SERVICE)
const ANY_TITLE = whole(ANY)

/** "Deux produits, un métier", "Trois logiciels libres pour …": a count of offers announces them. */
const COUNTED =
  /^(?:deux|trois|quatre|cinq|six|sept|huit|two|three|four|five|[2-9]|\d\d)\s(?:\S{1,15}\s)?(?:produits?|logiciels?|capteurs?|solutions?|offres?|applications?|gammes?|outils|modeles|appareils|products?|prestations?|services?|metiers|expertises)\b/

/** "Nos sondes connectées", "Les logiciels de Kerlann": what the firm has, with something behind. */
const OURS =
  /^(?:nos|our|les|the|la) (?<noun>produits?|products?|logiciels?|software|capteurs?|sondes?|bornes?|gammes?|applications?|appareils|outils|plateformes?|modules|instruments|machines|equipements|drones|robots|boitiers|solutions?|offres?|offers|services?|prestations?|accompagnements|formations|expertises)(?: (?!par |clients?|et |sont|est |qui )\S+){1,6}$/
const BY_TRADE =
  /\b(?:par|selon) (?:secteur|metier|usage|profil|besoin|marche|domaine|activite)|\bby (?:sector|industry|use)/

const OTHERS =
  /\b(?:fonctionnalites?|features?|avantages?|benefits?|atouts?|pourquoi|why|comment|how|etapes?|steps?|methode|methodologie|demarche|process(?:us)?|caracteristiques?|specifications?|engagements?|valeurs?|values?|clients?|customers?|references?|temoignages?|partenaires?|partners?|confiance|trust|secteurs?|sectors?|industries|pour qui|cas d'usages?|use cases|usages?|faq|questions?|actualites?|news|blog|billets?|nouveau|nouveautes?|nouvelles|du cote de|presse|medias?|parle|articles?|equipe|team|histoire|contact\S{0,5}|tarifs?|prix|pricing|certifications?|labels?|chiffres?|securite et|conformite|technologies?|stack|integrations?|compatib\S{0,6}|connecteurs|documentation|ressources?|telecharg\S{0,8}|newsletter|mentions|emplois?|carrieres?|recrut\S{0,8}|agenda|evenements?|livres? blancs?|options?|contenu|programme|inclus|compris|couvre|contient|prevoit|capot|comprend|garanties?|livraison|resultats?|enjeux|besoins?|impact|rse|accessibilite|plan du site|roadmap)\b/

const ALWAYS_OTHERS =
  /\b(?:clients?|customers?|temoignages?|equipe|team|faq|contact\S{0,5}|tarifs?|prix|pricing|questions?|confiance|references?|pourquoi|comment|comprend|pour qui|inclus)\b/

const MAX_TITLE = 90

const tidyTitle = (heading: string): string => plainText(heading).replace(/^[^\p{L}\d]+|[\s.:!…→]+$/gu, '')

const nounSection = (line: string): OfferSection => {
  if (/\b(?:services?|prestations?|accompagnements?|formations?|expertises?|metiers)\b/.test(line)) return 'service'
  return /\b(?:solutions?|offres?|offers)\b/.test(line) ? 'any' : 'product'
}

/** What a heading announces; `undefined` when it announces nothing known: it may be an offer itself. */
export const offerSectionOf = memoisedPhrases((heading: string): OfferSection | undefined => {
  if (heading.length > MAX_TITLE) return undefined
  const line = tidyTitle(heading)
  if (ANY_TITLE.test(line)) return 'any'
  if (SERVICE_TITLE.test(line)) return 'service'
  if (PRODUCT_TITLE.test(line)) return 'product'
  if (BY_TRADE.test(line)) return 'others'
  const noun = OURS.exec(line)?.groups?.['noun']
  if (noun !== undefined && !ALWAYS_OTHERS.test(line)) return nounSection(noun)
  if (COUNTED.test(line) && !line.includes('. ')) return nounSection(line)
  // "Audit de conformité", "Accompagnement à la certification" are services whatever they are about.
  if (startsWithService(line) && line.includes(' ') && !ALWAYS_OTHERS.test(line)) return undefined
  return OTHERS.test(line) ? 'others' : undefined
}, MAX_TITLE)

/** Services whose name alone also titles sections: under a telling heading they are offers. Plain text. */
export const isServiceWord = (heading: string): boolean =>
  /^(?:accompagnement|formations?|conseil|expertise|consulting|interventions?|training|ateliers|prestations sur mesure)$/.test(
    tidyTitle(heading),
  )

/** Whether a line of text serves as a heading over offers, or ends their section. */
export const isOfferLine = (line: string, kind: PageBlock['kind']): boolean => {
  if (line.length < 8 || line.length > 50 || (kind !== 'paragraph' && kind !== 'cell') || !line.includes(' '))
    return false
  const section = offerSectionOf(line)
  // "Deux produits, pas davantage :" before a list.
  if (section !== undefined && section !== 'others' && line.endsWith(':') && COUNTED.test(tidyTitle(line))) return true
  if (section === 'others')
    return /^(?:nos |notre |ils nous |pourquoi |questions |les )\S+(?: \S+){0,3}$/.test(tidyTitle(line))
  return section !== undefined && /^(?:nos|notre|our|ce que|what|produits|decouvrez)\s/.test(tidyTitle(line))
}
