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
 * Fewer answers than this, and fewer concepts are asked for. Three or more words: half a page; on `cnil_faq` 5 gave
 * nDCG@10 .687, 10 gave .710 and 20 gave .707. Two words: a handful of exact answers is better than sixty that have
 * one of them (1, 3 and 5 measured the same).
 */
export const enoughResults = (concepts: number): number => (concepts <= 2 ? 3 : 10)

/**
 * Of `concepts` asked for, how many a supplier must match: all of one or two, all but one of three or four, half of
 * more. A longer query is a sentence, whose verbs no profile repeats: asking for 70 % of it gave .662 where half of it
 * gives .687 (`cnil_faq`, nDCG@10, before relaxation to `ENOUGH_RESULTS`).
 */
export const requiredConcepts = (concepts: number): number => {
  if (concepts <= 2) return concepts
  return concepts <= 4 ? concepts - 1 : Math.ceil(concepts / 2)
}
