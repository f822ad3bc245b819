import { EngineTroubleError, EngineUnavailableError, IndexDamagedError } from '../engine.ts'

/** SQLite's primary result codes (https://sqlite.org/rescode.html). */
const SQLITE_FULL = 13
/** Another process holds the file, or memory is short. */
const SQLITE_PASSING = [5, 6, 7]
/** A malformed page, no database at all. */
const SQLITE_DAMAGED = [11, 26]

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** Of an error of SQLite; extended codes carry the primary one in their low byte. */
const sqliteCode = (error: unknown): number =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : Number.NaN

const isDiskFull = (error: unknown): boolean => codeOf(error) === 'ENOSPC' || sqliteCode(error) === SQLITE_FULL

/** The index is as it was: what keeps it from being read passes (a lock, too many open files), and no rebuild helps. */
export const isPassing = (error: unknown): boolean =>
  codeOf(error) === 'EMFILE' || codeOf(error) === 'ENFILE' || SQLITE_PASSING.includes(sqliteCode(error))

/** What the operator can do about an error of the file system or of SQLite; any other is itself. */
export const explained = (stateFolder: string, error: unknown): unknown => {
  if (isDiskFull(error))
    return new EngineTroubleError(
      'read-only',
      'The index cannot grow, the disk is full: free some space. What is indexed is still found, and nothing is lost',
      { cause: error },
    )
  if (!(error instanceof Error)) return error
  const isLost =
    codeOf(error) === 'EIO' || SQLITE_DAMAGED.includes(sqliteCode(error)) || /^no such table/.test(error.message)
  const what = `${stateFolder}: the index cannot be read (${error.message})`
  if (isLost) return new IndexDamagedError(`${what}; rebuild it with "npm run index"`, { cause: error })
  return codeOf(error) === 'ERR_SQLITE_ERROR' || isPassing(error)
    ? new EngineUnavailableError(`${what}; if that stays so, rebuild it with "npm run index"`, { cause: error })
    : error
}
