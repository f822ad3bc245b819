/** One profile among the best so far. Smaller `key` is better; `tie` orders equal keys neutrally. */
export interface Ranked {
  readonly segment: number
  readonly document: number
  readonly key: number
  readonly tie: number
}

/** Keeps the best `limit` of what it is offered: a binary heap with the worst on top, in typed arrays. */
export class TopList {
  readonly #limit: number
  readonly #keys: Float64Array
  readonly #ties: Uint32Array
  readonly #segments: Uint32Array
  readonly #documents: Uint32Array
  #size = 0

  constructor(limit: number) {
    this.#limit = limit
    this.#keys = new Float64Array(limit)
    this.#ties = new Uint32Array(limit)
    this.#segments = new Uint32Array(limit)
    this.#documents = new Uint32Array(limit)
  }

  /** False when nothing with that key can enter any more: spares the caller working out the tie. */
  accepts(key: number): boolean {
    return this.#size < this.#limit || (this.#limit > 0 && key <= this.#keys[0]!)
  }

  offer(segment: number, document: number, key: number, tie: number): void {
    if (this.#size < this.#limit) {
      this.#put(this.#size, segment, document, key, tie)
      this.#up(this.#size++)
    } else if (this.#limit > 0 && (key < this.#keys[0]! || (key === this.#keys[0] && tie < this.#ties[0]!))) {
      this.#put(0, segment, document, key, tie)
      this.#down(0)
    }
  }

  /** Best first. */
  sorted(): Ranked[] {
    return Array.from({ length: this.#size }, (_, at) => ({
      segment: this.#segments[at]!,
      document: this.#documents[at]!,
      key: this.#keys[at]!,
      tie: this.#ties[at]!,
    })).sort((a, b) => (a.key === b.key ? a.tie - b.tie : a.key < b.key ? -1 : 1))
  }

  #put(at: number, segment: number, document: number, key: number, tie: number): void {
    this.#keys[at] = key
    this.#ties[at] = tie
    this.#segments[at] = segment
    this.#documents[at] = document
  }

  #isWorse(a: number, b: number): boolean {
    const [keyA, keyB] = [this.#keys[a]!, this.#keys[b]!]
    return keyA > keyB || (keyA === keyB && this.#ties[a]! > this.#ties[b]!)
  }

  #up(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!this.#isWorse(at, parent)) return
      this.#swap(at, parent)
      at = parent
    }
  }

  #down(from: number): void {
    for (let at = from; ; ) {
      const left = 2 * at + 1
      if (left >= this.#size) return
      const right = left + 1
      const larger = right < this.#size && this.#isWorse(right, left) ? right : left
      if (!this.#isWorse(larger, at)) return
      this.#swap(at, larger)
      at = larger
    }
  }

  #swap(a: number, b: number): void {
    const [key, tie, segment, document] = [this.#keys[a]!, this.#ties[a]!, this.#segments[a]!, this.#documents[a]!]
    this.#put(a, this.#segments[b]!, this.#documents[b]!, this.#keys[b]!, this.#ties[b]!)
    this.#put(b, segment, document, key, tie)
  }
}
