/**
 * Field lengths in one byte, as Lucene keeps them (`SmallFloat.intToByte4`, Lucene 7 and later): exact up to 39,
 * then four significant bits. Both engines score with the same rounded length, so that their first ten agree.
 */

const toInt4 = (value: number): number => {
  const bits = 32 - Math.clz32(value)
  if (bits < 4) return value
  const shift = bits - 4
  return ((value >>> shift) & 0x07) | ((shift + 1) << 3)
}

const fromInt4 = (code: number): number => {
  const bits = code & 0x07
  const shift = (code >>> 3) - 1
  return shift === -1 ? bits : (bits | 0x08) * 2 ** shift
}

/** Codes that `toInt4` leaves unused (255 − its largest) hold the smallest lengths exactly. */
const FREE_VALUES = 255 - toInt4(0x7fffffff)

/** Bytes below this are the lengths themselves: 40. */
export const FIRST_ROUNDED = FREE_VALUES + 16

/** The byte of a length of 0 … 2^31 − 1 tokens. */
export const encodeLength = (length: number): number =>
  length < FREE_VALUES ? length : FREE_VALUES + toInt4(length - FREE_VALUES)

/** The length that each byte stands for. */
export const DECODED_LENGTHS: Float64Array = Float64Array.from({ length: 256 }, (_, code) =>
  code < FREE_VALUES ? code : FREE_VALUES + fromInt4(code - FREE_VALUES),
)
