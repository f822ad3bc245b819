import type { ByteSink, ByteSource } from '../../src/engine/embedded/byte-source.ts'

/** What is in memory. */
export const memorySource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
  readInto: (target, offset) => {
    const part = bytes.subarray(offset, offset + target.length)
    target.set(part)
    return part.length
  },
  close: () => {},
})

/** A sink in memory. */
export class MemorySink implements ByteSink {
  #bytes = new Uint8Array(4096)
  position = 0

  write(bytes: Uint8Array): void {
    if (this.position + bytes.length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.position + bytes.length))
      larger.set(this.#bytes.subarray(0, this.position))
      this.#bytes = larger
    }
    this.#bytes.set(bytes, this.position)
    this.position += bytes.length
  }

  /** What was written, and no more. */
  take(): Uint8Array {
    return this.#bytes.slice(0, this.position)
  }
}
