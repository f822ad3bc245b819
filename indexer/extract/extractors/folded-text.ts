import { foldAccents } from '../../../src/text/folding.ts'

/**
 * A text as patterns read it: lower case, no accents, straight apostrophes and hyphens, single spaces of one width,
 * invisible characters gone. Lengths are kept but for ligatures and white space.
 */
export const plain = (text: string): string =>
  foldAccents(text.normalize('NFC'))
    .toLowerCase()
    .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[‐‑]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
