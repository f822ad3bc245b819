// The Word_Break classes of UAX #29, from the properties that JavaScript knows: each the text of a class for flag `v`.

const EXTEND = String.raw`[[\p{Grapheme_Extend}\p{Mc}\p{Cf}\p{Emoji_Modifier}]--[\u200B]]`
const COMPLEX = `[${['Thai', 'Lao', 'Myanmar', 'Khmer', 'Tai_Le', 'New_Tai_Lue', 'Tai_Tham', 'Tai_Viet', 'Ahom']
  .map(script => String.raw`\p{sc=${script}}`)
  .join('')}]`
const KATAKANA = String.raw`[[\p{sc=Katakana}\u3031-\u3035\u309B\u309C\u30A0\u30FC\uFF70]--${EXTEND}]`
const IDEOGRAPH = String.raw`[\p{sc=Han}\p{Ideographic}\p{sc=Hiragana}]`
const ALPHABETIC = String.raw`[\p{Alphabetic}\u02C2-\u02C5\u02D2-\u02D7\u02DE\u02DF\u02ED\u02EF-\u02FF\u05F3\uA720\uA721\uA789\uA78A]`

const LETTER = `[${ALPHABETIC}--[${EXTEND}${IDEOGRAPH}${KATAKANA}${COMPLEX}]]`
const NUMERIC = String.raw`[\p{Nd}\u066B]`
const CONNECTOR = String.raw`[\p{Pc}\u202F]`
const LETTER_JOINT = String.raw`['.\:\xB7\u0387\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A]`
const NUMBER_JOINT = String.raw`['.,;\u037E\u0589\u060C\u060D\u066C\u07F8\u2018\u2019\u2024\u2044\uFE10\uFE14\uFE50\uFE52\uFE54\uFF07\uFF0C\uFF0E\uFF1B]`

/** One or more characters of a class, each with the marks that extend it. */
const run = (characterClass: string): string => `${characterClass}[${characterClass}${EXTEND}]*`

/** Runs joined by single joints: `l'air`, `3,5`. */
const joined = (characterClass: string, joint: string): string =>
  `${run(characterClass)}(?:${joint}${EXTEND}*${run(characterClass)})*`

const UNIT = `(?:(?:${joined(LETTER, LETTER_JOINT)}|${joined(NUMERIC, NUMBER_JOINT)})+|${run(KATAKANA)})`
const LINKS = run(CONNECTOR)

/**
 * Finds the next word as Lucene's StandardTokenizer, which follows UAX #29 and gives ideographs and scripts without
 * spaces words of their own; or, in group 1, connectors ("___"), which are no word. Its emoji are no words of ours.
 * The source of a regular expression with flag `v`; linear, for after the first letter or digit nothing is required.
 */
export const WORD: string = [
  `(?:${LINKS})?${UNIT}(?:${LINKS}${UNIT})*(?:${LINKS})?`,
  `${IDEOGRAPH}${EXTEND}*`,
  run(COMPLEX),
  // Taken at once, or each of a million underscores would look at all that follow.
  `(${LINKS})`,
].join('|')
