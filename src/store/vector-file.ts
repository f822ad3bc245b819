import { existsSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** The file of the vectors: its tables, and what happens to one that cannot be used. */

const FORMAT = 1
const TABLES = `
  -- One encoder's vectors; the last row is in force. "cursor" is NULL when the walk over the catalogue has ended.
  CREATE TABLE generation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    identity TEXT NOT NULL,
    dimension INTEGER NOT NULL,
    probes BLOB NOT NULL,
    walk INTEGER NOT NULL,
    cursor TEXT,
    seq INTEGER NOT NULL
  ) STRICT;

  -- Empty codes: the endpoint refuses this text.
  CREATE TABLE vector (
    id INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL,
    hash TEXT NOT NULL,
    scale REAL NOT NULL,
    hub REAL NOT NULL,
    codes BLOB NOT NULL,
    UNIQUE (generation, hash)
  ) STRICT;

  -- "digest" tells what was assigned last, to see that nothing has changed; '' when the catalogue has the firm no more.
  CREATE TABLE supplier (
    siren TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    walk INTEGER NOT NULL,
    digest TEXT NOT NULL,
    version INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX supplier_version ON supplier (version);

  -- The last "version" given: no number is given twice, whatever rows are deleted.
  CREATE TABLE clock (version INTEGER NOT NULL) STRICT;
  INSERT INTO clock VALUES (0);

  CREATE TABLE chunk (
    siren TEXT NOT NULL,
    position INTEGER NOT NULL,
    vector INTEGER NOT NULL,
    kind TEXT NOT NULL,
    passage INTEGER,
    PRIMARY KEY (siren, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX chunk_vector ON chunk (vector);

  PRAGMA user_version = ${FORMAT};
`

/** How long a statement waits for another process's short transaction. */
const BUSY_TIMEOUT_MS = 5000

/** SQLite's codes for a damaged file and for one that is no database (https://sqlite.org/rescode.html). */
const DAMAGED: readonly unknown[] = [11, 26]

class OtherFormatError extends Error {
  override readonly name = 'OtherFormatError'
}

const isUnusable = (error: unknown): boolean =>
  error instanceof OtherFormatError ||
  (error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    DAMAGED.includes(error.errcode & 0xff))

const createTables = (connection: DatabaseSync): void => {
  connection.exec('BEGIN IMMEDIATE')
  try {
    // Read again under the lock: another process may have made them meanwhile.
    if (formatOf(connection) === 0) connection.exec(TABLES)
    connection.exec('COMMIT')
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK')
    throw error
  }
}

const formatOf = (connection: DatabaseSync): unknown =>
  connection.prepare('PRAGMA user_version').get()?.['user_version']

const connect = (path: string, readOnly: boolean): DatabaseSync => {
  const connection = new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT_MS })
  try {
    // FULL costs 0.6 ms beside the second that embedding a batch takes.
    if (!readOnly) connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    if (!readOnly && formatOf(connection) === 0) createTables(connection)
    if (formatOf(connection) !== FORMAT) {
      throw new OtherFormatError(`${path} has another format (${formatOf(connection)}): start the service once`)
    }
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/**
 * Opens the file, which is created when absent unless `readOnly`. One that is damaged or of another format is put aside
 * as `….unusable` and begun afresh: what it held can be made again.
 */
export const openVectorFile = (path: string, readOnly: boolean): DatabaseSync => {
  try {
    return connect(path, readOnly)
  } catch (error) {
    if (readOnly || !isUnusable(error) || !existsSync(path)) throw error
    renameSync(path, `${path}.unusable`)
    for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
    return connect(path, false)
  }
}
