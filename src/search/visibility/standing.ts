import type { Siren } from '../../model/siren.ts'
import { MAX_RANK, type Minimum, type Standing } from '../../model/visibility.ts'
import type { RankedCandidate } from '../rank.ts'
import { type ProfileWords, requiredWords } from './profile-words.ts'
import type { RankedQuery } from './rank-query.ts'

/** Where one firm stands in a ranking. */
export interface Place {
  readonly rank: number | null
  readonly standing: Standing
  readonly candidate: RankedCandidate | undefined
  readonly minimum: Minimum
  /** The required words that the profile lacks. */
  readonly missing: readonly string[]
  /** The profile has words and bricks enough to answer, whatever place or number the query names. */
  readonly suffices: boolean
}

/** The place of a firm, with the words that it needs and has. */
export const placeOf = (siren: Siren, words: ProfileWords, { ranking }: RankedQuery): Place => {
  const at = ranking.candidates.slice(0, MAX_RANK).findIndex(candidate => candidate.siren === siren)
  const { of, held, missing, anything } = requiredWords(words, ranking.understanding)
  const minimum = { needed: Math.min(ranking.minimumMatch, of), of, held }
  const suffices = anything && held >= minimum.needed
  if (at >= 0)
    return { rank: at + 1, standing: 'ranked', candidate: ranking.candidates[at], minimum, missing, suffices }
  // All that answer were seen unless there are more than are ranked.
  const answers = suffices && ranking.total > MAX_RANK && !ranking.understanding.place
  const standing = answers ? 'beyond' : 'absent'
  return { rank: null, standing, candidate: undefined, minimum, missing, suffices }
}
