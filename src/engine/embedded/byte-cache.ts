/**
 * What was read last, within a bound: two generations, so that neither use nor removal costs more than a look-up. What
 * is used again moves to the young one; when that is full, the old one goes.
 */
export class ByteCache {
  readonly #limit: number
  #young = new Map<number, Uint8Array>()
  #old = new Map<number, Uint8Array>()
  #bytes = 0

  /** `maxBytes` bounds both generations together. */
  constructor(maxBytes: number) {
    this.#limit = maxBytes / 2
  }

  get(key: number): Uint8Array | undefined {
    const young = this.#young.get(key)
    if (young) return young
    const old = this.#old.get(key)
    if (old) this.put(key, old)
    return old
  }

  /** What is larger than an eighth of the bound is not kept: it would drive out all else. */
  put(key: number, bytes: Uint8Array): void {
    if (bytes.length > this.#limit / 4) return
    if (this.#bytes + bytes.length > this.#limit) {
      this.#old = this.#young
      this.#young = new Map()
      this.#bytes = 0
    }
    this.#young.set(key, bytes)
    // What a map takes for an entry counts too.
    this.#bytes += bytes.length + 128
  }
}
