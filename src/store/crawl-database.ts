import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { isBusy } from './database.ts'
import { CatalogueBusyError, CatalogueError } from './errors.ts'
import { preparedOnce, transaction } from './statements.ts'

/** A small database of the crawl: its tables are made when the file is, and named by one format number. */
export interface CrawlDatabase {
  /** The statement for that text, prepared once. */
  prepare(sql: string): StatementSync
  /** Runs `work` in one write transaction: all of it or nothing. */
  write<T>(work: () => T): T
  close(): void
}

const BUSY_TIMEOUT_MS = 5000

const formatOf = (connection: DatabaseSync): unknown =>
  connection.prepare('PRAGMA user_version').get()?.['user_version']

/** What a commit survives: `power-cut` waits for the disk (0.6 ms and more), `kill` only hands it to the system. */
export type Survives = 'power-cut' | 'kill'

const SYNCHRONOUS: Readonly<Record<Survives, string>> = { 'power-cut': 'FULL', kill: 'NORMAL' }

const createTables = (
  connection: DatabaseSync,
  path: string,
  tables: string,
  format: number,
  survives: Survives,
): void => {
  connection.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${SYNCHRONOUS[survives]}; BEGIN IMMEDIATE`)
  const found = formatOf(connection)
  if (found === 0) connection.exec(`${tables}; PRAGMA user_version = ${format}`)
  connection.exec('COMMIT')
  if (found === 0 || found === format) return
  throw new CatalogueError(
    `${path} has format ${String(found)}, this program knows ${format}: update Brique, or move it`,
  )
}

/** Opens a database of the crawl, created when absent. Throws `CatalogueError` with the remedy when it cannot be used. */
export const openCrawlDatabase = (
  path: string,
  tables: string,
  format: number,
  survives: Survives = 'power-cut',
): CrawlDatabase => {
  mkdirSync(dirname(path), { recursive: true })
  const connection = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS })
  try {
    createTables(connection, path, tables, format, survives)
  } catch (cause) {
    connection.close()
    if (cause instanceof CatalogueError) throw cause
    throw new CatalogueError(`${path} cannot be used: if it is damaged, move it away and crawl again`, { cause })
  }
  return {
    prepare: preparedOnce(connection),
    write: work => transaction(connection, 'BEGIN IMMEDIATE', work),
    close: () => connection.close(),
  }
}

/**
 * Takes the right to crawl from this state folder, without waiting: two crawls would ask the same host at once. A killed
 * process does not leave it behind. Throws `CatalogueBusyError` when another process holds it.
 */
export const lockCrawl = (folder: string): { release(): void } => {
  mkdirSync(folder, { recursive: true })
  const connection = new DatabaseSync(join(folder, 'crawl.lock'), { timeout: 0 })
  try {
    connection.exec('BEGIN IMMEDIATE')
  } catch (cause) {
    connection.close()
    if (!isBusy(cause)) throw cause
    throw new CatalogueBusyError(`Another crawl is under way in ${folder}: wait until it ends, then try again`, {
      cause,
    })
  }
  return { release: () => connection.close() }
}
