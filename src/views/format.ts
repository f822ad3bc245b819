import { html } from 'ghtml'
import type { Language } from '../model/language.ts'
import type { Fragment } from './markup.ts'

/** Numbers, distances and dates as French and English readers write them. */

const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const

const perLanguage = <T>(make: (locale: string) => T): Readonly<Record<Language, T>> => ({
  fr: make(LOCALES.fr),
  en: make(LOCALES.en),
})

const integers = perLanguage(locale => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }))
const hundredths = perLanguage(
  locale => new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
)
const weights = perLanguage(locale => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }))
const days = perLanguage(
  locale => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
)

/** "2 959" with a narrow no-break space, "2,959" in English. */
export const formatNumber = (value: number, language: Language): string => integers[language].format(value)

/** "7,31" or "7.31". */
export const formatScore = (value: number, language: Language): string => hundredths[language].format(value)

/** "0,5", "4": as many decimals as there are, two at most. */
export const formatWeight = (value: number, language: Language): string => weights[language].format(value)

const parseDay = (iso: string): Date | undefined => {
  const [, day] = /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:$|T)/.exec(iso) ?? []
  const date = new Date(`${day}T00:00:00Z`)
  return day === undefined || Number.isNaN(date.getTime()) ? undefined : date
}

/** "14 nov. 2026", "1er nov. 2026"; a text that is not an ISO 8601 date stays as it is. */
export const formatDate = (iso: string, language: Language): string => {
  const date = parseDay(iso)
  if (date === undefined) return iso
  const text = days[language].format(date).replaceAll(' ', '\u00a0')
  return language === 'fr' ? text.replace(/^1\u00a0/, '1er\u00a0') : text
}

/** The same as a `time` element, with "er" raised. */
export const dateElement = (iso: string, language: Language): Fragment => {
  const date = parseDay(iso)
  if (date === undefined) return html`${iso}`
  const text = html`${formatDate(iso, language)}`.replace(/^1er/, '1<sup>er</sup>')
  return html`<time datetime="${date.toISOString().slice(0, 10)}">!${text}</time>`
}
