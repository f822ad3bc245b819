import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Access, type Answer, ask } from './ask.ts'
import { freePorts } from './ports.ts'
import { masterName, untilReady } from './ready.ts'
import { type Reaper, startReaper } from './reaper.ts'
import { type Launch, type ServerProcess, startServerProcess } from './server-process.ts'
import { giveToServer } from './server-user.ts'

/** Where one node of a cluster stands. Its folder keeps configuration and documents over a restart. */
export interface Place {
  readonly name: string
  readonly folder: string
  readonly httpPort: number
  readonly transportPort: number
}

/** What a kind of server must say to be started as a cluster. */
export interface Recipe {
  readonly kind: 'elasticsearch' | 'opensearch'
  readonly version: string
  /** The Java it runs on, as printed. */
  readonly java: string
  readonly access: Access & { readonly host?: string }
  /** Writes the node's configuration into its folder and says how to start it. `shared` is for snapshots. */
  readonly configure: (place: Place, all: readonly Place[], shared: string) => Launch
}

export interface ServerNode {
  readonly name: string
  readonly url: string
  /** Of the server itself: to read its memory, for example. It changes with a restart. */
  readonly pid: number
  readonly running: boolean
  kill9(): Promise<void>
  /** Stops it when it runs, starts it over its documents on the same port, and waits until the others see it. */
  restart(): Promise<void>
}

/** With what a secured cluster lets in. */
export interface Credentials {
  /** PEM of the authority that signed the nodes' certificate; they are reached as `localhost`. */
  readonly ca: string
  readonly username: string
  readonly password: string
  /** As the header `Authorization: ApiKey …` wants it. */
  readonly apiKey: string
}

/** A real cluster on this machine's loopback. It never outlives this process. */
export interface Cluster {
  readonly kind: Recipe['kind']
  /** For people: `Elasticsearch 9.4.3`. */
  readonly name: string
  readonly version: string
  readonly urls: readonly string[]
  readonly nodes: readonly ServerNode[]
  /** Of a cluster started `secure`. */
  readonly credentials?: Credentials
  /** Asks a node (the first that runs) over a connection of its own, with all rights. */
  ask(path: string, options?: Parameters<typeof ask>[2] & { readonly node?: ServerNode }): Promise<Answer>
  /** The running node that leads; waits while none is elected. */
  masterNode(): Promise<ServerNode>
  /** Stops the nodes and removes their folders. */
  stop(): Promise<void>
}

const NAMES = { elasticsearch: 'Elasticsearch', opensearch: 'OpenSearch' } as const

interface RunningNode extends ServerNode {
  readonly boot: () => void
  readonly settle: () => Promise<void>
  readonly end: () => Promise<void>
  readonly group: () => number | undefined
}

const createNode = (recipe: Recipe, place: Place, launch: Launch, changed: () => void, count: () => number) => {
  const { access } = recipe
  const url = `${access.ca === undefined ? 'http' : 'https'}://${access.host ?? '127.0.0.1'}:${place.httpPort}`
  const log = join(place.folder, 'node.log')
  let server: ServerProcess | undefined
  let pid = 0
  const group = (): number | undefined => (server?.alive() ? server.group : undefined)
  const node: RunningNode = {
    name: place.name,
    url,
    get pid() {
      return pid
    },
    get running() {
      return group() !== undefined
    },
    group,
    boot: () => {
      server = startServerProcess(launch, log)
      changed()
    },
    settle: async () => {
      const alive = () => server?.alive() ?? false
      pid = await untilReady({ name: place.name, url, log, access, alive, count })
    },
    end: async () => {
      await server?.stop()
      changed()
    },
    kill9: async () => {
      await server?.kill9()
      changed()
    },
    restart: async () => {
      await node.end()
      node.boot()
      await node.settle()
    },
  }
  return node
}

const place = async (folder: string, count: number): Promise<readonly Place[]> => {
  const ports = await freePorts(2 * count)
  return Array.from({ length: count }, (_, index) => ({
    name: `node-${index + 1}`,
    folder: join(folder, `node-${index + 1}`),
    httpPort: ports[2 * index] ?? 0,
    transportPort: ports[2 * index + 1] ?? 0,
  }))
}

const createNodes = async (recipe: Recipe, folder: string, count: number, reaper: Reaper) => {
  const places = await place(folder, count)
  const shared = join(folder, 'shared')
  mkdirSync(shared)
  const nodes: RunningNode[] = []
  const watch = () => reaper.watch(nodes.map(node => node.group()).filter(group => group !== undefined))
  const running = () => nodes.filter(node => node.running).length
  for (const each of places) {
    mkdirSync(each.folder)
    nodes.push(createNode(recipe, each, recipe.configure(each, places, shared), watch, running))
  }
  giveToServer(folder)
  return nodes
}

/** Starts a cluster of `count` nodes over an empty folder, waits until it answers and says what it is and how long it took. */
export const startCluster = async (recipe: Recipe, count: number): Promise<Cluster> => {
  const begun = performance.now()
  const name = `${NAMES[recipe.kind]} ${recipe.version}`
  const folder = mkdtempSync(join(tmpdir(), `brique-${recipe.kind}-`))
  const reaper = startReaper(folder)
  let nodes: readonly RunningNode[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map(node => node.end()))
    await reaper.finish()
  }
  try {
    nodes = await createNodes(recipe, folder, count, reaper)
    for (const node of nodes) node.boot()
    await Promise.all(nodes.map(node => node.settle()))
  } catch (error) {
    await stop()
    throw error
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`${name} on ${recipe.java}: ${count === 1 ? 'one node' : `${count} nodes`} up in ${seconds} s`)

  const firstRunning = (): ServerNode => {
    const node = nodes.find(({ running }) => running)
    if (node === undefined) throw new Error(`no node of ${name} is running`)
    return node
  }
  return {
    kind: recipe.kind,
    name,
    version: recipe.version,
    urls: nodes.map(({ url }) => url),
    nodes,
    ask: (path, { node = firstRunning(), ...options } = {}) => ask(node.url + path, recipe.access, options),
    masterNode: async () => {
      const leads = await masterName(
        () => firstRunning().url,
        recipe.access,
        candidate => nodes.some(node => node.running && node.name === candidate),
      )
      return nodes.find(node => node.name === leads) ?? firstRunning()
    },
    stop,
  }
}
