import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'

/** Bytes that are read by their place: a file, or memory. */
export interface ByteSource {
  readonly size: number
  /** A run of bytes, in memory of their own or shared: not to be written to. Shorter when the source ends before. */
  read(offset: number, length: number): Uint8Array
  /** The same into memory that is given. The number of bytes read. */
  readInto(target: Uint8Array, offset: number): number
  close(): void
}

/** Bytes that are written one after the other. */
export interface ByteSink {
  readonly position: number
  write(bytes: Uint8Array): void
}

const readFully = (descriptor: number, target: Uint8Array, offset: number): number => {
  let done = 0
  while (done < target.length) {
    const read = readSync(descriptor, target, done, target.length - done, offset + done)
    if (read === 0) break
    done += read
  }
  return done
}

/** A file, which must exist and not change. It may be unlinked while it is open. */
export const fileSource = (path: string, size: number): ByteSource => {
  const descriptor = openSync(path, 'r')
  let open = true
  return {
    size,
    read: (offset, length) => {
      const target = new Uint8Array(length)
      return target.subarray(0, readFully(descriptor, target, offset))
    },
    readInto: (target, offset) => readFully(descriptor, target, offset),
    close: () => {
      if (open) closeSync(descriptor)
      open = false
    },
  }
}

const BUFFER_BYTES = 1 << 18

/** A new file, written through a buffer. `finish` makes it durable. */
export class FileSink implements ByteSink {
  readonly #descriptor: number
  readonly #buffer = new Uint8Array(BUFFER_BYTES)
  #buffered = 0
  #closed = false
  position = 0

  constructor(path: string) {
    this.#descriptor = openSync(path, 'wx')
  }

  write(bytes: Uint8Array): void {
    this.position += bytes.length
    if (this.#buffered + bytes.length > BUFFER_BYTES) this.#flush()
    if (bytes.length > BUFFER_BYTES) {
      this.#writeFully(bytes)
      return
    }
    this.#buffer.set(bytes, this.#buffered)
    this.#buffered += bytes.length
  }

  /** Writes what is left, waits until the disk has it, and closes. */
  finish(): void {
    try {
      this.#flush()
      fsyncSync(this.#descriptor)
    } finally {
      this.abandon()
    }
  }

  /** Closes a file as it is; one that is closed already stays so. */
  abandon(): void {
    if (!this.#closed) closeSync(this.#descriptor)
    this.#closed = true
  }

  #flush(): void {
    this.#writeFully(this.#buffer.subarray(0, this.#buffered))
    this.#buffered = 0
  }

  #writeFully(bytes: Uint8Array): void {
    let done = 0
    while (done < bytes.length) done += writeSync(this.#descriptor, bytes, done, bytes.length - done)
  }
}
