/** A growing run of bytes with LEB128 variable-length integers. Small on purpose: a segment holds one a term. */
export class ByteWriter {
  bytes: Uint8Array
  length = 0

  constructor(capacity = 16) {
    this.bytes = new Uint8Array(capacity)
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.#grow(1)
    this.bytes[this.length++] = value
  }

  /** An integer from 0 to 2^32 − 1: seven bits a byte, lowest first. */
  varint(value: number): void {
    let rest = value
    while (rest > 0x7f) {
      this.byte((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    this.byte(rest)
  }

  /** Four bytes, lowest first. */
  uint32(value: number): void {
    this.byte(value & 0xff)
    this.byte((value >>> 8) & 0xff)
    this.byte((value >>> 16) & 0xff)
    this.byte(value >>> 24)
  }

  append(other: Uint8Array): void {
    if (this.length + other.length > this.bytes.length) this.#grow(other.length)
    this.bytes.set(other, this.length)
    this.length += other.length
  }

  /** The bytes written so far; valid until the next write. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + needed))
    larger.set(this.view())
    this.bytes = larger
  }
}

/** Reads what `ByteWriter` wrote. */
export class ByteReader {
  readonly bytes: Uint8Array
  position: number

  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = bytes
    this.position = position
  }

  byte(): number {
    return this.bytes[this.position++] as number
  }

  /** Four bytes, lowest first. */
  uint32(): number {
    const { bytes, position } = this
    this.position += 4
    const high = bytes[position + 3] as number
    return (
      ((bytes[position] as number) |
        ((bytes[position + 1] as number) << 8) |
        ((bytes[position + 2] as number) << 16) |
        (high << 24)) >>>
      0
    )
  }

  varint(): number {
    const first = this.bytes[this.position] as number
    if (first < 0x80) {
      this.position++
      return first
    }
    let value = 0
    let shift = 0
    let byte = 0
    do {
      byte = this.bytes[this.position++] as number
      value |= (byte & 0x7f) << shift
      shift += 7
    } while (byte > 0x7f)
    return value >>> 0
  }
}
