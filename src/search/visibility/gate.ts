import { EngineTroubleError } from '../../engine/engine.ts'

/** So many mirrors are computed at once; the others wait their turn, and past that number are told to come back. */
export interface Gate {
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>
}

/** Each mirror costs two dozen searches: `atOnce` run, `waiting` wait. Throws `EngineTroubleError` (busy) beyond. */
export const createGate = (atOnce: number, waiting: number): Gate => {
  const queue: (() => void)[] = []
  let running = 0
  const enter = async (signal?: AbortSignal): Promise<void> => {
    if (running < atOnce) {
      running++
      return
    }
    if (queue.length >= waiting) throw new EngineTroubleError('busy', 'too many mirrors are being computed')
    // The one that leaves hands its place over: `running` stays as it is.
    const turn = Promise.withResolvers<void>()
    queue.push(turn.resolve)
    const leave = (): void => {
      const at = queue.indexOf(turn.resolve)
      if (at >= 0) queue.splice(at, 1)
      turn.reject(signal?.reason)
    }
    signal?.addEventListener('abort', leave, { once: true })
    try {
      await turn.promise
    } finally {
      signal?.removeEventListener('abort', leave)
    }
  }
  const leave = (): void => {
    const next = queue.shift()
    if (next) next()
    else running--
  }
  return {
    run: async (work, signal) => {
      signal?.throwIfAborted()
      await enter(signal)
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
