// tap builds its test class on first use, and that first run fails: it is built before (plain JavaScript, run by `pretest`).
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
if (
  !existsSync(join(root, '.tap', 'plugins')) ||
  !existsSync(join(root, 'node_modules', '@tapjs', 'test', 'test-built', 'dist'))
) {
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'tap', 'dist', 'esm', 'run.mjs'), 'build'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  process.exitCode = status ?? 1
}
