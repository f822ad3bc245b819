import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from './config.ts'
import type { App } from './routes/services.ts'

/** The port cannot be listened on; the message says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

const IDLE_SWEEP_MS = 50

const REMEDIES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses it. Stop that program, or choose another port, for example PORT=3001 npm start.',
  EACCES: 'the system reserves it. Choose a port above 1023, for example PORT=3000 npm start.',
  EADDRNOTAVAIL: 'this machine has no such address. Set HOST to one of its own, or to 0.0.0.0.',
  ENOTFOUND: 'the host name is unknown. Set HOST to an address of this machine, or to 0.0.0.0.',
}

const listen = async (app: App, { host, port }: Config): Promise<string> => {
  try {
    return await app.listen({ host, port })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const remedy = REMEDIES[code]
    if (remedy === undefined) throw cause
    throw new ListenError(`Cannot listen on port ${port} of ${host}: ${remedy}`, { cause })
  }
}

/** The first of these signals; a second one ends the process at once, as it does without a handler. */
const stopSignal = (): Promise<NodeJS.Signals> =>
  new Promise(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal))
  })

/**
 * Listens until SIGTERM or SIGINT, then stops accepting and lets the requests under way end, for `shutdownGraceMs` at
 * most. Throws a `ListenError` when the port cannot be had.
 */
export const serve = async (app: App, config: Config): Promise<void> => {
  const stopped = stopSignal()
  const address = await listen(app, config)
  if (process.stdout.isTTY) process.stdout.write(`Brique : ${address}/ (Ctrl+C pour arrêter)\n`)
  app.log.info({ signal: await stopped }, 'stopping')
  const drained = app.close().then(() => true)
  // Node closes the connections that are idle now; those that become so would wait for their keep-alive to run out.
  const sweep = setInterval(() => app.server.closeIdleConnections(), IDLE_SWEEP_MS)
  const inTime = await Promise.race([drained, wait(config.shutdownGraceMs, false, { ref: false })])
  clearInterval(sweep)
  if (inTime) return
  app.log.warn('requests still under way were cut off')
  app.server.closeAllConnections()
  await drained
}
