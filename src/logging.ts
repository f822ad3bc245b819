import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import type { Config } from './config.ts'

/**
 * What is logged of a request: its id, method, route pattern, status and time. Never the address asked for, which
 * holds the query, nor who asked: no search can be traced from the logs.
 */
export class RequestLog extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(_error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const line = {
      method: request.method,
      route: routePattern(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    }
    request.log.info(line, 'request')
  }

  override routeNotFound(): void {}
}

const routePattern = (request: FastifyRequest): string => request.routeOptions.url ?? 'none'

/** Fastify's own `req` and `res` fields hold the address and the reader's IP: these replace them. */
export const loggerOptions = (config: Pick<Config, 'logLevel'>) => ({
  level: config.logLevel,
  serializers: {
    req: (request: FastifyRequest) => ({ method: request.method, route: routePattern(request) }),
    res: (reply: { readonly statusCode?: number }) => ({ status: reply.statusCode ?? 0 }),
  },
})
