import { plain } from './folded-text.ts'
import { canonicalUnit, NUMBER, readUnits, TAX, unitOf } from './price-units.ts'

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

const EURO = '(?:€|euros?(?![a-z])|eur(?![a-z]))'

/** "49 €", "49€90", "€49", "EUR 49", "12 k€", "49,- €", "de 49 à 99 €". */
const AMOUNT = new RegExp(
  String.raw`(?<![\d.,a-z-])(?:(?<low>${NUMBER}) ?€ ?(?:ht |ttc )?(?:a|to) (?=\d)|(?:entre|de|from|between) (?<from>${NUMBER})(?: ?(?:€|k€))? ?(?:a|et|to|and|-|–) )?(?<before>${NUMBER}) ?(?<kilo>k ?)?(?:,- ?)?${EURO}(?<cents>\d\d(?!\d))?|(?:€|\beur) ?(?<after>${NUMBER})(?:,-)?(?![\d]|[.,]\d| ?[mk]\b)`,
  'g',
)

/** What the same price with the other tax follows its price by. */
const SAME_PRICE = /^ ?[(/,;–-]? ?(?:soit |ou )?$/
/** Where the period stands before the amount: "Abonnement mensuel : 49 €". */
const PERIOD_BEFORE =
  /(?:\b(mensuel(?:le)?s?|annuel(?:le)?s?|monthly|yearly|annual)\b|\bpar (mois|an|jour)\b|\bper (month|year|day)\b|\/ ?(mois|an|jour|month|year)\b|\b(tjm|day rate|tarif journalier|daily rate)\b|\b(?:tarif |taux )(horaire)\b)[^€\d;.,]{0,35}$/
/** "La journée d'un consultant vaut 1 180 €", "l'heure est à 95 €". */
const PERIOD_SUBJECT =
  /\b(?:la|une|chaque|l'|the|an?|per) ?(journee|heure|day|hour)\b(?! (?:de |d')(?:formation|prise en main|mise en (?:service|route)|installation|atelier|sensibilisation|visite))[^€\d;.]{0,45}(?:\bvaut|\bcoute|\best (?:a|de|facturee?|vendue?)|\bfacturee? (?:a)?|:|\brevient a|\bcosts?|\bis(?: charged)?(?: at)?) ?$/

/** What it is for, before the amount: "Supervision, par site et par an : 60 €". */
const PER_BEFORE = /\b(?:par|per) [a-z][^\d€.,;:()]{1,50}(?: ?[:(] ?| )?$/
/** "1 100 €, une seule fois": whatever stands before is no period of it. */
const JUST_ONCE =
  /^[ ,(]{0,3}(?:ht |ttc )?[ ,(]{0,3}(?:une (?:seule )?fois|en une fois|paiement unique|one-off|once|one time)\b/

/** "1 200" → "1200", "49,90" → "49.90", "49,00" → "49". */
const canonicalAmount = (number: string, cents = '', kilo = false): string => {
  const decimals = /[.,](\d{1,2})$/.exec(number)
  const whole = (decimals === null ? number : number.slice(0, decimals.index)).replace(/\D/g, '')
  if (kilo) return String(Math.round(Number(`${whole}.${decimals?.[1] ?? '0'}`) * 1_000))
  const part = (cents || (decimals?.[1] ?? '')).padEnd(2, '0')
  return `${Number(whole)}${/[1-9]/.test(part) ? `.${part}` : ''}`
}

/** The units that stand before an amount; what `taken` ends at or before belongs to the price before. */
const unitsBefore = (words: string, start: number, taken: number): readonly string[] => {
  const before = words.slice(Math.max(taken, start - 80), start)
  const adjective = PERIOD_BEFORE.exec(before.slice(-60))?.slice(1).find(Boolean)
  const period = unitOf(adjective ?? PERIOD_SUBJECT.exec(before)?.[1] ?? '')
  const per = PER_BEFORE.exec(before)?.[0]
  return [...(per === undefined ? [] : readUnits(` ${per}`).units), ...(period === undefined ? [] : [period])]
}

/** Prices of a text as `plain` gives it, whatever they are prices of. */
export const pricesIn = (words: string): readonly TextPrice[] => {
  let taken = 0
  let last = ''
  return [...words.matchAll(AMOUNT)].flatMap(match => {
    const { low, from = low, before, after, cents, kilo } = match.groups ?? {}
    const start = match.index
    const stop = start + match[0].length
    const { units, length } = readUnits(words.slice(stop, stop + 110))
    const isOnce = JUST_ONCE.test(words.slice(stop, stop + 40))
    const own = isOnce ? '' : canonicalUnit([...units, ...unitsBefore(words, start, Math.min(taken, start))])
    const isSame = taken > 0 && SAME_PRICE.test(words.slice(taken, start)) && TAX.test(words.slice(stop, stop + 20))
    const unit = own === '' && isSame ? last : own
    const amounts = [
      ...(from === undefined ? [] : [canonicalAmount(from, '', kilo !== undefined)]),
      canonicalAmount(before ?? after ?? '', cents, kilo !== undefined),
    ]
    const end = stop + length
    taken = end
    last = unit
    return amounts.map(amount => ({ value: `${amount} EUR${unit}`, amount, unit, start, end }))
  })
}

/** A number alone, as the cells of a price column hold it. */
export const bareAmount = (text: string): string | undefined => {
  const words = plain(text)
  return new RegExp(`^${NUMBER}$`).test(words) ? canonicalAmount(words) : undefined
}
