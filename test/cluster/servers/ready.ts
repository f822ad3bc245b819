import { setTimeout as wait } from 'node:timers/promises'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { type Access, ask } from './ask.ts'
import { logTail } from './server-process.ts'

/** A busy machine of two cores boots three nodes in a minute; a node that is not up after five never will be. */
const READY_WITHIN_MS = 300_000
const POLL_MS = 200
const MASTER_WITHIN_MS = 60_000
const MASTER_POLL_MS = 50

/** `_cat/nodes` with the columns asked for below; `m` is `*` for the node that leads. */
const CatNodes = Type.Array(Type.Object({ name: Type.String(), pid: Type.String(), m: Type.String() }))
const COLUMNS = '/_cat/nodes?format=json&h=name,pid,m'

/** The nodes as the one at `url` sees them, or none where it does not answer in time or not yet properly. */
const catNodes = async (url: string, access: Access, timeoutMs: number) => {
  const answer = await ask(url + COLUMNS, access, { timeoutMs }).catch(() => undefined)
  return answer?.status === 200 && Value.Check(CatNodes, answer.body) ? answer.body : []
}

const isHealthy = async (url: string, access: Access, count: number): Promise<boolean> => {
  const conditions = `wait_for_nodes=%3E%3D${count}&wait_for_status=yellow&wait_for_no_initializing_shards=true&timeout=2s`
  const answer = await ask(`${url}/_cluster/health?${conditions}`, access).catch(() => undefined)
  return answer?.status === 200
}

export interface Awaited {
  readonly name: string
  readonly url: string
  readonly log: string
  readonly access: Access
  readonly alive: () => boolean
  /** How many nodes the cluster should have by now. */
  readonly count: () => number
}

/**
 * Waits until a node is up: it has joined the others, every document can be read (status yellow), and it lists the nodes: health alone may say
 * 200 before the cluster's state is recovered. Resolves to its process id; rejects with the end of its log.
 */
export const untilReady = async ({ name, url, log, access, alive, count }: Awaited): Promise<number> => {
  for (const end = performance.now() + READY_WITHIN_MS; alive() && performance.now() < end; await wait(POLL_MS)) {
    if (!(await isHealthy(url, access, count()))) continue
    const listed = await catNodes(url, access, 10_000)
    const self = listed.find(node => node.name === name)
    if (self !== undefined && listed.length >= count()) return Number(self.pid)
  }
  throw new Error(`${name} at ${url} ${alive() ? 'is not ready' : 'has ended'}; its last words:\n${logTail(log)}`)
}

/** The name of the node that leads, among those that `isRunning` accepts: for a moment after its death the others still name it. */
export const masterName = async (
  url: () => string,
  access: Access,
  isRunning: (name: string) => boolean,
): Promise<string> => {
  for (const end = performance.now() + MASTER_WITHIN_MS; performance.now() < end; await wait(MASTER_POLL_MS)) {
    const leader = (await catNodes(url(), access, 2000)).find(({ m }) => m === '*')
    if (leader !== undefined && isRunning(leader.name)) return leader.name
  }
  throw new Error(`no master after ${MASTER_WITHIN_MS / 1000} s`)
}
