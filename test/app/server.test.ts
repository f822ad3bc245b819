import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'

const SERVER = fileURLToPath(new URL('../../src/server.ts', import.meta.url))

/** The service's own process; its log has a line with the port. */
const start = (test: Test, env: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, [SERVER], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  test.teardown(() => child.kill('SIGKILL'))
  return { child, errors: text(child.stderr), ended: once(child, 'exit') }
}

const portOf = async (log: AsyncIterable<Buffer>): Promise<string> => {
  let seen = ''
  for await (const chunk of log) {
    seen += chunk.toString()
    const [, port] = /listening at http:\/\/[^"]*:(\d+)/.exec(seen) ?? []
    if (port !== undefined) return port
  }
  throw new Error(`the service ended without listening: ${seen}`)
}

t.test(
  'on an empty state folder the service starts, says that it is not ready and why, and stops when told',
  async t => {
    // Tests share two slow cores: the event loop's delay would turn answers into 503s at random.
    const env = { BRIQUE_DATA: join(t.testdir(), 'state'), PORT: '0', MAX_EVENT_LOOP_DELAY_MS: '0' }
    const { child, errors, ended } = start(t, env)
    const port = await portOf(child.stdout.iterator({ destroyOnReturn: false }))
    child.stdout.resume()
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`)
    t.equal(ready.status, 503)
    t.match(await ready.json(), { reasons: [/npm run index/] })
    t.equal((await fetch(`http://127.0.0.1:${port}/a-propos`)).status, 200)
    t.equal((await fetch(`http://127.0.0.1:${port}/api/search?q=x`)).status, 503)
    child.kill('SIGTERM')
    t.strictSame(await ended, [0, null])
    t.equal(await errors, '')
  },
)

t.test('bad settings end the process with the remedy and without a stack', async t => {
  const { errors, ended } = start(t, { BRIQUE_DATA: t.testdir(), PORT: 'http' })
  t.strictSame(await ended, [1, null])
  t.equal(await errors, 'Settings that cannot be used:\n  PORT="http": give a whole number from 0 to 65535.\n')
})

t.test('a catalogue that cannot be read ends the process with the remedy and without a stack', async t => {
  const folder = t.testdir({ 'catalogue.db': 'this is no database, only a text of some length' })
  const { errors, ended } = start(t, { BRIQUE_DATA: folder, PORT: '0' })
  t.strictSame(await ended, [1, null])
  t.match(await errors, /catalogue\.db is not a catalogue: move it away/)
  t.notMatch(await errors, /\n\s+at /)
})
