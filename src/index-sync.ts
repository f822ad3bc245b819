import type { IndexChange, IndexWriter } from './engine/engine.ts'
import { expandSupplier } from './search/expand.ts'
import type { CatalogueReader, ChangeLog } from './store/catalogue.ts'

/** Keeps the live index in step with the catalogue: the service's one writer. */
export interface IndexSync {
  /** Changes that the live index has not applied yet. */
  pending(): number
  /** Applies what is waiting, at once. */
  flush(): Promise<void>
  /** Stops after the batch under way. */
  stop(): Promise<void>
}

export interface IndexSyncOptions {
  readonly catalogue: Pick<CatalogueReader, 'supplier'> & ChangeLog
  readonly engine: IndexWriter
  /** How long a change may wait: a change is visible within a second. */
  readonly intervalMs?: number
  readonly onError?: (error: unknown) => void
}

/** A batch is one transaction of the index: about 60 ms. */
const BATCH = 100

/** Starts following the catalogue's change log. An error is reported and tried again at the next tick. */
export const startIndexSync = ({ catalogue, engine, intervalMs = 300, onError }: IndexSyncOptions): IndexSync => {
  let applied = Number.NaN
  let stopped = false
  let running: Promise<void> | undefined

  const applyBatch = async (): Promise<boolean> => {
    // Asked each time: a rebuilt index has reached another point.
    applied = await engine.appliedSeq()
    const changes = catalogue.changesAfter(applied, BATCH)
    const last = changes.at(-1)
    if (!last) return false
    const batch = [...new Set(changes.map(change => change.siren))].map((siren): IndexChange => {
      const supplier = catalogue.supplier(siren)
      return supplier ? { siren, supplier: expandSupplier(supplier) } : { siren }
    })
    await engine.apply(batch, last.seq)
    applied = last.seq
    return changes.length === BATCH
  }

  const run = async (): Promise<void> => {
    while (!stopped && (await applyBatch())) await new Promise(resolve => setImmediate(resolve))
  }
  const flush = (): Promise<void> => {
    running ??= run().finally(() => {
      running = undefined
    })
    return running
  }

  const timer = setInterval(() => {
    flush().catch((error: unknown) => onError?.(error))
  }, intervalMs)
  timer.unref()

  return {
    pending: () => (Number.isNaN(applied) ? 0 : Math.max(0, catalogue.lastSeq() - applied)),
    flush,
    async stop() {
      stopped = true
      clearInterval(timer)
      await running?.catch(() => {})
    },
  }
}
