import { EngineTroubleError } from '../engine.ts'
import { CircuitBreaker, type CircuitBreakerOptions, type Verdict } from './circuit-breaker.ts'
import type { Call, Cluster } from './client.ts'
import { type RetryPolicy, retrying } from './retry.ts'
import { readServer } from './server.ts'
import { troubleOf } from './trouble.ts'

/** A cluster whose requests are refused at once while it fails, for a service; or tried again for long, for a build. */

const READS = /\/_(?:search|msearch|mget|count|analyze|explain|validate\/query)$/

/** Changes nothing, so that it may be sent twice. */
const isRead = ({ method, path }: Call): boolean => method === 'GET' || method === 'HEAD' || READS.test(path)

/** A reader who leaves sooner says nothing about the cluster; one whose patience ended does. */
const TOO_LONG_MS = 1000

const judge =
  (begun: number) =>
  (error: unknown): Verdict => {
    const trouble = troubleOf(error)
    if (trouble) return trouble.kind === 'read-only' ? 'works' : 'fails'
    const isAborted = error instanceof Error && (error.name === 'AbortError' || 'code' in error)
    if (isAborted) return performance.now() - begun >= TOO_LONG_MS ? 'fails' : 'nothing'
    return 'works'
  }

const refusal = (last: unknown, leftMs: number): EngineTroubleError => {
  const trouble = troubleOf(last)
  const message = trouble?.message ?? 'the cluster does not answer in time'
  return new EngineTroubleError(trouble?.kind ?? 'slow', message, { cause: last, retryAfterMs: leftMs })
}

/** One more try, which the client sends to the next node: only where the first got no answer, and soon. */
const readTwice = async (cluster: Cluster, call: Call): Promise<unknown> => {
  try {
    return await cluster.request(call)
  } catch (error) {
    if (troubleOf(error)?.kind !== 'unreachable') throw error
    return cluster.request(call)
  }
}

const overriding = (cluster: Cluster, request: Cluster['request']): Cluster => {
  let server: ReturnType<Cluster['server']> | undefined
  return {
    request,
    server() {
      server ??= request({ method: 'GET', path: '/' })
        .then(readServer)
        .catch((error: unknown) => {
          server = undefined
          throw error
        })
      return server
    },
    close: () => cluster.close(),
  }
}

/**
 * For the service: reads that got no connection are tried once more; after several failures in a row requests are
 * refused at once for a while. Reads and writes are judged apart: a cluster without a master still answers searches.
 * Troubles come out as `EngineTroubleError`.
 */
export const resilientCluster = (cluster: Cluster, options: CircuitBreakerOptions = {}): Cluster => {
  const [reads, writes] = [new CircuitBreaker(options), new CircuitBreaker(options)]
  return overriding(cluster, async call => {
    const read = isRead(call)
    const work = () => (read ? readTwice(cluster, call) : cluster.request(call))
    try {
      return await (read ? reads : writes).run(work, judge(performance.now()), refusal)
    } catch (error) {
      throw troubleOf(error) ?? error
    }
  })
}

/**
 * For a build: every request is tried again, ever more slowly, while what stops it passes by itself. Bulks are not:
 * `deliver` sends again what of them is left. Once patience was in vain, a request is tried once until one succeeds:
 * cleaning up does not wait as long again.
 */
export const patientCluster = (cluster: Cluster, policy: RetryPolicy): Cluster => {
  let inVain = false
  return overriding(cluster, async call => {
    if (call.path === '/_bulk') return cluster.request(call)
    try {
      const answer = await retrying(() => cluster.request(call), { ...policy, attempts: inVain ? 1 : policy.attempts })
      inVain = false
      return answer
    } catch (error) {
      inVain = troubleOf(error)?.passes ?? false
      throw error
    }
  })
}
