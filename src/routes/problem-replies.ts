import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Failure, failureOf, NotFoundError } from '../errors.ts'
import { errorPage } from '../views/pages.ts'
import { languageOf, neutralPath, wantsJson } from './negotiate.ts'
import type { App, Services } from './services.ts'
import type { StatusReader } from './status-reader.ts'

/** How failures are sent: problem details to programs, a page to people, in the language of the request. */

/** The reference that a reader can give, and the operator find: the request's id, as the log has it. */
const withReference = ({ problem }: Failure, request: FastifyRequest) =>
  problem.status === 500 ? { ...problem, instance: `urn:uuid:${request.id}` } : problem

export type SendProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply

/**
 * Answers every failure of every route. Synchronous throughout: a search that was stopped for being late rejects just
 * after its 503 is sent, and must find the answer given.
 */
export const registerProblemReplies = (app: App, services: Services, status: StatusReader): SendProblem => {
  const { config, indexRepair } = services
  const send: SendProblem = (error, request, reply) => {
    const language = languageOf(request)
    const failure = failureOf(error, language, indexRepair?.state())
    const problem = withReference(failure, request)
    if (failure.unexpected) request.log.error({ err: error }, 'request failed')
    if (failure.retryAfter !== undefined) reply.header('retry-after', failure.retryAfter)
    reply.code(problem.status).headers({ 'content-language': language, 'cache-control': 'no-store' })
    if (wantsJson(request)) return reply.type('application/problem+json; charset=utf-8').send(JSON.stringify(problem))
    const reference = problem.instance === undefined ? '' : ` (${request.id})`
    const page = errorPage(
      { language, path: neutralPath(request.url), status: status.latest(), baseUrl: config.publicUrl || undefined },
      { status: problem.status, title: problem.title, detail: problem.detail + reference },
    )
    return reply.type('text/html; charset=utf-8').send(page)
  }
  app.setErrorHandler(send)
  app.setNotFoundHandler((request, reply) => send(new NotFoundError(), request, reply))
  return send
}
