import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEmbeddedBuild } from '../../src/engine/embedded/build.ts'
import { openEmbeddedEngine } from '../../src/engine/embedded/embedded-engine.ts'
import { engineQuery } from './engine-query.ts'
import { numberedSupplier } from './suppliers.ts'

/**
 * What happens to an index on a disk that fills up; `full-disk <folder on a disk of some megabytes>`. Prints one JSON
 * object: the name and kind of the error, and what is found before, after, and when there is room again.
 */
const [folder = ''] = process.argv.slice(2)
const BUILT = 50
const ballast = join(folder, 'ballast')

const build = createEmbeddedBuild(folder)
for (let n = 1; n <= BUILT; n++) await build.add(numberedSupplier(n))
await build.commit(BUILT)
const engine = openEmbeddedEngine(folder)
const found = async (): Promise<number> => (await engine.search(engineQuery(''))).total

/** Applies one profile after the other until the disk is full. */
const fill = async (): Promise<{ readonly seq: number; readonly error: unknown }> => {
  for (let seq = BUILT + 1; ; seq++) {
    const supplier = { ...numberedSupplier(seq), aims: 'x'.repeat(20_000) }
    try {
      await engine.apply([{ siren: supplier.siren, supplier }], seq)
    } catch (error) {
      return { seq, error }
    }
  }
}

writeFileSync(ballast, new Uint8Array(1_000_000))
const { seq, error } = await fill()
const whenFull = await found()
let buildError: unknown
try {
  const second = createEmbeddedBuild(folder)
  await second.abort()
} catch (thrown) {
  buildError = thrown
}
rmSync(ballast)
const supplier = numberedSupplier(seq)
await engine.apply([{ siren: supplier.siren, supplier }], seq)
const described = (thrown: unknown): string => (thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : '')
console.log(
  JSON.stringify({
    applied: seq - 1,
    error: described(error),
    buildError: described(buildError),
    whenFull,
    afterwards: await found(),
    reached: await engine.appliedSeq(),
  }),
)
await engine.close()
