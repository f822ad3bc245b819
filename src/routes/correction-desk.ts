import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Corrections, Proving, Refused, Submitted } from '../corrections/create-corrections.ts'
import { CorrectionRefusedError } from '../corrections/errors.ts'
import { EngineUnavailableError } from '../engine/engine.ts'
import { CORRECTION_LIMITS, type CorrectionStatus, PROOF_METHODS, type ProofMethod } from '../model/correction.ts'
import { languageOf } from './negotiate.ts'
import type { App, Services } from './services.ts'
import { leaving } from './tenders.ts'

/** What the API and the pages of corrections do alike, limits included. */

/** Of one address, corrections and sites together; and tries to show ownership, each of which asks the network. */
export const REQUESTS_PER_HOUR = 5
const PROOFS_PER_HOUR = 20
const HOUR_MS = 3_600_000

/** The JSON body of a try to show ownership. */
export const ProofBody = Type.Object(
  {
    method: Type.Unsafe<ProofMethod>(
      Type.Enum([...PROOF_METHODS], { description: 'mail : envoyer un lien ; dns, file : vérifier.' }),
    ),
    email: Type.Optional(
      Type.String({ maxLength: CORRECTION_LIMITS.mail, description: 'Pour mail : une adresse du domaine du site.' }),
    ),
  },
  { additionalProperties: false },
)
export type ProofBody = Static<typeof ProofBody>

/** The corrections as the routes use them. Failures are thrown as `CorrectionRefusedError`. */
export interface CorrectionDesk {
  corrections(): Corrections
  /** Makes a request; its secret. */
  make(request: FastifyRequest, make: (corrections: Corrections) => Submitted): Promise<string>
  status(id: string): CorrectionStatus
  prove(request: FastifyRequest, reply: FastifyReply, id: string, body: ProofBody): Promise<'sent' | 'shown'>
}

/** What no cache, search engine or other site may learn: the address of a request is its key. */
export const PRIVATE_HEADERS = { 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' }

const accepted = <T extends { readonly kind: string }>(outcome: T | Refused): Exclude<T, Refused> => {
  if ('reason' in outcome) throw new CorrectionRefusedError(outcome.reason, outcome.field)
  return outcome as Exclude<T, Refused>
}

/** Counts requests by address, and turns refusals into errors. */
export const createCorrectionDesk = (app: App, services: Services): CorrectionDesk => {
  const limit = (max: number) =>
    services.config.rateLimit > 0 ? app.createRateLimit({ max, timeWindow: HOUR_MS }) : undefined
  const requests = limit(REQUESTS_PER_HOUR)
  const proofs = limit(PROOFS_PER_HOUR)

  const corrections = (): Corrections => {
    if (services.corrections === undefined)
      throw new EngineUnavailableError('the service was built without corrections')
    return services.corrections
  }
  const count = async (request: FastifyRequest, limiter: typeof requests): Promise<void> => {
    const counted = await limiter?.(request)
    if (counted && !counted.isAllowed && counted.isExceeded)
      throw new CorrectionRefusedError('too-many-requests', '', counted.ttlInSeconds)
  }
  const status = (id: string): CorrectionStatus => {
    const found = corrections().status(id)
    if (found === undefined) throw new CorrectionRefusedError('no-request', 'id')
    return found
  }
  return {
    corrections,
    status,
    async make(request, make) {
      const service = corrections()
      await count(request, requests)
      return accepted(make(service)).secret
    },
    async prove(request, reply, id, { method, email = '' }) {
      status(id)
      await count(request, proofs)
      const proving = await corrections().prove(id, method, email, languageOf(request), leaving(reply))
      return accepted<Proving>(proving).kind
    },
  }
}
