/** Languages repeat themselves: so many distinct words cover a catalogue, and few megabytes hold them. */
const MAX_ENTRIES = 100_000

/** Longer words are no words of a language; a hostile text is made of them. */
const MAX_LENGTH = 64

/**
 * A copy that shares no memory. V8 keeps a whole text alive behind each slice of 13 characters or more; words that
 * outlive their text (memoised, indexed) must not hold it: joined to a space they are copied, and the slice is of that.
 */
const detached = (text: string): string => ` ${text}`.slice(1)

/**
 * `compute`, remembered for the words last met: at most `MAX_ENTRIES` (or `entries`), then it starts afresh. That a word
 * gives `undefined` is remembered as well.
 */
export const memoised = <T>(
  compute: (word: string) => T,
  entries = MAX_ENTRIES,
  maxLength = MAX_LENGTH,
): ((word: string) => T) => {
  const known = new Map<string, { readonly result: T }>()
  return word => {
    const found = known.get(word)
    if (found !== undefined) return found.result
    const own = detached(word)
    const result = compute(own)
    if (own.length > maxLength) return result
    if (known.size >= entries) known.clear()
    known.set(own, { result })
    return result
  }
}

/** Names and titles of a few sites. */
const MAX_PHRASES = 5_000

/**
 * `compute`, remembered for the short texts last met, as the names and titles of a page that one rule after the other
 * asks about. Longer ones are rarely met again: they are computed each time.
 */
export const memoisedPhrases = <T>(compute: (text: string) => T, maxLength = MAX_LENGTH): ((text: string) => T) => {
  const known = memoised(compute, MAX_PHRASES, maxLength)
  return text => (text.length > maxLength ? compute(text) : known(text))
}
