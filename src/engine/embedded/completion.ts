import type { Supplier } from '../../model/supplier.ts'
import { analyseExact } from '../../text/analyse.ts'

/** The folded form that prefixes are compared in: words in lower case, without accents, one space apart. */
export const completionKey = (text: string): string =>
  analyseExact(text)
    .map(token => token.term)
    .join(' ')

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
