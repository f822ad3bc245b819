import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { isBusy, isFull } from './database.ts'
import { CatalogueBusyError, CatalogueError } from './errors.ts'
import { preparedOnce, transaction } from './statements.ts'

/** The database file of the dossiers: tables, and transactions that survive a power cut. */

const FORMAT = 1

const TABLES = `
  CREATE TABLE dossier (
    id TEXT PRIMARY KEY,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    hash TEXT NOT NULL,
    key_hash BLOB NOT NULL,
    size INTEGER NOT NULL,
    packed BLOB NOT NULL
  ) STRICT;
  CREATE INDEX dossier_expires ON dossier (expires_at);

  -- Every version that is kept of what the author wrote about the suppliers.
  CREATE TABLE annotation (
    dossier TEXT NOT NULL REFERENCES dossier (id),
    version INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (dossier, version)
  ) STRICT, WITHOUT ROWID;

  -- Names of what was deleted, so that its address can say so.
  CREATE TABLE gone (
    id TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  PRAGMA user_version = ${FORMAT};
`

const BUSY_TIMEOUT_MS = 5000

/** The disk has no room for a dossier; nothing was kept. */
export class DossierDiskFullError extends Error {
  override readonly name = 'DossierDiskFullError'
}

export interface DossierFile {
  /** The statement for that text, prepared once. */
  prepare(sql: string): StatementSync
  /** Runs `work` in one write transaction: all of it or nothing. Throws `DossierDiskFullError`, `CatalogueBusyError`. */
  write<T>(work: () => T): T
  /** Writes what was deleted out of the journal too. False while another process reads the file, a backup say: try again. */
  forget(): boolean
  close(): void
}

const prepareTables = (connection: DatabaseSync, path: string): void => {
  // FULL: what was acknowledged survives a power cut. Deleted bytes are overwritten, as their author was promised.
  connection.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; BEGIN IMMEDIATE',
  )
  const version = connection.prepare('PRAGMA user_version').get()?.['user_version']
  if (version === 0) connection.exec(TABLES)
  connection.exec('COMMIT')
  if (version === 0 || version === FORMAT) return
  throw new CatalogueError(
    `${path} has format ${String(version)}, this program knows ${FORMAT}: update Brique, or use another folder`,
  )
}

const connect = (path: string): DatabaseSync => {
  mkdirSync(dirname(path), { recursive: true })
  const connection = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS })
  try {
    prepareTables(connection, path)
    return connection
  } catch (cause) {
    connection.close()
    if (cause instanceof CatalogueError) throw cause
    throw new CatalogueError(`${path} cannot be used: check its rights; if it is damaged, restore it from a backup`, {
      cause,
    })
  }
}

const explained = (path: string, cause: unknown): unknown => {
  if (isFull(cause)) return new DossierDiskFullError(`${path} cannot grow: the disk is full`, { cause })
  if (isBusy(cause)) return new CatalogueBusyError(`${path} is being written by another process`, { cause })
  return cause
}

/** Opens the file, created when absent. Throws a `CatalogueError` that names it and the remedy. */
export const openDossierFile = (path: string): DossierFile => {
  const connection = connect(path)
  return {
    prepare: preparedOnce(connection),
    write: work => {
      try {
        return transaction(connection, 'BEGIN IMMEDIATE', work)
      } catch (error) {
        throw explained(path, error)
      }
    },
    forget: () => {
      // Waiting for a reader to end would hold up the whole service.
      connection.exec('PRAGMA busy_timeout = 0')
      try {
        return connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0
      } finally {
        connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
      }
    },
    close: () => connection.close(),
  }
}
