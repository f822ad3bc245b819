import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The path of a file or folder of the open data and hostile cases that stand beside the repository, if they do. */
export const sharedPath = (path: string): string | undefined => {
  const full = fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url))
  return existsSync(full) ? full : undefined
}

/** The `skip` option of a test that needs `path`: the reason when it is absent, else false. */
export const skipWithout = (path: string): string | false =>
  sharedPath(path) === undefined && `../shared/${path} is absent`
