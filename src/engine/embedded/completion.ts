import type { Supplier } from '../../model/supplier.ts'
import { analyseExact } from '../../text/analyse.ts'
import { foldAccents } from '../../text/folding.ts'

/** The folded form that prefixes are compared in: words in lower case, without accents, one space apart. */
export const completionKey = (text: string): string =>
  analyseExact(text)
    .map(token => token.term)
    .join(' ')

/** The key of what is being typed. A lone article may be the beginning of a word: "d", "les". */
export const prefixKey = (text: string): string =>
  completionKey(text) || foldAccents(text.normalize('NFC').toLowerCase()).replace(/[^\p{L}\p{N}]/gu, '')

/** What a supplier can be completed from: each of its names, from each of their words on. */
export const nameKeys = (supplier: Supplier): string[] => {
  if (supplier.unnamed) return []
  const keys = new Set<string>()
  for (const name of [supplier.name, ...supplier.otherNames]) {
    const words = completionKey(name).split(' ')
    for (let i = 0; i < words.length; i++) if (words[i]) keys.add(words.slice(i).join(' '))
  }
  return [...keys]
}

/** Words that start with so few letters are too many to be sorted at each keystroke (two letters: 14 ms at 100,000 profiles). */
export const TOP_PREFIX = 3
/** So many words of each such prefix are kept. */
export const TOP_WORDS = 50

/** For each prefix of up to three letters, the most frequent words. */
export const topWords = (
  words: Iterable<{ readonly term: string; readonly frequency: number }>,
): ReadonlyMap<string, readonly string[]> => {
  const byPrefix = new Map<string, string[]>()
  const byFrequency = [...words].sort((a, b) => b.frequency - a.frequency || (a.term < b.term ? -1 : 1))
  for (const { term } of byFrequency) {
    for (let length = 1; length <= Math.min(TOP_PREFIX, term.length); length++) {
      const prefix = term.slice(0, length)
      // Half a letter: nobody types it.
      if (/[\ud800-\udbff]$/.test(prefix)) continue
      const known = byPrefix.get(prefix)
      if (!known) byPrefix.set(prefix, [term])
      else if (known.length < TOP_WORDS) known.push(term)
    }
  }
  return byPrefix
}
