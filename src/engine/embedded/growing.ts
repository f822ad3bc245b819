type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array

/** A typed array that grows at its end. */
export class Growing<A extends Numbers> {
  array: A
  length = 0
  readonly #make: (length: number) => A

  constructor(make: (length: number) => A, capacity = 64) {
    this.#make = make
    this.array = make(capacity)
  }

  push(value: number): void {
    if (this.length === this.array.length) this.reserve(1)
    this.array[this.length++] = value
  }

  /** Makes room for so many more. */
  reserve(more: number): void {
    if (this.length + more <= this.array.length) return
    const larger = this.#make(Math.max(this.array.length * 2, this.length + more))
    larger.set(this.array.subarray(0, this.length))
    this.array = larger
  }

  /** What was pushed, without a copy; valid until the next push. */
  view(): A {
    return this.array.subarray(0, this.length) as A
  }
}

export const growingU8 = (capacity?: number): Growing<Uint8Array> => new Growing(n => new Uint8Array(n), capacity)
export const growingU16 = (capacity?: number): Growing<Uint16Array> => new Growing(n => new Uint16Array(n), capacity)
export const growingU32 = (capacity?: number): Growing<Uint32Array> => new Growing(n => new Uint32Array(n), capacity)
export const growingI32 = (capacity?: number): Growing<Int32Array> => new Growing(n => new Int32Array(n), capacity)
export const growingF32 = (capacity?: number): Growing<Float32Array> => new Growing(n => new Float32Array(n), capacity)
export const growingF64 = (capacity?: number): Growing<Float64Array> => new Growing(n => new Float64Array(n), capacity)
