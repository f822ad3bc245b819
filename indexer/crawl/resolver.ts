import { Resolver } from 'node:dns/promises'
import { FetchFault } from './fetch-errors.ts'

/** Every address of a name. Rejects with a `FetchFault`, or answers nothing, when there is none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>

/** "There is no such name" and "there is, without an address of this family". */
const ABSENT = new Set(['ENOTFOUND', 'ENODATA'])

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error)

/**
 * A resolver that asks the DNS servers of the machine, or those given, for both families. Not `dns.lookup`: that one reads the hosts file, and a silent
 * server would hold one of libuv's four threads a name.
 */
export const createResolver = (timeoutMs: number, servers?: readonly string[]): Resolve => {
  // c-ares doubles the wait at the second try: 1/4 + 2/4 of the limit, so that one silent family still leaves the other's answer.
  const resolver = new Resolver({ timeout: Math.max(1, Math.floor(timeoutMs / 4)), tries: 2 })
  if (servers !== undefined) resolver.setServers(servers)
  return async hostname => {
    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
    const addresses = answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []))
    if (addresses.length > 0) return addresses
    const codes = answers.flatMap(answer => (answer.status === 'rejected' ? [codeOf(answer.reason)] : []))
    if (codes.every(code => ABSENT.has(code))) return []
    throw new FetchFault(codes.includes('ETIMEOUT') ? 'dns-timeout' : 'dns-failure', `${hostname}: ${codes.join(', ')}`)
  }
}
