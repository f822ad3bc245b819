import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

/** How a test reaches a server beside the product's own client. */
export interface Access {
  /** PEM of the authority that signed the server's certificate. */
  readonly ca?: string
  readonly authorization?: string
}

export interface Answer {
  readonly status: number
  /** The JSON of the answer, or its text where it is none. */
  readonly body: unknown
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** One request over a connection of its own. A string is sent as it stands (bulk lines), anything else as JSON. */
export const ask = (
  url: string,
  { ca, authorization }: Access = {},
  { method = 'GET', body, timeoutMs = 10_000 }: { method?: string; body?: unknown; timeoutMs?: number } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const lines = typeof body === 'string'
    const headers = {
      ...(authorization === undefined ? {} : { authorization }),
      ...(body === undefined ? {} : { 'content-type': lines ? 'application/x-ndjson' : 'application/json' }),
    }
    const options = { method, headers, agent: false, signal: AbortSignal.timeout(timeoutMs) }
    const request = url.startsWith('https:')
      ? requestHttps(url, { ...options, ...(ca === undefined ? {} : { ca }) })
      : requestHttp(url, options)
    request.once('error', reject)
    request.once('response', response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', chunk => {
        text += chunk
      })
      response.once('error', reject)
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: parse(text) }))
    })
    request.end(body === undefined || lines ? body : JSON.stringify(body))
  })
