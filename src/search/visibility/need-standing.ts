import { brickLabel } from '../../model/bricks.ts'
import type { Fact } from '../../model/fact.ts'
import type { Language } from '../../model/language.ts'
import type { Supplier } from '../../model/supplier.ts'
import type { NeedStanding } from '../../model/visibility.ts'
import { explain } from '../explain.ts'
import { evidenceOf } from './evidence.ts'
import type { NeedQuery } from './need-queries.ts'
import type { ProfileWords } from './profile-words.ts'
import type { RankedQuery } from './rank-query.ts'
import { placeOf } from './standing.ts'

const HUNDREDTH = 100

/** A profile as a mirror reads it. */
export interface Mirrored {
  /** As it is indexed. */
  readonly supplier: Supplier
  readonly facts: readonly Fact[]
  readonly words: ProfileWords
}

/** One need as it was ranked: the place of the firm, its evidence, and what it lacks. */
export const needStanding = (
  { text, brick, relation, of }: NeedQuery,
  ranked: RankedQuery,
  { supplier, facts, words }: Mirrored,
  language: Language,
): NeedStanding => {
  const { ranking } = ranked
  const { rank, standing, candidate, minimum, missing } = placeOf(supplier.siren, words, ranked)
  const [first] = ranking.candidates
  const scored = candidate && explain(candidate, ranking.understanding, language)
  const evidence = candidate && evidenceOf(supplier, facts, ranking.understanding, candidate.passage, 'brick')
  const behind = candidate && first ? first.finalScore - candidate.finalScore : undefined
  return {
    ...{ query: text, brick, label: brickLabel(brick, language), relation },
    ...(of !== undefined && { of }),
    ...{ rank, standing, total: ranking.total },
    ...(scored && { score: scored.score }),
    ...(behind !== undefined && { behindFirst: Math.round(behind * HUNDREDTH) / HUNDREDTH }),
    explanation: scored?.lines ?? [],
    ...(evidence && { evidence }),
    missing: [...missing],
    minimum,
  }
}
