import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Siren } from '../model/siren.ts'
import { sirenOf } from './changes.ts'
import { numberOf, optionalTextOf, textOf } from './database.ts'
import { preparedOnce, transaction } from './statements.ts'
import { openVectorFile } from './vector-file.ts'

/**
 * `vectors.db`: the vectors of the profiles' chunks. All of it is derived, at the cost of hours on a large catalogue:
 * it may be deleted and is filled again. One process writes (the service), others may read.
 */

/** One encoder's vectors: what another encoder made cannot be compared with them. */
export interface Generation {
  readonly id: number
  /** The settings that the vectors depend on. */
  readonly identity: string
  readonly dimension: number
  /** Vectors of fixed queries: they tell a changed encoder behind unchanged settings. */
  readonly probes: readonly Float32Array[]
}

/** How far a generation is. */
export interface FillProgress {
  /** Number of the walk over the catalogue. */
  readonly walk: number
  /** The last SIREN that the walk has done ('' before the first); `undefined` when it has ended. */
  readonly cursor: string | undefined
  /** The catalogue's change number that the vectors have reached, or that the walk began at. */
  readonly seq: number
}

/** A vector in bytes: `scale × codes[i]`, and its mean cosine to unrelated queries. */
export interface StoredVector {
  /** Empty when the endpoint refuses the text. */
  readonly codes: Int8Array
  readonly scale: number
  readonly hub: number
}

/** Where in a profile a text stands; the meaning of `kind` is the caller's. */
export interface StoredRef {
  readonly kind: string
  readonly passage?: number
}

export interface StoredChunk extends StoredRef, StoredVector {
  /** Its place among the chunks that were assigned. */
  readonly position: number
}

/** A supplier's chunks by the hashes of their texts; no `chunks` when the catalogue has the supplier no more. */
export interface Assignment {
  readonly siren: Siren
  readonly chunks?: readonly (StoredRef & { readonly hash: string })[]
}

export interface VectorReader {
  /** The generation in force; `undefined` before the first. */
  generation(): Generation | undefined
  progress(): FillProgress | undefined
  counts(): { readonly suppliers: number; readonly vectors: number }
  /** The chunks that have a vector. A supplier not embedded yet is absent; one without texts has none. */
  chunksOf(sirens: readonly Siren[]): Map<Siren, StoredChunk[]>
  /** Suppliers whose chunks changed after number `version`, in order, at most `limit`. */
  changedAfter(version: number, limit: number): readonly { readonly siren: Siren; readonly version: number }[]
  close(): void
}

export interface Vectors extends VectorReader {
  /** Begins a new generation, whose walk over the catalogue starts at change number `seq`. */
  begin(generation: Omit<Generation, 'id'>, seq: number): void
  /** Notes progress by itself: a new walk, or the end of one. */
  note(progress: FillProgress): void
  /** Which of these hashes have no vector yet. */
  missing(hashes: readonly string[]): Set<string>
  /** Keeps vectors; they survive a kill even when no supplier has them yet. */
  add(vectors: readonly (StoredVector & { readonly hash: string })[]): void
  /** Gives suppliers their chunks and notes the progress, all or none. Throws when a hash has no vector. */
  assign(assignments: readonly Assignment[], progress: FillProgress): void
  /**
   * Deletes rows that nothing uses, some `limit` at a time: suppliers that the last walk has not met, vectors of no
   * chunk or of another generation. Only between walks. Returns how many; 0 when all is clean.
   */
  cleanUp(limit: number): number
}

type Row = Readonly<Record<string, unknown>>

const blobOf = (row: Row, column: string): Uint8Array => {
  const value = row[column]
  if (value instanceof Uint8Array) return value
  throw new TypeError(`vectors.db is damaged (column "${column}"): delete it, it is filled again`)
}

/** The floats of a blob; copied, because a blob may begin anywhere. */
const floatsOf = (bytes: Uint8Array): Float32Array => new Float32Array(new Uint8Array(bytes).buffer)
const bytesOf = (array: Float32Array | Int8Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
const codesOf = (bytes: Uint8Array): Int8Array => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const generationOf = (row: Row): Generation => {
  const dimension = numberOf(row, 'dimension')
  const floats = floatsOf(blobOf(row, 'probes'))
  const probes = Array.from({ length: floats.length / dimension }, (_, index) =>
    floats.subarray(index * dimension, (index + 1) * dimension),
  )
  return { id: numberOf(row, 'id'), identity: textOf(row, 'identity'), dimension, probes }
}

const chunkOf = (row: Row): StoredChunk => ({
  position: numberOf(row, 'position'),
  kind: textOf(row, 'kind'),
  ...(row['passage'] !== null && { passage: numberOf(row, 'passage') }),
  codes: codesOf(blobOf(row, 'codes')),
  scale: numberOf(row, 'scale'),
  hub: numberOf(row, 'hub'),
})

const digestOf = ({ chunks }: Assignment): string =>
  chunks === undefined ? '' : createHash('sha256').update(JSON.stringify(chunks)).digest('base64url')

const CURRENT = '(SELECT MAX(id) FROM generation)'
const LAST_GENERATION = 'SELECT * FROM generation ORDER BY id DESC LIMIT 1'
const UPSERT_SUPPLIER = `
  INSERT INTO supplier (siren, generation, walk, digest, version)
  VALUES (?, ${CURRENT}, ?, ?, (SELECT version FROM clock))
  ON CONFLICT (siren) DO UPDATE SET
    generation = excluded.generation, walk = excluded.walk, digest = excluded.digest, version = excluded.version`
const CHUNKS = `
  SELECT chunk.position, chunk.kind, chunk.passage, vector.codes, vector.scale, vector.hub
  FROM chunk JOIN vector ON vector.id = chunk.vector
  WHERE chunk.siren = ? AND vector.codes <> x'' ORDER BY chunk.position`
/** The steps of a clean-up, each at most so many rows. Suppliers go before their chunks, and those before vectors. */
const CLEAN_UP = [
  `DELETE FROM supplier WHERE siren IN (SELECT siren FROM supplier, (${LAST_GENERATION}) AS last
     WHERE supplier.generation <> last.id OR supplier.walk <> last.walk OR supplier.digest = '' LIMIT ?)`,
  `DELETE FROM chunk WHERE siren IN (SELECT DISTINCT siren FROM chunk
     WHERE NOT EXISTS (SELECT 1 FROM supplier WHERE supplier.siren = chunk.siren) LIMIT ?)`,
  `DELETE FROM vector WHERE id IN (SELECT id FROM vector
     WHERE NOT EXISTS (SELECT 1 FROM chunk WHERE chunk.vector = vector.id) LIMIT ?)`,
]

/** Opens `vectors.db` in the state folder; created when absent, put aside and begun afresh when unusable. */
export const openVectors = (folder: string, options: { readonly readOnly?: boolean } = {}): Vectors => {
  const { readOnly = false } = options
  if (!readOnly) mkdirSync(folder, { recursive: true })
  const connection = openVectorFile(join(folder, 'vectors.db'), readOnly)
  const prepare = preparedOnce(connection)
  const inTransaction = <T>(begin: string, work: () => T): T => transaction(connection, begin, work)
  const write = <T>(work: () => T): T => inTransaction('BEGIN IMMEDIATE', work)
  const count = (sql: string): number => numberOf(prepare(sql).get() ?? {}, 'count')

  const vectorId = (hash: string): number => {
    const row = prepare(`SELECT id FROM vector WHERE generation = ${CURRENT} AND hash = ?`).get(hash)
    if (row === undefined) throw new Error('a chunk has no vector: add vectors before they are assigned')
    return numberOf(row, 'id')
  }

  const note = ({ walk, cursor, seq }: FillProgress): void => {
    prepare(`UPDATE generation SET walk = ?, cursor = ?, seq = ? WHERE id = ${CURRENT}`).run(walk, cursor ?? null, seq)
  }

  const replaceChunks = ({ siren, chunks = [] }: Assignment): void => {
    const before = prepare('SELECT vector FROM chunk WHERE siren = ?').all(siren)
    prepare('DELETE FROM chunk WHERE siren = ?').run(siren)
    for (const [position, { hash, kind, passage }] of chunks.entries()) {
      const insert = prepare('INSERT INTO chunk (siren, position, vector, kind, passage) VALUES (?, ?, ?, ?, ?)')
      insert.run(siren, position, vectorId(hash), kind, passage ?? null)
    }
    for (const row of before) {
      prepare('DELETE FROM vector WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM chunk WHERE chunk.vector = ?1)').run(
        numberOf(row, 'vector'),
      )
    }
  }

  const assignOne = (assignment: Assignment, walk: number): void => {
    const digest = digestOf(assignment)
    const same = prepare(`UPDATE supplier SET walk = ? WHERE siren = ? AND generation = ${CURRENT} AND digest = ?`).run(
      walk,
      assignment.siren,
      digest,
    )
    if (Number(same.changes) > 0) return
    replaceChunks(assignment)
    prepare('UPDATE clock SET version = version + 1').run()
    prepare(UPSERT_SUPPLIER).run(assignment.siren, walk, digest)
  }

  return {
    generation: () => {
      const row = prepare(LAST_GENERATION).get()
      return row && generationOf(row)
    },
    progress: () => {
      const row = prepare(LAST_GENERATION).get()
      return row && { walk: numberOf(row, 'walk'), cursor: optionalTextOf(row, 'cursor'), seq: numberOf(row, 'seq') }
    },
    counts: () => ({
      suppliers: count(`SELECT COUNT(*) AS count FROM supplier WHERE generation = ${CURRENT} AND digest <> ''`),
      vectors: count(`SELECT COUNT(*) AS count FROM vector WHERE generation = ${CURRENT}`),
    }),
    chunksOf: sirens =>
      inTransaction('BEGIN', () => {
        const known = prepare(`SELECT 1 FROM supplier WHERE siren = ? AND generation = ${CURRENT}`)
        const found = sirens.filter(siren => known.get(siren) !== undefined)
        return new Map(found.map(siren => [siren, prepare(CHUNKS).all(siren).map(chunkOf)]))
      }),
    changedAfter: (version, limit) =>
      prepare('SELECT siren, version FROM supplier WHERE version > ? ORDER BY version LIMIT ?')
        .all(version, limit)
        .map(row => ({ siren: sirenOf(row), version: numberOf(row, 'version') })),
    begin: ({ identity, dimension, probes }, seq) => {
      const numbers = new Float32Array(probes.length * dimension)
      for (const [index, probe] of probes.entries()) numbers.set(probe, index * dimension)
      prepare("INSERT INTO generation (identity, dimension, probes, walk, cursor, seq) VALUES (?, ?, ?, 1, '', ?)").run(
        identity,
        dimension,
        bytesOf(numbers),
        seq,
      )
    },
    note: progress => write(() => note(progress)),
    missing: hashes => {
      const known = prepare(`SELECT 1 FROM vector WHERE generation = ${CURRENT} AND hash = ?`)
      return new Set(hashes.filter(hash => known.get(hash) === undefined))
    },
    add: vectors =>
      write(() => {
        const insert = prepare(
          `INSERT OR IGNORE INTO vector (generation, hash, scale, hub, codes) VALUES (${CURRENT}, ?, ?, ?, ?)`,
        )
        for (const { hash, scale, hub, codes } of vectors) insert.run(hash, scale, hub, bytesOf(codes))
      }),
    assign: (assignments, progress) =>
      write(() => {
        for (const assignment of assignments) assignOne(assignment, progress.walk)
        note(progress)
      }),
    cleanUp: limit => write(() => CLEAN_UP.reduce((sum, sql) => sum + Number(prepare(sql).run(limit).changes), 0)),
    close: () => connection.close(),
  }
}
