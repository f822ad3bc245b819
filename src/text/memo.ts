/** Languages repeat themselves: so many distinct words cover a catalogue, and few megabytes hold them. */
const MAX_ENTRIES = 100_000

/** Longer words are no words of a language; a hostile text is made of them. */
const MAX_LENGTH = 64

/**
 * A copy that shares no memory. V8 keeps a whole text alive behind each slice of 13 characters or more; words that
 * outlive their text (memoised, indexed) must not hold it.
 */
const detached = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le')

/** `compute`, remembered for the words last met: at most `MAX_ENTRIES`, then it starts afresh. */
export const memoised = <T>(compute: (word: string) => T): ((word: string) => T) => {
  const known = new Map<string, T>()
  return word => {
    const found = known.get(word)
    if (found !== undefined) return found
    const own = detached(word)
    const result = compute(own)
    if (own.length > MAX_LENGTH) return result
    if (known.size >= MAX_ENTRIES) known.clear()
    known.set(own, result)
    return result
  }
}
