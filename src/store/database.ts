import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { CatalogueBusyError, CatalogueError } from './errors.ts'
import { migrate } from './migrations.ts'
import { preparedOnce, transaction } from './statements.ts'

/** How long a statement waits for another process's short transaction. */
const BUSY_TIMEOUT_MS = 5000

/** A connection with prepared statements and nested-safe transactions. */
export interface Database {
  /** The statement for that text, prepared once. */
  prepare(sql: string): StatementSync
  /** Runs `work` in one write transaction: all of it or nothing. */
  write<T>(work: () => T): T
  /** Runs `work` on one snapshot: it sees no change that another process commits meanwhile. */
  snapshot<T>(work: () => T): T
  close(): void
}

/** SQLite's primary result codes that an operator can do something about (https://sqlite.org/rescode.html). */
const BUSY = 5
const FULL = 13
const EXPLANATIONS: Readonly<Record<number, string>> = {
  8: 'cannot be written: check the rights of the file and of its folder',
  11: 'is damaged: move it away (with its -wal and -shm files) and import the sources again',
  [FULL]: 'cannot grow, the disk is full: free some space and run the command again. Nothing is lost',
  14: 'cannot be opened: check that its folder exists and is writable',
  26: 'is not a catalogue: move it away, or use another state folder',
}

const resultCode = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined

/** SQLITE_BUSY: another process holds the lock that was asked for. */
export const isBusy = (error: unknown): boolean => resultCode(error) === BUSY

/** SQLITE_FULL: the disk has no room. */
export const isFull = (error: unknown): boolean => resultCode(error) === FULL

const explained = (path: string, cause: unknown): unknown => {
  if (isBusy(cause)) {
    return new CatalogueBusyError(`${path} is being written by another process: try again in a moment`, { cause })
  }
  const explanation = EXPLANATIONS[resultCode(cause) ?? 0]
  return explanation === undefined ? cause : new CatalogueError(`${path} ${explanation}`, { cause })
}

const connect = (path: string, readOnly: boolean): DatabaseSync => {
  if (readOnly && !existsSync(path)) {
    throw new CatalogueError(`${path} does not exist: fill the catalogue first (npm run import -- --help)`)
  }
  if (!readOnly) mkdirSync(dirname(path), { recursive: true })
  const connection = new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT_MS })
  try {
    connection.exec('PRAGMA foreign_keys = ON; PRAGMA cache_size = -32000')
    // FULL: a commit that was acknowledged survives a power cut, not only a kill.
    if (!readOnly) connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    migrate(connection, path, readOnly)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/**
 * Opens the catalogue's file and brings its tables up to date; `readOnly` never changes it.
 * Throws `CatalogueError` when it is absent (read-only), damaged, or written by a newer Brique.
 */
export const openDatabase = (path: string, readOnly = false): Database => {
  let connection: DatabaseSync
  try {
    connection = connect(path, readOnly)
  } catch (error) {
    throw explained(path, error)
  }
  const guarded = <T>(begin: string, work: () => T): T => {
    try {
      return transaction(connection, begin, work)
    } catch (error) {
      throw explained(path, error)
    }
  }
  return {
    prepare: preparedOnce(connection),
    // IMMEDIATE: the lock is taken before the first read, so two writers queue up instead of failing half-way.
    write: work => guarded('BEGIN IMMEDIATE', work),
    snapshot: work => guarded('BEGIN', work),
    close: () => connection.close(),
  }
}

type Row = Readonly<Record<string, unknown>>

const damaged = (column: string, cause?: unknown): CatalogueError =>
  new CatalogueError(`The catalogue is damaged (column "${column}"): move it away and import the sources again`, {
    cause,
  })

/** The text in a column of one of our own tables. Anything else there is damage. */
export const textOf = (row: Row, column: string): string => {
  const value = row[column]
  if (typeof value === 'string') return value
  throw damaged(column)
}

/** The text in a column that may be empty. */
export const optionalTextOf = (row: Row, column: string): string | undefined =>
  row[column] === null ? undefined : textOf(row, column)

/** The number in a column. */
export const numberOf = (row: Row, column: string): number => {
  const value = row[column]
  if (typeof value === 'number') return value
  throw damaged(column)
}

/** The value that a column holds as JSON: our own, checked before it was stored. */
export const jsonOf = (row: Row, column: string): unknown => {
  try {
    return JSON.parse(textOf(row, column))
  } catch (cause) {
    throw damaged(column, cause)
  }
}

/** The first column's number of a query that always answers one row. */
export const count = (database: Database, sql: string, ...parameters: SQLInputValue[]): number =>
  numberOf(database.prepare(sql).get(...parameters) ?? {}, 'count')
