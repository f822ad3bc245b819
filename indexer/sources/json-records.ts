import { WrongFormatError } from './errors.ts'

/** One JSON value of a file, or why it cannot be read. `line` is the one it starts on, from 1. */
export type JsonRecord =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly broken: string }

/** Far over any record seen (20 kB); bounds what a file without line ends or closing brackets can cost. */
const MAX_RECORD_LENGTH = 4_000_000

const parsed = (line: number, text: string): JsonRecord => {
  try {
    return { line, value: JSON.parse(text) as unknown }
  } catch (error) {
    return { line, broken: error instanceof Error ? `not JSON: ${error.message}` : 'not JSON' }
  }
}

const refuseLong = (line: number, length: number): void => {
  if (length <= MAX_RECORD_LENGTH) return
  throw new WrongFormatError(`line ${line}: a record of more than ${MAX_RECORD_LENGTH} characters`)
}

/** The records of a JSON Lines text: one a line, blank lines skipped. A bad line is reported and passed over. */
export async function* readJsonLines(chunks: AsyncIterable<string>): AsyncGenerator<JsonRecord> {
  let text = ''
  let line = 1
  for await (const chunk of chunks) {
    const lines = (text + chunk).split('\n')
    text = lines.pop() ?? ''
    for (const each of lines) {
      if (each.trim() !== '') yield parsed(line, each)
      line += 1
    }
    refuseLong(line, text.length)
  }
  if (text.trim() !== '') yield parsed(line, text)
}

const CLOSED_TOO_SOON = 'the JSON array is not closed: the file is incomplete, download it again'

/**
 * The elements of one JSON array, each parsed alone: only brackets and strings are followed between them, so that a
 * file of any size takes the memory of its longest record. An element that is not JSON is reported and passed over.
 * Throws `WrongFormatError` when the array does not close.
 */
export async function* readJsonArray(chunks: AsyncIterable<string>): AsyncGenerator<JsonRecord> {
  let element = ''
  let line = 1
  let elementLine = 1
  let depth = 0
  let inString = false
  let escaped = false
  for await (const chunk of chunks) {
    let from = 0
    for (let i = 0; i < chunk.length; i++) {
      const character = chunk[i]
      if (character === '\n') line += 1
      if (inString) {
        if (escaped) escaped = false
        else if (character === '\\') escaped = true
        else if (character === '"') inString = false
        continue
      }
      if (character === '"') inString = true
      else if (character === '[' || character === '{') {
        depth += 1
        if (depth === 1) from = i + 1
      } else if (character === ']' || character === '}' || (character === ',' && depth === 1)) {
        if (character !== ',') depth -= 1
        if (depth === 0 || character === ',') {
          element += chunk.slice(from, i)
          from = i + 1
          if (element.trim() !== '') yield parsed(elementLine, element)
          element = ''
          elementLine = line
          if (depth === 0) return
        }
      }
      if (element === '' && from === i && /\s/.test(character ?? '')) {
        from = i + 1
        elementLine = line
      }
    }
    element += chunk.slice(from)
    refuseLong(elementLine, element.length)
  }
  throw new WrongFormatError(CLOSED_TOO_SOON)
}
