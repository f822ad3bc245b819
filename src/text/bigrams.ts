/** The pairs of adjacent terms, "a b". The caller gives the terms of one text: no pair spans two. */
export const bigrams = (terms: readonly string[]): string[] => {
  const pairs: string[] = []
  for (let index = 1; index < terms.length; index++) pairs.push(`${terms[index - 1]} ${terms[index]}`)
  return pairs
}
