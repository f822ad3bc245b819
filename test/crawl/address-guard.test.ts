import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import t, { type Test } from 'tap'
import { createAddressGuard, isPublicAddress } from '../../indexer/crawl/address-guard.ts'
import { FetchFault } from '../../indexer/crawl/fetch-errors.ts'
import { createFetcher } from '../../indexer/crawl/fetcher.ts'
import { PAGE, playFaults, startFaultServer, status } from '../support/fault-server.ts'
import { sharedPath, skipWithout } from '../support/shared-data.ts'

const userAgent = 'BriqueTest/1.0 (+https://brique.example/robot)'

/** How many TCP sockets this process has opened towards others since the call. */
const countSockets = (t: Test): (() => number) => {
  let sockets = 0
  const count = (): void => void sockets++
  subscribe('net.client.socket', count)
  t.teardown(() => unsubscribe('net.client.socket', count))
  return () => sockets
}

/** Reads a file of ../shared/hostile/ssrf; the rows are checked where they are used. */
const hostile = (file: string): unknown => JSON.parse(readFileSync(sharedPath(`hostile/ssrf/${file}`) ?? '', 'utf8'))

const textOf = (row: unknown, key: string): string => {
  const value = typeof row === 'object' && row !== null ? Object.entries(row).find(([name]) => name === key)?.[1] : ''
  return typeof value === 'string' ? value : ''
}

interface UrlCase {
  readonly url: string
  readonly expect: string
}

/** Each URL as a browser would resolve it; what does not even parse is kept as it is. */
const urlCases = (): readonly UrlCase[] => {
  const rows = hostile('url-cases.json')
  if (!Array.isArray(rows)) throw new Error('url-cases.json is no list')
  return rows.map(row => {
    const input = textOf(row, 'input')
    return { url: URL.parse(input, textOf(row, 'base') || undefined)?.href ?? input, expect: textOf(row, 'expect') }
  })
}

const guard = createAddressGuard({ ports: [80, 443], resolve: async () => ['127.0.0.1'], dnsMs: 1_000 })

t.test('only public unicast addresses are public', async t => {
  const publics = [
    '1.1.1.1',
    '193.252.19.3',
    '2606:4700:4700::1111',
    '2a01:e0c:1::1',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ]
  for (const address of publics) t.ok(isPublicAddress(address), address)
  const refused = [
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
      '172.31.0.1',
      '192.168.1.1',
    ],
    ...[
      '192.0.0.192',
      '192.0.2.1',
      '192.88.99.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.1',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      'fe80::1',
      'fe80::1%eth0',
      'fec0::1',
      'fc00::1',
      'fd00:ec2::254',
      'ff02::1',
      '100::1',
      '5f00::1',
      '1:2:3:4::1',
    ],
    ...[
      '2001:db8::1',
      '3fff::1',
      '2001::1',
      '2001:2::1',
      '2001:10::1',
      '2001:20::1',
      '2002:7f00:1::',
      '2002:808:808::',
    ],
    ...[
      '::ffff:127.0.0.1',
      '::ffff:a00:1',
      '::ffff:0:127.0.0.1',
      '::127.0.0.1',
      '::8.8.8.8',
      '64:ff9b::a00:1',
      '64:ff9b:1::a00:1',
    ],
    ...[
      '168.63.129.16',
      '::ffff:168.63.129.16',
      '',
      'localhost',
      '127.1',
      '0x7f000001',
      '2130706433',
      '8.8.8.8.',
      ' 8.8.8.8',
    ],
  ]
  for (const address of refused) t.notOk(isPublicAddress(address), address)
})

t.test('an IPv4 address inside an IPv6 one is never judged better than alone', async () => {
  const ipv4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map(parts => parts.join('.'))
  fc.assert(
    fc.property(ipv4, address => {
      const hex = ipaddr.IPv4.parse(address).toIPv4MappedAddress().toString().replace('::ffff:', '')
      const alone = isPublicAddress(address)
      if (isPublicAddress(`::ffff:${address}`) !== alone || isPublicAddress(`64:ff9b::${address}`) !== alone)
        return false
      const deprecated = [
        `::${address}`,
        `::ffff:0:${address}`,
        `2002:${hex}::`,
        `2001:0:${hex}::`,
        `64:ff9b:1::${address}`,
      ]
      return !deprecated.some(isPublicAddress)
    }),
    { numRuns: 300 },
  )
})

t.test(
  'every special range is refused from its first to its last address',
  { skip: skipWithout('hostile/ssrf') },
  async t => {
    const file = hostile('special-use-ranges.json')
    if (typeof file !== 'object' || file === null || !('ranges' in file) || !Array.isArray(file.ranges)) {
      throw new Error('special-use-ranges.json has no ranges')
    }
    for (const range of file.ranges) {
      const cidr = textOf(range, 'cidr')
      if (cidr.includes(':')) {
        const [first, last] = [ipaddr.IPv6.networkAddressFromCIDR(cidr), ipaddr.IPv6.broadcastAddressFromCIDR(cidr)]
        t.notOk(
          [first, last].some(address => isPublicAddress(address.toString())),
          cidr,
        )
      } else {
        const whole = cidr.includes('/') ? cidr : `${cidr}/32`
        const ends = [ipaddr.IPv4.networkAddressFromCIDR(whole), ipaddr.IPv4.broadcastAddressFromCIDR(whole)].map(
          String,
        )
        const dressed = ends.flatMap(end => [end, `::${end}`, `::ffff:${end}`, `::ffff:0:${end}`, `64:ff9b::${end}`])
        t.same(dressed.filter(isPublicAddress), [], cidr)
      }
    }
    const forms = 'nat64_forms_of_10.0.0.1' in file ? file['nat64_forms_of_10.0.0.1'] : []
    t.ok(Array.isArray(forms) && forms.length > 0, 'the NAT64 forms are there')
    for (const form of Array.isArray(forms) ? forms : [])
      t.notOk(isPublicAddress(textOf(form, 'address')), textOf(form, 'address'))
  },
)

t.test('a host written as a number in any notation is judged as the address it is', async t => {
  const spellings = [
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '0x7f.1',
    '%31%32%37.0.0.1',
    '１２７.０.０.１',
    '[::1]',
    '[::ffff:7f00:1]',
  ]
  for (const host of spellings) t.equal(guard.checkUrl(new URL(`http://${host}/`))?.reason, 'private-address', host)
  t.equal(guard.checkUrl(new URL('http://0x8080808/')), undefined, '8.8.8.8 in hexadecimal')
  t.equal(guard.checkUrl(new URL('http://127.0.0.1:22/'))?.reason, 'unsupported-port')
  t.equal(guard.checkUrl(new URL('ftp://8.8.8.8/'))?.reason, 'unsupported-scheme')
})

t.test('a name is refused when any of its addresses is', async t => {
  const among = (...addresses: string[]) =>
    createAddressGuard({ ports: [80], resolve: async () => addresses, dnsMs: 1_000 }).addressesOf('mixte.example')
  t.same(await among('93.184.216.34', '2606:4700::1'), ['93.184.216.34', '2606:4700::1'])
  const refusal = async (...addresses: string[]) =>
    await among(...addresses).catch(error => (error instanceof FetchFault ? `${error.reason}: ${error.detail}` : error))
  t.equal(await refusal('93.184.216.34', '10.0.0.1'), 'private-address: mixte.example is 10.0.0.1')
  t.equal(await refusal('10.0.0.1', '93.184.216.34'), 'private-address: mixte.example is 10.0.0.1')
  t.equal(await refusal('93.184.216.34', '::1'), 'private-address: mixte.example is ::1')
  t.equal(
    await refusal('autre.example'),
    'private-address: mixte.example is autre.example',
    'an answer that is no address',
  )
  t.equal(await refusal(), 'host-not-found: mixte.example')
})

t.test('no hostile URL opens a connection', { skip: skipWithout('hostile/ssrf') }, async t => {
  // Every name stands for this machine: it is the addresses that must be refused, whatever the name.
  const fetcher = createFetcher({ userAgent, resolve: async () => ['93.184.216.34', '127.0.0.1'] })
  t.teardown(() => fetcher.close())
  const sockets = countSockets(t)
  let refused = 0
  for (const { url, expect } of urlCases()) {
    if (expect.startsWith('allow')) {
      t.equal(guard.checkUrl(new URL(url)), undefined, `${url} is public`)
      continue
    }
    const outcome = await fetcher.fetch(url)
    const reason = outcome.kind === 'excluded' ? outcome.reason : outcome.kind
    t.match(reason, /^(?:private-address|unsupported-scheme|unsupported-port)$/, `${url} (${expect})`)
    refused++
  }
  t.ok(refused > 150)
  t.equal(sockets(), 0)
})

t.test('no redirect reaches a hostile URL', { skip: skipWithout('hostile/ssrf') }, async t => {
  let location = ''
  const server = await startFaultServer((socket, asked) => status('302 Found', `Location: ${location}`)(socket, asked))
  t.teardown(() => server.close())
  // The loopback is open for the first connection of a fetch only: for what it redirects to, the guard is as in service.
  let first = true
  const fetcher = createFetcher({
    userAgent,
    ports: [80, 443, server.port],
    followForeignRedirects: true,
    resolve: async hostname => [hostname === 'depart.example' ? '127.0.0.1' : '10.0.0.7'],
    allowAddress: () => {
      const allowed = first
      first = false
      return allowed
    },
  })
  t.teardown(() => fetcher.close())
  const sockets = countSockets(t)
  const targets = urlCases().filter(({ expect }) => !expect.startsWith('allow'))
  for (const { url } of targets) {
    // A header is bytes: the UTF-8 of the address.
    location = url.replaceAll(/[\r\n]/g, '')
    first = true
    const outcome = await fetcher.fetch(`http://depart.example:${server.port}/`)
    const reason = outcome.kind === 'excluded' ? outcome.reason : outcome.kind
    t.match(reason, /^(?:private-address|unsupported-scheme|unsupported-port|bad-redirect|too-many-redirects)$/, url)
  }
  t.equal(server.connections(), targets.length, 'one connection a fetch, to the page that redirects')
  t.equal(sockets(), targets.length, 'and none elsewhere')
})

t.test('the connection goes to the address that was checked, and a name that changes is checked again', async t => {
  const server = await startFaultServer((socket, asked) => {
    playFaults(socket, asked)
    socket.end()
  })
  t.teardown(() => server.close())
  const answers = [['127.0.0.1'], ['127.0.0.2']]
  let asked = 0
  const fetcher = createFetcher({
    userAgent,
    ports: [server.port],
    resolve: async () => answers[asked++] ?? [],
    allowAddress: address => address === '127.0.0.1',
  })
  t.teardown(() => fetcher.close())
  const sockets = countSockets(t)
  const url = `http://rebond.example:${server.port}/none`
  t.match(await fetcher.fetch(url), { kind: 'fetched', page: { body: Buffer.from(PAGE) } })
  t.equal(asked, 1, 'nothing resolves the name a second time')
  t.match(await fetcher.fetch(url), {
    kind: 'excluded',
    reason: 'private-address',
    detail: 'rebond.example is 127.0.0.2',
  })
  t.equal(sockets(), 1)
  t.match(server.asked[0]?.headers, `host: rebond.example:${server.port}`, 'the server is asked by its name')
})

t.test('nothing but the code of the guard knows the switch that opens it', async t => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const files = globSync('{src,indexer}/**/*.{ts,js}', { cwd: root })
  const knowing = files.filter(file => readFileSync(`${root}/${file}`, 'utf8').includes('allowAddress'))
  t.same(knowing.toSorted(), ['indexer/crawl/address-guard.ts', 'indexer/crawl/fetcher.ts'])
})
