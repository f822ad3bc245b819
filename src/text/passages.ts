// All of this goes word by word (`\S+`): texts are hostile, and no pattern here can look at a character twice.

const BLOCK_BREAK = /[\r\n\u2028\u2029•▪●◦‣∙]/
const CLOSERS = new Set([...')]}»"”’\''])
const OPENERS = new Set([...'([{«"“‘\'-–—'])
const TERMINATORS = new Set([...'.!?…'])

/** Words that keep their full stop without ending a sentence; single letters ("p.", "J.") do so too. */
const ABBREVIATIONS = new Set(
  [
    'm mm mr mrs ms mme mlle dr pr prof me st ste ex cf art al env fig réf ref tél tel av bd bld chap vol éd ed no nos',
    'num min max approx vs inc ltd corp sté ets dir resp dépt dept tome hab jr sr p.ex e.g i.e c.-à-d',
  ].flatMap(line => line.split(' ')),
)

/** How many characters at the end of `word` belong to `set`. */
const trailing = (word: string, set: ReadonlySet<string>): number => {
  let length = 0
  while (length < word.length && set.has(word[word.length - 1 - length]!)) length++
  return length
}

const isClosing = (word: string): boolean => trailing(word, CLOSERS) === word.length

const endsSentence = (word: string, isFirst: boolean): boolean => {
  const bare = word.slice(0, word.length - trailing(word, CLOSERS))
  const terminators = trailing(bare, TERMINATORS)
  if (terminators === 0) return false
  if (terminators > 1 || !bare.endsWith('.')) return true
  let start = 0
  while (start < bare.length && OPENERS.has(bare[start]!)) start++
  const stem = bare.slice(start, -1)
  // "1." or "IV." at the front numbers the sentence it begins.
  if (isFirst && /^(?:\d{1,3}|[IVX]{1,5})$/.test(stem)) return false
  return !/^(?:\p{L}\.)*\p{L}$/u.test(stem) && !ABBREVIATIONS.has(stem.toLowerCase())
}

const startsSentence = (word: string): boolean => {
  let start = 0
  while (start < word.length && OPENERS.has(word[start]!)) start++
  return start === word.length ? /[«“]/.test(word) : !/^[\p{Ll}.,;:!?…)»]/u.test(word.slice(start, start + 2))
}

/** A word that may end a sentence, with another behind: most headings and entries of lists have none. */
const MAY_END = /[.!?…][)\]}»"”’']*\s/

const sentencesOfBlock = (block: string): string[] => {
  const all: readonly string[] = block.match(/\S+/g) ?? []
  if (all.length === 0) return []
  if (!MAY_END.test(block)) return [all.join(' ')]
  const sentences: string[] = []
  let words: string[] = []
  let ended = false
  for (const word of all) {
    if (ended && !isClosing(word) && startsSentence(word)) {
      sentences.push(words.join(' '))
      words = []
    }
    // A lone "»" leaves the sentence as ended as it was.
    if (words.length === 0 || !isClosing(word)) ended = endsSentence(word, words.length === 0)
    words.push(word)
  }
  if (words.length > 0) sentences.push(words.join(' '))
  return sentences
}

/**
 * The sentences of a text, white space collapsed. Line ends and bullets end one too; abbreviations ("M.", "p. ex."),
 * decimals and addresses do not.
 */
export const splitSentences = (text: string): string[] => text.split(BLOCK_BREAK).flatMap(sentencesOfBlock)

/** `text` cut before position `limit`, at a space where there is one in its second half, never inside a character. */
const cutPosition = (text: string, limit: number): number => {
  const space = text.lastIndexOf(' ', limit)
  if (space > limit / 2) return space
  const code = text.charCodeAt(limit - 1)
  return code >= 0xd800 && code <= 0xdbff && limit > 1 ? limit - 1 : limit
}

const cutLong = (sentence: string, targetLength: number): string[] => {
  if (sentence.length <= 2 * targetLength) return [sentence]
  const parts: string[] = []
  let rest = sentence
  while (rest.length > targetLength) {
    const position = cutPosition(rest, targetLength)
    parts.push(rest.slice(0, position).trim())
    rest = rest.slice(position).trim()
  }
  if (rest !== '') parts.push(rest)
  return parts
}

/**
 * A text as passages of about `targetLength` characters (UTF-16): whole sentences together as long as they fit; one
 * longer than twice that is cut between words. A short rest joins the passage before it.
 */
export const splitPassages = (text: string, targetLength = 500): string[] => {
  const passages: string[] = []
  let passage = ''
  for (const sentence of splitSentences(text).flatMap(sentence => cutLong(sentence, targetLength))) {
    if (passage === '') passage = sentence
    else if (passage.length + 1 + sentence.length <= targetLength) passage += ` ${sentence}`
    else {
      passages.push(passage)
      passage = sentence
    }
  }
  const last = passages.at(-1)
  if (last !== undefined && passage.length < targetLength / 5) passages[passages.length - 1] = `${last} ${passage}`
  else if (passage !== '') passages.push(passage)
  return passages
}
