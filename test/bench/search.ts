import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { type Corpus, createCorpus } from './search/corpus.ts'
import {
  type EngineClient,
  EngineEndedError,
  type EngineName,
  LOCAL_NAMES,
  startEngine,
} from './search/engine-client.ts'
import { measure } from './search/measure.ts'
import type { LoadFigures } from './search/messages.ts'
import { NotInstalledError } from './search/minisearch-package.ts'
import { differences, type EngineFigures, operationTimes, tables } from './search/report.ts'
import { CLUSTER_NAMES } from './search/servers.ts'
import { createTasks, OPERATION_NAMES } from './search/tasks.ts'

/** `npm run bench`: the search engines side by side on one invented corpus. See README.md. */

const USAGE = `npm run bench -- [--profiles 10000] [--cluster] [--engines a,b] [--json file]

--profiles  how many invented profiles, 10000 by default
--cluster   Elasticsearch and OpenSearch too, on one node and on three (fetched once)
--engines   only these, of ${[...LOCAL_NAMES, ...CLUSTER_NAMES].join(', ')}; the first is what the others are compared to
--json      writes every figure into this file`

const { values } = parseArgs({
  options: {
    profiles: { type: 'string', default: '10000' },
    cluster: { type: 'boolean', default: false },
    engines: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const say = (line: string): void => console.log(`[${process.uptime().toFixed(0).padStart(4)} s] ${line}`)

const asked = (): readonly EngineName[] | undefined => {
  const all: readonly EngineName[] = [...LOCAL_NAMES, ...CLUSTER_NAMES]
  if (values.engines === undefined) return values.cluster ? all : LOCAL_NAMES
  const names = values.engines.split(',')
  const known = names.flatMap(name => all.filter(each => each === name))
  return known.length === names.length ? known : undefined
}

interface Running {
  readonly client: EngineClient
  readonly seconds: number
  readonly peakBytes: number | undefined
}

const LOAD_CLIENTS = [1, 2, 4, 16]
const LOAD_TASKS = 200
const SMALL = 10_000
const LOAD_MS = 6000
const SMALL_LOAD_MS = 1500

const missing: string[] = []

/** Starts and fills an engine. MiniSearch may be left out: where it cannot be installed or cannot hold so many. */
const prepare = async (name: EngineName, corpus: Corpus, profiles: number): Promise<Running | undefined> => {
  let client: EngineClient | undefined
  try {
    client = await startEngine(name)
    say(`${client.title}: building ${profiles} profiles`)
    const built = await client.build(corpus, profiles)
    say(`${client.title}: built in ${built.seconds.toFixed(1)} s`)
    return { client, ...built }
  } catch (error) {
    await client?.close()
    const excused = error instanceof EngineEndedError || error instanceof NotInstalledError
    if (!excused || name !== 'minisearch') throw error
    missing.push(`${client?.title ?? name} is left out: ${error.message}`)
    return undefined
  }
}

const bench = async (names: readonly EngineName[], profiles: number): Promise<number> => {
  const corpus = createCorpus()
  const running: Running[] = []
  try {
    for (const name of names) {
      const prepared = await prepare(name, corpus, profiles)
      if (prepared) running.push(prepared)
    }
    const clients = running.map(({ client }) => client)
    const [first] = createTasks(corpus, 'or-facets', profiles, 1)
    const opened: (number | undefined)[] = []
    for (const client of clients) opened.push(first && (await client.reopen(first)))
    const reference = clients[0]?.name
    if (reference === undefined) throw new Error('no engine is left to be measured')
    const watches = clients.map(client => client.watchMemory())
    const measured = await measure(clients, corpus, profiles, say)
    const loads: LoadFigures[][] = clients.map(() => [])
    const asked = createTasks(corpus, 'or-facets', profiles, LOAD_TASKS)
    for (const number of LOAD_CLIENTS) {
      say(`${number} at once`)
      for (const [index, client] of clients.entries()) {
        const load = await client.load(asked, number, profiles > SMALL ? LOAD_MS : SMALL_LOAD_MS)
        if (load) loads[index]?.push(load)
      }
    }
    const serving = watches.map(watch => watch.stop())
    const figures: EngineFigures[] = []
    for (const [index, { client, seconds, peakBytes }] of running.entries()) {
      figures.push({
        name: client.name,
        title: client.title,
        buildSeconds: seconds,
        buildPeakBytes: peakBytes,
        servingPeakBytes: serving[index],
        diskBytes: await client.diskBytes(),
        openMs: opened[index],
        loads: loads[index] ?? [],
      })
    }
    console.log(`\n${profiles} profiles, ${machine()}\n\n${tables(figures, measured, reference)}\n`)
    for (const note of [...new Set(clients.flatMap(({ notes }) => notes)), ...missing]) console.log(note)
    if (values.json !== undefined) {
      const engines = figures.map(each => ({
        ...each,
        operations: Object.fromEntries(
          OPERATION_NAMES.map(name => [name, operationTimes(measured, reference, each.name, name) ?? null]),
        ),
      }))
      const report = { profiles, machine: machine(), date: new Date().toISOString(), engines, missing }
      writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`)
    }
    const failed = clients.flatMap(({ name, title }) => {
      const differing = differences(measured, reference, name)
      return differing.length > 0 ? [`${title}: other totals or counts than ${reference}: ${differing.join('; ')}`] : []
    })
    for (const line of failed) console.log(line)
    console.log(`${clients.length - failed.length} passed, ${failed.length} failed`)
    return failed.length === 0 ? 0 : 1
  } finally {
    for (const { client } of running) await client.close()
  }
}

const machine = (): string =>
  `Node ${process.version}, ${availableParallelism()} processors (${cpus()[0]?.model.trim()}), load ${loadavg()[0]?.toFixed(1)}`

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const names = asked()
const profiles = Number(values.profiles)
if (values.help || names === undefined || !Number.isSafeInteger(profiles) || profiles < 1) {
  console.error(USAGE)
  process.exitCode = values.help ? 0 : 2
} else {
  process.exitCode = await bench(names, profiles)
}
