import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { type Config, commandEnvironment } from './config.ts'
import type { Rebuild } from './index-repair.ts'

/**
 * "npm run index" in a process of its own: a build takes a processor and, at a million profiles, 620 MB, and neither it nor
 * its end for want of memory may touch the service. The command's own locks keep two builds apart.
 */

const COMMAND = fileURLToPath(new URL('../indexer/main.ts', import.meta.url))

/** Searches come first; where all processors are busy a rebuild still gets a third of what each of the others does. */
const NICE = 5

const giveWay = (pid: number | undefined): void => {
  try {
    if (pid !== undefined) setPriority(pid, NICE)
  } catch {
    // It has ended, or the system refuses: it is built all the same.
  }
}

/** Rejects with what the command says when it fails. */
export const rebuildInProcess =
  (config: Pick<Config, 'dataDir'>): Rebuild =>
  async (signal, onProgress) => {
    const stdio = ['ignore', 'ignore', 'pipe', 'ipc'] as const
    const child = fork(COMMAND, ['index'], { env: commandEnvironment(config), stdio: [...stdio], signal })
    giveWay(child.pid)
    child.on('message', message => {
      if (typeof message === 'object' && 'share' in message) onProgress(Number(message.share))
    })
    const said = child.stderr ? text(child.stderr) : ''
    const [code, by] = await once(child, 'exit')
    if (code === 0) return
    throw new Error((await said).trim() || `the rebuild ended with ${code ?? by}`)
  }
