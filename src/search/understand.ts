import type { BrickConcept, Concept } from '../engine/engine.ts'
import { BRICKS } from '../model/bricks.ts'
import { parseSiren, type Siren, sirenOfSiret } from '../model/siren.ts'
import { queryWords } from '../text/analyse.ts'
import { nameKey } from '../text/name-key.ts'
import type { Token } from '../text/tokens.ts'
import type { BrickMatch, Via } from '../text/vocabulary.ts'
import { ENGLISH_STOP_WORDS } from '../text/word-lists.ts'
import { guessBricks } from './brick-search.ts'
import { vocabulary } from './expand.ts'
import { optionalSpans, type Span } from './optional-words.ts'
import { findPlace, type PlaceMention } from './place-mention.ts'
import { NARROWER_SHARE } from './weights.ts'

/** A brick that the query asks for. */
export interface AskedBrick extends BrickConcept {
  readonly brick: string
  /** The words of the query that name it, as typed. */
  readonly span: string
  /** `guess`: the words of the query are mostly those of the brick, though none of its expressions is there. */
  readonly via: Via | 'guess'
  /** The expression of the vocabulary that was recognised. */
  readonly expression: string
}

/** What a query asks for. */
export interface Understanding {
  /** The query without surplus blanks. */
  readonly text: string
  /** A SIREN, or the SIREN of a SIRET, when the query is nothing else. */
  readonly siren?: Siren
  /** One a word, without framing words and repetitions, in the order of the query. */
  readonly concepts: readonly Concept[]
  readonly bricks: readonly AskedBrick[]
  /** A place that is named as one: it filters unless it is to be taken literally. */
  readonly place?: PlaceMention & { readonly span: string }
  readonly nameKey: string
}

const narrower = new Map<string, string[]>()
for (const { id, broader } of BRICKS) {
  if (broader !== undefined) narrower.set(broader, [...(narrower.get(broader) ?? []), id])
}

/** Who supplies a narrower brick supplies part of what is asked: two levels down. */
const answeringIds = (brick: string): ReadonlyMap<string, number> => {
  const ids = new Map([[brick, 1]])
  for (const child of narrower.get(brick) ?? []) {
    ids.set(child, NARROWER_SHARE)
    for (const grandchild of narrower.get(child) ?? []) ids.set(grandchild, NARROWER_SHARE ** 2)
  }
  return ids
}

const contains = (span: Span, token: Span): boolean => token.start >= span.start && token.end <= span.end

const foldedWords = (text: string): string =>
  queryWords(text)
    .map(token => token.term)
    .join(' ')

interface Word {
  readonly term: string
  /** Every place where the word stands: one typed twice is asked for once. */
  readonly tokens: Token[]
}

const distinctWords = (tokens: readonly Token[]): Word[] => {
  const words = new Map<string, Word>()
  for (const token of tokens) {
    const known = words.get(token.term)
    if (known) known.tokens.push(token)
    else words.set(token.term, { term: token.term, tokens: [token] })
  }
  return [...words.values()]
}

/** "alternative à X", "équivalent de X": the product is a pointer to its brick, not what is sought. */
const ALTERNATIVE =
  /(?:^|\s)(?:alternatives?|équivalents?|equivalents?|remplaçants?|remplacer|remplacement|replacements?|substituts?)(?=\s)/iu

/** English words that say nothing of what is sought; "or" and "but" are French words for gold and goal. */
const ENGLISH_FRAMING = new Set([...ENGLISH_STOP_WORDS].filter(word => !['or', 'but', 'if'].includes(word)))

/**
 * What a query asks for: its words, the bricks and the place that they name. `literal`: pieces of the query that are
 * to be taken as plain words, whatever they could mean.
 */
export const understand = (query: string, literal: readonly string[] = []): Understanding => {
  const text = query.normalize('NFC').replace(/\s+/gu, ' ').trim()
  const siren = parseSiren(text) ?? sirenOfSiret(text)
  const plain = new Set(literal.map(foldedWords))
  const isPlain = (span: Span): boolean => plain.has(foldedWords(text.slice(span.start, span.end)))

  const mention = findPlace(text)
  const place = mention && !isPlain(mention) ? mention : undefined
  const unrequired = optionalSpans(text)
  const matches = vocabulary()
    .find(text, 'query')
    .filter(match => !isPlain(match) && !(place && contains(place, match)))
  const named = matches.filter(match => match.via === 'product')
  const alternative = named.length > 0 ? ALTERNATIVE.exec(text) : null
  const products = alternative ? named : []
  const dropped: Span[] = [
    ...(place ? [place] : []),
    ...(alternative ? [{ start: alternative.index, end: alternative.index + alternative[0].length }] : []),
  ]
  const isSought = (token: Token): boolean =>
    !dropped.some(span => contains(span, token)) && !ENGLISH_FRAMING.has(token.term)
  const sought = queryWords(text).filter(isSought)
  // A brick that is named by a stop word ("AI") is a word to be sought too.
  const unsought = matches
    .filter(match => !sought.some(token => contains(match, token)))
    .map(({ start, end }): Token => ({ term: text.slice(start, end).toLowerCase(), start, end }))
  const words = distinctWords([...sought, ...unsought].sort((a, b) => a.start - b.start))

  const isIn = (word: Word, spans: readonly Span[]): boolean =>
    word.tokens.every(token => spans.some(span => contains(span, token)))
  const inBrick = (word: Word): boolean => isIn(word, matches)
  // Whom it is for, what any offer is called, and what it replaces need not be written in a profile; unless nothing else is asked.
  const optional = words.map(word => (isIn(word, unrequired) && !inBrick(word)) || isIn(word, products))
  const allOptional = optional.every(Boolean) && matches.length === 0
  const concepts = words.map((word, index): Concept => {
    const [first] = word.tokens
    const typed = first ? text.slice(first.start, first.end) : word.term
    return optional[index] && !allOptional ? { text: typed, optional: true } : { text: typed }
  })
  return {
    text,
    ...(siren && { siren }),
    concepts,
    // Who refuses what was understood does not want it guessed again.
    bricks: matches.length > 0 || plain.size > 0 ? askedBricks(text, matches, words) : guessedBricks(concepts),
    ...(place && { place: { ...place, span: text.slice(place.start, place.end) } }),
    nameKey: nameKey(text),
  }
}

/** Below this share of the query's words a brick is a matter of chance: half of the guesses were wrong at .3. */
const LEAST_COVERAGE = 0.4
const GUESSES = 1
/** A guess is worth less than a brick that is named. */
const GUESS_SHARE = 0.6

/** The bricks that a query without any probably means. */
const guessedBricks = (concepts: readonly Concept[]): AskedBrick[] =>
  guessBricks(
    concepts.map(concept => concept.text),
    GUESSES,
  )
    // One word in common is no guess but for a query of one word, which the vocabulary would have named.
    .filter(({ coverage, words }) => coverage >= LEAST_COVERAGE && words.length > 1)
    .map(({ brick, coverage, words }) => ({
      brick,
      via: 'guess',
      span: words.map(word => concepts[word]?.text ?? '').join(' '),
      expression: '',
      ids: new Map([...answeringIds(brick)].map(([id, share]) => [id, share * GUESS_SHARE * coverage])),
      covers: words,
    }))

/** Each brick once, with all the words that name it. */
const askedBricks = (text: string, matches: readonly BrickMatch[], words: readonly Word[]): AskedBrick[] => {
  const asked = new Map<string, AskedBrick>()
  for (const match of matches) {
    const covers = words.flatMap((word, index) => (word.tokens.some(token => contains(match, token)) ? [index] : []))
    const known = asked.get(match.brick)
    asked.set(
      match.brick,
      known
        ? { ...known, covers: [...new Set([...known.covers, ...covers])] }
        : {
            brick: match.brick,
            span: text.slice(match.start, match.end),
            via: match.via,
            expression: match.expression,
            ids: answeringIds(match.brick),
            covers,
          },
    )
  }
  return [...asked.values()]
}
