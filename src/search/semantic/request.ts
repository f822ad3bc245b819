import { MAX_DIMENSION, readAnswer } from './answer.ts'
import { EncoderAnswerError, EncoderError, EncoderRefusedError, EncoderUnavailableError } from './encoder-errors.ts'
import { resolvesPrivately } from './private-host.ts'
import type { SemanticSettings } from './settings.ts'

/** One request to the endpoint: texts → vectors, or a named error. */

export interface EmbeddingRequest {
  readonly model: string
  readonly texts: readonly string[]
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/** A number takes at most 25 characters of JSON ("-1.2345678901234567e-308,"). */
const MAX_BYTES_A_VECTOR = 25 * MAX_DIMENSION
const MAX_BYTES_BESIDE = 64 * 1024

type Format = 'base64' | 'float'

const statusError = (status: number): EncoderError => {
  const perhapsTheTexts = [400, 413, 422, 500].includes(status)
  if (status === 408 || status === 429 || status >= 500) {
    const message = `The embeddings endpoint answers with status ${status}`
    return new EncoderUnavailableError('overloaded', message, { perhapsTheTexts })
  }
  // A redirect could lead out of the private network, and would take the query and the key along.
  const remedy =
    status < 400
      ? 'it redirects, which is not followed: set EMBEDDINGS_URL to the final address'
      : 'check EMBEDDINGS_URL, EMBEDDINGS_MODEL and EMBEDDINGS_KEY'
  const message = `The embeddings endpoint refuses with status ${status}: ${remedy}`
  return new EncoderRefusedError('refused', message, { perhapsTheTexts })
}

const readBounded = async (response: Response, maxBytes: number): Promise<string> => {
  const parts: Uint8Array[] = []
  let size = 0
  // Leaving the loop by an error cancels the rest.
  for await (const part of response.body ?? []) {
    size += part.byteLength
    if (size > maxBytes) {
      throw new EncoderAnswerError('nonsense', `The embeddings endpoint answers more than ${maxBytes} bytes`)
    }
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

const send = async (
  settings: SemanticSettings,
  { model, texts }: EmbeddingRequest,
  format: Format,
  signal: AbortSignal,
): Promise<Float32Array[]> => {
  const response = await fetch(settings.endpoint, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(settings.key !== '' && { authorization: `Bearer ${settings.key}` }),
    },
    body: JSON.stringify({ model, input: texts, encoding_format: format }),
    signal,
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw statusError(response.status)
  }
  return readAnswer(await readBounded(response, MAX_BYTES_BESIDE + texts.length * MAX_BYTES_A_VECTOR), texts.length)
}

/** Rejects when the signal says so, whatever `work` does: name resolution cannot be stopped. */
const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })

const refusePublic = async ({ endpoint, mayLeave }: SemanticSettings, signal: AbortSignal): Promise<void> => {
  if (mayLeave || (await unlessAborted(resolvesPrivately(endpoint.hostname), signal))) return
  throw new EncoderRefusedError(
    'refused',
    `${endpoint.hostname} resolves to a public address: nothing was sent. Set EMBEDDINGS_URL to a local endpoint`,
  )
}

/** The code of a failed connection, which `fetch` hides in the cause. */
const reasonOf = (error: unknown): string => {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') return each.code
  }
  return 'the connection broke'
}

const translated = (error: unknown, { timeoutMs, signal }: EmbeddingRequest, timeout: AbortSignal): unknown => {
  if (error instanceof EncoderError) return error
  if (signal?.aborted) return signal.reason
  if (timeout.aborted) {
    return new EncoderUnavailableError('slow', `The embeddings endpoint did not answer within ${timeoutMs} ms`)
  }
  return new EncoderUnavailableError('unreachable', `The embeddings endpoint cannot be reached: ${reasonOf(error)}`, {
    cause: error,
  })
}

/**
 * Asks the endpoint once; `timeoutMs` covers all of it. Rejects with an `EncoderError`, or with the signal's reason.
 * Vectors are asked for in base64, a quarter of the size; a server that refuses that is asked for plain numbers.
 */
export const createRequest = (settings: SemanticSettings) => {
  let format: Format = 'base64'
  return async (request: EmbeddingRequest): Promise<Float32Array[]> => {
    const timeout = AbortSignal.timeout(request.timeoutMs)
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout
    try {
      signal.throwIfAborted()
      await refusePublic(settings, signal)
      try {
        return await send(settings, request, format, signal)
      } catch (error) {
        if (format === 'float' || !(error instanceof EncoderRefusedError) || !error.perhapsTheTexts) throw error
        const vectors = await send(settings, request, 'float', signal)
        format = 'float'
        return vectors
      }
    } catch (error) {
      throw translated(error, request, timeout)
    }
  }
}
