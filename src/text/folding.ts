// Lower-case letters that Unicode does not decompose, after the plain ones they become (as Lucene's ASCIIFoldingFilter).
const UNDECOMPOSED: readonly (readonly [plain: string, letters: string])[] = [
  ['a', 'ɐəɚ'],
  ['ae', 'æǣǽ'],
  ['b', 'ƀƃɓ'],
  ['c', 'ƈȼɕ'],
  ['d', 'ðđƌȡɖɗ'],
  ['db', 'ȸ'],
  ['dz', 'ʣʥ'],
  ['e', 'ǝɇɘɛɜɝɞʚ'],
  ['f', 'ƒ'],
  ['g', 'ɠɡ'],
  ['h', 'ħɥɦʮʯ'],
  ['hv', 'ƕ'],
  ['i', 'ıɨ'],
  ['j', 'ȷɉɟʄʝ'],
  ['k', 'ƙʞ'],
  ['l', 'ŀłƚȴɫɬɭ'],
  ['ls', 'ʪ'],
  ['lz', 'ʫ'],
  ['m', 'ɯɰɱ'],
  ['n', 'ŉŋƞȵɲɳ'],
  ['o', 'øǿɔɵ'],
  ['oe', 'œ'],
  ['ou', 'ȣ'],
  ['p', 'ƥ'],
  ['q', 'ĸɋʠ'],
  ['qp', 'ȹ'],
  ['r', 'ɍɼɽɾɿ'],
  ['s', 'ȿʂ'],
  ['ss', 'ß'],
  ['t', 'ŧƫƭȶʇʈ'],
  ['tc', 'ʨ'],
  ['th', 'þ'],
  ['ts', 'ʦ'],
  ['u', 'ʉ'],
  ['v', 'ʋʌ'],
  ['w', 'ƿʍ'],
  ['y', 'ƴɏʎ'],
  ['z', 'ƶȝȥɀʐʑ'],
]

/** Latin-1, Latin Extended-A and -B, IPA; Latin Extended Additional; full-width forms. */
const RANGES = [
  [0x00c0, 0x02af],
  [0x1e00, 0x1eff],
  [0xff01, 0xff5e],
] as const

const decomposed = (character: string): string | undefined => {
  const bare = character.normalize('NFKD').replace(/\p{M}/gu, '')
  return /^[!-~]+$/.test(bare) ? bare : undefined
}

const foldTable = (): ReadonlyMap<string, string> => {
  const lowerCase = new Map(UNDECOMPOSED.flatMap(([plain, letters]) => [...letters].map(letter => [letter, plain])))
  const table = new Map([['⁄', '/']])
  for (const [first, last] of RANGES) {
    for (let code = first; code <= last; code++) {
      const character = String.fromCharCode(code)
      const lower = character.toLowerCase()
      const known = lowerCase.get(lower)
      const plain = (character === lower ? known : known?.toUpperCase()) ?? decomposed(character)
      if (plain !== undefined) table.set(character, plain)
    }
  }
  return table
}

const TABLE = foldTable()
const FOLDABLE = /[\u00C0-\u02AF\u1E00-\u1EFF\u2044\uFF01-\uFF5E]/g

/** Latin letters without their accents and ligatures ("Œuvré" → "OEuvre"), as Lucene's ASCIIFoldingFilter. */
export const foldAccents = (text: string): string =>
  text.replace(FOLDABLE, character => TABLE.get(character) ?? character)
