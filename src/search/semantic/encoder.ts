import { setTimeout as wait } from 'node:timers/promises'
import { type BreakerOptions, createBreaker } from './breaker.ts'
import { EncoderUnavailableError } from './encoder-errors.ts'
import { createQueryCache } from './query-cache.ts'
import { createRequest } from './request.ts'
import type { SemanticSettings } from './settings.ts'

type Options = { readonly signal?: AbortSignal | undefined }

/** Texts → vectors of length 1, by an OpenAI-compatible endpoint. */
export interface Encoder {
  readonly model: string
  /** All that the vectors depend on, as far as settings say it: vectors of another identity cannot be compared. */
  readonly identity: string
  /**
   * The vector of a query: one try, within the time-out, never logged or stored. Rejects with an `EncoderError`, at
   * once while the endpoint is left alone; or with the signal's reason.
   */
  query(text: string, options?: Options): Promise<Float32Array>
  /** Vectors for background work: small batches, tried again, after the queries under way. Rejects as `query` does. */
  embed(kind: 'query' | 'passage', texts: readonly string[], options?: Options): Promise<Float32Array[]>
  /** Why queries are not sent to the endpoint now; `undefined` when they are. */
  paused(): string | undefined
}

export interface EncoderOptions {
  readonly breaker?: BreakerOptions
  /** Pauses before background work tries again. */
  readonly retryDelaysMs?: readonly number[]
  readonly backgroundTimeoutMs?: number
}

/**
 * A batch may hold a query up where the endpoint does one thing at a time: 2,000 characters took a 4-bit e5-small on
 * two cores 0.3 s, 20,000 took it 4 to 7 s.
 */
const MAX_BATCH_TEXTS = 8
const MAX_BATCH_CHARACTERS = 2000

/** Steady queries delay background work so long at most. */
const MAX_COURTESY_MS = 5000
const COURTESY_STEP_MS = 20

/** Consecutive texts within the limits of a batch; one text longer than that is a batch of its own. */
const batchesOf = (texts: readonly string[]): string[][] => {
  const batches: string[][] = []
  let characters = Number.POSITIVE_INFINITY
  for (const text of texts) {
    const last = batches.at(-1)
    if (last && last.length < MAX_BATCH_TEXTS && characters + text.length <= MAX_BATCH_CHARACTERS) {
      last.push(text)
      characters += text.length
    } else {
      batches.push([text])
      characters = text.length
    }
  }
  return batches
}

const prefixed = (prefix: string, text: string): string => (prefix === '' ? text : `${prefix} ${text}`)

/** A lone surrogate cannot be sent as UTF-8, and some servers refuse the JSON escape that stands for it. */
const sendable = (text: string): string => text.toWellFormed()

export const createEncoder = (settings: SemanticSettings, options: EncoderOptions = {}): Encoder => {
  const { retryDelaysMs = [500, 2000], backgroundTimeoutMs = 60_000 } = options
  const request = createRequest(settings)
  const breaker = createBreaker(options.breaker)
  const cache = createQueryCache()
  let queriesUnderWay = 0

  const ask = (kind: 'query' | 'passage', texts: readonly string[], timeoutMs: number, { signal }: Options) => {
    const model = kind === 'query' ? settings.queryModel : settings.model
    const prefix = kind === 'query' ? settings.queryPrefix : settings.passagePrefix
    return request({ model, texts: texts.map(text => sendable(prefixed(prefix, text))), timeoutMs, signal })
  }

  const letQueriesPass = async ({ signal }: Options): Promise<void> => {
    const until = performance.now() + MAX_COURTESY_MS
    while (queriesUnderWay > 0 && performance.now() < until) {
      await wait(COURTESY_STEP_MS, undefined, { signal })
    }
  }

  const persist = async (kind: 'query' | 'passage', batch: readonly string[], options: Options) => {
    for (const delayMs of retryDelaysMs) {
      await letQueriesPass(options)
      try {
        return await ask(kind, batch, backgroundTimeoutMs, options)
      } catch (error) {
        if (!(error instanceof EncoderUnavailableError)) throw error
        await wait(delayMs, undefined, { signal: options.signal })
      }
    }
    await letQueriesPass(options)
    return ask(kind, batch, backgroundTimeoutMs, options)
  }

  return {
    model: settings.model,
    identity: JSON.stringify([settings.model, settings.passagePrefix, settings.queryModel, settings.queryPrefix]),
    paused: breaker.paused,
    async query(text, options = {}) {
      const known = cache.get(text)
      if (known) return known
      queriesUnderWay++
      try {
        const [vector] = await breaker.run(() => ask('query', [text], settings.timeoutMs, options))
        cache.set(text, vector as Float32Array)
        return vector as Float32Array
      } finally {
        queriesUnderWay--
      }
    },
    async embed(kind, texts, options = {}) {
      const vectors: Float32Array[] = []
      for (const batch of batchesOf(texts)) vectors.push(...(await persist(kind, batch, options)))
      return vectors
    },
  }
}
