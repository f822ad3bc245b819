import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** The real service and the real command line over a cluster, each a process of its own. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type Settings = Readonly<Record<string, string>>

const run = (args: readonly string[], settings: Settings) =>
  spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...settings, HOST: '127.0.0.1', RATE_LIMIT: '0', MAX_EVENT_LOOP_DELAY_MS: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

export interface Ended {
  readonly code: number | null
  /** Both streams, as they came. */
  readonly output: string
}

/** Runs a command to its end. */
export const command = async (settings: Settings, ...args: readonly string[]): Promise<Ended> => {
  const child = run(['indexer/main.ts', ...args], settings)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  await once(child, 'close')
  return { code: child.exitCode, output }
}

export interface Answered {
  readonly status: number
  readonly retryAfter: string | null
  readonly text: string
  readonly ms: number
}

export interface Service {
  get(path: string): Promise<Answered>
  /** What it has logged so far. */
  log(): string
  stop(): Promise<void>
  kill9(): Promise<void>
}

/** Starts the service on a free port and waits until it listens: whatever the state of its cluster. */
export const startService = async (settings: Settings): Promise<Service> => {
  const child = run(['src/server.ts'], { ...settings, PORT: '0', LOG_LEVEL: 'info' })
  const ended = once(child, 'exit')
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      log += chunk.toString()
    })
  const portOf = () => /listening at http:\/\/[^"]*:(\d+)/.exec(log)?.[1]
  while (portOf() === undefined) {
    if (child.exitCode !== null) throw new Error(`the service ended: ${log}`)
    await wait(50)
  }
  const origin = `http://127.0.0.1:${portOf()}`
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await ended
  }
  return {
    async get(path) {
      const begun = performance.now()
      const response = await fetch(`${origin}${path}`)
      const text = await response.text()
      return {
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        text,
        ms: performance.now() - begun,
      }
    },
    log: () => log,
    stop: () => end('SIGTERM'),
    kill9: () => end('SIGKILL'),
  }
}

/** Waits until `holds`; false when it does not within `seconds`. An error counts as not yet. */
export const until = async (holds: () => boolean | Promise<boolean>, seconds: number): Promise<boolean> => {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await wait(100)) {
    try {
      if (await holds()) return true
    } catch {
      // Not yet.
    }
  }
  return false
}
