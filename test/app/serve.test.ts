import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { readConfig } from '../../src/config.ts'
import { ListenError, serve } from '../../src/serve.ts'
import { openService } from '../support/service.ts'

const STAND_IN = fileURLToPath(new URL('../support/serve-stand-in.ts', import.meta.url))

/** A serving process on a free port. */
const startProcess = async (test: Test, env: Readonly<Record<string, string>> = {}) => {
  const child = spawn(process.execPath, [STAND_IN], {
    env: { PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  test.teardown(() => child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const line = async (): Promise<string> => String((await lines.next()).value)
  const { port } = JSON.parse((await line()).replace('port ', ''))
  return { child, line, ended: once(child, 'exit'), url: `http://127.0.0.1:${port}` }
}

t.test('on SIGTERM the requests under way are answered, new ones refused, and the process ends with 0', async t => {
  const { child, line, ended, url } = await startProcess(t)
  const answer = fetch(`${url}/api/search?q=capteur`)
  t.equal(await line(), 'searching')
  child.kill('SIGTERM')
  t.equal((await answer).status, 200)
  t.equal(await line(), 'closed')
  t.strictSame(await ended, [0, null])
  await t.rejects(fetch(`${url}/health/live`))
})

t.test('Ctrl+C stops it as well', async t => {
  const { child, ended } = await startProcess(t)
  child.kill('SIGINT')
  t.strictSame(await ended, [0, null])
})

t.test('a request that does not end is cut off after the grace', async t => {
  const { child, line, ended, url } = await startProcess(t, { SHUTDOWN_GRACE_MS: '50' })
  const answer = fetch(`${url}/api/search?q=stuck`)
  answer.catch(() => {})
  t.equal(await line(), 'searching')
  child.kill('SIGTERM')
  t.strictSame(await ended, [0, null])
  await t.rejects(answer)
})

t.test('a port that is in use is refused with the remedy', async t => {
  const other = createServer().listen(0, '127.0.0.1')
  t.teardown(() => other.close())
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const app = await openService(t)
  await t.rejects(serve(app, readConfig({ PORT: String(port) })), ListenError)
  const again = await openService(t)
  await t.rejects(serve(again, readConfig({ PORT: String(port) })), {
    message: `Cannot listen on port ${port} of 127.0.0.1: another program uses it. Stop that program, or choose another port, for example PORT=3001 npm start.`,
  })
})
