/** Mean difference of two paired measurements with its 95 % interval, by resampling the pairs (Efron 1979). */
export interface Gain {
  readonly mean: number
  readonly low: number
  readonly high: number
}

const RESAMPLES = 10_000

/** Whole numbers below `n`, the same sequence each time (mulberry32): the interval is reproducible. */
const seeded = (): ((n: number) => number) => {
  let state = 20_150_601
  return n => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n)
  }
}

export const pairedGain = (before: readonly number[], after: readonly number[]): Gain => {
  const differences = after.map((value, index) => value - (before[index] ?? 0))
  const count = differences.length
  const below = seeded()
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0
    for (let i = 0; i < count; i++) sum += differences[below(count)] as number
    return sum / count
  }).sort((a, b) => a - b)
  const quantile = (share: number): number => means[Math.floor(share * RESAMPLES)] as number
  const mean = differences.reduce((sum, each) => sum + each, 0) / count
  return { mean, low: quantile(0.025), high: quantile(0.975) }
}
