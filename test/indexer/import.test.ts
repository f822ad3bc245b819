import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { type CommandContext, CommandError, cataloguePathOf } from '../../indexer/command.ts'
import { runDemo } from '../../indexer/demo-command.ts'
import { download } from '../../indexer/download.ts'
import { runImport } from '../../indexer/import-command.ts'
import { runRemove } from '../../indexer/remove-command.ts'
import { WrongFormatError } from '../../indexer/sources/errors.ts'
import { runSources, runStatus } from '../../indexer/status-command.ts'
import { readConfig } from '../../src/config.ts'
import { CatalogueBusyError, CatalogueRuleError } from '../../src/store/errors.ts'
import { type Catalogue, openCatalogue } from '../../src/store/open-catalogue.ts'
import { lockCatalogue } from '../../src/store/write-lock.ts'
import { inventedSiren } from '../support/suppliers.ts'

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
const quiet = { step: () => ({ update: () => undefined, end: () => undefined }) }

/** The commands, in this process, on a state folder of the test's own. */
const stateFolder = (folder: string) => {
  const config = readConfig({ BRIQUE_DATA: folder })
  const cataloguePath = cataloguePathOf(config)
  const run = async (
    command: (context: CommandContext) => Promise<number>,
    positionals: readonly string[],
    values: CommandContext['args']['values'] = {},
  ) => {
    const lines: string[] = []
    const write = (line: string) => lines.push(line)
    const code = await command({ config, cataloguePath, args: { positionals, values }, progress: quiet, write })
    return { code, output: lines.join('\n') }
  }
  return {
    run,
    load: (source: string, file: string, values?: CommandContext['args']['values']) =>
      run(runImport, [source, file], values),
    read: <T>(question: (catalogue: Catalogue) => T): T => {
      const catalogue = openCatalogue(cataloguePath)
      try {
        return question(catalogue)
      } finally {
        catalogue.close()
      }
    },
  }
}

t.test('an import ends with a summary of what was done, what was skipped, and why', async t => {
  const { load, read } = stateFolder(t.testdir())
  const { code, output } = await load('ilab', fixture('ilab.csv'))
  t.equal(code, 0)
  t.match(output, '9 records read, 33 facts')
  t.match(output, '1 records without SIREN')
  t.match(output, '3 bad records skipped\n  ilab.csv:9: SIREN "000009929" needs 9 digits that pass the check digit')
  t.match(output, 'theme "Exploitation du lagon" is not in mappings/themes.json: kept as a tag (1 ×)')
  t.match(output, 'Suppliers: 4 new, 0 changed, 0 unchanged, 0 removed')
  t.strictSame(
    read(catalogue => catalogue.counts()),
    { suppliers: 4, named: 3 },
  )
})

t.test('importing the same file again changes nothing and says so', async t => {
  const { load, read } = stateFolder(t.testdir())
  await load('ilab', fixture('ilab.csv'))
  const before = read(catalogue => [catalogue.sources(), catalogue.lastSeq()])
  const { code, output } = await load('ilab', fixture('ilab.csv'))
  t.equal(code, 0)
  t.match(output, 'unchanged, this file is already in the catalogue')
  t.strictSame(
    read(catalogue => [catalogue.sources(), catalogue.lastSeq()]),
    before,
  )
})

t.test('the same file with another date is read again', async t => {
  const { load, read } = stateFolder(t.testdir())
  await load('ilab', fixture('ilab.csv'))
  const { output } = await load('ilab', fixture('ilab.csv'), { date: '2026-10-01' })
  t.match(output, 'Suppliers: 0 new, 0 changed, 4 unchanged, 0 removed')
  t.match(
    read(catalogue => catalogue.sources()),
    [{ id: 'ilab', date: '2026-10-01' }],
  )
  await t.rejects(load('ilab', fixture('ilab.csv'), { date: '2026-02-30' }), /give the date of the data as YYYY-MM-DD/)
})

t.test('a new version replaces the one before it; other sources keep theirs', async t => {
  const folder = t.testdir()
  const { load, read } = stateFolder(folder)
  const list = join(folder, 'list.csv')
  const [a, b, c] = [inventedSiren(1), inventedSiren(2), inventedSiren(3)]
  writeFileSync(list, `siren,name\n${a},Un\n${b},Deux\n`)
  await load('file', list)
  await load('inov', fixture('inov.json'))
  writeFileSync(list, `siren,name\n${b},Deux bis\n${c},Trois\n`)
  const { output } = await load('file', list)
  t.match(output, 'Suppliers: 1 new, 1 changed, 0 unchanged, 1 removed')
  t.strictSame(
    read(catalogue => [...catalogue.suppliersInOrder()].map(supplier => supplier.name)),
    ['Deux bis', 'Trois', 'Aérolys', 'Nullepart'],
  )
})

t.test('lists of different names live side by side', async t => {
  const { load, read } = stateFolder(t.testdir())
  await load('file', fixture('list.csv'), { name: 'Club achats' })
  await load('file', fixture('list.jsonl'), { licence: 'CC0', publisher: 'Métropole', url: 'https://liste.example/' })
  t.match(
    read(catalogue => catalogue.sources()),
    [
      { id: 'file:club-achats', name: 'Club achats', licence: 'Non renseignée' },
      { id: 'file:list', name: 'list', licence: 'CC0', publisher: 'Métropole', url: 'https://liste.example/' },
    ],
  )
})

t.test('a file of which most records are bad changes nothing, unless it is forced', async t => {
  const folder = t.testdir()
  const { load, read } = stateFolder(folder)
  const list = join(folder, 'list.csv')
  writeFileSync(list, `siren;name\n${inventedSiren(1)};Un\n`)
  await load('file', list)
  const bad = Array.from({ length: 30 }, (_, line) => `${100 + line};Faux`).join('\n')
  writeFileSync(list, `siren;name\n${inventedSiren(2)};Deux\n${bad}\n`)
  await t.rejects(load('file', list), {
    message:
      /more than half of its records are bad.*--force\n31 records read[\s\S]*list.csv:22: siren "119"[^\n]*\n {2}… and 10 more/,
  })
  t.equal(
    read(catalogue => catalogue.supplier(inventedSiren(1))?.name),
    'Un',
  )
  t.equal((await load('file', list, { force: true })).code, 0)
  t.equal(
    read(catalogue => catalogue.supplier(inventedSiren(2))?.name),
    'Deux',
  )
})

t.test('a file that names nobody changes nothing', async t => {
  const folder = t.testdir({ 'list.csv': 'siren;name\n;Sans SIREN\n' })
  await t.rejects(stateFolder(folder).load('file', join(folder, 'list.csv')), /no record names a supplier/)
})

t.test('a file that cannot be read, or is of another format, fails with its remedy and changes nothing', async t => {
  const folder = t.testdir({ 'page.csv': '<!doctype html><p>Erreur 503', 'cut.json': '[{"siren":"000000018"', dir: {} })
  const { load, run, read } = stateFolder(folder)
  await load('ilab', fixture('ilab.csv'))
  const before = read(catalogue => [catalogue.sources(), catalogue.lastSeq()])
  await t.rejects(load('ilab', join(folder, 'absent.csv')), { name: 'CommandError', message: /does not exist: give/ })
  await t.rejects(load('ilab', join(folder, 'dir')), { name: 'CommandError', message: /holds no .json file/ })
  await t.rejects(load('ilab', fixture('inov.json')), WrongFormatError)
  await t.rejects(load('ilab', join(folder, 'page.csv')), /HTML or XML page, not data: download it again/)
  await t.rejects(load('file', join(folder, 'cut.json')), /incomplete, download it again/)
  await t.rejects(run(runImport, ['nowhere']), /Unknown source "nowhere": give one of ilab, inov, file, demo/)
  await t.rejects(run(runImport, ['file']), /Give the file to read/)
  t.strictSame(
    read(catalogue => [catalogue.sources(), catalogue.lastSeq()]),
    before,
  )
})

t.test('one import at a time', async t => {
  const folder = t.testdir()
  const lock = lockCatalogue(folder)
  t.teardown(() => lock.release())
  await t.rejects(stateFolder(folder).load('ilab', fixture('ilab.csv')), CatalogueBusyError)
})

t.test(
  'the demonstration is loaded into an empty catalogue, leaves before real data, and never comes back',
  async t => {
    const folder = t.testdir({ CURRENT: 'index-1' })
    const { run, load, read } = stateFolder(folder)
    const first = await run(runDemo, [], { 'if-empty': true })
    t.match(first.output, /every supplier in it is invented\.\nTo load real data/)
    const invented = read(catalogue => catalogue.counts().suppliers)
    t.ok(invented > 0)
    t.match(
      read(catalogue => catalogue.sources()),
      [{ id: 'demo', fictitious: true, suppliers: invented }],
    )
    t.notMatch((await run(runDemo, [], { 'if-empty': true })).output, 'records read', 'once is enough')

    t.match(
      (await load('ilab', fixture('ilab.csv'))).output,
      `Suppliers: 4 new, 0 changed, 0 unchanged, ${invented} removed`,
    )
    t.equal((await run(runDemo, [], { 'if-empty': true })).output, '', 'nothing to do, nothing to say')
    await t.rejects(run(runDemo, []), CatalogueRuleError)
    t.match(
      read(catalogue => catalogue.sources()),
      [{ id: 'ilab' }],
    )
  },
)

t.test('a removed source takes along the suppliers that only it knows', async t => {
  const { load, run, read } = stateFolder(t.testdir())
  await load('ilab', fixture('ilab.csv'))
  await load('file', fixture('list.csv'), { name: 'Club achats' })
  await t.rejects(
    run(runRemove, ['file:autre']),
    /"file:autre" is not in the catalogue, which holds file:club-achats, ilab/,
  )
  t.match((await run(runRemove, ['file:club-achats'])).output, 'Suppliers: 0 new, 1 changed, 0 unchanged, 1 removed')
  t.match(
    read(catalogue => catalogue.sources()),
    [{ id: 'ilab' }],
  )
})

t.test('"sources" and "status" tell what can be and what is imported', async t => {
  const { run, load } = stateFolder(t.testdir())
  t.match((await run(runStatus, [])).output, /No catalogue .* yet/)
  await load('ilab', fixture('ilab.csv'))
  t.match(
    (await run(runStatus, [])).output,
    /4 suppliers, 3 of them named\n {2}ilab: .*4 suppliers, data of 2025-11-12/,
  )
  t.match((await run(runSources, [])).output, /^ilab .*\n.*\n {8}imported: 4 suppliers[\s\S]*^inov /m)
})

t.test('downloads', async t => {
  const answers: Readonly<Record<string, (response: import('node:http').ServerResponse) => void>> = {
    '/list.csv': response => response.end(`siren;name\n${inventedSiren(1)};Un\n`),
    '/absent': response => response.writeHead(404).end('non'),
    '/silent': () => undefined,
    '/drip': response => void response.write('siren;name\n'),
    '/endless': response => void response.write('x'.repeat(5000)),
    '/cut': response => {
      response.writeHead(200, { 'content-length': '1000' }).write('siren', () => response.destroy())
    },
  }
  const server = createServer((request, response) => answers[request.url ?? '']?.(response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  t.test('a URL is downloaded into the state folder, then imported', async t => {
    const { load, read } = stateFolder(t.testdir())
    t.equal((await load('file', `${base}/list.csv`)).code, 0)
    t.match(
      read(catalogue => catalogue.sources()),
      [{ id: 'file:list', url: `${base}/list.csv`, suppliers: 1 }],
    )
  })
  t.test('what does not arrive whole and in time is a named error with the remedy', async t => {
    const folder = t.testdir()
    const limits = { headersTimeoutMs: 200, totalTimeoutMs: 400, maxBytes: 2000 }
    const fetching = (path: string) => download(`${base}${path}`, folder, quiet.step(), limits)
    const remedy = '. Download the file by hand and give its path instead of the URL'
    await t.rejects(fetching('/absent'), { message: `${base}/absent: the server answered 404 Not Found${remedy}` })
    await t.rejects(fetching('/silent'), { message: `${base}/silent: no answer in time${remedy}` })
    await t.rejects(fetching('/drip'), { message: `${base}/drip: no answer in time${remedy}` })
    await t.rejects(fetching('/endless'), { message: `${base}/endless: more than 2000 bytes${remedy}` })
    await t.rejects(fetching('/cut'), CommandError)
    await t.rejects(download('http://127.0.0.1:1/x', folder, quiet.step(), limits), CommandError)
    const { readdirSync } = await import('node:fs')
    t.strictSame(readdirSync(folder), [], 'no half-downloaded file is left')
  })
})
