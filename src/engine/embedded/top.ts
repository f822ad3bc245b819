/** One profile among the best so far. Smaller `key` is better; `tie` orders equal keys neutrally. */
export interface Ranked {
  readonly segment: number
  readonly document: number
  readonly key: number
  readonly tie: number
}

const worse = (a: Ranked, b: Ranked): boolean => a.key > b.key || (a.key === b.key && a.tie > b.tie)

/** Keeps the best `limit` of what it is given: a binary heap with the worst on top. */
export class TopList {
  readonly #heap: Ranked[] = []
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  /** False when nothing with that key can enter any more: spares the caller making the object. */
  accepts(key: number): boolean {
    return this.#heap.length < this.#limit || (this.#limit > 0 && key <= (this.#heap[0] as Ranked).key)
  }

  add(ranked: Ranked): void {
    const heap = this.#heap
    if (heap.length < this.#limit) {
      heap.push(ranked)
      this.#up(heap.length - 1)
    } else if (this.#limit > 0 && worse(heap[0] as Ranked, ranked)) {
      heap[0] = ranked
      this.#down(0)
    }
  }

  /** Best first. */
  sorted(): Ranked[] {
    return [...this.#heap].sort((a, b) => (worse(a, b) ? 1 : -1))
  }

  #up(from: number): void {
    const heap = this.#heap
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!worse(heap[at] as Ranked, heap[parent] as Ranked)) return
      this.#swap(at, parent)
      at = parent
    }
  }

  #down(from: number): void {
    const heap = this.#heap
    let at = from
    for (;;) {
      const left = 2 * at + 1
      if (left >= heap.length) return
      const right = left + 1
      const larger = right < heap.length && worse(heap[right] as Ranked, heap[left] as Ranked) ? right : left
      if (!worse(heap[larger] as Ranked, heap[at] as Ranked)) return
      this.#swap(at, larger)
      at = larger
    }
  }

  #swap(a: number, b: number): void {
    const kept = this.#heap[a] as Ranked
    this.#heap[a] = this.#heap[b] as Ranked
    this.#heap[b] = kept
  }
}
