import { EncoderAnswerError } from './encoder-errors.ts'

/** Reads an answer of `POST /v1/embeddings` (https://platform.openai.com/docs/api-reference/embeddings). */

/** The largest models in use give 4,096 numbers. */
export const MAX_DIMENSION = 8192

const nonsense = (what: string, cause?: unknown): EncoderAnswerError =>
  new EncoderAnswerError('nonsense', `The embeddings endpoint answers nonsense: ${what}`, {
    cause,
    perhapsTheTexts: true,
  })

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Little-endian 32-bit floats, as the format documents them. */
const fromBase64 = (text: string): number[] => {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw nonsense('a vector is not base64')
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length % 4 !== 0) throw nonsense('a vector is not made of 32-bit numbers')
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(4 * index))
}

const numbersOf = (embedding: unknown): readonly number[] => {
  if (typeof embedding === 'string') return fromBase64(embedding)
  if (Array.isArray(embedding) && embedding.every((value): value is number => typeof value === 'number')) {
    return embedding
  }
  throw nonsense('a vector is neither base64 nor a list of numbers')
}

/** The vector with length 1, so that a product of two is their cosine. */
const unitVector = (numbers: readonly number[]): Float32Array => {
  if (numbers.length === 0 || numbers.length > MAX_DIMENSION) throw nonsense(`a vector of ${numbers.length} numbers`)
  const norm = Math.hypot(...numbers)
  if (!Number.isFinite(norm)) throw nonsense('a vector holds numbers that are not finite')
  // Below this the direction is rounding noise of 32-bit numbers.
  if (norm < 1e-20) throw nonsense('a vector without length')
  return Float32Array.from(numbers, value => value / norm)
}

const itemsOf = (answer: unknown, count: number): Readonly<Record<string, unknown>>[] => {
  const items = isRecord(answer) ? answer['data'] : undefined
  if (!Array.isArray(items) || !items.every(isRecord)) throw nonsense('no list "data" of vectors')
  if (items.length !== count) throw nonsense(`${items.length} vectors for ${count} texts`)
  return items
}

/** The vectors of `count` texts, in their order, each of length 1. Throws `EncoderAnswerError` for anything else. */
export const readAnswer = (body: string, count: number): Float32Array[] => {
  let answer: unknown
  try {
    answer = JSON.parse(body)
  } catch (cause) {
    throw nonsense('not JSON', cause)
  }
  const vectors: Float32Array[] = []
  for (const [position, item] of itemsOf(answer, count).entries()) {
    const index = item['index'] ?? position
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= count || vectors[index]) {
      throw nonsense('the vectors are not numbered as the texts')
    }
    vectors[index] = unitVector(numbersOf(item['embedding']))
  }
  const dimension = vectors[0]?.length
  if (vectors.some(vector => vector.length !== dimension)) throw nonsense('vectors of different lengths')
  return vectors
}
