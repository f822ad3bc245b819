/** What is read for one call after the other lies in pages of this size, which are written over again and again. */
const PAGE_BYTES = 1 << 20

interface Generation {
  readonly entries: Map<number, Uint8Array>
  readonly pages: Uint8Array[]
  /** Of the pages, and of what is larger than a page. */
  bytes: number
}

const emptyGeneration = (): Generation => ({ entries: new Map(), pages: [], bytes: 0 })

/**
 * What was read last, within a bound: two generations, so that neither use nor removal costs more than a look-up. What
 * is used again moves to the young one; when that is full, the old one goes.
 *
 * The cache owns the memory. Arrays of their own for all that is read are garbage that the engine's threads gather by the
 * 64 MB before V8 looks for it, and that malloc keeps: 250 MB with two readers of a million profiles.
 */
export class ByteCache {
  readonly #limit: number
  #young = emptyGeneration()
  #old = emptyGeneration()
  readonly #free: Uint8Array[] = []
  /** Used bytes of the young generation's last page. */
  #used = PAGE_BYTES

  /** `maxBytes` bounds both generations together, but for what one call reads. */
  constructor(maxBytes: number) {
    this.#limit = maxBytes / 2
  }

  /** Bytes of all pages: what the cache holds, and what it holds ready. */
  get pageBytes(): number {
    return (this.#young.pages.length + this.#old.pages.length + this.#free.length) * PAGE_BYTES
  }

  /** What was put; valid until `release`. */
  get(key: number): Uint8Array | undefined {
    const young = this.#young.entries.get(key)
    if (young) return young
    const old = this.#old.entries.get(key)
    if (!old) return undefined
    // What has no page stays where it is.
    const moved = old.length > PAGE_BYTES ? old : this.room(old.length)
    if (moved !== old) moved.set(old)
    this.put(key, moved)
    return moved
  }

  /** Memory to read into, with anything in it; valid until `release`. */
  room(length: number): Uint8Array {
    if (length > PAGE_BYTES) return new Uint8Array(length)
    let page = this.#young.pages.at(-1)
    if (!page || this.#used + length > PAGE_BYTES) {
      page = this.#free.pop() ?? new Uint8Array(PAGE_BYTES)
      this.#young.pages.push(page)
      this.#young.bytes += PAGE_BYTES
      this.#used = 0
    }
    const room = page.subarray(this.#used, this.#used + length)
    // At multiples of eight, where copying is fast.
    this.#used += (length + 7) & ~7
    return room
  }

  /** Keeps what was written into a `room`. What is larger than an eighth of the bound is not: it would drive out all else. */
  put(key: number, bytes: Uint8Array): void {
    if (bytes.length > this.#limit / 4) return
    if (bytes.length > PAGE_BYTES) this.#young.bytes += bytes.length
    // What a map takes for an entry counts too.
    this.#young.bytes += 128
    this.#young.entries.set(key, bytes)
  }

  /** Says that nothing is used any more that was given out: to be called between two calls of the engine. */
  release(): void {
    if (this.#young.bytes <= this.#limit) return
    // As many as a full generation has: what one large call took beyond them is let go.
    const most = Math.ceil(this.#limit / PAGE_BYTES)
    for (const page of this.#old.pages) if (this.#free.length < most) this.#free.push(page)
    this.#old = this.#young
    this.#young = emptyGeneration()
    this.#used = PAGE_BYTES
  }
}
