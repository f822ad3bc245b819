import { Status } from '../model/status.ts'
import { problemResponses } from './problem-responses.ts'
import type { App } from './services.ts'

/** `GET /api/status`: what a search looks through. */
export const statusRoutes = (app: App, status: () => Promise<Status>) => {
  app.get(
    '/api/status',
    {
      schema: {
        tags: ['status'],
        operationId: 'status',
        summary: 'Savoir ce qui est cherché',
        description: 'Les sources avec leurs dates, le nombre de fiches et l’état de l’index.',
        response: { 200: { ...Status, description: 'Les sources et l’index.' }, ...problemResponses(503) },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-cache')
      return status()
    },
  )
}
