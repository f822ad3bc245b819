import { contentCodings, decodeBody, isGzip } from './decode-body.ts'
import type { Answer, AnswerHeaders } from './exchange.ts'
import { FetchFault, outcomeOf } from './fetch-errors.ts'
import { byteLimits, headerText, isContent, type Journey, type Reached } from './journey.ts'
import type { FetchLimits } from './limits.ts'
import { declaredVerdict, isPage } from './media-type.ts'
import type { FetchOutcome } from './ports.ts'
import { retryAfterMs } from './retry-after.ts'

/** Cookies are left out: a session of nobody's, of no use and not ours to keep. */
const plainHeaders = (headers: AnswerHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name === 'set-cookie' ? [] : [[name, headerText(value) ?? '']],
    ),
  )

/** The end of an answer that is not the page. */
const outcomeOfStatus = ({ status, headers }: Answer, limits: FetchLimits): FetchOutcome => {
  if (status === 404 || status === 410) return { kind: 'gone', status }
  const detail = `HTTP ${status}`
  if (status === 429 || status >= 500) {
    const pauseMs = retryAfterMs(headerText(headers['retry-after']), limits.retryAfterMs)
    const outcome = outcomeOf(status === 429 ? 'rate-limited' : 'server-error', detail, status)
    return outcome.kind === 'failed' && pauseMs !== undefined ? { ...outcome, retryAfterMs: pauseMs } : outcome
  }
  if (status >= 400) return outcomeOf('client-error', detail, status)
  // 201, 202, 204, 205: no page yet. 206, 300, 304 and 305 answer something that was not asked.
  return outcomeOf(status < 206 ? 'empty-page' : 'protocol-error', detail, status)
}

/** The body as it is to be read, or a fault when it is no page. */
const readBody = async ({ purpose, limits }: Journey, { headers, wire, cut, status }: Answer) => {
  const contentType = headerText(headers['content-type'])
  if (declaredVerdict(contentType, purpose) === 'no') throw new FetchFault('not-html', contentType ?? '')
  const { decoded } = byteLimits(purpose, limits)
  const codings = contentCodings(headerText(headers['content-encoding']), limits.encodings)
  const body = await decodeBody(wire, codings, decoded, cut)
  if (purpose === 'sitemap' && isGzip(body.bytes)) return decodeBody(body.bytes, ['gzip'], decoded, body.truncated)
  if (purpose === 'page' && body.bytes.length === 0) throw new FetchFault('empty-page', `HTTP ${status} without a body`)
  if (purpose === 'page' && !isPage(body.bytes, contentType)) {
    throw new FetchFault('not-html', `${contentType ?? 'undeclared'}, but other by its first bytes`)
  }
  return body
}

/** What the last answer of a journey amounts to. Rejects with a `FetchFault` when its body is not what was sought. */
export const conclude = async (journey: Journey, url: string, { answer, finalUrl }: Reached): Promise<FetchOutcome> => {
  const { validators } = journey.options
  if (answer.status === 304 && validators !== undefined) {
    return { kind: 'not-modified', durationMs: Math.round(journey.spentMs) }
  }
  if (!isContent(answer.status)) return outcomeOfStatus(answer, journey.limits)
  const { bytes, truncated } = await readBody(journey, answer)
  return {
    kind: 'fetched',
    page: {
      url,
      finalUrl: finalUrl.href,
      status: answer.status,
      headers: plainHeaders(answer.headers),
      body: bytes,
      truncated,
      fetchedAt: new Date().toISOString(),
      durationMs: Math.round(journey.spentMs),
    },
  }
}
