import { createHash } from 'node:crypto'
import type { BenchEngine, EnginePlace, Found } from './engine.ts'
import { closedLoop } from './load.ts'
import { isRequest, type Reply, type Request, type Sample } from './messages.ts'
import type { Task } from './tasks.ts'

/** The process of one engine: opens it, builds it, and times what it is asked, one task after the other. */

const COMPLETIONS = 10

/** Imported when asked for: an engine's memory is measured without the code of the others. */
const opener = async (engine: string): Promise<(place: EnginePlace) => Promise<BenchEngine>> => {
  switch (engine) {
    case 'embedded':
      return (await import('./embedded.ts')).openEmbedded
    case 'fts5':
      return (await import('./fts5.ts')).openFts5
    case 'minisearch':
      return (await import('./minisearch.ts')).openMiniSearch
    default:
      return (await import('./cluster-engine.ts')).openClusterEngine
  }
}

const timed = async (work: () => Promise<void>): Promise<Reply> => {
  const started = performance.now()
  await work()
  return { ms: performance.now() - started }
}

const digestOf = ({ total, facets }: Found): string => {
  const counts = Object.entries(facets)
    .map(([name, values]) => [name, values?.filter(({ count }) => count > 0).map(({ value, count }) => [value, count])])
    .sort()
  return createHash('sha256')
    .update(JSON.stringify([total, counts]))
    .digest('hex')
    .slice(0, 16)
}

/** What is to be timed; `undefined` for what the engine cannot do. */
const workOf = (engine: BenchEngine, task: Task): (() => Promise<Found | number>) | undefined => {
  switch (task.kind) {
    case 'search':
      return () => engine.search(task.query)
    case 'complete':
      return () => engine.complete(task.prefix, COMPLETIONS)
    case 'misspelt':
      return engine.searchMisspelt && (() => engine.searchMisspelt?.(task.query) ?? Promise.resolve(0))
    case 'update':
      return () => engine.update(task.supplier).then(() => 1)
  }
}

const measure = async (engine: BenchEngine, task: Task): Promise<Sample | undefined> => {
  const work = workOf(engine, task)
  if (!work) return undefined
  const started = performance.now()
  const found = await work()
  const ms = performance.now() - started
  return typeof found === 'number'
    ? { ms, hits: found, digest: '' }
    : { ms, hits: found.total, digest: digestOf(found) }
}

const run = async (engine: BenchEngine, { tasks, maxMs }: Extract<Request, { kind: 'run' }>) => {
  const samples: (Sample | undefined)[] = []
  const end = performance.now() + maxMs
  for (const task of tasks) {
    if (performance.now() > end) break
    samples.push(await measure(engine, task))
  }
  return samples
}

let engine: BenchEngine | undefined

const answer = async (request: Request): Promise<Reply> => {
  if (request.kind === 'open') {
    const open = await opener(request.engine)
    // Opening is timed without the reading of programs, which is the same for all.
    const started = performance.now()
    engine = await open(request)
    return { version: engine.version, notes: engine.notes, ms: performance.now() - started - (engine.programMs ?? 0) }
  }
  if (!engine) throw new Error('no engine is open')
  const opened = engine
  switch (request.kind) {
    case 'add':
      return timed(() => opened.add(request.suppliers))
    case 'finish':
      return timed(() => opened.finish())
    case 'run':
      return { samples: await run(engine, request) }
    case 'load': {
      const works = request.tasks.flatMap(task => workOf(opened, task) ?? [])
      return { load: await closedLoop(works, request.clients, request.ms) }
    }
    case 'disk': {
      const bytes = await engine.diskBytes()
      return bytes === undefined ? {} : { bytes }
    }
    case 'close':
      await engine.close()
      return {}
  }
}

// The bench is gone: nobody asks any more.
process.once('disconnect', () => process.exit())

process.on('message', (message: unknown) => {
  if (!isRequest(message)) return
  answer(message)
    .catch(
      (error: unknown): Reply => ({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
    .then(reply => process.connected && process.send?.(reply))
    .then(() => {
      if (message.kind === 'close') process.disconnect()
    })
})
