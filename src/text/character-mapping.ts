import { mappingLines, parseRule } from './word-lists.ts'

const FILE = 'characters.txt'

const resolveEscapes = (text: string): string =>
  text.replace(/\\u([0-9A-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** What replaces what before the tokenizer, in both engines: `mappings/characters.txt`, escapes resolved. */
export const CHARACTER_MAPPINGS: ReadonlyMap<string, string> = new Map(
  mappingLines(FILE).map(line => {
    const [from, to] = parseRule(line, FILE)
    return [resolveEscapes(from), resolveEscapes(to)] as const
  }),
)

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/#-]/g, '\\$&')

// The longest key first, as Lucene's MappingCharFilter.
const MAPPED = new RegExp(
  [...CHARACTER_MAPPINGS.keys()]
    .sort((a, b) => b.length - a.length)
    .map(escapeRegExp)
    .join('|'),
  'g',
)

/** A text after character mapping, and the way back to the original. */
export interface MappedText {
  readonly text: string
  /** UTF-16 offset in the original of an offset in `text`. */
  readonly originalOffset: (offset: number) => number
}

const unchanged = (offset: number): number => offset

/** Steps of (offset from which it holds, what to add), looked up by halving. */
const shifted = (from: readonly number[], shift: readonly number[]) => (offset: number) => {
  let low = 0
  let high = from.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (from[middle]! <= offset) low = middle + 1
    else high = middle
  }
  return low === 0 ? offset : offset + shift[low - 1]!
}

/** Applies `CHARACTER_MAPPINGS`: the longest match at each place, from left to right, as Lucene's MappingCharFilter. */
export const mapCharacters = (text: string): MappedText => {
  const from: number[] = []
  const shift: number[] = []
  let sum = 0
  const mapped = text.replace(MAPPED, (match, position: number) => {
    const replacement = CHARACTER_MAPPINGS.get(match)!
    const start = position - sum
    // A character that was added points to the end of what it replaces; the text after what was removed moves back.
    for (let added = match.length; added < replacement.length; added++) {
      from.push(start + added)
      shift.push(--sum)
    }
    if (replacement.length < match.length) {
      sum += match.length - replacement.length
      from.push(start + replacement.length)
      shift.push(sum)
    }
    return replacement
  })
  return { text: mapped, originalOffset: from.length === 0 ? unchanged : shifted(from, shift) }
}
