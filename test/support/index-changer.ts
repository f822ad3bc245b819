import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import { createHistory } from './index-changes.ts'

/**
 * A process to be killed: `<folder> <profiles> <built> <from> <batch>` applies the history's changes from `from` on, so
 * many at a time, and prints the number of the last one that was acknowledged. `rebuild <folder> <profiles> <built> <to>`
 * builds the index of the first `to` changes beside it and makes it live.
 */
const args = process.argv.slice(2)

if (args[0] === 'rebuild') {
  const [, folder = '', ...numbers] = args
  const [profiles = 0, built = 0, to = 0] = numbers.map(Number)
  const held = createHistory(profiles, built).after(to)
  process.stdout.write('building\n')
  const build = createEmbeddedBuild(folder)
  for (const [, supplier] of [...held].sort(([a], [b]) => (a < b ? -1 : 1))) await build.add(supplier)
  await build.commit(to)
  process.stdout.write('committed\n')
} else {
  const [folder = '', ...numbers] = args
  const [profiles = 0, built = 0, from = 1, batch = 1] = numbers.map(Number)
  const history = createHistory(profiles, built)
  const engine = openEmbeddedEngine(folder)
  for (let n = from; ; n += batch) {
    const changes = Array.from({ length: batch }, (_, at) => history.change(n + at))
    await engine.apply(changes, n + batch - 1)
    process.stdout.write(`${n + batch - 1}\n`)
  }
}
