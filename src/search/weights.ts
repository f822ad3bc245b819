import type { Weights } from '../engine/engine.ts'

/**
 * What each kind of match counts for. The start values of relevance.md, kept because `npm run evaluate` on the
 * question set of `cnil_faq` (nDCG@10) falls when one is taken away; the figures stand in `ARCHITECTURE.md`.
 */
export const WEIGHTS: Weights = {
  // A name is short and says little of what a firm does, but who types it wants that firm.
  fields: { name: 3, tags: 2, tagline: 2, description: 1, passages: 0.5 },
  exact: 0.3,
  phrase: 0.3,
}

/** How many of the best lexical candidates the last step may reorder. */
export const RERANKED = 300

/**
 * Fewer answers than this, and fewer concepts are asked for. Three or more words: half a page; on `cnil_faq` 20
 * gave no more than 10 does. Two words: a handful of exact answers is better than sixty that have
 * one of them (1, 3 and 5 measured the same).
 */
export const enoughResults = (concepts: number): number => (concepts <= 2 ? 3 : 10)

/**
 * Of `concepts` asked for, how many a supplier must match: all of one or two, half of more. A longer query is a
 * sentence, whose verbs no profile repeats: on `cnil_faq` asking for all but one of three or four gave nDCG@10 .703,
 * half gives .707, and no minimum at all .725 with five times as many answers.
 */
export const requiredConcepts = (concepts: number): number => (concepts <= 2 ? concepts : Math.ceil(concepts / 2))
