import type { Weights } from '../engine/engine.ts'

/**
 * What each kind of match counts for: the best of ten settings on the tuning half of `seed/judgements` (real firms,
 * nDCG@10: .525 with name 3, tags 2, tagline 2, description 1, bricks 3; .584 with these). `ARCHITECTURE.md` has the
 * rest, and what exact forms, phrases and bricks gain on the held-out half.
 */
export const WEIGHTS: Weights = {
  // A name is short and says little of what a firm does, but who types it wants that firm.
  fields: { name: 2, tags: 1.5, tagline: 1.5, description: 2, passages: 0.5, bricks: 4 },
  exact: 0.3,
  phrase: 0.3,
}

/** How many of the best lexical candidates the last step may reorder. */
export const RERANKED = 300

/**
 * Fewer answers than this, and fewer concepts are asked for. Half a page for three or more words: on `cnil_faq` 20 gave
 * no more than 10 does. For two words, or a brick that is named, a handful of exact answers is better than sixty that
 * have one of the words (1, 3 and 5 measured the same).
 */
export const enoughResults = (concepts: number, namesBrick: boolean): number => (concepts <= 2 || namesBrick ? 3 : 10)

/**
 * Of `concepts` asked for, how many a supplier must match: all of one or two, two of up to six, a third of more. A
 * longer query is a sentence, whose verbs no profile repeats. nDCG@10 on `cnil_faq`: half .698, this .720, no minimum
 * .728 with three times as many answers; on our own needs they differ by less than .005.
 */
export const requiredConcepts = (concepts: number): number =>
  concepts <= 2 ? concepts : Math.max(2, Math.ceil(concepts / 3))

/** Of the points of a brick, what who supplies a narrower one gets; its square, two levels down. */
export const NARROWER_SHARE = 0.6

/** Points of the priors, as shares of the best lexical score: together at most 5 % (relevance.md §2). */
export const PRIORS = { completeness: 0.02, freshness: 0.02, labelled: 0.01 } as const

/** Share of its own points that a firm loses when a register says that it has ceased. */
export const CEASED_LOSS = 0.5

/** Share of its own points that a profile loses when it is nothing but keywords (`Priors.stuffing`). */
export const STUFFING_LOSS = 0.6
