import { cataloguePathOf } from '../../indexer/command.ts'
import { createImport } from '../../indexer/import-command.ts'
import { readConfig } from '../../src/config.ts'

/** A process to be killed: `import sirene` on the state folder and the service address given. */
const [folder = '', address = ''] = process.argv.slice(2)
const config = readConfig({ BRIQUE_DATA: folder })
process.exitCode = await createImport({ address })({
  config,
  cataloguePath: cataloguePathOf(config),
  args: { positionals: ['sirene'], values: {} },
  progress: { step: () => ({ update: () => undefined, end: () => undefined }) },
  write: line => process.stdout.write(`${line}\n`),
})
