import { forEachDelete, isSpellable } from '../../text/spell-deletes.ts'
import type { BulkAction } from './bulk.ts'

/**
 * The words of a build, in an index of their own: what completion offers and what a misspelt word is compared with.
 * It holds candidates only: how many profiles have a word is counted in the index of profiles when it is asked for, so
 * a word whose profiles are gone does no harm and nothing is ever taken out.
 */

/** Longer words are neither completed nor corrected. */
const LONGEST = 100

/** The state of a build is a document beside its words; no word begins with this sign. */
export const STATE_ID = '#state'

/** Hashes in base 36. */
const deletesOf = (term: string): string[] => {
  if (!isSpellable(term)) return []
  const hashes = new Set<string>()
  forEachDelete(term, hash => hashes.add(hash.toString(36)))
  return [...hashes]
}

/** The hashes of the forms that a misspelt word shares with the words it may stand for. */
export const lexiconHashes = deletesOf

export const isInLexicon = (term: string): boolean => term.length <= LONGEST

/** The document of a word. `frequency`: of its build; `surface`: as written in names, taglines and tags, if there. */
export const lexiconAction = (
  kind: 'index' | 'create',
  index: string,
  term: string,
  frequency: number,
  surface: string | undefined,
): BulkAction => {
  const deletes = deletesOf(term)
  return {
    kind,
    index,
    id: `w${term}`,
    document: {
      term,
      frequency,
      ...(deletes.length > 0 && { deletes }),
      ...(surface !== undefined && { completes: true, surface }),
    },
  }
}

interface Word {
  frequency: number
  surface: string | undefined
}

/** So many words are counted in memory: 2 million take some 300 MB. */
const MOST_WORDS = 2_000_000

/** Counts the words of a build. Past `most`, those met once are handed out early; met again, they are counted anew. */
export class WordCounter {
  readonly #words = new Map<string, Word>()
  readonly #most: number

  constructor(most = MOST_WORDS) {
    this.#most = most
  }

  add(words: ReadonlyMap<string, string | undefined>): void {
    for (const [term, surface] of words) {
      if (!isInLexicon(term)) continue
      const known = this.#words.get(term)
      if (!known) this.#words.set(term, { frequency: 1, surface })
      else {
        known.frequency++
        known.surface ??= surface
      }
    }
  }

  /** The words to write now: none until there are too many. */
  *overflow(index: string): Generator<BulkAction> {
    if (this.#words.size <= this.#most) return
    for (const [term, { frequency, surface }] of this.#words) {
      if (frequency > 1) continue
      this.#words.delete(term)
      yield lexiconAction('index', index, term, frequency, surface)
    }
  }

  /** All words that were not handed out. */
  *finish(index: string): Generator<BulkAction> {
    for (const [term, { frequency, surface }] of this.#words) {
      yield lexiconAction('index', index, term, frequency, surface)
    }
  }
}
