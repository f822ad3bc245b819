/**
 * Savoy's light stemmer for French ("Light Stemming Approaches for the French, Portuguese, German and Hungarian
 * Languages", SAC 2006) with the details of Lucene's `FrenchLightStemmer`: the same stems, bit for bit.
 */

const isLetter = (character: string | undefined): boolean => character !== undefined && /\p{L}/u.test(character)

/** Plural marks: -aux → -al (not -eaux), then one final x and one final s. */
const singular = (word: string): string => {
  let stem = word
  if (stem.length > 5 && stem.endsWith('x')) {
    const isAux = stem.endsWith('aux') && !stem.endsWith('eaux')
    stem = isAux ? `${stem.slice(0, -2)}l` : stem.slice(0, -1)
  }
  if (stem.length > 3 && stem.endsWith('x')) stem = stem.slice(0, -1)
  if (stem.length > 3 && stem.endsWith('s')) stem = stem.slice(0, -1)
  return stem
}

/** A rule: in words longer than `longerThan`, the suffix is replaced. `last`: no further rule is tried. */
interface Rule {
  readonly longerThan: number
  readonly suffix: string
  readonly replacement: string
  readonly last: boolean
}

const rule = (longerThan: number, suffix: string, replacement: string, last = true): Rule => ({
  longerThan,
  suffix,
  replacement,
  last,
})

const GOES_ON = false

// In the order of the method. A word is in no two of them but where one goes on.
const RULES: readonly Rule[] = [
  rule(9, 'issement', 'ir'),
  rule(8, 'issant', 'ir'),
  rule(6, 'ement', 'e'),
  rule(11, 'ficatrice', 'fier'),
  rule(10, 'ficateur', 'fier'),
  rule(9, 'catrice', 'quer'),
  rule(8, 'cateur', 'quer'),
  rule(8, 'atrice', 'er'),
  rule(7, 'ateur', 'er'),
  rule(6, 'trice', 'teur', GOES_ON),
  rule(5, 'ième', ''),
  rule(7, 'teuse', 'ter'),
  rule(6, 'teur', 'ter'),
  rule(5, 'euse', 'eu'),
  rule(8, 'ère', 'er'),
  rule(7, 'ive', 'if'),
  rule(4, 'folle', 'fou'),
  rule(4, 'molle', 'mou'),
  rule(9, 'nnelle', 'n'),
  rule(9, 'nnel', 'n'),
  rule(4, 'ète', 'et', GOES_ON),
  rule(8, 'ique', '', GOES_ON),
  rule(8, 'esse', 'e'),
  rule(7, 'inage', 'in'),
  rule(9, 'isation', ''),
  rule(9, 'isateur', ''),
  rule(8, 'ation', ''),
  rule(8, 'ition', ''),
]

/** Two cases in which the replacement itself is looked at again. */
const afterRule = (stem: string, suffix: string): string => {
  if (suffix === 'ement' && stem.length > 3 && stem.endsWith('ive')) return `${stem.slice(0, -2)}f`
  if (suffix === 'isation' && stem.length > 5 && stem.endsWith('ual')) return `${stem.slice(0, -2)}el`
  return stem
}

const withoutSuffix = (word: string): string => {
  let stem = word
  for (const { longerThan, suffix, replacement, last } of RULES) {
    if (stem.length <= longerThan || !stem.endsWith(suffix)) continue
    stem = afterRule(stem.slice(0, -suffix.length) + replacement, suffix)
    if (last) break
  }
  return stem
}

const UNACCENTED: Readonly<Record<string, string>> = {
  à: 'a',
  á: 'a',
  â: 'a',
  ô: 'o',
  è: 'e',
  é: 'e',
  ê: 'e',
  ù: 'u',
  û: 'u',
  î: 'i',
  ç: 'c',
}

/** Accents and double letters away. */
const simplified = (word: string): string => {
  let stem = ''
  let previous = ''
  for (let index = 0; index < word.length; index++) {
    const character = UNACCENTED[word[index]!] ?? word[index]!
    if (character === previous && isLetter(character)) continue
    stem += character
    previous = character
  }
  return stem
}

/** Endings that remain: -ie, -r, -e, a doubled last letter. Words of four letters or fewer are left alone. */
const normalise = (word: string): string => {
  if (word.length <= 4) return word
  let stem = simplified(word)
  if (stem.length > 4 && stem.endsWith('ie')) stem = stem.slice(0, -2)
  if (stem.length <= 4) return stem
  if (stem.endsWith('r')) stem = stem.slice(0, -1)
  if (stem.endsWith('e')) stem = stem.slice(0, -1)
  if (stem.endsWith('e')) stem = stem.slice(0, -1)
  const last = stem.at(-1)
  return last === stem.at(-2) && isLetter(last) ? stem.slice(0, -1) : stem
}

/** The stem of one lower-case French word, accents included in what is given; what remains may still have some. */
export const stemFrench = (word: string): string => normalise(withoutSuffix(singular(word)))
