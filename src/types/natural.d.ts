/** The deep modules of `natural` in use. Its root import is never used: it costs 0.4 s and 113 MB and reads `.env`. */
declare module 'natural/lib/natural/stemmers/porter_stemmer.js' {
  const PorterStemmer: {
    /** The stem of one lower-case English word (Porter 1980). */
    stem(word: string): string
  }
  export default PorterStemmer
}

declare module 'natural/lib/natural/distance/levenshtein_distance.js' {
  const distances: {
    /** Insertions, deletions, substitutions and, with `restricted`, swaps of neighbours, each letter edited once. */
    DamerauLevenshteinDistance(source: string, target: string, options: { restricted: true }): number
  }
  export default distances
}
