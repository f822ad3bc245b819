import type { Columns } from './orders.ts'

/** Smaller copies are kept: opening an index again empties its caches. */
const WORTH_BYTES = 16 << 20

/** Notes what was asked for in vain. */
class NotingMap extends Map<string, Uint8Array> {
  readonly missed = new Set<string>()

  override get(file: string): Uint8Array | undefined {
    const found = super.get(file)
    if (!found) this.missed.add(file)
    return found
  }
}

/** The columns that a reading thread has from the writing one. */
export class SharedColumns {
  #index = ''
  #segments = new NotingMap()

  /** Those of an index; they grow as the writer tells of more. */
  of(index: string): ReadonlyMap<string, Uint8Array> {
    if (index !== this.#index) {
      this.#index = index
      this.#segments = new NotingMap()
    }
    return this.#segments
  }

  /** True when something large was opened without them, which opening anew would spare. */
  take({ index, segments }: Columns): boolean {
    this.of(index)
    const known = this.#segments
    let isWorth = false
    for (const [file, bytes] of segments) {
      if (known.missed.delete(file) && bytes.byteLength >= WORTH_BYTES) isWorth = true
      known.set(file, bytes)
    }
    for (const file of known.keys()) if (!segments.has(file)) known.delete(file)
    return isWorth
  }
}
