/** Vectors of the queries last asked, in memory alone: no query outlives the process. */
export interface QueryCache {
  get(text: string): Float32Array | undefined
  set(text: string, vector: Float32Array): void
}

/** About 1 MB at 384 numbers: enough for the pages, facets and sorts of the searches under way. */
const MAX_QUERIES = 500

/** The least recently used one is forgotten first: a Map keeps the order of insertion. */
export const createQueryCache = (maxQueries = MAX_QUERIES): QueryCache => {
  const vectors = new Map<string, Float32Array>()
  const remember = (text: string, vector: Float32Array): void => {
    vectors.delete(text)
    vectors.set(text, vector)
  }
  return {
    get: text => {
      const vector = vectors.get(text)
      if (vector) remember(text, vector)
      return vector
    },
    set: (text, vector) => {
      remember(text, vector)
      for (const oldest of vectors.keys()) {
        if (vectors.size <= maxQueries) break
        vectors.delete(oldest)
      }
    },
  }
}
