import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Below 32768 start the ports that Linux gives to outgoing connections: from that range a client's socket could take the port of a node that
 * is down for a moment.
 */
const [FIRST, COUNT] = [20_000, 12_000]

const isFree = async (port: number): Promise<boolean> => {
  const probe = createServer().listen(port, '127.0.0.1')
  try {
    await once(probe, 'listening')
  } catch {
    return false
  }
  probe.close()
  await once(probe, 'close')
  return true
}

/** `count` loopback ports that nobody listens on, at random so that two runs at once do not meet. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const ports = new Set<number>()
  for (let tries = 0; ports.size < count; tries++) {
    if (tries > 1000) throw new Error(`no ${count} free loopback ports from ${FIRST} to ${FIRST + COUNT}`)
    const port = FIRST + Math.floor(Math.random() * COUNT)
    if (!ports.has(port) && (await isFree(port))) ports.add(port)
  }
  return [...ports]
}
