import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** Which hosts are the operator's own: queries may go there without being said to leave. */

/** Loopback, private use (RFC 1918, RFC 4193) and link-local. Shared address space (RFC 6598) is not one's own. */
const PRIVATE = new BlockList()
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv4')
}
for (const [network, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv6')
}

const isPrivateAddress = (address: string): boolean => PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Names that no public zone holds: RFC 6761, RFC 6762, RFC 8375, `.internal` (ICANN 2024), and container names. */
const PRIVATE_NAME = /^[^.]+$|\.(?:localhost|local|internal|lan|home\.arpa)$/

const unbracketed = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1')

/** Whether the host name of a URL is an address or a name of the operator's own network, by its spelling alone. */
export const isPrivateHost = (hostname: string): boolean => {
  const host = unbracketed(hostname)
  return isIP(host) === 0 ? PRIVATE_NAME.test(host.toLowerCase()) : isPrivateAddress(host)
}

/**
 * Whether a host's addresses are all private now: a short name may be completed by the resolver to a public one.
 * Rejects like `dns.lookup` when the name is unknown.
 */
export const resolvesPrivately = async (hostname: string): Promise<boolean> => {
  const host = unbracketed(hostname)
  if (isIP(host) !== 0) return isPrivateAddress(host)
  const addresses = await lookup(host, { all: true })
  return addresses.every(({ address }) => isPrivateAddress(address))
}
