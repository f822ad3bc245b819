import type { Siren } from '../../model/siren.ts'
import type { Supplier } from '../../model/supplier.ts'
import type { Generation, StoredChunk, VectorReader } from '../../store/vectors.ts'
import { type ChunkRef, chunksOf } from './chunks.ts'
import type { Encoder } from './encoder.ts'
import { EncoderError, type EncoderFault } from './encoder-errors.ts'
import { cosine } from './int8.ts'
import { createMatrix } from './matrix.ts'

/** How close in meaning a supplier is to a query. */
export interface Closeness {
  /** Cosine of the best chunk, less that chunk's mean cosine to unrelated queries. */
  readonly cosine: number
  /** The best chunk: `chunkText` gives its words. */
  readonly chunk: ChunkRef
}

/** Why there is no semantic score. `not-ready`: the profiles are still being embedded; `unreadable`: `vectors.db` fails. */
export type SemanticFault = EncoderFault | 'not-ready' | 'unreadable' | 'too-large'

/** Search goes on without: the page says so when it is `unavailable`. `detail` is for the operator, without the query. */
export type NoSemantic =
  | { readonly kind: 'off'; readonly reason: 'off' }
  | { readonly kind: 'unavailable'; readonly reason: SemanticFault; readonly detail: string }

export type SemanticScores = { readonly kind: 'ok'; readonly cosines: ReadonlyMap<Siren, Closeness> } | NoSemantic
export type SemanticNearest =
  | { readonly kind: 'ok'; readonly hits: readonly (Closeness & { readonly siren: Siren })[] }
  | NoSemantic

type Options = { readonly signal?: AbortSignal | undefined }

/** Closeness of meaning. Rejects only with the signal's reason: every failure of the endpoint is an answer. */
export interface Semantic {
  /** λ of `fuse`. */
  readonly weight: number
  /** The closeness of those suppliers; one without any text is absent. */
  scores(query: string, sirens: readonly Siren[], options?: Options): Promise<SemanticScores>
  /** The closest of all suppliers, for a query whose words find little: at most `limit` (≤ 300), the closest first. */
  nearest(query: string, limit: number, options?: Options): Promise<SemanticNearest>
}

/** Without an endpoint. */
export const semanticOff: Semantic = {
  weight: 0,
  scores: async () => ({ kind: 'off', reason: 'off' }),
  nearest: async () => ({ kind: 'off', reason: 'off' }),
}

export interface SemanticParts {
  readonly encoder: Pick<Encoder, 'identity' | 'query'>
  readonly vectors: VectorReader
  readonly weight: number
}

/**
 * With fewer of the candidates embedded than this, nobody gets points: a supplier must not fall behind because the
 * background work has not come to it yet.
 */
const ENOUGH_EMBEDDED = 0.9

const unavailable = (reason: SemanticFault, detail: string): NoSemantic => ({ kind: 'unavailable', reason, detail })
const NOT_READY = unavailable('not-ready', 'the profiles are still being embedded')

const refOf = ({ kind, position, passage }: StoredChunk): ChunkRef => ({
  position,
  kind: kind === 'description' || kind === 'passage' ? kind : 'profile',
  ...(passage !== undefined && { passage }),
})

const closest = (query: Float32Array, chunks: readonly StoredChunk[]): Closeness | undefined => {
  let best: Closeness | undefined
  for (const chunk of chunks) {
    const value = cosine(query, chunk) - chunk.hub
    if (best === undefined || value > best.cosine) best = { cosine: value, chunk: refOf(chunk) }
  }
  return best
}

/** The words of the chunk that was the closest; `undefined` when the profile has changed since. */
export const chunkText = (supplier: Supplier, { position, kind, passage }: ChunkRef): string | undefined => {
  const chunk = chunksOf(supplier)[position]
  return chunk?.kind === kind && chunk.passage === passage ? chunk.text : undefined
}

/** The semantic stage over an encoder and the vectors that background work has made with it. */
export const createSemantic = ({ encoder, vectors, weight }: SemanticParts): Semantic => {
  const matrix = createMatrix(vectors)

  const current = (): Generation | undefined => {
    const generation = vectors.generation()
    return generation?.identity === encoder.identity ? generation : undefined
  }

  /** `work` with the query's vector, or why there is none. */
  const withVector = async <T>(
    query: string,
    { signal }: Options,
    work: (vector: Float32Array) => T | NoSemantic | Promise<T | NoSemantic>,
  ): Promise<T | NoSemantic> => {
    try {
      const generation = current()
      if (generation === undefined) return NOT_READY
      const vector = await encoder.query(query, { signal })
      if (vector.length !== generation.dimension) {
        return unavailable('nonsense', `a query has ${vector.length} numbers, the profiles ${generation.dimension}`)
      }
      return await work(vector)
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      if (error instanceof EncoderError) return unavailable(error.fault, error.message)
      return unavailable('unreadable', `vectors.db cannot be used: ${error instanceof Error ? error.message : error}`)
    }
  }

  return {
    weight,
    scores: (query, sirens, options = {}) =>
      withVector(query, options, vector => {
        const chunks = vectors.chunksOf(sirens)
        if (chunks.size < sirens.length * ENOUGH_EMBEDDED) return NOT_READY
        const cosines = new Map<Siren, Closeness>()
        for (const [siren, each] of chunks) {
          const best = closest(vector, each)
          if (best) cosines.set(siren, best)
        }
        return { kind: 'ok', cosines }
      }),
    nearest: (query, limit, options = {}) =>
      withVector(query, options, async vector => {
        const progress = vectors.progress()
        // Later walks only bring up to date what is there.
        if (progress?.walk === 1 && progress.cursor !== undefined) return NOT_READY
        const hits = await matrix.nearest(vector, limit, options.signal)
        if (hits === 'too-large') return unavailable('too-large', 'there are too many vectors to compare them all')
        return { kind: 'ok', hits: hits.map(({ siren, cosine, chunk }) => ({ siren, cosine, chunk: refOf(chunk) })) }
      }),
  }
}
