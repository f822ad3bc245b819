import { Type } from 'typebox'
import { checker } from './check.ts'

/** What differs between the servers that this engine runs on. */
export interface Server {
  readonly product: 'elasticsearch' | 'opensearch'
  readonly version: string
  /**
   * Lucene's BM25 leaves out the constant factor k1 + 1; Elasticsearch and OpenSearch 2 multiply by it again,
   * OpenSearch 3 does not. Weights are divided by it, so that all of them score as the embedded engine.
   */
  readonly scoreFactor: number
  /** Named queries inside `inner_hits` come with their scores; OpenSearch gives NaN, where explanations serve instead. */
  readonly scoresInnerHits: boolean
}

const Root = checker(
  Type.Object({ version: Type.Object({ number: Type.String(), distribution: Type.Optional(Type.String()) }) }),
  'GET /',
)

const K1_PLUS_1 = 2.2

/** Reads the answer of `GET /`. */
export const readServer = (answer: unknown): Server => {
  const { number, distribution } = Root(answer).version
  const isOpenSearch = distribution === 'opensearch'
  const major = Number.parseInt(number, 10)
  return {
    product: isOpenSearch ? 'opensearch' : 'elasticsearch',
    version: number,
    scoreFactor: isOpenSearch && major >= 3 ? 1 : K1_PLUS_1,
    scoresInnerHits: !isOpenSearch,
  }
}
