import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isBusy } from './database.ts'
import { CatalogueBusyError } from './errors.ts'

/** Held by the one process that fills the catalogue. */
export interface WriteLock {
  release(): void
}

/**
 * Takes the state folder's write lock, without waiting. It is a lock of the operating system (on a small SQLite file),
 * so a killed process does not leave it behind. Throws `CatalogueBusyError` when another process holds it.
 */
export const lockCatalogue = (folder: string): WriteLock => {
  mkdirSync(folder, { recursive: true })
  const connection = new DatabaseSync(join(folder, 'import.lock'), { timeout: 0 })
  try {
    connection.exec('BEGIN IMMEDIATE')
  } catch (cause) {
    connection.close()
    if (!isBusy(cause)) throw cause
    throw new CatalogueBusyError(`Another import is under way in ${folder}: wait until it ends, then try again`, {
      cause,
    })
  }
  return { release: () => connection.close() }
}
