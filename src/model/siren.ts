import { Type } from 'typebox'

/** The nine digits that identify a French legal unit, check digit verified: made by `parseSiren` alone. */
export type Siren = string & { readonly __siren: true }

export const SirenSchema = Type.Unsafe<Siren>(
  Type.String({
    pattern: '^[0-9]{9}$',
    description: 'SIREN : les neuf chiffres qui identifient une unité légale.',
  }),
)

/** La Poste: its 15,000 establishments did not fit the Luhn digit, so its SIRET follow another rule (Insee). */
const LA_POSTE = '356000000'

/** Luhn check (ISO/IEC 7812-1) of a string of digits. */
const passesLuhn = (digits: string): boolean => {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Blanks of every width, dots, commas, dashes and slashes: the ways people group the digits. */
const compact = (text: string): string => text.normalize('NFKC').replace(/[\s.,\-/’']/gu, '')

/** Reads a SIREN in any grouping ("423 388 446"); `undefined` when it has not nine digits or fails its check digit. */
export const parseSiren = (text: string): Siren | undefined => {
  const digits = compact(text)
  return /^[0-9]{9}$/.test(digits) && digits !== '000000000' && passesLuhn(digits) ? (digits as Siren) : undefined
}

/** The SIREN that a SIRET (14 digits, any grouping) begins with; `undefined` when either fails its check. */
export const sirenOfSiret = (text: string): Siren | undefined => {
  const digits = compact(text)
  if (!/^[0-9]{14}$/.test(digits)) return undefined
  const siren = parseSiren(digits.slice(0, 9))
  if (siren === undefined) return undefined
  const digitSum = [...digits].reduce((sum, digit) => sum + Number(digit), 0)
  const valid = passesLuhn(digits) || (siren === LA_POSTE && digitSum % 5 === 0)
  return valid ? siren : undefined
}

/** A SIREN as it is read: "423 388 446", with no-break spaces. */
export const formatSiren = (siren: Siren): string =>
  `${siren.slice(0, 3)}\u00a0${siren.slice(3, 6)}\u00a0${siren.slice(6)}`
