import { parseSiren, type Siren, sirenOfSiret } from '../../../src/model/siren.ts'
import { parseVat } from '../../../src/model/vat.ts'

/** A company number in a text, its check digits verified. */
export interface CompanyNumber {
  readonly siren: Siren
  /** Fourteen digits, where the text gives them. */
  readonly siret?: string
  /** "FR", the key and the SIREN, where the text gives them and the key is right. */
  readonly vat?: string
  /** Where it stands, with the "FR" and key before it. */
  readonly start: number
  readonly end: number
}

const BLANK = String.raw`[ .\u00a0\u2009\u202f]?`
/**
 * Nine or fourteen digits as they are grouped in legal notices, perhaps after the key of a VAT number. Not a phone number
 * after +33, nor an association's W123456789.
 */
const NUMBER = new RegExp(
  String.raw`(?<!\d|\bW|\+33${BLANK}|\b0033${BLANK})` +
    String.raw`((?<!\p{L})FR${BLANK}-?\d\d${BLANK}-?)?(\d{3}${BLANK}\d{3}${BLANK}\d{3})` +
    String.raw`(${BLANK}\d{5}|${BLANK}\d{3}${BLANK}\d\d|${BLANK}\d\d${BLANK}\d{3})?(?!\d)`,
  'giu',
)
/** What every number has, and most pages have not. */
const HAS_NINE = new RegExp(String.raw`\d(?:${BLANK}\d){8}`)
/** Any other grouping, right after the word that announces it. */
const ODDLY_GROUPED =
  /(?<=\b(?:siren|siret|r\.?c\.?s\.?)\b[^\d\n]{0,30})\d(?:[ .\u00a0\u2009\u202f]?\d){8}(?:(?:[ .\u00a0\u2009\u202f]?\d){5})?(?![ .\u00a0\u2009\u202f]?\d)/giu
const ANNOUNCED = /siren|siret|\bgreffe\b|r\.? ?c\.? ?s\b|tva|vat\b|registre|immatricul|\bFR ?\d\d/i
const REACH_BEFORE = 80
const REACH_AFTER = 30
/** The word that stands right before the digits and says what they are. */
const SAYS_NINE = /(?:siren|r\.?c\.?s\b)[^\d\n]{0,40}$/iu
/** Establishments are counted from 00001: what begins otherwise is an address's. */
const POSTCODE = /^[ \u00a0\u2009\u202f](?!00)\d{5}$/u
const KEY_WITHOUT_COUNTRY = /(?:tva|vat)\b[^\d\n]{0,40}(\d\d)[ .\u00a0\u2009\u202f]?$/iu

const isAnnounced = (text: string, start: number, end: number): boolean =>
  ANNOUNCED.test(text.slice(Math.max(0, start - REACH_BEFORE), end + REACH_AFTER))

const digitsOf = (text: string): string => text.replace(/\D/g, '')

/** Nine digits and the postcode of the address that follows look like a SIRET: its own word tells. */
const readGroups = (before: string, nine: string, tail: string): Omit<CompanyNumber, 'start' | 'end'> | undefined => {
  const siretSiren = tail === '' ? undefined : sirenOfSiret(nine + tail)
  if (siretSiren !== undefined) return { siren: siretSiren, siret: digitsOf(nine + tail) }
  if (tail !== '' && !(POSTCODE.test(tail) && SAYS_NINE.test(before))) return undefined
  const siren = parseSiren(nine)
  return siren === undefined ? undefined : { siren }
}

const grouped = (text: string): readonly CompanyNumber[] =>
  [...text.matchAll(NUMBER)].flatMap(match => {
    const [whole, prefix = '', nine = '', tail = ''] = match
    const before = text.slice(Math.max(0, match.index - REACH_BEFORE), match.index + prefix.length)
    const groups = readGroups(before, nine, tail)
    if (groups === undefined) return []
    const bareKey = prefix === '' ? KEY_WITHOUT_COUNTRY.exec(before)?.[1] : undefined
    const vat = parseVat(bareKey === undefined ? prefix + nine : `FR${bareKey}${nine}`)
    const isWhole = tail === '' || groups.siret !== undefined
    const end = match.index + whole.length - (isWhole ? 0 : tail.length)
    return [{ ...groups, ...(vat === undefined ? {} : { vat }), start: match.index, end }]
  })

const oddlyGrouped = (text: string): readonly CompanyNumber[] =>
  [...text.matchAll(ODDLY_GROUPED)].flatMap(match => {
    const digits = digitsOf(match[0])
    const siren = digits.length === 9 ? parseSiren(digits) : sirenOfSiret(digits)
    const place = { start: match.index, end: match.index + match[0].length }
    return siren === undefined ? [] : [{ siren, ...(digits.length === 14 ? { siret: digits } : {}), ...place }]
  })

/**
 * The company numbers of a text in its order: right by their check digits, and announced as such (SIREN, SIRET, RCS, VAT
 * …) closely before or after. Whose they are is for who asks to find out.
 */
export const companyNumbersIn = (text: string): readonly CompanyNumber[] => {
  if (!HAS_NINE.test(text)) return []
  const regular = grouped(text)
  const starts = new Set(regular.map(number => number.start))
  return [...regular, ...oddlyGrouped(text).filter(number => !starts.has(number.start))]
    .filter(({ start, end }) => isAnnounced(text, start, end))
    .sort((a, b) => a.start - b.start)
}
