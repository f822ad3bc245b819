import { cataloguePathOf } from '../../indexer/command.ts'
import { createCrawl } from '../../indexer/crawl-command.ts'
import { readConfig } from '../../src/config.ts'
import { localNetwork } from './crawl-web.ts'

/**
 * A process whose crawl is measured: `crawl` on a state folder and the port of a local web, with a least delay in ms, or
 * the default one. Each message of its parent is answered by its memory in use; its last message has its peak and its time.
 */
const [folder = '', port = '', minDelayMs] = process.argv.slice(2)
const config = readConfig({ BRIQUE_DATA: folder, PUBLIC_URL: 'https://brique.example' })
const MIB = 1024 * 1024

process.on('message', () => process.send?.({ rssMb: process.memoryUsage.rss() / MIB }))
const started = performance.now()
process.exitCode = await createCrawl({
  fetcher: localNetwork(Number(port)),
  ...(minDelayMs !== undefined && { limits: { minDelayMs: Number(minDelayMs) } }),
})({
  config,
  cataloguePath: cataloguePathOf(config),
  args: { positionals: [], values: {} },
  progress: { step: () => ({ update: () => undefined, end: () => undefined }) },
  write: () => undefined,
})
process.send?.({
  seconds: (performance.now() - started) / 1000,
  cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
  // KiB on Linux and macOS alike in Node.
  peakMb: process.resourceUsage().maxRSS / 1024,
})
if (process.connected) process.disconnect()
