import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { openCatalogue } from '../../src/store/open-catalogue.ts'
import { brique, startBrique } from '../support/command-line.ts'
import { inventedSiren } from '../support/suppliers.ts'

/** How many times an import is killed; a longer run is asked for by the environment. */
const KILLS = Number(process.env['BRIQUE_TEST_KILLS'] ?? 3)
const SUPPLIERS = 3000

const list = (edition: string): string => {
  const lines = Array.from({ length: SUPPLIERS }, (_, index) => {
    const siren = inventedSiren(index + 1)
    const name = index % 7 === 0 ? '' : `Firme ${index} ${edition}`
    return JSON.stringify({ siren, name, description: `Texte ${edition} de ${siren}. `.repeat(20), tags: [edition] })
  })
  return `${lines.join('\n')}\n`
}

/** Everything that readers see, but for the times of reading. */
const contents = (folder: string) => {
  const catalogue = openCatalogue(join(folder, 'catalogue.db'))
  try {
    const untimed = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value, (key, inner: unknown) => (/^(retrieved|imported)At$/.test(key) ? '' : inner)))
    const records = [...catalogue.suppliersInOrder()].map(supplier => untimed(catalogue.record(supplier.siren)))
    return { records, counts: catalogue.counts(), sources: untimed(catalogue.sources()), stale: catalogue.stale() }
  } finally {
    catalogue.close()
  }
}

/** Which edition readers see: only one, whatever has happened. */
const editionsSeen = (folder: string): ReadonlySet<string> => {
  const catalogue = openCatalogue(join(folder, 'catalogue.db'))
  try {
    return new Set([...catalogue.suppliersInOrder()].flatMap(supplier => supplier.tags))
  } finally {
    catalogue.close()
  }
}

t.test('an import killed at any moment, run again, ends in the same catalogue as one that was not', async t => {
  const root = t.testdir({ 'one.jsonl': list('un'), 'two.jsonl': list('deux'), control: {}, killed: {} })
  const [control, killed] = [join(root, 'control'), join(root, 'killed')]
  const load = ['import', 'file', join(root, 'list.jsonl'), '--date', '2026-01-01'] as const

  writeFileSync(join(root, 'list.jsonl'), list('un'))
  await brique(control, ...load)
  await brique(killed, ...load)
  writeFileSync(join(root, 'list.jsonl'), list('deux'))
  const started = performance.now()
  t.equal((await brique(control, ...load)).code, 0)
  const durationMs = performance.now() - started

  for (let kill = 1; kill <= KILLS; kill++) {
    const child = startBrique(killed, ...load)
    // Spread over the whole run: reading, the switch, merging, cleaning.
    await wait((durationMs * kill) / (KILLS + 1))
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    t.equal(editionsSeen(killed).size, 1, `kill ${kill}: readers see one edition`)
  }
  t.equal((await brique(killed, ...load)).code, 0)
  t.same(contents(killed), contents(control))
  t.equal(contents(killed).records.length, SUPPLIERS)
})
