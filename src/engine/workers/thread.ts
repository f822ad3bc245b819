import { parentPort, workerData } from 'node:worker_threads'
import { openEmbeddedEngine } from '../embedded/embedded-engine.ts'
import type { Engine, EngineQuery, IndexChange } from '../engine.ts'
import { EngineTroubleError } from '../engine.ts'
import { isOrder, type Order, type Reply, type ThreadData, toPortable } from './orders.ts'

/** A thread of the search engine: opens the index, and does one order after the other. */

const { stateFolder, stop, changes }: ThreadData = workerData
const engine: Engine = openEmbeddedEngine(stateFolder)
const stopped = new Int32Array(stop)
const changed = new Int32Array(changes)
let seen = Atomics.load(changed, 0)

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

/** Another thread has applied changes: they are read before the next answer. */
const follow = async (): Promise<void> => {
  const now = Atomics.load(changed, 0)
  if (now === seen) return
  seen = now
  await engine.close()
}

const perform = async (order: Order): Promise<unknown> => {
  const { method, args } = order
  await follow()
  // The arguments are those of the port's method of that name: only `worker-engine.ts` sends orders.
  if (method === 'search') return engine.search(args[0] as EngineQuery, { signal: pollingSignal(order) })
  if (method === 'apply') {
    await engine.apply(args[0] as readonly IndexChange[], args[1] as number, args[2] as number | undefined)
    seen = Atomics.add(changed, 0, 1) + 1
    return undefined
  }
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

parentPort?.on('message', async (message: unknown) => {
  if (isOrder(message)) return parentPort?.postMessage(await answer(message))
  if (message !== 'close') return
  await engine.close()
  parentPort?.close()
})
