/** A date as a text writes it, in French or English. */
export interface TextDate {
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: as precise as the text, never more. */
  readonly value: string
  /** Where it stands (UTF-16 offsets), from its first character to behind its last. */
  readonly start: number
  readonly end: number
}

/** French and English names and abbreviations of the months, accents optional. */
const MONTHS = [
  'janvier|january|janv|jan',
  'f[ée]vrier|february|f[ée]vr|f[ée]v|feb',
  'mars|march|mar',
  'avril|april|avr|apr',
  'mai|may',
  'juin|june|jun',
  'juillet|july|juil|jul',
  'ao[uû]t|august|aug',
  'septembre|september|sept|sep',
  'octobre|october|oct',
  'novembre|november|nov',
  'd[ée]cembre|december|d[ée]c|dec',
]
const MONTH = MONTHS.join('|')
const MONTH_NUMBERS: readonly RegExp[] = MONTHS.map(names => new RegExp(`^(?:${names})$`, 'iu'))

const DAY = String.raw`(?<![\p{L}\d.,/-])(?:0?[1-9]|[12]\d|3[01])`
const CENTURY = '(?:19|20)'
const YEAR = String.raw`${CENTURY}\d\d(?!\d|[.,]\d)`
/** Not inside a longer number, a reference ("NF-2021") or an address. */
const FREE = String.raw`(?<![\p{L}\d/_-]|\d[.,])`

// The first that fits at a place wins: from the most to the least precise.
const DATE = new RegExp(
  [
    String.raw`${FREE}(?<isoYear>${CENTURY}\d\d)-(?<isoMonth>0[1-9]|1[0-2])(?:-(?<isoDay>0[1-9]|[12]\d|3[01]))?(?![\d-])`,
    String.raw`${FREE}(?<first>\d{1,2})(?<mark>[/.-])(?<second>\d{1,2})\k<mark>(?<numericYear>${YEAR})`,
    String.raw`(?<day>${DAY})(?:er|ᵉʳ|st|nd|rd|th)?\s{1,2}(?:of\s)?(?<dayMonth>${MONTH})\.?,?\s{1,2}(?<dayYear>${YEAR})`,
    String.raw`(?<!\p{L})(?<englishMonth>${MONTH})\.?\s{1,2}(?<englishDay>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,?\s{1,2}(?<englishYear>${YEAR})`,
    String.raw`(?<!\p{L})(?<month>${MONTH})\.?,?\s{1,2}(?<monthYear>${YEAR})`,
    `${FREE}(?<shortMonth>0[1-9]|1[0-2])/(?<shortYear>${YEAR})(?!/)`,
    String.raw`(?:${FREE}|(?<=(?<!\d)${CENTURY}\d\d[/-]))(?<year>${YEAR})(?![/_-]\p{L}|[/-](?!${CENTURY}\d\d(?!\d))\d{3}|\p{L})`,
  ].join('|'),
  'giu',
)

/** What every date has, and most texts have not. */
const HAS_YEAR = new RegExp(`${CENTURY}\\d\\d`)

const monthNumber = (name: string): number => MONTH_NUMBERS.findIndex(pattern => pattern.test(name)) + 1

const pad = (number: number): string => String(number).padStart(2, '0')

/** A date of the calendar; `undefined` for 31 February. */
const calendarDate = (year: string, month: number, day: number): string | undefined => {
  const days = new Date(Date.UTC(Number(year), month, 0)).getUTCDate()
  return month >= 1 && month <= 12 && day >= 1 && day <= days ? `${year}-${pad(month)}-${pad(day)}` : undefined
}

/** Day first, as in France; month first only where the other way is no date ("03/25/2027"). */
const numericDate = (year: string, first: number, second: number): string | undefined =>
  calendarDate(year, second, first) ?? calendarDate(year, first, second)

const dateOf = (groups: Readonly<Record<string, string | undefined>>): string | undefined => {
  const { isoYear, isoMonth = '', isoDay, first, second, numericYear = '', day, dayMonth = '', dayYear = '' } = groups
  if (isoYear !== undefined) {
    return isoDay === undefined ? `${isoYear}-${isoMonth}` : calendarDate(isoYear, Number(isoMonth), Number(isoDay))
  }
  if (first !== undefined) return numericDate(numericYear, Number(first), Number(second))
  if (day !== undefined) return calendarDate(dayYear, monthNumber(dayMonth), Number(day))
  const { englishMonth, englishDay, englishYear = '', month, monthYear, shortMonth, shortYear, year } = groups
  if (englishMonth !== undefined) return calendarDate(englishYear, monthNumber(englishMonth), Number(englishDay))
  if (month !== undefined) return `${monthYear}-${pad(monthNumber(month))}`
  return shortMonth === undefined ? year : `${shortYear}-${shortMonth}`
}

/**
 * The dates of a text in its order: "2027-03-12", "12/03/2027", "1er mars 2027", "March 12, 2027", "mars 2027",
 * "03/2027", and bare years of 1900 to 2099, which may as well be a norm's ("27001:2022"): who asks must look around.
 */
export const datesIn = (text: string): readonly TextDate[] => {
  if (!HAS_YEAR.test(text)) return []
  const dates: TextDate[] = []
  for (const match of text.matchAll(DATE)) {
    const value = dateOf(match.groups ?? {})
    if (value !== undefined) dates.push({ value, start: match.index, end: match.index + match[0].length })
  }
  return dates
}

/** The first date that is at least as precise as a month; `undefined` when there is none. */
export const readDate = (text: string): string | undefined => datesIn(text).find(date => date.value.length > 4)?.value
