import type { Language } from '../../model/language.ts'
import { formatNumber } from '../format.ts'

/** A number with its noun, in the form that the language asks for: French has "0 brique" and "1,5 brique", English "0 bricks". */
export const counted =
  (language: Language) =>
  (count: number, one: string, many: string): string => {
    const isOne = language === 'fr' ? Math.abs(count) < 2 : Math.abs(count) === 1
    return `${formatNumber(count, language)}\u00a0${isOne ? one : many}`
  }
