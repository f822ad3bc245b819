import { createHash } from 'node:crypto'

/**
 * Canonical JSON (RFC 8785): properties in the order of their UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them. The same content has the same bytes, so that a hash speaks of the content.
 */

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Absent is no property at all. */
const sortedKeys = (value: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.keys(value)
    .filter(key => value[key] !== undefined)
    .sort()

const scalar = (value: unknown): string => {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} is no number of JSON`)
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('a text has a lone surrogate')
  const text = JSON.stringify(value)
  if (text === undefined) throw new TypeError(`${typeof value} is nothing that JSON can hold`)
  return text
}

/** The canonical text of a value. Throws a `TypeError` for what JSON cannot hold. */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isObject(value)) return scalar(value)
  return `{${sortedKeys(value)
    .map(key => `${scalar(key)}:${canonicalJson(value[key])}`)
    .join(',')}}`
}

/**
 * The same for an object, in pieces: one an element of the lists right below it, so that a long list can be written
 * without keeping others waiting. `prepare` is applied to each element and to every other property, when its turn comes.
 */
export function* canonicalPieces(
  value: Readonly<Record<string, unknown>>,
  prepare: (part: unknown) => unknown = part => part,
): Generator<string> {
  let separator = '{'
  for (const key of sortedKeys(value)) {
    const property = value[key]
    yield `${separator}${scalar(key)}:`
    separator = ','
    if (!Array.isArray(property)) {
      yield canonicalJson(prepare(property))
      continue
    }
    yield '['
    for (const [index, part] of property.entries()) yield (index === 0 ? '' : ',') + canonicalJson(prepare(part))
    yield ']'
  }
  yield separator === '{' ? '{}' : '}'
}

/** SHA-256 of bytes, in hexadecimal: what `sha256sum` prints. */
export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')
