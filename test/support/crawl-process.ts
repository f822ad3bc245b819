import { cataloguePathOf } from '../../indexer/command.ts'
import { createCrawl } from '../../indexer/crawl-command.ts'
import { readConfig } from '../../src/config.ts'
import { localNetwork } from './crawl-web.ts'

/** A process to be killed: `crawl` on the state folder and the port of the local web given, without pauses. */
const [folder = '', port = ''] = process.argv.slice(2)
const config = readConfig({ BRIQUE_DATA: folder, PUBLIC_URL: 'https://brique.example' })
process.exitCode = await createCrawl({ fetcher: localNetwork(Number(port)), limits: { minDelayMs: 0 } })({
  config,
  cataloguePath: cataloguePathOf(config),
  args: { positionals: [], values: {} },
  progress: { step: () => ({ update: () => undefined, end: () => undefined }) },
  write: line => process.stdout.write(`${line}\n`),
})
