import { isIP, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'
import { FetchFault } from './fetch-errors.ts'
import type { Resolve } from './resolver.ts'

/** Decides where the crawler may connect. */
export interface AddressGuard {
  /** Why this address may not be asked for as it is written: scheme, port, or a host that is an address itself. */
  checkUrl(url: URL): FetchFault | undefined
  /** The addresses of a host, every one of them checked. Rejects with a `FetchFault`. */
  addressesOf(hostname: string): Promise<readonly string[]>
}

export interface AddressGuardOptions {
  readonly ports: readonly number[]
  readonly resolve: Resolve
  readonly dnsMs: number
  /** Lets in an address that is not public. No setting leads here: for tests on the loopback. */
  readonly allowAddress?: ((address: string) => boolean) | undefined
}

const SCHEME_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

/** The only IPv6 space assigned to public use (IANA); all that is special in it is left out by its range. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

/** The NAT64 prefix of RFC 6052: on a network with IPv6 alone, every IPv4 site is reached through it. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')

/** Public by its number, internal by its use: the host agent of every Azure machine. */
const INTERNAL_USE: ReadonlySet<string> = new Set(['168.63.129.16'])

const withoutBrackets = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1')

const isPublicIpv4 = (address: ipaddr.IPv4): boolean =>
  address.range() === 'unicast' && !INTERNAL_USE.has(address.toString())

/**
 * Whether an address is public unicast. IPv4 inside a mapped or NAT64 address is judged itself; compatible, translated, 6to4 and Teredo
 * addresses are refused whatever they hold (all deprecated, each a way around), and so is whatever is not a plain address.
 */
export const isPublicAddress = (address: string): boolean => {
  const host = isIPv6(address) ? URL.parse(`http://[${address}]`)?.hostname : address
  if (host === undefined || isIP(withoutBrackets(host)) === 0) return false
  // In the URL's notation, for ipaddr.js takes the compatible `::8.8.8.8` for the mapped `::ffff:8.8.8.8`; `fe80::1%eth0` has none.
  const parsed = ipaddr.parse(withoutBrackets(host))
  if (parsed instanceof ipaddr.IPv4) return isPublicIpv4(parsed)
  if (parsed.isIPv4MappedAddress() || parsed.match(NAT64)) {
    return isPublicIpv4(new ipaddr.IPv4(parsed.toByteArray().slice(12)))
  }
  return parsed.match(GLOBAL_UNICAST) && parsed.range() === 'unicast'
}

/** A guard that lets through only http and https, on the given ports, to public addresses. */
export const createAddressGuard = ({ ports, resolve, dnsMs, allowAddress }: AddressGuardOptions): AddressGuard => {
  const refusalOf = (hostname: string, address: string): FetchFault | undefined => {
    if (isPublicAddress(address) || (isIP(address) !== 0 && allowAddress?.(address) === true)) return undefined
    return new FetchFault('private-address', hostname === address ? address : `${hostname} is ${address}`)
  }
  const resolveInTime = async (hostname: string): Promise<readonly string[]> => {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(new FetchFault('dns-timeout', hostname)), dnsMs)
    // A fetch that was stopped meanwhile must not keep the process.
    timer.unref()
    try {
      return await Promise.race([resolve(hostname), late.promise])
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    checkUrl(url) {
      const schemePort = SCHEME_PORTS[url.protocol]
      if (schemePort === undefined) return new FetchFault('unsupported-scheme', url.protocol)
      const port = url.port === '' ? schemePort : Number(url.port)
      if (!ports.includes(port)) return new FetchFault('unsupported-port', String(port))
      // WHATWG parsing has already turned decimal, hexadecimal, octal and full-width spellings into four plain numbers.
      const host = withoutBrackets(url.hostname)
      return isIP(host) === 0 ? undefined : refusalOf(host, host)
    },
    async addressesOf(hostname) {
      const host = withoutBrackets(hostname)
      const addresses = isIP(host) === 0 ? await resolveInTime(host) : [host]
      if (addresses.length === 0) throw new FetchFault('host-not-found', host)
      // One bad answer condemns the name: a mixture is how a rebinding server gets its second try.
      for (const address of addresses) {
        const refusal = refusalOf(host, address)
        if (refusal !== undefined) throw refusal
      }
      return addresses
    },
  }
}
