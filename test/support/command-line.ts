import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../indexer/main.ts', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command of the real program, in a process of its own, on a state folder of the test's own. */
export const startBrique = (stateFolder: string, ...args: readonly string[]) =>
  spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, BRIQUE_DATA: stateFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

/** Runs a command to its end. */
export const brique = async (stateFolder: string, ...args: readonly string[]): Promise<Ended> => {
  const child = startBrique(stateFolder, ...args)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, stdout, stderr }
}
