import { html } from 'ghtml'
import type { Language } from '../../model/language.ts'
import { formatNumber } from '../format.ts'
import type { Fragment } from '../markup.ts'

const ENGLISH = new Intl.PluralRules('en', { type: 'ordinal' })
const ENGLISH_ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' }

const endingOf = (rank: number, language: Language): string => {
  if (language === 'fr') return rank === 1 ? 'er' : 'e'
  return ENGLISH_ENDINGS[ENGLISH.select(rank)] ?? 'th'
}

/** "2e", "2nd", the ending raised. */
export const ordinal = (rank: number, language: Language): Fragment =>
  html`${formatNumber(rank, language)}<sup>${endingOf(rank, language)}</sup>`
