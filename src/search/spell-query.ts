import type { Searcher } from '../engine/engine.ts'
import type { Query } from '../model/query.ts'
import { type Change, spellingOf, spellingQuestions } from './spelling.ts'
import { understand } from './understand.ts'

/** A query after spelling. */
export interface SpelledQuery {
  /** The query to search. */
  readonly query: Query
  /** What was corrected, word by word; empty when nothing was. */
  readonly changes: readonly Change[]
  /** Another query to offer. */
  readonly didYouMean: string | null
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * Corrects the words that neither the index nor the language knows, and offers what is less certain. Words that name a
 * brick, numbers of firms, and what the reader wants as typed (`literal`) are left alone.
 */
export const spellQuery = async (engine: Searcher, query: Query): Promise<SpelledQuery> => {
  const unchanged = { query, changes: [], didYouMean: null }
  const { siren, bricks, place } = understand(query.text, query.literal)
  if (siren !== undefined) return unchanged
  const settled = bricks.filter(brick => brick.via !== 'guess').map(brick => folded(brick.span))
  const kept = [...settled, ...(place ? [folded(place.span)] : []), ...(query.literal ?? []).map(folded)]
  const questions = spellingQuestions(query.text).filter(word => !kept.some(text => text.includes(folded(word))))
  if (questions.length === 0) return unchanged
  const { corrected, didYouMean } = spellingOf(query.text, await engine.corrections(questions))
  return {
    query: corrected ? { ...query, text: corrected.text } : query,
    changes: corrected?.changes ?? [],
    didYouMean: didYouMean ?? null,
  }
}
