/** What a price is for, then how often it is due: the order of the canonical value. */
const PER: readonly (readonly [unit: string, words: string])[] = [
  [
    'user',
    'utilisat(?:eur|rice)s?|users?|usagers?|licences?|comptes?|sieges?|seats?|collaborat(?:eur|rice)s?|salaries?|employes?|praticien(?:·?ne)?s?|soignant(?:·?e)?s?|medecins?|infirmier(?:·?e)?s?|therapeutes?|accounts?|mailbox(?:es)?|boites? (?:aux lettres|mail)|abonnes?',
  ],
  [
    'device',
    'capteurs?|appareils?|equipements?|boitiers?|terminal|terminaux|devices?|sensors?|machines?|sondes?|modules?|balises?|bornes?|passerelles?|postes?|endpoints?|objets?|compteurs?|cameras?|vehicules?|gateways?|chargeurs?|chargers?|armoires?|coffrets?|detecteurs?|trackers?|traceurs?|tablettes?|serveurs?|servers?|ordinateurs?|pc|automates?|stations?|points? de (?:mesure|charge|livraison)|luminaires?|robinets?|prises?|tetes?|unites? deployees?|horodateurs?|totems?|bornes de recharge',
  ],
  ['site', 'sites?|etablissements?|batiments?|locations?'],
  ['agent', 'agents?'],
]
const PERIODS: readonly (readonly [unit: string, words: string])[] = [
  ['hour', 'heures?|hours?|h'],
  ['day', 'jours?(?:[ -]hommes?)?|journees?|days?|jh|j/h|j'],
  ['month', 'mois|mensuel(?:le)?s?|mensuellement|months?|monthly|mo'],
  ['year', 'ans?|annees?|annuel(?:le)?s?|annuellement|years?|yearly|annually|annum|yr'],
]
/** What may qualify it: "par utilisateur inscrit". */
const SUCH =
  '(?:actifs?|actives?|inscrite?s?|nomme?e?s?|connecte?e?s?|equipee?s?|simultanee?s?|declaree?s?|installee?s?|raccordee?s?|suivie?s?|supervisee?s?|geree?s?|protegee?s?|supplementaires?|referencee?s?|deployee?s?|(?:de travail)|finau?x?|named|active|concurrent|additional|connected|monitored|protected)'
const UNITS = [...PER, ...PERIODS].map(([unit, words]) => [unit, new RegExp(`^(?:${words})$`)] as const)
const UNIT_WORDS = [...PER, ...PERIODS].map(([, words]) => words).join('|')

/** A number as prices are written: "1 200", "1.490,00", "49,90". */
export const NUMBER = String.raw`(?:\d{1,3}(?:[ .']\d{3}){1,2}(?:,\d{1,2})?|\d{1,3}(?:,\d{3}){1,2}(?:\.\d{1,2})?|\d{1,6}(?:[.,]\d{1,2})?)`

/** What says which tax an amount holds, behind it. */
export const TAX =
  /^[ ,]{0,2}\(?(?:h\.? ?t\.?|t\.?t\.?c\.?|hors tax\w+|excl\w*\.? (?:vat|tax)|(?:ex|plus|inc|incl)\.? (?:vat|tva)|\+ ?(?:vat|tva)|vat)(?![a-z])\)?/
const CONNECTOR =
  "(?:[ ,()]{0,3}(?:et |and )?(?:/|par|per|le|la|l'|the|each|chaque|de l'|a l'|a la|au|an?|x|factures?|payable|billed|d'abonnement)[ ]?(?:par |the )?|[ ])"
const UNIT = new RegExp(String.raw`^${CONNECTOR}(${UNIT_WORDS})(?![a-z0-9'])(?: ${SUCH}(?![a-z]))?\)?`)
/** The same price with the other tax, which may stand between a price and its unit: "490 € HT (588 € TTC) par an". */
const OTHER_TAX = new RegExp(
  String.raw`^ ?[(/,;–-]? ?(?:soit |ou )?${NUMBER} ?€ ?(?:h\.?t\.?|t\.?t\.?c\.?)(?![a-z]) ?\)?(?= ?(?:/|par |per |le mois|l'an))`,
)
/** What has no unit here, before a period: "par habitant et par an". */
const UNKNOWN =
  /^ ?(?:par|\/) ?(?:tranche de )?[^\s,.;:/€()]{3,20}(?: (?:de )?[^\s,.;:/€()]{2,20}){0,2}?(?=,? (?:et )?par (?:an|mois|jour|heure)\b| ?\/ ?(?:an|mois)\b)/
/** An article, or nothing, before the unit. */
const SOLD = /^[ ,()]{1,3}(?:l'|(?:le|la|the) )?[a-z]/
const NOT_SOLD = /^[ ,()]{1,3}(?:et |and )?(?:par|per|each|chaque|x|a|au)\b/
const MAX_UNITS = 4

/** The unit that a word names; `undefined` for another word. */
export const unitOf = (word: string): string | undefined => {
  if (word === 'tjm' || word === 'day rate' || word === 'tarif journalier' || word === 'daily rate') return 'day'
  if (word === 'horaire') return 'hour'
  if (word === 'annual') return 'year'
  return UNITS.find(([, pattern]) => pattern.test(word))?.[0]
}

/** Units as the canonical value writes them, each kind once: "/user/month". */
export const canonicalUnit = (units: readonly string[]): string => {
  const per = PER.find(([unit]) => units.includes(unit))?.[0]
  const period = units.find(unit => PERIODS.some(([each]) => each === unit))
  return `${per === undefined ? '' : `/${per}`}${period === undefined ? '' : `/${period}`}`
}

/** The units at the beginning of what follows an amount, and how far they reach. */
export const readUnits = (tail: string): { readonly units: readonly string[]; readonly length: number } => {
  const units: string[] = []
  let at = 0
  for (;;) {
    const tax = TAX.exec(tail.slice(at))
    if (tax !== null) at += tax[0].length
    const skipped = units.length === 0 ? (OTHER_TAX.exec(tail.slice(at))?.[0].length ?? 0) : 0
    at += skipped
    const match = units.length < MAX_UNITS ? UNIT.exec(tail.slice(at)) : null
    const unit = match === null ? undefined : unitOf(match[1] ?? '')
    if (match !== null && unit !== undefined) {
      // "290 € le capteur" is what one costs; "4 € par capteur" what each is charged.
      if (unit !== 'device' || !SOLD.test(match[0]) || NOT_SOLD.test(match[0])) units.push(unit)
      at += match[0].length
    } else {
      const unknown = units.length === 0 ? UNKNOWN.exec(tail.slice(at)) : null
      if (unknown !== null) at += unknown[0].length
      else if (tax === null && skipped === 0) return { units, length: at }
    }
  }
}

/** The canonical period that words beside a price state ("Tarif mensuel HT", "€/mois"); empty when none or several. */
export const periodIn = (words: string): string => {
  const periods = [
    ...words.matchAll(
      /\b(mensuel(?:le)?s?|annuel(?:le)?s?|mois|an|mensualite|monthly|yearly|annual|month|year|jour|journee|day|heure|hour)\b/g,
    ),
  ].map(([word]) => (word === 'mensualite' ? 'month' : unitOf(word)))
  const [first, ...others] = new Set(periods)
  return first === undefined || others.length > 0 ? '' : `/${first}`
}

/** The canonical unit that the label of a row or column states ("abonnement par sonde et par an", "€ / mois"). */
export const unitIn = (words: string): string => {
  const units = [...words.matchAll(/(?:\bpar |\bper |\/ ?|\bchaque )(?=[a-z])/g)].flatMap(
    ({ index }) => readUnits(words.slice(index)).units,
  )
  const per = canonicalUnit(units.filter(unit => PER.some(([each]) => each === unit)))
  return `${per}${periodIn(words)}`
}

/** A unit with what another text states beyond it: "/month" of a cell, "/site/month" of its row. */
export const mergeUnits = (unit: string, other: string): string =>
  canonicalUnit([...unit.split('/'), ...other.split('/')].filter(Boolean))
