import { WORD } from './word-pattern.ts'

/** A term of a text, and where it stands: UTF-16 offsets into the original text, `end` exclusive. */
export interface Token {
  readonly term: string
  readonly start: number
  readonly end: number
}

/** Longer words are cut, as by Lucene. */
const MAX_TOKEN_LENGTH = 255

// Made once: making one costs more than the words of a short text.
const NEXT_WORD = new RegExp(WORD, 'gv')
const FIRST_WORD = new RegExp(WORD, 'v')

type Receive = (start: number, end: number) => void

/** Cuts one overlong match: each word is the longest in a window of `MAX_TOKEN_LENGTH` characters. */
const cut = (text: string, matchStart: number, matchEnd: number, receive: Receive): void => {
  let position = matchStart
  while (position < matchEnd) {
    const window = text.slice(position, Math.min(matchEnd, position + MAX_TOKEN_LENGTH))
    const match = FIRST_WORD.exec(window)
    if (!match || match.index > 0) {
      // Found further on: its own window reaches further too.
      position += match?.index ?? window.length
      continue
    }
    const end = position + match[0].length
    if (match[1] === undefined) receive(position, end)
    position = end
  }
}

/**
 * The words of a text as Lucene's StandardTokenizer finds them (UAX #29 word boundaries, at most 255 characters, no
 * emoji): calls `receive` with the offsets of each, in order. Linear in the length of the text. `receive` must not call
 * it in turn.
 */
export const forEachWord = (text: string, receive: Receive): void => {
  NEXT_WORD.lastIndex = 0
  for (let match = NEXT_WORD.exec(text); match; match = NEXT_WORD.exec(text)) {
    if (match[1] !== undefined) continue
    const end = match.index + match[0].length
    if (match[0].length > MAX_TOKEN_LENGTH) cut(text, match.index, end, receive)
    else receive(match.index, end)
  }
}
