// Crawlee's CheerioCrawler in a process of its own, by its defaults apart from concurrency and storage in memory: fetch,
// parse, title and text into its dataset, links of the same host enqueued. Plain JavaScript: its types are not installed.
import dns from 'node:dns'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [folder, concurrency, ...urls] = process.argv.slice(2)

// Every name is the local web's, as for our crawler.
dns.lookup = (_name, options, callback = options) =>
  options.all === true ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4)

const require = createRequire(join(folder, 'package.json'))
const { CheerioCrawler, Configuration, Dataset, log } = require('@crawlee/cheerio')
log.setLevel(log.LEVELS.ERROR)

const configuration = new Configuration({ persistStorage: false })
const dataset = await Dataset.open(undefined, { config: configuration })
const crawler = new CheerioCrawler(
  {
    minConcurrency: Number(concurrency),
    maxConcurrency: Number(concurrency),
    async requestHandler({ request, $, enqueueLinks }) {
      await dataset.pushData({ url: request.loadedUrl, title: $('title').text(), text: $('body').text() })
      await enqueueLinks()
    },
  },
  configuration,
)
const started = performance.now()
await crawler.run(urls)
const seconds = (performance.now() - started) / 1000
const { itemCount } = await dataset.getInfo()
process.send?.({
  seconds,
  pages: itemCount,
  cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
  peakMb: process.resourceUsage().maxRSS / 1024,
})
if (process.connected) process.disconnect()
