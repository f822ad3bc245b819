import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

/**
 * The indexes of a state folder: `index-N/index.db`, and `CURRENT`, which names the live one. A rename of `CURRENT`
 * is the only thing that makes an index live, so that a reader sees the old one or the new one, whole.
 */

const CURRENT = 'CURRENT'
const FILE = 'index.db'

export const indexFolderPath = (stateFolder: string, name: string): string => join(stateFolder, name)
export const indexFilePath = (stateFolder: string, name: string): string => join(stateFolder, name, FILE)

/** The file of a sealed segment, beside the database that names it. */
export const segmentFileName = (number: number): string => `segment-${number}.bin`
const SEGMENT_FILE = /^segment-\d+\.bin$/

/** An unfinished file that nobody has written to for so long was left by a process that is gone. */
const ABANDONED_MS = 600_000

/** Removes segment files that the index does not name and that nobody is writing. */
export const removeStraySegments = (folder: string, named: ReadonlySet<string>): void => {
  for (const name of readdirSync(folder)) {
    if (!SEGMENT_FILE.test(name) || named.has(name)) continue
    const path = join(folder, name)
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {}
    if (mtimeMs !== undefined && Date.now() - mtimeMs > ABANDONED_MS) rmSync(path, { force: true })
  }
}

/** The name of the live index; `undefined` before the first build. */
export const currentIndex = (stateFolder: string): string | undefined => {
  const path = join(stateFolder, CURRENT)
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
}

const numberOf = (name: string): number => Number(/^index-(\d+)$/.exec(name)?.[1] ?? Number.NaN)

const indexNames = (stateFolder: string): string[] =>
  existsSync(stateFolder) ? readdirSync(stateFolder).filter(name => !Number.isNaN(numberOf(name))) : []

/** Makes the folder of the next index and returns its name. */
export const createIndexFolder = (stateFolder: string): string => {
  const next = Math.max(0, ...indexNames(stateFolder).map(numberOf)) + 1
  const name = `index-${next}`
  mkdirSync(join(stateFolder, name), { recursive: true })
  return name
}

export const removeIndexFolder = (stateFolder: string, name: string): void =>
  rmSync(join(stateFolder, name), { recursive: true, force: true })

/** Makes the names in a folder durable. Windows cannot open one; there the file system journals them. */
export const syncFolder = (path: string): void => {
  if (process.platform === 'win32') return
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Makes an index live, durably. */
export const setCurrentIndex = (stateFolder: string, name: string): void => {
  const temporary = join(stateFolder, `${CURRENT}.tmp`)
  const descriptor = openSync(temporary, 'w')
  try {
    writeSync(descriptor, `${name}\n`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(temporary, join(stateFolder, CURRENT))
  syncFolder(stateFolder)
}

/**
 * Removes the indexes that nobody reads, unfinished ones too: all but the live one and `before`, which was live until
 * it was. A service may still hold that one open until its next search, and a rollback goes back to it.
 */
export const removeOldIndexes = (stateFolder: string, before: string | undefined): void => {
  const current = currentIndex(stateFolder)
  if (current === undefined) return
  for (const name of indexNames(stateFolder)) {
    if (name !== current && name !== before) removeIndexFolder(stateFolder, name)
  }
}

/**
 * Makes the index that was live before the present one live again, with the change number that it had reached. Returns
 * its name, or `undefined` when none was kept. The caller holds the lock.
 */
export const rollBackIndex = (stateFolder: string): string | undefined => {
  const current = currentIndex(stateFolder)
  if (current === undefined) return undefined
  // Of the older ones only that one is kept; what a rollback left behind is newer, and goes with the next build.
  const [before] = indexNames(stateFolder).filter(name => numberOf(name) < numberOf(current))
  if (before !== undefined) setCurrentIndex(stateFolder, before)
  return before
}
