import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Cluster } from '../../cluster/servers/cluster.ts'
import type { Corpus } from './corpus.ts'
import { watchMemory } from './memory.ts'
import { isReply, type LoadFigures, type Reply, type Request, type Sample } from './messages.ts'
import { installMiniSearch } from './minisearch-package.ts'
import { CLUSTER_NAMES, type ClusterName, startServers } from './servers.ts'
import type { Task } from './tasks.ts'

export const LOCAL_NAMES = ['embedded', 'fts5', 'minisearch'] as const
export type EngineName = (typeof LOCAL_NAMES)[number] | ClusterName

/** An engine in a process of its own, with its servers where it has any. */
export interface EngineClient {
  readonly name: EngineName
  /** For people: `SQLite FTS5 3.53.4`. */
  readonly title: string
  readonly notes: readonly string[]
  build(corpus: Corpus, profiles: number): Promise<{ readonly seconds: number; readonly peakBytes: number | undefined }>
  /**
   * Opens what was built in a new process, without the garbage of building; resolves to the ms until `first` was
   * answered. `undefined` for an engine whose index is not a file of its own.
   */
  reopen(first: Task): Promise<number | undefined>
  run(tasks: readonly Task[], maxMs: number): Promise<readonly (Sample | undefined)[]>
  load(tasks: readonly Task[], clients: number, ms: number): Promise<LoadFigures | undefined>
  diskBytes(): Promise<number | undefined>
  /** Watches what memory it takes, its servers' instead of its own where it has any. */
  watchMemory(): { stop(): number | undefined }
  close(): Promise<void>
}

const TITLES: Readonly<Record<EngineName, string>> = {
  embedded: 'embedded',
  fts5: 'SQLite FTS5',
  minisearch: 'MiniSearch',
  elasticsearch: 'Elasticsearch',
  'elasticsearch-3': '3 × Elasticsearch',
  opensearch: 'OpenSearch',
  'opensearch-3': '3 × OpenSearch',
}

const PROCESS = fileURLToPath(new URL('engine-process.ts', import.meta.url))
/** Of MiniSearch, which keeps everything in it; past it Node ends the process. */
const MINISEARCH_HEAP_MB = 8192
/** As `npm start` has it, for all that have most of their data elsewhere. */
const YOUNG_GENERATION = '--max-semi-space-size=8'

/** The engine's process ended, most likely for want of memory. */
export class EngineEndedError extends Error {
  override readonly name = 'EngineEndedError'
}

/** Longer than any first answer. */
const FIRST_ANSWER_MS = 600_000

type Ask = (request: Request) => Promise<Reply>

const startProcess = (name: EngineName) => {
  const execArgv = name === 'minisearch' ? [`--max-old-space-size=${MINISEARCH_HEAP_MB}`] : [YOUNG_GENERATION]
  const child: ChildProcess = fork(PROCESS, { serialization: 'advanced', execArgv })
  const ended = once(child, 'close').then(([code, signal]) => {
    throw new EngineEndedError(`its process ended with ${signal ?? `code ${code}`}`)
  })
  ended.catch(() => {})
  const ask: Ask = async request => {
    const reply = once(child, 'message').then(([message]: unknown[]) => message)
    child.send(request)
    const message = await Promise.race([reply, ended])
    if (!isReply(message)) throw new Error('the engine’s process gave no reply')
    if (message.error !== undefined) throw new Error(message.error)
    return message
  }
  return { ask, pid: child.pid ?? 0, kill: () => child.kill('SIGKILL') }
}

/** Engines that keep an index in files. */
const REOPENED: readonly EngineName[] = ['embedded', 'fts5']

const BATCH = 500

/** Sends the profiles; the seconds that the engine itself took. The next batch is made while the engine works. */
const fill = async (ask: Ask, corpus: Corpus, profiles: number): Promise<number> => {
  let ms = 0
  let working: Promise<Reply> = Promise.resolve({})
  for (let first = 0; first < profiles; first += BATCH) {
    const length = Math.min(BATCH, profiles - first)
    const suppliers = Array.from({ length }, (_, index) => corpus.supplier(first + index))
    ms += (await working).ms ?? 0
    working = ask({ kind: 'add', suppliers })
    // Said by the next `await`; without this an engine that ends meanwhile would end this process too.
    working.catch(() => {})
  }
  ms += (await working).ms ?? 0
  return (ms + ((await ask({ kind: 'finish' })).ms ?? 0)) / 1000
}

const isCluster = (name: EngineName): name is ClusterName => CLUSTER_NAMES.some(each => each === name)

/** Starts an engine, empty; its files are removed when it is closed. */
export const startEngine = async (name: EngineName): Promise<EngineClient> => {
  const servers: Cluster | undefined = isCluster(name) ? await startServers(name) : undefined
  const own = mkdtempSync(join(tmpdir(), 'brique-bench-'))
  let running = startProcess(name)
  const ask: Ask = request => running.ask(request)
  const removeFiles = (): void => rmSync(own, { recursive: true, force: true })
  // Also when the bench is interrupted.
  process.once('exit', removeFiles)
  const clear = async (): Promise<void> => {
    running.kill()
    await servers?.stop()
    removeFiles()
    process.off('exit', removeFiles)
  }
  const watched = () => watchMemory(() => servers?.nodes.map(node => node.pid) ?? [running.pid])
  try {
    const folder = name === 'minisearch' ? await installMiniSearch() : own
    const open: Request = { kind: 'open', engine: name, folder, urls: servers?.urls ?? [] }
    const { version, notes = [] } = await ask(open)
    return {
      name,
      title: `${TITLES[name]} ${version}`,
      notes,
      build: async (corpus, profiles) => {
        const memory = watched()
        try {
          return { seconds: await fill(ask, corpus, profiles), peakBytes: memory.stop() }
        } finally {
          memory.stop()
        }
      },
      reopen: async first => {
        if (!REOPENED.includes(name)) return undefined
        await ask({ kind: 'close' })
        running = startProcess(name)
        const { ms = Number.NaN } = await ask(open)
        const [sample] = (await ask({ kind: 'run', tasks: [first], maxMs: FIRST_ANSWER_MS })).samples ?? []
        return sample && ms + sample.ms
      },
      load: async (tasks, clients, ms) => (await ask({ kind: 'load', tasks, clients, ms })).load,
      run: async (tasks, maxMs) => (await ask({ kind: 'run', tasks, maxMs })).samples ?? [],
      diskBytes: async () => (await ask({ kind: 'disk' })).bytes,
      watchMemory: watched,
      close: async () => {
        await ask({ kind: 'close' }).catch(() => {})
        await clear()
      },
    }
  } catch (error) {
    await clear()
    throw error
  }
}
