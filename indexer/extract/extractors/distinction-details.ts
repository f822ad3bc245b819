import { foldInPlace } from './claim-context.ts'
import { datesIn, type TextDate } from './dates.ts'

/** What a page says of a certificate beside its name. Dates as `datesIn` gives them. */
export interface DistinctionDetails {
  readonly issued?: string
  readonly validUntil?: string
  readonly number?: string
}

/** What stands before the date on which it ends. */
const ENDS =
  /(?:valable|valide|validite|en vigueur|valid|validity|expir\w{0,7}|echeance|jusqu|until|through|till|fin)[^.;]{0,25}$|(?:jusqu'(?:au|en|a)|until|au)\s*$/

/** What stands before the date of its first award. */
const BEGINS =
  /(?:depuis|since|obten\w{1,5}|delivr\w{1,4}|decern\w{1,4}|attribu\w{1,4}|emis\w{0,2}|certifi\w{1,8}|labelli\w{1,6}|agree\w{0,2}|agrement|accredit\w{1,7}|qualifi\w{1,8}|awarded|issued|granted|obtained|earned|recue?s?|decroche\w{0,2}|renouvel\w{1,5}|initiale?|laureat\w{0,2}|en date|promotion|medaille|medal|gold|silver|bronze|platin\w{1,2}|argent|d'or|label|marquage|marque\w{0,2}|date)[^.;\d]{0,30}$|^[\s,:(–—-]{0,4}(?:en|in|le|du|of)?\s*$/

const NOT_ISSUED =
  /(?:audit|surveillance|renouvel\w{1,6}|prochain\w{0,2}|creee?s?|fondee?s?|founded|next|version|edition)[^.;\d]{0,25}$/

const NUMBER =
  /(?:n° ?|\bn[or]\.? ?|\bnumero :? ?|\bnumber:? ?|\bno\. ?|\bref(?:erence)?\.? ?:? ?|\bcertificat(?:e)? ?:? |\bid ?:? )(?=(?:[a-z]{2,4} )?[a-z0-9/._-]{0,30}\d)((?:[a-z]{2,4} (?=\d))?[a-z0-9][a-z0-9/._-]{2,30}(?: ?\d{2,8}){0,2})/

const endsBy = (plain: string, date: TextDate): boolean =>
  ENDS.test(plain.slice(Math.max(0, date.start - 40), date.start))

const isIssued = (plain: string, date: TextDate): boolean => {
  const before = plain.slice(Math.max(0, date.start - 45), date.start)
  return !NOT_ISSUED.test(before) && BEGINS.test(before)
}

const numberIn = (text: string, plain: string): string | undefined => {
  const match = NUMBER.exec(plain)
  const value = match?.[1]
  if (match === null || value === undefined) return undefined
  const start = match.index + match[0].length - value.length
  const number = text.slice(start, start + value.length).replace(/[\s./_-]+$/u, '')
  // "Certificat de 2024", "certificate 2024-2027" name a year.
  return /^[a-z]{2,4} /.test(number) || datesIn(number).length > 0 ? undefined : number
}

/** The dates and the number in the text that follows a certificate's name, or tells of it alone. */
export const detailsIn = (text: string): DistinctionDetails => {
  const plain = foldInPlace(text)
  const dates = datesIn(text)
  const until = dates.find(date => endsBy(plain, date))
  const issued = dates.find(date => date !== until && !endsBy(plain, date) && isIssued(plain, date))
  const number = numberIn(text, plain)
  return {
    ...(issued === undefined ? {} : { issued: issued.value }),
    ...(until === undefined ? {} : { validUntil: until.value }),
    ...(number === undefined ? {} : { number }),
  }
}

/** What both say; the first wins. */
export const joinDetails = (one: DistinctionDetails, other: DistinctionDetails): DistinctionDetails => ({
  ...other,
  ...one,
})
