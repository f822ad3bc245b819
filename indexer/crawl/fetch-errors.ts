import { errors } from 'undici'
import type { FetchOutcome, FetchReason } from './ports.ts'

/** A fetch that ends for a stated reason: thrown inside the fetcher, turned into an outcome at its edge. */
export class FetchFault extends Error {
  override readonly name = 'FetchFault'
  readonly reason: FetchReason
  readonly detail: string

  constructor(reason: FetchReason, detail: string, options?: ErrorOptions) {
    super(`${reason}: ${detail}`, options)
    this.reason = reason
    this.detail = detail
  }
}

/** How far an exchange had come when it broke. */
export type FetchStage = 'connect' | 'tls' | 'headers' | 'body'

/** Codes of Node and undici that mean the same whatever the stage. */
const REASON_OF_CODE: Readonly<Record<string, FetchReason>> = {
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'connection-refused',
  ENETUNREACH: 'connection-refused',
  EADDRNOTAVAIL: 'connection-refused',
  ETIMEDOUT: 'connect-timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  UND_ERR_HEADERS_OVERFLOW: 'headers-overflow',
}

/** Codes that only say that the connection ended: what was lost depends on the stage. */
const ENDED = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
])

/**
 * Whether undici's parser refused what the server said. It leaves these errors without a code, calls two lengths that contradict each
 * other a mismatch before any body came, and gives an answer nobody asked for (100, 101) only a message.
 */
const isBadHttp = (error: Error, stage: FetchStage): boolean =>
  error instanceof errors.HTTPParserError ||
  error.message === 'bad response' ||
  error.message === 'bad upgrade' ||
  (stage === 'headers' && error instanceof errors.ResponseContentLengthMismatchError)

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

const reasonOf = (error: Error, stage: FetchStage): FetchReason => {
  const code = codeOf(error)
  const known = REASON_OF_CODE[code]
  if (known !== undefined) return known
  if (isBadHttp(error, stage)) return 'protocol-error'
  if (ENDED.has(code)) return stage === 'body' ? 'truncated-body' : 'connection-reset'
  // During the handshake every other error is a verdict on the certificate or on TLS itself, under some sixty codes.
  return stage === 'tls' ? 'tls-error' : 'connection-reset'
}

/** The named reason of what Node or undici threw at a stage. */
export const faultOf = (error: unknown, stage: FetchStage): FetchFault => {
  if (error instanceof FetchFault) return error
  const cause = error instanceof Error ? error : new Error(String(error))
  const detail = [codeOf(cause), cause.message].filter(text => text !== '').join(' ')
  return new FetchFault(reasonOf(cause, stage), detail.slice(0, 300), { cause })
}

/** Reasons that may be otherwise in an hour; all others last until the site is changed. */
const PASSING: ReadonlySet<FetchReason> = new Set<FetchReason>([
  'host-not-found',
  'dns-timeout',
  'dns-failure',
  'connect-timeout',
  'connection-refused',
  'connection-reset',
  'tls-error',
  'headers-timeout',
  'body-timeout',
  'total-timeout',
  'truncated-body',
  'empty-page',
  'decoding-error',
  'rate-limited',
  'server-error',
])

/** The outcome a reason ends in: `failed` when it passes, else `excluded`. */
export const outcomeOf = (reason: FetchReason, detail: string, status?: number): FetchOutcome => ({
  kind: PASSING.has(reason) ? 'failed' : 'excluded',
  reason,
  detail,
  ...(status !== undefined && { status }),
})
