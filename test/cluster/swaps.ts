import { setTimeout as wait } from 'node:timers/promises'
import { connectCluster } from '../../src/engine/elasticsearch/client.ts'
import type { EngineQuery } from '../../src/engine/engine.ts'
import { beginRebuild, openEngine } from '../../src/engine/open-engine.ts'
import type { Supplier } from '../../src/model/supplier.ts'
import { WEIGHTS } from '../../src/search/weights.ts'
import { check } from '../support/counting.ts'
import { corpusOf } from './catalogue.ts'
import { newPrefix, removePrefix } from './prefix.ts'
import type { Cluster } from './servers/cluster.ts'
import { steadily } from './steady.ts'

/** Readers never notice that the index is another one: alias moves under steady searches. */

const SEARCHES_A_SECOND = 50
/** Whether answers are right, not how soon: a busy machine must not turn a figure into a fault. */
const SEARCH_TIMEOUT_MS = 30_000
const LEAST = 200

const EVERYTHING: EngineQuery = {
  concepts: [{ text: 'capteur' }],
  bricks: [],
  minimumMatch: 1,
  weights: WEIGHTS,
  filters: {},
  sort: 'relevance',
  limit: 20,
  tieBreak: 'swaps',
  facets: ['theme'],
  facetSize: 10,
}

/** Each generation has a size, a theme and profiles of its own: an answer of two at once shows. */
const generation = (pool: readonly Supplier[], number: number): Supplier[] =>
  pool
    .slice(number, number + LEAST + number)
    .map(each => ({ ...each, name: `Capteur ${each.siren}`, themes: [`generation-${number}`] }))

export const testSwaps = async (cluster: Cluster, swaps: number): Promise<void> => {
  const prefix = newPrefix()
  const settings = { stateFolder: '', searchTimeoutMs: SEARCH_TIMEOUT_MS, cluster: { urls: cluster.urls, prefix } }
  const engine = openEngine(settings)
  const pool = corpusOf(LEAST + 2 * swaps + 2)
  const sirens = new Map<string, ReadonlySet<string>>()
  const swap = async (number: number): Promise<void> => {
    const suppliers = generation(pool, number)
    sirens.set(`generation-${number}`, new Set(suppliers.map(({ siren }) => siren)))
    const rebuild = await beginRebuild(settings)
    try {
      const build = rebuild.start()
      for (const each of suppliers) await build.add(each)
      await build.commit(number)
    } finally {
      await rebuild.release()
    }
  }
  const counts = { right: 0, empty: 0, mixed: 0, failed: 0 }
  const seen = new Set<string>()
  const times: number[] = []
  let lastFault = ''
  const search = async (): Promise<void> => {
    const begun = performance.now()
    try {
      const { total, candidates, facets } = await engine.search(EVERYTHING)
      times.push(performance.now() - begun)
      const [first, ...others] = facets.theme ?? []
      const own = sirens.get(first?.value ?? '')
      const isWhole = others.length === 0 && first?.count === total && total === own?.size
      if (total === 0 || candidates.length === 0) counts.empty++
      else if (isWhole && candidates.every(({ siren }) => own?.has(siren))) counts.right++
      else counts.mixed++
      seen.add(first?.value ?? 'none')
    } catch (error) {
      counts.failed++
      lastFault = String(error)
    }
  }
  try {
    await swap(0)
    const load = steadily(SEARCHES_A_SECOND, search)
    const begun = performance.now()
    for (let number = 1; number <= swaps; number++) await swap(number)
    await wait(500)
    const rebuild = await beginRebuild(settings)
    const rolledBack = await rebuild.rollBack()
    await rebuild.release()
    await wait(500)
    await load.stop()
    const seconds = (performance.now() - begun) / 1000
    times.sort((a, b) => a - b)
    const asked = counts.right + counts.empty + counts.mixed + counts.failed
    console.log(
      `  ${swaps} swaps in ${seconds.toFixed(0)} s under ${(asked / seconds).toFixed(0)} searches a second, p50 ${times[Math.floor(times.length / 2)]?.toFixed(0)} ms, p99 ${times[Math.floor(times.length * 0.99)]?.toFixed(0)} ms; ${seen.size} generations seen`,
    )
    if (lastFault !== '') console.log(`  ${lastFault}`)
    check(
      `${asked} answers: ${counts.empty} empty, ${counts.mixed} mixed, ${counts.failed} failed`,
      counts.right === asked && asked > 0,
    )
    check('every generation was searched', seen.size === swaps + 1)
    check('the last one was rolled back', rolledBack && (await engine.search(EVERYTHING)).total === LEAST + swaps - 1)
  } finally {
    const direct = connectCluster({ urls: cluster.urls })
    await removePrefix(direct, prefix)
    await Promise.all([direct.close(), engine.close()])
  }
}

/** A second indexer is kept out while the first one lives, and takes over when it has died. */
export const testLock = async (cluster: Cluster): Promise<void> => {
  const { lockIndex } = await import('../../src/engine/elasticsearch/lock.ts')
  const prefix = newPrefix()
  const connected = connectCluster({ urls: cluster.urls })
  const refused = async (work: () => Promise<unknown>): Promise<string> => {
    try {
      await work()
      return ''
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    }
  }
  try {
    const first = await lockIndex(connected, { prefix, lastsMs: 3000 })
    await wait(3500)
    check(
      'a lock is renewed while its owner lives',
      /IndexLockedError.*being built by .*process/.test(await refused(() => lockIndex(connected, { prefix }))),
    )
    await first.release()
    const second = await lockIndex(connected, { prefix, lastsMs: 300_000 })
    await second.confirm()
    await second.release()
    // A dead owner: its lock is written once and never renewed.
    await connected.request({
      method: 'PUT',
      path: `/${prefix}-lock/_doc/build`,
      body: { owner: 'a dead one', token: 'x', until: Date.now() + 1500 },
    })
    check(
      'a dead owner still holds it for a while',
      /a dead one/.test(await refused(() => lockIndex(connected, { prefix }))),
    )
    await wait(1600)
    const third = await lockIndex(connected, { prefix })
    await connected.request({
      method: 'PUT',
      path: `/${prefix}-lock/_doc/build`,
      body: { owner: 'another', token: 'y', until: Date.now() + 60_000 },
    })
    check(
      'a lock that was lost is not confirmed',
      /IndexLockedError.*nothing goes live/.test(await refused(() => third.confirm())),
    )
    await third.release()
  } finally {
    await connected.request({ method: 'DELETE', path: `/${prefix}-lock` })
    await connected.close()
  }
}
