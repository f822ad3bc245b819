import { Type } from 'typebox'
import { EngineTroubleError, EngineUnavailableError, IndexDamagedError } from '../engine/engine.ts'
import type { IndexRepairState } from '../model/status.ts'
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

/** What is done about a damaged index. */
const repairReason = ({ state, progress, nextTry }: IndexRepairState): string => {
  if (state === 'manual') return 'the index is damaged: run "npm run index"'
  if (state === 'waiting')
    return `the index is damaged and could not be rebuilt: tried again at ${nextTry ?? 'once'}, see the log`
  return `the index is damaged: it is being rebuilt from the catalogue (${Math.floor(100 * (progress ?? 0))} %)`
}

/** Why the service cannot search yet; empty when it can. */
const missing = async ({ engine, catalogue, indexRepair }: Services): Promise<string[]> => {
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
    const repair = error instanceof IndexDamagedError ? indexRepair?.state() : undefined
    if (error instanceof EngineTroubleError) reasons.push(error.message)
    else if (repair) reasons.push(repairReason(repair))
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
      // Searches go on while changes wait, or with a part of the index damaged: ready, with what is amiss.
      const trouble = isReady && services.syncTrouble?.()
      const repair = isReady ? services.indexRepair?.state() : undefined
      if (trouble) reasons.push(`changes wait: ${trouble}`)
      if (repair) reasons.push(repairReason(repair))
      return reply
        .code(isReady ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ status: isReady ? 'ready' : 'not ready', reasons })
    },
  )
}
