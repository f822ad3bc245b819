import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { FACETS } from '../../model/facets.ts'
import { IndexDamagedError } from '../engine.ts'
import { LENGTH_SLOTS, PASSAGE_ANALYSES } from './analysed.ts'
import { isPassing } from './trouble.ts'

/**
 * The SQLite database of one built index: which segments make it up, which of their profiles are removed, and the
 * profiles that no segment holds yet. One transaction is one version of the index. Every row carries a CRC-32 of its
 * key and content; `meta` holds how many rows there are and the exclusive or of their digests, so that a row that is lost
 * together with its key is missed too. The format is derived from the catalogue: another version is rebuilt.
 */
export const FORMAT_VERSION = 7

const SCHEMA = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, crc INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE seg (id INTEGER PRIMARY KEY, row TEXT NOT NULL, crc INTEGER NOT NULL);
  CREATE TABLE tomb (number INTEGER PRIMARY KEY, id INTEGER NOT NULL, crc INTEGER NOT NULL);
  CREATE TABLE doc (id INTEGER PRIMARY KEY, json TEXT NOT NULL, crc INTEGER NOT NULL);
`

/** How long another process's transaction is waited for; they take milliseconds. */
const BUSY_TIMEOUT_MS = 5000
/** The same where it can as well be done later. */
const COMPACT_TIMEOUT_MS = 50

export const damaged = (path: string, what: string, cause?: unknown): IndexDamagedError =>
  new IndexDamagedError(`${path}: ${what}; rebuild it with "npm run index"`, { cause })

const rowCrc = (key: string, content: string): number => crc32(content, crc32(key))

/** A sealed segment: its file, what it must be, and what its removed profiles still count for. */
export interface SegmentRow {
  readonly id: number
  readonly file: string
  readonly bytes: number
  /** `Written.digest`. */
  readonly digest: number
  readonly firstId: number
  readonly lastId: number
  /** Documents and tokens by length slot, then by passage analysis. */
  readonly removed: readonly (readonly number[])[]
}

/** A profile that no segment holds. */
export interface PendingProfile {
  readonly id: number
  readonly json: string
}

/** A removed profile; the numbers only grow. */
export interface Tomb {
  readonly number: number
  readonly id: number
}

/** How many rows a table has, and the exclusive or of their digests. */
interface Sum {
  readonly rows: number
  readonly xor: number
}
const NOTHING: Sum = { rows: 0, xor: 0 }
const plus = (sum: Sum, crc: number): Sum => ({ rows: sum.rows + 1, xor: (sum.xor ^ crc) >>> 0 })
const minus = (sum: Sum, crc: number): Sum => ({ rows: sum.rows - 1, xor: (sum.xor ^ crc) >>> 0 })

/** What one version of the index is. */
export interface IndexMeta {
  readonly version: string
  readonly builtAt: string
  /** The number of the catalogue's change that is reached. */
  readonly appliedSeq: number
  /** Counts every transaction: two that read the same number see the same index. */
  readonly generation: number
  /** Counts those that changed the set of segments. */
  readonly layout: number
  /** The number of the next profile. */
  readonly nextId: number
  readonly nextSegment: number
  readonly nextTomb: number
  readonly segments: Sum
  readonly tombs: Sum
  readonly pending: Sum
}

const FIRST: IndexMeta = {
  version: '',
  builtAt: '',
  appliedSeq: 0,
  generation: 0,
  layout: 0,
  nextId: 0,
  nextSegment: 1,
  nextTomb: 1,
  segments: NOTHING,
  tombs: NOTHING,
  pending: NOTHING,
}

/** What must be the same for the index to be read: the format, the facets and the shape of the text fields. */
const signature = (): string =>
  JSON.stringify([FORMAT_VERSION, FACETS.map(facet => facet.name), LENGTH_SLOTS, PASSAGE_ANALYSES.length])

export class IndexFile {
  readonly path: string
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  /** As it was last read or written; inside a transaction, as it will be written. */
  #meta: IndexMeta = FIRST

  private constructor(path: string, db: DatabaseSync) {
    this.path = path
    this.#db = db
    // The log does not keep the size of the largest burst of changes.
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA journal_size_limit = 4194304`)
  }

  /** A new, empty index at `path`, which must not exist. */
  static create(path: string): IndexFile {
    const db = new DatabaseSync(path)
    // Incremental: what the delta took is given back to the disk once it is sealed.
    db.exec('PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL')
    db.exec(`PRAGMA synchronous = FULL; ${SCHEMA}`)
    const file = new IndexFile(path, db)
    file.#put('signature', signature())
    file.#put('state', JSON.stringify(FIRST))
    return file
  }

  /** Throws `IndexDamagedError` when the file is not an index of this format. */
  static open(path: string, readOnly = false): IndexFile {
    let db: DatabaseSync | undefined
    try {
      db = new DatabaseSync(path, { readOnly })
      if (!readOnly) db.exec('PRAGMA synchronous = FULL')
      const file = new IndexFile(path, db)
      if (file.#signature() !== signature()) throw damaged(path, 'this index has another format')
      file.refresh()
      return file
    } catch (error) {
      db?.close()
      throw error instanceof IndexDamagedError || isPassing(error)
        ? error
        : damaged(path, 'this index cannot be read', error)
    }
  }

  close(): void {
    this.#db.close()
  }

  get meta(): IndexMeta {
    return this.#meta
  }

  /** Reads again what version of the index the file holds. */
  refresh(): IndexMeta {
    const row = this.#prepare("SELECT value, crc FROM meta WHERE key = 'state'").get()
    const value = String(row?.['value'])
    if (row === undefined || rowCrc('state', value) !== row['crc']) throw damaged(this.path, 'its state is damaged')
    // Written by this program, sealed by the digest above.
    this.#meta = JSON.parse(value) as IndexMeta
    return this.#meta
  }

  /** Changes with every transaction of another connection; asking costs a microsecond. */
  dataVersion(): number {
    return Number(this.#prepare('PRAGMA data_version').get()?.['data_version'])
  }

  /** Runs `work` on one version of the index. */
  snapshot<T>(work: () => T): T {
    this.#db.exec('BEGIN')
    try {
      return work()
    } finally {
      this.#db.exec('COMMIT')
    }
  }

  /**
   * Runs `work` in one transaction, which is durable when this returns. Does nothing and returns `undefined` when
   * another process has changed the index since it was last read.
   */
  transaction<T>(work: () => T): { readonly result: T } | undefined {
    const before = this.#meta
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      if (this.refresh().generation !== before.generation) {
        this.#db.exec('ROLLBACK')
        this.#meta = before
        return undefined
      }
      const result = work()
      this.#meta = { ...this.#meta, generation: before.generation + 1 }
      this.#put('state', JSON.stringify(this.#meta))
      this.#db.exec('COMMIT')
      return { result }
    } catch (error) {
      this.#meta = before
      // A full disk rolls back by itself.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      throw error
    }
  }

  /** Within a transaction: what is to hold from then on. */
  update(changes: Partial<Pick<IndexMeta, 'version' | 'builtAt' | 'appliedSeq' | 'nextId'>>): void {
    this.#meta = { ...this.#meta, ...changes }
  }

  /** Takes a number for the file of a new segment, which no other process takes. */
  takeSegmentNumber(): number | undefined {
    return this.transaction(() => {
      const number = this.#meta.nextSegment
      this.#meta = { ...this.#meta, nextSegment: number + 1 }
      return number
    })?.result
  }

  segments(): SegmentRow[] {
    let sum = NOTHING
    const rows = this.#prepare('SELECT id, row, crc FROM seg ORDER BY id')
      .all()
      .map(({ id, row, crc }) => {
        const text = String(row)
        if (rowCrc(`${id}`, text) !== crc) throw damaged(this.path, `the row of segment ${id} is damaged`)
        sum = plus(sum, Number(crc))
        return JSON.parse(text) as SegmentRow
      })
    this.#check(sum, this.#meta.segments, 'segments')
    return rows.sort((a, b) => a.firstId - b.firstId)
  }

  /** Writes the row of a segment, new or known. */
  putSegment(row: SegmentRow): void {
    const known = this.#prepare('SELECT crc FROM seg WHERE id = ?').get(row.id)
    const text = JSON.stringify(row)
    const crc = rowCrc(`${row.id}`, text)
    this.#prepare(
      'INSERT INTO seg VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET row = excluded.row, crc = excluded.crc',
    ).run(row.id, text, crc)
    const segments = known ? minus(this.#meta.segments, Number(known['crc'])) : this.#meta.segments
    this.#meta = { ...this.#meta, segments: plus(segments, crc), layout: this.#meta.layout + (known ? 0 : 1) }
  }

  deleteSegment(id: number): void {
    const row = this.#prepare('DELETE FROM seg WHERE id = ? RETURNING crc').get(id)
    if (!row) throw damaged(this.path, `segment ${id} is missing`)
    this.#meta = {
      ...this.#meta,
      segments: minus(this.#meta.segments, Number(row['crc'])),
      layout: this.#meta.layout + 1,
    }
  }

  /** The tombs from a number on; the sum of all is checked when that is 0. */
  tombs(from = 0): Tomb[] {
    let sum = NOTHING
    const tombs = this.#prepare('SELECT number, id, crc FROM tomb WHERE number >= ? ORDER BY number')
      .all(from)
      .map(({ number, id, crc }) => {
        if (rowCrc(`${number}`, `${id}`) !== crc) throw damaged(this.path, `tomb ${number} is damaged`)
        sum = plus(sum, Number(crc))
        return { number: Number(number), id: Number(id) }
      })
    if (from === 0) this.#check(sum, this.#meta.tombs, 'tombs')
    return tombs
  }

  addTomb(id: number): void {
    const { nextTomb: number, tombs } = this.#meta
    const crc = rowCrc(`${number}`, `${id}`)
    this.#prepare('INSERT INTO tomb VALUES (?, ?, ?)').run(number, id, crc)
    this.#meta = { ...this.#meta, nextTomb: number + 1, tombs: plus(tombs, crc) }
  }

  /** Takes away the tombs of profiles that no segment holds any more. */
  deleteTombs(ids: ReadonlySet<number>): void {
    const remove = this.#prepare('DELETE FROM tomb WHERE number = ? RETURNING crc')
    for (const { number, id } of this.tombs()) {
      if (!ids.has(id)) continue
      const row = remove.get(number)
      this.#meta = { ...this.#meta, tombs: minus(this.#meta.tombs, Number(row?.['crc'])) }
    }
  }

  /** The profiles that no segment holds, from an id on; the sum of all is checked when that is 0. */
  pending(from = 0): PendingProfile[] {
    let sum = NOTHING
    const profiles = this.#prepare('SELECT id, json, crc FROM doc WHERE id >= ? ORDER BY id')
      .all(from)
      .map(({ id, json, crc }) => {
        const text = String(json)
        if (rowCrc(`${id}`, text) !== crc) throw damaged(this.path, `profile ${id} is damaged`)
        sum = plus(sum, Number(crc))
        return { id: Number(id), json: text }
      })
    if (from === 0) this.#check(sum, this.#meta.pending, 'profiles')
    return profiles
  }

  addPending({ id, json }: PendingProfile): void {
    const crc = rowCrc(`${id}`, json)
    this.#prepare('INSERT INTO doc VALUES (?, ?, ?)').run(id, json, crc)
    this.#meta = { ...this.#meta, pending: plus(this.#meta.pending, crc) }
  }

  /** Takes away the profiles up to an id, which a segment holds now. */
  deletePending(lastId: number): void {
    for (const { crc } of this.#prepare('DELETE FROM doc WHERE id <= ? RETURNING crc').all(lastId))
      this.#meta = { ...this.#meta, pending: minus(this.#meta.pending, Number(crc)) }
  }

  /**
   * Gives free pages back to the disk, moves what the write-ahead log holds into the database and empties it. False
   * when a reader is in the way: later, then.
   */
  compact(): boolean {
    this.#db.exec(`PRAGMA incremental_vacuum; PRAGMA busy_timeout = ${COMPACT_TIMEOUT_MS}`)
    try {
      return this.#prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0
    } finally {
      this.#db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    }
  }

  /** Moves what the write-ahead log holds into the database and empties it. */
  checkpoint(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  #check(found: Sum, expected: Sum, what: string): void {
    if (found.rows !== expected.rows || found.xor !== expected.xor)
      throw damaged(this.path, `${expected.rows} ${what} were written and ${found.rows} are there`)
  }

  #signature(): string | undefined {
    const row = this.#prepare("SELECT value FROM meta WHERE key = 'signature'").get()
    return row === undefined ? undefined : String(row['value'])
  }

  #put(key: string, value: string): void {
    this.#prepare(
      'INSERT INTO meta VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, crc = excluded.crc',
    ).run(key, value, rowCrc(key, value))
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}
