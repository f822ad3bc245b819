import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import { numberedSupplier } from './suppliers.ts'

/**
 * A process to be killed: `upserts <folder> <from>` applies one change after the other and prints the number of each
 * when it is acknowledged; `build <folder> <count>` builds an index and prints "adding" when it has begun.
 */
const [what, folder = '', number = '0'] = process.argv.slice(2)

if (what === 'upserts') {
  const engine = openEmbeddedEngine(folder)
  for (let n = Number(number); ; n++) {
    const supplier = numberedSupplier(n)
    await engine.apply([{ siren: supplier.siren, supplier }], n)
    process.stdout.write(`${n}\n`)
  }
}

if (what === 'build') {
  const build = createEmbeddedBuild(folder)
  for (let n = 1; n <= Number(number); n++) {
    await build.add(numberedSupplier(n))
    if (n === 1) process.stdout.write('adding\n')
  }
  await build.commit(0)
  process.stdout.write('done\n')
}
