import { parseSiren } from '../../model/siren.ts'
import { EngineTroubleError, EngineUnavailableError, type RefusedProfile } from '../engine.ts'
import { type BulkFailure, type PreparedAction, sendBulk } from './bulk.ts'
import { type Cluster, ClusterError } from './client.ts'
import { pause, type RetryPolicy } from './retry.ts'
import { isReadOnly, readOnlyTrouble, troubleOf } from './trouble.ts'

export interface DeliveryOptions {
  readonly policy: RetryPolicy
  readonly refresh?: boolean
  readonly wait?: typeof pause
}

const TOO_LARGE = 413
/** A document that the mapping does not take. Every other status may be another one at the next try. */
const REFUSED = [400, TOO_LARGE]

const keyOf = ({ index, id }: { readonly index: string; readonly id: string }): string => `${index}/${id}`

type Sent = { readonly failures: readonly BulkFailure[] } | { readonly trouble: EngineTroubleError }

const send = async (
  cluster: Cluster,
  actions: readonly PreparedAction[],
  { policy: _, wait: __, ...options }: DeliveryOptions,
): Promise<Sent | 'too large'> => {
  try {
    return { failures: await sendBulk(cluster, actions, options) }
  } catch (error) {
    if (error instanceof ClusterError && error.status === TOO_LARGE) return 'too large'
    const trouble = troubleOf(error)
    if (!trouble?.passes) throw trouble ?? error
    return { trouble }
  }
}

const inHalves = async (cluster: Cluster, actions: readonly PreparedAction[], options: DeliveryOptions) => {
  const [first] = actions
  if (first && actions.length === 1)
    return [{ index: first.index, id: first.id, status: TOO_LARGE, reason: 'larger than the cluster takes' }]
  const middle = Math.ceil(actions.length / 2)
  return [
    ...(await deliver(cluster, actions.slice(0, middle), options)),
    ...(await deliver(cluster, actions.slice(middle), options)),
  ]
}

/** Throws for failures that concern the whole index and not a document. */
const refuseBlocked = (failures: readonly BulkFailure[]): void => {
  const blocked = failures.find(({ status, reason }) => isReadOnly(status, reason))
  if (blocked) throw readOnlyTrouble(new Error(`${blocked.id} in ${blocked.index}: ${blocked.reason}`))
}

/**
 * Sends actions until each is acknowledged or refused for good, and returns the refused ones: what is sent is what is
 * acknowledged and what is returned. Actions that fail for the moment are sent again, alone, after a pause; a request
 * that got no answer is sent again whole, since actions of the same id have the same end. Throws an
 * `EngineTroubleError` when the tries are used up, or at once when only the operator can help.
 */
export const deliver = async (
  cluster: Cluster,
  actions: readonly PreparedAction[],
  options: DeliveryOptions,
): Promise<readonly BulkFailure[]> => {
  const { policy, wait = pause } = options
  const refused: BulkFailure[] = []
  let left = actions
  for (let attempt = 1; left.length > 0; attempt++) {
    const sent = await send(cluster, left, options)
    if (sent === 'too large') return [...refused, ...(await inHalves(cluster, left, options))]
    let trouble = 'trouble' in sent ? sent.trouble : undefined
    if ('failures' in sent) {
      const { failures } = sent
      refuseBlocked(failures)
      refused.push(...failures.filter(({ status }) => REFUSED.includes(status)))
      const passing = failures.filter(({ status }) => !REFUSED.includes(status))
      const [first] = passing
      if (!first) return refused
      const again = new Set(passing.map(keyOf))
      left = left.filter(action => again.has(keyOf(action)))
      trouble = new EngineTroubleError('busy', `the cluster does not take documents now (${first.status})`, {
        cause: new Error(`${first.id} in ${first.index}: ${first.reason}`),
      })
    }
    if (trouble && attempt >= policy.attempts) throw trouble
    await wait(policy, attempt, trouble?.retryAfterMs)
  }
  return refused
}

/** The profile of a failure in the index of profiles, whose documents are named by their SIREN. */
export const refusedProfile = ({ id, reason }: BulkFailure): RefusedProfile => {
  const siren = parseSiren(id)
  if (!siren) throw new EngineUnavailableError(`_bulk: ${id} is no SIREN`)
  return { siren, reason }
}
