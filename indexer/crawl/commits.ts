import type { CrawlMemory, PageKeeper } from './stores.ts'

/** Writes what turns have to say; resolves when it is on the disk, rejects when it cannot be written. */
export type Commit = (work: () => void) => Promise<void>

interface Waiting {
  readonly work: () => void
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Gathers the writes of several turns into one commit of each store: a commit waits for the disk, as long for one turn as
 * for ten. A pause as long as the last commit took comes before the next, so that a slow disk gathers more and at most
 * half of the time is spent on it. Pages are on the disk before the frontier says that they were visited.
 */
export const createCommits = (memory: Pick<CrawlMemory, 'write'>, pages: Pick<PageKeeper, 'write'>): Commit => {
  let waiting: Waiting[] = []
  let nextAt = 0
  const commit = (): void => {
    const batch = waiting
    waiting = []
    const started = performance.now()
    try {
      memory.write(() =>
        pages.write(() => {
          for (const { work } of batch) work()
        }),
      )
      for (const { resolve } of batch) resolve()
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
    const ended = performance.now()
    nextAt = ended + (ended - started)
  }
  return work =>
    new Promise((resolve, reject) => {
      if (waiting.push({ work, resolve, reject }) === 1) setTimeout(commit, Math.max(0, nextAt - performance.now()))
    })
}
