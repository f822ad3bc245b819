import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import t, { type Test } from 'tap'
import { FetchFault } from '../../indexer/crawl/fetch-errors.ts'
import { createResolver } from '../../indexer/crawl/resolver.ts'

const [A, AAAA] = [1, 28]
const [NO_ERROR, SERVER_FAILURE, NO_SUCH_NAME] = [0, 2, 3]

/** What the name server says to a question: a code and addresses as bytes, or nothing at all. */
type Reply = { readonly code: number; readonly addresses?: readonly (readonly number[])[] } | undefined

const PUBLIC_A = [93, 184, 216, 34]
const PUBLIC_AAAA = [0x26, 0x06, 0x47, 0, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x11, 0x11]

/** Replies by name, then by record type. */
const REPLIES: Readonly<Record<string, (type: number) => Reply>> = {
  deux: type => ({ code: NO_ERROR, addresses: type === A ? [PUBLIC_A, [10, 0, 0, 1]] : [PUBLIC_AAAA] }),
  ancien: type => ({ code: NO_ERROR, addresses: type === A ? [PUBLIC_A] : [] }),
  inconnu: () => ({ code: NO_SUCH_NAME }),
  vide: () => ({ code: NO_ERROR, addresses: [] }),
  casse: () => ({ code: SERVER_FAILURE }),
  muet: () => undefined,
  borgne: type => (type === AAAA ? undefined : { code: NO_ERROR, addresses: [PUBLIC_A] }),
}

/** A name server on the loopback (RFC 1035 §4): one question in, one answer out. */
const startNameServer = async (t: Test): Promise<string> => {
  const socket = createSocket('udp4')
  socket.on('message', (question, from) => {
    const label = question.subarray(13, 13 + (question[12] ?? 0)).toString('latin1')
    const end = question.indexOf(0, 12) + 5
    const type = question.readUInt16BE(end - 4)
    const reply = REPLIES[label]?.(type)
    if (reply === undefined) return
    const records = (reply.addresses ?? []).map(address =>
      Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, address.length, ...address]),
    )
    const header = Buffer.from([
      ...question.subarray(0, 2),
      0x81,
      0x80 | reply.code,
      0,
      1,
      0,
      records.length,
      0,
      0,
      0,
      0,
    ])
    socket.send(Buffer.concat([header, question.subarray(12, end), ...records]), from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  t.teardown(() => socket.close())
  return `127.0.0.1:${socket.address().port}`
}

t.test('every address of a name is given, and what is missing is named', async t => {
  const resolve = createResolver(400, [await startNameServer(t)])
  const found = async (name: string) =>
    await resolve(`${name}.example`).catch(error => (error instanceof FetchFault ? error.reason : error))
  t.same(await found('deux'), ['93.184.216.34', '10.0.0.1', '2606:4700:4700::1111'], 'both families')
  t.same(await found('ancien'), ['93.184.216.34'], 'one family only')
  t.same(await found('inconnu'), [], 'no such name')
  t.same(await found('vide'), [], 'a name without addresses')
  t.equal(await found('casse'), 'dns-failure')
  t.equal(await found('muet'), 'dns-timeout')
  t.same(await found('borgne'), ['93.184.216.34'], 'one silent family does not hide the other')
})
