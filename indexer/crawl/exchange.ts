import type { Dispatcher } from 'undici'
import { createByteSink } from './byte-sink.ts'
import { FetchFault, type FetchStage, faultOf } from './fetch-errors.ts'
import type { FetchLimits } from './limits.ts'

/** The headers of an answer, names in lower case; one sent more than once has an array. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** One answer to one request, its body as it was sent. */
export interface Answer {
  readonly status: number
  readonly headers: AnswerHeaders
  readonly wire: Uint8Array<ArrayBuffer>
  /** The body had more than `maxWireBytes`. */
  readonly cut: boolean
}

export interface ExchangeOptions {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly limits: FetchLimits
  readonly maxWireBytes: number
  /** What is left of the total time, milliseconds. */
  readonly budgetMs: number
  /** Whether the body is wanted, known from the headers; may throw a `FetchFault`. Otherwise the connection is closed at once. */
  readonly wants: (status: number, headers: AnswerHeaders) => boolean
  readonly signal?: AbortSignal | undefined
}

const NO_BYTES = new Uint8Array(0)

/**
 * Sends one GET and reads its answer. Rejects with a `FetchFault`, or with the signal's reason. undici's own timers are off: its header
 * timer starts anew with each informational answer, and both may be a second late.
 */
export const exchange = (dispatcher: Dispatcher, options: ExchangeOptions): Promise<Answer> => {
  const { url, limits, budgetMs, signal } = options
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  let stage: FetchStage = 'connect'
  let abort: ((reason: Error) => void) | undefined
  let settled = false
  let stageTimer: NodeJS.Timeout | undefined
  const started = { status: 0, headers: {} as AnswerHeaders }
  const sink = createByteSink(options.maxWireBytes)

  const settle = (end: () => void): void => {
    if (settled) return
    settled = true
    clearTimeout(totalTimer)
    clearTimeout(stageTimer)
    signal?.removeEventListener('abort', onAbort)
    end()
  }
  const stop = (end: () => void): void => {
    settle(end)
    abort?.(new FetchFault('connection-reset', 'stopped by the fetcher'))
  }
  const timeOut = (reason: 'headers-timeout' | 'body-timeout' | 'total-timeout', ms: number): NodeJS.Timeout =>
    setTimeout(() => stop(() => reject(new FetchFault(reason, `${ms} ms`))), ms)
  const onAbort = (): void => stop(() => reject(signal?.reason))
  const totalTimer = timeOut('total-timeout', Math.max(0, Math.ceil(budgetMs)))

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(controller) {
      // Settled while it still waited for its connection: nothing may be sent now.
      if (settled) return controller.abort(new FetchFault('connection-reset', 'stopped by the fetcher'))
      abort = reason => controller.abort(reason)
      stage = 'headers'
      stageTimer = timeOut('headers-timeout', limits.headersMs)
    },
    onResponseStart(_controller, status, headers) {
      if (settled || status < 200) return
      clearTimeout(stageTimer)
      stage = 'body'
      Object.assign(started, { status, headers })
      if (!options.wants(status, headers)) return stop(() => resolve({ ...started, wire: NO_BYTES, cut: false }))
      stageTimer = timeOut('body-timeout', limits.bodyIdleMs)
    },
    onResponseData(_controller, chunk) {
      if (settled) return
      stageTimer?.refresh()
      if (!sink.push(chunk)) stop(() => resolve({ ...started, wire: sink.take(), cut: true }))
    },
    onResponseEnd() {
      settle(() => resolve({ ...started, wire: sink.take(), cut: false }))
    },
    onResponseError(_controller, error) {
      settle(() => reject(faultOf(error, stage)))
    },
  }

  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted === true) onAbort()
  else {
    const path = `${url.pathname}${url.search}`
    dispatcher.dispatch({ origin: url.origin, path, method: 'GET', headers: options.headers }, handler)
  }
  return promise
}
