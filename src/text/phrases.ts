import type { Token } from './tokens.ts'

/** Terms that are dropped together; `atFront`: only where nothing was kept before them. */
export interface Phrase {
  readonly terms: readonly string[]
  readonly atFront: boolean
}

const key = (terms: readonly string[]): string => terms.join(' ')

const keysOf = (phrases: readonly Phrase[]): ReadonlySet<string> => new Set(phrases.map(phrase => key(phrase.terms)))

/** A function that drops the given phrases from a sequence of words: at each place the longest, from left to right. */
export const phraseDropper = (phrases: readonly Phrase[]) => {
  const anywhere = keysOf(phrases.filter(phrase => !phrase.atFront))
  const atFront = keysOf(phrases)
  const longest = Math.max(...phrases.map(phrase => phrase.terms.length))

  const lengthAt = (terms: readonly string[], from: number, known: ReadonlySet<string>): number => {
    for (let length = Math.min(longest, terms.length - from); length > 0; length--) {
      if (known.has(key(terms.slice(from, from + length)))) return length
    }
    return 0
  }

  /** `isContent`: whether a word, once kept, ends the front. */
  return (words: readonly Token[], isContent: (word: Token) => boolean): Token[] => {
    const terms = words.map(word => word.term)
    const kept: Token[] = []
    for (let index = 0; index < words.length; ) {
      const dropped = lengthAt(terms, index, kept.length === 0 ? atFront : anywhere)
      const word = words[index]!
      if (dropped === 0 && isContent(word)) kept.push(word)
      index += dropped || 1
    }
    return kept
  }
}
