import { readFileSync } from 'node:fs'
import { analyseAll } from '../text/analyse.ts'
import type { Token } from '../text/tokens.ts'
import { singular } from '../text/vocabulary.ts'

/**
 * Words that add to a score without being required: for whom something is sought (`mappings/audiences.txt`), and what
 * any offer may be called (`mappings/generic-words.txt`).
 */

const normal = (text: string): Token[] => analyseAll(text).map(token => ({ ...token, term: singular(token.term) }))

const readExpressions = (file: string): readonly string[] =>
  readFileSync(new URL(`../../mappings/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line =>
      normal(line)
        .map(token => token.term)
        .join(' '),
    )

const OPTIONAL: ReadonlySet<string> = new Set(['audiences.txt', 'generic-words.txt'].flatMap(readExpressions))
const LONGEST = Math.max(...[...OPTIONAL].map(expression => expression.split(' ').length))

export interface Span {
  readonly start: number
  readonly end: number
}

/** Where a query says what need not be there: the longest expressions, from left to right. */
export const optionalSpans = (text: string): Span[] => {
  const words = normal(text)
  const spans: Span[] = []
  for (let at = 0; at < words.length; at++) {
    for (let length = Math.min(LONGEST, words.length - at); length > 0; length--) {
      const run = words.slice(at, at + length)
      if (!OPTIONAL.has(run.map(token => token.term).join(' '))) continue
      spans.push({ start: run[0]?.start ?? 0, end: run.at(-1)?.end ?? 0 })
      at += length - 1
      break
    }
  }
  return spans
}
