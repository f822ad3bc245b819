import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { serverUser } from './server-user.ts'

/** What the tests download, kept outside the repository from one run to the next. */

const OTHERS_MAY_ENTER = 0o001

/**
 * `BRIQUE_TEST_CACHE`, else `$XDG_CACHE_HOME/brique` (`~/.cache/brique`). For root it is `/var/cache/brique`: the servers run as another
 * user, to whom root's home is closed.
 */
export const cacheFolder = (): string => {
  const chosen = process.env['BRIQUE_TEST_CACHE']
  if (chosen) return chosen
  const ofUser = process.env['XDG_CACHE_HOME']
  if (ofUser) return join(ofUser, 'brique')
  return serverUser() === undefined ? join(homedir(), '.cache', 'brique') : '/var/cache/brique'
}

/** Throws when the user under whom the servers run cannot enter `folder`. */
const refuseClosed = (folder: string): void => {
  if (serverUser() === undefined) return
  for (let each = folder; each !== dirname(each); each = dirname(each)) {
    if ((statSync(each).mode & OTHERS_MAY_ENTER) === 0)
      throw new Error(`${each} is closed to other users, but as root the servers run as one: set BRIQUE_TEST_CACHE`)
  }
}

/** Whatever the umask was, the other user must read what was unpacked. */
const openToOthers = (folder: string): void => {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const { mode } = statSync(path)
    chmodSync(path, mode | 0o444 | (entry.isDirectory() || (mode & 0o100) !== 0 ? 0o111 : 0))
  }
  chmodSync(folder, 0o755)
}

/** The bytes of all files under a folder. */
export const folderBytes = (folder: string): number => {
  let bytes = 0
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size
  return bytes
}

/**
 * The folder `name` of the cache; when it is absent, `fill` makes it in a folder that gets the name only when it is whole. Two processes at
 * once each fill their own, and the first to end wins.
 */
export const cached = async (name: string, fill: (folder: string) => Promise<void>): Promise<string> => {
  const folder = join(cacheFolder(), name)
  if (!existsSync(folder)) {
    const partial = `${folder}.partial-${process.pid}`
    rmSync(partial, { recursive: true, force: true })
    mkdirSync(partial, { recursive: true })
    try {
      await fill(partial)
      openToOthers(partial)
      if (!existsSync(folder)) renameSync(partial, folder)
    } finally {
      rmSync(partial, { recursive: true, force: true })
    }
  }
  refuseClosed(folder)
  return folder
}
