import t from 'tap'
import { backoffMs } from '../../src/engine/backoff.ts'
import type { PreparedAction } from '../../src/engine/elasticsearch/bulk.ts'
import { CircuitBreaker, type Verdict } from '../../src/engine/elasticsearch/circuit-breaker.ts'
import { type Call, type Cluster, connectCluster } from '../../src/engine/elasticsearch/client.ts'
import { deliver } from '../../src/engine/elasticsearch/delivery.ts'
import { resilientCluster } from '../../src/engine/elasticsearch/resilience.ts'
import { retrying } from '../../src/engine/elasticsearch/retry.ts'
import { EngineTroubleError, RefusedProfilesError } from '../../src/engine/engine.ts'
import { startIndexSync } from '../../src/index-sync.ts'
import type { Siren } from '../../src/model/siren.ts'
import { emptyCatalogue, load, stated, version } from '../support/catalogue.ts'
import { inventedSiren } from '../support/suppliers.ts'

/** What the cluster engine does with failures, without a cluster: `npm run test:cluster` does the same with one. */

const trouble = (kind: 'unreachable' | 'busy' | 'read-only' = 'busy'): EngineTroubleError =>
  new EngineTroubleError(kind, `it is ${kind}`)

/** What kind of trouble it ends in. */
const kindOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'none'
  } catch (error) {
    return error instanceof EngineTroubleError ? error.kind : String(error)
  }
}

const policy = { attempts: 4, firstMs: 100, maxMs: 1000 }

t.test('the wait doubles up to its limit, half of it at random, and is never less than the server asks', async t => {
  const none = () => 0
  t.same(
    [1, 2, 3, 4, 5, 60].map(failures => backoffMs(policy, failures, 0, none)),
    [50, 100, 200, 400, 500, 500],
  )
  t.equal(
    backoffMs(policy, 3, 0, () => 1),
    400,
  )
  t.equal(backoffMs(policy, 1, 7000, none), 7000)
  t.equal(backoffMs(policy, 1, 86_400_000, none), 300_000, 'but not for a day')
})

t.test('a circuit opens after failures in a row, lets one request try, and closes when it succeeds', async t => {
  let now = 0
  let asked = 0
  const breaker = new CircuitBreaker({ failures: 3, openMs: 1000, now: () => now })
  const run = (verdict: Verdict | 'answer'): Promise<unknown> =>
    breaker.run(
      async () => {
        asked++
        if (verdict !== 'answer') throw new Error('failed')
        return 'answer'
      },
      () => (verdict === 'answer' ? 'works' : verdict),
      (last, leftMs) => new Error(`refused, ${leftMs} ms: ${last}`),
    )
  for (const verdict of ['fails', 'fails', 'works', 'fails', 'nothing', 'fails'] as const) await t.rejects(run(verdict))
  t.equal(breaker.state, 'closed', 'an answer in between counts anew, a reader who left does not count')
  await t.rejects(run('fails'), { message: 'failed' })
  t.equal(breaker.state, 'open')
  now = 400
  await t.rejects(run('answer'), { message: 'refused, 600 ms: Error: failed' })
  t.equal(asked, 7, 'nothing is asked while it is open')
  now = 1000
  t.equal(breaker.state, 'half-open')
  const probe = run('fails')
  await t.rejects(run('answer'), /refused/, 'one request tries, the others do not wait for it')
  await t.rejects(probe, { message: 'failed' })
  t.equal(breaker.state, 'open', 'its failure opens it anew')
  now = 2000
  t.equal(await run('answer'), 'answer')
  t.equal(breaker.state, 'closed')
})

t.test('what passes is tried again a bounded number of times, anything else at once thrown', async t => {
  const waits: number[] = []
  const wait = async (_: unknown, failures: number) => void waits.push(failures)
  let asked = 0
  const failing = (error: unknown, times: number) => async () => {
    if (asked++ < times) throw error
    return 'answer'
  }
  t.equal(await retrying(failing(trouble(), 3), policy, wait), 'answer')
  t.same(waits, [1, 2, 3])
  asked = 0
  t.equal(await kindOf(retrying(failing(trouble(), 9), policy, wait)), 'busy')
  t.equal(asked, 4)
  asked = 0
  t.equal(await kindOf(retrying(failing(trouble('read-only'), 9), policy, wait)), 'read-only')
  await t.rejects(retrying(failing(new TypeError('a fault'), 9), policy, wait), TypeError)
  t.equal(asked, 2)
})

/** A cluster that answers each request with the next of these, or throws it. */
const playing = (answers: readonly unknown[]): Cluster & { readonly calls: Call[] } => {
  const calls: Call[] = []
  return {
    calls,
    async request(call) {
      const answer = answers[calls.length]
      calls.push(call)
      if (answer instanceof Error) throw answer
      return answer
    },
    server: () => Promise.reject(new Error('not asked')),
    close: async () => {},
  }
}

const action = (id: string): PreparedAction => ({ kind: 'index', index: 'i', id, lines: `${id}\n` })
const items = (...statuses: readonly (readonly [string, number])[]) => ({
  errors: true,
  items: statuses.map(([_id, status]) => ({
    index: { _id, status, ...(status >= 300 && { error: { type: 'x', reason: `because ${status}` } }) },
  })),
})

t.test('a bulk is delivered: what fails for the moment is sent again alone, what is refused is told', async t => {
  const wait = async () => {}
  const cluster = playing([
    items(['a', 201], ['b', 429], ['c', 400], ['d', 503]),
    trouble('unreachable'),
    items(['b', 200], ['d', 429]),
    items(['d', 200]),
  ])
  const refused = await deliver(cluster, ['a', 'b', 'c', 'd'].map(action), { policy, wait })
  t.same(refused, [{ index: 'i', id: 'c', status: 400, reason: 'because 400' }])
  t.same(
    cluster.calls.map(({ lines }) => lines),
    ['a\nb\nc\nd\n', 'b\nd\n', 'b\nd\n', 'd\n'],
  )
  const busy = playing(Array.from({ length: 9 }, () => items(['a', 429])))
  t.equal(await kindOf(deliver(busy, [action('a')], { policy, wait })), 'busy')
  t.equal(busy.calls.length, policy.attempts)
  const full = playing([
    {
      errors: true,
      items: [{ index: { _id: 'a', status: 429, error: { type: 'cluster_block_exception', reason: 'flood-stage' } } }],
    },
  ])
  t.equal(await kindOf(deliver(full, [action('a')], { policy, wait })), 'read-only', 'no document is to blame')
})

t.test('a read without connection is tried once more; a write is not; then both are refused at once', async t => {
  const unreachable = connectCluster({ urls: ['http://127.0.0.1:1'] })
  t.teardown(() => unreachable.close())
  let asked = 0
  const counting = {
    ...unreachable,
    request: (call: Call) => {
      asked++
      return unreachable.request(call)
    },
  }
  const cluster = resilientCluster(counting, { failures: 2, openMs: 60_000 })
  const search = () => cluster.request({ method: 'POST', path: '/i/_search', body: {} })
  await t.rejects(search(), { message: /ELASTICSEARCH_URL/ })
  t.equal(asked, 2)
  t.equal(await kindOf(cluster.request({ method: 'PUT', path: '/i/_doc/1', body: {} })), 'unreachable')
  t.equal(asked, 3)
  await t.rejects(search())
  t.equal(await kindOf(search()), 'unreachable', 'with the reason that opened it')
  t.equal(asked, 5)
})

t.test('refused profiles become dead letters and the others go on; a later success clears them', async t => {
  const catalogue = emptyCatalogue(t)
  const [a, b] = [inventedSiren(1), inventedSiren(2)]
  const edition = (name: string) =>
    load(catalogue, version('list', name), [stated(a, 'name', `A ${name}`), stated(b, 'name', `B ${name}`)])
  edition('one')
  let applied = 0
  let refuses: readonly Siren[] = [b]
  let isAway = false
  const index = new Map<Siren, string>()
  const errors: unknown[] = []
  const sync = startIndexSync({
    catalogue,
    engine: {
      appliedSeq: async () => applied,
      async apply(changes, seq, after) {
        if (isAway) throw trouble('read-only')
        t.equal(after, applied)
        const profiles = changes.filter(({ siren }) => refuses.includes(siren))
        if (profiles.length > 0) throw new RefusedProfilesError(profiles.map(({ siren }) => ({ siren, reason: 'no' })))
        for (const { siren, supplier } of changes) index.set(siren, supplier?.name ?? '')
        applied = seq
      },
    },
    intervalMs: 5,
    onError: error => errors.push(error),
  })
  t.teardown(() => sync.stop())
  await sync.flush()
  t.match(catalogue.deadLetters(), [{ siren: b, reason: 'no', change: 2 }])
  t.same([...index], [[a, 'A one']])
  t.equal(sync.pending(), 0)
  t.match(errors, [RefusedProfilesError])

  edition('two')
  await sync.flush()
  t.match(catalogue.deadLetters(), [{ siren: b, change: 4 }], 'one letter a supplier')
  refuses = []
  t.equal(catalogue.retryDeadLetters(), 1)
  t.equal(catalogue.countDeadLetters(), 1, 'it stays until the supplier is taken')
  await sync.flush()
  t.equal(catalogue.countDeadLetters(), 0)
  t.same(index.get(b), 'B two')

  isAway = true
  edition('three')
  while (sync.trouble() === undefined) await new Promise(resolve => setTimeout(resolve, 5))
  t.equal(sync.trouble(), 'it is read-only')
  t.equal(sync.pending(), 2, 'the outbox waits')
  isAway = false
  await sync.flush()
  t.equal(sync.trouble(), undefined)
  t.equal(sync.pending(), 0)
})

t.test('a letter that a later change has made void goes at the next start, after a kill in between', async t => {
  const catalogue = emptyCatalogue(t)
  const siren = inventedSiren(1)
  load(catalogue, version('list', 'one'), [stated(siren, 'name', 'A')])
  catalogue.keepDeadLetters([{ siren, reason: 'no' }], catalogue.lastSeq())
  catalogue.clearDeadLettersBefore(catalogue.lastSeq())
  t.equal(catalogue.countDeadLetters(), 1)
  load(catalogue, version('list', 'two'), [stated(siren, 'name', 'B')])
  catalogue.clearDeadLettersBefore(catalogue.lastSeq())
  t.equal(catalogue.countDeadLetters(), 0)
})
