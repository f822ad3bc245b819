import { spellReach } from './spell-distance.ts'

/**
 * Symmetric deletes (SymSpell, W. Garbe): two words at most n edits apart have a form in common once n letters are
 * taken out of each. Words that share a hash of such a form are candidates; `editDistance` decides.
 */

/** Only so many first letters lose some: 29 forms a word at two edits however long it is, and nothing is missed. */
const PREFIX_LENGTH = 7

/** Shorter words are a letter away from too many others; longer ones are no words. */
const [SHORTEST, LONGEST] = [3, 40]

/** Whether a folded term takes part in spelling at all: letters only, neither very short nor very long. */
export const isSpellable = (term: string): boolean =>
  term.length >= SHORTEST && term.length <= LONGEST && /^\p{L}+$/u.test(term)

/** FNV-1a over the first `length` letters but the ones at `first` and `second`, its bits mixed at the end. */
const hashWithout = (word: string, length: number, first: number, second: number): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < length; at++) {
    if (at !== first && at !== second) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** A hash of the whole word, 0 to 2^32 − 1. */
export const wordHash = (word: string): number => hashWithout(word, word.length, -1, -1)

/** Calls `receive` with the hash of each form of `word`: as it is, without one letter, and where it reaches two. */
export const forEachDelete = (word: string, receive: (hash: number) => void): void => {
  const length = Math.min(word.length, PREFIX_LENGTH)
  receive(hashWithout(word, length, -1, -1))
  for (let first = 0; first < length; first++) receive(hashWithout(word, length, first, -1))
  if (spellReach(word.length) === 1) return
  for (let first = 0; first < length; first++) {
    for (let second = first + 1; second < length; second++) receive(hashWithout(word, length, first, second))
  }
}
