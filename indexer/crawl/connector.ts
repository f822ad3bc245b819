import { isIP, isIPv4, type Socket } from 'node:net'
import { buildConnector } from 'undici'
import type { AddressGuard } from './address-guard.ts'
import { FetchFault, faultOf } from './fetch-errors.ts'

export interface ConnectorOptions {
  readonly guard: AddressGuard
  readonly connectMs: number
  /** Certificate authorities trusted instead of the usual ones, PEM. */
  readonly ca?: string | undefined
  /** See `FetcherOptions`. */
  readonly connectPort?: ((port: number) => number) | undefined
}

/** Failures after which another address of the same name may do better. */
const TRY_NEXT: ReadonlySet<string> = new Set(['connection-refused', 'connect-timeout'])

/**
 * The only way from the crawler to the network: resolves the host, checks every answer, and connects to one of these addresses as a
 * number, so that nothing resolves the name again. It replaces undici's own look-up, which is never called for a host that is a number.
 */
export const createConnector = ({ guard, connectMs, ca, connectPort }: ConnectorOptions): buildConnector.connector => {
  // Said again although it is the default: an environment variable can turn the default off.
  const connect = buildConnector({
    timeout: connectMs,
    allowH2: false,
    rejectUnauthorized: true,
    ...(ca !== undefined && { ca }),
  })

  const connectTo = (address: string, to: buildConnector.Options, timeoutMs: number): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const { hostname, host = hostname, protocol } = to
      const asked = Number(to.port) || (protocol === 'https:' ? 443 : 80)
      const port = String(connectPort?.(asked) ?? asked)
      // A certificate is checked against the name, never against the number connected to.
      const name = protocol === 'https:' && isIP(hostname) === 0 ? { servername: hostname } : {}
      let late = false
      // undici's own timer, up to a second late, closes the socket; this one ends the wait.
      const timer = setTimeout(() => {
        late = true
        reject(new FetchFault('connect-timeout', `${address} in ${timeoutMs} ms`))
      }, timeoutMs).unref()
      connect({ hostname: address, host, protocol, port, ...name }, (error, socket) => {
        clearTimeout(timer)
        if (error !== null) reject(faultOf(error, protocol === 'https:' ? 'tls' : 'connect'))
        else if (late) socket.destroy()
        else resolve(socket)
      })
    })

  const open = async (to: buildConnector.Options): Promise<Socket> => {
    const addresses = await guard.addressesOf(to.hostname)
    // IPv4 first: a machine without an IPv6 route is still the commoner one.
    const [first, second] = addresses.toSorted((a, b) => Number(isIPv4(b)) - Number(isIPv4(a)))
    if (first === undefined) throw new FetchFault('host-not-found', to.hostname)
    if (second === undefined) return connectTo(first, to, connectMs)
    try {
      return await connectTo(first, to, connectMs / 2)
    } catch (error) {
      if (!(error instanceof FetchFault) || !TRY_NEXT.has(error.reason)) throw error
      return connectTo(second, to, connectMs / 2)
    }
  }

  return (to, callback) => {
    open(to).then(
      socket => callback(null, socket),
      error => callback(faultOf(error, 'connect'), null),
    )
  }
}
