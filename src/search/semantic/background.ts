import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import type { Siren } from '../../model/siren.ts'
import type { Supplier } from '../../model/supplier.ts'
import type { CatalogueReader, ChangeLog } from '../../store/catalogue.ts'
import type { Assignment, FillProgress, Vectors } from '../../store/vectors.ts'
import { chunkHash, chunksOf } from './chunks.ts'
import { embedTexts } from './embed-texts.ts'
import type { Encoder } from './encoder.ts'
import { hubness, sameEncoder, UNRELATED_QUERIES } from './hubs.ts'
import { quantise } from './int8.ts'

export interface EmbeddingState {
  /** `waiting`: after an error, to be tried again. `idle`: every profile is embedded. */
  readonly phase: 'starting' | 'embedding' | 'idle' | 'waiting' | 'stopped'
  /** Profiles embedded, of how many. */
  readonly done: number
  readonly total: number
  readonly model: string
  /** Why it waits, without any text of a query. */
  readonly lastError?: string
}

/** Work beside the service: gives every profile its vectors, then follows the catalogue's changes. */
export interface Embedding {
  state(): EmbeddingState
  /** Stops within a batch; what was embedded is kept. */
  stop(): Promise<void>
}

export interface EmbeddingOptions {
  readonly catalogue: Pick<CatalogueReader, 'supplier' | 'counts'> &
    ChangeLog & { suppliersInOrder(): IterableIterator<Supplier> }
  readonly encoder: Pick<Encoder, 'model' | 'identity' | 'embed'>
  readonly vectors: Vectors
  /** How often the change log is read. */
  readonly intervalMs?: number
  /** The first pause after an error; it doubles up to a hundred times that. */
  readonly retryMs?: number
  /** Told of each new error. */
  readonly onError?: (error: unknown) => void
}

/** Suppliers that share batches and a commit: what a kill can cost is their embedding, about two seconds. */
const GROUP = 8
const CHANGES_AT_ONCE = 100
const CLEAN_AT_ONCE = 1000
const LONGEST_RETRY = 100

interface Wanted {
  readonly siren: Siren
  readonly supplier: Supplier | undefined
}

/** Starts the work, one batch at a time; an error is reported and tried again, from where it stood. */
export const startEmbedding = (options: EmbeddingOptions): Embedding => {
  const { catalogue, encoder, vectors, intervalMs = 2000, retryMs = 3000, onError } = options
  const stopping = new AbortController()
  const { signal } = stopping
  let phase: EmbeddingState['phase'] = 'starting'
  let lastError: string | undefined
  let failures = 0

  const pause = (ms: number): Promise<void> => wait(ms, undefined, { signal })
  const breathe = (): Promise<void> => nextTurn(undefined, { signal })

  /** Sees that the generation in force is this encoder's own, by its settings and by what it answers. */
  const prepare = async (): Promise<void> => {
    const probes = await encoder.embed('query', UNRELATED_QUERIES, { signal })
    const current = vectors.generation()
    if (current?.identity === encoder.identity && sameEncoder(current.probes, probes)) {
      const progress = vectors.progress()
      // A catalogue that was replaced counts its changes from the beginning.
      if (progress && progress.seq > catalogue.lastSeq()) restart(progress)
      return
    }
    const dimension = probes[0]?.length ?? 0
    vectors.begin({ identity: encoder.identity, dimension, probes }, catalogue.lastSeq())
  }
  const restart = (progress: FillProgress): void =>
    vectors.note({ walk: progress.walk + 1, cursor: '', seq: catalogue.lastSeq() })

  const embedMissing = async (texts: ReadonlyMap<string, string>): Promise<void> => {
    const missing = [...vectors.missing([...texts.keys()])]
    // A few at a time: each addition is one that a kill does not lose.
    while (missing.length > 0) {
      const hashes = missing.splice(0, GROUP)
      const found = await embedTexts(
        encoder,
        hashes.map(hash => texts.get(hash) ?? ''),
        { signal },
      )
      const { probes = [], dimension = 0 } = vectors.generation() ?? {}
      if (found.some(vector => vector && vector.length !== dimension)) {
        throw new Error(`the embeddings endpoint answers with vectors of another length than ${dimension}`)
      }
      vectors.add(
        found.map((vector, index) => ({
          hash: hashes[index] as string,
          ...(vector
            ? { ...quantise(vector), hub: hubness(vector, probes) }
            : { codes: new Int8Array(0), scale: 1, hub: 0 }),
        })),
      )
    }
  }

  const embedGroup = async (group: readonly Wanted[], progress: FillProgress): Promise<void> => {
    phase = 'embedding'
    const texts = new Map<string, string>()
    const assignments = group.map(({ siren, supplier }): Assignment => {
      if (supplier === undefined) return { siren }
      const chunks = chunksOf(supplier).map(({ text, kind, passage }) => {
        const hash = chunkHash(encoder.identity, text)
        texts.set(hash, text)
        return { hash, kind, ...(passage !== undefined && { passage }) }
      })
      return { siren, chunks }
    })
    await embedMissing(texts)
    vectors.assign(assignments, progress)
    failures = 0
    lastError = undefined
    await breathe()
  }

  const walk = async ({ walk, cursor = '', seq }: FillProgress): Promise<void> => {
    let group: Wanted[] = []
    for (const supplier of catalogue.suppliersInOrder()) {
      if (supplier.siren <= cursor) continue
      group.push({ siren: supplier.siren, supplier })
      if (group.length < GROUP) continue
      await embedGroup(group, { walk, cursor: supplier.siren, seq })
      group = []
    }
    await embedGroup(group, { walk, cursor: undefined, seq })
    while (vectors.cleanUp(CLEAN_AT_ONCE) > 0) await breathe()
  }

  /** Brings the vectors up to date with the catalogue. */
  const catchUp = async (): Promise<void> => {
    for (;;) {
      const progress = vectors.progress()
      if (progress === undefined) return
      if (progress.cursor !== undefined) await walk(progress)
      else {
        const changes = catalogue.changesAfter(progress.seq, CHANGES_AT_ONCE)
        const last = changes.at(-1)
        if (last === undefined) return
        const sirens = [...new Set(changes.map(({ siren }) => siren))]
        while (sirens.length > GROUP) {
          const some = sirens.splice(0, GROUP)
          await embedGroup(
            some.map(siren => ({ siren, supplier: catalogue.supplier(siren) })),
            progress,
          )
        }
        await embedGroup(
          sirens.map(siren => ({ siren, supplier: catalogue.supplier(siren) })),
          { ...progress, seq: last.seq },
        )
      }
    }
  }

  const run = async (): Promise<void> => {
    let prepared = false
    while (!signal.aborted) {
      try {
        if (!prepared) await prepare()
        prepared = true
        await catchUp()
        phase = 'idle'
        failures = 0
        lastError = undefined
        await pause(intervalMs)
      } catch (error) {
        if (signal.aborted) return
        // After an outage another encoder may stand at the same address.
        prepared = false
        phase = 'waiting'
        const message = error instanceof Error ? error.message : String(error)
        if (message !== lastError) onError?.(error)
        lastError = message
        await pause(retryMs * Math.min(LONGEST_RETRY, 2 ** failures++)).catch(() => {})
      }
    }
  }
  const running = run()

  return {
    state: () => {
      const { suppliers: total } = catalogue.counts()
      const done = Math.min(total, vectors.counts().suppliers)
      return { phase, done, total, model: encoder.model, ...(lastError !== undefined && { lastError }) }
    },
    stop: async () => {
      stopping.abort()
      await running
      phase = 'stopped'
    },
  }
}
