/** Amounts near these words are no price of the firm's: money it has, gets, saves for others, or that others ask. */
const OTHER_MONEY =
  /\b(?:capital(?:isation)?|chiffre d'affaires|(?<=\b(?:le|du|de|notre|son) )ca(?! (?:coute|vaut|vous))|ca (?=de \d|annuel|20\d\d|\d)|lev(?:ee?|es|ons|er)|financ\w+|subvention\w*|budgets?|invest\w+|montants?|economi\w+|economi[sz]\w+|gagn\w+|gains?|amendes?|sanctions?|penalites?|salaires?|remuneration|gratification|bruts?|rancons?|pertes?|perdu\w*|prejudices?|fraudes?|indemnit\w+|dotations?|dotee?|bourses?|aides?|livraison|port (?:offert|gratuit)|frais de port|frais de dossier|paniers?|minimum de commande|dons?|parts? valent|cheques?|bons? d'achat|depots? de garantie|evite\w*|recuper\w+|manque a gagner|chantiers?|revers\w+|remises?|reductions?|rabais|rembours\w+|credit d'impot|factures? (?:moyennes?|d'eau|d'electricite|energetiques?)|cout(?:e|ent|ait|aient)?s?(?! ?:)|(?<=\b(?:la|une|votre|vos|leurs?|sa|les|ma|mes|notre) )factures?|reclam\w+|exig\w+|(?:a|ont|avait|avaient) (?:achete|paye|verse|debourse)|pay(?:e|ait|aient|ent)|a titre de comparaison|cautions?|en moyenne|consult\w+ de gre a gre|depens\w+|coutait|valeur|valorise\w*|marches? (?:de|public)|turnover|revenues?|raised|raises|funding|fund(?:s|ed)?|grants?|sav(?:e|es|ed|ing|ings)|fines?|penalt(?:y|ies)|worth|salar(?:y|ies)|loss(?:es)?|lost|cost(?:s|ing)? (?:of|the|our|them|companies)|parrain\w+|prime|primes|plafon\w+|seuil|franchise|assur(?:ee?s?) (?:a|pour)|recompense\w*|prix (?:moyen|du (?:kwh|marche|gaz|baril)|de l'(?:innovation|eau|energie|electricite))|resultat|benefices?|part sociale|parts sociales|gift|award|eco-?(?:part\w*|contribution|taxe)|consigne)\b/g

/** What announces a price. */
const PRICE_CUE =
  /\ba partir d[eu']|\bdes (?=\d|$)|\btarifs?\b|\btarification|\bprix\b(?! (?:moyen|du|de l'))|\babonnements?\b|\bforfaits?\b|\bformules?\b|\blicences?\b|(?<!\b(?:la|une|votre|vos|leurs?|sa|les|ma|mes|notre) )\bfacture[es]*\b(?! (?:moyen|d'))|\bfrom (?=€|\d|eur|$)|\bstarting (?:at|from)|\bstarts? at|\bpric(?:e|es|ed|ing)\b|\bsubscriptions?\b|\bvendu[es]*\b|\blocation\b|\bmise en service\b|\bfrais d'installation|\bcouts? ?:|\boffres?\b|\bpacks?\b|\bkits?\b|\boption\b|\baudit\b|\bformation\b|\bjournees?\b|\batelier\b|\bsession\b|\bplans?\b|\bfee\b|\bsold (?:at|for)|\bavailable (?:at|for|from)|\bdisponible (?:a|pour|des)|\bcommercialise\w*|\bpropos[eo]\w*|\btjm\b|\bcosts? (?=€|\d|eur|$)|\bcoute (?=\d|€|$)/g

const JUST_BEFORE =
  /(?:jusqu'a|dont|plus de|plus d'|pres de|environ|moins de|au lieu de|contre|au-dela de|superieur\w* a|inferieur\w* a|up to|more than|over|under|less than|instead of|versus|vs\.?|worth|offert\w* des|gratuit\w* des|a hauteur de|depasse\w*|sous|below|\bpasse\w*|\btomb\w+|baiss\w+|\bdescendu\w*|ramene\w*|augment\w+|(?:went|dropped|fell|rose|down|up) from|(?:went|dropped|fell|rose) (?:\w+ )?) ?(?:de |d'|a )?$/

const JUST_AFTER =
  /^ ?(?:(?:de |d'|of |in |en )?(?:plus de )?(?:economie?s?|economisee?s?|chiffre|ca\b|subvention\w*|capital|budget|dommages|pertes?|amendes?|fonds|remise|reduction|dotation|recettes?|financements?|investissements?|frais cach\w+|frais de dossier|offerts?\b|offertes?\b|bruts?\b|net mensuel|millions?|milliards?|savings?|saved|raised|funding|dons?\b|paniers?|d'achats?|achats?|rembourses?|reverses?|pris en charge|aupres d|chez (?:un|une|votre|vos|le|les|d'autres|l')|a bpifrance|aides?\b|bonus|d'eco-?(?:part|contri|tax)|a la societe|de moins)|par minute|\/ ?min|la minute|(?:\/|par|le|la|du|l') ?(?:m[wk]h|kwh|wh|tonne|m2|m3|m²|m³|kg|km|litre|hectare|ha\b|habitant au|metre|barrel|minute))/

const PER_HEAD = /^[^,.;]{0,15}(?:\bpar|\/|le) ?(?:habitant|foyer|eleve|lit|patient|repas|mesure|m[23²³])/

/** A cooperative's shares have a price and are no offer. */
const SHARES = /\b(?:parts? sociales?|societaires?|actionnaires?|souscription au capital|shareholders?)\b/

const REACH = 90

/** Who is paid by another: the nearest word ("verse un forfait de") says what the money is called there, not whose it is. */
const PAID =
  /\b(?:verse(?:nt|ra)?|octroie(?:nt)?|accorde(?:nt)?|alloue(?:nt)?|attribue(?:nt)?|percoi(?:t|vent))\b[^.;!?]{0,130}$/

/** "+ 0 €": an option that costs nothing has no price. */
const NO_CHARGE = /\+ ?$/

/** Others' prices, and what the firm does not sell. */
const OTHERS_PRICE =
  /\bchez (?:un|une|d'autres|nos|certains|la plupart des) (?:autres? )?(?:\w+ )?(?:editeurs?|confreres?|concurrents?|revendeurs?|fournisseurs?|geants?|prestataires?)\b|\bnotre concurrent/

/** Whether words around an amount say that it is other money than a price. The nearer word before it decides. */
export const isOtherMoney = (words: string, start: number, end: number): boolean => {
  const before = words.slice(Math.max(0, start - REACH), start)
  if (SHARES.test(words) || OTHERS_PRICE.test(words)) return true
  const after = words.slice(end, end + 60)
  if (JUST_BEFORE.test(before) || JUST_AFTER.test(after)) return true
  if (PAID.test(words.slice(Math.max(0, start - 150), start))) return true
  if (NO_CHARGE.test(before) && /^0 ?(?:€|eur)/.test(words.slice(start))) return true
  // "Soit 0,48 € par habitant" explains a price and is none.
  if (/\bsoit (?:environ |moins de )?$/.test(before) && PER_HEAD.test(after)) return true
  const other = [...before.matchAll(OTHER_MONEY)].at(-1)?.index ?? -1
  const cue = [...before.matchAll(PRICE_CUE)].at(-1)?.index ?? -1
  return other > cue
}

/** Whether a text announces a price anywhere. */
export const announcesPrice = (words: string): boolean =>
  words.search(PRICE_CUE) >= 0 ||
  /\bh\.?t\b|\bttc\b|hors taxes|excl\.? vat|ajouter au panier|add to cart|acheter|commander/.test(words)

/** A heading under which a firm speaks of what it does not sell or ask. */
export const isAboutOthers = (heading: string): boolean =>
  /\bne (?:vendons|faisons|proposons|facturons|nous regarde|coute|comprend)\b|\b(?:we do not|we don't|not included)\b/.test(
    heading,
  )

/** Whether a text speaks of other money anywhere. */
export const speaksOfOtherMoney = (words: string): boolean => words.search(OTHER_MONEY) >= 0
