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

/** Fewer answers than this, and the words that must all be there become fewer. */
export const ENOUGH_RESULTS = 5

/** Of `concepts` asked for, how many a supplier must match: all of one or two, about 70 % of more (relevance.md §2). */
export const requiredConcepts = (concepts: number): number => (concepts <= 2 ? concepts : Math.round(concepts * 0.7))
