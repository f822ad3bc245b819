import { foldAccents } from '../../text/folding.ts'
import { vocabulary } from '../expand.ts'

/**
 * Acronyms that a text makes for itself: after "Services techniques du territoire (STT)" every "STT" is those services,
 * whatever the vocabulary knows by these letters.
 */

const DEFINED = /\(["«“ ]{0,2}(\p{Lu}{2,6})["»” ]{0,2}\)/gu
/** So many characters before the brackets may hold the words that the letters stand for. */
const LONGEST_EXPANSION = 120
/** Words that an acronym leaves out. */
const SMALL = new Set('de d du des la le l les un une a au aux en et ou pour par sur of the and for in to'.split(' '))

/** The last words before the brackets whose first letters spell the acronym; `undefined` when none do. */
const expansionOf = (before: string, acronym: string): string | undefined => {
  const words = [...before.matchAll(/[\p{L}\p{N}]+/gu)]
  const letters = [...acronym.toLowerCase()]
  let at = words.length
  while (letters.length > 0 && at > 0) {
    at--
    const [word = ''] = words[at] ?? []
    const folded = foldAccents(word.toLowerCase())
    if (folded.startsWith(letters.at(-1) ?? ' ')) letters.pop()
    else if (!SMALL.has(folded)) return undefined
  }
  return letters.length === 0 ? before.slice(words[at]?.index) : undefined
}

/** Collects what each text defines, text by text. */
export interface OwnAcronyms {
  add(text: string): void
  /** Whether the letters stand for something of the document's own, which is not this brick. */
  has(letters: string, brick: string): boolean
}

export const createOwnAcronyms = (): OwnAcronyms => {
  const defined = new Map<string, readonly string[]>()
  return {
    add(text) {
      if (!text.includes('(')) return
      for (const { 1: letters = '', index } of text.matchAll(DEFINED)) {
        const before = text.slice(Math.max(0, index - LONGEST_EXPANSION), index)
        const expansion = expansionOf(before, letters)
        if (expansion === undefined || defined.has(letters)) continue
        const bricks = vocabulary().find(expansion, 'document')
        defined.set(
          letters,
          bricks.map(match => match.brick),
        )
      }
    },
    has(letters, brick) {
      const bricks = defined.get(letters)
      return bricks !== undefined && !bricks.includes(brick)
    },
  }
}
