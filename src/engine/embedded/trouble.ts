import { EngineTroubleError, EngineUnavailableError } from '../engine.ts'

/** SQLite's result code for a full disk (https://sqlite.org/rescode.html). */
const SQLITE_FULL = 13

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === 'ENOSPC') || ('errcode' in error && error.errcode === SQLITE_FULL))

/** What the operator can do about an error of the file system or of SQLite; any other is itself. */
export const explained = (stateFolder: string, error: unknown): unknown => {
  if (isDiskFull(error))
    return new EngineTroubleError(
      'read-only',
      'The index cannot grow, the disk is full: free some space. What is indexed is still found, and nothing is lost',
      { cause: error },
    )
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR')) return error
  const remedy = 'rebuild it with "npm run index"'
  return new EngineUnavailableError(`${stateFolder}: the index cannot be read (${error.message}); ${remedy}`, {
    cause: error,
  })
}
