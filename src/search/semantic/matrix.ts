import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Siren } from '../../model/siren.ts'
import type { StoredChunk, VectorReader } from '../../store/vectors.ts'

/** All vectors in memory, for the search that has no candidates to start from: every one is compared, none is skipped. */
export interface Matrix {
  /** The closest suppliers by their best chunk, the closest first. Loads what changed since the last call. */
  nearest(query: Float32Array, limit: number, signal?: AbortSignal): Promise<Nearest[] | 'too-large'>
}

export interface Nearest {
  readonly siren: Siren
  /** Hub-corrected. */
  readonly cosine: number
  readonly chunk: StoredChunk
}

/** Suppliers read in one turn of the event loop: about 10 ms. */
const LOADED_AT_ONCE = 200
/** Vectors of a block, and compared in one turn: about 5 ms at 384 numbers. */
const BLOCK = 8192
/** Beyond this a scan takes half a second and more: words alone then. */
const DEFAULT_MAX_BYTES = 512 * 1024 * 1024

/** Eleven bits of the query and seven of the vectors: sums stay whole numbers below 2³¹ up to 8,192 dimensions. */
const LARGEST_QUERY_CODE = 2047

interface Row {
  readonly siren: Siren
  readonly chunk: StoredChunk
}

const queryCodes = (query: Float32Array): { readonly codes: Int16Array; readonly scale: number } => {
  let largest = 0
  for (const value of query) largest = Math.max(largest, Math.abs(value))
  const scale = largest / LARGEST_QUERY_CODE || 1
  return { codes: Int16Array.from(query, value => Math.round(value / scale)), scale }
}

/** Product of the codes of one row of a block; whole numbers, which V8 keeps in registers. */
const product = (block: Int8Array, start: number, query: Int16Array): number => {
  let a = 0
  let b = 0
  const length = query.length & ~1
  for (let i = 0; i < length; i += 2) {
    a = (a + Math.imul(block[start + i] as number, query[i] as number)) | 0
    b = (b + Math.imul(block[start + i + 1] as number, query[i + 1] as number)) | 0
  }
  return length === query.length ? a + b : a + b + (block[start + length] as number) * (query[length] as number)
}

/** The best of each supplier, at most `limit` suppliers. */
const createBest = (limit: number) => {
  const best: { row: number; siren: Siren; cosine: number }[] = []
  return {
    rows: best,
    offer: (row: number, siren: Siren, cosine: number): void => {
      if (best.length === limit && cosine <= (best.at(-1)?.cosine ?? 0)) return
      const same = best.findIndex(each => each.siren === siren)
      if (same !== -1) {
        if ((best[same]?.cosine ?? 0) >= cosine) return
        best.splice(same, 1)
      }
      let at = best.length
      while (at > 0 && (best[at - 1]?.cosine ?? 0) < cosine) at--
      best.splice(at, 0, { row, siren, cosine })
      if (best.length > limit) best.pop()
    },
  }
}

export const createMatrix = (vectors: VectorReader, maxBytes = DEFAULT_MAX_BYTES): Matrix => {
  let generation = 0
  let dimension = 0
  let version = 0
  let blocks: Int8Array[] = []
  let rows: (Row | undefined)[] = []
  let free: number[] = []
  let rowsOf = new Map<Siren, number[]>()
  let refreshing: Promise<void> | undefined

  const reset = (id: number, numbers: number): void => {
    generation = id
    dimension = numbers
    version = 0
    blocks = []
    rows = []
    free = []
    rowsOf = new Map()
  }

  const put = (siren: Siren, chunk: StoredChunk): number => {
    const row = free.pop() ?? rows.length
    const block = Math.floor(row / BLOCK)
    blocks[block] ??= new Int8Array(BLOCK * dimension)
    blocks[block].set(chunk.codes, (row % BLOCK) * dimension)
    // The codes live in the block: keeping the blob as well would double the memory.
    rows[row] = { siren, chunk: { ...chunk, codes: new Int8Array(0) } }
    return row
  }

  const replace = (siren: Siren, chunks: readonly StoredChunk[]): void => {
    for (const row of rowsOf.get(siren) ?? []) {
      rows[row] = undefined
      free.push(row)
    }
    const fitting = chunks.filter(chunk => chunk.codes.length === dimension)
    if (fitting.length === 0) rowsOf.delete(siren)
    else
      rowsOf.set(
        siren,
        fitting.map(chunk => put(siren, chunk)),
      )
  }

  const refresh = async (): Promise<void> => {
    const current = vectors.generation()
    if (current && current.id !== generation) reset(current.id, current.dimension)
    for (;;) {
      const changed = vectors.changedAfter(version, LOADED_AT_ONCE)
      const last = changed.at(-1)
      if (last === undefined || rows.length * dimension > maxBytes) return
      const chunks = vectors.chunksOf(changed.map(({ siren }) => siren))
      for (const { siren } of changed) replace(siren, chunks.get(siren) ?? [])
      version = last.version
      await nextTurn()
    }
  }

  return {
    async nearest(query, limit, signal) {
      refreshing ??= refresh().finally(() => {
        refreshing = undefined
      })
      await refreshing
      if (rows.length * dimension > maxBytes) return 'too-large'
      if (query.length !== dimension) return []
      const { codes, scale } = queryCodes(query)
      const best = createBest(limit)
      for (const [number, block] of blocks.entries()) {
        signal?.throwIfAborted()
        for (let i = 0; i < BLOCK; i++) {
          const row = rows[number * BLOCK + i]
          if (row === undefined) continue
          const cosine = product(block, i * dimension, codes) * scale * row.chunk.scale - row.chunk.hub
          best.offer(number * BLOCK + i, row.siren, cosine)
        }
        await nextTurn()
      }
      return best.rows.flatMap(({ row, siren, cosine }) => {
        const found = rows[row]
        // Another call may have loaded changes during the scan.
        return found?.siren === siren ? [{ siren, cosine, chunk: found.chunk }] : []
      })
    },
  }
}
