import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const START_TIMEOUT_MS = 60_000

/** The real service over the demonstration catalogue, in a state folder of its own. */
export interface Service {
  readonly origin: string
  stop(): Promise<void>
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('no free loopback port')
  return address.port
}

const run = (args: readonly string[], env: Readonly<Record<string, string>>) =>
  spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit'] })

const untilReady = async (origin: string, gone: () => boolean): Promise<void> => {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline && !gone()) {
    const ready = await fetch(`${origin}/health/ready`).then(
      response => response.ok,
      () => false,
    )
    if (ready) return
    await wait(100)
  }
  throw new Error('the service did not become ready: run `npm start` to see why')
}

/** Loads the demonstration catalogue and starts `src/server.ts` on a free loopback port. */
export const startService = async (): Promise<Service> => {
  const folder = await mkdtemp(join(tmpdir(), 'brique-browser-'))
  const port = await freePort()
  const env = { BRIQUE_DATA: folder, PORT: String(port), HOST: '127.0.0.1', RATE_LIMIT: '0', LOG_LEVEL: 'warn' }
  const [code] = await once(run(['indexer/main.ts', 'demo', '--if-empty'], env), 'exit')
  if (code !== 0) throw new Error(`the demonstration catalogue was not loaded (exit ${code})`)
  const server = run(['src/server.ts'], env)
  const ended = once(server, 'exit')
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  const origin = `http://127.0.0.1:${port}`
  try {
    await untilReady(origin, () => server.exitCode !== null)
  } catch (error) {
    await stop()
    throw error
  }
  return { origin, stop }
}
