import { replacePersons } from './persons.ts'

// Repetitions are bounded, and every pattern begins where a look-behind or a literal lets it: the time is linear in the
// length of the text.

/** A space of any width, a dot, a hyphen or a slash between the groups of a phone number. */
const SEPARATOR = String.raw`[ \u00A0\u2009\u202F.\-\/]`

const LOCAL_CHARACTER = String.raw`[\p{L}\p{N}._%+'\-]`
const AT = String.raw`(?:@|\s?[\[\(\{]\s?(?:at|arobase|@)\s?[\]\)\}]\s?)`
const DOT = String.raw`(?:\.|\s?[\[\(\{]\s?(?:dot|point|\.)\s?[\]\)\}]\s?)`
const ADDRESS = String.raw`${LOCAL_CHARACTER}{1,64}${AT}(?:[\p{L}\p{N}\-]{1,63}${DOT}){1,6}\p{L}{2,24}`
// Addresses that a page has glued together go together: the second would not begin where a word begins.
const EMAIL = new RegExp(`(?<!${LOCAL_CHARACTER})${ADDRESS}(?:${ADDRESS})*`, 'giu')

const FRENCH_PHONE = new RegExp(
  [
    // +33 (0)1 23 45 67 89 and 0033…
    String.raw`(?<![\p{L}\d+])(?:\+ ?|00 ?)33${SEPARATOR}?(?:\(0\)${SEPARATOR}?)?[1-9](?:${SEPARATOR}?\d){8}(?!\d)`,
    // 01 23 45 67 89: pairs, the same separator throughout
    String.raw`(?<![\p{L}\d_])(?<!\d[ .,\-\/])0[1-9](${SEPARATOR})\d\d(?:\1\d\d){3}(?![\d_])`,
    // 0123456789: neither a part of a longer number, nor a reference, nor a field of its own, which may be any number
    String.raw`(?!(?<=^)\d{10}$)(?<![\p{L}\d_.,°/#=-])(?<!(?:n°|isbn|ean|r[ée]f\.?|num[ée]ro)[ :]{1,3})(?<!\d )0[1-9]\d{8}(?![\p{L}\d_/-]|[., ]\d)`,
    // 0 800 123 456
    String.raw`(?<![\p{L}\d_])(?<!\d[ .,])0 ?8\d\d \d{3} \d{3}(?![ .,]?\d)`,
    // any grouping, once announced
    String.raw`(?<=(?:t[ée]l|t[ée]l[ée]phone|portable|mobile|fax|phone)\.? ?:? ?)0[1-9](?:${SEPARATOR}?\d){8}(?!\d)`,
  ].join('|'),
  'giu',
)

const FOREIGN_PHONE = /(?<![\p{L}\d+])\+[1-9]\d{0,2}(?:[ \u00A0\u202F.-]?(?:\(\d{1,4}\)|\d{1,4})){2,7}(?!\d)/gu

/** "01 02 03 04 05" counts, it calls nobody. */
const isSequence = (candidate: string): boolean => {
  const pairs = candidate.match(/\d\d/g) ?? []
  return pairs.every((pair, index) => index === 0 || Number(pair) === Number(pairs[index - 1]) + 1)
}

/** "+10 000 000 €": digits in threes after a plus sign are more often an amount than a number to call. */
const isPhone = (candidate: string): boolean => {
  const digits = candidate.replace(/\D/g, '').length
  return digits >= 9 && digits <= 15 && !/[ \u00A0\u202F.]000(?!\d)/.test(candidate)
}

/**
 * A published text without what concerns persons: e-mail addresses, phone numbers, and people named after a title
 * ("Mme Martin", "Pr Jean Roy"), beside a function ("Jeanne Roy, directrice") or as founders ("fondée par Anne Roy et Paul
 * Petit"). Registry numbers, years, amounts and versions stay. Best effort: a name in running text without title, function
 * or verb is not recognised.
 */
export const redactPersonalData = (text: string): string =>
  replacePersons(
    text
      .replace(EMAIL, '[adresse retirée]')
      .replace(FRENCH_PHONE, match => (isSequence(match) ? match : '[numéro retiré]'))
      .replace(FOREIGN_PHONE, match => (isPhone(match) ? '[numéro retiré]' : match)),
    '[personne]',
  )
