// Run by `npm install` with whatever Node the machine has (20 or later), hence plain JavaScript.
//
// npm 9 to 11.7 install the pinned Node of `optionalDependencies` without linking it into
// `node_modules/.bin`, so npm scripts would run under the machine's own Node. This makes the
// link when npm did not. It never fails the install: without the link, `src/config.ts` says
// which Node is needed.
import { existsSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = join(root, 'node_modules', '.bin')
const platform = process.platform === 'win32' ? 'win' : process.platform
const target = join('..', `node-${platform}-${process.arch}`, 'bin', 'node')

if (process.platform !== 'win32' && !existsSync(join(bin, 'node')) && existsSync(join(bin, target))) {
  try {
    symlinkSync(target, join(bin, 'node'))
  } catch (error) {
    console.error(
      `link-node: ${join(bin, 'node')} could not be linked (${error.message}); run the scripts with Node 24`,
    )
  }
}
