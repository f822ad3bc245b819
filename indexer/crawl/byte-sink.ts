/** Gathers bytes up to a limit. */
export interface ByteSink {
  /** Takes what fits; false once something did not. */
  push(chunk: Uint8Array): boolean
  /** The bytes so far, in a buffer of their own that may be given to a worker. */
  take(): Uint8Array<ArrayBuffer>
}

/** One growing buffer and no list of chunks: a body sent a byte at a time would cost hundreds of bytes of memory for each. */
export const createByteSink = (maxBytes: number): ByteSink => {
  let store = new Uint8Array(Math.min(maxBytes, 16_384))
  let length = 0
  const grow = (needed: number): void => {
    if (needed <= store.length) return
    const wider = new Uint8Array(Math.min(maxBytes, Math.max(needed, store.length * 2)))
    wider.set(store.subarray(0, length))
    store = wider
  }
  return {
    push(chunk) {
      const kept = chunk.subarray(0, maxBytes - length)
      grow(length + kept.length)
      store.set(kept, length)
      length += kept.length
      return kept.length === chunk.length
    },
    take: () => store.slice(0, length),
  }
}
