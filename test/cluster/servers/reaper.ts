import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * A shell that outlives this process, however it ends (thrown error, Ctrl+C, kill -9), and then kills the process groups it was last told and
 * removes the folder. It learns of the end because its standard input closes.
 */
export interface Reaper {
  /** The process groups that must not outlive this process, replacing those told before. */
  watch(groups: readonly number[]): void
  /** Has it do its work now. */
  finish(): Promise<void>
}

/** The pause lets killed processes close their files, so that none appears in a folder while it is removed. */
const SCRIPT = `
groups=
while read -r line; do groups=$line; done
for group in $groups; do kill -s KILL -- "-$group"; done
[ -z "$groups" ] || sleep 1
rm -rf "$1"`

export const startReaper = (folder: string): Reaper => {
  // A session of its own: Ctrl+C in the terminal goes to this process, not to the one that cleans up after it.
  const child = spawn('sh', ['-c', SCRIPT, 'reaper', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  })
  child.unref()
  // A pipe is a socket to Node, and an open socket would keep a process alive that has nothing more to do.
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref()
  const ended = once(child, 'exit')
  return {
    watch: groups => {
      child.stdin.write(`${groups.join(' ')}\n`)
    },
    finish: async () => {
      child.ref()
      child.stdin.end()
      await ended
    },
  }
}
