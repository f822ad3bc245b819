import type { Siren } from '../../src/model/siren.ts'
import { parseAnswer, type RegisterAnswer } from './api-answer.ts'

/** How the service is spoken to. */
export interface ServiceOptions {
  /** Address of its search: "https://…/search". */
  readonly address: string
  readonly userAgent: string
  /** For the whole answer. */
  readonly timeoutMs: number
  /** Of the answer, decoded. One company is some 5 kB. */
  readonly maxBytes: number
}

/** How one request ends; none throws. */
export type Asked =
  | Extract<RegisterAnswer, { kind: 'found' | 'unknown' }>
  /** The service wants fewer requests. */
  | { readonly kind: 'busy'; readonly status: number; readonly retryAfterMs?: number }
  /** `passing`: worth asking again in a moment. */
  | { readonly kind: 'failed'; readonly reason: string; readonly passing: boolean }

const failed = (reason: string, passing: boolean): Asked => ({ kind: 'failed', reason, passing })

/** The wait that Retry-After asks for, in seconds or as a date (RFC 9110 §10.2.3). */
const retryAfterMs = (headers: Headers, now: number): number | undefined => {
  const text = headers.get('retry-after')?.trim() ?? ''
  const wait = /^[0-9]{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}

/** `minimal` and `include` leave head persons and accounts out of the answer: what is not sent cannot leak. */
const requestUrl = (address: string, siren: Siren): URL => {
  const url = new URL(address)
  url.search = new URLSearchParams({
    q: siren,
    minimal: 'true',
    include: 'siege,complements',
    per_page: '5',
  }).toString()
  return url
}

/** The body's text; `undefined` past `maxBytes`. */
const limitedText = async (response: Response, maxBytes: number): Promise<string | undefined> => {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    // Leaving the loop cancels the rest of the body.
    if (bytes > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const parseJson = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

const readAnswer = async (siren: Siren, response: Response, maxBytes: number): Promise<Asked> => {
  const text = await limitedText(response, maxBytes)
  if (text === undefined) return failed(`the answer is longer than ${maxBytes} bytes`, false)
  const json = parseJson(text)
  if (json === undefined) return failed('the answer is not JSON', true)
  const answer = parseAnswer(siren, json.value)
  return answer.kind === 'wrong' ? failed(answer.reason, false) : answer
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'the request failed'
  if (error.name === 'TimeoutError') return 'no answer in time'
  // fetch says "fetch failed" and keeps what happened in its cause.
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message
}

/** Asks the service once about a SIREN; `now` (epoch, ms) is what a dated Retry-After is counted from. */
export const ask = async (siren: Siren, service: ServiceOptions, now: number): Promise<Asked> => {
  try {
    const response = await fetch(requestUrl(service.address, siren), {
      headers: { accept: 'application/json', 'user-agent': service.userAgent },
      // The service answers by itself: what sends elsewhere is a fault, not a way.
      redirect: 'manual',
      signal: AbortSignal.timeout(service.timeoutMs),
    })
    const { status } = response
    if (status === 200) return await readAnswer(siren, response, service.maxBytes)
    await response.body?.cancel()
    const wait = retryAfterMs(response.headers, now)
    if (status === 429 || (status === 503 && wait !== undefined)) {
      return { kind: 'busy', status, ...(wait !== undefined && { retryAfterMs: wait }) }
    }
    return failed(`the service answered ${status}`, status >= 500)
  } catch (error) {
    return failed(reasonOf(error), true)
  }
}
