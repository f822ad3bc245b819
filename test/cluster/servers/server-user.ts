import { chownSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** `nobody` of Debian, by its number: no look-up, and it owns nothing. */
const NOBODY = 65_534

/** Elasticsearch and OpenSearch refuse to run as root. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/** The user that servers are started as when this process is root; else they run as who started them. */
export const serverUser = (): ServerUser | undefined =>
  process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined

/** Hands a folder with all that is in it to the servers' user. */
export const giveToServer = (folder: string): void => {
  const user = serverUser()
  if (user === undefined) return
  chownSync(folder, user.uid, user.gid)
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    chownSync(join(entry.parentPath, entry.name), user.uid, user.gid)
}
