import { parentPort, workerData } from 'node:worker_threads'
import { openEmbeddedEngine } from '../embedded/embedded-engine.ts'
import type { HelperShare, OwnerShare } from '../embedded/shared-search.ts'
import { type EngineQuery, EngineTroubleError, type IndexChange, type IndexDamage } from '../engine.ts'
import { type DamageNote, isColumns, isOrder, type Order, type Reply, type ThreadData, toPortable } from './orders.ts'
import { SharedColumns } from './shared-columns.ts'

/** A thread of the search engine: opens the index, and does one order after the other. */

/** The writer does not search: it reads the profiles that it removes, hardly ever two of one block. */
const WRITER_CACHE_BYTES = 2 << 20

const { stateFolder, role, stop }: ThreadData = workerData
const columns = new SharedColumns()
const onDamage = ({ index, error }: IndexDamage): void => {
  const note: DamageNote = { damagedIndex: index, error: toPortable(error) }
  parentPort?.postMessage(note)
}
const engine = openEmbeddedEngine(stateFolder, {
  onDamage,
  ...(role === 'reader'
    ? { readOnly: true, shared: (index: string) => columns.of(index) }
    : { cacheBytes: WRITER_CACHE_BYTES }),
})
const stopped = new Int32Array(stop)
let told = ''

/** Nothing else runs while a search does: what stops it is looked at, not listened to. */
const pollingSignal = ({ id, budgetMs }: Order): AbortSignal => {
  const until = performance.now() + budgetMs
  const { signal } = new AbortController()
  return Object.defineProperty(signal, 'throwIfAborted', {
    value: () => {
      if (Atomics.load(stopped, 0) === id) throw new DOMException('This operation was aborted', 'AbortError')
      if (performance.now() > until)
        throw new EngineTroubleError('slow', 'the search took too long; ask for less, or try again')
    },
  })
}

const perform = async (order: Order): Promise<unknown> => {
  const { method, args } = order
  // The arguments are those of the port's method of that name: only `worker-engine.ts` sends orders.
  const signal = pollingSignal(order)
  if (method === 'search') {
    const [query, share] = args as [EngineQuery, OwnerShare?]
    return engine.search(query, { signal, ...(share && { share }) })
  }
  if (method === 'help') return engine.help(args[0] as EngineQuery, args[1] as HelperShare, { signal })
  if (method === 'apply')
    return engine.apply(args[0] as readonly IndexChange[], args[1] as number, args[2] as number | undefined)
  const call = engine[method] as (...args: readonly unknown[]) => Promise<unknown>
  return call(...args)
}

const answer = async (order: Order): Promise<Reply> => {
  try {
    return { id: order.id, value: await perform(order) }
  } catch (error) {
    return { id: order.id, error: toPortable(error) }
  }
}

/** The writer says which columns it has whenever they are others than before. */
const tellColumns = (): void => {
  const shared = role === 'writer' ? engine.shared() : undefined
  const names = shared ? [shared.index, ...shared.segments.keys()].join() : told
  if (names === told) return
  told = names
  parentPort?.postMessage(shared)
}

parentPort?.on('message', async (message: unknown) => {
  if (isOrder(message)) {
    const reply = await answer(message)
    tellColumns()
    parentPort?.postMessage(reply)
    return
  }
  if (isColumns(message)) {
    // What was read into memory of its own is let go, and opened again at the next order.
    if (columns.take(message)) await engine.close()
    return
  }
  if (message !== 'close') return
  await engine.close()
  parentPort?.close()
})

parentPort?.postMessage('ready')
