import { foldAccents } from '../../../src/text/folding.ts'
import { memoisedPhrases } from '../../../src/text/memo.ts'

/** What lower case and dropped accents leave to be done. */
const LEFT = /[\u00AD\u200B-\u200D\u2060\uFEFF’‘ʼ`´‐‑]|[^\S ]| {2}|^ | $/

const fold = (text: string): string => {
  const folded = foldAccents(text.normalize('NFC')).toLowerCase()
  if (!LEFT.test(folded)) return folded
  return folded
    .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[‐‑]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * A text as patterns read it: lower case, no accents, straight apostrophes and hyphens, single spaces of one width,
 * invisible characters gone. Lengths are kept but for ligatures and white space.
 */
export const plain: (text: string) => string = memoisedPhrases(fold, 100)
