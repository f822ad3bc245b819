/** A JSON value, bounded in depth and size, without a `__proto__` key anywhere. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [key: string]: Json
}

/** A block beyond these is dropped: real ones stay below 200 kB, 12 deep, 20,000 values. */
const MAX_LENGTH = 1_000_000
const MAX_DEPTH = 32
const MAX_VALUES = 50_000

/** Thrown inside only: the block is too deep or too large. */
class TooMuchError extends Error {}

const plainCopy = (parsed: unknown): Json => {
  let values = 0
  const copy = (value: unknown, depth: number): Json => {
    if (++values > MAX_VALUES || depth > MAX_DEPTH) throw new TooMuchError('JSON-LD block too deep or too large')
    if (Array.isArray(value)) return value.map(each => copy(each, depth + 1))
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).filter(([key]) => key !== '__proto__')
      return Object.fromEntries(entries.map(([key, each]) => [key, copy(each, depth + 1)]))
    }
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  }
  return copy(parsed, 0)
}

/** A string, or what is dropped: comments, CDATA marks, a comma before a closing bracket. Each alternative is linear. */
const TOKEN =
  /("(?:[^"\\]|\\[\s\S])*"?)|(?:\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|<!--(?:[^\n{]{0,200}?-->)?|-->|<!\[CDATA\[|\]\]>|,(?=\s*[}\]]))/g

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** The block as strict JSON: what pages write and `JSON.parse` refuses, control characters inside strings escaped. */
const repaired = (text: string): string =>
  text.replace(TOKEN, (_token, string: string | undefined) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped.
    string === undefined ? '' : string.replace(/[\u0000-\u001f]/g, escaped),
  )

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // Twice: a comma may stand before a comment before the bracket.
    return JSON.parse(repaired(repaired(text)))
  }
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects of one JSON-LD block; none when it cannot be read, is too deep or too large. */
export const parseJsonLd = (block: string): readonly JsonObject[] => {
  if (block.length > MAX_LENGTH) return []
  try {
    const value = plainCopy(parsed(block.trim()))
    return (Array.isArray(value) ? value : [value]).filter(isObject)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TooMuchError) return []
    throw error
  }
}
