import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { AUDITS } from './audits.ts'
import { type BrowserTest, runTest } from './harness.ts'
import { JOURNEYS } from './journeys.ts'
import { FORMAT_NAMES, takeScreenshots } from './screenshots.ts'
import { startService } from './service.ts'
import { SUGGESTIONS } from './suggestions.ts'

/** `npm run test:browser`: the real service over the demonstration catalogue, in Debian's Chromium. */

const HELP = `node test/browser/run.ts [--chromium=<path>] [--only=<words of a title>] [--screenshots=<folder> [--formats=1280,360,print]]

Screenshots: every kind of page, nothing else is run.`

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const { values } = parseArgs({
  options: {
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    only: { type: 'string', default: '' },
    screenshots: { type: 'string' },
    formats: { type: 'string', default: FORMAT_NAMES.join() },
    help: { type: 'boolean' },
  },
})

/** Two pages at once: one is drawn while the other is judged. */
const AT_ONCE = 2

const runAll = async (browser: Browser, origin: string, tests: readonly BrowserTest[]): Promise<number> => {
  const waiting = [...tests]
  let failed = 0
  const lane = async (): Promise<void> => {
    for (let test = waiting.shift(); test; test = waiting.shift()) {
      const failure = await runTest(browser, origin, test)
      if (failure) failed++
      process.stdout.write(failure ? `not ok - ${test.title}\n${failure.message}\n` : `ok - ${test.title}\n`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  process.stdout.write(`tests: ${tests.length - failed} passed, ${failed} failed\n`)
  return failed
}

const main = async (): Promise<number> => {
  if (values.help) {
    process.stdout.write(`${HELP}\n`)
    return 0
  }
  if (!existsSync(values.chromium)) {
    process.stderr.write(
      `${values.chromium}: no Chromium here. Install it (apt-get install chromium) or give --chromium=<path>.\n`,
    )
    return 1
  }
  const tests = [...JOURNEYS, ...SUGGESTIONS, ...AUDITS].filter(test => test.title.includes(values.only))
  const service = await startService()
  try {
    const browser = await chromium.launch({ executablePath: values.chromium, args: ARGUMENTS })
    try {
      if (values.screenshots) {
        const formats = FORMAT_NAMES.filter(name => values.formats.split(',').includes(name))
        await takeScreenshots(browser, service.origin, values.screenshots, formats)
        return 0
      }
      return (await runAll(browser, service.origin, tests)) > 0 ? 1 : 0
    } finally {
      await browser.close()
    }
  } finally {
    await service.stop()
  }
}

process.exitCode = await main()
