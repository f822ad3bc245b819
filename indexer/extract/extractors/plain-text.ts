import { foldAccents } from '../../../src/text/folding.ts'
import { memoisedPhrases } from '../../../src/text/memo.ts'

/** What a text on one line has not. */
const UNEVEN = /[^\S ]| {2}|^ | $/

/** A text on one line: white space of any width and line ends as single spaces. */
export const oneLine = (text: string): string => (UNEVEN.test(text) ? text.replace(/\s+/g, ' ').trim() : text)

/** What lower case and dropped accents leave to be done. */
const LEFT = /[’‘ʼ′‐‑]|[^\S ]/

const fold = (text: string): string => {
  const folded = foldAccents(text.normalize('NFC')).toLowerCase()
  if (!LEFT.test(folded)) return folded
  return folded
    .replace(/[’‘ʼ′]/g, "'")
    .replace(/[‐‑]/g, '-')
    .replace(/[^\S ]/g, ' ')
}

/** A text for patterns without accents or capitals: lower case, apostrophes and hyphens straight, spaces of one width. */
export const plainText: (text: string) => string = memoisedPhrases(fold)
