import type { FastifyRequest } from 'fastify'
import type { Dossiers, Draft, Frozen } from '../dossiers/dossiers.ts'
import { DossierRefusedError } from '../dossiers/errors.ts'
import { EngineUnavailableError } from '../engine/engine.ts'
import type { Status } from '../model/status.ts'
import { changesReader } from './dossier-changes.ts'
import { draftOf } from './dossier-draft.ts'
import type { DossierRequest } from './dossier-request.ts'
import { publicAddress } from './public-address.ts'
import type { App, Services } from './services.ts'

const HOUR_MS = 3_600_000
/** An index that is replaced each second is not waited for. */
const MOST_TRIES = 3

/** What both the API and the pages do with dossiers. */
export interface DossierDesk {
  readonly dossiers: () => Dossiers
  readonly freeze: (asked: DossierRequest, request: FastifyRequest, signal: AbortSignal) => Promise<Frozen>
  readonly changes: ReturnType<typeof changesReader>
}

/** The dossiers of a service; so many are made an hour and address. */
export const createDesk = (app: App, services: Services, status: () => Promise<Status>): DossierDesk => {
  const { config } = services
  const perHour = config.dossiersPerHour
  const count =
    perHour > 0 && config.rateLimit > 0 ? app.createRateLimit({ max: perHour, timeWindow: HOUR_MS }) : undefined
  const dossiers = (): Dossiers => {
    if (services.dossiers) return services.dossiers
    throw new EngineUnavailableError('the service was built without dossiers')
  }
  /** What is searched at this moment: the status that pages show may be a second old. */
  const currently = async (): Promise<Status> => {
    const known = await status()
    try {
      return { ...known, index: { ...known.index, ...(await services.engine.state()) } }
    } catch (error) {
      // A comparison needs no index.
      if (error instanceof EngineUnavailableError) return known
      throw error
    }
  }
  /** The answer with the index that gave it: asked again when another took its place meanwhile. */
  const answered = async (asked: DossierRequest, baseUrl: string, signal: AbortSignal): Promise<Draft> => {
    for (let tries = 1; ; tries++) {
      const before = await currently()
      const draft = await draftOf(services, asked, before, baseUrl, signal)
      const after = await currently()
      if (after.index.version === before.index.version || tries === MOST_TRIES) return draft
    }
  }
  return {
    dossiers,
    changes: changesReader(services, status),
    freeze: async (asked, request, signal) => {
      const counted = await count?.(request)
      if (counted && !counted.isAllowed && counted.isExceeded)
        throw new DossierRefusedError('too-many', { limit: perHour, retryAfter: counted.ttlInSeconds })
      return dossiers().freeze(await answered(asked, publicAddress(services, request), signal), signal)
    },
  }
}
