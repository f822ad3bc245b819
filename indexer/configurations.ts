import { ALL_STAGES, type Stages } from '../src/search/rank.ts'
import { WEIGHTS } from '../src/search/weights.ts'

/** The configurations that `evaluate --compare` puts side by side: from plain BM25 up, then all but one stage. */
export interface Configuration {
  readonly name: string
  readonly stages: Stages
  /** The words of the query are corrected first. */
  readonly spelling: boolean
}

const configuration = (name: string, stages: Partial<Stages>, spelling = false): Configuration => ({
  name,
  stages: { ...ALL_STAGES, ...stages },
  spelling,
})

const noForms = { ...WEIGHTS, exact: 0, phrase: 0 }
const plain = { weights: noForms, bricks: false, minimum: false, priors: false }

export const CONFIGURATIONS: readonly Configuration[] = [
  configuration('plain per-field BM25', plain),
  configuration('+ exact forms', { ...plain, weights: { ...WEIGHTS, phrase: 0 } }),
  configuration('+ phrases', { ...plain, weights: WEIGHTS }),
  configuration('+ bricks', { ...plain, weights: WEIGHTS, bricks: true }),
  configuration('+ minimum of words', { priors: false }),
  configuration('+ priors', {}),
  configuration('+ spelling: all', {}, true),
  configuration('all but bricks', { bricks: false }, true),
  configuration('all but minimum', { minimum: false }, true),
  configuration('all but exact forms and phrases', { weights: noForms }, true),
]
