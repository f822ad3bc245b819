import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '../model/language.ts'
import type { Status } from '../model/status.ts'
import type { PageContext } from '../views/pages.ts'
import { neutralPath } from './negotiate.ts'
import type { Services } from './services.ts'

/** What every view is given besides its subject. */
export const pageContext = (
  { config }: Services,
  request: FastifyRequest,
  language: Language,
  status: Status,
): PageContext => ({
  language,
  path: neutralPath(request.url),
  status,
  baseUrl: config.publicUrl === '' ? undefined : config.publicUrl,
})

/** Pages are asked for again at each visit, so that a new import shows at once; no cache keeps what was searched. */
export type Caching = 'no-cache' | 'no-store'

export const sendPage = (
  reply: FastifyReply,
  language: Language,
  html: string,
  caching: Caching = 'no-cache',
): FastifyReply =>
  reply.headers({ 'content-language': language, 'cache-control': caching }).type('text/html; charset=utf-8').send(html)

/** Heads an API answer whose labels are in the language of `Accept-Language`. */
export const headAnswer = (reply: FastifyReply, language: Language, caching: Caching): void => {
  reply.headers({ 'content-language': language, vary: 'accept-language', 'cache-control': caching })
}
