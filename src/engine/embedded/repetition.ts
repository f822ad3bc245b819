import type { Growing } from './growing.ts'

/** Phrases of up to so many words are seen as repeated (`text/repetition.ts`). */
const LONGEST_PERIOD = 8

/** `withoutRepetition` of `text/repetition.ts`, for words that are numbers. */
export class Repetition {
  /** The words of a text, each with its neighbours: places in `#kept` + 1, by hash; what is of another text is stale. */
  #places = new Uint32Array(256)
  #stamps = new Uint32Array(256)
  #stamp = 0
  #kept = new Uint32Array(256)

  /** Writes to `target` (which may hold `numbers`) what is left of the first `length` numbers; how many those are. */
  drop(numbers: Uint32Array, length: number, target: Growing<Uint32Array>): number {
    if (this.#kept.length < length) this.#kept = new Uint32Array(length * 2)
    let size = 0
    for (let i = 0; i < length; i++) {
      this.#kept[size++] = numbers[i]!
      size = this.#withoutRepeatedEnd(size)
    }
    this.#begin(size)
    if (target.array.length < size) {
      target.length = 0
      target.reserve(size)
    }
    const { array } = target
    let left = 0
    for (let i = 0; i < size; i++) if (size < 2 || this.#isNew(i, size)) array[left++] = this.#kept[i]!
    return left
  }

  #withoutRepeatedEnd(size: number): number {
    const kept = this.#kept
    const last = kept[size - 1]!
    for (let period = 1; period <= LONGEST_PERIOD && 2 * period <= size; period++) {
      if (kept[size - period - 1] !== last) continue
      let same = 2
      while (same <= period && kept[size - same] === kept[size - period - same]) same++
      if (same > period) return size - period
    }
    return size
  }

  #begin(size: number): void {
    if (this.#places.length < size * 2) {
      let capacity = this.#places.length
      while (capacity < size * 2) capacity *= 2
      this.#places = new Uint32Array(capacity)
      this.#stamps = new Uint32Array(capacity)
      this.#stamp = 0
    }
    this.#stamp++
  }

  /** Whether no word before has the same word with the same two neighbours. */
  #isNew(at: number, size: number): boolean {
    const kept = this.#kept
    const word = kept[at]!
    const before = at > 0 ? kept[at - 1]! : -1
    const after = at + 1 < size ? kept[at + 1]! : -1
    const mask = this.#places.length - 1
    let hash = Math.imul(word, 0x9e3779b1) ^ Math.imul(before, 0x85ebca6b) ^ Math.imul(after, 0xc2b2ae35)
    hash ^= hash >>> 15
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      if (this.#stamps[place] !== this.#stamp) {
        this.#stamps[place] = this.#stamp
        this.#places[place] = at
        return true
      }
      const other = this.#places[place]!
      const isSame =
        kept[other] === word &&
        (other > 0 ? kept[other - 1]! : -1) === before &&
        (other + 1 < size ? kept[other + 1]! : -1) === after
      if (isSame) return false
    }
  }
}
