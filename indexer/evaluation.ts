/** Measures of a ranking against judgements: the usual definitions. */

export interface Judged {
  readonly query: string
  readonly relevant: readonly string[]
  /** Grades 0 to 3 by SIREN; without them every relevant supplier has grade 1. */
  readonly grades?: Readonly<Record<string, number>>
}

export interface Figures {
  readonly queries: number
  readonly ndcg10: number
  readonly mrr10: number
  readonly hit1: number
  readonly hit3: number
  readonly hit10: number
  readonly hit100: number
  /** Share of queries without any answer. */
  readonly zeroResults: number
}

const CUTOFF = 10

const gainsOf = ({ relevant, grades }: Judged): ReadonlyMap<string, number> =>
  grades === undefined
    ? new Map(relevant.map(siren => [siren, 1]))
    : new Map(Object.entries(grades).map(([siren, grade]) => [siren, 2 ** grade - 1]))

const discounted = (gains: readonly number[]): number =>
  gains.slice(0, CUTOFF).reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0)

/**
 * Discounted cumulative gain at 10 over the best possible one (Järvelin & Kekäläinen 2002); a grade g gains 2^g − 1
 * (Burges et al. 2005).
 */
export const ndcg10 = (ranked: readonly string[], judged: Judged): number => {
  const gains = gainsOf(judged)
  const ideal = discounted([...gains.values()].sort((a, b) => b - a))
  return ideal === 0 ? 0 : discounted(ranked.map(siren => gains.get(siren) ?? 0)) / ideal
}

/** 1 / rank of the first relevant answer among the first ten, 0 without one. */
export const reciprocalRank10 = (ranked: readonly string[], { relevant }: Judged): number => {
  const rank = ranked.slice(0, CUTOFF).findIndex(siren => relevant.includes(siren))
  return rank === -1 ? 0 : 1 / (rank + 1)
}

const hit = (ranked: readonly string[], { relevant }: Judged, depth: number): number =>
  ranked.slice(0, depth).some(siren => relevant.includes(siren)) ? 1 : 0

/** Means over all queries; `rankings[i]` is the answer to `judged[i]`, best first. */
export const figuresOf = (judged: readonly Judged[], rankings: readonly (readonly string[])[]): Figures => {
  const mean = (measure: (ranked: readonly string[], need: Judged) => number): number =>
    judged.reduce((sum, need, index) => sum + measure(rankings[index] ?? [], need), 0) / Math.max(1, judged.length)
  return {
    queries: judged.length,
    ndcg10: mean(ndcg10),
    mrr10: mean(reciprocalRank10),
    hit1: mean((ranked, need) => hit(ranked, need, 1)),
    hit3: mean((ranked, need) => hit(ranked, need, 3)),
    hit10: mean((ranked, need) => hit(ranked, need, CUTOFF)),
    hit100: mean((ranked, need) => hit(ranked, need, 100)),
    zeroResults: mean(ranked => (ranked.length === 0 ? 1 : 0)),
  }
}

/** A mean difference with its 95 % interval. */
export interface Difference {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** A repeatable stream of numbers in [0, 1) (mulberry32): the same figures on every machine. */
const randomNumbers = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const RESAMPLES = 10_000

/** Paired bootstrap of a per-query measure: how much `after` gains over `before` (Efron & Tibshirani 1993). */
export const pairedDifference = (before: readonly number[], after: readonly number[]): Difference => {
  const differences = after.map((value, index) => value - (before[index] ?? 0))
  const size = differences.length
  const random = randomNumbers(42)
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0
    for (let i = 0; i < size; i++) sum += differences[Math.floor(random() * size)] as number
    return sum / size
  }).sort((a, b) => a - b)
  const at = (share: number): number => means[Math.floor(share * (RESAMPLES - 1))] ?? 0
  return {
    mean: differences.reduce((sum, value) => sum + value, 0) / Math.max(1, size),
    low: at(0.025),
    high: at(0.975),
  }
}
