/** Measures of a ranking against judgements: the usual definitions, for binary relevance. */

export interface Judged {
  readonly query: string
  readonly relevant: readonly string[]
}

export interface Figures {
  readonly queries: number
  readonly ndcg10: number
  readonly mrr10: number
  readonly hit1: number
  readonly hit10: number
  readonly hit100: number
  /** Share of queries without any answer. */
  readonly zeroResults: number
}

const CUTOFF = 10

/** Discounted cumulative gain at 10 over the best possible one (Järvelin & Kekäläinen 2002), gains 0 or 1. */
export const ndcg10 = (ranked: readonly string[], relevant: readonly string[]): number => {
  const wanted = new Set(relevant)
  const discount = (rank: number): number => 1 / Math.log2(rank + 2)
  let gain = 0
  ranked.slice(0, CUTOFF).forEach((siren, rank) => {
    if (wanted.has(siren)) gain += discount(rank)
  })
  let ideal = 0
  for (let rank = 0; rank < Math.min(wanted.size, CUTOFF); rank++) ideal += discount(rank)
  return ideal === 0 ? 0 : gain / ideal
}

/** 1 / rank of the first relevant answer among the first ten, 0 without one. */
export const reciprocalRank10 = (ranked: readonly string[], relevant: readonly string[]): number => {
  const wanted = new Set(relevant)
  const rank = ranked.slice(0, CUTOFF).findIndex(siren => wanted.has(siren))
  return rank === -1 ? 0 : 1 / (rank + 1)
}

const hit = (ranked: readonly string[], relevant: readonly string[], depth: number): number => {
  const wanted = new Set(relevant)
  return ranked.slice(0, depth).some(siren => wanted.has(siren)) ? 1 : 0
}

/** Means over all queries; `rankings[i]` is the answer to `judged[i]`, best first. */
export const figuresOf = (judged: readonly Judged[], rankings: readonly (readonly string[])[]): Figures => {
  const mean = (measure: (ranked: readonly string[], relevant: readonly string[]) => number): number =>
    judged.reduce((sum, { relevant }, index) => sum + measure(rankings[index] ?? [], relevant), 0) /
    Math.max(1, judged.length)
  return {
    queries: judged.length,
    ndcg10: mean(ndcg10),
    mrr10: mean(reciprocalRank10),
    hit1: mean((ranked, relevant) => hit(ranked, relevant, 1)),
    hit10: mean((ranked, relevant) => hit(ranked, relevant, CUTOFF)),
    hit100: mean((ranked, relevant) => hit(ranked, relevant, 100)),
    zeroResults: mean(ranked => (ranked.length === 0 ? 1 : 0)),
  }
}
