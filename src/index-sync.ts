import { type Backoff, backoffMs } from './engine/backoff.ts'
import {
  EngineTroubleError,
  type IndexChange,
  IndexDamagedError,
  type IndexWriter,
  RefusedProfilesError,
} from './engine/engine.ts'
import { expandSupplier } from './search/expand.ts'
import type { CatalogueReader, ChangeLog } from './store/catalogue.ts'
import type { DeadLetters } from './store/dead-letters.ts'

/** Keeps the live index in step with the catalogue: the service's one writer. */
export interface IndexSync {
  /** Changes that the live index has not applied yet. */
  pending(): number
  /** Why changes wait, while the engine cannot take them; for anybody to read. */
  trouble(): string | undefined
  /** Applies what is waiting, at once. */
  flush(): Promise<void>
  /** Stops after the batch under way. */
  stop(): Promise<void>
}

export interface IndexSyncOptions {
  readonly catalogue: Pick<CatalogueReader, 'supplier'> &
    ChangeLog &
    Pick<DeadLetters, 'keepDeadLetters' | 'clearDeadLetters' | 'clearDeadLettersBefore'>
  readonly engine: IndexWriter
  /** How long a change may wait: a change is visible within a second. */
  readonly intervalMs?: number
  readonly onError?: (error: unknown) => void
}

/** A batch is one transaction of the embedded index (about 60 ms), or one bulk request to a cluster. */
const BATCH = 100

/** Of an engine in trouble: it is asked ever more rarely, and is found well again within ten seconds. */
const TROUBLE: Backoff = { firstMs: 300, maxMs: 10_000 }

/** Starts following the catalogue's change log. An error is reported, and the same changes are tried again. */
export const startIndexSync = ({ catalogue, engine, intervalMs = 300, onError }: IndexSyncOptions): IndexSync => {
  let applied = Number.NaN
  let stopped = false
  let running: Promise<void> | undefined
  let failures = 0
  let waitUntil = Number.NEGATIVE_INFINITY
  let trouble: string | undefined

  /** What is refused goes to the dead letters before anything counts as applied, so that a kill loses none. */
  const apply = async (batch: readonly IndexChange[], seq: number, after: number): Promise<void> => {
    try {
      await engine.apply(batch, seq, after)
      catalogue.clearDeadLetters(batch.map(({ siren }) => siren))
    } catch (error) {
      if (!(error instanceof RefusedProfilesError)) throw error
      const refused = new Set(error.profiles.map(({ siren }) => siren))
      const rest = batch.filter(({ siren }) => !refused.has(siren))
      if (rest.length === batch.length) throw error
      catalogue.keepDeadLetters(error.profiles, seq)
      onError?.(error)
      await apply(rest, seq, after)
    }
  }

  const applyBatch = async (): Promise<boolean> => {
    // Asked each time: a rebuilt index has reached another point.
    const reached = await engine.appliedSeq()
    if (Number.isNaN(applied)) catalogue.clearDeadLettersBefore(reached)
    applied = reached
    const changes = catalogue.changesAfter(applied, BATCH)
    const last = changes.at(-1)
    if (!last) return false
    const batch = [...new Set(changes.map(change => change.siren))].map((siren): IndexChange => {
      const supplier = catalogue.supplier(siren)
      return supplier ? { siren, supplier: expandSupplier(supplier) } : { siren }
    })
    await apply(batch, last.seq, applied)
    applied = last.seq
    failures = 0
    return changes.length === BATCH
  }

  const run = async (): Promise<void> => {
    while (!stopped && (await applyBatch())) await new Promise(resolve => setImmediate(resolve))
    failures = 0
    trouble = undefined
  }
  const flush = (): Promise<void> => {
    running ??= run().finally(() => {
      running = undefined
    })
    return running
  }
  const onFailure = (error: unknown): void => {
    if (error instanceof EngineTroubleError || error instanceof IndexDamagedError) {
      failures++
      const asked = error instanceof EngineTroubleError ? error.retryAfterMs : 0
      waitUntil = performance.now() + backoffMs(TROUBLE, failures, asked)
      trouble = error instanceof EngineTroubleError ? error.message : 'the index is damaged'
    }
    onError?.(error)
  }

  const timer = setInterval(() => {
    if (performance.now() >= waitUntil) flush().catch(onFailure)
  }, intervalMs)
  timer.unref()

  return {
    pending: () => (Number.isNaN(applied) ? 0 : Math.max(0, catalogue.lastSeq() - applied)),
    trouble: () => trouble,
    flush,
    async stop() {
      stopped = true
      clearInterval(timer)
      await running?.catch(() => {})
    },
  }
}
