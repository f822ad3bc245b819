import { Type } from 'typebox'
import { EngineTroubleError, EngineUnavailableError } from '../engine/engine.ts'
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
    if (error instanceof EngineTroubleError) reasons.push(error.message)
    else reasons.push(known ? 'the engine has no index: run "npm run index"' : 'the engine fails: see the log')
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
      const isReady = reasons.length === 0
      // Searches go on while changes wait: ready, with the reason why they are not shown.
      const trouble = isReady && services.syncTrouble?.()
      return reply
        .code(isReady ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ status: isReady ? 'ready' : 'not ready', reasons: trouble ? [`changes wait: ${trouble}`] : reasons })
    },
  )
}
