import distances from 'natural/lib/natural/distance/levenshtein_distance.js'

/** Two edits turn too many short words into others; from so many letters on they are looked for. */
const TWO_EDITS_FROM = 8

/** How many edits away the right spelling of a word of `length` letters is looked for. */
export const spellReach = (length: number): 1 | 2 => (length >= TWO_EDITS_FROM ? 2 : 1)

/** A set of letters in 32 bits, a to z apart, others together: what two words cannot share shows in it. */
const letterSet = (word: string): number => {
  let set = 0
  for (let at = 0; at < word.length; at++) {
    const letter = word.charCodeAt(at) - 97
    set |= 1 << (letter >= 0 && letter < 26 ? letter : 26)
  }
  return set
}

const bitCount = (bits: number): number => {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}

/**
 * The edits between two words, with swaps of neighbours for one (optimal string alignment), when they are at most
 * `limit`, else `undefined`.
 */
export const editDistance = (a: string, b: string, limit: number): number | undefined => {
  if (a === b) return 0
  // An edit changes the length by one and at most two letters of the set; the full count takes 50 µs a pair.
  if (Math.abs(a.length - b.length) > limit || bitCount(letterSet(a) ^ letterSet(b)) > 2 * limit) return undefined
  const distance = distances.DamerauLevenshteinDistance(a, b, { restricted: true })
  return distance <= limit ? distance : undefined
}
