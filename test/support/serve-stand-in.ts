import { setTimeout as wait } from 'node:timers/promises'
import { readConfig } from '../../src/config.ts'
import { serve } from '../../src/serve.ts'
import { buildService, memorySearch } from './service.ts'

/** A process that serves the stand-ins, with searches that take 300 ms; it prints its address first. */

const config = readConfig({ LOG_LEVEL: 'silent', ...process.env })
const search = {
  ...memorySearch,
  search: async (...asked: Parameters<typeof memorySearch.search>) => {
    process.stdout.write('searching\n')
    await wait(asked[0].text === 'stuck' ? 60_000 : 300)
    return memorySearch.search(...asked)
  },
}
const app = await buildService({ SEARCH_TIMEOUT_MS: '600000' }, { search })
app.server.on('listening', () => process.stdout.write(`port ${JSON.stringify(app.server.address())}\n`))
await serve(app, config)
process.stdout.write('closed\n')
process.exit()
