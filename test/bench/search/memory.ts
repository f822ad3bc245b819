import { readFileSync } from 'node:fs'

const KB = /^(?:RssAnon|RssShmem):\s+(\d+) kB$/gm

/**
 * Bytes of memory that belong to processes: RssAnon and RssShmem of Linux, without pages of files, which the system
 * may drop. `undefined` where there is no /proc.
 */
export const ownBytes = (pids: readonly number[]): number | undefined => {
  let bytes = 0
  for (const pid of pids) {
    try {
      for (const [, kilobytes] of readFileSync(`/proc/${pid}/status`, 'utf8').matchAll(KB))
        bytes += Number(kilobytes) * 1024
    } catch {
      return undefined
    }
  }
  return bytes
}

const EVERY_MS = 100

/** Watches the memory of processes until `stop`, which returns the most that was seen. */
export const watchMemory = (pids: () => readonly number[]): { stop(): number | undefined } => {
  let most: number | undefined
  const look = (): void => {
    const bytes = ownBytes(pids())
    if (bytes !== undefined) most = Math.max(most ?? 0, bytes)
  }
  const timer = setInterval(look, EVERY_MS)
  return {
    stop: () => {
      look()
      clearInterval(timer)
      return most
    },
  }
}
