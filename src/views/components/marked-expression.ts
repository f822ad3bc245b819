import { html } from 'ghtml'
import type { Fragment } from '../markup.ts'

/** Without case and accents, letter for letter: an offset in the folded text is one in the text. */
const folded = (text: string): string =>
  Array.from({ length: text.length }, (_, i) => {
    const [plain = ''] = (text[i] ?? '').normalize('NFKD')
    return plain.toLowerCase()
  }).join('')

/** Words of so few letters, "de" and "à", come and go inside an expression; so do up to three others between two of its words. */
const SHORT = 3
const BETWEEN = '(?:[^\\p{L}\\p{N}.;:!?]+\\p{L}{1,4}){0,3}[^\\p{L}\\p{N}.;:!?]+'

/** A word of the vocabulary, singular or plural on either side. */
const wordPattern = (word: string): string =>
  word.length <= SHORT ? `${word}[sx]?` : `${word.replace(/(?:aux|al|[sx])$/, '')}\\p{L}{0,3}`

const patternOf = (expression: string): RegExp | undefined => {
  const words = folded(expression).match(/[\p{L}\p{N}]+/gu) ?? []
  const long = words.filter(word => word.length >= SHORT)
  const kept = long.length > 0 ? long : words
  if (kept.length === 0) return undefined
  return new RegExp(`(?<![\\p{L}\\p{N}])${kept.map(wordPattern).join(BETWEEN)}(?![\\p{L}\\p{N}])`, 'u')
}

/** A sentence with the first place of an expression of the vocabulary marked, in whatever inflection it stands there. */
export const markedExpression = (sentence: string, expression: string): Fragment => {
  const found = patternOf(expression)?.exec(folded(sentence))
  if (!found) return html`${sentence}`
  const end = found.index + found[0].length
  return html`${sentence.slice(0, found.index)}<mark>${sentence.slice(found.index, end)}</mark>${sentence.slice(end)}`
}
