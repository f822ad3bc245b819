/** How alike an extracted text and the expected one are, for one page. */
export interface TextScore {
  readonly precision: number
  readonly recall: number
}

const SHINGLE = 4

const shingles = (text: string): ReadonlyMap<string, number> => {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  const counts = new Map<string, number>()
  for (let i = 0; words.length > 0 && i < Math.max(1, words.length - SHINGLE + 1); i++) {
    const shingle = words.slice(i, i + SHINGLE).join(' ')
    counts.set(shingle, (counts.get(shingle) ?? 0) + 1)
  }
  return counts
}

/** The measure of scrapinghub/article-extraction-benchmark: 4-grams of words with their counts, by multiset overlap. */
export const scoreText = (expected: string, predicted: string): TextScore => {
  const wanted = shingles(expected)
  const got = shingles(predicted)
  let common = 0
  let surplus = 0
  let missing = 0
  for (const shingle of new Set([...wanted.keys(), ...got.keys()])) {
    const difference = (got.get(shingle) ?? 0) - (wanted.get(shingle) ?? 0)
    common += Math.min(got.get(shingle) ?? 0, wanted.get(shingle) ?? 0)
    surplus += Math.max(0, difference)
    missing += Math.max(0, -difference)
  }
  if (surplus === 0 && missing === 0) return { precision: 1, recall: 1 }
  return { precision: common / Math.max(1, common + surplus), recall: common / Math.max(1, common + missing) }
}

/** Precision and recall as means over the pages, F1 as their harmonic mean. */
export const overall = (scores: readonly TextScore[]): TextScore & { readonly f1: number } => {
  const mean = (key: keyof TextScore): number => scores.reduce((sum, score) => sum + score[key], 0) / scores.length
  const precision = mean('precision')
  const recall = mean('recall')
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}
