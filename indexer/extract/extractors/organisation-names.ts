import { memoisedPhrases } from '../../../src/text/memo.ts'
import { mappingLines } from '../../../src/text/word-lists.ts'
import { oneLine, plainText } from './plain-text.ts'
import { isPublicBody } from './public-bodies.ts'

const FIRST_NAMES: ReadonlySet<string> = new Set(mappingLines('first-names.txt').flatMap(line => line.split(/\s+/)))

const wordSet = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.flatMap(line => line.split(' ')))

/** Words that name kinds of customers, sectors, parts of pages: a name needs another one. Plain text. */
const GENERIC = wordSet(
  'secteur secteurs collectivite collectivites territoriale territoriales locale locales local entreprise entreprises',
  'industrie industries industriel industriels sante education enseignement superieur recherche energie energies eau eaux',
  'environnement transport transports mobilite mobilites banque banques assurance assurances finance finances retail',
  'commerce commerces distribution agriculture agroalimentaire defense securite luxe public publics publique publiques',
  'prive prives privee privees administration administrations association associations etablissement etablissements',
  'hopital hopitaux clinique cliniques commune communes ville villes mairie mairies metropole metropoles departement',
  'departements region regions pme pmi tpe eti grand grands grande grandes compte comptes groupe groupes startup startups',
  'bailleur bailleurs social sociaux sociale syndicat syndicats universite universites ecole ecoles lycee lycees college',
  'colleges service services logistique immobilier tourisme culture btp telecoms telecom medico-social etat ministere',
  'ministeres organisme organismes operateur operateurs federation federations fondation fondations cooperative',
  'cooperatives mutuelle mutuelles laboratoire laboratoires cabinet cabinets agence agences editeur editeurs integrateur',
  'integrateurs chiffres resultat resultats contact demande temoignage temoignages cas client clients cliente clientes',
  'reference references projet projets realisation realisations annee annees mission missions prestation prestations lieu',
  'date depuis solution solutions produit produits france europe international monde logo logos image photo photos video',
  'portrait carte icone illustration banniere slide precedent suivant accueil menu partenaire partenaires usine usines',
  'exploitation exploitations agricole agricoles gestionnaire gestionnaires acteur acteurs medical medicaux professionnel',
  'professionnels particulier particuliers utilisateur utilisateurs logement habitat numerique tous toutes voir lire',
  'decouvrir plus nos notre vos votre leur leurs ils elles nous vous le la les un une des du de en et ou au aux pour avec',
  'par dans sur non oui total autre autres divers etc equipe equipes capteur capteurs nombre type statut duree debut fin',
  'certain certains certaine certaines plusieurs chacun chacune beaucoup ceux celles aucun aucune cours eau',
  'mentions legales legale plan rss cookies credits cgu cgv horaires telephone adresse linkedin facebook mastodon youtube',
  'customer customers public sector health healthcare industry education energy our all read more view case study cases',
  'studies story stories testimonial testimonials company organisation organization country year sector project the and',
  'municipal municipaux intercommunal intercommunalite intercommunalites territoire territoires petite petites moyenne',
  'moyennes petits moyens villages village urbain rural rurale rurales civil civile maritime aeronautique automobile spatial',
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre aujourd hui demain accompagnement',
  'january february march april may june july august september october november december monday sunday today tomorrow',
  'regie regies centre centres hospitalier hospitaliers universitaire port ports aeroport aeroports musee musees conseil',
  'technologie technologies fonctionnalites avantages tarifs newsletter formation support maintenance presentation contexte',
  'enjeux enjeu besoin besoins objectif objectifs benefices bilan avis note notes quelques verbatim suite retour',
  'communaute communautes cite cites academie academies rectorat rectorats prefecture prefectures gendarmerie mediatheque bibliotheque police parc parcs office',
  'offices metier metiers chambre chambres ligue union club port peche oph pays scolaire scolaires agglo agglomeration',
  'chu chru ch chi sdis ght ehpad ehpads epci ars crous ccas dsi dgs dg depart production chantier chantiers deploiement deploiements installation installations site sites agents postes',
)

/** What begins an invitation, a question or a sentence. */
const SENTENCE_START =
  /^(?:(?:nous|vous|votre|vos|notre|nos|ils|elles|il|elle|on|je|ce|cette|ces|pourquoi|comment|quel|quelle|quels|quelles|qui|que|en savoir|voir|lire|plus de|deja|et|ou|depuis|avec|pour|sans|grace|parce|our|demander|contacter|essayer|telecharger|decouvrir|consulter|rejoindre|prendre|lancer|echanger|parler|reserver|planifier|un projet|une question|we|your|why|how|what|who|they|read|see|learn|discover|get|with|for|this)(?![\p{L}\d])|j'|c'est|plus d'|\S{2,20}ez(?:-| |$)|\S{2,20}-(?:nous|les|vous|moi)(?: |$))/u

const SENTENCE_WORD =
  /(?:^| )(?:est|sont|etait|ont|avons|etes|sommes|sera|peut|peuvent|nous|vous|votre|vos|notre|nos|notamment|is|are|was|has|have|we|our|your)(?: |$)/

const MAX_NAME = 90
const MAX_WORDS = 12
const MAX_PRIVATE_WORDS = 7

const wordsOf = (name: string): readonly string[] => name.split(/[ '’/-]+/u).filter(Boolean)

/** A capital or a digit, and no word that stands for a whole class of customers. */
const isDistinctive = (word: string): boolean =>
  /[\p{Lu}\d]/u.test(word) && /\p{L}/u.test(word) && !GENERIC.has(plainText(word).replace(/[.,]+$/, ''))

/** "Claire Moreau", "C. Moreau", "Mme Moreau": never kept. Two or three words of which the first is a given name. */
export const isPersonName = memoisedPhrases((text: string): boolean => {
  const words = oneLine(text).split(' ')
  const [first = ''] = words
  if (/^(?:m|mme|mlle|mr|mrs|ms|dr|pr|monsieur|madame|docteure?|professeure?)\.?$/.test(plainText(first))) return true
  if (words.length < 2 || words.length > 4) return false
  // An initial, or a family name in capitals with particles.
  if (/^\p{Lu}\.(?:-?\p{Lu}\.)?$/u.test(first)) return true
  if (!words.slice(1).every(word => /^(?:\p{Lu}|(?:de|du|des|le|la|van|von|d['’])$)/u.test(word))) return false
  return FIRST_NAMES.has(plainText(first).split('-')[0] ?? '')
})

/** Public bodies whose name needs no place. */
const NATIONAL =
  /^(?:l'|le |la )?(?:ap-?h[pm]|hospices|assistance publique|cnrs|inria|inrae|dgfip|ministere|cour des|senat|assemblee|caisse des)/

/** A class of customers by their size: "communes de 3 500 habitants". */
const SIZE = /\bhabitants?\b|\bde (?:moins|plus) de\b| \d{1,3} \d{3}\b/

/** Bodies that have a number for a place: "SDIS 35", "Département 22". */
const NUMBERED = /^(?:sdis|cd|ept|sde|departement|conseil departemental|universite|c[cau])[ -]?\d{1,3}(?!\d)/

/** Whether a whole line is the name of one organisation: short, capitalised, neither class, sentence, date nor person. */
export const isOrganisationName = memoisedPhrases((text: string): boolean => {
  const line = oneLine(text)
  if (line.length < 2 || line.length > MAX_NAME || /[?!…»«“”@=<>{}[\]%€]|https?:|\d{4,}|\.$/u.test(line)) return false
  const plain = plainText(line)
  const words = line.split(' ')
  if (words.length > MAX_WORDS || SENTENCE_START.test(plain) || SENTENCE_WORD.test(plain)) return false
  const parts = wordsOf(line)
  if (isPublicBody(line))
    return !SIZE.test(plain) && (parts.some(isDistinctive) || NUMBERED.test(plain) || NATIONAL.test(plain))
  if (isPersonName(line) || words.length > MAX_PRIVATE_WORDS || !/\p{L}{2}/u.test(line)) return false
  return parts.some(isDistinctive) && /^(?:\p{Lu}|\d\p{L}|groupe |i\p{Lu}|l['’]\p{Lu})/u.test(line)
})

const LOGO =
  /^(?:(?:le |la |les )?(?:logo(?:type)?s?)(?![\p{L}\d])[\s:_–-]*(?:(?:du|des|de la|de l['’]|de|d['’]|of|for)(?![\p{L}\d]) ?(?:the )?)?)/iu
const ROLE = /^(?:(?:notre |our )?(?:client|cliente|référence|reference|customer)(?![\p{L}\d])\s?[:–-]?\s?)/iu
const TAIL =
  /(?:[\s–—|(_-]+(?:logo(?:type)?|client(?:e)?|customer|r[ée]f[ée]rence)(?: de \S{1,30})?\)?|\.(?:png|jpe?g|svg|webp|gif|avif))$/iu

/** "Menuiserie Le Goff", not "Gain de temps": capitals throughout, small words between. */
export const isCapitalised = (name: string): boolean =>
  oneLine(name)
    .split(' ')
    .every(word =>
      /^(?:[dl]['’])?[\p{Lu}\d&(]|^(?:de|du|des|la|le|les|et|en|sur|à|au|aux|of|the|and|for|-|i\p{Lu}\S*)$/u.test(word),
    )

/** Capitals but for a word or two: "Port de pêche de Grandcale", "Union sportive de Lectagne". */
export const isMostlyCapitalised = (name: string): boolean => {
  const words = oneLine(name).split(' ')
  const capitals = words.filter(word => /^(?:[dl]['’])?\p{Lu}/u.test(word)).length
  const plain = words.filter(word => !isCapitalised(word)).length
  return plain === 0 || (capitals > 1 && plain < capitals)
}

const NO_LOGO =
  /^(?:l'|la |le |les |une? |notre |nos )?(?:photo|image|portrait|visuel|illustration|capture|icone|icon|vue|plan|schema|drapeau|badge|banniere|carte|equipe|picture|screenshot|flag|avatar|fleche|etoile|video|label|certif|qr)/

const MAX_STRIPS = 4

/** The name in an image's alternative text: "Logo de la Ville de Lannion.png" → "Ville de Lannion". '' when it is none. */
export const nameInAlt = (alt: string): string => {
  let name = oneLine(alt)
  // File names ("logo_chu-rennes", "img-2031") tell a reader nothing that the page does.
  if (/^[a-z\d._-]*[._-][a-z\d._-]*$|^(?:IMG|DSC)[-_ ]?\d/u.test(name) || NO_LOGO.test(plainText(name))) return ''
  for (let i = 0; i < MAX_STRIPS; i++) {
    const next = name.replace(TAIL, '').replace(LOGO, '').replace(ROLE, '').trim()
    if (next === name) break
    name = next
  }
  return shortestName(name)
}

const ARTICLE = /^(?:la |le |les |the |l['’])/iu

/** "la Ville de Lannion" → "Ville de Lannion"; "La Poste" stays. */
export const withoutArticle = (name: string): string => {
  const rest = name.replace(ARTICLE, '')
  return rest !== name &&
    (isPublicBody(rest) || /^(?:groupe|clinique|laboratoires?|coopérative|mutuelle) /iu.test(rest))
    ? rest
    : name
}

/** A name without what follows it on its line: "La Ville de Lannion (22) – 40 écoles" → "Ville de Lannion". */
export const shortestName = memoisedPhrases((text: string): string =>
  withoutArticle(
    (oneLine(text).split(/\s+[–—|•·-]\s+|\s*[:;(|•·]\s*|,\s/u)[0] ?? '').replace(/[\s.,;:–—-]+$/u, '').trim(),
  ),
)
