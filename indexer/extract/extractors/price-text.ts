import { plain } from './folded-text.ts'

/** A price as a text states it. */
export interface TextPrice {
  /** "49 EUR/user/month". */
  readonly value: string
  /** In euros, as the canonical value writes it. */
  readonly amount: string
  /** "/user/month"; empty when no unit is stated. */
  readonly unit: string
  /** Where it stands in the text (UTF-16 offsets), unit included. */
  readonly start: number
  readonly end: number
}

/** What a price is for, then how often it is due: the order of the canonical value. */
const PER: readonly (readonly [unit: string, words: string])[] = [
  [
    'user',
    'utilisat(?:eur|rice)s?|users?|usagers?|licences?|comptes?|sieges?|seats?|collaborat(?:eur|rice)s?|salaries?|employes?|praticiens?|soignants?|medecins?',
  ],
  [
    'device',
    'capteurs?|appareils?|equipements?|boitiers?|terminal|terminaux|devices?|sensors?|machines?|sondes?|modules?|balises?|bornes?|passerelles?|postes?|endpoints?|objets?|compteurs?|cameras?|vehicules?|gateways?',
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
const UNITS = [...PER, ...PERIODS].map(([unit, words]) => [unit, new RegExp(`^(?:${words})$`)] as const)
const UNIT_WORDS = [...PER, ...PERIODS].map(([, words]) => words).join('|')

const NUMBER = String.raw`(?:\d{1,3}(?:[ .]\d{3}){1,2}(?:,\d{1,2})?|\d{1,3}(?:,\d{3}){1,2}(?:\.\d{1,2})?|\d{1,6}(?:[.,]\d{1,2})?)`
const EURO = '(?:€|euros?(?![a-z])|eur(?![a-z]))'

/** "49 €", "49€90", "€49", "EUR 49", "12 k€", "49,- €", "de 49 à 99 €". */
const AMOUNT = new RegExp(
  String.raw`(?<![\d.,a-z-])(?:(?:entre|de|from|between) (?<from>${NUMBER})(?: ?(?:€|k€))? ?(?:a|et|to|and|-|–) )?(?<before>${NUMBER}) ?(?<kilo>k ?)?(?:,- ?)?${EURO}(?<cents>\d\d(?!\d))?|(?:€|\beur) ?(?<after>${NUMBER})(?![\d]|[.,]\d| ?[mk]\b)`,
  'g',
)

const TAX =
  /^[ ,]{0,2}\(?(?:h\.? ?t\.?|t\.?t\.?c\.?|hors tax\w+|excl\w*\.? (?:vat|tax)|(?:ex|plus|inc|incl)\.? (?:vat|tva)|\+ ?(?:vat|tva)|vat)(?![a-z])\)?/
const CONNECTOR =
  "(?:[ ,(]{0,2}(?:et |and )?(?:/|par|per|le|la|l'|the|each|chaque|a l'|a la|au|an?|x|factures?|payable|billed|d'abonnement)[ ]?(?:par |the )?|[ ])"
const UNIT = new RegExp(String.raw`^${CONNECTOR}(${UNIT_WORDS})(?![a-z0-9'])\)?`)
const MAX_UNITS = 4

/** Where the period stands before the amount: "Abonnement mensuel : 49 €". */
const PERIOD_BEFORE =
  /(?:\b(mensuel(?:le)?s?|annuel(?:le)?s?|monthly|yearly|annual)\b|\bpar (mois|an|jour)\b|\bper (month|year|day)\b|\/ ?(mois|an|jour|month|year)\b|\b(tjm|day rate|tarif journalier|daily rate)\b|\b(?:tarif |taux )(horaire)\b)[^€\d;.,]{0,35}$/

const unitOf = (word: string): string | undefined => {
  if (word === 'tjm' || word === 'day rate' || word === 'tarif journalier' || word === 'daily rate') return 'day'
  if (word === 'horaire') return 'hour'
  if (word === 'annual') return 'year'
  return UNITS.find(([, pattern]) => pattern.test(word))?.[0]
}

const canonicalUnit = (units: readonly string[]): string => {
  const per = PER.find(([unit]) => units.includes(unit))?.[0]
  const period = units.find(unit => PERIODS.some(([each]) => each === unit))
  return `${per === undefined ? '' : `/${per}`}${period === undefined ? '' : `/${period}`}`
}

/** The units at the beginning of what follows an amount, and how far they reach. */
const readUnits = (tail: string): { readonly units: readonly string[]; readonly length: number } => {
  const units: string[] = []
  let at = 0
  for (;;) {
    const tax = TAX.exec(tail.slice(at))
    if (tax !== null) at += tax[0].length
    const match = units.length < MAX_UNITS ? UNIT.exec(tail.slice(at)) : null
    const unit = match === null ? undefined : unitOf(match[1] ?? '')
    if (match !== null && unit !== undefined) {
      units.push(unit)
      at += match[0].length
    } else if (tax === null) return { units, length: at }
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

/** "1 200" → "1200", "49,90" → "49.90", "49,00" → "49". */
const canonicalAmount = (number: string, cents = '', kilo = false): string => {
  const decimals = /[.,](\d{1,2})$/.exec(number)
  const whole = (decimals === null ? number : number.slice(0, decimals.index)).replace(/\D/g, '')
  if (kilo) return String(Math.round(Number(`${whole}.${decimals?.[1] ?? '0'}`) * 1_000))
  const part = cents || (decimals?.[1] ?? '')
  return `${Number(whole)}${/[1-9]/.test(part) ? `.${part}` : ''}`
}

/** Prices of a text as `plain` gives it, whatever they are prices of. */
export const pricesIn = (words: string): readonly TextPrice[] =>
  [...words.matchAll(AMOUNT)].flatMap(match => {
    const { from, before, after, cents, kilo } = match.groups ?? {}
    const start = match.index
    const stop = start + match[0].length
    const { units, length } = readUnits(words.slice(stop, stop + 90))
    const earlier = PERIOD_BEFORE.exec(words.slice(Math.max(0, start - 60), start))
    const period = unitOf(earlier?.slice(1).find(Boolean) ?? '')
    const unit = canonicalUnit([...units, ...(period === undefined ? [] : [period])])
    const amounts = [
      ...(from === undefined ? [] : [canonicalAmount(from, '', kilo !== undefined)]),
      canonicalAmount(before ?? after ?? '', cents, kilo !== undefined),
    ]
    return amounts.map(amount => ({ value: `${amount} EUR${unit}`, amount, unit, start, end: stop + length }))
  })

/** A number alone, as the cells of a price column hold it. */
export const bareAmount = (text: string): string | undefined => {
  const words = plain(text)
  return new RegExp(`^${NUMBER}$`).test(words) ? canonicalAmount(words) : undefined
}
