import { Type } from 'typebox'
import { EngineUnavailableError } from '../engine/engine.ts'
import { UNDER_PRESSURE_EXEMPT } from './limits.ts'
import type { App, Services } from './services.ts'

const Live = Type.Object({ status: Type.Literal('live') }, { description: 'Le processus répond.' })
const Readiness = Type.Object(
  {
    status: Type.Union([Type.Literal('ready'), Type.Literal('not ready')]),
    reasons: Type.Array(Type.String(), { description: 'Ce qui manque, en anglais, pour l’exploitant.' }),
  },
  { description: 'Si une recherche peut aboutir, et sinon pourquoi.' },
)

/** Why the service cannot search yet; empty when it can. */
const missing = async ({ engine, catalogue }: Services): Promise<string[]> => {
  const reasons: string[] = []
  try {
    catalogue.counts()
  } catch {
    reasons.push('the catalogue cannot be read: see the log')
  }
  try {
    await engine.state()
  } catch (error) {
    const known = error instanceof EngineUnavailableError
    reasons.push(known ? 'the engine has no index: run "npm run index"' : 'the engine fails: see the log')
  }
  return reasons
}

/** `GET /health/live` (the process answers) and `GET /health/ready` (a search can be answered). */
export const healthRoutes = (app: App, services: Services) => {
  const common = { tags: ['health'] }

  app.get(
    '/health/live',
    {
      ...UNDER_PRESSURE_EXEMPT,
      schema: { ...common, operationId: 'live', summary: 'Le processus répond', response: { 200: Live } },
    },
    async () => ({ status: 'live' as const }),
  )

  app.get(
    '/health/ready',
    {
      ...UNDER_PRESSURE_EXEMPT,
      schema: {
        ...common,
        operationId: 'ready',
        summary: 'Une recherche peut aboutir',
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const reasons = await missing(services)
      return reply
        .code(reasons.length === 0 ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ status: reasons.length === 0 ? 'ready' : 'not ready', reasons })
    },
  )
}
