import { foldAccents } from '../../../src/text/folding.ts'

/** A text on one line: white space of any width and line ends as single spaces. */
export const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim()

/** A text for patterns without accents or capitals: lower case, apostrophes and hyphens straight, spaces of one width. */
export const plainText = (text: string): string =>
  foldAccents(text.normalize('NFC'))
    .toLowerCase()
    .replace(/[’‘ʼ′]/gu, "'")
    .replace(/[‐‑]/gu, '-')
    .replace(/\s/gu, ' ')
