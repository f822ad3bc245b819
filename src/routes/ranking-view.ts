import { CEASED_LOSS, NARROWER_SHARE, PRIORS, requiredConcepts, STUFFING_LOSS, WEIGHTS } from '../search/weights.ts'
import type { RankingView } from '../views/pages.ts'

const SHOWN_CONCEPTS = 6

/** The table of weights as pages show it: the figures that the search layer uses, none written twice. */
export const RANKING: RankingView = {
  fields: WEIGHTS.fields,
  exact: WEIGHTS.exact,
  phrase: WEIGHTS.phrase,
  narrower: NARROWER_SHARE,
  ...PRIORS,
  ceased: CEASED_LOSS,
  stuffing: STUFFING_LOSS,
  required: Array.from({ length: SHOWN_CONCEPTS }, (_, index) => requiredConcepts(index + 1)),
}
