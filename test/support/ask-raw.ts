import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { App } from '../../src/routes/services.ts'

/** Asks over a real connection for exactly this path: `inject` would first tidy it as a browser does. */
export const askRaw = async (app: App, path: string): Promise<{ readonly status: number; readonly body: string }> => {
  const address = app.server.listening ? app.server.address() : undefined
  if (address === undefined) {
    await app.listen({ port: 0, host: '127.0.0.1' })
    return askRaw(app, path)
  }
  if (address === null || typeof address === 'string') throw new Error('the service listens on no port')
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: address.port, path, agent: false }, response => {
      text(response).then(body => resolve({ status: response.statusCode ?? 0, body }), reject)
    })
    sent.on('error', reject).end()
  })
}
