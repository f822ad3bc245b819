import { existsSync, readdirSync } from 'node:fs'
import { currentIndex, indexFilePath, removeIndexFolder, setCurrentIndex } from './index-folder.ts'

const numberOf = (name: string): number => Number(/^index-(\d+)$/.exec(name)?.[1] ?? Number.NaN)

/**
 * Makes the index before the live one live again, with the change number that it had reached, and removes the one that
 * was live. Returns its name, or `undefined` when none was kept. The caller holds the lock.
 */
export const rollBackEmbedded = (stateFolder: string): string | undefined => {
  const current = currentIndex(stateFolder)
  if (current === undefined) return undefined
  const [before] = readdirSync(stateFolder)
    .filter(name => numberOf(name) < numberOf(current) && existsSync(indexFilePath(stateFolder, name)))
    .sort((a, b) => numberOf(b) - numberOf(a))
  if (before === undefined) return undefined
  setCurrentIndex(stateFolder, before)
  try {
    // Left where it is, the next build would keep it as the one to go back to.
    removeIndexFolder(stateFolder, current)
  } catch {
    // Windows removes no file that a service has open; the next build does.
  }
  return before
}
