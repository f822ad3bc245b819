/** A stream of numbers that is the same in every process for the same seeds. */
export interface Random {
  /** From 0 up to but not including 1. */
  next(): number
  /** A whole number from 0 up to but not including `limit`. */
  below(limit: number): number
  chance(probability: number): boolean
  pick<T>(values: readonly T[]): T
}

const mix = (value: number): number => {
  let mixed = Math.imul(value ^ (value >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

/** Mulberry32 over the mixed seeds: fast, and good enough to draw words. */
export const createRandom = (...seeds: readonly number[]): Random => {
  let state = seeds.reduce((mixed, seed) => mix(mixed + Math.imul(seed + 1, 0x9e3779b9)), 0)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: probability => next() < probability,
    pick: values => {
      const value = values[below(values.length)]
      if (value === undefined) throw new RangeError('nothing to pick from')
      return value
    },
  }
}

/** Draws the index of one of `weights`, as often as its weight says. */
export const createSampler = (weights: readonly number[]): ((random: Random) => number) => {
  const sums = new Float64Array(weights.length)
  let sum = 0
  weights.forEach((weight, index) => {
    sum += weight
    sums[index] = sum
  })
  return random => {
    const sought = random.next() * sum
    let low = 0
    let high = weights.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sums[middle] as number) <= sought) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Weights of Zipf's law as Mandelbrot has it: the word of rank r weighs 1 / (r + shift). */
export const zipfWeights = (count: number, shift: number): number[] =>
  Array.from({ length: count }, (_, rank) => 1 / (rank + 1 + shift))
