import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { openCatalogue } from '../../src/store/open-catalogue.ts'
import { brique } from '../support/command-line.ts'

const folder = fileURLToPath(new URL('../../../shared/data', import.meta.url))
const skip = existsSync(folder) ? false : 'the open data sets (../shared/data) are absent'
const file = (name: string): string => join(folder, name)

const suppliersOf = (stateFolder: string) => {
  const catalogue = openCatalogue(join(stateFolder, 'catalogue.db'))
  try {
    const json = JSON.stringify([...catalogue.suppliersInOrder()])
    return JSON.parse(json.replaceAll(/"retrievedAt":"[^"]*"/g, '"retrievedAt":""')) as { siren: string }[]
  } finally {
    catalogue.close()
  }
}

t.test('the published files', { skip }, async t => {
  const state = t.testdir()
  const ilab = await brique(state, 'import', 'ilab', file('ilab/published_format.csv'))
  // 2,411 distinct numbers: 3 of them belong to New Caledonia's register and are no SIREN.
  t.match(ilab.stdout, /3,923 records read[\s\S]*935 records without SIREN[\s\S]*4 bad records skipped/)
  t.match(ilab.stdout, 'Suppliers: 2,408 new')
  t.notMatch(ilab.stdout, 'mappings/themes.json', 'every domain has its theme')
  const fromCsv = suppliersOf(state)

  const inov = await brique(state, 'import', 'inov', file('inov_entreprises/published_format.json'))
  t.match(inov.stdout, /753 records read[\s\S]*0 bad records skipped[\s\S]*Suppliers: 548 new, 175 changed/)
  t.notMatch(inov.stdout, 'mappings/themes.json', 'every theme has its id')

  const catalogue = openCatalogue(join(state, 'catalogue.db'), { readOnly: true })
  t.teardown(() => catalogue.close())
  t.strictSame(catalogue.counts(), { suppliers: 2956, named: 2312 })

  t.test('no text column holds an e-mail address or a telephone number', async t => {
    const database = new DatabaseSync(join(state, 'catalogue.db'), { readOnly: true })
    t.teardown(() => database.close())
    const personal = /[\w.+-]+@[\w-]+\.[a-z]{2,}|(?<![\d.,])0[1-9](?:[ .-]?\d{2}){4}(?![\d.,])/iu
    for (const table of ['source', 'source_version', 'fact', 'supplier']) {
      const found = database
        .prepare(`SELECT * FROM ${table}`)
        .all()
        .flatMap(row => Object.values(row))
        .filter(value => typeof value === 'string' && !/^[0-9]{9}$/.test(value) && personal.test(value))
      t.strictSame(found, [], table)
    }
  })

  t.test('the JSON Lines of i-Lab give the same suppliers as the CSV', async t => {
    const state = t.testdir()
    await brique(state, 'import', 'ilab', file('ilab/ilab_laureats.jsonl'))
    const fromLines = suppliersOf(state)
    t.equal(fromLines.length, 2408)
    // The two were rid of addresses in different ways: "Cont@ct center" lost its first word in the CSV alone.
    const different = fromCsv.flatMap((supplier, index) => {
      const other = JSON.stringify(fromLines[index])
      return JSON.stringify(supplier) === other || /@|courriel retiré/.test(other) ? [] : [supplier.siren]
    })
    t.strictSame(different, [])
  })
  t.test('the JSON Lines of i-Nov name the same suppliers as the array', async t => {
    const state = t.testdir()
    await brique(state, 'import', 'inov', file('inov_entreprises/entreprises.jsonl'))
    t.equal(suppliersOf(state).length, 723)
  })
})
