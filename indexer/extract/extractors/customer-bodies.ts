import { namesFunction } from './functions.ts'
import { type NamedOrganisation, organisationsAt } from './organisation-lists.ts'
import { isAuthority, isOftenFunder, isPublicBody } from './public-bodies.ts'

/** Where a public body's name may begin. */
const OPENING =
  /(?<![\p{L}\d-])(?=(?:ville|mairie|commun|m[ée]tropole|eurom|agglo|d[ée]partement|conseil|collectivit|r[ée]gion|syndicat|centre|group|h[oô]pi|hospices|assistance|universit|acad[ée]mie|rectorat|lyc[ée]e|coll[èe]ge|[ée]coles? |cit[ée] sc|office|oph|r[ée]gie|minist|sdis|si[aev]|s[im][cv]t?om|sde|chu|chru?|chs |chi |ght|ch |ccas|cias|petr|pnr|epcc|ap-h|cc |ca |cu |grand|parc|service d[ée]p|biblioth|m[ée]diath|city|town|municip|county))/giu
/** What names of public bodies end with: only then may they begin anywhere. */
const ENDING = /\s(?:m[ée]tropole|agglom|agglo|communaut[ée]|city council|county council|university|hospital)/iu
const CAPITAL = /(?<![\p{L}\d’'-])(?=\p{Lu})/gu

/** Houses that are named by what they are: "la clinique Saint-Yves", "l'EHPAD Les Tilleuls", "la laiterie du Haut-Doubs". */
const HOUSE =
  /^(?:(?:poly)?clinique|ehpad|maison de (?:santé|retraite)|centre de (?:santé|soins|rééducation)|laiterie|fromagerie|brasserie|caves?|fonderies?|menuiserie|transports|conserverie|papeterie|verrerie|scierie|minoterie|distillerie|biscuiterie|abattoir|pharmacie|mutuelle|gaec|earl|crèche|maternité|musée|médiathèque|bibliothèque|théâtre|conservatoire) (?:(?:de|du|des|la|le|les|l['’]|d['’]) ?){0,2}\p{Lu}/iu
const HOUSE_OPENING =
  /(?<=(?:^|[\s(])(?:la|le|les|à la|au|aux|du|de la|chez|pour|dans la) |l['’])(?=(?:(?:poly)?clinique|ehpad|maison de|centre de|laiterie|fromagerie|brasserie|imprimerie|coop|caves?|usine|fonder|menuis|transport|[ée]tabli|conserv|papet|verrer|scier|minot|distill|biscuit|abatt|pharma|mutuel|ferme|gaec|earl|domaine|cr[èe]che|matern|r[ée]sid|mus[ée]e|m[ée]diath|biblioth|th[ée][âa]tre|conservatoire)\S* )/giu

/** What a line may begin with, or an enumeration that holds a public body. */
const LEADING =
  /(?:^|:\s)\W{0,3}(?:(?:la|le|les|l['’]|the)\s?)?(?:(?:poly)?clinique|maison de|centre|laiterie|fromagerie|brasserie|caves?|fonder|menuis|transports|conserv|papet|verrer|scier|minot|distill|biscuit|abatt|pharma|mutuel|cr[èe]che|matern|mus[ée]e|m[ée]diath|biblioth|th[ée][âa]tre)/iu

const ABBREVIATION = /(?:^|:\s)\W{0,3}\p{Lu}(?:\p{Lu}|\.)/u

/** What stands before a name that is no customer's: "un lycée de …", "avec l'université de …", "situé dans le département de …". */
const DETERMINED =
  /(?:^|[\s’'(])(?:une?|d['’]une?|chaque|cette|ce|cet|votre|vos|notre|nos|leurs?|sa|son|quelle?|toute?|any|an?|each|your|our|avec|avec (?:la|le|les|l['’])|par|par (?:la|le|les|l['’])|selon|selon (?:la|le|les|l['’])|with|with the|by|by the|contre (?:la|le|l['’])|entre (?:la|le|l['’])|près d[eu]|près de (?:la|l['’])|dans (?:le|la)|autour de (?:la|l['’])|hors de (?:la|l['’])|(?:président|présidente|siège|professeure?|c(?:œ|oe)ur|limites?|bord|nord|sud|est|ouest|périmètre|territoire|étudiante?|diplômée?|issue?|laboratoire|thèse|arrêté|délibération|subvention|aide|soutien|site|adresse|label|tribunal|campus|centre|place|port) (?:à )?(?:de|du|de la|de l['’]|d['’])|(?:avec|with)\s[^,.;:]{2,50}\s(?:et|and)(?: la| le| les| l['’]| the)?)\s?$/iu

/** "Les écoles de la Ville de X": whose it is says little of who buys. */
const OWNED = /(?:^|\s)(?:de (?:la|l['’])|du|de|d['’]|des|of|of the)\s?$/iu

/** What else a firm may tell of a public body than that it is a customer. */
const OTHER_TIES =
  /(?<!\p{L})(?:visit(?:e|ent|er|é|ée|és|ées|ait|ons)|rendu visite|salons?|forum|congrès|colloque|conférences?|webinaire|jury|troph\p{L}{1,3}|médaille|récompens\p{L}{1,4}|thèses?|laboratoire|chaire|doctor\p{L}{1,5}|randomi\p{L}{2,5}|trial|enseign(?:e|ent|ant|ante|ons)|alternan\p{L}{1,4}|stagiaires?|apprenti\p{L}{0,6}|pépinière|technopole|sociétaires?|actionnaires?|subvention\p{L}{0,5}|fonds|agré(?:ment|é|ée)|arrêté|tribunal|greffe|immatriculée?s?|situ[ée]{1,2}s?|basée?s?|sises?|perdu|sans nous|résili\p{L}{1,4}|ailleurs|cherchait|née?s? (?:à|au|dans|en|de|d['’])|fond[ée]{1,2}s?|fondat\p{L}{1,5}|voisine?s?|inaugur\p{L}{1,6}|consortium|programme de recherche|projet de recherche|appel d['’]offres|à titre d['’]exemple|fictif|fictive|imaginaire|envoyée? chez|ademe|bpifrance|bpi|feder|feader|france 2030|france relance|union européenne|banque des territoires|exposera|rendez-vous|retrouvez|venez|rencontrez|accueillera|présenterons|présentera|démonstration (?:à|au)|photos?|crédits?|contrairement|rembours\p{L}{1,3}|désinstall\p{L}{1,3}|abandonn\p{L}{1,3}|a arrêté|ont arrêté|nous a prêté|a rendu|ont rendu|prêt(?:e|ent)|aid(?:e|ent) (?:à|aux?|les|l['’])|exemple|prototypes?|à l['’]essai|en test|envoi(?:e|ent)|livraisons? (?:à|en|dans|sur|gratuite))(?!\p{L})/iu

/** Denials of being a customer; others are part of the story. */
const DENIED =
  /(?<!\p{L})ne l['’]utilise(?:nt)? pas|n['’](?:a|ont) rien acheté|n['’](?:a|ont) pas (?:renouvelé|acheté)|(?<!\p{L})(?:n['’]|ne )\s?\S{0,14} (?:pas|plus|jamais)(?!\p{L}).{0,30}(?:clien|choisi|reten|équip|utilis|travaill|signé|avec nous)|(?:not|never|no longer) (?:a |our )?(?:customers?|clients?)|\?\s*$/iu

const HOPE =
  /(?<!\p{L})(?:bientôt|prochainement|rêv\p{L}{2,8}|souhaiterai\p{L}{1,4}|espér\p{L}{2,6}|candidat\p{L}{0,6}|partenari\p{L}{1,4}|partenaires?|partners?|partnership|co-?financ\p{L}{1,6}|financ(?:é|ée|és|ent|e|eur)s?|soutenu\p{L}{0,2}|soutien|concurrent\p{L}{0,2}|pas encore client\p{L}{0,2}|si (?:vous|votre)|par exemple|comme si|imagin(?:ez|ons)|expériment\p{L}{1,6}|soon|would|could|funded|supported by|lauréat\p{L}{0,2}|appel à projets|concours|(?<!plus )anciens? (?:client|dsi|agent|élève|étudiant|cadre|direct|respons|ingénieur)\p{L}{0,6}|(?<!plus )anciennes? (?:cliente|dsi|agente|élève|étudiante|cadre|direct|respons|ingénieure)\p{L}{0,6}|ex-\p{L}{2,12})(?!\p{L})/iu

/** Whether a sentence tells of visits, funds, research, places. */
export const hasOtherTies = (sentence: string): boolean => OTHER_TIES.test(sentence)

/** Whether a sentence tells of something else than customers: visits, funds, research, places, hopes, denials. */
export const tellsOfOthers = (sentence: string): boolean =>
  OTHER_TIES.test(sentence) || DENIED.test(sentence) || HOPE.test(sentence)

/** "Livraison à Brennes Métropole". */
const PLACED = /^(?!université|école|lycée|collège|centre)[^\s]+ (?:à|en|dans|pour|sur) /iu

/** The head alone may be in lower case: the name needs a capital. */
const isHouse = (name: string): boolean => HOUSE.test(name) && /\s\S{0,3}\p{Lu}/u.test(name)

const MAX_STARTS = 40

/** Whether what begins at `start` may be a customer, by the words before it. */
const isFree = (sentence: string, start: number, mayBeOwned: boolean): boolean => {
  const before = sentence
    .slice(Math.max(0, start - 60), start)
    .replace(/(?<![\p{L}])(?:la |le |les |the |l['’])$/iu, '')
  const whole = sentence.slice(Math.max(0, start - 60), start)
  return !DETERMINED.test(before) && !DETERMINED.test(whole) && (mayBeOwned || !OWNED.test(before.trimEnd()))
}

export interface BodiesContext {
  /** The page or the section is about references: a region, a university is a customer there. */
  readonly inReferences: boolean
}

/**
 * The public bodies that a sentence of a firm's own page names, with who is enumerated along with them: nearly always
 * customers, unless the sentence says what else they are.
 */
export const bodiesIn = (sentence: string, { inReferences }: BodiesContext): readonly NamedOrganisation[] => {
  const found: NamedOrganisation[] = []
  const isCustomer = ({ name }: NamedOrganisation): boolean =>
    isPublicBody(name)
      ? !PLACED.test(name) && !isAuthority(name) && (inReferences || !isOftenFunder(name))
      : isHouse(name)
  // An enumeration may begin with a private firm: at the sentence's start or behind a colon.
  const leads = [...sentence.matchAll(/^|:\s/gu)].slice(0, 3).map(match => match.index + match[0].length)
  const starts = [OPENING, HOUSE_OPENING, ...(ENDING.test(sentence) ? [CAPITAL] : [])].flatMap(each =>
    [...sentence.matchAll(each)].slice(0, MAX_STARTS).map(match => match.index),
  )
  // Most sentences name nobody, and the patterns of other ties are dear.
  if ((starts.length === 0 && !LEADING.test(sentence) && !ABBREVIATION.test(sentence)) || tellsOfOthers(sentence))
    return []
  let reached = 0
  for (const start of [...new Set([...leads, ...starts])].sort((a, b) => a - b)) {
    if (start < reached) continue
    const isLead = leads.includes(start)
    const named = organisationsAt(sentence, start, true)
    const first = named[0]
    if (first === undefined || !named.some(isCustomer)) continue
    if (!isLead && !isPublicBody(first.name) && !isHouse(first.name)) continue
    const isSure =
      inReferences ||
      (isPublicBody(first.name) ? !isOftenFunder(first.name) : /(?<!\p{L})(?:nous|nos|notre)(?!\p{L})/iu.test(sentence))
    if (!isFree(sentence, start, isSure)) continue
    reached = named.at(-1)?.end ?? reached
    const text = sentence.slice(start, reached)
    // Behind a town's name or a function a comma enumerates nothing.
    const isList = named.length > 2 || /\s(?:et|and|ainsi que)\s/u.test(text)
    found.push(
      ...named.filter(each => (isList ? !isAuthority(each.name) && !namesFunction(each.name) : isCustomer(each))),
    )
  }
  return found
}
