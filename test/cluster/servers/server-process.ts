import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { serverUser } from './server-user.ts'

/** The command that starts one node. */
export interface Launch {
  readonly command: string
  readonly args: readonly string[]
  /** Elasticsearch wants its own home here. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** A running node with all processes it started. */
export interface ServerProcess {
  /** Its process group, which is also the number of its first process. */
  readonly group: number
  readonly alive: () => boolean
  /** Asks it to end, and ends it when it has not after 20 s. */
  stop(): Promise<void>
  /** As `kill -9` of all its processes: when it resolves none runs any more. */
  kill9(): Promise<void>
}

const STOP_WITHIN_MS = 20_000
/**
 * The server of a killed launcher is reaped by the system's first process, which in a container may never do it; by then it holds no port and
 * no file, so that it need not be waited for.
 */
const BURIAL_WITHIN_MS = 3000
const POLL_MS = 20

/** Sends a signal to a group; false when none of it is left. Signal 0 only asks. */
const signalGroup = (group: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    process.kill(-group, signal)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}

const goneWithin = async (group: number, ms: number): Promise<boolean> => {
  for (const end = performance.now() + ms; performance.now() < end; await wait(POLL_MS))
    if (!signalGroup(group, 0)) return true
  return false
}

/** Starts a node as the servers' user, in a process group of its own, with its output in the file `log`. */
export const startServerProcess = ({ command, args, cwd, env }: Launch, log: string): ServerProcess => {
  const output = openSync(log, 'a')
  let child: ChildProcess
  try {
    child = spawn(command, args, {
      ...{ cwd, env, detached: true, stdio: ['ignore', output, output] },
      ...serverUser(),
    })
  } finally {
    closeSync(output)
  }
  const { pid: group } = child
  if (group === undefined) {
    child.once('error', () => {})
    throw new Error(`${command} does not start`)
  }
  // A test that forgets to stop its servers ends all the same; the reaper then stops them.
  child.unref()
  const alive = (): boolean => child.exitCode === null && child.signalCode === null
  const ended = once(child, 'exit')
  const kill9 = async (): Promise<void> => {
    if (!signalGroup(group, 'SIGKILL')) return
    child.ref()
    await ended
  }
  return {
    group,
    alive,
    kill9,
    stop: async () => {
      const asked = alive()
      // The first process alone: Elasticsearch's launcher passes it on to its server.
      if (asked) child.kill('SIGTERM')
      if (await goneWithin(group, asked ? STOP_WITHIN_MS : BURIAL_WITHIN_MS)) return
      await kill9()
      await goneWithin(group, BURIAL_WITHIN_MS)
    },
  }
}

/** The end of a node's output, for an error message. */
export const logTail = (log: string, lines = 30): string =>
  readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
