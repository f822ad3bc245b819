import { parseSiren } from './siren.ts'

/** The two digits before the SIREN in a French VAT number (article 286 ter of the CGI, as VIES checks it). */
const keyOf = (siren: string): string => String((12 + 3 * (Number(siren) % 97)) % 97).padStart(2, '0')

/**
 * A French VAT number without blanks ("FR32 123 456 789" → "FR32123456789"); `undefined` when its key or its SIREN fails
 * its check. Keys with letters, which no company has been given yet, are not known here.
 */
export const parseVat = (text: string): string | undefined => {
  const [, key, nine = ''] = /^FR(\d\d)(\d{9})$/i.exec(text.replace(/[\s.-]/g, '')) ?? []
  const siren = parseSiren(nine)
  return siren !== undefined && key === keyOf(siren) ? `FR${key}${siren}` : undefined
}
