/** No-break space of guillemets, colons and units. */
const FIXED = '\u00a0'
/** Narrow no-break space before `; ? !`. */
const THIN = '\u202f'

const typeset = (text: string): string =>
  text
    .replace(/« /g, `«${FIXED}`)
    .replace(/ ([»:])/g, `${FIXED}$1`)
    .replace(/ ([;?!])/g, `${THIN}$1`)
    .replace(/([0-9]|^) (km|%|€|fournisseurs?\b)/g, `$1${FIXED}$2`)

/**
 * Tag of a French display text, written with plain spaces: French spacing (Imprimerie nationale) is put where it
 * belongs. Only the text itself is touched, never the values put into it, which are quotations or numbers.
 */
export const french = (strings: TemplateStringsArray, ...values: readonly (string | number)[]): string =>
  strings.map((text, i) => (i === 0 ? '' : String(values[i - 1])) + typeset(text)).join('')
